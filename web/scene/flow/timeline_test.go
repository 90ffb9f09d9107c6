package flow

import (
	"math"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/scenetest"
)

func TestATimelineHasEachStepOnceAndInOrder(t *testing.T) {
	infos := scenetest.Outline(t, scenetest.Nano, 6)
	line := NewTimeline(infos, 0)
	last := -1
	for _, i := range infos {
		if i.Op == model.OpWeight {
			if _, ok := line.Of(i.Name); ok {
				t.Errorf("the weight %s is computed", i.Name)
			}
			continue
		}
		at, ok := line.Of(i.Name)
		if !ok || !slices.Contains(line.Beats[at].Names, i.Name) {
			t.Errorf("%s is never computed", i.Name)
		}
		if i.Head <= 0 && at <= last {
			t.Errorf("%s is computed before what it reads", i.Name)
		}
		if i.Head <= 0 {
			last = at
		}
		for _, in := range i.Inputs {
			if read, ok := line.Of(in.Name); ok && line.Beats[read].End > line.Beats[at].Start {
				t.Errorf("%s reads %s, which is not done", i.Name, in.Name)
			}
		}
	}
	if b := line.Beats[len(line.Beats)-1]; b.Names[0] != Writes || b.End != line.Length {
		t.Errorf("the last beat is %v, until %v of %v", b.Names, b.End, line.Length)
	}
	if line.Length < 26 || line.Length > 40 {
		t.Errorf("six tokens take %.1f s; expected 26 to 40", line.Length)
	}
}

func TestHeadsAreComputedSideBySide(t *testing.T) {
	line := NewTimeline(scenetest.Outline(t, scenetest.Nano, 3), 0)
	a, _ := line.Of("h.1.attn.head.0.scores")
	b, _ := line.Of("h.1.attn.head.2.scores")
	if a != b || len(line.Beats[a].Names) != scenetest.Nano.Heads {
		t.Errorf("scores of heads 0 and 2 are beats %d and %d: %v", a, b, line.Beats[a].Names)
	}
}

func TestEveryModelTakesAMinuteAtMost(t *testing.T) {
	for name, c := range scenetest.Models {
		line := NewTimeline(scenetest.Outline(t, c, 11), 0)
		if line.Length > mostTime+10 {
			t.Errorf("%s takes %.1f s", name, line.Length)
		}
		for i := range line.Beats {
			if b := &line.Beats[i]; !(b.End > b.Start) || i > 0 && b.Start != line.Beats[i-1].End {
				t.Fatalf("%s: %v lasts from %v to %v", name, b.Names, b.Start, b.End)
			}
		}
	}
}

func TestRowsFillOneAfterAnother(t *testing.T) {
	line := NewTimeline(scenetest.Outline(t, scenetest.Nano, 6), 0)
	const name = "h.0.attn.head.1.attention"
	at, _ := line.Of(name)
	for share, want := range map[float64]float64{-1: 0, 0: 0, 0.5: 3, 1: 6, 1.5: 6} {
		b := &line.Beats[at]
		if got := line.Done(name, b.Start+share*(b.End-b.Start)); math.Abs(got-want) > 1e-9 {
			t.Errorf("at %v of its time %v rows are done; expected %v", share, got, want)
		}
	}
	if beat, row := line.Row(line.Place(at, 0.6)); beat != at || row != 3 {
		t.Errorf("at 0.6 of its time row %d of beat %d is filled", row, beat)
	}
	if !math.IsInf(line.Done("wpe.weight", 0), 1) {
		t.Error("weights are not there from the start")
	}
}

func TestTheCacheKeepsRows(t *testing.T) {
	line := NewTimeline(scenetest.Outline(t, scenetest.Nano, 6), 5)
	if got := line.Done("h.0.ln_1", 0); got != 5 {
		t.Errorf("%v rows are there at the start; expected 5", got)
	}
	if got := line.Done("sample.softmax", 0); got != 0 {
		t.Errorf("%v rows of sampling are there at the start", got)
	}
	whole := NewTimeline(scenetest.Outline(t, scenetest.Nano, 6), 0)
	if line.Length > 0.8*whole.Length {
		t.Errorf("one new row takes %.1f s, all six %.1f s", line.Length, whole.Length)
	}
}

func TestStepsOfATimelineGoToTheEndsOfBeats(t *testing.T) {
	line := NewTimeline(scenetest.Outline(t, scenetest.Nano, 2), 0)
	at := 0.0
	for i := range line.Beats {
		if at = line.Stop(at, 1); at != line.Beats[i].End || line.Beat(at) != i {
			t.Fatalf("step %d ends at %v in beat %d; expected %v", i, at, line.Beat(at), line.Beats[i].End)
		}
	}
	if line.Stop(at, 1) != line.Length {
		t.Error("there is something behind the end")
	}
	for i := len(line.Beats) - 2; i >= 0; i-- {
		if at = line.Stop(at, -1); at != line.Beats[i].End {
			t.Fatalf("back at step %d it is %v; expected %v", i, at, line.Beats[i].End)
		}
	}
	if at = line.Stop(at, -1); at != 0 {
		t.Errorf("before the first step it is %v", at)
	}
	if line.Place(3, line.Share(line.Place(3, 0.25))) != line.Place(3, 0.25) {
		t.Error("a place does not come back from its share")
	}
}

func TestATimelineWithoutTokensIsEmpty(t *testing.T) {
	line := NewTimeline(scenetest.Outline(t, scenetest.Nano, 0), 0)
	if len(line.Beats) != 0 || line.Length != 0 || line.Stop(0, 1) != 0 || line.Share(1) != 0 {
		t.Errorf("it has %d beats in %v s", len(line.Beats), line.Length)
	}
}
