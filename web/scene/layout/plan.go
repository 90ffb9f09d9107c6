// Package layout says where panels stand: it turns the steps of a trace into the rows of a tower, places
// them, and finds panels again by tensor, by cell or along a ray. It asks a step for what model says of
// it, never for what it is called, and knows neither values nor colours.
package layout

import (
	"glassbox/model"
	"glassbox/web/scene/camera"
)

// GapColumn and its like are distances, in units of the model's extent S (its width, 48 in the drawings)
// unless they say otherwise.
const (
	GapColumn  = 0.21 // between two columns of a row, before stretching
	gapTrack   = 0.13 // between two tracks of a row,
	gapNamed   = 1.7  // and from close by so much more of it, for the names of the tokens
	gapHeading = 0.75 // above a row whose heading stands on the side of the row above
	GapRow     = 0.29 // between two rows: holds the ⊕ and the way back to it
	SpineSide  = 2.2  // units of ribbon beside the token columns
	GapSide    = 1.4  // units between a panel and what is one column wide beside it
	gapAbove   = 1.4  // units between the rows above a panel
	GapLabel   = 0.1  // between per-row numbers and the panel below them: holds its label
	Lean       = 0.31 // how far a unit of depth shows sideways: tan 17°
	longest    = 2.2  // the most that gaps stretch
)

// A Stretch is the factor by which gaps are widened.
type Stretch struct{ X, Y float64 }

// A Plan is a finished layout.
type Plan struct {
	Panels  []Panel
	Rows    []*Row
	Boxes   []camera.Box     // of each row's panels
	Ends    []int            // where the panels of each row end
	ByName  map[string][]int // the panels of each tensor
	S       float64          // the model's extent
	Half    float64          // of the ribbon's width
	Top     float64          // where the ribbon begins
	Bottom  float64          // where it ends, in the last column
	Columns []Column         // of rows; one, unless there are many blocks
	All     camera.Box       // of all panels
	Stretch Stretch
	Spread  float64 // 0 … 1: how much of it applies to the width
	front   map[int]Front
	pairs   Pairs
	tokens  int     // on the spine
	Column  float64 // how wide the column of a token is
	grains  grains
	seen    float64 // the spread for which these hold
	deep    bool    // has so many blocks that it may fold
	Fixed   bool    // its panels are not those of rows: they stay where they are
}

// New returns the layout of a model's tower: rows one below the other, those of many blocks in several columns, gaps stretched
// so that the whole is as wide for its height as aspect asks, if it can be. windows has the first cells that are shown
// of tensors with a long axis, front what stands in front in a row, pairs which pairs of tokens have room.
func New(c model.Config, infos []model.Info, windows map[string][2]int, aspect float64, front map[int]Front, pairs Pairs) *Plan {
	b := newBuilder(c, infos, windows)
	rows := b.build()
	p := &Plan{Rows: rows, S: Extent(b.c), ByName: map[string][]int{}, Stretch: Stretch{X: 1, Y: 1}, pairs: pairs}
	for _, sh := range rows {
		if sh.Middle != nil {
			p.tokens = sh.Middle.Body.W
			break
		}
	}
	p.Column = grainsOf(p.S, p.tokens, pairs, 0).token
	p.Half = p.Tokens()/2 + SpineSide*p.S/48
	p.Stretch = p.stretchFor(p.fold(aspect))
	p.front = front
	p.Open(1)
	return p
}

// Open sets how far the gaps of the rows open: 1 as wide as the whole tower asks for, 0
// not stretched, for a part that is looked at from close by. It makes the panels anew.
func (p *Plan) Open(spread float64) {
	p.Spread = spread
	if p.Fixed {
		return
	}
	p.measure(Stretch{1 + (p.Stretch.X-1)*spread, p.Stretch.Y}, spread)
	p.emit()
}

// Wide is the factor by which the gaps of rows are widened now.
func (p *Plan) Wide() float64 { return 1 + (p.Stretch.X-1)*p.Spread }

// Tokens returns the width of all token columns on the spine, in units.
func (p *Plan) Tokens() float64 { return float64(p.tokens) * p.Column }

// Count returns the number of token columns on the spine.
func (p *Plan) Count() int { return p.tokens }

// ColumnX returns where the column of a token begins on the spine, from the middle of the stream.
func (p *Plan) ColumnX(t int) float64 { return float64(t)*p.Column - p.Tokens()/2 }

// measure gives every place its size and its place under a stretch, and returns the size of the whole. spread is 1
// where the whole is seen, 0 from close by.
func (p *Plan) measure(s Stretch, spread float64) (w, h float64) {
	p.seen, p.grains = spread, grainsOf(p.S, p.tokens, p.pairs, 1-spread)
	for _, sh := range p.Rows {
		for _, it := range sh.Places {
			it.Body.measure(&p.grains)
			for i := range it.Sides {
				it.Sides[i].measure(&p.grains)
			}
			for i := range it.Above {
				it.Above[i].measure(&p.grains)
			}
		}
	}
	return p.placeColumns(s)
}

// columns sets x of the places on one side, and returns how far out they reach.
func (sh *Row) columns(side int, p *Plan, s Stretch) float64 {
	x := p.Half
	for col := 0; ; col++ {
		var wide, deep float64
		found := false
		for _, it := range sh.Places {
			if it.Side == side && it.Col == col {
				found = true
				wide = max(wide, it.Wide())
				deep = max(deep, it.Body.deep(p.S))
			}
		}
		if !found {
			return x
		}
		x += GapColumn * p.S * s.X
		if side > 0 {
			x += 0.6 * Lean * deep
		}
		for _, it := range sh.Places {
			if it.Side == side && it.Col == col {
				it.At.X = float64(side) * (x + (wide-it.Wide())/2)
				if side < 0 {
					it.At.X -= it.Wide()
				}
				it.At.X += it.Inset()
			}
		}
		x += wide
		if side < 0 {
			x += 0.6 * Lean * deep
		}
	}
}

// Wide returns the place's width with its sides.
func (it *Place) Wide() float64 {
	w := it.Body.Wide
	for i := range it.Sides {
		w += GapSide + it.Sides[i].Wide
	}
	return w
}

// Inset returns how far right of the place's left end its body begins: the sides stand
// left of it where the flow goes left and leaves there, or goes right and arrives there.
func (it *Place) Inset() float64 {
	if it.Outer == (it.Side < 0) {
		return it.Wide() - it.Body.Wide
	}
	return 0
}

// rise returns the height of what stands above the body.
func (it *Place) rise(S float64) float64 {
	h := 0.0
	for i := range it.Above {
		h += it.Above[i].High + gapAbove
	}
	if h > 0 {
		h += GapLabel*S - gapAbove
	}
	return h
}

// A track is one of several tracks of a row, one below the other. The bodies of its
// places stand with their middles on one line, so that connections are straight.
type track struct{ up, down float64 }

// placeTracks sets y of the places and of the row, which begins at y, and returns where the
// next one begins.
func (sh *Row) placeTracks(y float64, p *Plan, s Stretch) float64 {
	tracks, whole := sh.tracks(p.S)
	gap := gapTrack * p.S * (s.Y + gapNamed*(1-p.seen))
	laned := -gap
	for _, l := range tracks {
		laned += l.up + l.down + gap
	}
	sh.Height = max(whole, laned, 0)
	rise := 0.0
	for _, it := range sh.Places {
		if it.Track < 0 {
			rise = max(rise, it.Body.High/2+it.rise(p.S)-sh.Height/2)
		}
	}
	if sh.spine != "" && sh.After {
		rise += gapHeading * p.S
	}
	sh.Top = y - rise
	for _, it := range sh.Places {
		if it.Side == 0 {
			it.At.X = -it.Body.Wide / 2
		}
		it.At.Y = sh.Top - sh.Height/2 + it.Body.High/2
		if it.Track >= 0 {
			below := sh.Top - (sh.Height-laned)/2 - tracks[it.Track].up
			for _, l := range tracks[:it.Track] {
				below -= l.up + l.down + gap
			}
			it.At.Y = below + it.Body.High/2
		}
	}
	sh.Meet = sh.Top - sh.Height - GapRow*p.S*s.Y/2
	return sh.Top - sh.Height - GapRow*p.S*s.Y
}

// tracks returns how far the places of each track reach up and down from its line, and
// the height of those that fill the row.
func (sh *Row) tracks(S float64) (tracks []track, whole float64) {
	for _, it := range sh.Places {
		h := it.Body.High
		if it.Track < 0 {
			whole = max(whole, h)
			continue
		}
		for it.Track >= len(tracks) {
			tracks = append(tracks, track{})
		}
		l := &tracks[it.Track]
		l.up, l.down = max(l.up, h/2+it.rise(S)), max(l.down, h/2)
	}
	return tracks, whole
}

// emit makes the panels.
func (p *Plan) emit() {
	p.Panels, p.Boxes, p.Ends, p.All = p.Panels[:0], p.Boxes[:0], p.Ends[:0], camera.NoBox()
	for name, of := range p.ByName {
		p.ByName[name] = of[:0]
	}
	for r, sh := range p.Rows {
		box := camera.NoBox()
		for _, it := range sh.Places {
			from := len(p.Panels)
			p.emitItem(it, p.front[r])
			for i := from; i < len(p.Panels); i++ {
				q := &p.Panels[i]
				q.InRow, q.Place = r, it.id
				p.ByName[q.Name] = append(p.ByName[q.Name], i)
				box = box.Union(q.Box())
			}
		}
		p.Boxes, p.Ends = append(p.Boxes, box), append(p.Ends, len(p.Panels))
		p.All = p.All.Union(box)
	}
	p.bound()
}

// bound sets where the stream begins and ends, and adds its ways from one column to the next to the whole.
func (p *Plan) bound() {
	if p.All.Empty() {
		return
	}
	last := camera.NoBox()
	for r := p.Columns[len(p.Columns)-1].First; r < len(p.Boxes); r++ {
		last = last.Union(p.Boxes[r])
	}
	for k := range p.Columns[1:] {
		from, to := &p.Columns[k], &p.Columns[k+1]
		p.All = p.All.Extend(camera.V(from.Gutter, from.Foot-p.Half, 0)).Extend(camera.V(to.X, to.Head+p.Half, 0))
	}
	p.Top, p.Bottom = p.All.Max.Y+0.1*p.S, last.Min.Y-0.12*p.S
}

// emitItem makes the panels of one place: the body, the sides, what stands above.
func (p *Plan) emitItem(it *Place, front Front) {
	pitch := it.Body.pitch(p.S)
	p.Panels = it.Body.emit(p.Panels, &p.grains, it.At.X, it.At.Y, pitch, front)
	left := it.Outer == (it.Side < 0)
	x := it.At.X + it.Body.Wide + GapSide
	if left {
		x = it.At.X - it.Wide() + it.Body.Wide
	}
	for i := range it.Sides {
		p.Panels = it.Sides[i].emit(p.Panels, &p.grains, x, it.At.Y, pitch, front)
		x += it.Sides[i].Wide + GapSide
	}
	y := it.At.Y + it.rise(p.S)
	for i := range it.Above {
		p.Panels = it.Above[i].emit(p.Panels, &p.grains, it.At.X, y, pitch, front)
		y -= it.Above[i].High + gapAbove
	}
}

// Box returns the front of the place: its body, and its sides if asked for.
func (it *Place) Box(sides bool) camera.Box {
	x0, x1 := it.At.X, it.At.X+it.Body.Wide
	if sides {
		if x0 -= it.Inset(); it.Inset() == 0 {
			x1 = x0 + it.Wide()
		}
	}
	return camera.Box{Min: camera.V(x0, it.At.Y-it.Body.High, -Depth), Max: camera.V(x1, it.At.Y, 0)}
}

// Ceiling returns the top of a place with what stands above it.
func (p *Plan) Ceiling(it *Place) float64 { return it.At.Y + it.rise(p.S) }

// HasStream reports whether there is a residual stream.
func (p *Plan) HasStream() bool { return len(p.Rows) > 1 }
