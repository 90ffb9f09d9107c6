package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

func edits(t *testing.T, list string) EditsChanged {
	t.Helper()
	e, err := run.ParseEdits(list)
	if err != nil {
		t.Fatal(err)
	}
	return EditsChanged{Edits: e}
}

func TestAnEditChangesTheRunAndTheLinkAndCanBeUndone(t *testing.T) {
	r := apptest.Open(t, "")
	before, _ := r.S.Values("h.2.mlp.down")
	r.Send(edits(t, "off:h.2.mlp;~off:norm"))
	after, _ := r.S.Values("h.2.mlp.down")
	r.Expect("a number", after.Data[3], float32(0)).Expect("edits that are made", len(r.S.Edited), 1)
	r.Expect("something is compared", r.S.Compared != nil, true)
	if link := r.S.Hash(); !strings.Contains(link, "edit=off%3Ah.2.mlp%3B~off%3Anorm") {
		t.Errorf("the link is %s", link)
	}
	again := apptest.Open(t, r.S.Hash())
	v, _ := again.S.Values("h.2.mlp.down")
	again.Expect("by the link, a number", v.Data[3], float32(0))
	r.Send(UndoPressed{})
	v, _ = r.S.Values("h.2.mlp.down")
	r.Expect("undone, a number", v.Data[3], before.Data[3]).Expect("edits", len(r.S.Edits), 0).Expect("compared", r.S.Compared == nil, true)
	r.Send(RedoPressed{}).Expect("redone, edits", len(r.S.Edits), 2)
}

func TestTheSceneShowsTheNumbersBeforeAnEditOrTheDifference(t *testing.T) {
	r := apptest.Open(t, "")
	was, _ := r.S.Values("h.1.residual_1")
	r.Send(edits(t, "h.1.residual_1*=3"), ShowChosen{engine.ShowDifference})
	by, _ := r.S.Values("h.1.residual_1")
	r.Expect("the difference", by.Data[5], was.Data[5]*3-was.Data[5])
	above, _ := r.S.Values("h.0.ln_1")
	r.Expect("above it", above.Data[5], float32(0))
	r.Send(ShowChosen{engine.ShowBefore})
	v, _ := r.S.Values("h.1.residual_1")
	r.Expect("before", v.Data[5], was.Data[5])
	if link := r.S.Hash(); !strings.Contains(link, "show=before") {
		t.Errorf("the link is %s", link)
	}
}

func TestWhatAnEditTookStaysWhileTheModelWrites(t *testing.T) {
	r := apptest.Open(t, "").Send(edits(t, "h.0.mlp.down=mean"), StepPressed{})
	r.Expect("the edit", r.S.Edits[0].Spec, "h.0.mlp.down=mean@6").Expect("nothing waits", Busy(r.S), false)
	r.Send(PromptChanged{"AABBC"}).Expect("for another text, the edit", r.S.Edits[0].Spec, "h.0.mlp.down=mean")
}

func TestAnEditThatCantBeMadeIsSaidBesideIt(t *testing.T) {
	r := apptest.Open(t, "#edit=h.9.ln_1%3D0%3Boff:mask")
	r.Expect("edits", len(r.S.Edited), 2).Expect("the first", r.S.Edited[0].Fault.Kind, "noTensor").Expect("the second is made", r.S.Edited[1].Fault == nil, true)
	r = apptest.Open(t, "#edit=nonsense")
	r.Expect("edits", len(r.S.Edits), 0)
	if !strings.Contains(r.S.Notice, "is no edit") {
		t.Errorf("the notice is %q", r.S.Notice)
	}
}
