package main

import (
	"encoding/json"
	"fmt"

	"glassbox/model"
	"glassbox/model/foreign"
	"glassbox/model/gguf"
	"glassbox/tokenizer"
	"glassbox/tokenizer/published"
)

// preOf is what llama.cpp calls the ways in which published byte-level tokenizers cut a text into words.
var preOf = map[string]string{
	string(tokenizer.SplitGPT2): "gpt-2", string(tokenizer.SplitSmolLM): "smollm", string(tokenizer.SplitLlama3): "llama-bpe", string(tokenizer.SplitQwen2): "qwen2",
}

// A tokenizerJSON is what of a tokenizer.json goes into GGUF as it stands there.
type tokenizerJSON struct {
	Model struct {
		Vocab  map[string]int    `json:"vocab"`
		Merges []json.RawMessage `json:"merges"`
	} `json:"model"`
	Added []struct {
		ID      int    `json:"id"`
		Content string `json:"content"`
	} `json:"added_tokens"`
}

// tokenizerKeys returns the tokenizer beside a model as keys of GGUF. Without keys, left says why what is there is left out;
// "" if there is nothing.
func tokenizerKeys(i *model.Imported) (keys []gguf.Entry, left string) {
	if i.GGUF != nil || len(i.Beside) == 0 {
		return nil, ""
	}
	text := companion(i, foreign.Tokenizer)
	if text == nil {
		return nil, "only a tokenizer.json becomes that of a GGUF"
	}
	t, err := publishedOf(i)
	if err != nil {
		return nil, err.Error()
	}
	pre, known := preOf[t.Encoding.Name()]
	switch {
	case !known:
		return nil, "only a byte-level tokenizer of the kind of GPT-2, SmolLM, Llama 3 or Qwen2 becomes that of a GGUF"
	case t.Encoding.Vocab() > i.Model.Config.Vocab:
		return nil, fmt.Sprintf("it has %d tokens, and the model %d", t.Encoding.Vocab(), i.Model.Config.Vocab)
	}
	var file tokenizerJSON
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, err.Error()
	}
	return file.keys(t, pre, i.Model.Config.Vocab), ""
}

// keys writes the keys. Ids that have no token get one that is never used, as llama.cpp does it.
func (file tokenizerJSON) keys(t *published.Tokenizer, pre string, vocab int) []gguf.Entry {
	tokens, kinds := make([]string, vocab), make([]int32, vocab)
	for token, id := range file.Model.Vocab {
		tokens[id] = token
	}
	for _, a := range file.Added {
		tokens[a.ID] = a.Content
	}
	for id, token := range tokens {
		if token == "" {
			tokens[id], kinds[id] = fmt.Sprintf("[PAD%d]", id), int32(tokenizer.Unused)
			continue
		}
		kinds[id] = int32(t.Encoding.KindOf(id))
	}
	keys := []gguf.Entry{
		{Key: "tokenizer.ggml.model", Value: gguf.Of("gpt2")}, {Key: "tokenizer.ggml.pre", Value: gguf.Of(pre)},
		{Key: "tokenizer.ggml.tokens", Value: gguf.ListOf(tokens)}, {Key: "tokenizer.ggml.token_type", Value: gguf.ListOf(kinds)},
		{Key: "tokenizer.ggml.merges", Value: gguf.ListOf(file.merges())},
		{Key: "tokenizer.ggml.add_bos_token", Value: gguf.Of(t.Specials.AddBOS)}, {Key: "tokenizer.ggml.add_eos_token", Value: gguf.Of(t.Specials.AddEOS)},
	}
	if t.Specials.AddSpacePrefix {
		keys = append(keys, gguf.Entry{Key: "tokenizer.ggml.add_space_prefix", Value: gguf.Of(true)})
	}
	for _, special := range []struct {
		key string
		id  int
	}{{"bos", t.Specials.BOS}, {"eos", t.Specials.EOS}, {"eot", t.Specials.EOT}, {"padding", t.Specials.Pad}} {
		if special.id >= 0 {
			keys = append(keys, gguf.Entry{Key: "tokenizer.ggml." + special.key + "_token_id", Value: gguf.Of(uint32(special.id))})
		}
	}
	if t.Template != "" {
		keys = append(keys, gguf.Entry{Key: "tokenizer.chat_template", Value: gguf.Of(t.Template)})
	}
	return keys
}

// merges lists the merges as GGUF has them, with a space between two pieces. Files have them so, or as pairs; others have
// been refused before.
func (file tokenizerJSON) merges() (list []string) {
	for _, m := range file.Model.Merges {
		var pair []string
		var text string
		if json.Unmarshal(m, &pair) == nil && len(pair) == 2 {
			text = pair[0] + " " + pair[1]
		} else if json.Unmarshal(m, &text) != nil {
			continue
		}
		list = append(list, text)
	}
	return list
}
