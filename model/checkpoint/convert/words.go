package convert

import (
	"strconv"

	"glassbox/model/checkpoint/gguf"
)

// Words is a byte-level tokenizer for a model that is written as GGUF, as tokenizer.json spells it.
type Words struct {
	Pre    string   // what llama.cpp calls the way in which texts are cut into words: "smollm"
	Tokens []string // by id; "" for an id that has none
	Kinds  []int32  // by id, as the key tokenizer.ggml.token_type numbers them
	Merges []string // by rank, with a space between two pieces

	BOS, EOS, EOT, Pad             int // ids; -1: there is none
	AddBOS, AddEOS, AddSpacePrefix bool
	Template                       string // of conversations; "": there is none
}

// unusedKind is what tokenizer.ggml.token_type has for an id that no text has.
const unusedKind = 5

// entries returns the keys of a tokenizer for V tokens. Ids without one get one that is never used, as in llama.cpp.
func (w *Words) entries(vocab int) (list []gguf.Entry) {
	tokens, kinds := make([]string, vocab), make([]int32, vocab)
	copy(tokens, w.Tokens)
	copy(kinds, w.Kinds)
	for id, token := range tokens {
		if token == "" {
			tokens[id], kinds[id] = "[PAD"+strconv.Itoa(id)+"]", unusedKind
		}
	}
	set := func(key string, v gguf.Value) { list = append(list, gguf.Entry{Key: tokenizerKey + key, Value: v}) }
	set("model", gguf.Of("gpt2"))
	set("pre", gguf.Of(w.Pre))
	set("tokens", gguf.ListOf(tokens))
	set("token_type", gguf.ListOf(kinds))
	set("merges", gguf.ListOf(w.Merges))
	set("add_bos_token", gguf.Of(w.AddBOS))
	set("add_eos_token", gguf.Of(w.AddEOS))
	if w.AddSpacePrefix {
		set("add_space_prefix", gguf.Of(true))
	}
	for _, special := range []struct {
		key string
		id  int
	}{{"bos_token_id", w.BOS}, {"eos_token_id", w.EOS}, {"eot_token_id", w.EOT}, {"padding_token_id", w.Pad}} {
		if special.id >= 0 {
			set(special.key, gguf.Of(uint32(special.id)))
		}
	}
	if w.Template != "" {
		list = append(list, gguf.Entry{Key: "tokenizer.chat_template", Value: gguf.Of(w.Template)})
	}
	return list
}
