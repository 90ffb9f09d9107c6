package scene

import (
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// A Word is the word of the vocabulary that is in use: its row of the tables stands in front and is lit, in the column
// of its token.
type Word struct {
	ID    int // −1: none
	Text  string
	Token int
}

// SetWord says which word is in use.
func (s *Scene) SetWord(w Word) {
	if w == s.inUse {
		return
	}
	s.inUse, s.stale.marks = w, true
	s.wordForward()
}

// Pin says which cell the reader keeps; what it stands in comes to the front. nil: none.
func (s *Scene) Pin(c *Cell) {
	was := s.pairs()
	if c == nil {
		s.pinned = Cell{}
		return
	}
	if *c != s.pinned {
		s.pinned = *c
		s.stale.layout = s.stale.layout || was != s.pairs()
		s.bringForward(c.Name)
		s.bringSlab(*c)
	}
}

// wordForward turns the slabs of the rows that show the vocabulary so that the word in use stands in the first one.
func (s *Scene) wordForward() {
	if s.inUse.ID < 0 || s.compared != nil {
		return
	}
	for i := range s.infos {
		info := &s.infos[i]
		if rows, cols := overWords(info); rows || cols {
			s.bringSlab(s.wordCell(info))
		}
	}
}

// overWords reports which axis of a tensor is that of the vocabulary.
func overWords(i *model.Info) (rows, cols bool) {
	return i.RowAxis == model.AxisWord, i.ColAxis == model.AxisWord
}

// wordCell returns the first cell of the word in use: in the row of its token where rows are tokens.
func (s *Scene) wordCell(i *model.Info) Cell {
	switch rows, _ := overWords(i); {
	case rows:
		return Cell{i.Name, s.inUse.ID, 0}
	case perToken(i):
		return Cell{i.Name, s.inUse.Token, s.inUse.ID}
	}
	return Cell{i.Name, 0, s.inUse.ID}
}

// lit returns the rings round the word in use, in the tensors of the current stage, while nothing else is pointed at.
func (s *Scene) lit() (marks []mark) {
	if s.inUse.ID < 0 || s.hover != nil || s.flow != nil || s.compared != nil {
		return nil
	}
	for i := range s.infos {
		info := &s.infos[i]
		if rows, cols := overWords(info); !rows && !cols || !s.looksAt(info.Name) {
			continue
		}
		c := s.wordCell(info)
		for _, k := range s.plan.ByName[info.Name] {
			p := &s.plan.Panels[k]
			u, v, ok := p.Spot(c.Row, c.Col)
			if !ok || p.Layer > 0 {
				continue
			}
			m := mark{panel: k, u: u, v: v, w: 1, h: 1, row: -1}
			if info.RowAxis == model.AxisWord {
				if m.h = p.Cols; p.Across {
					m.w, m.h = p.Cols, 1
				}
			}
			marks = append(marks, m)
		}
	}
	return marks
}

// looksAt reports whether a tensor belongs to the stage or is selected.
func (s *Scene) looksAt(name string) bool { return s.current[name] || s.selected == name }

// wireLit draws the rings of the word in use.
func (s *Scene) wireLit(w *wire, signal, paper [4]float32) {
	for _, m := range s.lit() {
		least := s.leastRing() * 0.6
		w.ring(&s.plan.Panels[m.panel], m, least, 0, 5, paper)
		w.ring(&s.plan.Panels[m.panel], m, least, 0, 2, signal)
	}
}

// labelWords numbers the words of the tables of the current stage, as many as there is room for, and tags the one that is
// in use.
func (s *Scene) labelWords() {
	for _, m := range s.lit() {
		p := &s.plan.Panels[m.panel]
		if !s.numbersWords(p) {
			continue
		}
		if x, y, ok := s.besideWord(p, m.v); ok && s.inside(x, y) && p.Kind == model.KindWeight && p.Across {
			s.tag(strconv.Itoa(s.inUse.ID)+" "+s.inUse.Text, x-8, y, 1)
		}
	}
	for _, p := range s.leftmost() {
		if s.numbersWords(p) {
			s.numberWords(p)
		}
	}
}

// leftmost returns of the fronts of the current stage that show the same words, in each row of the tower, the one that
// stands leftmost: it has the numbers of all.
func (s *Scene) leftmost() (fronts []*layout.Panel) {
	for i := range s.infos {
		if rows, cols := overWords(&s.infos[i]); !rows && !cols || !s.looksAt(s.infos[i].Name) {
			continue
		}
		for _, k := range s.plan.ByName[s.infos[i].Name] {
			p := &s.plan.Panels[k]
			if p.Layer > 0 {
				continue
			}
			at := slices.IndexFunc(fronts, func(q *layout.Panel) bool { return q.InRow == p.InRow })
			switch {
			case at < 0:
				fronts = append(fronts, p)
			case p.X < fronts[at].X:
				fronts[at] = p
			}
		}
	}
	return fronts
}

// numbersWords reports whether a front is so high on the canvas that its words are numbered.
func (s *Scene) numbersWords(p *layout.Panel) bool {
	_, high := p.Extent()
	return high*s.labels.unit >= wordsFrom
}

// wordsFrom is that height in CSS pixels.
const wordsFrom = 150

// numberWords numbers the words of a front from top to bottom where cells are too small for each to have its number. A
// front whose middle is behind the eye, as a flight may leave it, has none: no step between numbers would be wide enough.
func (s *Scene) numberWords(p *layout.Panel) {
	b := &s.labels
	w, h := p.Size()
	px := b.lens.Scale(p.Corner(float64(w)/2, float64(h)/2)) * p.CellH
	if h < 2 || px <= 0 || px >= indexFrom || !s.visible(&b.lens, p.Box()) {
		return
	}
	every := 1
	for float64(every)*px < 20 {
		every = nextRound(every)
	}
	for v := range h {
		row, col := p.Cell(0, v)
		if !p.Across {
			row = col
		}
		if row%every != 0 {
			continue
		}
		if x, y, ok := s.besideWord(p, v); ok {
			k := paint.Label{Text: strconv.Itoa(row), Size: s.size(10), Mono: true, Align: 1, Ink: s.colours.Ink3.Alpha(1)}
			s.index(k, x-6, y+3.5)
		}
	}
}

// nextRound returns the next of 1, 2, 5, 10, 20, 50, …
func nextRound(n int) int {
	for k := n; ; k /= 10 {
		if k < 10 {
			if k == 2 {
				return n / 2 * 5
			}
			return n * 2
		}
	}
}

// besideWord returns where the left end of row v of a front stands on the canvas.
func (s *Scene) besideWord(p *layout.Panel, v int) (x, y float64, ok bool) {
	l := &s.labels.lens
	at := p.Corner(-layout.Margin/p.CellW, float64(v)+0.5)
	x, y, ok = l.Project(at)
	at.Z -= s.deep(p)
	if back, _, seen := l.Project(at); seen {
		x = min(x, back)
	}
	return x, y, ok
}

// deep returns how far what stands behind a front reaches back.
func (s *Scene) deep(p *layout.Panel) float64 {
	z := layout.Depth + 0.0
	for _, k := range s.plan.ByName[p.Name] {
		if q := &s.plan.Panels[k]; q.InRow == p.InRow && q.Place == p.Place {
			z = max(z, layout.Depth-q.Z)
		}
	}
	return z
}

// SetBeside says how wide a table of the interface is that stands to the right of what is framed, in CSS pixels; 0: there
// is none. Stages leave room for it.
func (s *Scene) SetBeside(w float32) {
	if s.beside != w {
		s.beside, s.stale.layout = w, true
	}
}

// besides returns the part of the free canvas that such a table and the numbers of words leave to panels.
func (s *Scene) besides(f camera.Rect) camera.Rect {
	if s.beside == 0 {
		return f
	}
	whole := f.W
	f.X += wordRoom
	f.W = max(whole-s.beside-wordRoom, whole/4)
	return f
}

// wordRoom is the room for the numbers and the tag of words to the left of a table, in CSS pixels.
const wordRoom = 56

// centred moves a pose that shows a box in a part f of the canvas so that the box and the table beside it stand in the
// middle together.
func (s *Scene) centred(p camera.Pose, box camera.Box, f camera.Rect) camera.Pose {
	all := s.free()
	spare := all.X + all.W - s.beside - f.X
	if f == all || spare <= 0 {
		return p
	}
	l := p.Lens(s.w, s.h, s.whole, s.plan.All)
	x0, _, x1, _, ok := l.Rect(box)
	if wide := x1 - x0; ok && wide < float64(spare) {
		left := float64(f.X) + (float64(spare)-wide)/2
		if left = max(left, x0); left+wide > float64(f.X+spare) {
			left = float64(f.X+spare) - wide
		}
		p.At = p.At.Add(l.Right.Mul((x0 - left) * p.Span / s.h))
	}
	return p
}

// besideGap is the room between such a table and what it stands beside, in CSS pixels: a connection is seen in it.
const besideGap = 36

// BesideSpot returns where a table of w × h stands beside a tensor: to the right of it and of what belongs to the stage in
// its row, wholly on the canvas and above those of the boxes that it would cover. ok is false where the tensor can't be
// seen, or is seen from so close that its numbers can be read in their cells.
func (s *Scene) BesideSpot(name string, w, h float32, boxes []camera.Rect) (x, y float32, ok bool) {
	box := s.boundOf([]string{name})
	if s.compared != nil || box.Empty() || s.h/s.pose.Span >= numberFrom && !s.whollySeen(box) {
		return 0, 0, false
	}
	l, f := s.lens(), s.free()
	box.Min.Z = box.Max.Z // its front
	x0, y0, x1, y1, ok := l.Rect(box)
	if !ok || x1 < 0 || x0 > s.w || y1 < 0 || y0 > s.h {
		return 0, 0, false
	}
	right := x1
	for other := range s.current {
		if b := s.boundOf([]string{other}); !b.Empty() && b.Min.Y < box.Max.Y && b.Max.Y > box.Min.Y {
			if _, _, x1, _, ok := l.Rect(b); ok {
				right = max(right, x1)
			}
		}
	}
	x = max(min(float32(right)+besideGap, f.X+f.W-w-besideEdge), f.X+besideEdge)
	y = min(float32(y0+y1)/2-h/2, f.Y+f.H-h-besideEdge)
	for _, b := range boxes {
		if r := (camera.Rect{X: x, Y: y, W: w, H: h}); b.Y > r.Y && r.Grow(besideEdge/2).Overlaps(b) {
			y = b.Y - h - besideEdge
		}
	}
	return x, max(y, f.Y+besideEdge), true
}

// BelowSpot returns where a table of width w stands below what is framed, where the canvas has no room beside it: the
// bottom inset is as high as that table, and more.
func (s *Scene) BelowSpot(w float32) (x, y float32, ok bool) {
	f := s.free()
	return f.X + (f.W-w)/2, f.Y + f.H, s.compared == nil
}

// besideEdge is the room between such a table and the edge of the canvas.
const besideEdge = 12

// whollySeen reports whether all of a box is on the canvas.
func (s *Scene) whollySeen(b camera.Box) bool {
	l := s.lens()
	x0, y0, x1, y1, ok := l.Rect(b)
	return ok && x0 >= 0 && y0 >= 0 && x1 <= s.w && y1 <= s.h
}

// LitSpot returns where the ring of the word in use stands on the canvas, in a tensor: the middle of its right side. ok is
// false where there is none.
func (s *Scene) LitSpot(name string) (x, y float32, ok bool) {
	info := s.infoOf(name)
	if info == nil || s.inUse.ID < 0 {
		return 0, 0, false
	}
	r, ok := s.CellRect(s.wordCell(info))
	return r.X + r.W, r.Y + r.H/2, ok
}
