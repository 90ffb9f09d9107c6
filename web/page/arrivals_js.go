package page

import (
	"glassbox/web/engine"
	"glassbox/web/scene"
)

// mostArrivals is how many numbers go into the scene before a frame, or those of one
// tensor: a few milliseconds, and as many for the GPU.
const mostArrivals = 1 << 18

// arrivals are numbers on their way into the scene, in the order in which they came. They
// enter it frame by frame, so that a large reply stops neither the camera nor the reader.
type arrivals struct{ waiting []engine.Values }

func (a *arrivals) add(list []engine.Values) { a.waiting = append(a.waiting, list...) }

// enter hands the scene as many as fit a frame, and reports whether some still wait.
func (a *arrivals) enter(s *scene.Scene) bool {
	room := mostArrivals
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

// hurry hands over all of them: the structure that they belong to is about to change.
func (a *arrivals) hurry(s *scene.Scene) {
	for a.enter(s) {
	}
}
