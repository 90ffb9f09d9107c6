package scene

import (
	"math"
	"slices"
	"strings"

	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/label"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// labeller places labels one after another; what is taken stays free of later ones.
type labeller struct {
	taken  []camera.Rect
	order  []int
	rank   []int
	ages   map[int]float64 // when a caption came into view, by id
	lens   camera.Lens
	unit   float64 // pixels per unit at the point looked at
	least  float64 // the least room above a row for its heading, in units
	now    float64
	rested bool
	fading bool
	out    []paint.Label
	named  []named
	rows   []paint.Label // names beside the rows of a front, before they are placed
}

// named is a caption that has its place, and may get its shape as well if there is room.
type named struct {
	label, taken int // of out, of taken
	x, y         float64
	wide         float32 // with the shape
	shape        string
	slope        float64 // how much higher the edge below it is a pixel further to the right
}

// far is the size of a cell in pixels under which only the first block is labelled.
const far = 2.6

// narrow is the width of a canvas, in CSS pixels, on which labels are few.
const narrow = 500

// fadeTime is how long a label takes to appear, in seconds.
const fadeTime = 0.12

// label places all labels of a frame and reports whether some are still fading in.
func (s *Scene) label(l camera.Lens, now float64, moving bool) bool {
	b := &s.labels
	b.lens, b.now, b.rested, b.fading = l, now, !moving, false
	b.unit = s.h / s.pose.Span
	b.out, b.taken, s.targets = s.batch.Labels[:0], append(b.taken[:0], s.occupied...), s.targets[:0]
	if s.spoken != say.Spoken() {
		s.word()
	}
	if s.compared != nil {
		s.labelSizes()
		return b.fading
	}
	s.labelHover()
	s.labelWords()
	s.labelRings()
	s.labelChips()
	s.labelHeadings()
	s.labelCaptions()
	s.labelFronts()
	s.labelNumbers()
	s.batch.Labels = b.out
	return b.fading
}

// size returns a font size in the theme.
func (s *Scene) size(px float32) float32 { return px * s.colours.TypeScale }

// width returns how wide a text is, in CSS pixels: measured if somebody can, otherwise
// by the average width of letters.
func (s *Scene) width(text string, size float32, bold, mono bool) float32 {
	if s.measure != nil {
		return s.measure(text, size, bold, mono)
	}
	em := float32(0)
	for _, r := range text {
		switch {
		case r >= 0x1100:
			em += 1
		case mono:
			em += 0.602
		case strings.ContainsRune("iljI.,:;' ·", r):
			em += 0.3
		case bold:
			em += 0.575
		default:
			em += 0.535
		}
	}
	return em * size
}

// take notes the rectangle if nothing that was placed before is in its way.
func (b *labeller) take(r camera.Rect) bool {
	for _, t := range b.taken {
		if t.Overlaps(r) {
			return false
		}
	}
	b.taken = append(b.taken, r)
	return true
}

// snap rounds to whole pixels when the camera rests, so that letters are sharp.
func (b *labeller) snap(x float64) float32 {
	if b.rested {
		return float32(math.Round(x))
	}
	return float32(x)
}

// inside reports whether a point is on the canvas, or just beside it.
func (s *Scene) inside(x, y float64) bool { return x > -40 && y > -10 && x < s.w+40 && y < s.h+20 }

// labelCaptions names the panels, by rank: first all that find a place, then their shapes where
// room is left.
func (s *Scene) labelCaptions() {
	b := &s.labels
	b.order, b.rank = b.order[:0], b.rank[:0]
	for i := range s.caps {
		k := &s.caps[i]
		b.rank = append(b.rank, s.rankNow(k))
		if k.Row < len(s.plan.Boxes) && s.shown(k, b.rank[i]) {
			b.order = append(b.order, i)
		} else {
			delete(b.ages, k.ID)
		}
	}
	slices.SortStableFunc(b.order, func(i, j int) int {
		return (b.rank[i]-b.rank[j])*16 + s.caps[i].Rank - s.caps[j].Rank
	})
	b.named = b.named[:0]
	for _, i := range b.order {
		if !s.caption(&s.caps[i], b.rank[i]) {
			delete(b.ages, s.caps[i].ID)
		}
	}
	for _, n := range b.named {
		b.addShape(n)
	}
}

// rankNow returns the rank of a caption in the light of what is hovered and current.
func (s *Scene) rankNow(k *label.Caption) int {
	for _, name := range k.Tensors {
		if s.hover != nil && s.hover.Name == name || s.spot.on && s.spot.names[name] {
			return label.RankHover
		}
		for i := range s.operands {
			if s.operands[i].Tensor == name && !k.Minor {
				return label.RankHover
			}
		}
	}
	for _, name := range k.Tensors {
		if s.current[name] || s.selected == name {
			return label.RankCurrent
		}
	}
	return k.Rank
}

// shown reports whether a caption may stand in this view: far away only the first
// block is named, nothing that is a few pixels high, and nothing where the heading of the row takes all the room.
func (s *Scene) shown(k *label.Caption, rank int) bool {
	px := s.labels.unit
	switch {
	case rank == label.RankHover:
		return true
	case rank == label.RankCurrent && (!k.Minor || !k.Beside && px > 2):
		return true
	case px < far && s.plan.Folded() && s.labels.least*px < bracketSnug+bracketName:
		return false // only blocks have names
	case px < far:
		return !k.Minor && !k.Detail && s.plan.Rows[k.Row].Block <= 0 && k.Tall*px > 2 && s.free().W >= narrow && !s.snug(k.Row, 1/s.lineUnit())
	}
	return !k.Minor || px > 7 || !k.Beside && px > 3.2
}

// crown projects the middle of the top edge of a panel: of its front or its back,
// whichever stands higher.
func crown(l *camera.Lens, p camera.Vec) (x, y float64, ok bool) {
	p.Y += layout.Margin
	x, y, ok = l.Project(p)
	p.Z -= layout.Depth
	if _, back, seen := l.Project(p); seen {
		y = min(y, back)
	}
	return x, y, ok
}

// caption places the name of one caption, if there is room, and notes its shape for later.
func (s *Scene) caption(k *label.Caption, rank int) bool {
	b := &s.labels
	at := k.At
	if b.unit*layout.GapLabel*s.plan.S < 24+s.headroom(k) {
		at = k.Over
	}
	x, y, ok := crown(&b.lens, at)
	if !ok || !s.inside(x, y) {
		return false
	}
	size, swatch := s.size(12), float32(11)
	if b.unit < far || k.Back {
		size = s.size(11)
	}
	l := paint.Label{Text: k.Name, Size: size, Bold: !k.Back, Ink: s.colours.Ink.Alpha(1), Swatch: s.colours.Kind(k.Kind).Alpha(1)}
	if k.Back {
		l.Ink, l.Swatch, swatch = s.colours.Ink2.Alpha(0.9), [4]float32{}, 0
	}
	if rank <= label.RankCurrent && s.selected != "" && slices.Contains(k.Tensors, s.selected) {
		l.Ink = s.colours.Signal.Alpha(1)
	}
	if s.spot.on && rank > label.RankHover {
		l.Bold, l.Ink, l.Swatch = false, s.colours.Ink3.Alpha(1), [4]float32{}
		swatch = 0
	} else if len(s.current) > 0 && rank > label.RankCurrent {
		l.Bold, l.Ink = false, s.colours.Ink2.Alpha(1)
	}
	w := s.width(k.Name, size, l.Bold, false) + swatch
	if y -= 5; !k.Back {
		y -= s.headroom(k)
	}
	if beside := x + float64(k.Side)*float64(w+10); k.Side != 0 && (beside < 0 || beside > s.w) {
		if x, y, ok = crown(&b.lens, k.Top); !ok {
			return false
		}
		y -= 5
	} else if k.Side != 0 {
		y += 5 + float64(size)*0.36
		x += float64(k.Side) * 8
		l.Align = -float32(k.Side)
	}
	if !b.put(&l, x, y, w, k.ID) {
		return false
	}
	if (b.unit >= far || k.Part && k.Tall*b.unit >= tallPart && rank <= label.RankCurrent) && k.Shape != "" && !k.Back {
		for _, shape := range [2]string{k.Drawn, k.Shape} { // whichever there is room for
			if shape != "" {
				b.named = append(b.named, named{len(b.out) - 1, len(b.taken) - 1, x, y, w + 6 + s.width(shape, size-1, false, true), shape, s.slope(at, x)})
			}
		}
	}
	return true
}

// slope returns how much higher a horizontal edge through a point is on the canvas a pixel to the right, where x is that of
// the point.
func (s *Scene) slope(at camera.Vec, x float64) float64 {
	_, y, _ := crown(&s.labels.lens, at)
	at.X++
	if right, up, ok := crown(&s.labels.lens, at); ok && right > x {
		return (y - up) / (right - x)
	}
	return 0
}

// clearance is the room between a name and the edge below its middle, in CSS pixels.
const clearance = 3

// tallPart is the height of a panel of the stage, in CSS pixels, from which on it is written which part of a long axis it
// shows, however small its cells are.
const tallPart = 120

// addShape puts the shape behind a name that has its place, if nothing is in the way.
func (b *labeller) addShape(n named) {
	l, own := &b.out[n.label], b.taken[n.taken]
	if l.Shape != "" {
		return
	}
	wide := *l
	r, ok := b.fit(&wide, n.x, n.y-max(n.slope*float64(n.wide)/2-clearance, 0), n.wide) // the edge rises below its end
	if !ok {
		return
	}
	b.taken[n.taken] = camera.Rect{Y: -1e6} // not in its own way
	for _, t := range b.taken {
		if t.Overlaps(r) {
			b.taken[n.taken] = own
			return
		}
	}
	b.taken[n.taken] = r
	wide.Shape = n.shape
	*l = wide
}

// put places a label of width w whose anchor is (x, y), if there is room.
func (b *labeller) put(l *paint.Label, x, y float64, w float32, id int) bool {
	r, ok := b.fit(l, x, y, w)
	if !ok || !b.take(r) {
		return false
	}
	b.show(l, id)
	return true
}

// fit moves a label of width w to its anchor, (x, y), and returns what it covers there; ok is false
// where the canvas would cut it.
func (b *labeller) fit(l *paint.Label, x, y float64, w float32) (covers camera.Rect, ok bool) {
	l.X, l.Y = b.snap(x), b.snap(y)
	left := l.X - w*(1+l.Align)/2
	if in := min(max(left, 4), float32(b.lens.W)-w-4); l.Align == 0 && in != left {
		if x < 0 || x > b.lens.W || w > float32(b.lens.W)/2 {
			return covers, false // a label that is cut names nothing
		}
		l.X, left = l.X+in-left, in
	} else if l.Align != 0 && (left < 0 || left+w > float32(b.lens.W)) {
		return covers, false
	}
	if l.Y < l.Size*0.75 || l.Y > float32(b.lens.H) {
		return covers, false
	}
	return camera.Rect{X: left - 2, Y: l.Y - l.Size*0.9, W: w + 4, H: l.Size * 1.25}, true
}

// show appends a label; a new one fades in.
func (b *labeller) show(l *paint.Label, id int) {
	born, old := b.ages[id]
	if !old {
		born = b.now
		b.ages[id] = born
	}
	if a := (b.now - born) / fadeTime; a < 1 {
		b.fading = true
		l.Ink[3] *= float32(a)
		l.Swatch[3] *= float32(a)
	}
	b.out = append(b.out, *l)
}

// labelFronts says on fronts without colours that their numbers are not here yet, and below those that show a part of a
// vocabulary how much that is.
func (s *Scene) labelFronts() {
	b := &s.labels
	for r, from := 0, 0; r < len(s.plan.Boxes); r++ {
		to := s.plan.Ends[r]
		if s.visible(&b.lens, s.plan.Boxes[r]) {
			for i := from; i < to; i++ {
				p := &s.plan.Panels[i]
				w, h := p.Extent()
				if p.Layer == 0 && min(w, h)*b.unit >= leastTold {
					s.labelUnread(p, i)
					s.labelLeftOut(p, i)
				}
			}
		}
		from = to
	}
}

// leastTold is the side of a front, in CSS pixels, from which on it is said what it lacks.
const leastTold = 40

// Numbers of these labels, which fade in: below those of the axes of pairs, a panel apart.
const (
	unreadID  = -40_000
	leftOutID = -10_000_000
)

// labelUnread says that the numbers of a front are not here yet: they are read where the reader looks.
func (s *Scene) labelUnread(p *layout.Panel, i int) {
	sl := s.store.Slot(p.Name)
	if _, averaged := sl.Coarse(); averaged || sl == nil || sl.Full() {
		return
	}
	b, f := &s.labels, s.free()
	w, h := p.Size()
	r, ok := area(&b.lens, p, 0, 0, w, h)
	left, right := max(r.X, f.X), min(r.X+r.W, f.X+f.W) // of what is seen of it
	top, bottom := max(r.Y, f.Y), min(r.Y+r.H, f.Y+f.H)
	k := paint.Label{Text: say.Scene.Unread(), Size: s.size(11), Ink: s.colours.Ink2.Alpha(1)}
	if s.looksAt(p.Name) {
		k.Text = say.Scene.Reading()
	}
	if text := s.width(k.Text, k.Size, false, false); ok && text+8 < right-left && bottom-top > 2*k.Size {
		b.put(&k, float64(left+right)/2, float64(top+bottom)/2, text, unreadID-i)
	}
}

// labelLeftOut says below a front of which it shows a window how much of a long axis that is.
func (s *Scene) labelLeftOut(p *layout.Panel, i int) {
	sl, info := s.store.Slot(p.Name), s.infoOf(p.Name)
	if sl == nil || info == nil || !s.looksAt(p.Name) {
		return
	}
	shown, all := sl.NumRows, info.Rows
	if all <= layout.LongAxis {
		shown, all = sl.NumCols, info.Cols
	}
	if all <= layout.LongAxis || shown >= all {
		return
	}
	b := &s.labels
	_, h := p.Size()
	if x, y, ok := b.lens.Project(p.Corner(0, float64(h))); ok && s.inside(x, y) {
		k := paint.Label{Text: say.Scene.LeftOut(shown, all), Size: s.size(11), Align: -1, Ink: s.colours.Ink2.Alpha(1)}
		b.put(&k, x, y+16, s.width(k.Text, k.Size, false, false), leftOutID-i)
	}
}

// ringShare is how large the radius of a ⊕ is in a folded tower at most, as a share of its row's height.
const ringShare = 0.25

// labelRings puts the ⊕ where a loop comes back to the spine.
func (s *Scene) labelRings() {
	b := &s.labels
	for _, sh := range s.plan.Rows {
		if sh.Adds == "" || sh.Middle != nil && sh == s.plan.Rows[0] {
			continue
		}
		x, y, ok := b.lens.Project(camera.V(sh.X, sh.Meet, layout.LinkZ))
		if !ok || !s.inside(x, y) {
			continue
		}
		r := float32(min(max(2*b.unit*s.plan.S/48, 5), 11))
		if s.plan.Folded() {
			r = min(r, float32(max(ringShare*sh.Height*b.unit, 2.5)))
		}
		act := s.colours.Activation.Alpha(1)
		text := "+"
		if r < 4 {
			text = ""
		}
		b.out = append(b.out, paint.Label{Text: text, X: b.snap(x), Y: b.snap(y + float64(r)*0.5), Size: r * 1.4, Bold: true, Ink: act,
			Fill: s.colours.Surface.Alpha(1), Edge: act, High: 2 * r, Wide: 2 * r, Radius: r})
		b.taken = append(b.taken, camera.Rect{X: float32(x) - r, Y: float32(y) - r, W: 2 * r, H: 2 * r})
	}
}
