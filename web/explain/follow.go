package explain

import (
	"math"
	"slices"
	"strings"

	"glassbox/web/run"
	"glassbox/web/say"
)

// Largest returns the number that counts most among those that the explained one was made
// from: of a sum the largest term, and of its factors the one that depends on the text; ok
// is false where nothing was computed, at the end of the way.
func (v View) Largest() (c run.Cell, ok bool) {
	if !v.Answers(v.Cell) {
		return c, false
	}
	row := rows[v.Explained.Op]
	if row.end != nil {
		return c, false
	}
	w := &calculation{Calculation: v.Terms(*v.Explained), v: v, e: *v.Explained, row: row}
	switch x := w.of("x"); {
	case row.larger:
		return largerOf(w.Operands)
	case row.follow != nil:
		return row.follow(w)
	case len(w.Terms) > 0:
		return w.largestTerm().Cells[row.followFactor], true
	default:
		return x.Cell, x.Tensor != ""
	}
}

// A Choice is what the way back follows of what a number was made from.
type Choice int

// LargestOfSign and its like: of a sum the term that speaks for it most; of all terms the largest one; of two operands the
// larger one; the only number that matters.
const (
	LargestOfSign Choice = iota
	Largest
	Larger
	Only
)

// Follows returns what the way back follows from the explained number; where it is not known yet, that of most numbers.
func (v View) Follows() Choice {
	if v.Explained == nil {
		return LargestOfSign
	}
	r, ok := rows[v.Explained.Op]
	switch {
	case !ok || r.end != nil:
		return LargestOfSign
	case r.larger:
		return Larger
	case r.follow != nil || r.terms == nil:
		return Only
	case r.chooses:
		return Largest
	}
	return LargestOfSign
}

// Answers reports whether the explanation is that of c.
func (v View) Answers(c *run.Cell) bool {
	x := v.Explained
	return x != nil && c != nil && x.Name == c.Name && x.Row == c.Row && x.Col == c.Col
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

// largestTerm returns the term that speaks for the number most: the largest one of its sign, or where there is none the
// largest of all, the first of equal ones; where one of them is chosen, the largest one.
func (w *calculation) largestTerm() (best Term) {
	for i, t := range slices.Concat(w.Terms, w.Rest) {
		if i == 0 || w.weight(t) > w.weight(best) {
			best = t
		}
	}
	return best
}

// weight is how much a term counts: what speaks against the number counts less than all that speaks for it.
func (w *calculation) weight(t Term) float64 {
	switch against := t.Product*float64(w.Value) < 0; {
	case w.row.chooses:
		return t.Product
	case against:
		return -1 / (1 + math.Abs(t.Product))
	}
	return math.Abs(t.Product)
}

// End says that the way back ends at the explained number, and why, with the token of
// the text to which it belongs, or −1. It is "" where the way goes on.
func (v View) End() (text string, token int) {
	if !v.Answers(v.Cell) || rows[v.Explained.Op].end == nil {
		return "", -1
	}
	return rows[v.Explained.Op].end(v, v.Explained)
}

// Crumb names a number of the way: its panel, with its head, and the cell in words.
func (s View) Crumb(c run.Cell) (title, where string) {
	info, _ := s.Info(c.Name)
	title = run.HeadTitle(info)
	for _, w := range s.Where(c) {
		where += w.Text
	}
	return title, where
}

// CrumbShort says where a number of the way stands in as little room as can be: the block
// ("B2", "" outside of them), and the cell ("5 C · 24").
func (s View) CrumbShort(c run.Cell) (block, where string) {
	info, _ := s.Info(c.Name)
	if info.Block >= 0 {
		block = say.Run.BlockShort(info.Block + 1)
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
