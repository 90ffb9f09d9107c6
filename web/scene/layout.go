package scene

import "glassbox/web/scene/camera"

// The layout in units of the model's extent S (its width, 48 in the drawings).
const (
	gapColumn = 0.21 // between two columns of a row, before stretching
	gapLane   = 0.13 // between two lanes of a row
	gapRow    = 0.29 // between two rows: holds the ⊕ and the way back to it
	spineSide = 2.2  // units of ribbon beside the token columns
	gapSide   = 1.4  // units between a panel and the gain or bias beside it
	gapAbove  = 1.4  // units between per-row numbers
	gapLabel  = 0.1  // between per-row numbers and the panel below them: holds its label
	lean      = 0.31 // how far a unit of depth shows sideways: tan 17°
	longest   = 2.2  // the most that gaps stretch
)

// stretch is the factor by which gaps are widened.
type stretch struct{ x, y float64 }

// plan is a finished layout.
type plan struct {
	panels  []Panel
	shelves []*shelf
	rows    []camera.Box // of each shelf's panels
	ends    []int        // where the panels of each shelf end
	byName  map[string][]int
	S       float64
	half    float64 // of the ribbon's width
	top     float64 // where the ribbon begins
	bottom  float64
	all     camera.Box
	stretch stretch
	spread  float64 // 0 … 1: how much of it applies to the width
	front   map[int]turned
	fixed   bool // its panels are not those of shelves: they stay where they are
}

// layout places the shelves one below the other, gaps stretched so that the whole is
// as wide for its height as aspect asks, if it can be.
func (b *builder) layout(aspect float64, front map[int]turned) *plan {
	shelves := b.build()
	p := &plan{shelves: shelves, S: extent(b.c), byName: map[string][]int{}, stretch: stretch{1, 1}}
	p.half = p.tokens()/2 + spineSide*p.S/48
	w1, h1 := p.measure(stretch{1, 1})
	w2, h2 := p.measure(stretch{longest, longest})
	if w1 < aspect*h1 && w2 > w1 {
		p.stretch.x = min(1+(longest-1)*(aspect*h1-w1)/(w2-w1), longest)
	} else if h2 > h1 {
		p.stretch.y = min(1+(longest-1)*(w1/aspect-h1)/(h2-h1), longest)
	}
	p.front = front
	p.open(1)
	return p
}

// open sets how far the gaps of the rows open: 1 as wide as the whole tower asks for, 0
// not stretched, for a part that is looked at from close by. It makes the panels anew.
func (p *plan) open(spread float64) {
	p.spread = spread
	if p.fixed {
		return
	}
	p.measure(stretch{1 + (p.stretch.x-1)*spread, p.stretch.y})
	p.emit()
}

// wide is the factor by which the gaps of rows are widened now.
func (p *plan) wide() float64 { return 1 + (p.stretch.x-1)*p.spread }

// tokens returns the number of token columns on the spine.
func (p *plan) tokens() float64 {
	for _, sh := range p.shelves {
		if sh.middle != nil {
			return float64(sh.middle.body.w)
		}
	}
	return 0
}

// measure gives every item its place under a stretch, and returns the size of the whole.
func (p *plan) measure(s stretch) (w, h float64) {
	y := 0.0
	var left, right float64
	for _, sh := range p.shelves {
		left = max(left, sh.columns(-1, p, s))
		right = max(right, sh.columns(1, p, s))
		y = sh.lanes(y, p, s)
	}
	return left + right, -y
}

// columns sets x of the items on one side, and returns how far out they reach.
func (sh *shelf) columns(side int, p *plan, s stretch) float64 {
	x := p.half
	for col := 0; ; col++ {
		var wide, deep float64
		found := false
		for _, it := range sh.items {
			if it.side == side && it.col == col {
				found = true
				wide = max(wide, it.wide())
				deep = max(deep, it.body.deep(p.S))
			}
		}
		if !found {
			return x
		}
		x += gapColumn * p.S * s.x
		if side > 0 {
			x += 0.6 * lean * deep
		}
		for _, it := range sh.items {
			if it.side == side && it.col == col {
				it.at.X = float64(side) * (x + (wide-it.wide())/2)
				if side < 0 {
					it.at.X -= it.wide()
				}
				it.at.X += it.inset()
			}
		}
		x += wide
		if side < 0 {
			x += 0.6 * lean * deep
		}
	}
}

// wide returns the item's width with its sides.
func (it *item) wide() float64 {
	w := float64(it.body.sw)
	for i := range it.sides {
		w += gapSide + float64(it.sides[i].sw)
	}
	return w
}

// inset returns how far right of the item's left end its body begins: the sides stand
// left of it where the flow goes left and leaves there, or goes right and arrives there.
func (it *item) inset() float64 {
	if it.outer == (it.side < 0) {
		return it.wide() - float64(it.body.sw)
	}
	return 0
}

// rise returns the height of what stands above the body.
func (it *item) rise(S float64) float64 {
	h := 0.0
	for i := range it.above {
		h += float64(it.above[i].sh) + gapAbove
	}
	if h > 0 {
		h += gapLabel*S - gapAbove
	}
	return h
}

// A lane is one of several tracks of a row, one below the other. The bodies of its
// items stand with their middles on one line, so that connections are straight.
type lane struct{ up, down float64 }

// lanes sets y of the items and of the shelf, which begins at y, and returns where the
// next one begins.
func (sh *shelf) lanes(y float64, p *plan, s stretch) float64 {
	lanes, whole := sh.tracks(p.S)
	gap := gapLane * p.S * s.y
	laned := -gap
	for _, l := range lanes {
		laned += l.up + l.down + gap
	}
	sh.height = max(whole, laned, 0)
	rise := 0.0
	for _, it := range sh.items {
		if it.lane < 0 {
			rise = max(rise, float64(it.body.sh)/2+it.rise(p.S)-sh.height/2)
		}
	}
	sh.top = y - rise
	for _, it := range sh.items {
		if it.side == 0 {
			it.at.X = -float64(it.body.sw) / 2
		}
		it.at.Y = sh.top - sh.height/2 + float64(it.body.sh)/2
		if it.lane >= 0 {
			below := sh.top - (sh.height-laned)/2 - lanes[it.lane].up
			for _, l := range lanes[:it.lane] {
				below -= l.up + l.down + gap
			}
			it.at.Y = below + float64(it.body.sh)/2
		}
	}
	sh.meet = sh.top - sh.height - gapRow*p.S*s.y/2
	return sh.top - sh.height - gapRow*p.S*s.y
}

// tracks returns how far the items of each lane reach up and down from its line, and
// the height of those that fill the shelf.
func (sh *shelf) tracks(S float64) (lanes []lane, whole float64) {
	for _, it := range sh.items {
		h := float64(it.body.sh)
		if it.lane < 0 {
			whole = max(whole, h)
			continue
		}
		for it.lane >= len(lanes) {
			lanes = append(lanes, lane{})
		}
		l := &lanes[it.lane]
		l.up, l.down = max(l.up, h/2+it.rise(S)), max(l.down, h/2)
	}
	return lanes, whole
}

// emit makes the panels.
func (p *plan) emit() {
	p.panels, p.rows, p.ends, p.all = p.panels[:0], p.rows[:0], p.ends[:0], camera.NoBox()
	for name, of := range p.byName {
		p.byName[name] = of[:0]
	}
	for r, sh := range p.shelves {
		box := camera.NoBox()
		for _, it := range sh.items {
			from := len(p.panels)
			p.emitItem(it, p.front[r])
			for i := from; i < len(p.panels); i++ {
				q := &p.panels[i]
				q.row, q.item = r, it.id
				p.byName[q.Name] = append(p.byName[q.Name], i)
				box = box.Union(q.bound())
			}
		}
		p.rows, p.ends = append(p.rows, box), append(p.ends, len(p.panels))
		p.all = p.all.Union(box)
	}
	if !p.all.Empty() {
		p.top, p.bottom = p.all.Max.Y+0.1*p.S, p.all.Min.Y-0.12*p.S
	}
}

// emitItem makes the panels of one place: the body, the sides, what stands above.
func (p *plan) emitItem(it *item, front turned) {
	pitch := it.body.pitch(p.S)
	p.panels = it.body.emit(p.panels, it.at.X, it.at.Y, pitch, front)
	left := it.outer == (it.side < 0)
	x := it.at.X + float64(it.body.sw) + gapSide
	if left {
		x = it.at.X - it.wide() + float64(it.body.sw)
	}
	for i := range it.sides {
		p.panels = it.sides[i].emit(p.panels, x, it.at.Y, pitch, front)
		x += float64(it.sides[i].sw) + gapSide
	}
	y := it.at.Y + it.rise(p.S)
	for i := range it.above {
		p.panels = it.above[i].emit(p.panels, it.at.X, y, pitch, front)
		y -= float64(it.above[i].sh) + gapAbove
	}
}

// box returns the front of the item: its body, and its sides if asked for.
func (it *item) box(sides bool) camera.Box {
	x0, x1 := it.at.X, it.at.X+float64(it.body.sw)
	if sides {
		if x0 -= it.inset(); it.inset() == 0 {
			x1 = x0 + it.wide()
		}
	}
	return camera.Box{Min: camera.V(x0, it.at.Y-float64(it.body.sh), -depth), Max: camera.V(x1, it.at.Y, 0)}
}

// ceil returns the top of an item with what stands above it.
func (p *plan) ceil(it *item) float64 { return it.at.Y + it.rise(p.S) }
