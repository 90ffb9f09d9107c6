package layout

import (
	"math"

	"glassbox/web/scene/camera"
)

// A Column is some rows of the tower, one below the other. A tower of many blocks is folded into several that stand side by
// side; the stream leads from the foot of each to the head of the next, and down is time in all of them.
type Column struct {
	X          float64 // of the middle of the stream
	First, End int     // rows First … End−1
	Head, Foot float64 // y of the middle of the stream where it comes from the column before, and where it leaves for the next
	Gutter     float64 // x of the middle of the stream on its way up to the next
	start, end float64 // y where its rows begin and end
}

// How a tower folds. Distances are in units of its extent S.
const (
	foldFrom    = 8    // blocks; a tower of fewer is seen whole with room to read
	leastBlocks = 3    // of a column
	gapFold     = 0.3  // on both sides of the stream where it goes from one column to the next
	foldedWide  = 1.06 // how much wider than a tower's the part of the canvas is that columns fill: nothing is named at their sides
	longestDeep = 4.4  // the most that gaps stretch in a tower of so many blocks
	enoughFill  = 0.94 // of the canvas: a tower that fills more is as good
)

// fold chooses how many columns the rows stand in: those which are seen largest on a canvas of that aspect, and fill it.
func (p *Plan) fold(aspect float64) (of float64) {
	starts := p.blockStarts()
	p.split(starts, 1)
	if p.deep = len(starts) >= foldFrom; !p.deep {
		return aspect
	}
	best, most := 1, 0.0
	for n := 1; n <= len(starts)/leastBlocks; n++ {
		p.split(starts, n)
		if score := p.score(p.aspect(aspect)); score > most {
			best, most = n, score
		}
	}
	p.split(starts, best)
	return p.aspect(aspect)
}

// aspect returns that of the part of a canvas which the columns fill.
func (p *Plan) aspect(of float64) float64 {
	if p.Folded() {
		return of * foldedWide
	}
	return of
}

// score is how large what stands in the columns is seen on a canvas of that aspect. Columns that fill less than enough of it count
// the less.
func (p *Plan) score(aspect float64) float64 {
	w, h := p.measure(Stretch{X: 1, Y: 1}, 1)
	size := 1 / max(w/aspect, h)
	w, h = p.measure(p.stretchFor(aspect), 1)
	filled := min(w/(aspect*h), aspect*h/w)
	return size * math.Pow(min(filled/enoughFill, 1), 4)
}

// stretchFor returns the stretch with which the whole is as wide for its height as aspect asks, as far as gaps stretch.
func (p *Plan) stretchFor(aspect float64) Stretch {
	s, longest := Stretch{X: 1, Y: 1}, longest
	if p.deep {
		longest = longestDeep
	}
	w1, h1 := p.measure(s, 1)
	w2, h2 := p.measure(Stretch{longest, longest}, 1)
	if w1 < aspect*h1 && w2 > w1 {
		s.X = min(1+(longest-1)*(aspect*h1-w1)/(w2-w1), longest)
	} else if h2 > h1 {
		s.Y = min(1+(longest-1)*(w1/aspect-h1)/(h2-h1), longest)
	}
	return s
}

// blockStarts returns the first row of each block.
func (p *Plan) blockStarts() (rows []int) {
	last := -1
	for r, sh := range p.Rows {
		if sh.Block >= 0 && sh.Block != last {
			rows, last = append(rows, r), sh.Block
		}
	}
	return rows
}

// split spreads the blocks that begin at those rows over n columns, the first ones with one more where it does not come out
// even. What is before the blocks stands with the first, what is behind them with the last.
func (p *Plan) split(starts []int, n int) {
	p.Columns = p.Columns[:0]
	at := 0
	for k := range n {
		c := Column{End: len(p.Rows)}
		if k > 0 {
			c.First = starts[at]
			p.Columns[k-1].End = c.First
		}
		p.Columns = append(p.Columns, c)
		at += len(starts) / n
		if k < len(starts)%n {
			at++
		}
	}
	for k, c := range p.Columns {
		for _, sh := range p.Rows[c.First:c.End] {
			sh.Column = k
		}
	}
}

// Folded reports whether the tower stands in several columns.
func (p *Plan) Folded() bool { return len(p.Columns) > 1 }

// placeColumns sets where the columns, their rows and places stand, and returns the size of the whole. In all columns the
// blocks begin at the height of the first; above that those that follow have room for the stream.
func (p *Plan) placeColumns(s Stretch) (w, h float64) {
	line := math.NaN() // the top of the first block
	before := 0.0      // how far the first column reaches to the left of its stream
	gap := gapFold * p.S
	for k := range p.Columns {
		c := &p.Columns[k]
		y := 0.0
		if k > 0 {
			first := p.Rows[c.First]
			first.placeTracks(y, p, s)
			y += line - first.Top
		}
		c.start = y
		var left, right float64
		for _, sh := range p.Rows[c.First:c.End] {
			left, right = max(left, sh.columns(-1, p, s)), max(right, sh.columns(1, p, s))
			sh.start = y
			y = sh.placeTracks(y, p, s)
			sh.end = y
			if line != line && sh.Block >= 0 {
				line = sh.Top
			}
		}
		c.end = y
		c.Head, c.Foot = max(c.start+max(p.above(c), gap), -2*p.Half)+p.Half, y-gap/2-p.Half
		if c.X = 0; k > 0 {
			c.X = p.Columns[k-1].Gutter + p.Half + gap + left
		}
		c.Gutter = c.X + right + gap + p.Half
		w, h = c.X+right, max(h, -y)
		if k+1 < len(p.Columns) {
			h = max(h, p.Half-c.Foot)
		}
		for _, sh := range p.Rows[c.First:c.End] {
			sh.X = c.X
			for _, it := range sh.Places {
				it.At.X += c.X
			}
		}
		if k == 0 {
			before = left
		}
	}
	return w + before, h
}

// above returns how much room there is above the rows of a column but the first ones of both sides: that is for their names.
func (p *Plan) above(c *Column) float64 {
	first := p.Rows[c.First]
	for _, sh := range p.Rows[c.First+1 : c.End] {
		if sh.Side == first.Side {
			return first.Meet - sh.Top - (c.start - first.Top)
		}
	}
	return 0
}

// course returns the corners of the stream, from its beginning to its end.
func (p *Plan) course() (pts []camera.Vec) {
	add := func(x, y float64) { pts = append(pts, camera.V(x, y, 0)) }
	for k, c := range p.Columns {
		if k > 0 {
			add(p.Columns[k-1].Gutter, c.Head)
			add(c.X, c.Head)
		} else {
			add(c.X, p.Top)
		}
		if k+1 < len(p.Columns) {
			add(c.X, c.Foot)
			add(c.Gutter, c.Foot)
		} else {
			add(c.X, p.Bottom)
		}
	}
	return pts
}

// Course returns the corners of a line that runs along the whole stream, by so much to the right of its middle where it goes
// down.
func (p *Plan) Course(by float64) []camera.Vec {
	pts := p.course()
	shifted := make([]camera.Vec, len(pts))
	for i, at := range pts {
		shifted[i] = at
		if i > 0 {
			shifted[i] = shifted[i].Add(across(pts[i-1], at).Mul(by))
		}
		if i+1 < len(pts) && (i == 0 || (pts[i-1].X == at.X) != (at.X == pts[i+1].X)) {
			shifted[i] = shifted[i].Add(across(at, pts[i+1]).Mul(by))
		}
	}
	return shifted
}

// across returns the direction to which a column stands that is right of another one where the stream goes down, on a piece
// of its way.
func across(from, to camera.Vec) camera.Vec {
	d := to.Sub(from).Unit()
	return camera.V(-d.Y, d.X, 0)
}

// Bands returns the pieces of the stream between two distances to the right of its middle, none over another, as flat boxes.
func (p *Plan) Bands(from, to float64) (pieces []camera.Box) {
	pts := p.course()
	for i := 0; i+1 < len(pts); i++ {
		a, b := pts[i], pts[i+1]
		piece := camera.NoBox()
		if a.X == b.X { // with the corners at its ends
			n := across(a, b).X
			low, high := min(a.Y, b.Y), max(a.Y, b.Y)
			if first, last := i == 0, i+2 == len(pts); !(first && high == a.Y || last && high == b.Y) {
				high += to
			}
			if first, last := i == 0, i+2 == len(pts); !(first && low == a.Y || last && low == b.Y) {
				low += from
			}
			piece = piece.Extend(camera.V(a.X+n*from, low, 0)).Extend(camera.V(a.X+n*to, high, 0))
		} else { // it goes right, between two corners
			left, right := across(pts[i-1], a).X, across(b, pts[i+2]).X
			piece.Min = camera.V(a.X+max(left*from, left*to), a.Y+from, 0)
			piece.Max = camera.V(b.X+min(right*from, right*to), a.Y+to, 0)
		}
		pieces = append(pieces, piece)
	}
	return pieces
}

// StreamAt returns where the middle of the stream is, in the column of which a point is nearest.
func (p *Plan) StreamAt(at camera.Vec) float64 {
	if !p.Folded() {
		return 0
	}
	return p.Columns[p.columnAt(at.X)].X
}

// columnAt returns which column stands nearest to x.
func (p *Plan) columnAt(x float64) int {
	k := 0
	for k+1 < len(p.Columns) && x > p.Columns[k].Gutter {
		k++
	}
	return k
}

// Unfold returns where a point would be if all columns stood one below the other and all rows were equally high: how far down
// the stream, and how far beside it. So it is the same place on every canvas. What lies above or below the rows of a column is
// taken for its end. A tower of few blocks stays as it is.
func (p *Plan) Unfold(at camera.Vec) camera.Vec {
	if !p.deep {
		return at
	}
	return p.unfold(at, p.columnAt(at.X))
}

// unfold is Unfold for a point of column k.
func (p *Plan) unfold(at camera.Vec, k int) camera.Vec {
	c := p.Columns[k]
	r := c.First
	for r+1 < c.End && at.Y <= p.Rows[r].end {
		r++
	}
	sh := p.Rows[r]
	down := (sh.start - at.Y) / (sh.start - sh.end)
	if r > 0 {
		down = max(down, 0)
	}
	if r+1 < len(p.Rows) {
		down = min(down, 1-1e-9)
	}
	return camera.V(at.X-c.X, -(float64(r)+down)*p.S, at.Z)
}

// Fold is the inverse of Unfold.
func (p *Plan) Fold(at camera.Vec) camera.Vec {
	if !p.deep {
		return at
	}
	down := -at.Y / p.S
	r := min(max(int(math.Floor(down)), 0), len(p.Rows)-1)
	sh := p.Rows[r]
	return camera.V(at.X+sh.X, sh.start-(down-float64(r))*(sh.start-sh.end), at.Z)
}

// ColumnStream returns where the middle of the stream is in column k.
func (p *Plan) ColumnStream(k int) float64 {
	if !p.Folded() {
		return 0
	}
	return p.Columns[k].X
}

// End returns where the middle of the stream is at its end.
func (p *Plan) End() float64 { return p.ColumnStream(len(p.Columns) - 1) }

// Unfolded returns the space that all panels would fill if the tower were not folded.
func (p *Plan) Unfolded() camera.Box {
	if !p.deep {
		return p.All
	}
	all := camera.NoBox()
	for r, b := range p.Boxes {
		all = all.Union(p.unfolded(b, p.Rows[r].Column))
	}
	return all
}

// unfolded returns where a box of column k would be.
func (p *Plan) unfolded(b camera.Box, k int) camera.Box {
	if b.Empty() {
		return b
	}
	return camera.Box{Min: p.unfold(b.Min, k), Max: p.unfold(b.Max, k)}
}

// UnfoldedBound is BoundOf, if the tower were not folded.
func (p *Plan) UnfoldedBound(names []string) camera.Box {
	if !p.deep {
		return p.BoundOf(names)
	}
	box := camera.NoBox()
	for _, n := range names {
		if of := p.boundAmong(n, names); !of.Empty() {
			box = box.Union(p.unfolded(of, p.columnAt(of.Centre().X)))
		}
	}
	return box
}
