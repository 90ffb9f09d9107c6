package feature

import (
	"strconv"
	"strings"
	"unicode"

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
	Steers          string                      // texts to which it can be steered, and behind an empty line those from which, one on a line each; "": none are known
	Copies          string                      // texts that it goes on with by a word that stands in them, as "text | word" on a line each; "": none are known
	Corrupt         string                      // the example with one word of it another, in as many tokens; "": none is known
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

// Entry returns the entry of the menu for a model from files, which does as it says.
func (s FileSource) Entry(config model.Config, does string) Choice {
	return Choice{ID: s.ID(), Label: FileLabel(s.Name), Size: say.ShortCount(config.Parameters()), Config: config, Source: &s, Example: s.example(config), Does: does}
}

// FileLabel is what the page calls a model from files of a name. Of a long one the end stays, for it tells the type.
func FileLabel(name string) string {
	label := strings.TrimSuffix(strings.TrimSuffix(name, ".safetensors"), ".gguf")
	if Nameless(name) {
		return say.Open.Nameless()
	}
	r := []rune(label)
	if len(r) <= mostLabel {
		return label
	}
	end := []rune(label[strings.LastIndexAny(label, ".-")+1:])
	if len(end) > mostLabel/2 {
		end = nil
	}
	return string(r[:mostLabel-1-len(end)]) + "…" + string(end)
}

// mostLabel is how long a label is at most, in characters.
const mostLabel = 24

// Nameless reports whether a file has the name that all models have.
func Nameless(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return stem == "model" || stem == "pytorch_model" || stem == "consolidated" || stem == "ggml-model"
}

// example returns a text to begin with: an empty page would show nothing.
func (s FileSource) example(c model.Config) string {
	n := min(6, c.Context, c.Vocab)
	switch s.Words {
	case "gpt2":
		return "How to predict"
	case "own":
		return "Once upon a time, there was a little"
	case "numbers":
		ids := make([]string, n)
		for i := range ids {
			ids[i] = strconv.Itoa(i)
		}
		return strings.Join(ids, " ")
	}
	var letters []rune
	for _, r := range c.Alphabet {
		if unicode.IsLetter(r) && len(letters) < n {
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 {
		letters = []rune(c.Alphabet)[:min(n, len([]rune(c.Alphabet)))]
	}
	return string(letters)
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

// FilesOf is what files call the model.
func (s State) FilesOf() string {
	if f := s.Choice().Source; f != nil {
		return strings.TrimSuffix(f.Name, ".safetensors")
	}
	return s.Model
}
