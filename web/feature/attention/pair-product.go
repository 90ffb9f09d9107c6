package attention

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// PairProduct shows how a pair of tokens comes by its share: the query of the one and the
// key of the other number by number, their products, the sum, and what becomes of it. Each
// number leads to its cell in the scene.
type PairProduct struct {
	Screen     *feature.Screen
	working    Detail // of this build
	most, rest []Channel
	restSum    float64
	norms      [3]float64
}

// mostChannels is how many products are listed at once; of more, those that count most.
const mostChannels = 16

// Compute asks once for what the methods below read.
func (c *PairProduct) Compute(vugu.ComputeCtx) {
	c.working, _ = DetailOf(c.Screen.State)
	c.most, c.rest, c.restSum, c.norms = slices.Clone(c.working.Channels), nil, 0, [3]float64{}
	for _, t := range c.most {
		c.norms = [3]float64{max(c.norms[0], math.Abs(t.Query)), max(c.norms[1], math.Abs(t.Key)), max(c.norms[2], math.Abs(t.Product))}
	}
	if len(c.most) <= mostChannels {
		return
	}
	slices.SortStableFunc(c.most, func(a, b Channel) int { return cmp.Compare(math.Abs(b.Product), math.Abs(a.Product)) })
	c.most, c.rest = c.most[:mostChannels], c.most[mostChannels:]
	for _, list := range [][]Channel{c.most, c.rest} {
		slices.SortFunc(list, func(a, b Channel) int { return a.Index - b.Index })
	}
	for _, t := range c.rest {
		c.restSum += t.Product
	}
}

func (c *PairProduct) tag(t int) string { return c.Screen.State.Tag(t) }

// Title names the pair.
func (c *PairProduct) Title() string {
	return say.Attention.PairTitle(c.tag(c.working.Query), c.tag(c.working.Key))
}

// Masked says why a pair has no number.
func (c *PairProduct) Masked() string {
	key, query := c.working.Key, c.working.Query
	if key < query {
		s := c.Screen.State
		return say.Attention.MaskedFarPair(LookScores.step(s, Of(s).Head).Window, c.tag(key), c.tag(query))
	}
	return say.Attention.MaskedPair(c.tag(key), c.tag(query))
}

// Shows reports whether there are numbers.
func (c *PairProduct) Shows() bool { return !c.working.Masked && len(c.most) > 0 }

// QueryText and KeyText head the columns.
func (c *PairProduct) QueryText() string { return say.Attention.QueryOf(c.working.Query) }

// KeyText heads that of the key.
func (c *PairProduct) KeyText() string { return say.Attention.KeyOf(c.working.Key) }

// X and Width place a cell of a strip.
func (c *PairProduct) X(i int) string {
	return view.Unit(100 * float64(i) / float64(max(1, len(c.working.Channels))))
}

// Width leaves a gap between the cells.
func (c *PairProduct) Width() string { return view.Unit(92 / float64(max(1, len(c.working.Channels)))) }

func (c *PairProduct) fill(v, norm float64) string {
	if norm == 0 {
		norm = 1
	}
	return c.Screen.Colour(v / norm)
}

// QueryFill colours a number of the query.
func (c *PairProduct) QueryFill(i int) string { return c.fill(c.working.Channels[i].Query, c.norms[0]) }

// KeyFill colours one of the key.
func (c *PairProduct) KeyFill(i int) string { return c.fill(c.working.Channels[i].Key, c.norms[1]) }

// ProductFill colours a product.
func (c *PairProduct) ProductFill(i int) string {
	return c.fill(c.working.Channels[i].Product, c.norms[2])
}

// Number writes v briefly, Sign is its class and Class that of a number with a link.
func (c *PairProduct) Number(v float64) string { return say.Rounded(v) }

// Sign is the class of a number.
func (c *PairProduct) Sign(v float64) string { return (&view.TermTable{}).Sign(v) }

// Class is that of a number that leads to its cell.
func (c *PairProduct) Class(v float64) string { return strings.TrimSpace("link cell " + c.Sign(v)) }

// Key names a number for the page's tests.
func (c *PairProduct) Key(of string, i int) string { return of + "-" + strconv.Itoa(i) }

// Pair names the pair of tokens: what is folded out for one is folded for the next.
func (c *PairProduct) Pair() string { return c.Key(strconv.Itoa(c.working.Query), c.working.Key) }

// Label says where a press leads.
func (c *PairProduct) Label(of string, i int, v float64) string {
	t := c.working.Query
	if of == "key" {
		t = c.working.Key
	}
	return say.Attention.Channel(of, i, c.tag(t), say.Rounded(v))
}

// BarX is where the bar of a product begins, BarWidth how far it goes.
func (c *PairProduct) BarX(t Channel) string { return view.Share(0.5 + min(0, t.Share)/2) }

// BarWidth is that of the bar.
func (c *PairProduct) BarWidth(t Channel) string { return view.Share(math.Abs(t.Share) / 2) }

// RestText says how many products are smaller.
func (c *PairProduct) RestText() string { return say.Attention.Rest(len(c.rest)) }

// made is a cell of what an operation made in the head.
func (c *PairProduct) made(by model.Op, row, col int) run.Cell {
	s := c.Screen.State
	return run.Cell{Name: s.InHead(Of(s).Head, by).Name, Row: row, Col: col}
}

// read is a cell of what it read in a role.
func (c *PairProduct) read(by model.Op, role string, row, col int) run.Cell {
	s := c.Screen.State
	return run.Cell{Name: run.InputOf(s.InHead(Of(s).Head, by), role), Row: row, Col: col}
}

// Query leads to a number of the query, KeyCell to one of the key.
func (c *PairProduct) Query(i int) { c.Visit(c.read(model.OpScores, "query", c.working.Query, i)) }

// KeyCell leads to a number of the key.
func (c *PairProduct) KeyCell(i int) { c.Visit(c.read(model.OpScores, "key", c.working.Key, i)) }

// Visit flies to a cell.
func (c *PairProduct) Visit(at run.Cell) { c.Screen.Send(feature.CellVisited{Cell: at}) }

// A Line is a step from the sum of the products to the share.
type Line struct {
	ID, Label, How, Value, Aloud string
	Cell                         run.Cell
}

// Lines are the steps from the products to the share.
func (c *PairProduct) Lines() []Line {
	w := c.working
	line := func(id, label, how string, v float64, at run.Cell) Line {
		value := say.Number(v)
		if v != v {
			value = "…"
		}
		return Line{id, label, how, value, say.Attention.LineAloud(label, value), at}
	}
	list := []Line{
		line("scores", say.Attention.Score(), c.scoreHow(), w.Score, c.made(model.OpScores, w.Query, w.Key)),
		line("scaled", say.Attention.Scaled(), say.LeftToRight("÷ "+say.Root(c.Screen.State.Config.HeadSize())), w.Scaled, c.made(model.OpScale, w.Query, w.Key)),
		line("max", say.Attention.Largest(), say.Attention.LargestHow(), w.Max, c.read(model.OpSoftmax, "max", w.Query, 0)),
		line("sum", say.Attention.Sum(), say.Attention.SumHow(), w.SumExp, c.read(model.OpSoftmax, "sum", w.Query, 0)),
		line("attention", say.Attention.Share(), say.Attention.ShareHow(), w.Share, c.made(model.OpSoftmax, w.Query, w.Key)),
	}
	if v, ok := c.Screen.State.At(c.read(model.OpMix, "value", 0, 0).Name, w.Key, 0); ok {
		list = append(list, line("value", say.Attention.ValueOf(c.tag(w.Key)), say.Attention.ValueHow(), float64(v), c.read(model.OpMix, "value", w.Key, 0)))
	}
	if v, ok := c.Screen.State.At(c.made(model.OpMix, 0, 0).Name, w.Query, 0); ok {
		list = append(list, line("mix", say.Attention.GatheredBy(c.tag(w.Query)), say.Attention.GatheredHow(), float64(v), c.made(model.OpMix, w.Query, 0)))
	}
	return list
}

// scoreHow says how the score is made, and whether the products that are shown miss it.
func (c *PairProduct) scoreHow() string {
	parts := []float64{c.restSum}
	for _, t := range c.most {
		parts = append(parts, t.Product)
	}
	if len(c.most) > 0 && say.Misses(3, c.working.Score, parts...) {
		return say.Attention.ScoreHowRounded()
	}
	return say.Attention.ScoreHow()
}

// LineClass makes the share stand out.
func (c *PairProduct) LineClass(l Line) string {
	return feature.Choose(l.ID == "attention", "link cell result", "link cell")
}
