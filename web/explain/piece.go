package explain

import (
	"strings"

	"glassbox/web/run"
	"glassbox/web/say"
)

// PieceKind says how a piece of a formula is set.
type PieceKind int

// A symbol is italic and may be a link, an operator is upright, a value is a live number.
const (
	Operator PieceKind = iota
	Symbol
	Value
)

// A Piece is a part of a formula: a text, or a fraction if Under is there.
type Piece struct {
	Kind        PieceKind
	Text        string
	Tensor      string   // whose values the symbol stands for, or ""
	Cell        run.Cell // that it stands for, if that is only one
	Over, Under []Piece
}

func op(text string) Piece { return Piece{Kind: Operator, Text: text} }

func val(x float64) Piece { return Piece{Kind: Value, Text: say.Number(x)} }

func fraction(over, under []Piece) Piece { return Piece{Over: over, Under: under} }

// plus returns + x, or − x of a negative number.
func plus(x float64) []Piece {
	if x < 0 {
		return []Piece{op(" − "), val(-x)}
	}
	return []Piece{op(" + "), val(x)}
}

// less returns − x, or + x of a negative number.
func less(x float64) []Piece { return plus(-x) }

func join(parts ...any) (list []Piece) {
	for _, p := range parts {
		switch p := p.(type) {
		case Piece:
			list = append(list, p)
		case []Piece:
			list = append(list, p...)
		case string:
			list = append(list, op(p))
		}
	}
	return list
}

// Inline writes pieces in one line, a fraction as "(…) / …".
func Inline(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Under == nil {
			b.WriteString(p.Text)
			continue
		}
		b.WriteString(group(p.Over) + " / " + group(p.Under))
	}
	return b.String()
}

// group puts a sum in brackets.
func group(pieces []Piece) string {
	s := Inline(pieces)
	depth := 0
	for _, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if depth == 0 && strings.ContainsAny(s, "+−Σ") && len(pieces) > 1 {
				return "(" + s + ")"
			}
		}
	}
	return s
}
