package tokenize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Trial is any text, cut by a choice of tokenizer, with the
// bytes that each token spans, and the merges by which one token came about.
type Trial struct{ Screen *feature.Screen }

func (c *Trial) state() State { return Of(c.Screen.State) }

// Pressed says whether the tokenizer is the chosen one.
func (c *Trial) Pressed(id string) string {
	return feature.Choose(c.state().Tokenizer == id, "true", "false")
}

// Choose picks a tokenizer.
func (c *Trial) Choose(id string) { c.Screen.Send(Chosen{ID: id}) }

// Typed takes over the text field.
func (c *Trial) Typed(event vugu.DOMEvent) {
	c.Screen.Send(Typed{Text: event.PropString("target", "value")})
}

// Some reports whether there are tokens.
func (c *Trial) Some() bool {
	return c.state().Tokenized != nil && len(c.state().Tokenized.Tokens) > 0
}

// Cut reports whether the text was cut.
func (c *Trial) Cut() bool { return c.state().Tokenized != nil }

// Tokens are those into which it was cut, up to mostListed.
func (c *Trial) Tokens() []engine.Token {
	all := c.state().Tokenized.Tokens
	return all[:min(len(all), mostListed)]
}

// mostListed is how many tokens are listed: more would hold the page up, and nobody reads them.
const mostListed = 200

// Rest reports whether there are more.
func (c *Trial) Rest() bool { return c.Cut() && len(c.state().Tokenized.Tokens) > mostListed }

// RestNote says so.
func (c *Trial) RestNote() string { return say.Tokenize.FirstListed(mostListed) }

// Probe is the text.
func (c *Trial) Probe() string { return c.state().Probe }

// Error says why there are no tokens of it.
func (c *Trial) Error() string { return c.state().Error }

// Count returns how many.
func (c *Trial) Count() string {
	return say.Tokenize.Count(len(c.state().Tokenized.Tokens))
}

// Note says what the tokenizer does, and whether its tokens can go on from here.
func (c *Trial) Note() string {
	if c.state().Tokenizer == Own {
		note := say.Tokenize.OwnNote() + " " + say.Tokenize.BytePairs()
		if slices.ContainsFunc(c.Screen.State.Tokens, engine.Token.Added) {
			note += " " + say.Tokenize.TextAlone()
		}
		return note
	}
	if c.state().Tokenizer == GPT2 {
		if c.state().Tokenized == nil {
			return say.Tokenize.TableLoading(feature.GPT2Vocab)
		}
		return say.Tokenize.BytePairs() + " " + feature.Choose(c.Screen.State.ReadsGPT2(), say.Tokenize.ModelReadsThese(), c.elsewhere())
	}
	if c.Screen.State.Config.Alphabet == "" {
		return say.Tokenize.LettersElsewhere()
	}
	return say.Tokenize.LettersOfModel()
}

// elsewhere says that the later stages read other tokens.
func (c *Trial) elsewhere() string {
	if c.Screen.State.Config.Alphabet == "" {
		return say.Tokenize.OtherVocabulary()
	}
	return say.Tokenize.NoModelReadsThese()
}

// Text returns token i.
func (c *Trial) Text(i int) string { return c.state().Tokenized.Tokens[i].Text }

// ID returns its number in the vocabulary.
func (c *Trial) ID(i int) int { return c.state().Tokenized.Tokens[i].ID }

// TextClass makes spaces and parts of characters lighter than text.
func (c *Trial) TextClass(i int) string { return "text" + view.TokenClass(c.Text(i)) }

// Span returns which bytes of the text the token is.
func (c *Trial) Span(i int) string {
	t := c.state().Tokenized.Tokens[i]
	if t.End-t.Start < 2 {
		return strconv.Itoa(t.Start)
	}
	return strconv.Itoa(t.Start) + "–" + strconv.Itoa(t.End-1)
}

// Bytes returns those bytes as hexadecimal numbers, of a very long token the first of them.
func (c *Trial) Bytes(i int) string {
	t, text := c.state().Tokenized.Tokens[i], c.state().Probe
	if t.Start < 0 || t.Start > t.End || t.End > len(text) {
		return "" // the text has changed, and its tokens are on their way
	}
	const digits, most = "0123456789abcdef", 24
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
func (c *Trial) Title(i int) string {
	if c.Merged(i) {
		return say.Tokenize.MergedPiece(c.ID(i), c.Span(i))
	}
	return say.Tokenize.Piece(c.ID(i), c.Span(i))
}

// Class tells the token whose merges are open.
func (c *Trial) Class(i int) string {
	return feature.Choose(c.Merging() && c.state().Merging == i+1, "chip selected", "chip")
}

// Merged reports whether the token came about by merges.
func (c *Trial) Merged(i int) bool {
	merges := c.state().Tokenized.Merges
	return i >= 0 && i < len(merges) && len(merges[i]) > 0
}

// Open says whether its merges are shown.
func (c *Trial) Open(i int) interface{} {
	return feature.Mark(c.Merged(i), feature.Choose(c.state().Merging == i+1, "true", "false"))
}

// Toggle shows or hides its merges.
func (c *Trial) Toggle(i int) { c.Screen.Send(MergesToggled{Token: i}) }

// Merging reports whether the merges of a token are shown.
func (c *Trial) Merging() bool { return c.Some() && c.Merged(c.state().Merging-1) }

// merging is the token whose merges are shown.
func (c *Trial) merging() int { return c.state().Merging - 1 }

// merges are the steps by which it came about.
func (c *Trial) merges() []engine.Merge { return c.state().Tokenized.Merges[c.merging()] }

// MergeTitle names the token.
func (c *Trial) MergeTitle() string {
	return say.Tokenize.Merging(c.Text(c.merging()))
}

// Steps returns a list as long as the merges.
func (c *Trial) Steps() []struct{} {
	return make([]struct{}, len(c.merges()))
}

// Left is the first part that merge i joins.
func (c *Trial) Left(i int) string {
	return c.merges()[i].Left
}

// Right is the second part.
func (c *Trial) Right(i int) string {
	return c.merges()[i].Right
}

// Rank says how early the merge was learned.
func (c *Trial) Rank(i int) string {
	return say.Tokenize.Rank(c.merges()[i].Rank)
}
