package open

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// About says in the overview of a model what its file left open, and what was made of that.
type About struct{ Screen *feature.Screen }

func (c *About) source() *feature.FileSource { return c.Screen.State.Choice().Source }

// Title names the file.
func (c *About) Title() string { return say.Open.AboutTitle(c.source().Name) }

// A Fact is something that the files say.
type Fact struct{ Name, Value string }

// Facts are what one would ask first of a model: which family it is of, how its weights are stored, what cuts its text, and
// whether it reads conversations.
func (c *About) Facts() []Fact {
	s, choice, config := c.source(), c.Screen.State.Choice(), c.Screen.State.Config
	facts := []Fact{{say.Open.FactFamily(), say.Open.Family(config.Family.Name())}, {say.Open.FactSize(), say.Bytes(total(s.Files))}}
	if len(s.Stored) > 0 {
		facts = append(facts, Fact{say.Open.FactWeights(), say.Open.Stored(s.Stored)})
	}
	words := say.Open.Cutter(s.Words)
	if s.Words == "own" {
		words = say.Open.CutterOwn(s.Cutter)
	}
	facts = append(facts, Fact{say.Open.FactTokens(), words})
	if s.Words == "own" {
		facts = append(facts, Fact{say.Open.FactChat(), feature.Choose(choice.Chat != "", choice.Chat, say.Open.NoChat())})
	}
	return facts
}

// Notes are what was taken for what the file does not say, and what was inferred, filled in or left out.
func (c *About) Notes() (list []string) {
	o := State{FileSource: *c.source()}
	questions := o.questions(c.Screen.State.Config)
	for _, q := range questions {
		if q.taken != "" {
			list = append(list, q.taken)
		}
	}
	if o.AsksWords() {
		list = append(list, say.Open.TakenWords(o.Words))
	}
	return append(list, sentences(o.Notes, questions)...)
}

// Asks reports whether there is something to change.
func (c *About) Asks() bool {
	o := State{FileSource: *c.source()}
	return !o.FileSource.Held && (o.AsksWords() || len(o.questions(o.Known.Config)) > 0)
}

// Change asks again.
func (c *About) Change() { c.Screen.Send(Reconsidered{}) }

// Entry leads from the menu of models to what the file of this one leaves open.
type Entry struct{ Screen *feature.Screen }

// Change asks again.
func (c *Entry) Change() { c.Screen.Send(Reconsidered{}) }

// Name is that of the file.
func (c *Entry) Name() string { return c.Screen.State.Choice().Source.Name }
