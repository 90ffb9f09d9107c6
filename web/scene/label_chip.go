package scene

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/label"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// labelChips shows the tokens above the spine, and the predicted one beside the
// probabilities. Close by, the columns' own tags take over.
func (s *Scene) labelChips() {
	b := &s.labels
	if near := b.unit * s.perPixel(); near < 1.2*chipsUpTo && s.plan.HasStream() {
		first, n := s.chipped()
		if first > 0 { // the first chip says how many there is no room for
			l := paint.Label{Text: "+" + say.Count(first), Size: s.size(12), Ink: s.colours.Ink2.Alpha(1), High: 30, Wide: s.chipWide(0, n+1)}
			s.fitChip(&l)
			s.chipAt(&l, s.chip(0, n+1), Target{Token: first - 1})
		}
		hidden := min(first, 1)
		for i := range n {
			t := s.tokens[first+i]
			l := paint.Label{Text: t.Text, Size: s.size(15), Bold: true, Ink: s.colours.Ink.Alpha(1), Fill: s.colours.Surface.Alpha(1),
				Edge: s.colours.Ink.Alpha(1), High: 30, Wide: s.chipWide(i+hidden, n+hidden), Pad: 3, Radius: 6, Dash: t.Generated}
			if t.Generated {
				l.Edge = s.colours.Ink3.Alpha(1)
			}
			if first+i == s.marked() {
				l.Edge = s.colours.Signal.Alpha(1)
			}
			s.fitChip(&l)
			s.chipAt(&l, s.chip(i+hidden, n+hidden), Target{Token: first + i})
		}
	}
	s.labelNext()
}

// chipWide returns how wide chip i of n may be: so that it leaves a gap to the nearer one of its neighbours, which the
// camera sees from aside.
func (s *Scene) chipWide(i, n int) float32 {
	pitch := s.chipPitch() * 1.3
	at, _, ok := s.labels.lens.Project(s.chip(i, n))
	for _, k := range [2]int{i - 1, i + 1} {
		if x, _, seen := s.labels.lens.Project(s.chip(k, n)); ok && seen {
			pitch = min(pitch, math.Abs(x-at))
		}
	}
	return float32(max(pitch-4, 8))
}

// fitChip makes the text of a chip small enough to fit.
func (s *Scene) fitChip(l *paint.Label) {
	room := l.Wide - 2*max(l.Pad, 1)
	for l.Size > 9 && s.width(l.Text, l.Size, l.Bold, l.Mono) > room {
		l.Size--
	}
	for n := utf8.RuneCountInString(l.Text); n > 2 && s.width(l.Text, l.Size, l.Bold, l.Mono) > room; n-- {
		_, last := utf8.DecodeLastRuneInString(strings.TrimSuffix(l.Text, "…"))
		t := strings.TrimSuffix(l.Text, "…")
		l.Text = t[:len(t)-last] + "…"
	}
}

// chipAt places a chip with its middle at p, that leads to t.
func (s *Scene) chipAt(l *paint.Label, p camera.Vec, t Target) {
	b := &s.labels
	x, y, ok := b.lens.Project(p)
	if !ok || !s.inside(x, y) {
		return
	}
	l.X, l.Y = b.snap(x), b.snap(y+0.36*float64(l.Size))
	r := camera.Rect{X: float32(x) - l.Wide/2, Y: float32(y) - l.High/2, W: l.Wide, H: l.High}
	b.taken = append(b.taken, r)
	s.target(r, t)
	b.out = append(b.out, *l)
}

// chipHigh is the height of that chip in CSS pixels; it is lower where it stands beside the rows of a small tower.
const chipHigh = 34

// labelNext shows the predicted token in a filled chip.
func (s *Scene) labelNext() {
	at, ok := s.nextChip()
	if !ok || s.flow != nil && !s.flow.hasDrawn() || s.beside > 0 { // the table beside the panels says it
		return
	}
	if t := s.falling(); t > 0 { // into the column behind the last
		_, n := s.chipped()
		at = at.Lerp(s.chip(n, n+1), t)
	}
	b := &s.labels
	x, y, ok := b.lens.Project(at)
	if !ok || !s.inside(x, y) {
		return
	}
	text := s.next.text + "  " + label.Percent(s.next.p)
	if s.free().W < narrow {
		text = s.next.text
	}
	l := paint.Label{Text: text, Size: s.size(13), Bold: true, Align: -1, Ink: s.colours.Paper.Alpha(1), Fill: s.colours.Activation.Alpha(1),
		High: chipHigh, Pad: 12, Radius: 6}
	if s.next.muted {
		l.Ink, l.Fill, l.Edge, l.Dash = s.colours.Ink3.Alpha(1), s.colours.Surface.Alpha(1), s.colours.Ink3.Alpha(1), true
	}
	if s.plan.Folded() && b.least*b.unit < bracketSnug+bracketName { // below the rows of the last column, which it would cover
		l.Size, l.High, l.Pad = s.size(12), 24, 9
		if x+float64(s.width(text, l.Size, true, false)+2*l.Pad) > s.w-8 {
			text, l.Text = s.next.text, s.next.text
		}
		last := s.plan.Rows[max(len(s.plan.Rows)-2, 0)]
		if _, low, seen := b.lens.Project(camera.V(at.X, last.Meet, layout.LinkZ)); seen {
			y = min(max(y, low+16), float64(s.free().Y+s.free().H)-14)
		}
	}
	w := s.width(text, l.Size, true, false) + 2*l.Pad
	x = min(x-s.falling()*float64(w)/2, float64(s.free().X+s.free().W-w)-8)
	for _, o := range s.occupied {
		if o.Overlaps(camera.Rect{X: float32(x), Y: float32(y) - l.High/2, W: w, H: l.High}) {
			if s.free().W < narrow {
				return
			}
			y = float64(o.Y-l.High/2) - 8
		}
	}
	l.X, l.Y = b.snap(x+float64(l.Pad)), b.snap(y+0.36*float64(l.Size))
	r := camera.Rect{X: float32(x), Y: float32(y) - l.High/2, W: w, H: l.High}
	if l.High < chipHigh { // so small a tower has a ring where it stands
		b.out = slices.DeleteFunc(b.out, func(o paint.Label) bool {
			return o.Wide > 0 && o.Wide == o.High && r.Overlaps(camera.Rect{X: o.X - o.Wide/2, Y: o.Y - o.High, W: o.Wide, H: 1.5 * o.High})
		})
	}
	b.taken = append(b.taken, r)
	if !s.next.muted {
		s.target(r, Target{Token: -1, Next: true})
	}
	b.out = append(b.out, l)
}
