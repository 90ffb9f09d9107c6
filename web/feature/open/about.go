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
	if o := (State{FileSource: *s}); !o.AsksWords() {
		facts = append(facts, cutting(s))
	}
	if s.Words == "own" {
		facts = append(facts, Fact{say.Open.FactChat(), feature.Choose(choice.Chat != "", choice.Chat, say.Open.NoChat())})
	}
	return facts
}

// cutting says what cuts a text into tokens.
func cutting(s *feature.FileSource) Fact {
	if s.Words == "own" {
		return Fact{say.Open.FactTokens(), say.Open.CutterOwn(s.Cutter)}
	}
	return Fact{say.Open.FactTokens(), say.Open.Cutter(s.Words)}
}

// questions are those that the files left open.
func (c *About) questions() []Question {
	o := State{FileSource: *c.source()}
	return o.questions(c.Screen.State.Config)
}

// Taken is what was taken for what the files do not say.
func (c *About) Taken() (list []Fact) {
	for _, q := range c.questions() {
		if q.taken.Value != "" {
			list = append(list, q.taken)
		}
	}
	if o := (State{FileSource: *c.source()}); o.AsksWords() {
		list = append(list, cutting(c.source()))
	}
	return list
}

// Notes are what was inferred, filled in or left out besides.
func (c *About) Notes() []string { return sentences(c.source().Notes, c.questions()) }

// Asks reports whether there is something to change.
func (c *About) Asks() bool {
	return !c.source().Held && len(c.Taken()) > 0
}

// Change asks again.
func (c *About) Change() { c.Screen.Send(Reconsidered{}) }

// Entry leads from the menu of models to what the file of this one leaves open.
type Entry struct{ Screen *feature.Screen }

// Change asks again.
func (c *Entry) Change() { c.Screen.Send(Reconsidered{}) }

// Name is that of the file.
func (c *Entry) Name() string { return c.Screen.State.Choice().Source.Name }
