// Package published reads tokenizers from the files that models are published with: the metadata of GGUF, Hugging Face's
// tokenizer.json, and GPT-2's vocab.json with merges.txt. What it does not know it refuses by name ([*UnknownError]): an
// encoding that is nearly right gives wrong numbers and no error.
package published

import (
	"slices"

	"glassbox/model/fault"
	"glassbox/tokenizer"
	"glassbox/tokenizer/chat"
)

// A Tokenizer is what files say of one.
type Tokenizer struct {
	Encoding *tokenizer.BPE
	Specials tokenizer.Specials
	Template string // the chat template, in Jinja; "": there is none
	Chat     chat.Chat
	Chats    bool           // the template is one that is known, and Chat is its form
	Notes    []*fault.Fault // what was assumed, or is odd: remarks, worded like errors
}

// chatting returns t with the form of its template.
func (t Tokenizer) chatting() *Tokenizer {
	t.Chat, t.Chats = chat.Of(t.Template)
	return &t
}

// Fits reports whether a tokenizer can be that of a model with so many tokens, and says what is odd about it. A model may have more
// tokens, as many are padded, and fewer if it is added tokens alone that it lacks.
func (t *Tokenizer) Fits(vocab int) (notes []*fault.Fault, ok bool) {
	n := t.Encoding.Vocab()
	lacks := n
	for lacks > vocab && t.Encoding.KindOf(lacks-1) != tokenizer.Normal {
		lacks--
	}
	switch {
	case lacks > vocab:
		return []*fault.Fault{fault.New("tokenizerTooLarge", "The tokenizer of the file has %d token(s), and the model %d: it belongs to another model. Tokens are shown as ids.", n, vocab)}, false
	case n > vocab:
		notes = []*fault.Fault{fault.New("tokenizerAdds", "The tokenizer of the file adds tokens that the model has not, from id %d on.", vocab)}
	case vocab-n > vocab/mostPadding:
		notes = []*fault.Fault{fault.New("tokenizerShort", "The tokenizer of the file has %d token(s), and the model %d: those from id %d on stand for nothing, and are shown as ids.", n, vocab, n)}
	}
	return slices.Concat(t.Notes, notes), true
}

// mostPadding is how much of a vocabulary padding may be, as a part of it: published are 905 of 51,200.
const mostPadding = 32

// UnknownError says what of a tokenizer is not known here. Its tokens can be shown as ids alone.
type UnknownError struct {
	Field, Value string // of the file: "tokenizer.ggml.model", "bert"
}

func (e *UnknownError) Error() string { return e.Fault().Error() }

// Fault returns the error as one that can be worded.
func (e *UnknownError) Fault() *fault.Fault {
	return fault.New("tokenizerNotKnown", "this tokenizer is not known here: %s is %s; its tokens are shown as ids", e.Field, e.Value)
}

// known is what the name of a published kind stands for.
type known struct {
	name    tokenizer.Split
	whole   bool // words are looked up first
	compose bool
	bos     bool // a start token stands before a text, unless the file says otherwise
}

// byName lists the kinds by their names in tokenizer.ggml.pre, as llama.cpp writes them. Those of Qwen compose characters
// (NFC): the tokenizer.json that Qwen publishes does, the models were trained on such texts, and one model has the same
// tokens from both formats. GGUF has no key for it, and llama.cpp leaves it out; texts that are composed already, as nearly all
// are, have the same tokens there.
var byName = map[string]known{
	"gpt-2":            {name: tokenizer.SplitGPT2},
	"smollm":           {name: tokenizer.SplitSmolLM},
	"starcoder":        {name: tokenizer.SplitSmolLM},
	"llama-bpe":        {name: tokenizer.SplitLlama3, whole: true, bos: true},
	"llama3":           {name: tokenizer.SplitLlama3, whole: true, bos: true},
	"llama-v3":         {name: tokenizer.SplitLlama3, whole: true, bos: true},
	"tekken":           {name: tokenizer.SplitTekken, whole: true, bos: true},
	"gpt-4o":           {name: tokenizer.SplitGPT4o},
	"qwen2":            {name: tokenizer.SplitQwen2, compose: true},
	"deepseek-r1-qwen": {name: tokenizer.SplitQwen2, compose: true},
}

// spec returns the beginning of a spec of a byte-level encoding.
func (k known) spec() tokenizer.Spec {
	return tokenizer.Spec{Name: string(k.name), Split: k.name, Whole: k.whole, Compose: k.compose, Unknown: -1}
}
