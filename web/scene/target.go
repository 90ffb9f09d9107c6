package scene

import (
	"glassbox/web/scene/camera"
)

// A Target is something written on the scene that leads somewhere when it is pressed.
type Target struct {
	Names []string // of a heading: the steps that stand under it
	Token int      // of the chip of a token; else −1
	Next  bool     // the chip of the predicted token
}

// target notes where it stands on the canvas.
func (s *Scene) target(at camera.Rect, t Target) {
	s.targets = append(s.targets, placed{at, t})
}

// placed is a target and where it was written in the last frame.
type placed struct {
	at camera.Rect
	Target
}

// TargetAt returns what is written at (x, y), in CSS pixels, and leads somewhere. Within reach pixels it counts as hit: a
// finger is not a point.
func (s *Scene) TargetAt(x, y, reach float32) (Target, bool) {
	point := camera.Rect{X: x - reach, Y: y - reach, W: 2 * reach, H: 2 * reach}
	for _, p := range s.targets {
		if p.at.Overlaps(point) {
			return p.Target, true
		}
	}
	return Target{}, false
}
