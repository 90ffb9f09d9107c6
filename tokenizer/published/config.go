package published

import (
	"slices"
	"strconv"

	"glassbox/model/fault"
	"glassbox/model/jsontext"
	"glassbox/tokenizer"
)

// config is what tokenizer_config.json says.
type config struct {
	fields   map[string]any
	template string
	split    string // one of the Splits, in which texts are to be cut; "": as the files say
}

// asked lists the fields of tokenizer_config.json, of special_tokens_map.json, and of the settings of a model, that are asked for. Others
// may be large, and of any form.
var asked = []string{"tokenizer_class", "chat_template", "bos_token", "eos_token", "pad_token", "unk_token", "add_bos_token", "add_eos_token", "add_prefix_space", "eos_token_id"}

// decoderField has the added tokens, by their ids, which tokenizer.json has too: where that is there it is not asked for.
const decoderField = "added_tokens_decoder"

// readConfig reads a tokenizer_config.json, and the more fields of it; nil is one that says nothing.
func readConfig(text []byte, more ...string) (config, error) {
	c := config{fields: map[string]any{}}
	if text == nil {
		return c, nil
	}
	r, err := jsontext.New(text)
	if err != nil {
		return c, err
	}
	err = r.Object(jsontext.InObject, func(key string) error {
		if slices.Contains(asked, key) || slices.Contains(more, key) {
			return readPart(r, key, c.fields)
		}
		_, err := r.Skip(key)
		return err
	})
	if err == nil {
		err = r.End()
	}
	c.template = templateOf(c.fields["chat_template"])
	return c, err
}

// complete takes over the fields that c lacks.
func (c config) complete(other config) {
	for key, v := range other.fields {
		if c.fields[key] == nil {
			c.fields[key] = v
		}
	}
}

// templateOf returns a chat template, or of several that with the name "default".
func templateOf(v any) string {
	if list, ok := v.([]any); ok {
		for _, item := range list {
			if fields, _ := item.(map[string]any); fields["name"] == "default" {
				v = fields["template"]
			}
		}
	}
	text, _ := v.(string)
	return text
}

// obey puts into s what the configuration says about the tokens around a text. It has the last word: programs change
// tokenizer.json by it.
func (c config) obey(s tokenizer.Specials, b *tokenizer.BPE) tokenizer.Specials {
	for _, token := range []struct {
		field string
		to    *int
	}{{"bos_token", &s.BOS}, {"eos_token", &s.EOS}, {"pad_token", &s.Pad}, {"unk_token", &s.Unknown}} {
		if id, ok := b.ID(c.token(token.field)); ok {
			*token.to = id
		}
	}
	if add, ok := c.fields["add_bos_token"].(bool); ok {
		s.AddBOS = add
	}
	if add, ok := c.fields["add_eos_token"].(bool); ok {
		s.AddEOS = add
	}
	return s
}

// token returns the text of a field that is one, or an object around one.
func (c config) token(field string) string {
	v := c.fields[field]
	if fields, ok := v.(map[string]any); ok {
		v = fields["content"]
	}
	text, _ := v.(string)
	return text
}

// prefix obeys what the configuration says about a space before a text of a byte-level encoding.
func (c config) prefix(spec *tokenizer.Spec) {
	add, ok := c.fields["add_prefix_space"].(bool)
	if class, _ := c.fields["tokenizer_class"].(string); class != "" {
		_, known := byClass[class]
		ok = ok || known // of these there is none unless it is asked for
	}
	if ok {
		spec.Prefix, spec.PrefixOnce = tokenizer.PrefixNone, true
		if add {
			spec.Prefix = tokenizer.PrefixEach
		}
	}
}

// addTo adds the tokens of the field added_tokens_decoder.
func (c config) addTo(f *file) error {
	decoder, _ := c.fields[decoderField].(map[string]any)
	for key, v := range decoder {
		id, err := strconv.ParseUint(key, 10, 31)
		fields, ok := v.(map[string]any)
		if err != nil || !ok || id >= tokenizer.MaxVocab {
			return &UnknownError{decoderField, fault.Legible(key)}
		}
		f.add(int(id), fields)
	}
	return nil
}
