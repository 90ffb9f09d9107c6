package feature_test

import (
	"slices"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// writes returns a reader at a model of GPT-2's vocabulary.
func writes(t testing.TB) *apptest.Reader {
	t.Helper()
	return apptest.Words(t)
}

func TestTheTableOfAllTokensHoldsItsPageAndNoMore(t *testing.T) {
	r := writes(t).Send(RankingMoved{1})
	if k := r.S.Ranking; k == nil || len(k.Rows) != RankingRows || k.Rows[0].Candidate != r.S.Candidates[0] || k.Total != GPT2Vocab {
		t.Fatalf("the table holds %+v", k)
	}
	r.Send(RankingMoved{29999}).Expect("the page begins at", r.S.Rank, 29991).Expect("and holds", r.S.Ranking.Rows[8].Rank, 29998)
	r.Send(RankingMoved{1 << 30}).Expect("the last page begins at", r.S.Rank, 50251).Expect("rows", len(r.S.Ranking.Rows), 7)
	last := r.S.Ranking.Rows[6]
	r.Send(PromptChanged{"How to predict the"})
	if now := r.S.Ranking.Rows[6]; now == last {
		t.Error("the table still holds the ranks of the text before")
	}
	r.Send(SamplingChanged{run.Sampling{Temperature: 1, TopK: 5, Seed: 1}}, RankingMoved{1})
	for n, row := range r.S.Ranking.Rows {
		if by := r.S.DroppedBy(row); (by == "top-k drops it") != (n >= 5) {
			t.Errorf("under top-k 5, rank %d says %q", n, by)
		}
	}
	r.Send(PromptChanged{""}).Expect("without a text the table holds ranks", r.S.Ranking != nil, false)
	r.Send(RankingMoved{0}).Expect("it is open", r.S.Rank, 0)
}

func TestATokenIsFoundAndReached(t *testing.T) {
	r := writes(t).Send(TokenSought{" ball"})
	r.Expect("the table opens at", r.S.Rank, 1)
	found := r.S.Ranking.Found
	if len(found) == 0 || found[0].Text != "·ball" || found[0].ID != 2613 {
		t.Fatalf("·ball finds %v", found)
	}
	r.Send(RankingMoved{found[0].Rank + 1})
	if row := r.S.Ranking.Rows[found[0].Rank%RankingRows]; row != found[0] {
		t.Errorf("its page holds %v there", row)
	}
	hash := r.S.Hash()
	if !strings.Contains(hash, "find=%20ball") || !strings.Contains(hash, "rank=") {
		t.Errorf("the link is %s", hash)
	}
	r.Send(CellChosen{&run.Cell{Name: "probabilities", Row: 2, Col: 2613}})
	if _, _, question := r.S.View().About(mustInfo(r, "probabilities")); question != "How likely ·ball is to follow token 2 (·predict)." {
		t.Errorf("its probability answers %q", question)
	}
	if where := SpokenPlace(r.S); !strings.Contains(where, "word ·ball") {
		t.Errorf("aloud it is %q", where)
	}
	r.Send(ModelChosen{"sort"}).Expect("with another model the table is at", r.S.Rank, 0)
	r.Send(RankingMoved{1}, TokenSought{"A"}).Expect("three letters need no table", r.S.Rank, 0)
}

func mustInfo(r *apptest.Reader, name string) model.Info {
	info, ok := r.S.Info(name)
	if !ok {
		r.T.Fatalf("there is no %s", name)
	}
	return info
}

func TestSlowAnswersNeverShowRanksOfAnotherText(t *testing.T) {
	r := writes(t).Send(RankingMoved{1})
	r.Slow = true
	r.Send(RankingMoved{11}, RankingMoved{21}, PromptChanged{"The ball"})
	r.Slow = false
	r.Deliver()
	if k := r.S.Ranking; k.From != 20 || k.Rows[0].Rank != 20 || Busy(r.S) {
		t.Errorf("the table holds the ranks from %d on", k.From)
	}
	want := r.E.Handle(engine.Request{Rank: &engine.Rank{From: 20, To: 21}}).Ranking.Rows[0]
	r.Expect("the first row", r.S.Ranking.Rows[0], want)
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
	if note := UnseenNote(r.S); !strings.HasPrefix(note, "The model has never seen ·predict: ") || !strings.Contains(SpokenText(r.S), note) {
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
	if rows, _ := sent("logits"); rows != 0 {
		t.Errorf("%d rows of logits came without being looked at", rows)
	}
	r.Send(StageChosen{run.StageSoftmax})
	for _, name := range []string{"logits", "probabilities"} {
		if rows, cols := sent(name); rows != 3 || cols != run.LongAxis {
			t.Errorf("at the softmax %s has %d rows of %d", name, rows, cols)
		}
	}
	r.Send(StageChosen{run.StageOutput})
	if rows, cols := sent("wte.weight"); rows != run.LongAxis || cols != 16 {
		t.Errorf("the table of tokens has %d rows of %d", rows, cols)
	}
	compare := func() {
		t.Helper()
		T := len(r.S.Tokens)
		want := r.E.Handle(engine.Request{Tensor: &engine.Tensor{Name: "logits", To: T, Cols: run.LongAxis}}).Values
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
