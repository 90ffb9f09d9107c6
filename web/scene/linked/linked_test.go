package linked

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/scenetest"
)

// tower lays out a model with so many tokens.
func tower(t *testing.T, c model.Config, tokens int) Tower {
	infos := scenetest.Outline(t, c, tokens)
	p := layout.New(c, infos, nil, 1, nil, layout.Pairs{Count: tokens})
	p.Open(0)
	return Tower{Plan: p, Infos: infos, Whole: p.All.Max.Y - p.All.Min.Y}
}

func TestATowerLeadsToItself(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, c := range scenetest.Models {
		if name == "gpt3 layout" || name == "gpt2-xl" {
			continue
		}
		a := tower(t, c, 7)
		if !Same(a, tower(t, c, 7)) || Same(a, tower(t, c, 8)) {
			t.Errorf("%s: towers of 7 tokens are the same: %v; of 7 and 8: %v", name, Same(a, tower(t, c, 7)), Same(a, tower(t, c, 8)))
		}
		m := New(a, a)
		for range 50 {
			b := a.Plan.All
			p := camera.Pose{At: camera.V(b.Min.X+r.Float64()*(b.Max.X-b.Min.X), b.Min.Y+r.Float64()*(b.Max.Y-b.Min.Y), 0), Span: a.Whole * math.Exp(-5*r.Float64())}
			if q := m.Pose(p); q.At.Sub(p.At).Length() > 1e-6*a.Whole || math.Abs(q.Span/p.Span-1) > 1e-9 {
				t.Fatalf("%s: %+v leads to %+v", name, p, q)
			}
		}
	}
}

func TestAPanelLeadsToThatOfTheSameName(t *testing.T) {
	a, b := tower(t, scenetest.Nano, 11), tower(t, scenetest.Nano, 4)
	m := New(a, b)
	for i := range a.Plan.Panels {
		p := &a.Plan.Panels[i]
		if p.Layer > 0 || p.Block != 1 || p.Kind != model.KindActivation {
			continue
		}
		w, h := p.Extent()
		got := m.Pose(camera.Pose{At: p.Box().Centre(), Span: max(w, h)})
		want := b.Plan.BoundOf([]string{p.Name})
		if got.At.X < want.Min.X || got.At.X > want.Max.X || got.At.Y < want.Min.Y || got.At.Y > want.Max.Y {
			t.Errorf("the middle of %s leads to %v; it stands in %v", p.Name, got.At, want)
		}
	}
}

func TestAPartThatTheOtherFamilyLacksLeadsToTheSamePartOfTheSameBlock(t *testing.T) {
	a, b := tower(t, scenetest.Nano, 7), tower(t, scenetest.Models["llama"], 7)
	for _, way := range [][2]Tower{{a, b}, {b, a}} {
		m := New(way[0], way[1])
		stages := map[string]stage{}
		boxes := map[stage]camera.Box{}
		for p, keys := range way[1].fronts() {
			extend(boxes, keys[1].(kin).stage, p)
			stages[p.Name] = keys[1].(kin).stage
		}
		for p, keys := range way[0].fronts() {
			at := keys[1].(kin).stage
			if at.part != model.PartFeedForward {
				continue
			}
			w, h := p.Extent()
			got, box := m.Pose(camera.Pose{At: p.Box().Centre(), Span: max(w, h, 10)}), boxes[at]
			if got.At.Y < box.Min.Y-10 || got.At.Y > box.Max.Y+10 {
				t.Errorf("%s leads to %v; that part of the block stands in %v", p.Name, got.At, box)
			}
		}
	}
}

func TestTheLastBlockStandsForLaterOnes(t *testing.T) {
	low := scenetest.Nano
	low.Blocks = 2
	a, b := tower(t, scenetest.Nano, 7), tower(t, low, 7)
	got := New(a, b).Pose(camera.Pose{At: a.Plan.BoundOf([]string{"h.2.mlp.up"}).Centre(), Span: 50}).At
	if want := b.Plan.BoundOf([]string{"h.1.mlp.up"}); got.X < want.Min.X || got.X > want.Max.X || got.Y < want.Min.Y || got.Y > want.Max.Y {
		t.Errorf("block 3 leads to %v; the last block has that step in %v", got, want)
	}
}

func TestNothingLeadsNowhere(t *testing.T) {
	a := tower(t, scenetest.Nano, 3)
	none := Tower{Plan: layout.New(model.Config{}, nil, nil, 1, nil, layout.Pairs{}), Whole: 1}
	p := camera.Pose{At: camera.V(1, 2, 0), Span: 9}
	if got := New(a, none).Pose(p); got != p {
		t.Errorf("%+v leads to %+v", p, got)
	}
	if got := New(none, a).Pose(p); got != p {
		t.Errorf("%+v leads to %+v", p, got)
	}
}
