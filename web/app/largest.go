package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Largest returns the number that counts most among those that the explained one was made
// from: of a sum the largest term, and of its factors the one that depends on the text; ok
// is false where nothing was computed, at the end of the way.
func Largest(s State) (c run.Cell, ok bool) {
	if !s.answers(s.pointed()) {
		return c, false
	}
	x := s.Explained
	w := Terms(s, *x)
	switch x.Op {
	case model.OpWeight, model.OpTokens, model.OpLookup, model.OpPosition, model.OpRandom:
		return c, false
	case model.OpDraw:
		for _, o := range w.Operands {
			if o.Role == "x" {
				return o.At(int(x.Value)), true
			}
		}
		return c, false
	case model.OpAdd:
		return largerOf(w.Operands)
	}
	if len(w.Terms) > 0 {
		return w.largestTerm(x.Op).follows(x.Op), true
	}
	for _, o := range w.Operands {
		if o.Role == "x" {
			return o.Cell, true
		}
	}
	return c, false
}

// largerOf returns the operand of one cell with the largest absolute value.
func largerOf(operands []Operand) (c run.Cell, ok bool) {
	most := -1.0
	for _, o := range operands {
		if len(o.Values) == 1 && math.Abs(float64(o.Values[0])) > most {
			most, c, ok = math.Abs(float64(o.Values[0])), o.Cell, true
		}
	}
	return c, ok
}

// largestTerm returns the term of the largest absolute value, the first of equal ones; of
// a maximum the largest one.
func (c Calculation) largestTerm(op model.Op) (best Term) {
	size := func(t Term) float64 {
		if op == model.OpMax {
			return t.Product
		}
		return math.Abs(t.Product)
	}
	for i, t := range c.Terms {
		if i == 0 || size(t) > size(best) {
			best = t
		}
	}
	return best
}

// follows returns the factor of a term on which the way goes on: of attention·value what
// was handed over, otherwise the first one; the other is a weight, or a key.
func (t Term) follows(op model.Op) run.Cell {
	if op == model.OpMix {
		return t.Cells[1]
	}
	return t.Cells[0]
}

// TrailEnd says that the way back ends at the explained number, and why, with the token of
// the text to which it belongs, or −1. It is "" where the way goes on.
func TrailEnd(s State) (text string, token int) {
	if !s.answers(s.pointed()) {
		return "", -1
	}
	x := s.Explained
	learned := "was learned in training"
	switch x.Op {
	case model.OpLookup:
		id := 0
		if x.Row < len(s.Tokens) {
			id = s.Tokens[x.Row].ID
		}
		return fmt.Sprintf("The way ends here, at the text: number %d of the embedding of %s. It stands in row %s of the token table and %s.",
			x.Col, s.ofText(x.Row), say.Count(id), learned), x.Row
	case model.OpPosition:
		return fmt.Sprintf("The way ends here, at the text: number %d of the embedding of place %d, where %s stands. It %s.",
			x.Col, x.Row, s.ofText(x.Row), learned), x.Row
	case model.OpTokens:
		return fmt.Sprintf("The way ends here, at the text: %s is the id of %s.", strconv.Itoa(int(x.Value)), s.ofText(x.Row)), x.Row
	case model.OpWeight:
		return "The way ends here: this number " + learned + ".", -1
	case model.OpRandom:
		return "The way ends here: this number comes from the seed.", -1
	}
	return "", -1
}

// ofText names a token, and says whose it is.
func (s State) ofText(t int) string {
	if t < len(s.Tokens) && s.Tokens[t].Generated {
		return s.TokenName(t) + ", which the model wrote"
	}
	return s.TokenName(t) + ", which you typed"
}

// Traceable returns the token that Step writes, or the last answer of a full context; nil: there
// is none, or its probability means nothing yet.
func (s State) Traceable() *engine.Candidate {
	switch {
	case s.Muted || len(s.Candidates) == 0:
		return nil
	case s.Next != nil:
		return s.Next
	}
	return s.Last
}

// CrumbText names a number of the way: its panel, with its head, and the cell in words.
func CrumbText(s State, c run.Cell) (title, where string) {
	info, _ := s.Info(c.Name)
	title = PanelTitle(info, s)
	for _, w := range s.Where(c) {
		where += w.Text
	}
	return title, where
}

// CrumbShort says where a number of the way stands in as little room as can be: the block
// ("B2", "" outside of them), and the cell ("5 C · 24").
func CrumbShort(s State, c run.Cell) (block, where string) {
	info, _ := s.Info(c.Name)
	if info.Block >= 0 {
		block = "B" + strconv.Itoa(info.Block+1)
	}
	var parts []string
	for _, w := range s.Where(c) {
		if w.Strong {
			parts = append(parts, w.Text)
		}
	}
	if info.Causal {
		return block, strings.Join(parts, " → ")
	}
	return block, strings.Join(parts, " · ")
}
