package tokenizer

import "slices"

// Specials is what a file says of the tokens around a text. Who reads a text obeys it by [Specials.Frame], or switches off
// what it says by changing the fields.
type Specials struct {
	BOS, EOS, EOT, EOM, Pad, Unknown int // ids of the start, the end, the end of a turn, of a message, …; -1: the file has none
	AddBOS, AddEOS                   bool
	AddSpacePrefix                   bool  // what [BPE.WithPrefix] switches off
	Ends                             []int // ids at which a model stops, ascending: EOS, EOT, EOM, and what they are known to be called
}

// NoSpecials is what a file says that says nothing.
var NoSpecials = Specials{BOS: -1, EOS: -1, EOT: -1, EOM: -1, Pad: -1, Unknown: -1}

// Frame returns the tokens of a text of size bytes with those of its start and end, which cover none of it.
func (s Specials) Frame(tokens []Token, size int) []Token {
	if s.AddBOS && s.BOS >= 0 {
		tokens = slices.Insert(tokens, 0, Token{ID: s.BOS})
	}
	if s.AddEOS && s.EOS >= 0 {
		tokens = append(tokens, Token{ID: s.EOS, Start: size, End: size})
	}
	return tokens
}

// Stops reports whether a model ends with that token: the whole text, or its turn.
func (s Specials) Stops(id int) bool {
	_, found := slices.BinarySearch(s.Ends, id)
	return found
}

// ends lists what tokens are called that end a text or a turn, whatever else the file says of them.
var ends = []string{
	"<|im_end|>",                                  // ChatML
	"<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", // Llama 3
	"<|endoftext|>", // GPT-2 and those after it
	"<|end|>", "<end_of_turn>",
}

// WithEnds returns s with Ends filled from EOS, EOT and the control tokens of a vocabulary whose names are known.
func (s Specials) WithEnds(b *BPE) Specials {
	s.Ends = nil
	for _, name := range ends {
		if id, ok := b.ID(name); ok && b.KindOf(id) == Control {
			s.Ends = append(s.Ends, id)
		}
	}
	for _, id := range []int{s.EOS, s.EOT, s.EOM} {
		if id >= 0 {
			s.Ends = append(s.Ends, id)
		}
	}
	slices.Sort(s.Ends)
	s.Ends = slices.Compact(s.Ends)
	return s
}
