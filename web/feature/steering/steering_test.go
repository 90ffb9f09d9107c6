package steering_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	. "glassbox/web/feature/steering"
)

func TestASliderAddsADirection(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{}, Typed{Text: "AAB\nABB"}, Typed{Away: true, Text: "CCB"})
	r.Expect("edits", len(r.S.Edits), 0).Expect("the step", Of(&r.S).Step, "h.1.residual_2")
	r.Send(Moved{2})
	r.Expect("the edit", r.S.Edits[0].Spec, "h.1.residual_2+=2*steer:0,0,1/0,1,1-2,2,1").Expect("it is made", r.S.Edited[0].Fault == nil, true)
	r.Expect("pairs", len((&Panel{Screen: &feature.Screen{State: &r.S}}).Pairs()), 3)
	r.Send(Placed{"h.0.residual_2"}, Moved{-1.5}).Expect("elsewhere", r.S.Edits[0].Spec, "h.0.residual_2+=-1.5*steer:0,0,1/0,1,1-2,2,1")
	again := apptest.Open(t, r.S.Hash())
	again.Expect("by the link", Of(&again.S).Strength, float32(-1.5)).Expect("its texts", Of(&again.S).Away, "CCB").Expect("its step", Of(&again.S).Step, "h.0.residual_2")
	r.Send(Typed{Away: true, Text: "CC"}).Expect("with other texts", r.S.Edits[0].Spec, "h.0.residual_2+=-1.5*steer:0,0,1/0,1,1-2,2")
	r.Send(feature.UndoPressed{}).Expect("before these, the edit", r.S.Edits[0].Spec, "h.0.residual_2+=-1.5*steer:0,0,1/0,1,1-2,2,1").Expect("its texts", Of(&r.S).Away, "CCB")
	r.Send(feature.UndoPressed{}).Expect("the slider is undone at once, edits", len(r.S.Edits), 0).Expect("the strength", Of(&r.S).Strength, float32(0))
	r.Send(feature.RedoPressed{}, Moved{0}).Expect("at 0, edits", len(r.S.Edits), 0)
}

// The ids of texts are asked for once; who goes back to before they came has them still.
func TestUndoBringsNoQuestionBack(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(Toggled{}, Typed{Text: "AB"}, Typed{Away: true, Text: "CB"}, feature.PromptChanged{Text: "CBABBA"})
	r.Slow = false
	r.Deliver()
	r.Send(feature.UndoPressed{}, Moved{2})
	r.Expect("the edits", len(r.S.Edits), 1)
}

func TestWhatIsMissingForADirectionIsSaid(t *testing.T) {
	says := func(to, away string) string {
		r := apptest.Open(t, "").Send(Toggled{}, Typed{Text: to}, Typed{Away: true, Text: away}, Moved{1})
		r.Expect("edits", len(r.S.Edits), 0)
		return (&Panel{Screen: &feature.Screen{State: &r.S}}).Says()
	}
	for _, c := range []struct{ to, away, want string }{
		{"A", "", "Both sets"}, {"A", strings.Repeat("B\n", 21), "too much"}, {"AX", "B", "Text 1"},
	} {
		if got := says(c.to, c.away); !strings.Contains(got, c.want) {
			t.Errorf("from %q to %q it says %q", c.away, c.to, got)
		}
	}
}

func TestTheColoursAreTwoSets(t *testing.T) {
	to, away, both := strings.Cut(Colours(), "\n\n")
	if !both || strings.ReplaceAll(to, "red", "blue") != away {
		t.Errorf("they are %q and %q", to, away)
	}
}
