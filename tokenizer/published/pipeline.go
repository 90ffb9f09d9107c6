package published

import (
	"cmp"
	"fmt"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// A step is one of the parts of a tokenizer.json that say what is done to a text: a normalizer, a pre-tokenizer, a processor.
type step map[string]any

// kind returns its type.
func (s step) kind() string {
	kind, _ := s["type"].(string)
	return kind
}

// is reports whether it has that type, and fields of these values; nil is also a field that is missing.
func (s step) is(kind string, fields map[string]any) bool {
	for key, want := range fields {
		if !equal(s[key], want) {
			return false
		}
	}
	return s.kind() == kind
}

// equal compares values of a tree, of which the first comes from a file.
func equal(got, want any) bool {
	if fields, ok := want.(map[string]any); ok {
		other, _ := got.(map[string]any)
		for key, v := range fields {
			if !equal(other[key], v) {
				return false
			}
		}
		return len(other) == len(fields)
	}
	switch got.(type) {
	case map[string]any, []any:
		return false
	}
	return got == want
}

// show returns a value of a tree as an error names it.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return fault.Legible(v)
	case map[string]any:
		if kind := step(v).kind(); kind != "" {
			return fault.Legible(kind)
		}
		return "{…}"
	case []any:
		return "[…]"
	}
	return fmt.Sprint(v)
}

// steps returns the steps of a part, those of a sequence one by one.
func (f *file) steps(part string) ([]step, error) {
	fields, ok := f.parts[part].(map[string]any)
	if !ok {
		if f.parts[part] != nil {
			return nil, &UnknownError{part, show(f.parts[part])}
		}
		return nil, nil
	}
	return flatten(part, nil, fields)
}

// flatten appends a step, or the steps of a sequence. The tree that they stand in is not deep.
func flatten(part string, to []step, s step) (_ []step, err error) {
	if s.kind() != "Sequence" {
		return append(to, s), nil
	}
	for _, key := range []string{"normalizers", "pretokenizers", "processors"} {
		list, _ := s[key].([]any)
		for _, item := range list {
			fields, ok := item.(map[string]any)
			if !ok {
				return nil, &UnknownError{part, show(item)}
			}
			if to, err = flatten(part, to, fields); err != nil {
				return nil, err
			}
		}
	}
	return to, nil
}

// spec returns what the file describes.
func (f *file) spec() (tokenizer.Spec, error) {
	none := tokenizer.Spec{}
	for _, field := range []string{"dropout", "continuing_subword_prefix", "end_of_word_suffix"} {
		if v := f.model[field]; v != nil && v != "" && v != 0.0 {
			return none, &UnknownError{"model." + field, show(v)}
		}
	}
	if err := f.checkMerges(); err != nil {
		return none, err
	}
	spec := tokenizer.Spec{Tokens: f.tokens, Added: f.added, Merges: f.pairs(), Last: true, Unknown: -1,
		Whole: f.model["ignore_merges"] == true, FuseUnknown: f.model["fuse_unk"] == true}
	if err := f.unknown(&spec); err != nil {
		return none, err
	}
	if err := f.cuts(&spec); err != nil {
		return none, err
	}
	if err := f.normalizes(&spec); err != nil {
		return none, err
	}
	if spec.Spaced && f.model["byte_fallback"] == true {
		spec.Kinds = make([]tokenizer.Kind, len(f.tokens))
		for id, token := range f.tokens {
			spec.Kinds[id] = tokenizer.Normal
			if tokenizer.IsByte(token) {
				spec.Kinds[id] = tokenizer.Byte
			}
		}
	}
	if spec.Name == "" {
		spec.Name = nameOf(spec.Split, spec.Within)
	}
	return spec, nil
}

// nameOf names an encoding of bytes by how it cuts a text: "llama3", "llama3+digit", "bytes" if it does not.
func nameOf(split tokenizer.Split, within []tokenizer.Split) string {
	name := string(split)
	for _, s := range within {
		name += "+" + string(s)
	}
	return cmp.Or(name, "bytes")
}

// unknown finds the token of what has none.
func (f *file) unknown(spec *tokenizer.Spec) error {
	text, ok := f.model["unk_token"].(string)
	if !ok {
		return nil
	}
	if id, ok := f.texts[text]; ok {
		spec.Unknown = id
		return nil
	}
	for id, token := range f.tokens {
		if token == text {
			spec.Unknown = id
			return nil
		}
	}
	return &UnknownError{"model.unk_token", show(text)}
}

// cuts obeys the pre-tokenizers.
func (f *file) cuts(spec *tokenizer.Spec) error {
	const part = "pre_tokenizer"
	steps, err := f.steps(part)
	if err != nil {
		return err
	}
	if len(steps) == 0 || len(steps) == 1 && (steps[0].kind() == "Metaspace" || inert(steps[0])) {
		spec.Name, spec.Spaced = "sentencepiece", true
		if len(steps) == 1 && steps[0].kind() == "Metaspace" {
			return metaspace(spec, steps[0])
		}
		return nil
	}
	last := steps[len(steps)-1]
	if last.kind() != "ByteLevel" || last["add_prefix_space"] == true && len(steps) > 1 {
		return &UnknownError{part, show(map[string]any(last))}
	}
	if last["add_prefix_space"] == true {
		spec.Prefix, spec.PrefixOnce = tokenizer.PrefixEach, true
	}
	splits := []tokenizer.Split{}
	for _, s := range steps[:len(steps)-1] {
		split, err := splitOf(s)
		if err != nil {
			return err
		}
		splits = append(splits, split)
	}
	if last["use_regex"] != false {
		splits = append(splits, tokenizer.SplitGPT2)
	}
	spec.Cut(splits)
	return nil
}

// splitOf returns how a step cuts a text.
func splitOf(s step) (tokenizer.Split, error) {
	const part = "pre_tokenizer"
	switch {
	case s.kind() == "Digits" && s["individual_digits"] == true:
		return tokenizer.SplitDigit, nil
	case s.kind() == "Digits":
		return tokenizer.SplitDigits, nil
	case s.kind() != "Split":
		return "", &UnknownError{part, show(map[string]any(s))}
	}
	fields, _ := s["pattern"].(map[string]any)
	pattern, ok := fields["Regex"].(string)
	if !ok {
		return "", &UnknownError{part + ".pattern", show(s["pattern"])}
	}
	split, ok := tokenizer.Patterns()[pattern]
	if !ok {
		return "", &UnknownError{part + ".pattern", show(pattern)}
	}
	// These patterns leave nothing of a text between their words: to remove that is to cut alike.
	if behavior := s["behavior"]; behavior != "Isolated" && !(behavior == "Removed" && s["invert"] == true) {
		return "", &UnknownError{part + ".behavior", show(behavior)}
	}
	return split, nil
}

// inert reports whether a step cuts at spaces, of which SentencePiece leaves none in a text.
func inert(s step) bool {
	return s.is("Split", map[string]any{"pattern": map[string]any{"String": " "}})
}

// metaspace obeys the step that writes spaces as "▁", and may put one before a text.
func metaspace(spec *tokenizer.Spec, s step) error {
	if s["replacement"] != "▁" {
		return &UnknownError{"pre_tokenizer.replacement", show(s["replacement"])}
	}
	if s["split"] != false {
		spec.Split = tokenizer.SplitSpace
	}
	spec.PrefixOnce = true
	switch scheme := s["prepend_scheme"]; {
	case scheme == "always", scheme == nil && s["add_prefix_space"] != false:
		spec.Prefix = tokenizer.PrefixEach
	case scheme == "first":
		spec.Prefix = tokenizer.PrefixFirst
	case scheme != "never" && scheme != nil:
		return &UnknownError{"pre_tokenizer.prepend_scheme", show(scheme)}
	}
	return nil
}

// normalizes obeys the normalizers.
func (f *file) normalizes(spec *tokenizer.Spec) error {
	const part = "normalizer"
	steps, err := f.steps(part)
	if err != nil {
		return err
	}
	marked := spec.Prefix != tokenizer.PrefixNone || spec.Split == tokenizer.SplitSpace
	for i, s := range steps {
		switch {
		case s.kind() == "NFC" && !spec.Spaced:
			spec.Compose = true
		case s.is("Prepend", map[string]any{"prepend": "▁"}) && spec.Spaced && i == 0:
			spec.Prefix, spec.PrefixOnce = tokenizer.PrefixEach, false
		case s.is("Replace", map[string]any{"pattern": map[string]any{"String": " "}, "content": "▁"}) && spec.Spaced:
			marked = true
		default:
			return &UnknownError{part, show(map[string]any(s))}
		}
	}
	if metaspaced, _ := f.parts["pre_tokenizer"].(map[string]any); spec.Spaced && !marked && step(metaspaced).kind() != "Metaspace" {
		return &UnknownError{"pre_tokenizer", show(f.parts["pre_tokenizer"])}
	}
	return nil
}

// specials obeys the post-processors: which tokens stand around a text.
func (f *file) specials(unknown int) (tokenizer.Specials, error) {
	const part = "post_processor"
	s := tokenizer.NoSpecials
	s.Unknown = unknown
	steps, err := f.steps(part)
	if err != nil {
		return s, err
	}
	for _, p := range steps {
		switch p.kind() {
		case "ByteLevel":
		case "TemplateProcessing":
			err = f.frame(&s, p)
		case "RobertaProcessing", "BertProcessing":
			s.BOS, s.AddBOS = idOf(p["cls"]), true
			s.EOS, s.AddEOS = idOf(p["sep"]), true
		default:
			err = &UnknownError{part, show(map[string]any(p))}
		}
		if err != nil {
			return s, err
		}
	}
	if s.BOS >= len(f.tokens) || s.EOS >= len(f.tokens) {
		return s, &UnknownError{part, show(f.parts[part])}
	}
	return s, nil
}

// idOf returns the id of a pair such as ["</s>", 2].
func idOf(v any) int {
	pair, _ := v.([]any)
	if len(pair) == 2 {
		if id, ok := pair[1].(float64); ok && id >= 0 && id < tokenizer.MaxVocab {
			return int(id)
		}
	}
	return -1
}

// frame obeys the template of a single text: at most one token before it, and one behind.
func (f *file) frame(s *tokenizer.Specials, p step) error {
	list, _ := p["single"].([]any)
	behind := false
	for _, item := range list {
		fields, _ := item.(map[string]any)
		if fields["Sequence"] != nil {
			behind = true
			continue
		}
		special, _ := fields["SpecialToken"].(map[string]any)
		text, _ := special["id"].(string)
		id, ok := f.texts[text]
		before := !behind && !s.AddBOS
		if !ok || !before && (!behind || s.AddEOS) {
			return &UnknownError{"post_processor.single", show(text)}
		}
		if before {
			s.BOS, s.AddBOS = id, true
		} else {
			s.EOS, s.AddEOS = id, true
		}
	}
	return nil
}
