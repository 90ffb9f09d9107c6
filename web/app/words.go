package app

import (
	"fmt"
	"strconv"

	"glassbox/model"
)

// tag is a token with its place, "9 B", as it stands over its column.
func (s State) tag(t int) string {
	if t < 0 || t >= len(s.Tokens) {
		return strconv.Itoa(t)
	}
	return fmt.Sprintf("%d %s", t, s.Tokens[t].Text)
}

// token names a token in a sentence, "token 9 (B)".
func (s State) token(t int) string {
	if t < 0 || t >= len(s.Tokens) {
		return fmt.Sprintf("token %d", t)
	}
	return fmt.Sprintf("token %d (%s)", t, s.Tokens[t].Text)
}

// A Word is a part of a line of words; what changes from cell to cell is strong.
type Word struct {
	Text   string
	Strong bool
}

// reader returns the first step that reads a tensor.
func (s State) reader(name string) model.Info {
	for _, i := range s.Steps {
		if i.Reads(name) {
			return i
		}
	}
	return model.Info{}
}

// Where says in words which cell of a tensor is meant: "query 9 B → key 4 B".
func Where(s State, c Cell) []Word {
	info, ok := s.Info(c.Name)
	if !ok {
		return nil
	}
	if info.ColAxis == model.AxisKey {
		return []Word{{"query ", false}, {s.tag(c.Row), true}, {" → key ", false}, {s.tag(c.Col), true}}
	}
	if info.Kind == model.KindWeight && numbered(info.RowAxis) && numbered(info.ColAxis) {
		return []Word{{"in ", false}, {strconv.Itoa(c.Row), true}, {" → out ", false}, {strconv.Itoa(c.Col), true}}
	}
	words := s.along(info.RowAxis, c.Row)
	if along := s.along(info.ColAxis, c.Col); len(words) > 0 && len(along) > 0 {
		words = append(append(words, Word{", ", false}), along...)
	} else {
		words = append(words, along...)
	}
	return words
}

// along names place n on an axis.
func (s State) along(a model.Axis, n int) []Word {
	switch {
	case a.Tokens():
		return []Word{{"token ", false}, {s.tag(n), true}}
	case a == model.AxisWord:
		return []Word{{"word ", false}, {s.word(n), true}}
	case a == model.AxisPosition:
		return []Word{{"place ", false}, {strconv.Itoa(n), true}}
	case a == model.AxisOne:
		return nil
	}
	return []Word{{"number ", false}, {strconv.Itoa(n), true}}
}

// numbered reports whether what an axis counts has no names but its numbers: channels, neurons.
func numbered(a model.Axis) bool {
	return !a.Tokens() && a != model.AxisWord && a != model.AxisPosition && a != model.AxisOne
}
