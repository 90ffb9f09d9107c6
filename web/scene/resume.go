package scene

// A CameraState is a pose as a few numbers, for the URL: the point looked at, the height
// of what is seen in units, azimuth and elevation in degrees, and how far the gaps of
// the tower open (1 in the overview, 0 at a stage).
type CameraState [7]float32

// Valid reports whether a camera can stand there: all numbers are finite, and there is a
// height.
func (c CameraState) Valid() bool {
	for _, v := range c {
		if !finite(float64(v)) {
			return false
		}
	}
	return c[3] > 0
}

// CameraState returns where the camera is.
func (s *Scene) CameraState() CameraState {
	p := s.pose
	return CameraState{float32(p.at.X), float32(p.at.Y), float32(p.at.Z), float32(p.span), float32(p.az), float32(p.el), float32(p.spread)}
}

// Goal returns what the camera keeps in view since a flight, none being the whole tower.
// It no longer does once the reader has moved it.
func (s *Scene) Goal() (names []string, held bool) { return s.goal.names, s.goal.held }

// SetCameraState puts the camera there, or as near as the tower allows. A state that is
// not valid is ignored.
func (s *Scene) SetCameraState(c CameraState) {
	if !c.Valid() {
		return
	}
	to := s.poseOf(c)
	s.Stop()
	s.open(to.spread)
	s.pose = to
}

// FlyToState flies there.
func (s *Scene) FlyToState(c CameraState, now float64) {
	if s.still || !c.Valid() {
		s.SetCameraState(c)
		return
	}
	to := s.poseOf(c)
	s.Stop()
	s.flight = newFlight(s.pose, to)
	s.flight.begun, s.flight.start = true, now
}

// poseOf returns the pose of a state, in the space that the camera may move in.
func (s *Scene) poseOf(c CameraState) pose {
	if s.stale.layout {
		s.relayout()
	}
	to := pose{at: vec{float64(c[0]), float64(c[1]), float64(c[2])}, spread: 1,
		span: min(max(float64(c[3]), leastSpan), max(s.whole*2.5, leastSpan)),
		az:   min(max(float64(c[4]), -mostAz), mostAz), el: min(max(float64(c[5]), -mostEl), mostEl)}
	if s.movable() {
		to.spread = min(max(float64(c[6]), 0), 1)
	}
	if was := s.plan.spread; was != to.spread { // the surroundings are those of the tower as it will stand
		s.plan.open(to.spread)
		defer s.plan.open(was)
	}
	if !s.plan.all.empty() {
		to.at = s.around(to.at)
	}
	return to
}
