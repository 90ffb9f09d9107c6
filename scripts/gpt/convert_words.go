package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/convert"
	"glassbox/tokenizer"
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

// wordsToWrite returns the tokenizer beside a model as it is written into GGUF. Without one, left says why what is there is
// left out; "" if there is nothing.
func wordsToWrite(i *checkpoint.Imported) (w *convert.Words, left string) {
	if i.GGUF != nil || len(i.Beside) == 0 {
		return nil, ""
	}
	text := i.Texts().Tokenizer
	if text == nil {
		return nil, "only a tokenizer.json becomes that of a GGUF"
	}
	t, err := i.Tokenizer()
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
	s := t.Specials
	w = &convert.Words{Pre: pre, Tokens: make([]string, t.Encoding.Vocab()), Merges: file.merges(), BOS: s.BOS, EOS: s.EOS, EOT: s.EOT, Pad: s.Pad,
		AddBOS: s.AddBOS, AddEOS: s.AddEOS, AddSpacePrefix: s.AddSpacePrefix, Template: t.Template}
	for token, id := range file.Model.Vocab {
		w.Tokens[id] = token
	}
	for _, a := range file.Added {
		w.Tokens[a.ID] = a.Content
	}
	for id := range w.Tokens {
		w.Kinds = append(w.Kinds, int32(t.Encoding.KindOf(id)))
	}
	return w, ""
}

// merges lists the merges as GGUF has them, with a space between two pieces. Files have them so, or as pairs; others have
// been refused before. Of one that stands there twice the last place counts here, and the first in GGUF: the last is kept.
func (file tokenizerJSON) merges() (list []string) {
	seen := map[string]bool{}
	for _, m := range slices.Backward(file.Model.Merges) {
		var pair []string
		var text string
		if json.Unmarshal(m, &pair) == nil && len(pair) == 2 {
			text = pair[0] + " " + pair[1]
		} else if json.Unmarshal(m, &text) != nil {
			continue
		}
		if !seen[text] {
			seen[text] = true
			list = append(list, text)
		}
	}
	slices.Reverse(list)
	return list
}
