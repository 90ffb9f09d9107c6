package language

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"glassbox/tokenizer"
)

// heldOutPart is how much of a reader's text is held out: one part of so many, the last.
const heldOutPart = 10

// userText gives the text of a reader's file.
type userText struct {
	name string
	ids  []int
	seen int // tokens that training may see
}

// newUserText returns a text as a source. It fails if the text is no valid UTF-8, or too short for
// a window of each part.
func newUserText(tokens *tokenizer.GPT2, name, text string) (*userText, error) {
	list, err := tokens.Encode(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w := &userText{name: name, ids: tokenizer.IDs(list)}
	w.seen = len(w.ids) - len(w.ids)/heldOutPart
	if least := (Context + 1) * heldOutPart; len(w.ids) < least {
		return nil, fmt.Errorf("%s has %d tokens; expected %d or more", name, len(w.ids), least)
	}
	return w, nil
}

func (w *userText) window(r *rand.Rand, heldOut bool, _ lesson, n int) (words []word) {
	part := w.ids[:w.seen]
	if heldOut {
		part = w.ids[w.seen:]
	}
	from := r.IntN(len(part) - n + 1)
	for _, id := range part[from:][:n] {
		words = append(words, word{id: id})
	}
	return words
}

// lessons are one: a text of a reader's own has no exercises, and all of the context is learned from the beginning.
func (w *userText) lessons() []lesson { return []lesson{{tokens: Context, answer: 1}} }

func (w *userText) vocabulary() []int {
	return slices.Compact(slices.Sorted(slices.Values(append([]int{endOfText}, w.ids[:w.seen]...))))
}

func (w *userText) describe() string {
	return fmt.Sprintf("The text of %s, %d tokens, of which the last tenth is held out.", w.name, len(w.ids))
}
