package app

import (
	"fmt"
	"strconv"
	"strings"

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

// axis says what the rows or columns of a tensor stand for.
type axis int

const (
	axisNumber axis = iota // the numbers of a column
	axisToken              // tokens of the text
	axisKey                // tokens that are looked at
	axisWord               // words of the vocabulary
	axisPlace              // places in the context
	axisOne                // there is only one
)

// axes returns what the rows and columns of a step or weight stand for.
func (s State) axes(i model.Info) (rows, cols axis) {
	switch {
	case i.Op == model.OpWeight:
		return s.weightAxes(i)
	case i.Causal:
		return axisToken, axisKey
	case i.Cols == 1 && s.samples(i):
		return axisOne, axisOne
	case i.Cols == 1:
		return axisToken, axisOne
	case s.samples(i):
		return axisOne, axisWord
	case i.Block < 0 && (i.Op == model.OpUnembed || i.Op == model.OpSoftmax):
		return axisToken, axisWord
	}
	return axisToken, axisNumber
}

// weightAxes looks at the step that reads the weight.
func (s State) weightAxes(i model.Info) (rows, cols axis) {
	rows = axisNumber
	if i.Rows == 1 {
		rows = axisOne
	}
	switch s.reader(i.Name).Op {
	case model.OpLookup, model.OpUnembed:
		rows = axisWord
	case model.OpPosition:
		rows = axisPlace
	}
	return rows, axisNumber
}

// reader returns the first step that reads a tensor.
func (s State) reader(name string) model.Info {
	for _, i := range s.Steps {
		if reads(i, name) {
			return i
		}
	}
	return model.Info{}
}

// samples reports whether a step belongs to sampling.
func (s State) samples(i model.Info) bool {
	return i.Op != model.OpWeight && strings.HasPrefix(i.Name, "sample.")
}

// Where says in words which cell of a tensor is meant: "query 9 B → key 4 B".
func Where(s State, c Cell) []Word {
	info, ok := s.Info(c.Name)
	if !ok {
		return nil
	}
	rows, cols := s.axes(info)
	if cols == axisKey {
		return []Word{{"query ", false}, {s.tag(c.Row), true}, {" → key ", false}, {s.tag(c.Col), true}}
	}
	if info.Op == model.OpWeight && rows == axisNumber {
		return []Word{{"in ", false}, {strconv.Itoa(c.Row), true}, {" → out ", false}, {strconv.Itoa(c.Col), true}}
	}
	words := s.along(rows, c.Row)
	if along := s.along(cols, c.Col); len(words) > 0 && len(along) > 0 {
		words = append(append(words, Word{", ", false}), along...)
	} else {
		words = append(words, along...)
	}
	return words
}

// along names place n on an axis.
func (s State) along(a axis, n int) []Word {
	switch a {
	case axisToken, axisKey:
		return []Word{{"token ", false}, {s.tag(n), true}}
	case axisWord:
		return []Word{{"word ", false}, {s.word(n), true}}
	case axisPlace:
		return []Word{{"place ", false}, {strconv.Itoa(n), true}}
	case axisOne:
		return nil
	}
	return []Word{{"number ", false}, {strconv.Itoa(n), true}}
}
