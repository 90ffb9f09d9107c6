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

// TestTheLastRowIsAlwaysComputed: a run again of the same text, or of a shorter one, shows at least that.
func TestTheLastRowIsAlwaysComputed(t *testing.T) {
	for known, want := range map[int]float64{0: 0, 3: 3, 5: 5, 6: 5, 99: 5} {
		line := NewTimeline(scenetest.Outline(t, scenetest.Nano, 6), known)
		at, _ := line.Of("h.0.ln_1")
		if got := line.Done("h.0.ln_1", 0); got != want {
			t.Errorf("with %d tokens known, %v rows of six are there at the start; expected %v", known, got, want)
		}
		if beat, row := line.Row(line.Beats[at].End); beat != at || row != 5 || line.Done("h.0.ln_1", line.Beats[at].End) != 6 {
			t.Errorf("with %d tokens known, the beat ends with row %d", known, row)
		}
		if known > 0 {
			continue
		}
		for share, want := range map[float64]int{0.01: 0, 0.1: 0, 0.4: 2, 0.99: 5} {
			if _, row := line.Row(line.Place(at, share)); row != want {
				t.Errorf("at %v of its time row %d is filled; expected %d", share, row, want)
			}
		}
	}
}

// TestARowReadsWhatItWasComputedFrom: its own row, those up to it, that of a token in the table, or the last one.
func TestARowReadsWhatItWasComputedFrom(t *testing.T) {
	infos := scenetest.Outline(t, scenetest.Nano, 6)
	named := map[string]*model.Info{}
	for i := range infos {
		named[infos[i].Name] = &infos[i]
	}
	line := NewTimeline(infos, 0)
	for _, c := range []struct {
		step, in string
		n, row   int
		from, to int
	}{
		{"embed.token", "wte.weight", 1, 3, 13, 14},
		{"embed.position", "wpe.weight", 0, 3, 3, 4},
		{"h.0.ln_1", "embed.sum", 0, 3, 3, 4},
		{"h.0.attn.head.0.scores", "h.0.attn.head.0.query", 0, 3, 3, 4},
		{"h.0.attn.head.0.scores", "h.0.attn.head.0.key", 1, 3, 0, 4},
		{"h.0.attn.head.0.mix", "h.0.attn.head.0.value", 1, 3, 0, 4},
		{"h.0.mlp.up", "h.0.mlp.c_fc.weight", 1, 3, 0, 48},
		{"logits", "lm_head.weight", 1, 3, 0, 3},
		{"sample.temperature", "logits", 0, 0, 5, 6},
	} {
		at, ok := line.Of(c.step)
		if !ok || named[c.in] == nil {
			t.Fatalf("there is no %s or no %s", c.step, c.in)
		}
		if from, to := line.Beats[at].Reads(c.n, named[c.in], c.row, func(token int) int { return 10 + token }); from != c.from || to != c.to {
			t.Errorf("row %d of %s reads rows %d to %d of %s; expected %d to %d", c.row, c.step, from, to-1, c.in, c.from, c.to-1)
		}
	}
}
