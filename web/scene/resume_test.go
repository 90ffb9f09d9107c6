package scene

import (
	"math"
	"testing"

	"glassbox/web/scene/camera"
)

func TestACameraStateGoesThereAndBack(t *testing.T) {
	s := framed(t, 1080, 724)
	s.FlyTo([]string{"h.1.mlp.up"}, 0)
	s.Orbit(30, 10)
	want := s.CameraState()
	other := framed(t, 1080, 724)
	other.SetCameraState(want)
	if got := other.CameraState(); got != want {
		t.Errorf("the state is %v; expected %v", got, want)
	}
	for _, bad := range []camera.State{{0, 0, 0, float32(math.NaN())}, {0, 0, 0, 0}, {float32(math.Inf(1)), 0, 0, 5}} {
		other.SetCameraState(bad)
		if other.CameraState() != want {
			t.Errorf("%v was taken for a state", bad)
		}
	}
}

func TestAFlightToACameraStateEndsThere(t *testing.T) {
	s := framed(t, 1080, 724)
	s.SetMotion(true)
	s.FlyTo([]string{"h.1.mlp.up"}, 0)
	if _, held := s.Goal(); !held {
		t.Error("the camera does not keep its goal")
	}
	s.Frame(9)
	s.Orbit(30, 10)
	if _, held := s.Goal(); held {
		t.Error("the camera keeps its goal although the reader turned it")
	}
	want := s.CameraState()
	other := framed(t, 1080, 724)
	other.SetMotion(true)
	was := other.CameraState()
	other.FlyToState(want, 10)
	other.Frame(10.1)
	if got := other.CameraState(); got == was || got == want {
		t.Errorf("a tenth of a second into the flight the camera is at %v", got)
	}
	other.Frame(12)
	if got := other.CameraState(); got != want {
		t.Errorf("the flight ends at %v; expected %v", got, want)
	}
	other.FlyToState(camera.State{}, 13)
	other.Frame(15)
	if other.CameraState() != want {
		t.Error("an empty state was taken for a place")
	}
}
