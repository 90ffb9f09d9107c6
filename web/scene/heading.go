package scene

import (
	"math"

	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/label"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// A heading stands over the panels that a row hangs beside the stream, on their side, with a bracket that holds them
// together. Pressing it goes there.
type heading struct {
	full, low   string // low: where there is no room above the row
	brief       string // where there is little above it
	about       string // a sentence beside it
	from, to    float64
	top, bottom float64  // of what stands in the row
	room        float64  // above it, up to what stands on the same side
	side        int      // of the stream
	names       []string // what stands in the row
}

// How far a bracket stands above its panels, in CSS pixels: over their captions, where these are not shown, and where there
// is room for it and a name alone; and how far its ends reach down. A name stands on its bracket.
const (
	bracketOver = 30
	bracketLow  = 18
	bracketSnug = 6
	bracketEnd  = 5
	bracketName = 16
)

// word words the captions of the panels and the headings of the rows, which stay until these stand elsewhere or the page
// speaks another language.
func (s *Scene) word() {
	s.spoken, s.caps, s.headings = say.Spoken(), label.Captions(s.plan, s.infoOf), s.headings[:0]
	for r, sh := range s.plan.Rows {
		s.headings = append(s.headings, s.headingOf(sh, r))
	}
	s.labels.least = s.leastRoom()
}

// headingOf returns the heading of a row: with a sentence in block 1.
func (s *Scene) headingOf(sh *layout.Row, r int) (h heading) {
	n := sh.Block + 1
	switch {
	case sh.Tail && s.plan.HasStream():
		h = heading{full: say.Scene.Output(), low: say.Scene.Output()}
	case n < 1 || r == 0:
		return h // before the blocks
	case sh.Side < 0:
		h = heading{full: say.Scene.BlockAttention(n), low: say.Scene.Block(n)}
		if n == 1 {
			h.about = say.Scene.AboutAttention()
		}
	default:
		h = heading{full: say.Scene.BlockFeedForward(n), brief: say.Scene.FeedForward(), low: say.Scene.FeedForward()}
		if n == 1 {
			h.about = say.Scene.AboutFeedForward()
		}
	}
	box := camera.NoBox()
	for _, it := range sh.Places {
		if it.Side == 0 {
			continue
		}
		b := it.Box(true)
		b.Max.Y = s.plan.Ceiling(it)
		box = box.Union(b)
		h.names = append(h.names, it.Step)
	}
	if box.Empty() {
		return heading{}
	}
	s.sortByPart(h.names)
	h.from, h.to, h.top, h.bottom, h.side = box.Min.X, box.Max.X, box.Max.Y, box.Min.Y, sh.Side
	column := &s.plan.Columns[sh.Column]
	above := s.plan.Boxes[0].Min.Y
	if column.First > 0 {
		above = column.Head - s.plan.Half
	}
	for k := r - 1; k > 0 && k >= column.First; k-- {
		if s.plan.Rows[k].Side == sh.Side {
			above = s.plan.Rows[k].Meet
			break
		}
	}
	h.room = above - h.top
	return h
}

// sortByPart puts first a step of that part of the network to which most of the named ones belong.
func (s *Scene) sortByPart(names []string) {
	count := map[model.Part]int{}
	best := 0
	for i, n := range names {
		if t := s.infoOf(n); t != nil && t.Kind != model.KindWeight {
			if count[t.Part]++; count[t.Part] > count[s.partOf(names[best])] || i == 0 {
				best = i
			}
		}
	}
	names[0], names[best] = names[best], names[0]
}

func (s *Scene) partOf(name string) model.Part {
	if t := s.infoOf(name); t != nil {
		return t.Part
	}
	return ""
}

// note is what is said beside the heading of a row, in the place of its sentence.
type note struct{ step, text string }

// SetNote says something beside the heading under which a step stands; "" as its text takes it away. It returns whether
// that is something else than before. The head that it speaks of comes to the front.
func (s *Scene) SetNote(step, text string) (changed bool) {
	was := s.note
	s.note = note{step, text}
	if step != was.step && !s.faced(step) {
		s.bringForward(step)
	}
	return s.note != was
}

// faced reports whether the reader has selected a head of the row in which a step stands: that head stays in front.
func (s *Scene) faced(step string) bool {
	for _, i := range s.plan.ByName[s.selected] {
		for _, k := range s.plan.ByName[step] {
			if p := &s.plan.Panels[i]; p.Head >= 0 && p.InRow == s.plan.Panels[k].InRow {
				return true
			}
		}
	}
	return false
}

// noted returns what is said beside a heading, and whether it is about the reader's text.
func (s *Scene) noted(r int) (text string, own bool) {
	if s.note.text != "" {
		for _, i := range s.plan.ByName[s.note.step] {
			if s.plan.Panels[i].InRow == r {
				return s.note.text, true
			}
		}
	}
	return s.headings[r].about, false
}

// lift is how far the bracket of a row stands above its panels, in CSS pixels.
func (s *Scene) lift(row int) float64 {
	px := s.h / s.pose.Span
	switch {
	case s.snug(row, 1/s.lineUnit()) || px < far && s.free().W < narrow && len(s.current) == 0: // where there are no captions
		return bracketSnug
	case s.plan.Spread < 0.5 && s.plan.Largest()*px >= axisFrom:
		return bracketOver + 42 // the names of the tokens stand below it
	case px >= far || s.plan.Rows[row].Block <= 0:
		return bracketOver
	}
	return bracketLow
}

// wireHeadings draws the brackets.
func (s *Scene) wireHeadings(w *wire) {
	ink := s.colours.Ink3.Linear().Alpha(0.7)
	for r := range s.headings {
		h := &s.headings[r]
		if h.full == "" || (h.to-h.from)/w.unit < 60 || s.tight(h, r, 1/w.unit) {
			continue
		}
		y, end := h.top+s.lift(r)*w.unit, bracketEnd*w.unit
		at := func(x, y float64) camera.Vec { return camera.V(x, y, layout.LinkZ) }
		w.line(at(h.from, y-end), at(h.from, y), 1, ink, 0)
		w.line(at(h.from, y), at(h.to, y), 1, ink, 0)
		w.line(at(h.to, y), at(h.to, y-end), 1, ink, 0)
	}
}

// tight reports whether there is no room for a heading above its row, px pixels for a unit.
func (s *Scene) tight(h *heading, r int, px float64) bool {
	switch {
	case s.plan.Folded() && !s.plan.Rows[r].Tail: // all alike
		return s.labels.least*px < bracketSnug+bracketName
	case s.plan.Rows[r].Tail: // what stands above is not at the end where the heading is
		return h.room*px < 24
	case r == 1: // as there, and as the next ones on its side have it
		k := min(r+2, len(s.headings)-1)
		alike := s.headings[k].full != "" && !s.plan.Rows[k].Tail && s.plan.Rows[k].Side == s.plan.Rows[r].Side
		return h.room*px < bracketSnug || alike && s.tight(&s.headings[k], k, px)
	}
	return h.room*px < bracketSnug+bracketName
}

// snug reports whether a row has room above it for its heading, but not for captions below that.
func (s *Scene) snug(r int, px float64) bool {
	h := &s.headings[r]
	if s.plan.Rows[r].Tail || h.full == "" || s.tight(h, r, px) {
		return false
	}
	if r == 1 {
		return h.room*px < 24
	}
	return h.room*px < bracketLow+bracketName
}

// labelHeadings names the rows over their brackets, at the end away from the stream; where there is no room, beside them. In
// a stage only the headings of what belongs to it are black.
func (s *Scene) labelHeadings() {
	b := &s.labels
	size := s.size(15)
	if b.least*b.unit < 64 || s.free().W < narrow {
		size = s.size(12)
	}
	if s.plan.Folded() && s.labels.least*b.unit < bracketSnug+bracketName {
		s.labelBlocks()
		s.labelStream()
		return
	}
	for r := range s.headings {
		h := &s.headings[r]
		g, ok := s.rulerOf(r)
		if h.full == "" || (h.top-h.bottom)*b.unit < 9 || !ok {
			continue
		}
		l := paint.Label{Size: size, Bold: true, Ink: s.colours.Ink.Alpha(1)}
		if len(s.current) > 0 && !s.isCurrent(h) {
			l.Ink = s.colours.Ink3.Alpha(1)
		}
		x, y := s.headingAt(r, g, &l)
		w := s.width(l.Text, l.Size, true, false)
		if l.Text == "" || g.past(&l, x, w) && len(s.current) > 0 || !b.put(&l, x, y, w, -1000-r) {
			continue
		}
		s.target(b.taken[len(b.taken)-1], Target{Names: h.names, Token: -1})
		if !g.tight && s.free().W >= narrow {
			s.labelBeside(r, g, l.Align, x, w)
		}
	}
	s.labelStream()
}

// A ruler is where the bracket of a row runs on the canvas, in CSS pixels; tight: there is no room for it above the row, and
// the line goes through its middle.
type ruler struct {
	left, right float64
	y0, y1      float64 // at the left and at the right end
	tight       bool
}

// at returns how low the ruler is at x.
func (g *ruler) at(x float64) float64 {
	return g.y0 + (g.y1-g.y0)*(x-g.left)/max(g.right-g.left, 1)
}

// past reports whether a name of width w at x reaches beyond its ruler, of which the canvas cuts the outer end: over the stream.
func (g *ruler) past(l *paint.Label, x float64, w float32) bool {
	if g.tight {
		return false
	}
	return l.Align < 0 && x > g.left && x+float64(w) > g.right || l.Align > 0 && x < g.right && x-float64(w) < g.left
}

// rulerOf returns that of a row; ok is false if it is not on the canvas.
func (s *Scene) rulerOf(r int) (g ruler, ok bool) {
	h, unit := &s.headings[r], s.lineUnit()
	y := h.top + s.lift(r)*unit
	if g.tight = s.tight(h, r, 1/unit); g.tight {
		y = (h.top + h.bottom) / 2
	}
	var seen bool
	g.left, g.y0, ok = s.labels.lens.Project(camera.V(h.from, y, layout.LinkZ))
	g.right, g.y1, seen = s.labels.lens.Project(camera.V(h.to, y, layout.LinkZ))
	return g, ok && seen && g.right >= 0 && g.left <= s.w
}

// headingAt sets the text of a heading and how it is aligned, and returns its anchor. A bracket that is cut keeps its name in
// view; without room above it, a row has its name beside it, or none.
func (s *Scene) headingAt(r int, g ruler, l *paint.Label) (x, y float64) {
	h, tail := &s.headings[r], s.plan.Rows[r].Tail
	l.Text, l.Align = h.full, float32(h.side)
	if h.brief != "" && float64(s.width(h.full, l.Size, true, false)) > g.right-g.left {
		l.Text = h.brief
	}
	x, up := max(g.left, 8), 7.0
	if h.side > 0 {
		x = min(g.right, s.w-8)
	}
	if g.tight || tail && g.right+90 < s.w {
		l.Text, l.Align, x, up = h.low, -l.Align, g.left-10, -4
		if h.side > 0 {
			x = g.right + 8
		} else if x > float64(s.width(h.full, l.Size, true, false))+4 {
			l.Text = h.full
		}
		if tail && !g.tight {
			up = -18
		}
	}
	if y = g.at(x) - up; s.isCurrent(h) { // what is looked at keeps its name in view
		y = max(y, float64(s.free().Y)+20)
	}
	return x, y
}

// labelBeside says something beside a heading of width w that stands at x: of the reader's text, or its sentence.
func (s *Scene) labelBeside(r int, g ruler, align float32, x float64, w float32) {
	text, own := s.noted(r)
	if text == "" {
		return
	}
	t := paint.Label{Text: text, Size: s.size(12), Align: align, Ink: s.colours.Ink2.Alpha(1)}
	if own {
		t.Bold, t.Ink = true, s.colours.Signal.Alpha(1)
	}
	wide, end := s.width(text, t.Size, t.Bold, false), g.right
	if r == 1 { // the tables of the embedding stand above its inner end
		end, _, _ = s.labels.lens.Project(camera.V(s.plan.Boxes[0].Min.X, s.headings[r].top, layout.LinkZ))
	}
	if float64(w+wide)+14 >= end-g.left {
		return
	}
	at := x - float64(align)*float64(w+14)
	s.labels.put(&t, at, g.at(max(at, at-float64(align)*float64(wide)))-7, wide, -2000-r) // the bracket rises to the right
}

// leastRoom returns the least room above a row for its heading, in units: all are written alike.
func (s *Scene) leastRoom() float64 {
	least := math.Inf(1)
	for r := range s.headings {
		if h := &s.headings[r]; h.full != "" && r > 1 && !s.plan.Rows[r].Tail && (s.plan.Rows[r].Column == 0 || r > s.plan.Columns[s.plan.Rows[r].Column].First) {
			least = min(least, h.room)
		}
	}
	return least
}

// isCurrent reports whether something of the current stage stands under a heading.
func (s *Scene) isCurrent(h *heading) bool {
	for _, n := range h.names {
		if s.current[n] {
			return true
		}
	}
	return false
}

// labelBlocks names the blocks of a folded tower where there is no room above their rows: right of the stream beside their
// attention, where nothing stands; or each column as a whole, where that is too low for letters.
func (s *Scene) labelBlocks() {
	b := &s.labels
	size := s.size(12)
	room := b.least * b.unit
	if room < 1.1*float64(size) {
		size = s.size(11)
	}
	if room < 0.95*float64(size) || s.forward()*b.unit < float64(s.width(say.Scene.Block(s.config.Blocks), size, true, false))+14 {
		s.labelColumns()
		return
	}
	for r := range s.headings {
		h, sh := &s.headings[r], s.plan.Rows[r]
		if h.full == "" || h.side > 0 || sh.Tail {
			continue
		}
		below := h
		if r+1 < len(s.headings) {
			below = &s.headings[r+1]
		}
		x, y, ok := b.lens.Project(camera.V(sh.X+s.plan.Half, below.top+below.room/2, layout.LinkZ))
		if !ok || !s.inside(x, y) {
			continue
		}
		l := paint.Label{Text: h.low, Size: size, Bold: true, Align: -1, Ink: s.colours.Ink.Alpha(1)}
		if len(s.current) > 0 && !s.isCurrent(h) {
			l.Ink = s.colours.Ink3.Alpha(1)
		}
		if b.put(&l, x+7, y+0.36*float64(size), s.width(l.Text, size, true, false), -1000-r) {
			s.target(b.taken[len(b.taken)-1], Target{Names: h.names, Token: -1})
		}
	}
}

// forward returns how far the narrowest row of a feed-forward part reaches from the stream, in units.
func (s *Scene) forward() float64 {
	least := math.Inf(1)
	for r := range s.headings {
		if h := &s.headings[r]; h.full != "" && h.side > 0 && !s.plan.Rows[r].Tail {
			least = min(least, h.to-s.plan.Rows[r].X-s.plan.Half)
		}
	}
	return least
}

// labelColumns says which blocks stand in each column: over the way on which the stream comes in, or over the first block.
func (s *Scene) labelColumns() {
	b := &s.labels
	for k, c := range s.plan.Columns {
		first, last := 0, 0
		var h *heading
		for r := c.First; r < c.End; r++ {
			if n := s.plan.Rows[r].Block + 1; n > 0 {
				if last = n; first == 0 {
					first, h = n, &s.headings[r]
				}
			}
		}
		if h == nil {
			continue
		}
		at, up := camera.V(h.from, h.top, layout.LinkZ), 5.0
		l := paint.Label{Text: say.Scene.Blocks(first, last), Size: s.size(11), Bold: true, Align: -1, Ink: s.colours.Ink.Alpha(1)}
		if k > 0 {
			at = camera.V((c.X+s.plan.Columns[k-1].Gutter)/2, c.Head+s.plan.Half, layout.LinkZ)
			l.Align = 0
		}
		if x, y, ok := b.lens.Project(at); ok && s.inside(x, y) {
			b.put(&l, x, y-up, s.width(l.Text, l.Size, true, false), -4000-k)
		}
	}
}

// labelStream names the residual stream at its end.
func (s *Scene) labelStream() {
	b := &s.labels
	last := len(s.plan.Rows) - 1
	if last < 1 || !s.plan.Rows[last].Tail || s.free().W < narrow || len(s.current) > 0 || s.plan.Rows[last].Height*b.unit < 24 {
		return
	}
	sh := s.plan.Rows[last]
	x, y, ok := b.lens.Project(camera.V(sh.X-s.plan.Half, sh.Top-sh.Height*0.5, 0))
	if !ok || !s.inside(x, y) {
		return
	}
	l := paint.Label{Text: say.Scene.Stream(), Size: s.size(15), Bold: true, Align: 1, Ink: s.colours.Activation.Alpha(1)}
	if s.plan.Folded() {
		s.labelFolded(l, sh.Column, x-14, y)
		return
	}
	if !b.put(&l, x-14, y, s.width(l.Text, l.Size, true, false), -1000-last-1) {
		return
	}
	for i, text := range []string{say.Scene.AboutStream(s.plan.Count(), s.config.Width), say.Scene.AboutLast()} {
		t := paint.Label{Text: text, Size: s.size(12), Align: 1, Ink: s.colours.Ink2.Alpha(1)}
		b.put(&t, x-14, y+float64(19+17*i), s.width(text, t.Size, false, false), -3000-i)
	}
}

// labelFolded names the stream at its end in a column k > 0 of a folded tower, as long as the name does not reach the column
// before.
func (s *Scene) labelFolded(l paint.Label, k int, x, y float64) {
	l.Size = s.size(12)
	w := s.width(l.Text, l.Size, true, false)
	before := s.plan.Columns[max(k-1, 0)]
	if edge, _, ok := s.labels.lens.Project(camera.V(before.Gutter+s.plan.Half, before.Foot, layout.LinkZ)); ok && x-float64(w) > edge+6 {
		s.labels.put(&l, x, y, w, -1000-len(s.plan.Rows))
	}
}
