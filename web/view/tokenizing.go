package view

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Tokenizing is the Tokenize stage: any text, cut by a choice of tokenizer, with the
// bytes that each token spans, and the merges by which one token came about.
type Tokenizing struct{ Screen *feature.Screen }

// Pressed says whether the tokenizer is the chosen one.
func (c *Tokenizing) Pressed(id string) string {
	return feature.Choose(c.Screen.State.Tokenizer == id, "true", "false")
}

// Choose picks a tokenizer.
func (c *Tokenizing) Choose(id string) { c.Screen.Send(feature.TokenizerChosen{ID: id}) }

// Typed takes over the text field.
func (c *Tokenizing) Typed(event vugu.DOMEvent) {
	c.Screen.Send(feature.ProbeChanged{Text: event.PropString("target", "value")})
}

// Some reports whether there are tokens.
func (c *Tokenizing) Some() bool {
	return c.Screen.State.Tokenized != nil && len(c.Screen.State.Tokenized.Tokens) > 0
}

// Count returns how many.
func (c *Tokenizing) Count() string {
	n := len(c.Screen.State.Tokenized.Tokens)
	return say.Count(n) + feature.Choose(n == 1, " token", " tokens")
}

// Note says what the tokenizer does, and whether its tokens can go on from here.
func (c *Tokenizing) Note() string {
	if c.Screen.State.Tokenizer == "gpt2" {
		if c.Screen.State.Tokenized == nil {
			return "The table of 50,257 tokens is loading."
		}
		return "Byte-pair encoding: neighbours merge, the lowest rank first. Press a token to see its merges. " +
			feature.Choose(c.Screen.State.ReadsGPT2(), "The model reads these tokens.", c.elsewhere())
	}
	if c.Screen.State.Config.Alphabet == "" {
		return "Each letter is one token. Its id is its place in the alphabet; the model that is open has none."
	}
	return "Each letter is one token. Its id is its place in the alphabet of the model."
}

// elsewhere says that the later stages read other tokens.
func (c *Tokenizing) elsewhere() string {
	if c.Screen.State.Config.Alphabet == "" {
		return "The model that is open has another vocabulary, so the later stages keep to that."
	}
	return "No model with this vocabulary is loaded, so the later stages keep to the letters."
}

// Text returns token i.
func (c *Tokenizing) Text(i int) string { return c.Screen.State.Tokenized.Tokens[i].Text }

// ID returns its number in the vocabulary.
func (c *Tokenizing) ID(i int) int { return c.Screen.State.Tokenized.Tokens[i].ID }

// TextClass makes spaces and parts of characters lighter than text.
func (c *Tokenizing) TextClass(i int) string { return "text" + TokenClass(c.Text(i)) }

// Span returns which bytes of the text the token is.
func (c *Tokenizing) Span(i int) string {
	t := c.Screen.State.Tokenized.Tokens[i]
	if t.End-t.Start < 2 {
		return strconv.Itoa(t.Start)
	}
	return strconv.Itoa(t.Start) + "–" + strconv.Itoa(t.End-1)
}

// Bytes returns those bytes as hexadecimal numbers, the first few of them.
func (c *Tokenizing) Bytes(i int) string {
	t, text := c.Screen.State.Tokenized.Tokens[i], c.Screen.State.Probe
	if t.Start < 0 || t.Start > t.End || t.End > len(text) {
		return "" // the text has changed, and its tokens are on their way
	}
	const digits, most = "0123456789abcdef", 6
	var line strings.Builder
	for n, b := range []byte(text[t.Start:t.End]) {
		if n == most {
			line.WriteString(" …")
			break
		}
		if n > 0 {
			line.WriteByte(' ')
		}
		line.WriteByte(digits[b>>4])
		line.WriteByte(digits[b&15])
	}
	return line.String()
}

// Title reads the chip aloud.
func (c *Tokenizing) Title(i int) string {
	return "Id " + strconv.Itoa(c.ID(i)) + ", bytes " + c.Span(i) + feature.Choose(c.Merged(i), "; show its merges", "")
}

// Class tells the token whose merges are open.
func (c *Tokenizing) Class(i int) string {
	return feature.Choose(c.Merging() && c.Screen.State.Merging == i, "chip selected", "chip")
}

// Merged reports whether the token came about by merges.
func (c *Tokenizing) Merged(i int) bool {
	merges := c.Screen.State.Tokenized.Merges
	return i >= 0 && i < len(merges) && len(merges[i]) > 0
}

// Open says whether its merges are shown.
func (c *Tokenizing) Open(i int) interface{} {
	return feature.Mark(c.Merged(i), feature.Choose(c.Screen.State.Merging == i, "true", "false"))
}

// Toggle shows or hides its merges.
func (c *Tokenizing) Toggle(i int) { c.Screen.Send(feature.MergesToggled{Token: i}) }

// Merging reports whether the merges of a token are shown.
func (c *Tokenizing) Merging() bool { return c.Some() && c.Merged(c.Screen.State.Merging) }

// MergeTitle names the token.
func (c *Tokenizing) MergeTitle() string {
	return "How " + c.Text(c.Screen.State.Merging) + " was merged"
}

// Steps returns a list as long as the merges.
func (c *Tokenizing) Steps() []struct{} {
	return make([]struct{}, len(c.Screen.State.Tokenized.Merges[c.Screen.State.Merging]))
}

// Left is the first part that merge i joins.
func (c *Tokenizing) Left(i int) string {
	return c.Screen.State.Tokenized.Merges[c.Screen.State.Merging][i].Left
}

// Right is the second part.
func (c *Tokenizing) Right(i int) string {
	return c.Screen.State.Tokenized.Merges[c.Screen.State.Merging][i].Right
}

// Rank says how early the merge was learned.
func (c *Tokenizing) Rank(i int) string {
	return "rank " + say.Count(c.Screen.State.Tokenized.Merges[c.Screen.State.Merging][i].Rank)
}
