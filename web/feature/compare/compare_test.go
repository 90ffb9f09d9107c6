package compare_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/feature"
	. "glassbox/web/feature/compare"
)

func TestAnotherTextIsSetAgainstTheOneOnThePage(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	r.Expect("runs before a word is changed", Of(&r.S).Run, 0)
	r.Send(Typed{"CBABBA"})
	is := Of(&r.S)
	if is.Run == 0 || len(is.Other.Tokens) != 6 || is.Other.Tokens[5].Text != "A" {
		t.Fatalf("the second run is %d, of %v", is.Run, is.Other.Tokens)
	}
	shown := apptest.LastOf[ShowOther](r)
	if shown.Run.Ran.Text != "CBABBA" || len(apptest.LastOf[OtherValues](r).List) < 20 {
		t.Errorf("the second scene is told of %q", shown.Run.Ran.Text)
	}
	r.Send(ViewChosen{ViewSide}).Expect("side by side", Of(&r.S).Side, true)
	if !strings.Contains(r.S.Hash(), "with=text%3ACBABBA") || !strings.Contains(r.S.Hash(), "with-show=side") {
		t.Errorf("the link is %s", r.S.Hash())
	}
	again := apptest.Open(t, r.S.Hash())
	again.Expect("the other text of the link", Of(&again.S).Other.Ran.Text, "CBABBA")
	again.Expect("side by side by the link", Of(&again.S).Side, true)
	// What stands there changes: the second run stays, and is compared anew.
	first := Of(&r.S).Run
	r.Send(feature.StepPressed{}).Expect("the second run", Of(&r.S).Run > 0 && Of(&r.S).Other.Ran.Text == "CBABBA", true)
	r.Send(Typed{"AB"}).Expect("another run", Of(&r.S).Run > first, true)
	r.Send(feature.UndoPressed{}).Expect("the text of before", Of(&r.S).Other.Ran.Text, "CBABBA")
	r.Send(Ended{}).Expect("the second run at the end", Of(&r.S).Run, 0)
	r.Expect("the card at the end", r.S.Mode, "")
}

func TestTheSceneShowsTheDifferenceAsLongAsThereIsOne(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	step := "h.0.attn.head.0.query"
	plain, _ := r.S.At(step, 5, 0)
	r.Send(Typed{"CBABBA"}, ViewChosen{ViewDiff})
	if !Of(&r.S).Diff || r.S.Ran.Show != engine.ShowBeside || !Differs(&r.S)[step] || Differs(&r.S)["wte.weight"] {
		t.Fatalf("the scene shows %q", r.S.Ran.Show)
	}
	other, _ := Of(&r.S).Other.At(step, 5, 0)
	if v, _ := r.S.At(step, 5, 0); v != plain-other || v == 0 {
		t.Errorf("the difference is %v; expected %v − %v", v, plain, other)
	}
	r.Send(Typed{"CBABBB"})
	other, _ = Of(&r.S).Other.At(step, 5, 0)
	if v, _ := r.S.At(step, 5, 0); v != plain-other {
		t.Errorf("beside another text the difference is %v; expected %v − %v", v, plain, other)
	}
	r.Send(Typed{"CBA"}).Expect("the difference of texts of other lengths", Of(&r.S).Diff, false)
	r.Send(Typed{"CBABBA"}).Expect("the difference of one length", Of(&r.S).Diff, true)
	r.Send(feature.ShowChosen{Show: engine.ShowAfter}).Expect("the difference left", Of(&r.S).Diff, false)
	if v, _ := r.S.At(step, 5, 0); v != plain {
		t.Errorf("the number is %v; it was %v", v, plain)
	}
	for _, err := range r.S.Check() {
		t.Error(err)
	}
}

func TestFewerBitsAndOtherModelsAreCompared(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{}, KindChosen{KindType})
	r.Expect("a link", strings.Contains(r.S.Hash(), "with=type%3AQ4_0"), true)
	weight := "h.0.attn.c_attn.weight"
	a, _ := r.S.At(weight, 1, 1)
	b, ok := Of(&r.S).Other.At(weight, 1, 1)
	if !ok || a == b {
		t.Errorf("a weight is %v and %v", a, b)
	}
	r.Send(ViewChosen{ViewDiff})
	if v, _ := r.S.At(weight, 1, 1); v != a-b {
		t.Errorf("the difference of a weight is %v; expected %v − %v", v, a, b)
	}
	r.Send(TypePicked{"F32"})
	if v, _ := r.S.At(weight, 1, 1); v != 0 {
		t.Errorf("beside the same numbers the difference is %v", v)
	}
	r.Send(KindChosen{KindModel}).Expect("the second run before a model is chosen", Of(&r.S).Run, 0)
	r.Send(ModelPicked{"tiny"})
	if Of(&r.S).Run > 0 || Of(&r.S).Problem == "" {
		t.Errorf("the tiny model, whose words nobody knows, runs: %+v", Of(&r.S).Other.Tokens)
	}
	r.Send(KindChosen{KindText}, Typed{"CBABBA"}).Expect("the problem after that", Of(&r.S).Problem, "")
	r.Send(feature.ModelChosen{ID: "tiny"}).Expect("what is compared in another model", Of(&r.S).Run, 0)
}

func TestAnEngineThatDiesBeginsTheComparisonAnew(t *testing.T) {
	r := apptest.Open(t, "#with=type:Q4_0&compare=open")
	r.Expect("the second run", Of(&r.S).Run > 0, true)
	r.Send(feature.WorkerDied{Reason: "a test"})
	if r.S.Phase != feature.Ready || Of(&r.S).Run == 0 || feature.Busy(r.S) {
		t.Errorf("after its death: %v, run %d", r.S.Phase, Of(&r.S).Run)
	}
	r.Broken = true
	r.Send(KindChosen{KindModel}, ModelPicked{"tiny"})
	if !strings.Contains(Of(&r.S).Problem, "not there") {
		t.Errorf("a model that can't be fetched: %q", Of(&r.S).Problem)
	}
	r.Broken = false
	r.Send(TriedAgain{})
	if strings.Contains(Of(&r.S).Problem, "not there") {
		t.Errorf("it is not tried again: %q", Of(&r.S).Problem)
	}
}

func TestTheCardSaysWhatDiffers(t *testing.T) {
	p := apptest.OpenShipped(t, "#with=type:Q4_0&compare=open")
	html := p.HTML()
	for _, want := range []string{`id="compare-next"`, `id="compare-bits"`, `id="compare-writing"`, `id="compare-weights"`, `id="compare-steps"`, "Q4_0"} {
		if !strings.Contains(html, want) {
			t.Errorf("the card lacks %s", want)
		}
	}
	p.Press("id", "compare-steps-all").Press("id", "compare-save")
	saved, _ := p.Acts[len(p.Acts)-1].(feature.SaveText)
	for _, want := range []string{"next,", "last,", "token,0,", "written,0,", "step,", "weight,"} {
		if !strings.Contains(saved.Text, want) {
			t.Errorf("the file lacks %q", want)
		}
	}
}
