package feature

import (
	"strings"

	"glassbox/model"
	"glassbox/web/say"
)

// Shipped returns the models that the page carries, of those that it may carry: has says
// whether a file is there, static/models/ID.safetensors when the page is packed. The first
// one is the page's default, so the order here decides which that is.
func Shipped(has func(id string) bool) (list []Choice) {
	for _, c := range []Choice{language(), sorter()} {
		if has(c.ID) {
			c.Size = say.ShortCount(c.Config.Parameters())
			list = append(list, c)
		}
	}
	return list
}

// language is the model that writes English in the tokens of GPT-2. Its example is 3 tokens
// long.
func language() Choice {
	return Choice{
		ID: "language", Label: "Language", Does: "Goes on with an English text, in the tokens of GPT-2.",
		Example: "How to predict", Tokens: 3,
		Config: model.Config{Vocab: GPT2Vocab, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true, Distinct: 3669},
	}
}

// sorter is the model that sorts six letters.
func sorter() Choice {
	return Choice{
		ID: "sort", Label: "Sort", Does: "Reads six letters and writes them in order.", Letters: 6, Example: "CBABBC", Tokens: 6,
		Config: model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3, Alphabet: "ABC"},
	}
}

// Sizes says how large the model is: its learned numbers, and how many the published shape
// would hold where tokens share rows.
func (c Choice) Sizes() string {
	n, full := c.Config.Parameters(), c.Config.Expanded().Parameters()
	if n == full {
		return spaced(n) + " learned numbers"
	}
	return spaced(n) + " distinct values; " + spaced(full) + " expanded"
}

// spaced is ShortCount with a space before its letter: 1.4 M.
func spaced(n int) string {
	short := say.ShortCount(n)
	if number, ok := strings.CutSuffix(short, "M"); ok {
		return number + "\u00a0M"
	}
	return strings.TrimSuffix(short, "k") + strings.Repeat("\u00a0k", strings.Count(short, "k"))
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
