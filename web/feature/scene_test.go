package feature_test

import (
	"math"
	"slices"
	"testing"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

func TestTheCameraStandsInTheLinkOnceItRests(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{run.StageSoftmax})
	n := apptest.Count[SetHash](r)
	at := camera.State{1.2345, -7, 0.001, 48.5, -17.04, 9, 0}
	r.Send(CameraRested{&at}).Expect("the hash", apptest.LastOf[SetHash](r).Hash, "#stage=softmax&camera=1.23_-7_0_48.5_-17_9_0")
	r.Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, false).Expect("hashes written", apptest.Count[SetHash](r), n+1)
	r.Send(CameraRested{&at}).Expect("hashes written", apptest.Count[SetHash](r), n+1)
	r.Send(CameraRested{}).Expect("the hash", apptest.LastOf[SetHash](r).Hash, "#stage=softmax")
	r.Send(CameraRested{&at}, StageChosen{run.StageOutput}).Expect("the hash", apptest.LastOf[SetHash](r).Hash, "#stage=output")
	r.Send(CameraRested{&at}, ModelChosen{"tiny"}).Expect("the hash", apptest.LastOf[SetHash](r).Hash, "#model=tiny")
}

func TestWhatIsNoPlaceForACameraIsDropped(t *testing.T) {
	nan := float32(math.NaN())
	for _, bad := range []camera.State{{}, {0, 0, 0, 0.001}, {nan, 0, 0, 5}, {0, 0, 0, float32(math.Inf(1))}} {
		r := apptest.Open(t, "").Send(CameraRested{&bad})
		if r.S.Camera != nil {
			t.Errorf("%v was taken for a place", bad)
		}
	}
}

func TestALinkPutsTheCameraWhereItWas(t *testing.T) {
	const hash = "#panel=ln_f&camera=1_2_3_40_-17_9_0"
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(Navigated{hash}).Expect("flights", apptest.Count[Fly](r), 1) // that of the opening
	r.Expect("the camera flies", apptest.LastOf[SetCamera](r), SetCamera{camera.State{1, 2, 3, 40, -17, 9, 0}, true})
	r.Deliver().Send(Navigated{""}).Expect("flights", apptest.Count[Fly](r), 2).Expect("the camera", r.S.Camera, (*camera.State)(nil))

	again := &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: r.E, Slow: true}
	again.Send(Navigated{hash}).Expect("the camera is put", apptest.LastOf[SetCamera](again).Flying, false)
	again.Send(CameraRested{&camera.State{9, 9, 9, 9, 9, 9, 1}}) // where the tower ends, as far as it is known yet
	again.Deliver().Expect("times the camera is put", apptest.Count[SetCamera](again), 2)
	again.Expect("the link", again.S.Hash(), hash).Expect("hashes written", apptest.Count[SetHash](again), 0)
	again.Send(CameraRested{&camera.State{9, 9, 9, 9, 9, 9, 1}})
	again.Expect("the hash", apptest.LastOf[SetHash](again).Hash, "#panel=ln_f&camera=9_9_9_9_9_9_1")
}

func TestALinkToWhatOnlyARunBringsIsFramedThen(t *testing.T) {
	r := apptest.Open(t, "#stage=sample")
	if names := apptest.LastOf[Fly](r).Names; !slices.Contains(names, "sample.token") {
		t.Errorf("the camera flies to %v", names)
	}
	r.Send(PromptChanged{"CAB"}).Expect("flights", apptest.Count[Fly](r), 2)
	r = apptest.Open(t, "#stage=softmax")
	r.Expect("flights", apptest.Count[Fly](r), 1)
}
