package open

import (
	"strconv"
	"strings"
	"unicode"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// choiceOf returns the entry of the switch for a file.
func choiceOf(s feature.FileSource, config model.Config) feature.Choice {
	label := labelOf(s.Name)
	return feature.Choice{ID: s.ID(), Label: label, Size: say.ShortCount(config.Parameters()),
		Config: config, Source: &s, Example: example(s, config), Does: say.Open.Does(s.Name)}
}

// labelOf is what the page calls a model from files of a name. Of a long one the end stays, for it tells the type.
func labelOf(name string) string {
	label := strings.TrimSuffix(strings.TrimSuffix(name, ".safetensors"), ".gguf")
	if nameless(name) {
		return say.Open.Nameless()
	}
	r := []rune(label)
	if len(r) <= mostLabel {
		return label
	}
	end := []rune(label[strings.LastIndexAny(label, ".-")+1:])
	if len(end) > mostLabel/2 {
		end = nil
	}
	return string(r[:mostLabel-1-len(end)]) + "…" + string(end)
}

// mostLabel is how long a label is at most, in characters.
const mostLabel = 24

// nameless reports whether a file has the name that all models have.
func nameless(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return stem == "model" || stem == "pytorch_model" || stem == "consolidated" || stem == "ggml-model"
}

// example returns a text to begin with: an empty page would show nothing.
func example(s feature.FileSource, c model.Config) string {
	n := min(6, c.Context, c.Vocab)
	switch s.Words {
	case "gpt2":
		return "How to predict"
	case "own":
		return "Once upon a time, there was a little"
	case "numbers":
		ids := make([]string, n)
		for i := range ids {
			ids[i] = strconv.Itoa(i)
		}
		return strings.Join(ids, " ")
	}
	var letters []rune
	for _, r := range c.Alphabet {
		if unicode.IsLetter(r) && len(letters) < n {
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 {
		letters = []rune(c.Alphabet)[:min(n, len([]rune(c.Alphabet)))]
	}
	return string(letters)
}
