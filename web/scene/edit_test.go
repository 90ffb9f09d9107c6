package scene

import (
	"testing"

	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

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
