package published

import (
	"iter"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/jsontext"
	"glassbox/tokenizer"
)

// byClass lists the kinds by tokenizer_class in tokenizer_config.json.
var byClass = map[string]known{
	"":                   {name: tokenizer.SplitGPT2},
	"GPT2Tokenizer":      {name: tokenizer.SplitGPT2},
	"GPT2TokenizerFast":  {name: tokenizer.SplitGPT2},
	"Qwen2Tokenizer":     {name: tokenizer.SplitQwen2, compose: true},
	"Qwen2TokenizerFast": {name: tokenizer.SplitQwen2, compose: true},
}

// FromVocabMerges returns the byte-level encoding of vocab.json and merges.txt, as GPT-2 was published, and what
// tokenizer_config.json, nil if there is none, says about it. It returns the errors of [FromJSON], and refuses a line of
// the merges that is no pair.
func FromVocabMerges(vocab, merges, config []byte) (*Tokenizer, error) {
	c, err := readConfig(config, decoderField)
	if err != nil {
		return nil, err
	}
	return fromVocabMerges(vocab, merges, c)
}

func fromVocabMerges(vocab, merges []byte, c config) (*Tokenizer, error) {
	class, _ := c.fields["tokenizer_class"].(string)
	k, ok := byClass[class]
	if asked, given := bySplit(c.split); given {
		k, ok = asked, true
	}
	if !ok {
		return nil, &UnknownError{"tokenizer_class", fault.Legible(class)}
	}
	f, err := readVocabFile(vocab)
	if err == nil {
		err = c.addTo(f)
	}
	if err == nil {
		err = checkLines(merges)
	}
	if err != nil {
		return nil, err
	}
	f.addSpecial(tokenizer.EndOfText)
	for _, field := range []string{"bos_token", "eos_token", "pad_token"} {
		f.addSpecial(c.token(field))
	}
	spec := k.spec()
	spec.Tokens, spec.Added, spec.Merges, spec.Last = f.tokens, f.added, lines(merges), true
	c.prefix(&spec)
	t, err := finish(spec, tokenizer.NoSpecials, c)
	if err == nil && class == "" && c.split == "" && !f.ofGPT2() {
		t.Notes = append(t.Notes, preAssumed(string(k.name)))
	}
	return t, err
}

// ofGPT2 reports whether the vocabulary is that of GPT-2, by how long it is and what stands at its end.
func (f *file) ofGPT2() bool {
	last := tokenizer.GPT2Vocab - 1
	return len(f.tokens) == last+1 && f.tokens[last] == tokenizer.EndOfText
}

// readVocabFile reads a vocab.json.
func readVocabFile(text []byte) (*file, error) {
	r, err := jsontext.New(text)
	if err != nil {
		return nil, err
	}
	f := &file{texts: map[string]int{}}
	if f.tokens, err = readVocab(r); err != nil {
		return nil, err
	}
	return f, r.End()
}

// addSpecial makes a token of the vocabulary a special one.
func (f *file) addSpecial(text string) {
	if _, added := f.texts[text]; added || text == "" {
		return
	}
	for id, token := range f.tokens {
		if token == text {
			f.add(id, map[string]any{"content": text, "special": true})
			return
		}
	}
}

// lines yields the merges of a merges.txt: a pair a line, behind a line of its version.
func lines(text []byte) iter.Seq2[string, string] {
	return func(yield func(left, right string) bool) {
		for line := range strings.Lines(string(text)) {
			if left, right, ok := cutMerge(strings.TrimRight(line, "\r\n")); ok && !isVersion(line) && !yield(left, right) {
				return
			}
		}
	}
}

// isVersion reports whether a line of merges.txt says its version.
func isVersion(line string) bool { return strings.HasPrefix(line, "#version") }

// checkLines refuses a line that is no pair.
func checkLines(text []byte) error {
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if _, _, ok := cutMerge(line); !ok && line != "" && !isVersion(line) {
			return fault.New("lineNoPair", "line %d of the merges is no pair; expected two pieces and a space between", n)
		}
	}
	return nil
}
