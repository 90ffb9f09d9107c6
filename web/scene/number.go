package scene

import (
	"math"
	"strconv"

	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/label"
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
	numberRest = 38 // from which they are printed where the camera rests
	numberHigh = 15 // the least height
	shareFrom  = 18 // of a share of attention, which is short: a whole percentage
)

// mostNumbers bounds the numbers of a frame; a canvas of cells that large holds fewer.
const mostNumbers = 2000

// labelNumbers prints values into cells and indices beside them, where cells are large
// enough, for what is on the canvas only.
func (s *Scene) labelNumbers() {
	if s.labels.unit*s.plan.Largest() < axisFrom*0.6 {
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
	if p.Layer > 0 || w == 0 || h == 0 || s.spot.on && s.spot.dims(p.Name) > 0 || !s.visible(l, p.Box()) {
		return
	}
	px := l.Scale(p.Corner(float64(w)/2, float64(h)/2))
	wide, high := px*p.CellW, px*p.CellH // of a cell, in CSS pixels
	s.countBeside(l, p, wide, high)
	if wide < axisFrom && high < axisFrom {
		return
	}
	shares := s.isShare(p.Name)
	u0, u1, v0, v1 := s.window(l, p, w, h)
	s.indices(l, p, u0, u1, v0, v1)
	from := float64(numberFrom)
	if s.labels.rested { // where nothing moves, nothing stays half faded in
		from = numberRest
	}
	if shares && wide >= shareFrom && wide < from && high >= numberHigh && s.store.Slot(p.Name).Full() {
		s.percents(l, p, u0, u1, v0, v1, float32(wide))
	}
	if wide < from || high < numberHigh || !s.store.Slot(p.Name).Full() {
		return
	}
	for v := v0; v < v1; v++ {
		for u := u0; u < u1 && len(s.labels.out) < mostNumbers; u++ {
			s.number(l, p, u, v, float32(wide), float32(high))
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
	u0f, v0f := p.Under(camera.V(x0, y1, 0))
	u1f, v1f := p.Under(camera.V(x1, y0, 0))
	return clamp(math.Floor(u0f), w), clamp(math.Ceil(u1f), w), clamp(math.Floor(v0f), h), clamp(math.Ceil(v1f), h)
}

// countBeside counts the tokens whose cells are narrow, for those round the chosen one have the room.
func (s *Scene) countBeside(l *camera.Lens, p *layout.Panel, wide, high float64) {
	across, down := s.axes(p)
	w, h := p.Size()
	size := s.plan.PairSize()
	if !across.Tokens() || !down.Tokens() || s.labels.unit*size < axisFrom {
		return
	}
	k := paint.Label{Size: s.size(11), Ink: s.colours.Ink2.Alpha(1)}
	if p.CellW < 0.7*size && p.Row == 0 {
		if x, y, ok := crown(l, p.Corner(float64(w)/2, 0)); ok {
			k.Text = "+" + say.Count(w)
			s.index(k, x, y-4)
		}
	}
	if p.CellH < 0.7*size && p.Col == 0 {
		if x, y, ok := l.Project(p.Corner(-layout.Margin/p.CellW, float64(h)/2)); ok {
			k.Text, k.Align, k.X, k.Y = "+"+say.Count(h), 1, float32(x-8), float32(y+4)
			if !s.overAnother(l, p, []paint.Label{k}) {
				s.index(k, x-8, y+4)
			}
		}
	}
}

// percents prints the shares of attention as whole percentages, where cells have no room for more.
func (s *Scene) percents(l *camera.Lens, p *layout.Panel, u0, u1, v0, v1 int, wide float32) {
	b := &s.labels
	for v := v0; v < v1; v++ {
		for u := u0; u < u1 && len(b.out) < mostNumbers; u++ {
			row, col := p.Cell(u, v)
			value, ok := s.store.At(p.Name, row, col)
			if !ok || value >= paint.NotFinite || value < 0.005 || !s.there(p, row, col) {
				continue
			}
			x, y, ok := l.Project(p.Centre(u, v))
			if !ok || !s.inside(x, y) {
				continue
			}
			ground := s.colours.Value(float64(value / s.store.Norm(p.Name)))
			k := paint.Label{Text: label.WholePercent(value), Size: s.size(11), Ink: s.colours.InkOn(ground).Alpha(1), Fill: ground.Alpha(0.01)}
			if w := s.width(k.Text, k.Size, false, false); w > wide*0.86 {
				k.Size *= wide * 0.86 / w
			}
			k.X, k.Y = b.snap(x), b.snap(y+0.36*float64(k.Size))
			b.out = append(b.out, k)
		}
	}
}

// number prints one value, in a colour that can be read on its cell.
func (s *Scene) number(l *camera.Lens, p *layout.Panel, u, v int, wide, high float32) {
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
	size := min(max(min(wide, high)*0.28, 11), 16)
	text := say.Brief(value)
	if info := s.infoOf(p.Name); info != nil && info.Op.IsID() {
		text = strconv.Itoa(int(value))
	}
	if w := s.width(text, size, false, false); w > wide*0.82 {
		size *= wide * 0.82 / w
	}
	b, alpha := &s.labels, float32(1)
	if !b.rested {
		alpha = min((wide-numberFrom)/(numberFull-numberFrom), (high-numberHigh+1)/4, 1)
	}
	// Fill with no alpha means a halo; numbers stand on their cell's own colour instead.
	b.out = append(b.out, paint.Label{Text: text, X: b.snap(x), Y: b.snap(y + 0.36*float64(size)), Size: size, Ink: ink.Alpha(alpha),
		Fill: ground.Alpha(0.01)})
}

// axisFrom is the width of a column of a token, and the height of a row of one, in CSS pixels, from which on it is named.
const axisFrom = 13

// indices names the tokens of the columns of a front at its top edge and those of its rows at its left, and numbers those
// of other axes.
func (s *Scene) indices(l *camera.Lens, p *layout.Panel, u0, u1, v0, v1 int) {
	w, h := p.Size()
	top, left := s.axes(p)
	px := l.Scale(p.Corner(float64(w)/2, 0))
	if wide := float32(px * p.CellW); w > 1 || top.Tokens() {
		s.indexTop(l, p, u0, u1, wide, top.Tokens())
	}
	if high := float32(px * p.CellH); h > 1 && (w > 1 || !left.Tokens()) {
		s.indexLeft(l, p, v0, v1, high, left.Tokens())
	}
}

// axes returns what the columns and the rows of a front count.
func (s *Scene) axes(p *layout.Panel) (across, down model.Axis) {
	info := s.infoOf(p.Name)
	if info == nil {
		return model.AxisOne, model.AxisOne
	}
	if p.Across {
		return info.ColAxis, info.RowAxis
	}
	return info.RowAxis, info.ColAxis
}

// indexTop names columns. Tokens whose names are wider than a column rise to the right.
func (s *Scene) indexTop(l *camera.Lens, p *layout.Panel, u0, u1 int, wide float32, tokens bool) {
	if p.Across && tokens && p.Row != 0 || wide < axisFrom || wide < indexFrom && !tokens || p.Kind == model.KindAggregate {
		return // what stands above or below it is named
	}
	turned := tokens && s.turned(u0, u1, wide)
	if tokens && p.Across && wide >= pairCell*0.9 {
		s.axisWords(l, p, turned)
	}
	before, rising := len(s.labels.taken), []camera.Rect(nil)
	for u := u0; u < u1; u++ {
		x, y, ok := crown(l, p.Corner(float64(u)+0.5, 0))
		if !ok || y <= 8 {
			continue
		}
		row, col := p.Cell(u, 0)
		if p.Across {
			row = col
		}
		k := paint.Label{Text: strconv.Itoa(row), Size: s.size(10), Mono: true, Ink: s.colours.Ink3.Alpha(1)}
		if tokens {
			k = s.tokenLabel(row)
		}
		if k.Turned = turned; turned {
			k.Align, x = -1, x+2
		}
		way := s.way(&k, x, y-4)
		if n := len(way); n > 0 && way[n-1].Y < 0 {
			continue // the edge of the canvas would cut it
		}
		if isClear(s.labels.taken[:before], way) && s.index(k, x, y-4) {
			rising = append(rising, way...)
		}
	}
	s.labels.taken = append(s.labels.taken, rising...) // beside one another they are free, but nothing else lies over them
}

// headroom returns how high the names and numbers of columns stand above what a caption names, in CSS pixels.
func (s *Scene) headroom(k *label.Caption) float64 {
	if s.labels.unit*s.plan.Largest() < axisFrom*0.6 {
		return 0
	}
	for _, name := range k.Tensors {
		for _, i := range s.plan.ByName[name] {
			p := &s.plan.Panels[i]
			if p.Layer != 0 || p.InRow != k.Row || p.Kind == model.KindAggregate {
				continue
			}
			w, _ := p.Size()
			top, _ := s.axes(p)
			wide := float32(s.labels.lens.Scale(p.Corner(float64(w)/2, 0)) * p.CellW)
			switch {
			case w <= 1 && !top.Tokens() || wide < axisFrom || wide < indexFrom && !top.Tokens():
				continue
			case !top.Tokens() || !s.turned(0, w, wide):
				return 17
			}
			return float64(s.tallest(p))*0.71 + 12
		}
	}
	return 0
}

// axisWords says which tokens look and which are looked at, and why the upper triangle is empty.
func (s *Scene) axisWords(l *camera.Lens, p *layout.Panel, turned bool) {
	b := &s.labels
	x, y, ok := crown(l, p.Corner(0, 0))
	if !ok || p.Col+p.Cols < s.plan.Count() {
		return
	}
	if p.Col == 0 {
		k := paint.Label{Text: say.Scene.Looks(), Size: s.size(11), Align: 1, Ink: s.colours.Ink2.Alpha(1)}
		b.put(&k, x-6, y-4, s.width(k.Text, k.Size, false, false), looksID-p.InRow)
	}
	up := 22.0
	if turned {
		up = 22 + 0.71*float64(s.tallest(p))
	}
	k := paint.Label{Text: say.Scene.LookedAt(), Size: s.size(11), Align: -1, Ink: s.colours.Ink2.Alpha(1)}
	b.put(&k, x, y-up, s.width(k.Text, k.Size, false, false), lookedID-p.InRow)
	if info := s.infoOf(p.Name); info.Causal && p.Row == 0 && p.Rows > 5 {
		at := p.Corner(0.7*float64(p.Cols), 0.22*float64(p.Rows))
		if x, y, ok := l.Project(at); ok {
			k := paint.Label{Text: say.Scene.Masked(), Size: s.size(11), Ink: s.colours.Ink2.Alpha(1)}
			if w := s.width(k.Text, k.Size, false, false); float64(w) < 0.6*float64(p.Cols)*l.Scale(at)*p.CellW {
				b.put(&k, x, y, w, maskedID-p.InRow)
			}
		}
	}
}

// Numbers of these labels, which fade in: below those of headings, a row apart.
const (
	looksID  = -10_000
	lookedID = -20_000
	maskedID = -30_000
)

// tallest returns the width of the longest name of a token over a panel.
func (s *Scene) tallest(p *layout.Panel) (wide float32) {
	w, _ := p.Size()
	for t := range w {
		token, col := p.Cell(t, 0)
		if p.Across {
			token = col
		}
		k := s.tokenLabel(token)
		wide = max(wide, s.width(k.Text, k.Size, true, false))
	}
	return wide
}

// indexLeft names rows.
func (s *Scene) indexLeft(l *camera.Lens, p *layout.Panel, v0, v1 int, high float32, tokens bool) {
	if p.Across && tokens && p.Col != 0 || high < axisFrom || high < indexFrom && !tokens {
		return
	}
	names := s.labels.rows[:0]
	for v := v0; v < v1; v++ {
		at := p.Corner(-layout.Margin/p.CellW, float64(v)+0.5)
		x, y, ok := l.Project(at)
		at.Z -= layout.Depth
		back, _, _ := l.Project(at)
		if !ok {
			continue
		}
		row, col := p.Cell(0, v)
		if p.Across {
			col = row
		}
		k := paint.Label{Text: strconv.Itoa(col), Size: s.size(10), Mono: true, Ink: s.colours.Ink3.Alpha(1)}
		if tokens {
			k = s.tokenLabel(row)
		}
		k.Align, k.X, k.Y = 1, float32(min(x, back)-6), float32(y+3.5)
		names = append(names, k)
	}
	if s.labels.rows = names; tokens && s.overAnother(l, p, names) {
		return // the panel that they would lie over has the same rows, and names them
	}
	for _, k := range names {
		s.index(k, float64(k.X), float64(k.Y))
	}
}

// overAnother reports whether one of the names beside a front would lie over the front of something else in its row.
func (s *Scene) overAnother(l *camera.Lens, p *layout.Panel, names []paint.Label) bool {
	if len(names) == 0 {
		return false
	}
	left, right := float32(math.Inf(1)), float32(math.Inf(-1))
	for _, k := range names {
		left, right = min(left, k.X-s.width(k.Text, k.Size, k.Bold, k.Mono)), max(right, k.X)
	}
	if s.isShare(p.Name) {
		left = min(left+mostOver, right)
	}
	top := names[0].Y - names[0].Size*0.8
	return s.overFront(l, p, camera.Rect{X: left, Y: top, W: right - left, H: names[len(names)-1].Y - top})
}

// mostOver is how far the longest name beside the shares of attention may reach over the edge of another front, in CSS
// pixels: these have to be named before all others.
const mostOver = 12

// overFront reports whether a rectangle of the canvas lies over the front of something else in the row of a panel.
func (s *Scene) overFront(l *camera.Lens, p *layout.Panel, r camera.Rect) bool {
	from := 0
	if p.InRow > 0 {
		from = s.plan.Ends[p.InRow-1]
	}
	for i := from; i < s.plan.Ends[p.InRow]; i++ {
		q := &s.plan.Panels[i]
		w, h := q.Size()
		if q.Layer > 0 || q.Place == p.Place || w == 0 || h == 0 {
			continue
		}
		if other, ok := area(l, q, 0, 0, w, h); ok && other.Overlaps(r) {
			return true
		}
	}
	return false
}

// way returns what a name covers that rises to the right from (x, y), piece by piece; nothing of one that does not rise.
func (s *Scene) way(k *paint.Label, x, y float64) (pieces []camera.Rect) {
	if !k.Turned {
		return nil
	}
	for at := float32(0); at < s.width(k.Text, k.Size, k.Bold, k.Mono); at += k.Size {
		pieces = append(pieces, camera.Rect{X: float32(x) + 0.71*at, Y: float32(y) - 0.71*at - k.Size*0.8, W: k.Size, H: k.Size})
	}
	return pieces
}

// isClear reports whether pieces overlap nothing that is taken.
func isClear(taken, pieces []camera.Rect) bool {
	for _, r := range pieces {
		if !unhindered(r, taken) {
			return false
		}
	}
	return true
}

// turned reports whether the tokens of these columns do not fit above them side by side.
func (s *Scene) turned(u0, u1 int, wide float32) bool {
	for t := u0; t < u1; t++ {
		if k := s.tokenLabel(t); s.width(k.Text, k.Size, k.Bold, false) > wide-3 {
			return true
		}
	}
	return false
}

// tokenLabel returns the name of a token beside its row or above its column; the chosen one stands out.
func (s *Scene) tokenLabel(t int) paint.Label {
	k := paint.Label{Text: strconv.Itoa(t), Size: s.size(11), Ink: s.colours.Ink2.Alpha(1)}
	if t >= 0 && t < len(s.tokens) {
		k.Text = s.tokens[t].Text
	}
	if t == s.marked() {
		k.Bold, k.Ink = true, s.colours.Signal.Alpha(1)
	}
	return k
}

// index prints a name or a number beside a row or above a column, if nothing is in its way, and reports whether it stands.
func (s *Scene) index(k paint.Label, x, y float64) bool {
	b := &s.labels
	if !s.inside(x, y) {
		return false
	}
	k.X, k.Y = b.snap(x), b.snap(y)
	w := s.width(k.Text, k.Size, k.Bold, k.Mono)
	r := camera.Rect{X: k.X - w*(1+k.Align)/2, Y: k.Y - k.Size*0.8, W: w, H: k.Size}
	if k.Turned { // its neighbours reach above it
		r.W = min(w, k.Size)
	}
	if !b.take(r) {
		return false
	}
	b.out = append(b.out, k)
	return true
}

// tagText returns what a token's tag says: its index and its text, "9 B".
func (s *Scene) tagText(t int) string {
	if t < 0 || t >= len(s.tokens) {
		return strconv.Itoa(t)
	}
	return strconv.Itoa(t) + " " + s.tokens[t].Text
}
