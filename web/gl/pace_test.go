package gl

import (
	"strings"
	"testing"

	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

func TestSlowFramesOfAMotionBecomeCoarseAndSharpAtRest(t *testing.T) {
	var p Pace
	expect := func(when string, now float64, moved bool, share float32) {
		t.Helper()
		got, again := p.Begin(now, moved)
		if got != share || again != (share < 1) {
			t.Errorf("%s: a share of %v, another frame: %t; expected %v", when, got, again, share)
		}
	}
	expect("the first frame", 1, true, 1)
	p.Observe(0.2)
	expect("after a slow one", 1.2, true, 1)
	p.Observe(0.2)
	expect("after two", 1.4, true, coarseShare)
	p.Observe(0.02)
	expect("though coarse frames are quick", 1.42, true, coarseShare)
	expect("the hand pauses", 1.5, false, coarseShare)
	expect("it rests", 1.58, false, 1)
	expect("and stays sharp", 1.6, false, 1)
	expect("the next motion", 3, true, 1)
	p.Observe(0.2)
	expect("finds out sooner", 3.2, true, coarseShare)
}

func TestQuickFramesStaySharp(t *testing.T) {
	var p Pace
	for i := range 100 {
		if share, again := p.Begin(float64(i)/60, true); share != 1 || again {
			t.Fatalf("frame %d has a share of %v", i, share)
		}
		p.Observe([]float64{0.016, 0.06}[i%2]) // a slow one now and then is no reason
	}
}

func TestACoarseSceneHasFewerPixelsAndLabelsAll(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	f.take()
	r.Coarsen(0.5)
	r.Draw(b)
	if got := f.take(); !strings.HasPrefix(got, "resize 400 300 1 × 0.5\nblock\n") {
		t.Errorf("the device was told: %s", got)
	}
}

func TestPicturesOfATextThatIsTypedAreCoarseOnASlowMachine(t *testing.T) {
	var p Pace
	at := func(now float64) float32 {
		share, _ := p.Begin(now, false)
		return share
	}
	p.Renew(1)
	if at(1.02) != 1 {
		t.Error("a machine of which nothing is known draws coarse pictures")
	}
	p.Observe(0.2)
	p.Renew(2)
	p.Observe(0.2)
	if p.Renew(3); at(3.02) != coarseShare || at(3.2) != coarseShare || at(3.4) != 1 {
		t.Error("after two slow pictures those of a new text are not coarse, or do not get sharp")
	}
	p.Begin(5, true) // a motion of sharp frames, all of them quick
	p.Observe(0.01)
	if p.Renew(6); at(6.02) != 1 {
		t.Error("a machine that has become quick draws coarse pictures")
	}
}

func TestPicturesThatTakeLongAreFewerWhileAModelWrites(t *testing.T) {
	var p Pace
	for _, c := range []struct{ took, wait float64 }{{0, 0.5}, {0.016, 0.5}, {0.1, 0.8}, {0.16, 1.28}, {1, 2}, {0.016, 0.5}} {
		if c.took > 0 {
			p.Observe(c.took)
		}
		if got := p.Wait(); got != c.wait {
			t.Errorf("behind a frame of %v s the next waits %v s, expected %v", c.took, got, c.wait)
		}
	}
}
