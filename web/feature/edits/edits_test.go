package edits_test

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/feature"
	. "glassbox/web/feature/edits"
	"glassbox/web/feature/lab"
	"glassbox/web/run"
)

// on opens the page with edits, and the list of them.
func on(t *testing.T, edits string) *apptest.Page {
	t.Helper()
	return apptest.OpenPage(t).Send(feature.Navigated{Hash: "#edit=" + edits + "&edits=open"})
}

func has(t *testing.T, html string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(html, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}

func TestEachEditIsSaidInPlainWords(t *testing.T) {
	s := apptest.Open(t, "").S
	for spec, want := range map[string]string{
		"off:h.1.attn.head.2":      "Head 3 of block 2 is off",
		"h.1.attn.head.2.mix=0":    "Head 3 of block 2 is off",
		"h.1.attn.head.2.mix*=0.5": "Head 3 of block 2 is multiplied by 0.5",
		"h.0.mlp.down=mean":        "The feed-forward of block 1 is the same for all tokens: the mean",
		"off:h.0.attn":             "The attention of block 1 is off",
		"off:mask":                 "The mask is off: tokens see later ones",
		"off:scale":                "Scores are not divided by √16",
		"off:h.1.residual_1":       "The residual connection around the attention of block 2 is off",
		"off:h.1.ln_1":             "Norm 1 (Block 2, Norm) is off",
		"h.0.mlp.down[3,7]=2.5":    "Number 7 of token 3 (B) is set to 2.5",
		"nonsense":                 "nonsense",
		"h.0.ln_1[2]=0":            "Norm 1 (Block 1, Norm) of token 2 (A) is set to 0",
		"h.7.ln_1=0":               "h.7.ln_1 is set to 0",
	} {
		if got := strings.Map(plain, Sentence(&s, spec)); got != want {
			t.Errorf("%s is %q; expected %q", spec, got, want)
		}
	}
}

// plain drops the marks that keep what is written from left to right.
func plain(r rune) rune {
	if r >= '\u2066' && r <= '\u2069' {
		return -1
	}
	return r
}

func TestTheListShowsWhatEachEditDoesAndWhatTheModelSaysThen(t *testing.T) {
	p := on(t, "off:h.1.attn.head.2;~off:norm")
	has(t, p.HTML(), "One edit on, one paused", "Head 3 of block 2 is off", "Next token after ", "KL divergence", "steps of", "never met")
	if n := len(Of(&p.State).Lost); n != len(p.State.Tokens) {
		t.Errorf("bits are lost after %d tokens; the text has %d", n, len(p.State.Tokens))
	}
	p.Press("data-remove", "1")
	p.Press("role", "switch").Last(Paused{Index: 0})
	has(t, p.HTML(), "One edit, paused")
	if p.State.Compared != nil {
		t.Error("a paused edit is made")
	}
}

func TestAnEditThatCantBeMadeSaysWhyBesideIt(t *testing.T) {
	has(t, on(t, "h.9.ln_1%3D0;h.0.ln_1[9]%3D0").HTML(), "There is no step or weight named", "It waits for token 9.")
}

func TestTheKeyOffersToChangeWhatIsSelected(t *testing.T) {
	p := apptest.OpenPage(t).Send(feature.CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.2.query", Row: 3, Col: 5}})
	p.Send(feature.KeyPressed(p.State, "e"))
	for _, spec := range []string{"h.1.attn.head.2.query[3,5]=0", "h.1.attn.head.2.query[3]=0", "h.1.attn.head.2.query=0", "off:h.1.attn.head.2", "off:h.1.attn"} {
		has(t, p.HTML(), `data-spec="`+spec+`"`)
	}
	p.Press("data-spec", "h.1.attn.head.2.query[3,5]=0")
	p.On("change", "id", "edit-value-1", &apptest.Event{Value: "−2,5"})
	if got := p.State.Edits[0].Spec; got != "h.1.attn.head.2.query[3,5]=-2.5" {
		t.Errorf("the edit is %s", got)
	}
	if v, _ := p.State.Values("h.1.attn.head.2.query"); v.Data[3*v.Cols+5] != -2.5 {
		t.Errorf("the number is %v", v.Data[3*v.Cols+5])
	}
	p.Send(Toggled{})
	has(t, p.HTML(), "your edit sets it to −2.5000", `id="edit-reminder"`)
}

func TestAnotherThingCanStandInTheSamePlace(t *testing.T) {
	p := on(t, "off:h.1.attn.head.2")
	for _, c := range []struct{ do, spec string }{{"mean", "h.1.attn.head.2.mix=mean"}, {"times", "h.1.attn.head.2.mix*=0.5"}, {"zero", "h.1.attn.head.2.mix=0"}} {
		if p.Press("data-do", c.do); p.State.Edits[0].Spec != c.spec {
			t.Errorf("%s makes %s; expected %s", c.do, p.State.Edits[0].Spec, c.spec)
		}
	}
	p.Press("data-do", "text").On("input", "id", "edit-text", &apptest.Event{Value: "AAB"})
	has(t, p.HTML(), "your text has 6")
	p.On("input", "id", "edit-text", &apptest.Event{Value: "AABBCC"}).Press("id", "edit-take")
	if got := p.State.Edits[0].Spec; got != "h.1.attn.head.2.mix=from:0,0,1,1,2,2" {
		t.Errorf("the edit is %s", got)
	}
	p.Press("id", "edits-undo")
	if got := p.State.Edits[0].Spec; got != "h.1.attn.head.2.mix=0" {
		t.Errorf("undone, the edit is %s", got)
	}
}

func TestAnEditIsWrittenByHandOrRefused(t *testing.T) {
	p := on(t, "")
	p.On("input", "id", "edit-spec", &apptest.Event{Value: "nonsense"}).Press("id", "edit-make")
	has(t, p.HTML(), "is no edit")
	p.On("input", "id", "edit-spec", &apptest.Event{Value: "h.0.mlp"})
	has(t, p.HTML(), `value="off:h.0.mlp"`, `value="h.0.mlp.down=0"`)
	p.On("input", "id", "edit-spec", &apptest.Event{Value: "off:mask"}).Press("id", "edit-make")
	if len(p.State.Edits) != 1 || p.State.Edits[0].Spec != "off:mask" {
		t.Errorf("the edits are %v", p.State.Edits)
	}
}

func TestTheSceneMarksTheStrandOfAHeadThatIsOffAndWhatHasADifference(t *testing.T) {
	p := on(t, "off:h.1.attn.head.2")
	marked := map[string]bool{}
	for _, m := range Marks(&p.State) {
		marked[m.Name] = m.Off
	}
	for _, name := range []string{"h.1.attn.head.2.mix", "h.1.attn.head.2.query", "h.1.attn.head.2.scores"} {
		if !marked[name] {
			t.Errorf("%s is not marked", name)
		}
	}
	if Changed(&p.State) != nil {
		t.Error("differences are named while none are shown")
	}
	p.Press("id", "show-difference").Last(feature.ShowChosen{Show: engine.ShowDifference})
	if c := Changed(&p.State); !c["h.1.residual_1"] || c["h.1.ln_1"] {
		t.Errorf("there are differences in %v", c)
	}
	p.Send(feature.StageChosen{Stage: run.PartStage(1, model.PartAttention)})
	if text := p.State.View().Text(); strings.Contains(text.Lead, "%") {
		t.Errorf("differences are told as shares: %s", text.Lead)
	}
}

func TestTheToolStandsInTheMenuOfTheLab(t *testing.T) {
	p := apptest.OpenPage(t).Press("id", "lab")
	if !lab.Of(&p.State).Open {
		t.Fatal("the menu is closed")
	}
	p.Press("id", "lab-1")
	if p.State.Mode != "edits" || lab.Of(&p.State).Open {
		t.Errorf("the mode is %q", p.State.Mode)
	}
	p.Send(lab.Opened{On: true}).Send(feature.KeyPressed(p.State, "Escape"))
	if lab.Of(&p.State).Open || p.State.Mode != "edits" {
		t.Error("Escape does not close the menu alone")
	}
}

func TestTheListSaysWhichTokensAnEditReaches(t *testing.T) {
	p := on(t, "h.1.residual_1[2]=0")
	has(t, p.HTML(), "Only token 2 (", "and the 3 tokens after it can change")
	p.Send(feature.Navigated{Hash: "#edit=h.1.residual_1[5]=0&edits=open"})
	has(t, p.HTML(), "can change: it is the last one.")
	p.Send(feature.Navigated{Hash: "#edit=h.1.residual_1=0&edits=open"})
	if strings.Contains(p.HTML(), "edit-reach") {
		t.Error("an edit of all tokens says that it reaches some")
	}
}

// What an edit took from a text that the model has gone on with is taken anew from what is left of it.
func TestAnEditOutlivesWhatTheModelWrote(t *testing.T) {
	r := apptest.Open(t, "").Send(feature.StepPressed{}).Wait().Send(Added{Spec: "h.0.mlp.down=mean"}).Wait().Send(feature.StepPressed{}).Wait()
	r.Expect("made with", r.S.Edits[0].Spec, "h.0.mlp.down=mean@7")
	r.Send(Added{Spec: "off:h.1.mlp"}).Wait().Send(feature.ResetPressed{}).Wait()
	if d := r.S.Edited[0]; d.Fault != nil || r.S.Edits[0].Spec != "h.0.mlp.down=mean" {
		t.Errorf("of the text alone the edit is %s, %+v", r.S.Edits[0].Spec, d)
	}
}
