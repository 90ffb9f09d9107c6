package scene

import (
	"math"
	"math/bits"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// mostWhole is how many panels are drawn whatever their size; of more than these, those
// that a view is too coarse for are left out.
const mostWhole = 1000

// mostTiers bounds the sizes that are told apart, in powers of two.
const mostTiers = 24

// tiers is the order in which panels stand in the array of boxes: by how close the eye has
// to be to tell them apart, and then by row. So what can be seen of a tower is a few
// stretches of an array that stays as it is while the camera moves.
type tiers struct {
	order  []int                // panels, in the order of their instances
	starts [mostTiers + 1][]int // of each tier, coarse ones last, by row: index of its first instance; at the end that of the next tier
	whole  bool                 // all panels are of one tier
	thin   bool                 // a panel counts by its shorter side: outlines that touch show nothing
	ahead  []float32            // of each panel, how far before it another hides what it can; 0: none does
	at     map[spot]int         // scratch of stand
	rows   []paint.Span         // scratch of seen
}

// arrange sorts the panels of a plan.
func (t *tiers) arrange(p *layout.Plan) {
	t.whole, t.thin = len(p.Panels) <= mostWhole && !p.Fixed, p.Fixed
	for k := range t.starts {
		t.starts[k] = append(t.starts[k][:0], make([]int, len(p.Boxes)+1)...)
	}
	for i := range p.Panels {
		if q := &p.Panels[i]; !q.Empty() {
			t.starts[t.tier(q)][q.InRow+1]++
		}
	}
	t.stand(p)
	n := 0
	for k := mostTiers; k >= 0; k-- { // from counts to sums
		for r := range t.starts[k] {
			n += t.starts[k][r]
			t.starts[k][r] = n
		}
	}
	t.order = append(t.order[:0], make([]int, n)...)
	var next [mostTiers + 1]int
	for k := range next {
		next[k] = t.starts[k][0]
	}
	for i := range p.Panels {
		if q := &p.Panels[i]; !q.Empty() {
			k := t.tier(q)
			t.order[next[k]] = i
			next[k]++
		}
	}
}

// tier is the power of two of units, at most, in which a panel differs from what is drawn
// without it: its own size, or for one behind others the distance to the next one that
// is drawn before it is.
func (t *tiers) tier(p *layout.Panel) int {
	if t.whole {
		return mostTiers
	}
	w, h := p.Extent()
	size := 2 * max(w, h)
	if t.thin {
		size = 0.5 * min(w, h)
	}
	if p.Layer > 0 {
		pitch := -p.Z / float64(p.Layer)
		size = min(size, pitch*float64(int(1)<<bits.TrailingZeros(uint(p.Layer))))
	}
	return min(max(int(math.Log2(max(size, 1))), 0), mostTiers)
}

// A spot is where a panel stands in a stack.
type spot struct {
	x, y  float64
	layer int
}

// stand finds for each panel how far before it another of the same place and size stands that is drawn whenever
// this one is: the one before it, or where those are left out the next one of a coarser tier.
func (t *tiers) stand(p *layout.Plan) {
	t.ahead = append(t.ahead[:0], make([]float32, len(p.Panels))...)
	if t.at == nil {
		t.at = map[spot]int{}
	}
	clear(t.at) // it is filled on each frame of a flight that moves the panels
	for i := range p.Panels {
		q := &p.Panels[i]
		t.at[spot{q.X, q.Y, q.Layer}] = i
	}
	for i := range p.Panels {
		q := &p.Panels[i]
		if q.Layer == 0 {
			continue
		}
		by := 1
		if !t.whole {
			by <<= bits.TrailingZeros(uint(q.Layer))
		}
		k, ok := t.at[spot{q.X, q.Y, q.Layer - by}]
		if o := &p.Panels[k]; ok && o.Sized() == q.Sized() {
			t.ahead[i] = float32(o.Z - q.Z)
		}
	}
}

// mostDrawn is how many panels are drawn of a very large model, unless more are surelySeen: so many device pixels large, or
// apart from those before them.
const (
	mostDrawn  = 12000
	surelySeen = 6
)

// edgeRoom is how far outside of its cells a panel is drawn at most, in pixels.
const edgeRoom = 8

// seen returns the stretches of the boxes that may be on the canvas and large enough: of each column of the tower from its first
// row that is seen to its last.
func (s *Scene) seen(l *camera.Lens, out []paint.Span) []paint.Span {
	b := &s.tiers
	b.rows = b.rows[:0]
	column := -1
	for r, box := range s.plan.Boxes {
		if box.Empty() || l.Outside(box, edgeRoom) {
			continue
		}
		if at := s.columnOf(r); at != column {
			column = at
			b.rows = append(b.rows, paint.Span{From: r})
		}
		b.rows[len(b.rows)-1].To = r + 1
	}
	unit := 1.5 * s.h / s.pose.Span * float64(s.ratio) // device pixels, of what stands nearer than the middle
	drawn := 0
	for k := mostTiers; k >= 0 && unit*math.Exp2(float64(k+1)) >= 1; k-- {
		of := 0
		for _, rows := range b.rows {
			of += b.starts[k][rows.To] - b.starts[k][rows.From]
		}
		if drawn += of; drawn > mostDrawn && unit*math.Exp2(float64(k+1)) < surelySeen {
			break
		}
		for _, rows := range b.rows {
			part := paint.Span{From: b.starts[k][rows.From], To: b.starts[k][rows.To]}
			switch n := len(out); {
			case part.From == part.To:
			case n > 0 && out[n-1].To == part.From:
				out[n-1].To = part.To
			default:
				out = append(out, part)
			}
		}
	}
	return out
}

// columnOf returns in which column of the tower a row stands.
func (s *Scene) columnOf(row int) int {
	if row < len(s.plan.Rows) {
		return s.plan.Rows[row].Column
	}
	return 0
}
