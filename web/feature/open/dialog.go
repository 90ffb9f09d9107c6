package open

import (
	"slices"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Dialog shows files of the reader's on their way into the page: what they hold, what they leave open or lack, how far
// they are read. Nothing is replaced before the new model is ready.
type Dialog struct{ Screen *feature.Screen }

func (c *Dialog) opening() *State { return Of(c.Screen.State) }

// Title names the model.
func (c *Dialog) Title() string { return say.Open.Title(c.opening().Name) }

// Summary says what the headers say.
func (c *Dialog) Summary() string {
	o := c.opening()
	k := o.Known.Config
	switch {
	case o.Lacks() && o.Known.Weightless && slices.Equal(o.Known.Missing, []string{usualName}):
		return say.Open.LacksWeights(len(o.Files), usualName)
	case o.Lacks():
		return say.Open.LacksParts(len(o.Known.Missing))
	case k.Blocks == 0:
		return say.Bytes(total(o.Files))
	}
	if n := o.MostTokens(); o.Context != "" && model.ContextFits(n) {
		k.Context = n
	}
	return say.Open.Summary(say.Bytes(total(o.Files)), say.ShortCount(k.Parameters()), k.Blocks, k.Width, k.Vocab, k.Context)
}

// usualName is how published models call the file of their weights.
const usualName = "model.safetensors"

func total(files []feature.File) (n int) {
	for _, f := range files {
		n += f.Size
	}
	return n
}

// Notes are what was inferred from the files. Of what is asked, and of what each file is, other parts of the dialog speak.
func (c *Dialog) Notes() []string {
	o := c.opening()
	notes := o.Known.Notes
	if c.Lists() {
		told := []string{"filesLeftOut", "filesBeside", "otherWeights"}
		notes = slices.DeleteFunc(slices.Clone(notes), func(n *fault.Fault) bool { return slices.Contains(told, n.Kind) })
	}
	list := sentences(notes, c.Questions())
	if len(o.Closed) > 0 {
		list = append(list, say.Open.NotLookedInto(len(o.Closed), o.Closed))
	}
	return list
}

// Said is what became of files that came to others; "": nothing is to be said.
func (c *Dialog) Said() string { return c.opening().Said }

// Asks reports whether the reader is asked something.
func (c *Dialog) Asks() bool { return c.opening().Step == Asks }

// Questions lists what the reader is asked besides.
func (c *Dialog) Questions() []Question {
	if !c.Asks() {
		return nil
	}
	o := c.opening()
	return o.questions(o.Known.Config)
}

// Answer is that to a question.
func (c *Dialog) Answer(q Question) string { return q.Answer(c.opening().FileAnswers) }

// Takes reports whether an option is the answer.
func (c *Dialog) Takes(q Question, o Option) bool { return o.Value == c.Answer(q) }

// Invalid marks a field whose answer can't be.
func (c *Dialog) Invalid(q Question) string { return feature.Choose(q.Wrong != "", "true", "false") }

// Choose takes over an answer.
func (c *Dialog) Choose(q Question, event vugu.DOMEvent) {
	c.Screen.Send(Answered{Answers: q.Answered(c.opening().FileAnswers, event.PropString("target", "value"))})
}

// AsksWords reports whether it is asked what the ids stand for.
func (c *Dialog) AsksWords() bool { return c.Asks() && c.opening().AsksWords() }

// KnowsGPT2 reports whether the vocabulary has room for that of GPT-2.
func (c *Dialog) KnowsGPT2() bool { return c.opening().Known.Config.Vocab >= feature.GPT2Vocab }

// Pressed says whether ids stand for these words.
func (c *Dialog) Pressed(words string) string {
	return feature.Choose(c.opening().Words == words, "true", "false")
}

// ChooseWords changes what ids stand for.
func (c *Dialog) ChooseWords(words string) {
	a := c.opening().FileAnswers
	a.Words = words
	c.Screen.Send(Answered{Answers: a})
}

// AsksLetters reports whether the letters are typed.
func (c *Dialog) AsksLetters() bool { return c.AsksWords() && c.opening().Words == "letters" }

// Typed takes the letters over.
func (c *Dialog) Typed(event vugu.DOMEvent) {
	a := c.opening().FileAnswers
	a.Alphabet = event.PropString("target", "value")
	c.Screen.Send(Answered{Answers: a})
}

// Explanation says what the chosen words mean for this model.
func (c *Dialog) Explanation() string {
	V := c.opening().Known.Config.Vocab
	switch c.opening().Words {
	case "letters":
		return say.Open.AboutLetters(V)
	case "gpt2":
		if V == feature.GPT2Vocab {
			return say.Open.AboutAllOfGPT2(V)
		}
		return say.Open.AboutGPT2(V-feature.GPT2Vocab, feature.GPT2Vocab)
	}
	return say.Open.AboutNumbers(V - 1)
}

// Alphabet is what is typed there.
func (c *Dialog) Alphabet() string { return c.opening().Alphabet }

// Missing says what is missing of the letters.
func (c *Dialog) Missing() string {
	if m := c.opening().lettersMissing(); m != "" {
		return m
	}
	return say.Open.LettersComplete(c.opening().Known.Config.Vocab)
}

// Unready reports whether the file can't be opened with these answers.
func (c *Dialog) Unready() bool { return c.opening().Missing() != "" }

// Lacks reports whether weights are missing.
func (c *Dialog) Lacks() bool { return c.Asks() && c.opening().Lacks() }

// Ready reports whether there is a whole model to be opened.
func (c *Dialog) Ready() bool { return c.Asks() && !c.opening().Lacks() }

// Adds reports whether more files can come to these.
func (c *Dialog) Adds() bool { return c.Asks() && c.opening().Address == "" }

// Reads reports whether the file is on its way.
func (c *Dialog) Reads() bool { return !c.Asks() }

// Percent is how much of the file was read.
func (c *Dialog) Percent() int {
	o := c.opening()
	return int(int64(o.Read) * 100 / int64(max(o.Size, 1)))
}

// Progress says it in words.
func (c *Dialog) Progress() string {
	switch o := c.opening(); o.Step {
	case Looks:
		return say.Open.ReadingHeader(len(o.Files))
	case Reads:
		return say.Open.BytesRead(say.Bytes(o.Read), say.Bytes(o.Size))
	}
	return say.Open.MakingModel()
}

// Private says that nothing leaves the device, or from where the file comes.
func (c *Dialog) Private() string {
	if o := c.opening(); o.Remote() {
		if o.Unkept {
			return say.Open.FromAddress(host(o.Origin)) + " " + say.Weights.FullStorage()
		}
		return say.Open.FromAddress(host(o.Origin))
	}
	return say.Open.Private()
}

// Yes is what the button says that opens the model.
func (c *Dialog) Yes() string {
	if o := c.opening(); o.Remote() {
		return say.Open.Load(say.Bytes(o.Size))
	}
	return say.Open.Confirm()
}

// Add lets the reader pick more files.
func (c *Dialog) Add() { c.Screen.Do(Pick{}) }

// AddFolder lets the reader pick a folder.
func (c *Dialog) AddFolder() { c.Screen.Do(Pick{Folder: true}) }

// Confirm opens the file.
func (c *Dialog) Confirm() { c.Screen.Send(Confirmed{}) }

// Cancel leaves it.
func (c *Dialog) Cancel() { c.Screen.Send(Cancelled{}) }

// AddClass makes the way to more files the foremost one, while nothing can be opened without them.
func (c *Dialog) AddClass() string { return feature.Choose(c.Lacks(), "button primary", "button") }
