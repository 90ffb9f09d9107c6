package feature_test

import (
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
)

// anyMessage is RandomMessage, or what only a broken world or a hostile link does.
func anyMessage(r *rand.Rand, s State) Msg {
	switch r.IntN(40) {
	case 0, 1:
		return WorkerDied{"a test"}
	case 2:
		return Replied{engine.Reply{ID: r.IntN(50), Error: "No."}}
	case 3:
		return Crashed{"a test"}
	case 4:
		return open.Chosen{Files: []File{File{Number: r.IntN(3), Name: "some.safetensors", Size: 100}}}
	case 9:
		return Navigated{app.Properties().Hash(randomLink(r))}
	case 5:
		return Hosted{"?ui=embed&hide=x"}
	case 6:
		return LinkCopied{"u#a", r.IntN(2) == 0}
	case 7, 8:
		return CameraRested{randomLink(r).Camera}
	}
	return RandomMessage(r, s)
}

func TestAnySessionEndsInAStateThatHolds(t *testing.T) {
	for seed := range uint64(5) {
		random := rand.New(rand.NewPCG(seed, 7))
		r := apptest.Open(t, "")
		for n := range 150 {
			r.Slow = random.IntN(3) == 0
			r.Send(anyMessage(random, r.S))
			if r.Slow = false; n%5 == 0 {
				r.Deliver()
				holds(r)
			}
		}
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

// holds checks what must be true whenever all answers have arrived.
func holds(r *apptest.Reader) {
	r.T.Helper()
	s := r.S
	r.Expect("busy", Busy(s), false)
	if s.Phase != Ready {
		return
	}
	for _, err := range s.Check() {
		r.T.Error(err)
	}
	s.View().Calculation()
	s.View().Text()
	for _, i := range s.Steps {
		if i.Op == model.OpLinear {
			s.View().About(i)
		}
	}
}
