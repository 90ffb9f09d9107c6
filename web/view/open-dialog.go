package view

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// OpenDialog shows a file of the reader's on its way into the page: what it holds, what it
// leaves open, how far it is read. Nothing is replaced before the new model is ready.
type OpenDialog struct{ Screen *feature.Screen }

func (c *OpenDialog) opening() *feature.Opening { return c.Screen.State.Opening }

// Title names the file.
func (c *OpenDialog) Title() string { return "Open " + c.opening().Name }

// Summary says what the header of the file says.
func (c *OpenDialog) Summary() string {
	o := c.opening()
	k := o.Known.Config
	if k.Blocks == 0 {
		return say.Bytes(o.Size)
	}
	return say.Bytes(o.Size) + ", " + say.ShortCount(k.Parameters()) + " parameters: " + strconv.Itoa(k.Blocks) +
		feature.Choose(k.Blocks == 1, " block", " blocks") + " of width " + strconv.Itoa(k.Width) + ", " + say.Count(k.Vocab) +
		" tokens, a context of " + say.Count(k.Context) + "."
}

// Notes are what was inferred from the file. Of the heads the field below speaks.
func (c *OpenDialog) Notes() (list []string) {
	for _, n := range c.opening().Known.Notes {
		if !c.AsksHeads() || !strings.Contains(n, "heads") {
			list = append(list, n)
		}
	}
	return list
}

// Note is one of them.
func (c *OpenDialog) Note(i int) string { return c.Notes()[i] }

// Asks reports whether the reader is asked something.
func (c *OpenDialog) Asks() bool { return c.opening().Step == feature.OpeningAsks }

// AsksHeads reports whether the number of heads is asked for.
func (c *OpenDialog) AsksHeads() bool { return c.Asks() && c.opening().AsksHeads() }

// AsksWords reports whether it is asked what the ids stand for.
func (c *OpenDialog) AsksWords() bool { return c.Asks() && c.opening().AsksWords() }

// HeadChoices lists the numbers of heads that fit the width.
func (c *OpenDialog) HeadChoices() []int { return feature.HeadChoices(c.opening().Known.Config) }

// Heads is choice i of them, in words.
func (c *OpenDialog) Heads(i int) string {
	h := c.HeadChoices()[i]
	return strconv.Itoa(h) + feature.Choose(h == 1, " head of ", " heads of ") + strconv.Itoa(c.opening().Known.Config.Width/h) + feature.Choose(h == 1, " numbers", " numbers each")
}

// HeadValue is choice i as a value.
func (c *OpenDialog) HeadValue(i int) string { return strconv.Itoa(c.HeadChoices()[i]) }

// HeadChosen reports whether choice i is taken.
func (c *OpenDialog) HeadChosen(i int) bool { return c.HeadChoices()[i] == c.opening().Heads }

// ChooseHeads takes over the choice.
func (c *OpenDialog) ChooseHeads(event vugu.DOMEvent) {
	if h, err := strconv.Atoi(event.PropString("target", "value")); err == nil {
		a := c.opening().Answers
		a.Heads = h
		c.Screen.Send(feature.OpeningAnswered{Answers: a})
	}
}

// KnowsGPT2 reports whether the vocabulary has room for that of GPT-2.
func (c *OpenDialog) KnowsGPT2() bool { return c.opening().Known.Config.Vocab >= feature.GPT2Vocab }

// Pressed says whether ids stand for these words.
func (c *OpenDialog) Pressed(words string) string {
	return feature.Choose(c.opening().Words == words, "true", "false")
}

// ChooseWords changes what ids stand for.
func (c *OpenDialog) ChooseWords(words string) {
	a := c.opening().Answers
	a.Words = words
	c.Screen.Send(feature.OpeningAnswered{Answers: a})
}

// AsksLetters reports whether the letters are typed.
func (c *OpenDialog) AsksLetters() bool { return c.AsksWords() && c.opening().Words == "letters" }

// Typed takes the letters over.
func (c *OpenDialog) Typed(event vugu.DOMEvent) {
	a := c.opening().Answers
	a.Alphabet = event.PropString("target", "value")
	c.Screen.Send(feature.OpeningAnswered{Answers: a})
}

// Explanation says what the chosen words mean for this model.
func (c *OpenDialog) Explanation() string {
	V := c.opening().Known.Config.Vocab
	switch c.opening().Words {
	case "letters":
		return "Type or paste all " + say.Count(V) + " characters in the order of their ids. A space counts, and so does a line break."
	case "gpt2":
		return "The model knows " + say.Count(V-feature.GPT2Vocab) + " tokens more than GPT-2's " + say.Count(feature.GPT2Vocab) +
			". They are taken for padding, which stands for no text, and shown as numbers."
	}
	return "The text is then typed as ids from 0 to " + say.Count(V-1) + ", with spaces between them."
}

// Missing says what is missing of the letters.
func (c *OpenDialog) Missing() string {
	if m := c.opening().Missing(); m != "" {
		return m
	}
	return "All " + say.Count(c.opening().Known.Config.Vocab) + " characters are there."
}

// Unready reports whether the file can't be opened with these answers.
func (c *OpenDialog) Unready() bool { return c.opening().Missing() != "" }

// Reads reports whether the file is on its way.
func (c *OpenDialog) Reads() bool { return !c.Asks() }

// Percent is how much of the file was read.
func (c *OpenDialog) Percent() int {
	o := c.opening()
	return int(int64(o.Read) * 100 / int64(max(o.Size, 1)))
}

// Progress says it in words.
func (c *OpenDialog) Progress() string {
	switch o := c.opening(); o.Step {
	case feature.OpeningLooks:
		return "Reading the header."
	case feature.OpeningReads:
		return say.Bytes(o.Read) + " of " + say.Bytes(o.Size)
	}
	return "Making the model. This takes a few seconds for 100M parameters."
}

// Confirm opens the file.
func (c *OpenDialog) Confirm() { c.Screen.Send(feature.OpeningConfirmed{}) }

// Cancel leaves it.
func (c *OpenDialog) Cancel() { c.Screen.Send(feature.OpeningCancelled{}) }
