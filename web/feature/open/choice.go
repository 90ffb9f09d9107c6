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
	label := strings.TrimSuffix(strings.TrimSuffix(s.Name, ".safetensors"), ".gguf")
	if r := []rune(label); len(r) > 24 {
		label = string(r[:23]) + "…"
	}
	return feature.Choice{ID: s.ID(), Label: label, Size: say.ShortCount(config.Parameters()),
		Config: config, Source: &s, Example: example(s, config), Does: does(s)}
}

// does says where the model is from.
func does(s feature.FileSource) string {
	if s.Address != "" && !s.Beside() {
		return say.Open.DoesAddress(host(s.Origin))
	}
	if s.Beside() {
		return say.Open.DoesBeside(first(s.Licence, "none"), s.Licence)
	}
	return say.Open.Does(s.Name)
}

// host names the host of an address.
func host(o feature.Origin) string { return first(o.Host, say.Weights.ServerItself()) }

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
