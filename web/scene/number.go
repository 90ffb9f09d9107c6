package scene

import (
	"math"
	"strconv"

	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// Sizes of a cell in CSS pixels between which the numbers of rows and columns fade in, and
// between which the values in cells do.
const (
	indexFrom  = 15
	indexFull  = 18
	numberFrom = 36
	numberFull = 44
)

// mostNumbers bounds the numbers of a frame; a canvas of cells that large holds fewer.
const mostNumbers = 2000

// labelNumbers prints values into cells and indices beside them, where cells are large
// enough, for what is on the canvas only.
func (s *Scene) labelNumbers() {
	if s.labels.unit < indexFrom*0.6 {
		return
	}
	l := &s.labels.lens
	for r, from := 0, 0; r < len(s.plan.Boxes); r++ {
		to := s.plan.Ends[r]
		if s.visible(l, s.plan.Boxes[r]) {
			for i := from; i < to; i++ {
				s.numberPanel(l, i)
			}
		}
		from = to
	}
}

// visible reports whether some of a box may be on the canvas.
func (s *Scene) visible(l *camera.Lens, b camera.Box) bool {
	if b.Empty() {
		return false
	}
	x0, y0, x1, y1, ok := l.Rect(b)
	return !ok || x0 < s.w && y0 < s.h && x1 > 0 && y1 > 0
}

// numberPanel prints what is to be printed of one panel.
func (s *Scene) numberPanel(l *camera.Lens, i int) {
	p := &s.plan.Panels[i]
	w, h := p.Size()
	if p.Layer > 0 || w == 0 || h == 0 || !s.visible(l, p.Box()) {
		return
	}
	px := l.Scale(camera.V(p.X+float64(w)/2, p.Y-float64(h)/2, p.Z))
	if px < indexFrom {
		return
	}
	u0, u1, v0, v1 := s.window(l, p, w, h)
	s.indices(l, p, u0, u1, v0, v1, float32(px))
	if px < numberFrom || !s.store.Slot(p.Name).Full() {
		return
	}
	for v := v0; v < v1; v++ {
		for u := u0; u < u1 && len(s.labels.out) < mostNumbers; u++ {
			s.number(l, p, u, v, float32(px))
		}
	}
}

// window returns which cells of a front are on the canvas.
func (s *Scene) window(l *camera.Lens, p *layout.Panel, w, h int) (u0, u1, v0, v1 int) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := range 4 {
		d := l.Ray(float64(i&1)*s.w, float64(i>>1)*s.h)
		t := (p.Z - l.Eye.Z) / d.Z
		if d.Z == 0 || t < 0 {
			return 0, w, 0, h
		}
		q := l.Eye.Add(d.Mul(t))
		x0, y0, x1, y1 = min(x0, q.X), min(y0, q.Y), max(x1, q.X), max(y1, q.Y)
	}
	clamp := func(v float64, n int) int { return int(min(max(v, 0), float64(n))) }
	return clamp(math.Floor(x0-p.X), w), clamp(math.Ceil(x1-p.X), w), clamp(math.Floor(p.Y-y1), h), clamp(math.Ceil(p.Y-y0), h)
}

// number prints one value, in a colour that can be read on its cell.
func (s *Scene) number(l *camera.Lens, p *layout.Panel, u, v int, px float32) {
	row, col := p.Cell(u, v)
	value, ok := s.store.At(p.Name, row, col)
	if !ok || value >= paint.NotFinite || !s.there(p, row, col) {
		return
	}
	x, y, ok := l.Project(p.Centre(u, v))
	if !ok || !s.inside(x, y) {
		return
	}
	ground := s.colours.Value(float64(value / s.store.Norm(p.Name)))
	ink := s.colours.InkOn(ground)
	size := min(max(px*0.28, 11), 16)
	text := say.Brief(value)
	if info := s.infoOf(p.Name); info != nil && info.Op.IsID() {
		text = strconv.Itoa(int(value))
	}
	if w := s.width(text, size, false, false); w > px*0.82 {
		size *= px * 0.82 / w
	}
	alpha := min((px-numberFrom)/(numberFull-numberFrom), 1)
	b := &s.labels
	// Fill with no alpha means a halo; numbers stand on their cell's own colour instead.
	b.out = append(b.out, paint.Label{Text: text, X: b.snap(x), Y: b.snap(y + 0.36*float64(size)), Size: size, Ink: ink.Alpha(alpha),
		Fill: ground.Alpha(0.01)})
}

// indices numbers the rows and columns of a front at its top and left edge.
func (s *Scene) indices(l *camera.Lens, p *layout.Panel, u0, u1, v0, v1 int, px float32) {
	b := &s.labels
	w, h := p.Size()
	tokens := s.infoOf(p.Name)
	for u := u0; u < u1 && (w > 1 || perToken(tokens)); u++ {
		x, y, ok := crown(l, camera.V(p.X+float64(u)+0.5, p.Y, p.Z))
		row, col := p.Cell(u, 0)
		if p.Across {
			row = col
		}
		text := strconv.Itoa(row)
		if tag := s.tagText(row); perToken(tokens) && s.width(tag, s.size(10), false, true) < px-2 {
			text = tag
		}
		if ok && y > 8 {
			s.index(b, text, x, y-4, 0, px)
		}
	}
	for v := v0; v < v1 && h > 1; v++ {
		x, y, ok := l.Project(camera.V(p.X-layout.Margin, p.Y-float64(v)-0.5, p.Z))
		back, _, _ := l.Project(camera.V(p.X-layout.Margin, p.Y-float64(v)-0.5, p.Z-layout.Depth))
		x = min(x, back)
		row, col := p.Cell(0, v)
		if p.Across {
			col = row
		}
		if ok {
			s.index(b, strconv.Itoa(col), x-6, y+3.5, 1, px)
		}
	}
}

// index prints one index if nothing is in its way.
func (s *Scene) index(b *labeller, text string, x, y float64, align float32, px float32) {
	l := paint.Label{Text: text, Size: s.size(10), Mono: true, Align: align, Ink: s.colours.Ink3.Alpha(min((px-indexFrom)/(indexFull-indexFrom), 1))}
	if !s.inside(x, y) {
		return
	}
	l.X, l.Y = b.snap(x), b.snap(y)
	w := s.width(text, l.Size, false, true)
	if b.take(camera.Rect{X: l.X - w*(1+align)/2, Y: l.Y - l.Size*0.8, W: w, H: l.Size}) {
		b.out = append(b.out, l)
	}
}

// tagText returns what a token's tag says: its index and its text, "9 B".
func (s *Scene) tagText(t int) string {
	if t < 0 || t >= len(s.tokens) {
		return strconv.Itoa(t)
	}
	return strconv.Itoa(t) + " " + s.tokens[t].Text
}
