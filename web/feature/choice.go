package feature

import (
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/say"
)

// A Choice is an entry of the menu of models.
type Choice struct {
	ID, Label, Size string // "sort", "Sort", "86k"
	Config          model.Config
	Letters         int                         // of the task to sort that many letters; 0: no such task
	Example         string                      // the text that stands there first
	Tries           []string                    // other texts that it can go on with
	Tokens          int                         // of the example, if that is known before it is cut; else 0
	Does            string                      // what it does, as a sentence
	Words           func() (label, does string) // both, in the language that is spoken; nil: they stay as they are
	Frames          bool                        // its tokenizer puts tokens before or behind a text
	Chat            string                      // the form of its conversations, "ChatML"; "": none that is known
	Source          *FileSource                 // a file of the reader's; nil: the page carries the model
}

// Worded returns the entry in the words of the language that is spoken.
func (c Choice) Worded() Choice {
	if c.Words != nil {
		c.Label, c.Does = c.Words()
		c.Size = say.ShortCount(c.Config.Parameters())
	}
	return c
}

// Reads reports whether the model can read a text in a form, engine.FormText or another.
func (c Choice) Reads(form string) bool {
	return form == engine.FormText || form == engine.FormBare && c.Frames || form == engine.FormChat && c.Chat != ""
}

// Sizes says how large the model is, as one would tell it: "1.3 million learned numbers".
func (c Choice) Sizes() string { return say.Feature.LearnedNumbers(say.Large(c.Config.Parameters())) }

// Exactly is Sizes to the last number, and says how many the published shape would hold where tokens share rows.
func (c Choice) Exactly() string {
	n, full := c.Config.Parameters(), c.Config.Expanded().Parameters()
	if n == full {
		return say.Feature.LearnedExactly(n)
	}
	return say.Feature.LearnedExpanded(n, full)
}

// length returns how many tokens the text will come to, as far as that can be known before
// it is cut: so that the first picture has the columns of the run that follows.
func (s State) length() int {
	c := s.Choice()
	switch {
	case c.Tokens > 0 && s.Text == c.Example:
		return c.Tokens
	case s.Config.Alphabet != "":
		return len([]rune(s.Text))
	}
	return len(strings.Fields(s.Text))
}
