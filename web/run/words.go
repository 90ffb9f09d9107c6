package run

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/say"
)

// Tag is a token with its place, "9 B", as it stands over its column.
func (s Run) Tag(t int) string {
	if t < 0 || t >= len(s.Tokens) {
		return strconv.Itoa(t)
	}
	return strconv.Itoa(t) + " " + s.Tokens[t].Text
}

// Quoted returns a token as it stands in a sentence: one without a letter, which reads as a mark of that, has quotes.
func Quoted(token string) string {
	if strings.ContainsFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return token
	}
	return say.Run.Quoted(token)
}

// TokenName names a token in a sentence, "token 9 (B)".
func (s Run) TokenName(t int) string {
	if t < 0 || t >= len(s.Tokens) {
		return say.Run.Token(t)
	}
	return say.Run.TokenNamed(t, s.Tokens[t].Text)
}

// Writer says who wrote token t, as the texts that tell of it ask: the "reader", the "model", the "template" of
// conversations, or the "tokenizer", which marks where a text begins and ends.
func (s Run) Writer(t int) string {
	switch {
	case t < 0 || t >= len(s.Tokens):
		return "reader"
	case s.Tokens[t].Generated:
		return "model"
	case s.Tokens[t].Added() && s.Ran.Form == engine.FormChat:
		return "template"
	case s.Tokens[t].Added():
		return "tokenizer"
	}
	return "reader"
}

// Formula returns that of a step in the notation of the papers, with the roles of its operands as names, and without what
// is added only where a step reads it: most layers of a Llama have no bias.
func Formula(i model.Info) string {
	formula := i.Op.Formula()
	for _, role := range model.Roles(i.Op) {
		read := slices.ContainsFunc(i.Inputs, func(in model.Range) bool { return i.Role(in.Name) == role })
		if before, ok := strings.CutSuffix(formula, " + "+role); ok && !read {
			formula = before
		}
	}
	return formula
}

// A Phrase is a part of a line of words; what changes from cell to cell is strong.
type Phrase struct {
	Text   string
	Strong bool
}

// Written returns a number that an operation made as show writes it; an id is a whole number.
func Written(op model.Op, v float32, show func(float32) string) string {
	if op.IsID() {
		return strconv.Itoa(int(v))
	}
	return show(v)
}

// Chance writes the probability with which a token is drawn under the settings: 100 % if they leave no other.
func (s Run) Chance(sampled float32) string {
	left := 0
	for _, c := range s.Candidates {
		if c.Sampled > 0 {
			left++
		}
	}
	if left > 1 {
		return say.Percent(sampled)
	}
	return say.Exactly(sampled)
}

// Reader returns the first step that reads a tensor.
func (s Run) Reader(name string) model.Info {
	for _, i := range s.Steps {
		if i.Reads(name) {
			return i
		}
	}
	return model.Info{}
}

// Where says in words which cell of a tensor is meant: "query 9 B → key 4 B".
func (s Run) Where(c Cell) []Phrase {
	info, ok := s.Info(c.Name)
	if !ok {
		return nil
	}
	if info.ColAxis == model.AxisKey {
		return phrases(say.Run.CellOfKey(s.Tag(c.Row), s.Tag(c.Col)))
	}
	if info.Kind == model.KindWeight && numbered(info.RowAxis) && numbered(info.ColAxis) {
		if s.byRow(info) {
			return phrases(say.Run.CellOfMatrix(c.Col, c.Row))
		}
		return phrases(say.Run.CellOfMatrix(c.Row, c.Col))
	}
	words := s.along(info.RowAxis, c.Row)
	if along := s.along(info.ColAxis, c.Col); len(words) > 0 && len(along) > 0 {
		words = append(append(words, Phrase{say.Run.BetweenAxes(), false}), along...)
	} else {
		words = append(words, along...)
	}
	return words
}

// byRow reports whether the rows of a matrix make the outputs of what reads it, (out, in).
func (s Run) byRow(info model.Info) bool {
	for _, in := range s.Reader(info.Name).Inputs {
		if in.Name == info.Name {
			return in.Rows > 0
		}
	}
	return false
}

// along names place n on an axis.
func (s Run) along(a model.Axis, n int) []Phrase {
	switch {
	case a.Tokens():
		return phrases(say.Run.AlongTokens(s.Tag(n)))
	case a == model.AxisWord:
		return phrases(say.Run.AlongWords(s.WordText(n)))
	case a == model.AxisPosition:
		return phrases(say.Run.AlongPlaces(n))
	case a == model.AxisOne:
		return nil
	}
	return phrases(say.Run.AlongNumbers(n))
}

// phrases makes a line of the pieces of a text: what stands in a tag is strong.
func phrases(pieces []say.Piece) []Phrase {
	words := make([]Phrase, len(pieces))
	for i, p := range pieces {
		words[i] = Phrase{p.Text, p.Tag != ""}
	}
	return words
}

// numbered reports whether what an axis counts has no names but its numbers: channels, neurons.
func numbered(a model.Axis) bool {
	return !a.Tokens() && a != model.AxisWord && a != model.AxisPosition && a != model.AxisOne
}

// HeadTitle names a step or weight where heads stand side by side: "Scores, head 2".
func HeadTitle(i model.Info) string {
	switch {
	case i.Group >= 0 && i.Sharing > 1:
		return say.Run.TitleOfGroup(say.Title(i.Base()), i.Head+1, i.Head+i.Sharing)
	case i.Head >= 0:
		return say.Run.TitleOfHead(say.Title(i.Base()), i.Head+1)
	}
	return say.Title(i.Base())
}

// WordText returns how the token id is shown.
func (s Run) WordText(id int) string {
	if alphabet := []rune(s.Config.Alphabet); id >= 0 && id < len(alphabet) {
		return string(alphabet[id])
	}
	for _, t := range s.Tokens {
		if t.ID == id {
			return t.Text
		}
	}
	if text, ok := s.words[id]; ok {
		return text
	}
	return fmt.Sprintf("#%d", id)
}

// Use says what the result of a linear layer is for: the "query", "key" or "value" of a head, a
// "feature" of the feed-forward network, or "" what is added to the stream.
func (s Run) Use(info model.Info) string {
	switch info.ColAxis {
	case model.AxisHeadChannel:
		return s.roleInHead(info)
	case model.AxisNeuron, model.AxisInner:
		return "feature"
	}
	return ""
}

// roleInHead returns what the numbers of a head are to what attends with them, whatever norms or turns them before.
func (s Run) roleInHead(info model.Info) string {
	for _, i := range s.Steps {
		switch {
		case !i.Reads(info.Name):
		case i.ColAxis == model.AxisHeadChannel && i.Op != model.OpMix:
			return s.roleInHead(i)
		case i.Op.Attends():
			return i.Role(info.Name)
		}
	}
	return s.Role(info)
}

// Role returns what a step or weight is to the first step that reads it: "query", "bias".
func (s Run) Role(info model.Info) string { return s.Reader(info.Name).Role(info.Name) }

// InHead returns the step of a head that an operation made.
func (s Run) InHead(name string, op model.Op) model.Info {
	block, head, _, _ := model.ParseHeadName(name)
	for _, i := range s.Steps {
		shared := i.Group >= 0 && i.Head <= head && head < i.Head+i.Sharing
		if i.Block == block && (i.Head == head || shared) && i.Op == op {
			return i
		}
	}
	return model.Info{}
}

// Plain turns tokens as the page shows them back into text: tokenizer.Visible, read backwards. A "·" that
// stood in the text itself reads as a space, for they look alike; bytes that make no character read as
// "�", as in any other program.
func Plain(shown string) string {
	var b strings.Builder
	for len(shown) > 0 {
		if text, ok := strings.CutPrefix(shown, "<0x"); ok && len(text) > 2 && text[2] == '>' {
			if n, err := strconv.ParseUint(text[:2], 16, 8); err == nil {
				b.WriteByte(byte(n))
				shown = text[3:]
				continue
			}
		}
		b.WriteByte(shown[0])
		shown = shown[1:]
	}
	return strings.NewReplacer("·", " ", "↵", "\n", "⇥", "\t").Replace(strings.ToValidUTF8(b.String(), "\uFFFD"))
}
