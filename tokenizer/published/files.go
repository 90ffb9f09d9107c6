package published

import (
	"slices"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// Files are those beside a model's weights that say how it reads a text, and where it ends one; nil: there is none.
type Files struct {
	Tokenizer  []byte // tokenizer.json
	Config     []byte // tokenizer_config.json
	Vocabulary []byte // vocab.json
	Merges     []byte // merges.txt
	Special    []byte // special_tokens_map.json
	Generation []byte // generation_config.json
	Template   []byte // chat_template.jinja
	Model      []byte // config.json

	Split string // one of the Splits, in which texts are cut; "": as the files say
}

// Read returns the tokenizer of the files; nil if there is none. It returns the errors of [FromJSON] and [FromVocabMerges].
func (f Files) Read() (*Tokenizer, error) {
	if f.Tokenizer == nil && (f.Vocabulary == nil || f.Merges == nil) {
		return nil, nil
	}
	var more []string
	if f.Tokenizer == nil {
		more = []string{decoderField}
	}
	c, err := readConfig(f.Config, more...)
	if err != nil {
		return nil, err
	}
	c.split = f.Split
	if names, err := readConfig(f.Special); err == nil { // the same in an older form; what is wrong with it is no loss
		c.complete(names)
	}
	if f.Template != nil { // where it is, transformers takes it before the field of the same name
		c.template = string(f.Template)
	}
	read := func() (*Tokenizer, error) { return fromVocabMerges(f.Vocabulary, f.Merges, c) }
	if f.Tokenizer != nil {
		read = func() (*Tokenizer, error) { return fromJSON(f.Tokenizer, c) }
	}
	t, err := read()
	if err != nil {
		return nil, err
	}
	t.Specials.Ends = append(t.Specials.Ends, f.Ends()...)
	slices.Sort(t.Specials.Ends)
	t.Specials.Ends = slices.Compact(t.Specials.Ends)
	return t, nil
}

// Ends returns the ids at which a model stops, as generation_config.json says, or else config.json: one, or several.
func (f Files) Ends() []int {
	for _, text := range [][]byte{f.Generation, f.Model} {
		c, err := readConfig(text)
		if err != nil {
			continue // Unread says so, or who reads the model's settings
		}
		if ids := idsOf(c.fields["eos_token_id"]); ids != nil {
			return ids
		}
	}
	return nil
}

// Unread says that the settings by which a text is ended can't be read; nil: they can, or there are none.
func (f Files) Unread() (notes []*fault.Fault) {
	if _, err := readConfig(f.Generation); err != nil {
		notes = append(notes, fault.New("configUnread", "%s can't be read, and was ignored: %w.", "generation_config.json", fault.Of(err)))
	}
	return notes
}

// idsOf returns the ids of a field that is one, or a list.
func idsOf(v any) (ids []int) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, item := range list {
		if id, ok := item.(float64); ok && id >= 0 && id < tokenizer.MaxVocab && id == float64(int(id)) {
			ids = append(ids, int(id))
		}
	}
	return ids
}
