package page

import (
	"glassbox/web/engine"
	"glassbox/web/scene"
)

// maxArrivals is how many numbers go into the scene before a frame, or those of one
// tensor: a few milliseconds, and as many for the GPU.
const maxArrivals = 1 << 18

// arrivals are numbers that the scene does not have yet, in the order in which they came. They
// are delivered frame by frame, so that a large reply stops neither the camera nor the reader.
type arrivals struct{ waiting []engine.Values }

func (a *arrivals) add(list []engine.Values) { a.waiting = append(a.waiting, list...) }

// deliver hands the scene as many as fit a frame, and reports whether some are left.
func (a *arrivals) deliver(s *scene.Scene) bool {
	room := maxArrivals
	for len(a.waiting) > 0 && room > 0 {
		v := a.waiting[0]
		room -= max(len(v.Data), 1)
		s.SetPart(v.Name, v.From, v.Col, v.Rows, v.Cols, v.Data)
		a.waiting = a.waiting[1:]
	}
	if len(a.waiting) == 0 {
		a.waiting = nil
	}
	return a.waiting != nil
}

// deliverAll hands over all of them, before the structure that they belong to changes.
func (a *arrivals) deliverAll(s *scene.Scene) {
	for a.deliver(s) {
	}
}
