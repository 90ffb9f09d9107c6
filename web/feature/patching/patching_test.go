package patching_test

import (
	"math"
	"strings"
	"testing"

	"glassbox/model/lab"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
	. "glassbox/web/feature/patching"
	"glassbox/web/run"
)

// screen returns what components see of a reader's page.
func screen(r *apptest.Reader) *feature.Screen {
	return &feature.Screen{State: &r.S, OnMsg: func(m feature.Msg) { r.Send(m) }, OnAction: func(feature.Action) {}}
}

// mapped returns the map as it is now.
func mapped(r *apptest.Reader) *Map {
	c := &Map{Screen: screen(r)}
	c.BeforeBuild()
	return c
}

// detail returns what the inspector says.
func detail(r *apptest.Reader) *Detail {
	c := &Detail{Screen: screen(r)}
	c.BeforeBuild()
	return c
}

func TestTheMapFillsWithTheScoresOfTheEngine(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	r.Expect("the corrupt text", Of(&r.S).Text, "CBCBBC")
	for _, site := range lab.Sites() {
		r.Send(SiteChosen{site})
		want := r.E.Handle(engine.Request{ID: 9000, Lab: &engine.Lab{Patch: &engine.Patch{Corrupt: "CBCBBC", Token: -1, Against: -1, Site: site, To: 1000}}}).Lab.Patch
		c := mapped(r)
		for i, score := range want.Scores {
			if got := c.Number(i/want.Cells, i%want.Cells); got == "" || !strings.Contains(got, strings.TrimPrefix(percentOf(score), "-")) {
				t.Errorf("%s: cell %d has %q; the score is %v", site, i, got, score)
			}
		}
	}
	if c := mapped(r.Send(SiteChosen{lab.SiteStream})); c.Number(0, 2) != "100" || c.Number(0, 0) != "0" {
		t.Errorf("the token that differs brings back %s %%, one that is the same %s %%", c.Number(0, 2), c.Number(0, 0))
	}
}

// percentOf writes a score as a whole number of percent.
func percentOf(score float64) string {
	v := math.Round(score * 100)
	if v == 0 {
		return "0"
	}
	text := ""
	for n := int(math.Abs(v)); n > 0; n /= 10 {
		text = string(rune('0'+n%10)) + text
	}
	return text
}

func TestAPlaceIsToldInWordsAndStandsInTheLink(t *testing.T) {
	r := apptest.Open(t, "#patch=resid_pre&patch-cell=1.2")
	if story := Story(&r.S); !strings.HasPrefix(story, "With token 2 (A) of the stream before block 2 from the clean run, ") || !strings.HasSuffix(story, " % of the answer comes back.") {
		t.Errorf("it says %q", story)
	}
	r.Send(Moved{Spot{2, 5}}, Moved{Spot{3, 5}}, SiteChosen{lab.SiteMLP})
	if hash := r.S.Hash(); !strings.Contains(hash, "patch=mlp_out&patch-cell=2.5") || strings.Contains(hash, "patch-text") {
		t.Errorf("the link is %s", hash)
	}
	if title := detail(r).Title(); title != "Block 3, token 5 (C)" {
		t.Errorf("the place is %q", title)
	}
	r.Send(SiteChosen{lab.SiteHead}).Expect("a head is no token", Of(&r.S).At == nil, true)
	r.Send(Chosen{Spot{0, 3}}).Expect("there is no such head", Of(&r.S).At == nil, true)
	r.Send(Chosen{Spot{0, 2}})
	if story := Story(&r.S); !strings.Contains(story, "head 3 of block 1") {
		t.Errorf("of a head it says %q", story)
	}
	r.Send(Typed{"CBBBBC"})
	if hash := r.S.Hash(); !strings.Contains(hash, "patch-text=CBBBBC") {
		t.Errorf("the link is %s", hash)
	}
}

func TestTextsThatCantBeComparedAreSaid(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	for text, says := range map[string]string{
		"": "Write a corrupt text", "CBABBC": "Both texts are the same", "CBA": "The clean text has 6 tokens, the corrupt one 3", "CBXBBC": "This could not be computed",
	} {
		r.Send(Typed{text})
		if c := mapped(r); !strings.Contains(c.Empty(), says) {
			t.Errorf("of %q it says %q", text, c.Empty())
		}
	}
	r.Send(Typed{"CBCBBC"}).Expect("it is computed again", mapped(r).Empty(), "")
	r.Send(feature.StepPressed{})
	c := detail(r)
	if !c.Written() || !strings.Contains(mapped(r).Empty(), "1 of which the model wrote; the corrupt one has 6") {
		t.Errorf("with a token of the model it says %q", mapped(r).Empty())
	}
	c.Reset()
	r.Expect("without it", mapped(r).Empty(), "")
}

func TestAPlaceBecomesAnEditAndTheCleanTextComesBack(t *testing.T) {
	for _, site := range lab.Sites() {
		r := apptest.Open(t, "#edit=off:h.2.mlp&patch="+string(site)+"&patch-cell=0.2")
		score := mapped(r).Number(0, 2)
		want := detail(r).Difference()
		r.Send(EditPressed{})
		r.Expect("the text", r.S.Text, "CBCBBC").Expect("edits", len(r.S.Edits), 1).Expect("faults", r.S.Edited[0].Fault == nil, true)
		if !strings.Contains(r.S.Edits[0].Spec, "=from:2,1,0,1,1,2") {
			t.Errorf("%s: the edit is %s", site, r.S.Edits[0].Spec)
		}
		f := Of(&r.S)
		if f.Made == nil || mapped(r).Number(0, 2) != score {
			t.Fatalf("%s: the map is gone: %+v", site, f.Made)
		}
		if got := difference(r, detail(r)); math.Abs(got-number(want)) > 2e-4 {
			t.Errorf("%s: the run has the difference %v; the map says %s", site, got, want)
		}
		if title := detail(r).Title(); site != lab.SiteHead && title != "Block 1, token 2 (A)" {
			t.Errorf("the place is called %q, though the token is one of the clean text", title)
		}
		hash := r.S.Hash()
		if !strings.Contains(hash, "patch-clean=CBABBC") {
			t.Errorf("the link is %s", hash)
		}
		r.Send(BackPressed{})
		r.Expect("the text", r.S.Text, "CBABBC").Expect("the edits of before", r.S.Edits[0], run.Edit{Spec: "off:h.2.mlp"}).Expect("it is forgotten", Of(&r.S).Made == nil, true)
		r.Expect("the map", mapped(r).Number(0, 2), score)

		again := apptest.Open(t, hash)
		again.Expect("by its link", Of(&again.S).Made != nil, true).Expect("the map", mapped(again).Number(0, 2), score).Expect("instead of a map", mapped(again).Empty(), "")
		again.Expect("the difference", detail(again).Difference(), want).Expect("its link", again.S.Hash(), hash)
		again.Send(SiteChosen{lab.SiteAttention}).Expect("another map is not computed", strings.Contains(again.S.Hash(), "patch=attn_out") && mapped(again).Number(0, 2) != "", true)
		again.Send(SiteChosen{site}, feature.StepPressed{}).Expect("the map behind a token that was written", mapped(again).Number(0, 2), score)
		again.Send(feature.UndoPressed{}, BackPressed{}).Expect("the text", again.S.Text, "CBABBC").Expect("the map", mapped(again).Number(0, 2), score)
	}
}

// Letters are spelled as those of the model, in this field as in that of the page: else the text of the page would be another one.
func TestACorruptTextIsSpelledAsTheModelReadsIt(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{}, Typed{"cbcbbc"}, Chosen{Spot{0, 2}}, EditPressed{})
	r.Expect("the text", r.S.Text, "CBCBBC").Expect("the corrupt one", Of(&r.S).Text, "CBCBBC").Expect("a place is patched", Of(&r.S).Made != nil, true)
}

// difference is that of the logits of both answers, in the run on the page.
func difference(r *apptest.Reader, c *Detail) (v float64) {
	for _, x := range r.S.Candidates {
		switch {
		case c.IsAnswer(0, x.ID):
			v += float64(x.Logit)
		case c.IsAnswer(1, x.ID):
			v -= float64(x.Logit)
		}
	}
	return v
}

// number reads one that was written for readers.
func number(text string) (v float64) {
	text = strings.NewReplacer("−", "-", "\u200e", "", "\u2066", "", "\u2069", "").Replace(text)
	sign, scale := 1.0, 0.0
	for _, c := range text {
		switch {
		case c == '-':
			sign = -1
		case c == '.':
			scale = 1
		case scale == 0:
			v = v*10 + float64(c-'0')
		default:
			scale /= 10
			v += float64(c-'0') * scale
		}
	}
	return sign * v
}

func TestATokenIsCarriedFromOneRowToTheOther(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{}, Chosen{Spot{1, 0}}, Taken{2})
	r.Expect("it is carried", *Of(&r.S).Carried, 2)
	if says := mapped(r).Carrying(); !strings.HasPrefix(says, "A is carried.") || !strings.Contains(says, "before block 2") {
		t.Errorf("of what is carried it says %q", says)
	}
	r.Send(Taken{2}).Expect("and put back", Of(&r.S).Carried == nil, true)
	r.Send(SiteChosen{lab.SiteMLP}, Taken{2}, PutDown{-1})
	f := Of(&r.S)
	if f.Made == nil || f.Site != lab.SiteStream || *f.At != (Spot{1, 2}) || r.S.Text != "CBCBBC" || !strings.Contains(r.S.Edits[0].Spec, "[2]=from:") {
		t.Errorf("it was put down as %+v with %v", f.Made, r.S.Edits)
	}
	r.Send(BackPressed{}, Taken{1}, PutDown{2}).Expect("at a block", *Of(&r.S).At, Spot{2, 1})
}

func TestUndoOrAnotherTextForgetsWhatWasMade(t *testing.T) {
	r := apptest.Open(t, "#patch=resid_pre&patch-cell=0.2").Send(EditPressed{}, feature.UndoPressed{}, feature.UndoPressed{})
	r.Expect("the text", r.S.Text, "CBABBC").Expect("made", Of(&r.S).Made == nil, true).Expect("edits", len(r.S.Edits), 0).Expect("the map", mapped(r).Number(0, 2), "100")
	r.Send(EditPressed{}, feature.TextChosen{Text: "AAAAAA"}).Expect("made", Of(&r.S).Made == nil, true)
	r.Send(feature.ModelChosen{ID: r.S.Models[1].ID}).Expect("with another model, a place", Of(&r.S).At == nil, true)
}

func TestOtherAnswersAreCompared(t *testing.T) {
	r := apptest.Open(t, "#patch=resid_pre")
	c := detail(r)
	var other int
	for _, x := range c.Next() {
		if !c.IsAnswer(0, x.ID) && !c.IsAnswer(1, x.ID) {
			other = x.ID
		}
	}
	r.Send(AnswerChosen{1, other})
	r.Expect("it is the other answer", detail(r).IsAnswer(1, other), true)
	if hash := r.S.Hash(); !strings.Contains(hash, "patch-answers=0.2") {
		t.Errorf("the link is %s", hash)
	}
	r.Send(AnswerChosen{0, other})
	r.Expect("both change places", *Of(&r.S).Answers, [2]int{2, 0})
}

func TestWhatIsComputedCanBeStopped(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	r.Send(Paused{true}, SiteChosen{lab.SiteHead})
	c := mapped(r)
	if !c.Halted() || c.Number(0, 0) != "" {
		t.Errorf("it goes on, though it was stopped: %q", c.Number(0, 0))
	}
	c.Pause(false)
	r.Expect("then it goes on", mapped(r).Number(0, 0) != "", true)
}

// A link may name the clean text without an edit that tells what was taken from it: then there is no map, and that is said.
func TestALinkWithoutItsEditSaysWhyThereIsNoMap(t *testing.T) {
	r := apptest.Open(t, "#text=CBCBBC&patch=resid_pre&patch-text=CBCBBC&patch-clean=CBABBC")
	r.Expect("it says why", strings.Contains(mapped(r).Empty(), "The map is drawn from the clean text"), true)
	r.Send(BackPressed{}).Expect("the text", r.S.Text, "CBABBC").Expect("the map", mapped(r).Number(0, 2), "100")
	for _, edit := range []string{"h.0.ln_1=from:1,2", "h.0.ln_1=from:9,9,9,9,9,9", "h.0.ln_1=from:2,1,2,1,1,2", "h.9.ln_1=from:1,1,1,1,1,1"} {
		r := apptest.Open(t, "#text=CBCBBC&edit="+edit+"&patch=resid_pre&patch-text=CBCBBC&patch-clean=CBABBC")
		if c := mapped(r); c.Empty() == "" && c.Number(0, 2) == "" {
			t.Errorf("%s: there is neither a map nor a word", edit)
		}
	}
}

func TestLaterBlocksAndTokensLieInTheConeOfAPlace(t *testing.T) {
	r := apptest.Open(t, "#patch=resid_pre&patch-cell=0.2")
	c := mapped(r)
	for at, want := range map[Spot]string{{0, 2}: "", {0, 3}: "", {1, 1}: "", {1, 2}: "cone cone-top cone-edge", {1, 3}: "cone cone-top", {2, 2}: "cone cone-edge", {2, 5}: "cone"} {
		if got := c.ConeClass(at.Block, at.Cell); got != want {
			t.Errorf("%v: %q; expected %q", at, got, want)
		}
	}
}

func TestTheMapIsSaved(t *testing.T) {
	r := apptest.Open(t, "#patch=resid_pre").Send(SiteChosen{lab.SiteHead})
	c := mapped(r)
	var saved feature.SaveText
	c.Screen.OnAction = func(a feature.Action) { saved = a.(feature.SaveText) }
	c.Take(export.CSV)
	lines := strings.Split(strings.TrimSpace(saved.Text), "\n")
	if saved.Name != "sort-patching.csv" || len(lines) != 1+18+9 || !strings.HasPrefix(lines[3], `resid_pre,0,2,,"A","C",embed.sum,1`) || !strings.HasPrefix(lines[19], "head_mix,0,,0,,,h.0.attn.head.0.mix,") {
		t.Errorf("%s has %d lines: %s", saved.Name, len(lines), saved.Text)
	}
	for _, line := range lines {
		if strings.Count(line, ",") != 7 {
			t.Errorf("the line %s has not 8 fields", line)
		}
	}
	c.Take(export.SVG)
	if saved.Name != "sort-patching.svg" || !strings.Contains(saved.Text, "Patching: Heads") || !strings.Contains(saved.Text, "Clean: CBABBC Corrupt: CBCBBC") || !strings.Contains(saved.Text, ">Head 3<") {
		t.Errorf("%s is %s", saved.Name, saved.Text)
	}
}

func TestATextThatCantBeRunLeavesTheMapOfTheLastOne(t *testing.T) {
	r := apptest.Open(t, "#patch=resid_pre&patch-cell=0.2").Send(feature.PromptChanged{Text: "CBA?"})
	if r.S.TextError == "" {
		t.Fatal("the text can be run")
	}
	r.Expect("the map", mapped(r).Number(0, 2), "100")
	r.Send(EditPressed{}, BackPressed{}).Expect("the text that ran", r.S.Text, "CBABBC")
}
