package ranking_test

import (
	"fmt"
	"html"
	"math"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/flow"
	"glassbox/web/feature/ranking"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// best returns the rows of the table on the scene and the component; nil: it is not there.
func best(r *apptest.Reader) *ranking.Top {
	c := &Screen{State: &r.S, OnMsg: func(m Msg) { r.Send(m) }}
	for _, b := range view.Components(c, SlotScene) {
		if t, is := b.(*ranking.Top); is {
			return t
		}
	}
	return nil
}

// TestTheMostLikelyTokensStandOnTheSceneWhereTheyGetTheirNumbers, with the model's own numbers, and nowhere else.
func TestTheMostLikelyTokensStandOnTheSceneWhereTheyGetTheirNumbers(t *testing.T) {
	r := apptest.Words(t).Send(SamplingChanged{Sampling: run.Sampling{Temperature: 1, TopK: 4, TopP: 1, Seed: 1}})
	for stage, there := range map[run.Stage]bool{run.StageOverview: false, run.StageToken: false, run.BlockStage(0): false, run.StageNorm: false,
		run.StageOutput: true, run.StageSoftmax: true, run.StageSample: true} {
		if r.Send(StageChosen{Stage: stage}); (best(r) != nil) != there {
			t.Errorf("at the stage %q the table is there: %t", stage, !there)
		}
	}
	c := best(r.Send(StageChosen{Stage: run.StageSample}))
	if len(c.Rows()) != ranking.Rows || c.More() != "50,247 more tokens" {
		t.Fatalf("the table has %d rows and says %q", len(c.Rows()), c.More())
	}
	sum := float64(0)
	for n, row := range c.Rows() {
		sum += float64(row.Probability)
		if row.Candidate != r.S.Candidates[n] || c.Logit(row) != say.Fixed(float64(row.Logit), 2) || c.Share(row) != say.Percent(row.Probability) {
			t.Errorf("row %d is %v; the candidate is %v", n, row, r.S.Candidates[n])
		}
		if want := map[bool]string{true: say.Percent(row.Sampled), false: "cut by top-k"}[n < 4]; c.Cut(row) != want {
			t.Errorf("under top-k 4, row %d says %q; expected %q", n, c.Cut(row), want)
		}
	}
	if want := say.Percent(float32(1 - sum)); c.Rest() != want || c.RestCut() != "cut by top-k" {
		t.Errorf("the rest has %s and %q; expected %s", c.Rest(), c.RestCut(), want)
	}
	r.Send(flow.Toggled{}).Expect("while the run is watched the table is there", best(r) != nil, false)
}

// TestARowOfTheTableLeadsToItsNumber: that of the stage, for the token that the reader has chosen.
func TestARowOfTheTableLeadsToItsNumber(t *testing.T) {
	r := apptest.Words(t)
	last := len(r.S.Tokens) - 1
	for stage, want := range map[run.Stage]run.Cell{
		run.StageOutput: {Name: "logits", Row: last}, run.StageSoftmax: {Name: "probabilities", Row: last}, run.StageSample: {Name: "sample.probabilities"},
	} {
		r.Send(CellChosen{}, StageChosen{Stage: stage})
		c := best(r)
		row := c.Rows()[2]
		c.Choose(row)
		info, ok := r.S.Info(want.Name)
		if !ok && stage == run.StageSample {
			_, name := r.S.Locate(run.StepOf(model.PartSample, model.OpShare))
			want.Name = name
			info, _ = r.S.Info(name)
		}
		want.Col = row.ID
		if r.S.Cell == nil || *r.S.Cell != want || want.Row >= info.Rows {
			t.Errorf("at the stage %q the third row leads to %v; expected %v", stage, r.S.Cell, want)
		}
		if c := best(r); c == nil || c.Chosen(row) != "true" {
			t.Errorf("at the stage %q the row is not pressed afterwards", stage)
		}
	}
}

// TestTheTableFollowsTheTokenThatIsChosen: of an earlier one the next of the text is lit, and nothing is cut, for nothing
// is drawn there.
func TestTheTableFollowsTheTokenThatIsChosen(t *testing.T) {
	r := apptest.Open(t, "#stage=softmax&panel=probabilities&cell=1.0")
	c := best(r)
	if c == nil || c.Drawn() || c.Title() != "Next token after "+r.S.Tag(1) || len(c.Rows()) != 3 || c.More() != "" {
		t.Fatalf("the table is %+v", c)
	}
	logits, _ := r.S.Values("logits")
	lit := 0
	for n, row := range c.Rows() {
		if want := logits.Data[logits.Cols+row.ID]; row.Logit != want || row.Dropped != "" || row.Sampled != 0 {
			t.Errorf("row %d is %+v; expected the logit %v", n, row, want)
		}
		if c.Follows(row) {
			lit++
			if row.ID != r.S.Tokens[2].ID || !strings.Contains(c.RowClass(n), "this") {
				t.Errorf("%v is lit; token 2 is %v", row, r.S.Tokens[2])
			}
		}
	}
	if lit != 1 {
		t.Errorf("%d rows are lit", lit)
	}
	last := best(r.Send(CellChosen{}, PanelChosen{}, StageChosen{Stage: run.StageSoftmax}))
	if !last.Drawn() || !last.Follows(last.Rows()[0]) || last.Rows()[0].ID != r.S.Drawn.ID {
		t.Errorf("without a cell, the first row is %v; drawn was %v", last.Rows()[0], r.S.Drawn)
	}
}

// TestTheBarsOfLogitsReachFromZeroToEitherSide.
func TestTheBarsOfLogitsReachFromZeroToEitherSide(t *testing.T) {
	r := apptest.Open(t, "#stage=output")
	c := best(r)
	number := func(text string) (v float64) {
		fmt.Sscanf(text, "%g%%", &v)
		return v
	}
	var zero []float64
	for _, row := range c.Rows() {
		start, wide := number(c.LogitStart(row)), number(c.LogitWidth(row))
		if start < 0 || start+wide > 100.01 || wide <= 0 {
			t.Errorf("the bar of %v begins at %v and is %v wide", row.Logit, start, wide)
		}
		if row.Logit < 0 {
			start += wide
		}
		zero = append(zero, start)
	}
	for _, at := range zero {
		if math.Abs(at-zero[0]) > 0.02 {
			t.Errorf("zero stands at %v", zero)
		}
	}
}

// TestLogitsThatAreAllZeroHaveBarsWithoutAWidth: of nothing there is no share.
func TestLogitsThatAreAllZeroHaveBarsWithoutAWidth(t *testing.T) {
	r := apptest.Open(t, "#stage=output")
	c := best(r)
	for i := range c.Rows() {
		c.Rows()[i].Logit = 0
	}
	for _, row := range c.Rows() {
		if start, wide := c.LogitStart(row), c.LogitWidth(row); start != "0.00%" || wide != "0.00%" {
			t.Errorf("the bar of %v begins at %s and is %s wide", row.Logit, start, wide)
		}
	}
}

// TestTheTableCanBeRead: every row is a button named after its token, every column has a head.
func TestTheTableCanBeRead(t *testing.T) {
	r := apptest.Words(t).Send(StageChosen{Stage: run.StageSoftmax})
	page := apptest.Draw(t, &view.Root{Screen: Screen{State: &r.S}})
	from := strings.Index(page, `id="top-ten"`)
	if from < 0 {
		t.Fatal("the page lacks the table")
	}
	part := page[from:]
	part = part[:strings.Index(part, "</section>")]
	if n := strings.Count(part, "<button"); n != ranking.Rows {
		t.Errorf("%d rows can be pressed", n)
	}
	for _, want := range []string{"token", "logit", "probability", "after the cuts", "50,247 more tokens", "how did its probability "} {
		if !strings.Contains(part, want) {
			t.Errorf("the table lacks %q", want)
		}
	}
	first := best(r).Rows()[0]
	if !strings.Contains(part, `aria-label="`+html.EscapeString(first.Text)) {
		t.Errorf("no button is named after %s", first.Text)
	}
}
