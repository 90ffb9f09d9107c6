package published

import (
	"maps"
	"slices"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// Splits lists the ways in which published byte-level tokenizers cut a text into words.
func Splits() []string {
	var names []string
	for _, s := range []tokenizer.Split{tokenizer.SplitGPT2, tokenizer.SplitSmolLM, tokenizer.SplitLlama3, tokenizer.SplitQwen2, tokenizer.SplitTekken, tokenizer.SplitGPT4o} {
		names = append(names, string(s))
	}
	return names
}

// SplitOf returns one of the Splits by its name, or by what llama.cpp calls it: "llama-bpe".
func SplitOf(name string) (split string, ok bool) {
	k, ok := byName[name]
	if !ok {
		k, ok = bySplit(name)
	}
	return string(k.name), ok
}

// PreOf returns what llama.cpp calls one of the Splits: "llama-bpe".
func PreOf(split string) string {
	switch tokenizer.Split(split) {
	case tokenizer.SplitGPT2:
		return "gpt-2"
	case tokenizer.SplitLlama3:
		return "llama-bpe"
	case tokenizer.SplitGPT4o:
		return "gpt-4o"
	}
	return split
}

// AssumedSplit returns which of the Splits FromGGUF takes of itself, since metadata do not say it; "": they do, or texts are not cut.
func AssumedSplit(m Metadata) string {
	g := &metadata{Metadata: m}
	if g.text(keyModel) != "gpt2" {
		return ""
	}
	k := g.pre()
	if g.err != nil || g.notes == nil {
		return ""
	}
	return string(k.name)
}

// bySplit returns the kind whose texts are cut in one of the Splits. Those of the same split are alike.
func bySplit(split string) (k known, ok bool) {
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if k := byName[name]; string(k.name) == split {
			return k, true
		}
	}
	return known{}, false
}

// CheckSplit returns an error about what is none of the Splits; "" is none that was asked for.
func CheckSplit(name string) error {
	if _, ok := bySplit(name); ok || name == "" {
		return nil
	}
	return fault.New("splitUnknown", "there is no way of cutting a text into words called %s here; expected %s", fault.Legible(name), fault.List(Splits()))
}

// recut makes an encoding of bytes cut a text in one of the Splits; "": as it does. The notes say that others have no way of cutting.
func recut(spec *tokenizer.Spec, split string) (notes []*fault.Fault) {
	switch {
	case split == "":
	case spec.Spaced:
		notes = append(notes, fault.New("splitUnused", "The tokenizer joins the pieces of a whole text: %s was asked for, which cuts it into words first, and was left out.", fault.Legible(split)))
	default:
		spec.Name, spec.Split, spec.Within = split, tokenizer.Split(split), nil
	}
	return notes
}
