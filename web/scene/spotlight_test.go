package scene

import (
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// queriesOf names the queries of all heads of the first block: what their scores read first.
func queriesOf(s *Scene) (names []string) {
	for i := range s.infos {
		if k := &s.infos[i]; k.Block == 0 && k.Op == model.OpScores {
			names = append(names, k.Inputs[0].Name)
		}
	}
	return names
}

// TestTheCameraGoesToWhatIsOutOfSightAndBack when words name it for longer than a moment.
func TestTheCameraGoesToWhatIsOutOfSightAndBack(t *testing.T) {
	s := madeUp(t, scenetest.Nano, 6)
	s.SetSize(1080, 724, 1)
	s.FlyTo([]string{"embed.token"}, 0)
	s.Frame(0)
	now := 0.0
	run := func(seconds float64) (moving bool) {
		end := now + seconds
		for moving = true; moving && now < end; now += 0.02 {
			_, moving = s.Frame(now)
		}
		now = end
		return moving
	}
	if run(5) {
		t.Fatal("the camera does not rest")
	}
	before := s.pose
	s.Spotlight([]string{"embed.token"})
	if run(2); s.pose != before || s.Glancing() {
		t.Error("the camera moves though the panel is in sight")
	}
	queries := queriesOf(s)
	s.Spotlight(queries)
	if run(0.2); s.pose != before {
		t.Error("the camera moves at once")
	}
	if run(4); !s.Glancing() || !s.seesAny(queries) || s.pose == before {
		t.Error("the camera does not go to the queries")
	}
	s.Spotlight(nil)
	if run(4) || s.pose != before || s.Glancing() {
		t.Errorf("the camera is at %+v; expected %+v", s.pose, before)
	}
	s.Spotlight(queries)
	run(4)
	s.Pan(5, 5)
	moved := s.pose
	s.Spotlight(nil)
	if run(2); s.pose != moved {
		t.Error("the camera is taken from the reader")
	}
}

// fades returns how far the panels of the tensors that a test picks are faded, at least and at most.
func fades(s *Scene, now float64, picked func(name string) bool) (least, most float32) {
	b, _ := s.Frame(now)
	least = 1
	for n, i := range s.tiers.order {
		p := &s.plan.Panels[i]
		if fade := b.Boxes.Data[n*paint.BoxFloats+9]; picked(p.Name) && p.Layer == 0 {
			least, most = min(least, fade), max(most, fade)
		}
	}
	return least, most
}

// TestPanelsBesideTheLightAreDimmedAndComeBack at once where nothing may move, otherwise within a moment.
func TestPanelsBesideTheLightAreDimmedAndComeBack(t *testing.T) {
	for _, moves := range []bool{true, false} {
		s := madeUp(t, scenetest.Nano, 6)
		s.SetMotion(moves)
		s.Frame(0)
		queries := queriesOf(s)
		in := func(name string) bool { return slices.Contains(queries, name) }
		out := func(name string) bool { return !in(name) }
		s.Spotlight(queries)
		s.Frame(1)
		if _, most := fades(s, 1+dimTime, in); most != 0 {
			t.Errorf("moving %t: what is in the light is faded by %v", moves, most)
		}
		if least, _ := fades(s, 1+dimTime, out); least != dimmed {
			t.Errorf("moving %t: the others are faded by %v; expected %v", moves, least, dimmed)
		}
		s.Spotlight(nil)
		if least, _ := fades(s, 2, out); moves != (least == dimmed) {
			t.Errorf("moving %t: at once, panels are faded by %v", moves, least)
		}
		if _, most := fades(s, 2+dimTime, out); most != 0 {
			t.Errorf("moving %t: behind the light, panels are faded by %v", moves, most)
		}
		if _, moving := s.Frame(4); moving {
			t.Errorf("moving %t: it does not come to rest", moves)
		}
	}
}

// TestALitSceneAtRestSendsAndAllocatesNothing holds that a light costs nothing once it is on.
func TestALitSceneAtRestSendsAndAllocatesNothing(t *testing.T) {
	s := madeUp(t, scenetest.Nano, 6)
	s.SetMotion(false)
	s.Frame(0)
	dark := testing.AllocsPerRun(20, func() { s.Frame(1) })
	s.Spotlight([]string{"embed.sum"})
	s.Frame(2)
	b, _ := s.Frame(3)
	version := b.Boxes.Version
	if n := testing.AllocsPerRun(20, func() { s.Frame(4) }); n > dark || b.Boxes.Version != version {
		t.Errorf("a frame allocates %v times instead of %v, and sends panels %d times", n, dark, b.Boxes.Version-version)
	}
}
