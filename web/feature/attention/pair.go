package attention

import (
	"math"

	"glassbox/model"
	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
)

// A Pair is a token that looks, and one that it looks at.
type Pair struct{ Query, Key int }

// pairOf returns the head and the pair that a cell is about, if it is about one.
func pairOf(s *feature.State, c *run.Cell) (head string, pair Pair, ok bool) {
	if c == nil {
		return "", pair, false
	}
	i, found := s.Info(c.Name)
	if !found || i.Head < 0 || !i.Causal {
		return "", pair, false
	}
	return model.HeadName(i.Block, i.Head), Pair{c.Row, c.Col}, true
}

// Shown returns the pair that the view is about: that under the pointer, or else the
// pinned one, or else the last token and what it looks at most; ok is false without tokens.
func Shown(s *feature.State) (p Pair, ok bool) {
	a := Of(s)
	last := len(s.Tokens) - 1
	if last < 0 || a.Head == "" {
		return p, false
	}
	if head, pair, found := pairOf(s, s.Hover); found && head == a.Head {
		return pair, true
	}
	if q := a.Pair; q != nil && q.Query <= last && q.Key <= last {
		return *q, true
	}
	x := explain.ViewAt(s.View(), last)
	key, _, found := x.LooksAt(LookShares.step(s, a.Head).Name)
	if !found {
		key = last
	}
	return Pair{last, key}, true
}

// A Channel is a number of a query, that of a key, and their product.
type Channel struct {
	Index               int
	Query, Key, Product float64
	Share               float64 // of the product in the largest one, −1 to 1
}

// A Detail is how a pair comes by its share, number by number.
type Detail struct {
	Pair
	Masked                            bool
	Channels                          []Channel // in their order; nil: the numbers are not here yet
	Sum                               float64   // of the products, in float64
	Score, Scaled, Max, SumExp, Share float64   // from the trace; NaN: not here
}

// DetailOf returns how the shown pair comes by its share.
func DetailOf(s *feature.State) (w Detail, ok bool) {
	if w.Pair, ok = Shown(s); !ok {
		return w, false
	}
	head := Of(s).Head
	scores, scaled := LookScores.step(s, head), LookScaled.step(s, head)
	shares, largest := LookShares.step(s, head), 0.0
	w.Masked = w.Key > w.Query
	for c := range s.Config.HeadSize() {
		a, okA := s.At(run.InputOf(scores, "query"), w.Query, c)
		b, okB := s.At(run.InputOf(scores, "key"), w.Key, c)
		if !okA || !okB {
			w.Channels = nil
			break
		}
		p := Channel{Index: c, Query: float64(a), Key: float64(b), Product: float64(a) * float64(b)}
		w.Channels, w.Sum, largest = append(w.Channels, p), w.Sum+p.Product, max(largest, p.Product, -p.Product)
	}
	for i := range w.Channels {
		if largest > 0 {
			w.Channels[i].Share = w.Channels[i].Product / largest
		}
	}
	w.Score, w.Scaled = numberAt(s, scores.Name, w.Query, w.Key), numberAt(s, scaled.Name, w.Query, w.Key)
	w.Max, w.SumExp = numberAt(s, run.InputOf(shares, "max"), w.Query, 0), numberAt(s, run.InputOf(shares, "sum"), w.Query, 0)
	w.Share = numberAt(s, shares.Name, w.Query, w.Key)
	return w, true
}

// numberAt returns a number of the trace, or NaN.
func numberAt(s *feature.State, name string, row, col int) float64 {
	if v, ok := s.At(name, row, col); ok {
		return float64(v)
	}
	return math.NaN()
}
