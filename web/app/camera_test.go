package app

import (
	"math"
	"slices"
	"testing"

	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

func TestTheCameraStandsInTheLinkOnceItRests(t *testing.T) {
	r := open(t, "").send(StageChosen{run.StageSoftmax})
	n := count[SetHash](r)
	at := camera.State{1.2345, -7, 0.001, 48.5, -17.04, 9, 0}
	r.send(CameraRested{&at}).expect("the hash", lastOf[SetHash](r).Hash, "#stage=softmax&camera=1.23_-7_0_48.5_-17_9_0")
	r.expect("an entry of the history", lastOf[SetHash](r).Push, false).expect("hashes written", count[SetHash](r), n+1)
	r.send(CameraRested{&at}).expect("hashes written", count[SetHash](r), n+1)
	r.send(CameraRested{}).expect("the hash", lastOf[SetHash](r).Hash, "#stage=softmax")
	r.send(CameraRested{&at}, StageChosen{run.StageOutput}).expect("the hash", lastOf[SetHash](r).Hash, "#stage=output")
	r.send(CameraRested{&at}, ModelChosen{"tiny"}).expect("the hash", lastOf[SetHash](r).Hash, "#model=tiny")
}

func TestWhatIsNoPlaceForACameraIsDropped(t *testing.T) {
	nan := float32(math.NaN())
	for _, bad := range []camera.State{{}, {0, 0, 0, 0.001}, {nan, 0, 0, 5}, {0, 0, 0, float32(math.Inf(1))}} {
		r := open(t, "").send(CameraRested{&bad})
		if r.s.Camera != nil {
			t.Errorf("%v was taken for a place", bad)
		}
	}
}

func TestALinkPutsTheCameraWhereItWas(t *testing.T) {
	const hash = "#panel=ln_f&camera=1_2_3_40_-17_9_0"
	r := open(t, "")
	r.slow = true
	r.send(Navigated{hash}).expect("flights", count[Fly](r), 1) // that of the opening
	r.expect("the camera flies", lastOf[SetCamera](r), SetCamera{camera.State{1, 2, 3, 40, -17, 9, 0}, true})
	r.deliver().send(Navigated{""}).expect("flights", count[Fly](r), 2).expect("the camera", r.s.Camera, (*camera.State)(nil))

	again := &reader{t: t, s: New(choices()), e: r.e, slow: true}
	again.send(Navigated{hash}).expect("the camera is put", lastOf[SetCamera](again).Flying, false)
	again.send(CameraRested{&camera.State{9, 9, 9, 9, 9, 9, 1}}) // where the tower ends, as far as it is known yet
	again.deliver().expect("times the camera is put", count[SetCamera](again), 2)
	again.expect("the link", again.s.Hash(), hash).expect("hashes written", count[SetHash](again), 0)
	again.send(CameraRested{&camera.State{9, 9, 9, 9, 9, 9, 1}})
	again.expect("the hash", lastOf[SetHash](again).Hash, "#panel=ln_f&camera=9_9_9_9_9_9_1")
}

func TestALinkToWhatOnlyARunBringsIsFramedThen(t *testing.T) {
	r := open(t, "#stage=sample")
	if names := lastOf[Fly](r).Names; !slices.Contains(names, "sample.token") {
		t.Errorf("the camera flies to %v", names)
	}
	r.send(PromptChanged{"CAB"}).expect("flights", count[Fly](r), 2)
	r = open(t, "#stage=softmax")
	r.expect("flights", count[Fly](r), 1)
}
