package feature_test

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// writes returns a reader at a model of GPT-2's vocabulary.
func writes(t testing.TB) *apptest.Reader {
	t.Helper()
	return apptest.Words(t)
}

func mustInfo(r *apptest.Reader, name string) model.Info {
	info, ok := r.S.Info(name)
	if !ok {
		r.T.Fatalf("there is no %s", name)
	}
	return info
}

func TestNumbersOverTheVocabularyComeForThePageOfTheirTable(t *testing.T) {
	r := writes(t).Send(PanelChosen{"logits"})
	best := r.S.Candidates[0]
	if v, ok := r.S.At("logits", 2, best.ID); !ok || v != best.Logit {
		t.Errorf("the logit of the best token is %v, %t; expected %v", v, ok, best.Logit)
	}
	if _, ok := r.S.At("logits", 2, (best.ID+20000)%40000+run.LongAxis+TableCols); ok {
		t.Error("the page holds logits that its table does not show")
	}
	r.Send(CellChosen{&run.Cell{Name: "logits", Row: 1, Col: 2613}})
	if v, ok := r.S.At("logits", 1, 2612); !ok || v == 0 {
		t.Errorf("beside the chosen logit stands %v, %t", v, ok)
	}
	r.Expect("its column", r.S.Heading("logits", 2613, true), "·ball").Expect("its row", r.S.Heading("logits", 1, false), "1 ·to")
	r.Send(PanelChosen{"wte.weight"}).Expect("the row of the last token", r.S.Heading("wte.weight", 4331, false), "·predict")
	row, _ := r.S.TableAt(mustInfo(r, "wte.weight"))
	r.Expect("the table of tokens begins with", row, 4331)
	r.Send(CellChosen{&run.Cell{Name: "wte.weight", Row: 2613, Col: 3}}).Expect("a row that was chosen", r.S.Heading("wte.weight", 2613, false), "·ball")
}

func TestTheLargestTermsOverTheVocabularyAreNamed(t *testing.T) {
	r := writes(t).Send(CellChosen{&run.Cell{Name: "probabilities.sum", Row: 2, Col: 0}})
	c, ok := r.S.View().Calculation()
	if !ok || len(c.Terms) != 7 || c.Count != GPT2Vocab || c.Unsent != GPT2Vocab-64 {
		t.Fatalf("%d terms are listed of %d, %d did not come", len(c.Terms), c.Count, c.Unsent)
	}
	named := map[string]bool{}
	for _, term := range c.Terms {
		named[term.Label] = true
		if strings.HasPrefix(term.Label, "#") {
			t.Errorf("term %d has no word: %s", term.Index, term.Label)
		}
	}
	if best := r.S.Candidates[0].Text; !named[best] {
		t.Errorf("the terms are %v; the largest is %s", named, best)
	}
	sum := c.RestSum
	for _, term := range c.Terms {
		sum += term.Product
	}
	if diff := sum - float64(c.Value); diff > 1e-3 || diff < -1e-3 {
		t.Errorf("the terms and the rest sum to %v; expected %v", sum, c.Value)
	}
}

func TestTokensThatWereNeverSeenSaySo(t *testing.T) {
	r := writes(t)
	r.Expect("of seen tokens it says", UnseenNote(writes(t).Send(PromptChanged{"How to"}).S), "")
	r.Send(PromptChanged{"How to predict"})
	if note := UnseenNote(r.S); !strings.HasPrefix(note, "This token was not in its training: ·predict. ") || !strings.Contains(SpokenText(r.S), note) {
		t.Errorf("it says %q, and aloud %q", note, SpokenText(r.S))
	}
	r.Send(PromptChanged{"predicting xylophone zebras"})
	if note := UnseenNote(r.S); !strings.Contains(note, ", ") || !strings.Contains(note, " and ") {
		t.Errorf("of several it says %q", note)
	}
}

func TestPanelsOverTheVocabularyGetWhatTheSceneShows(t *testing.T) {
	r := writes(t)
	sent := func(name string) (rows, cols int) {
		v := r.S.Held(name)
		return v.Rows, v.Cols
	}
	for _, stage := range []run.Stage{run.StageOverview, run.StageSoftmax, run.StageOutput} {
		r.Send(StageChosen{stage})
		for _, name := range []string{"logits", "probabilities"} {
			if rows, cols := sent(name); rows != 3 || cols != run.Window {
				t.Errorf("at the stage %q %s has %d rows of %d", stage, name, rows, cols)
			}
		}
		if rows, cols := sent("wte.weight"); rows != run.Window || cols != 16 {
			t.Errorf("at the stage %q the table of tokens has %d rows of %d", stage, rows, cols)
		}
	}
	compare := func() {
		t.Helper()
		T := len(r.S.Tokens)
		want := r.E.Handle(engine.Request{Tensor: &engine.Tensor{Name: "logits", To: T, Col: r.S.FirstWord, Cols: run.Window}}).Values
		if got := r.S.Held("logits"); got.Rows != T || !slices.Equal(got.Data, want.Data) {
			t.Errorf("%d rows of logits are not those of %q", got.Rows, r.S.Text)
		}
	}
	for _, text := range []string{"How to", "How to predict the", "How to predict that", "The ball", "The ball"} {
		r.Send(PromptChanged{text})
		compare()
	}
	if _, ok := r.S.Values("logits"); ok {
		t.Error("a part of the logits passes for all of them")
	}
}
