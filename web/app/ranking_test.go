package app

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// writes returns a reader at a model of GPT-2's vocabulary, opened from a file, most of
// whose tokens share a row: it has never seen those from 4000 on.
func writes(t testing.TB) *reader {
	t.Helper()
	c := model.Config{Vocab: GPT2Vocab, Context: 16, Width: 16, Heads: 4, Blocks: 2, Tied: true, Distinct: 4001}
	r := open(t, "")
	r.send(FileChosen{r.onDisk("words.safetensors", random(t, c))})
	if r.s.Problem != nil || len(r.s.Tokens) != 3 {
		t.Fatalf("the model did not open: %+v, %v", r.s.Problem, r.s.Tokens)
	}
	return r
}

func TestTheTableOfAllTokensHoldsItsPageAndNoMore(t *testing.T) {
	r := writes(t).send(RankingMoved{1})
	if k := r.s.Ranking; k == nil || len(k.Rows) != RankingRows || k.Rows[0].Candidate != r.s.Candidates[0] || k.Total != GPT2Vocab {
		t.Fatalf("the table holds %+v", k)
	}
	r.send(RankingMoved{29999}).expect("the page begins at", r.s.Rank, 29991).expect("and holds", r.s.Ranking.Rows[8].Rank, 29998)
	r.send(RankingMoved{1 << 30}).expect("the last page begins at", r.s.Rank, 50251).expect("rows", len(r.s.Ranking.Rows), 7)
	last := r.s.Ranking.Rows[6]
	r.send(PromptChanged{"How to predict the"})
	if now := r.s.Ranking.Rows[6]; now == last {
		t.Error("the table still holds the ranks of the text before")
	}
	r.send(SamplingChanged{run.Sampling{Temperature: 1, TopK: 5, Seed: 1}}, RankingMoved{1})
	for n, row := range r.s.Ranking.Rows {
		if by := r.s.DroppedBy(row); (by == "top-k drops it") != (n >= 5) {
			t.Errorf("under top-k 5, rank %d says %q", n, by)
		}
	}
	r.send(PromptChanged{""}).expect("without a text the table holds ranks", r.s.Ranking != nil, false)
	r.send(RankingMoved{0}).expect("it is open", r.s.Rank, 0)
}

func TestATokenIsFoundAndReached(t *testing.T) {
	r := writes(t).send(TokenSought{" ball"})
	r.expect("the table opens at", r.s.Rank, 1)
	found := r.s.Ranking.Found
	if len(found) == 0 || found[0].Text != "·ball" || found[0].ID != 2613 {
		t.Fatalf("·ball finds %v", found)
	}
	r.send(RankingMoved{found[0].Rank + 1})
	if row := r.s.Ranking.Rows[found[0].Rank%RankingRows]; row != found[0] {
		t.Errorf("its page holds %v there", row)
	}
	hash := r.s.Hash()
	if !strings.Contains(hash, "find=%20ball") || !strings.Contains(hash, "rank=") {
		t.Errorf("the link is %s", hash)
	}
	r.send(CellChosen{&run.Cell{Name: "probabilities", Row: 2, Col: 2613}})
	if _, _, question := r.s.View().About(mustInfo(r, "probabilities")); question != "How likely ·ball is to follow token 2 (·predict)." {
		t.Errorf("its probability answers %q", question)
	}
	if where := spokenPlace(r.s); !strings.Contains(where, "word ·ball") {
		t.Errorf("aloud it is %q", where)
	}
	r.send(ModelChosen{"sort"}).expect("with another model the table is at", r.s.Rank, 0)
	r.send(RankingMoved{1}, TokenSought{"A"}).expect("three letters need no table", r.s.Rank, 0)
}

func mustInfo(r *reader, name string) model.Info {
	info, ok := r.s.Info(name)
	if !ok {
		r.t.Fatalf("there is no %s", name)
	}
	return info
}

func TestSlowAnswersNeverShowRanksOfAnotherText(t *testing.T) {
	r := writes(t).send(RankingMoved{1})
	r.slow = true
	r.send(RankingMoved{11}, RankingMoved{21}, PromptChanged{"The ball"})
	r.slow = false
	r.deliver()
	if k := r.s.Ranking; k.From != 20 || k.Rows[0].Rank != 20 || Busy(r.s) {
		t.Errorf("the table holds the ranks from %d on", k.From)
	}
	want := r.e.Handle(engine.Request{Rank: &engine.Rank{From: 20, To: 21}}).Ranking.Rows[0]
	r.expect("the first row", r.s.Ranking.Rows[0], want)
}

func TestNumbersOverTheVocabularyComeForThePageOfTheirTable(t *testing.T) {
	r := writes(t).send(PanelChosen{"logits"})
	best := r.s.Candidates[0]
	if v, ok := r.s.At("logits", 2, best.ID); !ok || v != best.Logit {
		t.Errorf("the logit of the best token is %v, %t; expected %v", v, ok, best.Logit)
	}
	if _, ok := r.s.At("logits", 2, (best.ID+20000)%40000+run.LongAxis+TableCols); ok {
		t.Error("the page holds logits that its table does not show")
	}
	r.send(CellChosen{&run.Cell{Name: "logits", Row: 1, Col: 2613}})
	if v, ok := r.s.At("logits", 1, 2612); !ok || v == 0 {
		t.Errorf("beside the chosen logit stands %v, %t", v, ok)
	}
	r.expect("its column", r.s.Heading("logits", 2613, true), "·ball").expect("its row", r.s.Heading("logits", 1, false), "1 ·to")
	r.send(PanelChosen{"wte.weight"}).expect("the row of the last token", r.s.Heading("wte.weight", 4331, false), "·predict")
	row, _ := r.s.TableAt(mustInfo(r, "wte.weight"))
	r.expect("the table of tokens begins with", row, 4331)
	r.send(CellChosen{&run.Cell{Name: "wte.weight", Row: 2613, Col: 3}}).expect("a row that was chosen", r.s.Heading("wte.weight", 2613, false), "·ball")
}

func TestTheLargestTermsOverTheVocabularyAreNamed(t *testing.T) {
	r := writes(t).send(CellChosen{&run.Cell{Name: "probabilities.sum", Row: 2, Col: 0}})
	c, ok := r.s.View().Calculation()
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
	if best := r.s.Candidates[0].Text; !named[best] {
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
	r.expect("of seen tokens it says", UnseenNote(writes(t).send(PromptChanged{"How to"}).s), "")
	r.send(PromptChanged{"How to predict"})
	if note := UnseenNote(r.s); !strings.HasPrefix(note, "The model has never seen ·predict: ") || !strings.Contains(spokenText(r.s), note) {
		t.Errorf("it says %q, and aloud %q", note, spokenText(r.s))
	}
	r.send(PromptChanged{"predicting xylophone zebras"})
	if note := UnseenNote(r.s); !strings.Contains(note, ", ") || !strings.Contains(note, " and ") {
		t.Errorf("of several it says %q", note)
	}
}

func TestPanelsOverTheVocabularyGetWhatTheSceneShows(t *testing.T) {
	r := writes(t)
	sent := func(name string) (rows, cols int) {
		v := r.s.Held(name)
		return v.Rows, v.Cols
	}
	if rows, _ := sent("logits"); rows != 0 {
		t.Errorf("%d rows of logits came without being looked at", rows)
	}
	r.send(StageChosen{run.StageSoftmax})
	for _, name := range []string{"logits", "probabilities"} {
		if rows, cols := sent(name); rows != 3 || cols != run.LongAxis {
			t.Errorf("at the softmax %s has %d rows of %d", name, rows, cols)
		}
	}
	r.send(StageChosen{run.StageOutput})
	if rows, cols := sent("wte.weight"); rows != run.LongAxis || cols != 16 {
		t.Errorf("the table of tokens has %d rows of %d", rows, cols)
	}
	compare := func() {
		t.Helper()
		T := len(r.s.Tokens)
		want := r.e.Handle(engine.Request{Tensor: &engine.Tensor{Name: "logits", To: T, Cols: run.LongAxis}}).Values
		if got := r.s.Held("logits"); got.Rows != T || !slices.Equal(got.Data, want.Data) {
			t.Errorf("%d rows of logits are not those of %q", got.Rows, r.s.Text)
		}
	}
	for _, text := range []string{"How to", "How to predict the", "How to predict that", "The ball", "The ball"} {
		r.send(PromptChanged{text})
		compare()
	}
	if _, ok := r.s.Values("logits"); ok {
		t.Error("a part of the logits passes for all of them")
	}
}
