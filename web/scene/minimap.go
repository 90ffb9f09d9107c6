package scene

import (
	"math"

	"glassbox/web/scene/camera"
)

// A Band is where some panels stand on a small picture of the whole tower: shares of its
// width from the left and of its height from the top, 0 … 1.
type Band struct{ X, Y, W, H float32 }

// Bands returns where each group of tensors stands on a picture of the whole tower, seen
// from the front with all gaps open and not folded; what is not there has no height. There are none while
// sizes are compared.
func (s *Scene) Bands(groups [][]string) []Band {
	if s.compared != nil {
		return nil
	}
	if s.stale.layout {
		s.relayout()
	}
	if was := s.plan.Spread; was != 1 && !s.plan.Fixed {
		s.plan.Open(1)
		defer s.plan.Open(was)
	}
	all := s.plan.Unfolded()
	if all.Empty() {
		return nil
	}
	w, h := max(all.Max.X-all.Min.X, 1), s.tall()
	bands := make([]Band, len(groups))
	for i, names := range groups {
		if b := s.plan.UnfoldedBound(names); !b.Empty() {
			bands[i] = Band{float32((b.Min.X - all.Min.X) / w), float32((s.plan.Top - b.Max.Y) / h),
				float32((b.Max.X - b.Min.X) / w), float32((b.Max.Y - b.Min.Y) / h)}
		}
	}
	return bands
}

// Layout counts how often the tower was laid out: bands hold as long as it stays.
func (s *Scene) Layout() int { return s.layouts }

// tall returns the height of the tower, if it were not folded.
func (s *Scene) tall() float64 {
	return max(s.plan.Top-s.plan.Unfold(camera.V(s.plan.End(), s.plan.Bottom, 0)).Y, 1)
}

// SeenSpan returns which part of the tower's height the camera sees, in the part of the
// canvas that the interface leaves free: shares from the top, 0 … 1. Of a folded tower that is what is seen of the column in
// the middle, and of all others whose stream is in sight.
func (s *Scene) SeenSpan() (from, to float32) {
	f, l := s.free(), s.lens()
	across := func(x float64) float64 { return s.pose.At.X + l.Right.X*(x-s.w/2)*s.pose.Span/s.h }
	left, right := across(float64(f.X)), across(float64(f.X+f.W))
	from, to = 1, 0
	for k := range max(len(s.plan.Columns), 1) {
		x := s.plan.ColumnStream(k)
		if middle := s.plan.StreamAt(s.pose.At); x != middle && (x < left || x > right) {
			continue
		}
		at := func(y float64) float32 {
			up := s.pose.At.Y + l.Up.Y*(s.h/2-y)*s.pose.Span/s.h
			return float32(min(max((s.plan.Top-s.plan.Unfold(camera.V(x, up, 0)).Y)/s.tall(), 0), 1))
		}
		from, to = min(from, at(float64(f.Y))), max(to, at(float64(f.Y+f.H)))
	}
	return from, to
}

// SeenAcross returns how far from the left of the tower the camera looks, a share of its
// width, 0 … 1.
func (s *Scene) SeenAcross() float32 {
	all := s.plan.Unfolded()
	if all.Empty() {
		return 0.5
	}
	x := s.plan.Unfold(s.pose.At).X
	return float32(min(max((x-all.Min.X)/max(all.Max.X-all.Min.X, 1), 0), 1))
}

// MoveTo moves the camera along the tower, so that what stands a share of the height below
// its top is in the middle of the free canvas. It stays as close as it is.
func (s *Scene) MoveTo(share float32) {
	if s.compared != nil || share != share {
		return
	}
	f, l := s.free(), s.lens()
	s.steer()
	down := s.h/2 - float64(f.Y) - float64(f.H)/2 // how far above the middle of the canvas the free part has its own
	to := s.pose.At
	beside := s.plan.Unfold(to).X
	at := s.plan.Fold(camera.V(beside, s.plan.Top-float64(min(max(share, 0), 1))*s.tall(), 0))
	to.X, to.Y = at.X, at.Y-l.Up.Y*down*s.pose.Span/s.h
	s.hold(to)
}

// Nearest returns which band is the nearest to a point of the picture; −1 if there is none.
func Nearest(bands []Band, x, y float32) int {
	best, at := math.Inf(1), -1
	for i, b := range bands {
		if b.H <= 0 {
			continue
		}
		dx, dy := max(b.X-x, x-b.X-b.W, 0), max(b.Y-y, y-b.Y-b.H, 0)
		if d := math.Hypot(float64(dx)*across, float64(dy)); d < best {
			best, at = d, i
		}
	}
	return at
}

// across is what a step to the side counts on the picture beside one down: it is drawn as
// a strip, many times as high as wide.
const across = 0.15
