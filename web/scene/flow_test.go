package scene

import (
	"testing"

	"glassbox/model"
	"glassbox/web/scene/flow"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// flowed returns a scene of six tokens and its timeline.
func flowed(t testing.TB) (*Scene, *flow.Timeline) {
	s := madeUp(t, scenetest.Nano, 6)
	s.SetSize(1080, 724, 1)
	s.SetTokens([]Token{{"C", 2, false}, {"B", 1, false}, {"A", 0, false}, {"B", 1, false}, {"B", 1, false}, {"C", 2, false}})
	s.SetNext("A", 0.9, false)
	s.Frame(0)
	return s, flow.NewTimeline(scenetest.Outline(t, scenetest.Nano, 6), 0)
}

// timingOf returns what the box of a step's front panel says of its time.
func timingOf(s *Scene, b *paint.Batch, name string) []float32 {
	for n, i := range s.tiers.order {
		if p := &s.plan.Panels[i]; p.Name == name {
			return b.Boxes.Data[n*paint.BoxFloats:][18:22]
		}
	}
	return nil
}

func TestBoxesSayWhenTheyAreComputed(t *testing.T) {
	s, line := flowed(t)
	b, _ := s.Frame(1)
	if f := timingOf(s, b, "logits"); f[2] != all {
		t.Errorf("without a flow, the logits come at %v", f)
	}
	s.SetFlow(line, line.Length/2, 0, false)
	b, _ = s.Frame(2)
	at, _ := line.Of("logits")
	beat := &line.Beats[at]
	if f := timingOf(s, b, "logits"); f[0] != float32(beat.Start) || f[2] != 0 || f[3] != 6 {
		t.Errorf("the logits come at %v; expected from %v", f, beat.Start)
	}
	if f := timingOf(s, b, "wpe.weight"); f[2] != all {
		t.Errorf("the weights come at %v", f)
	}
	if b.Clock != float32(line.Length/2) {
		t.Errorf("the clock is at %v", b.Clock)
	}
	s.SetFlow(nil, 0, 0, false)
	b, _ = s.Frame(3)
	if f := timingOf(s, b, "logits"); f[2] != all || b.Clock != 0 {
		t.Error("the flow has not ended")
	}
}

func TestAFlowRunsAndEnds(t *testing.T) {
	s, line := flowed(t)
	s.SetFlow(line, line.Length-1, 2, false)
	s.Frame(10)
	if at, runs := s.Flow(); at != line.Length-1 || !runs {
		t.Errorf("it begins at %v", at)
	}
	_, moving := s.Frame(10.1)
	if at, _ := s.Flow(); at < line.Length-0.81 || at > line.Length-0.79 || !moving {
		t.Errorf("after 0.1 s at double speed it is at %v of %v", at, line.Length)
	}
	s.Frame(100) // the page was hidden
	if at, _ := s.Flow(); at > line.Length-0.2 {
		t.Errorf("time that nobody saw has passed: it is at %v", at)
	}
	s.Frame(100.2)
	s.Frame(100.4)
	if at, runs := s.Flow(); at != line.Length || runs {
		t.Errorf("at the end it is at %v of %v", at, line.Length)
	}
	if _, moving := s.Frame(102); moving {
		t.Error("at the end something moves")
	}
}

func TestAFlowStandsStillWhereMotionIsNotWanted(t *testing.T) {
	s, line := flowed(t)
	s.SetMotion(false)
	s.SetFlow(line, 1, 1, true)
	s.Frame(1)
	if _, moving := s.Frame(2); moving {
		t.Error("it moves")
	}
	if at, _ := s.Flow(); at != 1 {
		t.Errorf("it is at %v", at)
	}
}

func TestTheCameraFollowsAFlowAndRests(t *testing.T) {
	s, line := flowed(t)
	s.SetFlow(line, 0, 1, true)
	flights, flying, rested, least := 0, false, 0.0, 1e9
	now := 0.0
	for at, runs := s.Flow(); runs; at, runs = s.Flow() {
		now += 0.05
		s.Frame(now)
		if s.flight != nil && !flying {
			if flights++; flights > 1 {
				least = min(least, now-rested)
			}
		}
		if after, _ := s.Flow(); flying && s.flight != nil && after != at {
			t.Fatal("the flow goes on while the camera flies")
		}
		if flying = s.flight != nil; flying {
			rested = now
		}
		if now > 90 {
			t.Fatalf("after %v s it is at %v of %v", now, at, line.Length)
		}
	}
	if flights < 5 || flights > 14 {
		t.Errorf("the camera flew %d times", flights)
	}
	if least < 1.4 {
		t.Errorf("it rested for %.1f s only", least)
	}
	if now > 50 {
		t.Errorf("it took %.1f s", now)
	}
	if names, held := s.Goal(); !held || names != nil {
		t.Errorf("in the end it looks at %v", names)
	}
}

func TestTheCameraIsTheReadersOnceHeMovesIt(t *testing.T) {
	s, line := flowed(t)
	s.SetMotion(false)
	s.SetFlow(line, 1, 0, true)
	s.Frame(1)
	if !s.FlowLeads() {
		t.Fatal("the camera does not follow")
	}
	s.Pan(10, 10)
	s.Frame(2)
	pose := s.pose
	s.SetFlow(line, line.Length-5, 0, false)
	s.Frame(3)
	if s.FlowLeads() || s.pose != pose {
		t.Error("the camera moves on although the reader moved it")
	}
	s.SetFlow(line, line.Length-5, 0, true)
	s.Frame(4)
	if !s.FlowLeads() || s.pose == pose {
		t.Error("the camera does not follow again")
	}
}

func TestTheRowThatIsFilledIsMarkedWithWhatItReads(t *testing.T) {
	s, line := flowed(t)
	for name, reads := range map[string][]Cell{ // the tensors, each with how many of its cells along x and y
		"h.0.attn.head.0.scores": {{"h.0.attn.head.0.query", 1, 16}, {"h.0.attn.head.0.key", 4, 16}},
		"h.1.attn.head.0.mix":    {{"h.1.attn.head.0.attention", 1, 6}, {"h.1.attn.head.0.value", 4, 16}},
		"h.1.residual_1":         {{"h.0.residual_2", 1, 48}, {"h.1.attn.proj", 1, 48}},
		"h.2.mlp.up":             {{"h.2.ln_2", 1, 48}},
		"embed.token":            {{"tokens", 1, 1}, {"wte.weight", 1, 48}},
		"sample.temperature":     {{"logits", 1, 3}},
	} {
		beat, _ := line.Of(name)
		s.SetFlow(line, line.Place(beat, 3.5/6), 0, false)
		s.Frame(1)
		if p := &s.plan.Panels[s.marks[0].panel]; p.Name != name || !s.marks[0].cell {
			t.Errorf("%s: the mark is on %s", name, p.Name)
		}
		for _, want := range reads {
			found := false
			for _, m := range s.marks[1:] {
				p := &s.plan.Panels[m.panel]
				found = found || p.Name == want.Name && (m.w == want.Row && m.h == want.Col || m.h == want.Row && m.w == want.Col)
			}
			if !found {
				t.Errorf("%s does not read %v", name, want)
			}
		}
	}
	s.Hover(&Cell{"logits", 0, 0}, nil)
	s.Frame(2)
	if p := &s.plan.Panels[s.marks[0].panel]; p.Name != "logits" {
		t.Errorf("while the logits are pointed at, %s is marked", p.Name)
	}
}

func TestANumberIsPrintedOnceItIsThere(t *testing.T) {
	s, line := flowed(t)
	at, _ := line.Of("h.0.attn.head.0.mix")
	s.SetFlow(line, line.Place(at, 0.5), 0, false)
	for _, i := range s.plan.ByName["h.0.attn.head.0.mix"] {
		p := &s.plan.Panels[i]
		if !s.there(p, 2, 15) || s.there(p, 3, 1) || s.there(p, 5, 0) {
			t.Error("half of the rows are there, but not those that should be")
		}
	}
}

func TestTheTokenFallsOnceItIsDrawn(t *testing.T) {
	s, line := flowed(t)
	chips := func(at float64) (y float32, shown bool) {
		s.SetFlow(line, at, 0, false)
		b, _ := s.Frame(at)
		for _, l := range b.Labels {
			if l.Text == "A  90.0 %" {
				return l.Y, true
			}
		}
		return 0, false
	}
	last := &line.Beats[len(line.Beats)-1]
	if last.Step.Op != model.Op("") {
		t.Fatal("nothing is written")
	}
	if _, shown := chips(last.Start - 0.1); shown {
		t.Error("the token is shown before it is drawn")
	}
	below, shown := chips(last.Start + 0.01)
	above, also := chips(last.End)
	if !shown || !also || above > below-100 {
		t.Errorf("it goes from %v to %v", below, above)
	}
}

func TestAFrameOfAFlowSendsNoArraysAndAllocatesNothing(t *testing.T) {
	s, line := flowed(t)
	at, _ := line.Of("h.0.attn.head.0.scores")
	s.SetFlow(line, line.Place(at, 0.01), 0.0001, false)
	b, _ := s.Frame(1)
	before := []int{b.Boxes.Version, b.Quads.Version, b.Lines.Version, b.Values.Version, b.Marks.Version}
	now := 1.0
	if n := testing.AllocsPerRun(50, func() {
		now += 0.016
		s.Frame(now)
	}); n > 12 {
		t.Errorf("a frame allocates %.0f times", n)
	}
	for i, v := range []int{b.Boxes.Version, b.Quads.Version, b.Lines.Version, b.Values.Version, b.Marks.Version} {
		if v != before[i] {
			t.Errorf("array %d is sent again", i)
		}
	}
}

// BenchmarkFlow measures a frame of a flow, with new rows and new marks.
func BenchmarkFlow(b *testing.B) {
	for name, c := range scenetest.Models {
		infos := scenetest.Outline(b, c, 11)
		s := New()
		s.SetSteps(c, infos)
		line := flow.NewTimeline(infos, 0)
		s.SetFlow(line, 0, 1, false)
		s.Frame(0)
		now := 0.0
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				now += 0.016
				s.Frame(now)
				if _, runs := s.Flow(); !runs {
					s.SetFlow(line, 0, 1, false)
				}
			}
		})
	}
}
