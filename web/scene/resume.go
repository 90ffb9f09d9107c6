package scene

import "glassbox/web/scene/camera"

// CameraState returns where the camera is.
func (s *Scene) CameraState() camera.State { return s.pose.State() }

// Goal returns what the camera keeps in view since a flight, none being the whole tower.
// It no longer does once the reader has moved it.
func (s *Scene) Goal() (names []string, held bool) { return s.goal.names, s.goal.held }

// WasDrawn reports whether a frame has been asked for.
func (s *Scene) WasDrawn() bool { return s.drawn }

// Flying reports whether the camera is on its way somewhere.
func (s *Scene) Flying() bool { return s.flight != nil }

// SetCameraState puts the camera there, or as near as the tower allows. A state that is
// not valid is ignored.
func (s *Scene) SetCameraState(c camera.State) {
	if !c.Valid() {
		return
	}
	to := s.poseOf(c)
	s.Stop()
	s.open(to.Spread)
	s.pose = to
}

// FlyToState flies there.
func (s *Scene) FlyToState(c camera.State, now float64) {
	if s.still || !c.Valid() {
		s.SetCameraState(c)
		return
	}
	to := s.poseOf(c)
	s.Stop()
	s.flight = camera.NewFlight(s.pose, to, now)
}

// poseOf returns the pose of a state, in the space that the camera may move in.
func (s *Scene) poseOf(c camera.State) camera.Pose {
	if s.stale.layout {
		s.relayout()
	}
	to := camera.Pose{At: camera.V(float64(c[0]), float64(c[1]), float64(c[2])), Spread: 1,
		Span: min(max(float64(c[3]), camera.LeastSpan), max(s.whole*2.5, camera.LeastSpan)),
		Az:   min(max(float64(c[4]), -camera.MostAz), camera.MostAz), El: min(max(float64(c[5]), -camera.MostEl), camera.MostEl)}
	if s.movable() {
		to.Spread = min(max(float64(c[6]), 0), 1)
	}
	if was := s.plan.Spread; was != to.Spread { // the surroundings are those of the tower as it will stand
		s.plan.Open(to.Spread)
		defer s.plan.Open(was)
	}
	if !s.plan.All.Empty() {
		to.At = s.around(to.At)
	}
	return to
}
