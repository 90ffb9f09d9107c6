package second

import (
	"glassbox/web/engine"
	"glassbox/web/scene"
)

// maxArrivals is how many numbers go into the scene before a frame, or those of one
// tensor: a few milliseconds, and as many for the GPU.
const maxArrivals = 1 << 18

// Arrivals are numbers that a scene does not have yet, in the order in which they came. They
// are delivered frame by frame, so that a large reply stops neither the camera nor the reader.
type Arrivals struct{ waiting []engine.Values }

// Add appends numbers that have come.
func (a *Arrivals) Add(list []engine.Values) { a.waiting = append(a.waiting, list...) }

// Waiting reports whether there are some left.
func (a *Arrivals) Waiting() bool { return a.waiting != nil }

// Deliver hands the scene as many as fit a frame, and reports whether some are left.
func (a *Arrivals) Deliver(s *scene.Scene) bool {
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

// DeliverAll hands over all of them, before the structure that they belong to changes.
func (a *Arrivals) DeliverAll(s *scene.Scene) {
	for a.Deliver(s) {
	}
}
