package scene

import (
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

func TestWhatTheEditOfATokenCanReachIsOutlined(t *testing.T) {
	s := madeUp(t, scenetest.Nano, 6)
	s.SetMotion(false)
	b, _ := s.Frame(0)
	lines := len(b.Lines.Data)
	infos, fronts := slices.Clone(s.infos), 0
	changed := func(first int) int {
		for i := range infos {
			if infos[i].Changed = infos[i].Block == 1 && infos[i].Kind == model.KindActivation; infos[i].Changed {
				infos[i].FirstChanged = first
			}
		}
		s.SetSteps(s.config, infos)
		b, _ = s.Frame(1)
		return (len(b.Lines.Data) - lines) / paint.LineFloats
	}
	got := changed(4)
	for i := range s.plan.Panels {
		if p := &s.plan.Panels[i]; p.Layer == 0 && s.infoOf(p.Name).Changed {
			fronts++
			if m, ok := reached(p, 4); !ok || m.w != either(p.Across, p.Cols, 2) || m.h != either(p.Across, 2, p.Cols) {
				t.Errorf("of %s %+v is outlined", p.Name, m)
			}
		}
	}
	if fronts == 0 || got != 8*fronts {
		t.Errorf("%d lines outline %d panels", got, fronts)
	}
	if got := changed(0); got != 0 {
		t.Errorf("%d lines outline what all tokens have changed", got)
	}
}

func TestWhatAnEditSwitchesOffIsHatchedAndWhatItLeavesAloneIsPaleInTheDifference(t *testing.T) {
	s := madeUp(t, scenetest.Nano, 6)
	s.SetMotion(false)
	b, _ := s.Frame(0)
	lines := len(b.Lines.Data)
	off := queriesOf(s)[:1]
	in := func(name string) bool { return name == off[0] }
	out := func(name string) bool { return !in(name) }
	s.SetEdits([]Edit{{Name: off[0], Row: -1, Col: -1, Off: true, Text: "off"}}, nil)
	if b, _ = s.Frame(1); len(b.Lines.Data) < lines+9*paint.LineFloats {
		t.Errorf("%d lines are drawn for what is off", (len(b.Lines.Data)-lines)/paint.LineFloats)
	}
	if least, _ := fades(s, 2, out); least >= paleness {
		t.Errorf("without a difference panels are faded by %v", least)
	}
	s.SetEdits([]Edit{{Name: off[0], Row: -1, Col: -1}}, map[string]bool{off[0]: true})
	if _, most := fades(s, 3, in); most != 0 {
		t.Errorf("what has a difference is faded by %v", most)
	}
	if least, _ := fades(s, 3, out); least < paleness {
		t.Errorf("what has none is faded by %v", least)
	}
	if l := s.Legend(); !l.Differs || l.Norm <= 0 {
		t.Errorf("the legend is %+v", l)
	}
	s.SetEdits(nil, nil)
	if b, _ = s.Frame(4); len(b.Lines.Data) != lines || s.Legend().Differs {
		t.Errorf("without edits there are %d lines more", (len(b.Lines.Data)-lines)/paint.LineFloats)
	}
}

func either(first bool, a, b int) int {
	if first {
		return a
	}
	return b
}
