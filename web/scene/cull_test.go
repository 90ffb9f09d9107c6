package scene

import (
	"slices"
	"testing"

	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// drawnPanels says of each panel of a scene whether it is among the instances that are drawn.
func drawnPanels(s *Scene) []bool {
	is := make([]bool, len(s.plan.Panels))
	for _, part := range s.batch.Seen {
		for _, i := range s.tiers.order[part.From:part.To] {
			is[i] = true
		}
	}
	return is
}

func TestWhatCanBeSeenIsDrawnAndLittleElse(t *testing.T) {
	for name, most := range map[string]int{"nano": 275, "gpt2": 2700, "gpt2-xl": 12500, "gpt3 layout": 16000} {
		c := scenetest.Models[name]
		s := New()
		s.SetSteps(c, scenetest.Outline(t, c, 11))
		s.SetSize(1080, 724, 1)
		b, _ := s.Frame(0)
		boxes := b.Boxes.Version
		if n := len(s.tiers.order); n != len(b.Boxes.Data)/paint.BoxFloats || !s.tiers.whole && n < mostWhole {
			t.Fatalf("%s: %d panels are in order, %d boxes", name, n, len(b.Boxes.Data)/paint.BoxFloats)
		}
		for step := range 12 {
			l := s.lens()
			count := 0
			for i, drawn := range drawnPanels(s) {
				p := &s.plan.Panels[i]
				if drawn {
					count++
				}
				w, h := p.Size()
				big := p.Layer == 0 && float64(max(w, h))*l.Scale(p.Centre(0, 0)) > 2
				x, y, ok := l.Project(p.Centre(w/2, h/2))
				if big && !drawn && ok && x > 0 && y > 0 && x < s.w && y < s.h {
					t.Fatalf("%s, step %d: %s can be seen and is not drawn", name, step, p.Name)
				}
			}
			if count > most || len(b.Seen) > 25 {
				t.Errorf("%s, step %d: %d of %d panels are drawn, with %d calls; expected at most %d", name, step, count, len(s.plan.Panels), len(b.Seen), most)
			}
			s.ZoomAt(540, 362, 2)
			s.Frame(float64(step))
		}
		if b.Boxes.Version != boxes {
			t.Errorf("%s: the boxes were sent again while only the camera moved", name)
		}
	}
}

func TestCloseUpOneRowOfPanelsIsDrawn(t *testing.T) {
	c := scenetest.Models["gpt2-xl"]
	s := New()
	s.SetSteps(c, scenetest.Outline(t, c, 11))
	s.FlyTo([]string{"h.20.attn.head.0.scores"}, 0)
	s.Frame(0)
	s.Frame(10)
	count := 0
	for i, drawn := range drawnPanels(s) {
		if drawn {
			count++
		}
		if p := &s.plan.Panels[i]; p.Name == "h.20.attn.head.0.scores" && !drawn {
			t.Error("what the camera flew to is not drawn")
		}
	}
	if count > len(s.plan.Panels)/8 {
		t.Errorf("%d of %d panels are drawn for one of 48 blocks", count, len(s.plan.Panels))
	}
}

func TestAllPanelsStandInTheOrderOnce(t *testing.T) {
	s := New()
	s.SetSteps(scenetest.Models["gpt2"], scenetest.Outline(t, scenetest.Models["gpt2"], 7))
	s.Frame(0)
	order := slices.Clone(s.tiers.order)
	slices.Sort(order)
	k := 0
	for i := range s.plan.Panels {
		if s.plan.Panels[i].Empty() {
			continue
		}
		if k >= len(order) || order[k] != i {
			t.Fatalf("panel %d is missing or twice", i)
		}
		k++
	}
	if k != len(order) {
		t.Errorf("%d instances for %d panels", len(order), k)
	}
}
