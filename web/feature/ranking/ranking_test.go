package ranking_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/ranking"
	"glassbox/web/run"
)

func TestTheTableOfAllTokensHoldsItsPageAndNoMore(t *testing.T) {
	r := apptest.Words(t).Send(ranking.Moved{1})
	if k := ranking.Of(&r.S).Page; k == nil || len(k.Rows) != ranking.Rows || k.Rows[0].Candidate != r.S.Candidates[0] || k.Total != GPT2Vocab {
		t.Fatalf("the table holds %+v", k)
	}
	r.Send(ranking.Moved{29999}).Expect("the page begins at", ranking.Of(&r.S).Rank, 29991).Expect("and holds", ranking.Of(&r.S).Page.Rows[8].Rank, 29998)
	r.Send(ranking.Moved{1 << 30}).Expect("the last page begins at", ranking.Of(&r.S).Rank, 50251).Expect("rows", len(ranking.Of(&r.S).Page.Rows), 7)
	last := ranking.Of(&r.S).Page.Rows[6]
	r.Send(PromptChanged{Text: "How to predict the"})
	if now := ranking.Of(&r.S).Page.Rows[6]; now == last {
		t.Error("the table still holds the ranks of the text before")
	}
	r.Send(SamplingChanged{Sampling: run.Sampling{Temperature: 1, TopK: 5, Seed: 1}}, ranking.Moved{1})
	for n, row := range ranking.Of(&r.S).Page.Rows {
		if by := ranking.DroppedBy(&r.S, row); (by == "cut by top-k") != (n >= 5) {
			t.Errorf("under top-k 5, rank %d says %q", n, by)
		}
	}
	r.Send(PromptChanged{Text: ""}).Expect("without a text the table holds ranks", ranking.Of(&r.S).Page != nil, false)
	r.Send(ranking.Moved{0}).Expect("it is open", ranking.Of(&r.S).Rank, 0)
}

func TestATokenIsFoundAndReached(t *testing.T) {
	r := apptest.Words(t).Send(TokenSought{Find: " ball"})
	r.Expect("the table opens at", ranking.Of(&r.S).Rank, 1)
	found := ranking.Of(&r.S).Page.Found
	if len(found) == 0 || found[0].Text != "·ball" || found[0].ID != 2613 {
		t.Fatalf("·ball finds %v", found)
	}
	r.Send(ranking.Moved{found[0].Rank + 1})
	if row := ranking.Of(&r.S).Page.Rows[found[0].Rank%ranking.Rows]; row != found[0] {
		t.Errorf("its page holds %v there", row)
	}
	hash := r.S.Hash()
	if !strings.Contains(hash, "find=%20ball") || !strings.Contains(hash, "rank=") {
		t.Errorf("the link is %s", hash)
	}
	r.Send(CellChosen{Cell: &run.Cell{Name: "probabilities", Row: 2, Col: 2613}})
	info, _ := r.S.Info("probabilities")
	if _, _, question := r.S.View().About(info); question != "How likely ·ball is to follow token 2 (·predict)." {
		t.Errorf("its probability answers %q", question)
	}
	if _, where := Spoken(r.S); !strings.Contains(where, "vocabulary ·ball") {
		t.Errorf("aloud it is %q", where)
	}
	r.Send(ModelChosen{ID: "sort"}).Expect("with another model the table is at", ranking.Of(&r.S).Rank, 0)
	r.Send(ranking.Moved{1}, TokenSought{Find: "A"}).Expect("three letters need no table", ranking.Of(&r.S).Rank, 0)
}

func TestSlowAnswersNeverShowRanksOfAnotherText(t *testing.T) {
	r := apptest.Words(t).Send(ranking.Moved{1})
	r.Slow = true
	r.Send(ranking.Moved{11}, ranking.Moved{21}, PromptChanged{Text: "The ball"})
	r.Slow = false
	r.Deliver()
	if k := ranking.Of(&r.S).Page; k.From != 20 || k.Rows[0].Rank != 20 || Busy(r.S) {
		t.Errorf("the table holds the ranks from %d on", k.From)
	}
	want := r.E.Handle(engine.Request{Rank: &engine.Rank{From: 20, To: 21}}).Ranking.Rows[0]
	r.Expect("the first row", ranking.Of(&r.S).Page.Rows[0], want)
}

func TestTheTableOpensAgainWithItsRanks(t *testing.T) {
	r := apptest.Words(t).Send(ranking.Moved{1}, ranking.Moved{0}, ranking.Moved{1})
	if p := ranking.Of(&r.S).Page; p == nil || len(p.Rows) != ranking.Rows {
		t.Errorf("opened again, it holds %+v", p)
	}
}

func TestAPageOfRanksBeginsWithOneMoreThanTen(t *testing.T) {
	r := apptest.Words(t)
	for rank, want := range map[int]int{1: 1, 9: 1, 10: 1, 11: 11, 20: 11, 21: 21, GPT2Vocab: 50251, GPT2Vocab + 1: 50251, 0: 0, -1: 0} {
		r.Send(ranking.Moved{rank})
		if got := ranking.Of(&r.S).Rank; got != want {
			t.Errorf("rank %d stands on the page that begins at %d; expected %d", rank, got, want)
		}
	}
}

func TestWhatIsLookedForIsCutWhereNoTokenIsLonger(t *testing.T) {
	r := apptest.Words(t)
	for n, want := range map[int]int{199: 199, 200: 200, 201: 200, 5000: 200} {
		r.Send(TokenSought{Find: strings.Repeat("a", n)})
		if got := ranking.Of(&r.S).Find; len(got) != want {
			t.Errorf("of %d letters %d are looked for; expected %d", n, len(got), want)
		}
	}
	r.Send(TokenSought{Find: strings.Repeat("ä", 150)})
	if got := ranking.Of(&r.S).Find; !utf8.ValidString(got) || len(got) > 200+len("\uFFFD") {
		t.Errorf("of letters of two bytes each, %d bytes are looked for", len(got))
	}
}
