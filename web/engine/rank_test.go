package engine

import (
	"math"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// wordy returns an engine with a random model of GPT-2's vocabulary that has run a text.
func wordy(t testing.TB, set model.Sampling) *Engine {
	t.Helper()
	m, err := model.New(model.Config{Vocab: tokenizer.GPT2Vocab, Context: 8, Width: 8, Heads: 2, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := New()
	ask(t, e, Request{ID: 1, Load: &Load{Name: "words", File: b, Table: r50k.Table()}})
	ask(t, e, Request{ID: 2, Run: &Run{Text: "How to predict", Sampling: set, Top: 10, Want: []string{}}})
	return e
}

func TestTheWholeVocabularyIsRanked(t *testing.T) {
	e := wordy(t, model.Sampling{})
	best := ask(t, e, Request{ID: 3, Run: &Run{Text: "How to predict", Top: 10, Want: []string{}}}).Ran.Candidates
	all := ask(t, e, Request{ID: 4, Rank: &Rank{To: 1 << 30}}).Ranking
	if all.Total != tokenizer.GPT2Vocab || len(all.Rows) != tokenizer.GPT2Vocab {
		t.Fatalf("%d of %d tokens are ranked", len(all.Rows), all.Total)
	}
	seen := make([]bool, tokenizer.GPT2Vocab)
	sum := 0.0
	for n, r := range all.Rows {
		if sum += float64(r.Probability); math.Abs(float64(r.Cumulative)-min(sum, 1)) > 1e-6 {
			t.Fatalf("up to rank %d, %v, the probabilities are said to sum to %v; they do to %v", n, r, r.Cumulative, sum)
		}
		if n < len(best) && r.Candidate != best[n] {
			t.Errorf("rank %d is %v; the candidate is %v", n, r.Candidate, best[n])
		}
		if n > 0 {
			before := all.Rows[n-1]
			if r.Logit > before.Logit || r.Logit == before.Logit && r.ID < before.ID || r.Cumulative < before.Cumulative {
				t.Fatalf("rank %d, %v, stands behind %v", n, r, before)
			}
		}
		if seen[r.ID] || r.Rank != n {
			t.Fatalf("rank %d is %+v", n, r)
		}
		seen[r.ID] = true
	}
	if last := all.Rows[tokenizer.GPT2Vocab-1].Cumulative; last < 0.9999 || last > 1 {
		t.Errorf("all probabilities sum to %v", last)
	}
}

func TestEqualLogitsRankByID(t *testing.T) {
	e := sorter(t)
	clear(e.trace.Model.LMHead.Data())
	e.trace = model.NewTrace(e.trace.Model)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	for n, r := range ask(t, e, Request{ID: 3, Rank: &Rank{To: 9}}).Ranking.Rows {
		if r.ID != n {
			t.Errorf("of equal tokens rank %d is token %d", n, r.ID)
		}
	}
}

func TestASearchFindsATokenByTextOrID(t *testing.T) {
	e := wordy(t, model.Sampling{})
	for _, c := range []struct {
		find  string
		first string
		some  int // that are found at least
	}{
		{" ball", "·ball", 30}, {"ball", "ball", 30}, {"·ball", "·ball", 30}, {"BALL", "BALL", 30}, {"#2613", "·ball", 1},
		{"2613", "·ball", 1}, {"50256", "<|endoftext|>", 1}, {"<0xE6>", "<0xE6>", 1}, {" ", "·", 1}, {"↵", "↵", 1}, {"predict", "·predict", 8},
	} {
		r := ask(t, e, Request{ID: 5, Rank: &Rank{Find: c.find}}).Ranking
		texts := []string{}
		for _, f := range r.Found {
			texts = append(texts, f.Text)
		}
		if !slices.Contains(texts[:min(len(texts), 3)], c.first) || r.Matches < c.some || len(r.Found) > maxFound {
			t.Errorf("%q finds %q, %d in all; expected %q", c.find, texts, r.Matches, c.first)
		}
	}
	for _, none := range []string{"xqzxqz", "50257", "-1", "\xff\xff"} {
		if r := ask(t, e, Request{ID: 5, Rank: &Rank{Find: none}}).Ranking; len(r.Found) > 0 {
			t.Errorf("%q finds %v", none, r.Found)
		}
	}
	found := ask(t, e, Request{ID: 6, Rank: &Rank{Find: " ball"}}).Ranking.Found[0]
	row := ask(t, e, Request{ID: 7, Rank: &Rank{From: found.Rank, To: found.Rank + 1}}).Ranking.Rows[0]
	if row != found {
		t.Errorf("the search says %+v, its rank holds %+v", found, row)
	}
}

func TestDroppedTokensSayWhichFilterDroppedThem(t *testing.T) {
	e := wordy(t, model.Sampling{Temperature: 1, TopK: 20, TopP: 0.4})
	count := map[model.Op]int{}
	for _, r := range ask(t, e, Request{ID: 3, Rank: &Rank{To: 50}}).Ranking.Rows {
		count[r.Dropped]++
		if (r.Dropped == "") != (r.Sampled > 0) {
			t.Errorf("%+v: what is dropped has no chance, what stays has one", r)
		}
	}
	if count["top_k"] != 30 || count[""]+count["top_p"] != 20 || count[""] == 0 || count["top_p"] == 0 {
		t.Errorf("of the first 50 ranks %v", count)
	}
}

func TestRanksAreThoseOfTheLastRun(t *testing.T) {
	e := wordy(t, model.Sampling{})
	ask(t, e, Request{ID: 3, Rank: &Rank{To: 1}})
	ran := ask(t, e, Request{ID: 4, Run: &Run{Text: "The ball", Top: 1, Want: []string{}}}).Ran
	if r := ask(t, e, Request{ID: 5, Rank: &Rank{To: 1}}).Ranking; r.Rows[0].Candidate != ran.Candidates[0] {
		t.Errorf("after another run the first rank is %v; the candidate is %v", r.Rows[0], ran.Candidates[0])
	}
	ask(t, e, Request{ID: 6, Run: &Run{Want: []string{}}})
	if r := try(t, e, Request{ID: 7, Rank: &Rank{To: 1}}); r.Error == "" {
		t.Errorf("without a text the first rank is %v", r.Ranking.Rows)
	}
}

func TestAReplyBringsTheWordsItSpeaksOf(t *testing.T) {
	e := wordy(t, model.Sampling{})
	for name, q := range map[string]Request{
		"an explained logit":          {ID: 3, Explain: &Explain{"logits", 2, 2613, false}},
		"a term among all":            {ID: 3, Explain: &Explain{"probabilities.max", 2, 0, false}},
		"columns over the words":      {ID: 3, Tensor: &Tensor{Name: "logits", From: 2, To: 3, Col: 2600, Cols: 40}},
		"rows of the token table":     {ID: 3, Tensor: &Tensor{Name: "wte.weight", From: 2610, To: 2618}},
		"one of them, of two at once": {ID: 3, Read: &Read{Rows: []Tensor{{Name: "h.0.ln_1", To: 1}, {Name: "wte.weight", From: 2613, To: 2614}}}},
	} {
		words := ask(t, e, q).Words
		i := slices.IndexFunc(words, func(w TokenText) bool { return w.ID == 2613 })
		if name == "a term among all" {
			if len(words) < maxLargest {
				t.Errorf("%s comes with %d words", name, len(words))
			}
		} else if i < 0 || words[i].Text != "·ball" {
			t.Errorf("%s comes with the words %v", name, words)
		}
	}
	window := ask(t, e, Request{ID: 4, Tensor: &Tensor{Name: "logits", From: 1, To: 3, Col: 2600, Cols: 40}}).Values
	whole := ask(t, e, Request{ID: 5, Tensor: &Tensor{Name: "logits", From: 1, To: 3}}).Values
	if window.Cols != 40 || window.Col != 2600 || window.Data[40+13] != whole.Data[tokenizer.GPT2Vocab+2613] {
		t.Errorf("the window is %d columns from %d", window.Cols, window.Col)
	}
	if r := try(t, e, Request{ID: 6, Tensor: &Tensor{Name: "logits", To: 1, Col: 50250, Cols: 8}}); r.Error == "" {
		t.Error("columns beyond the last are no error")
	}
}

func TestARangeOfRanksIsKeptInTheVocabulary(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	for _, c := range []struct{ from, to, first, rows int }{{0, 3, 0, 3}, {1, 2, 1, 1}, {-5, 2, 0, 2}, {2, 99, 2, 1}, {3, 9, 3, 0}, {99, 100, 3, 0}, {2, 1, 2, 0}} {
		r := ask(t, e, Request{ID: 3, Rank: &Rank{From: c.from, To: c.to}}).Ranking
		if r.From != c.first || len(r.Rows) != c.rows || r.Total != 3 {
			t.Errorf("ranks %d to %d of three are %d from %d on; expected %d from %d on", c.from, c.to, len(r.Rows), r.From, c.rows, c.first)
		}
		for n, row := range r.Rows {
			if row.Rank != c.first+n {
				t.Errorf("of ranks %d to %d, number %d is rank %d", c.from, c.to, n, row.Rank)
			}
		}
	}
}

// A column of the table of tokens steps over whole rows: its numbers are those of one token each.
func TestTheWordsOfAnExplanationAreThoseOfItsCells(t *testing.T) {
	e := wordy(t, model.Sampling{})
	column := model.Operand{Role: "x", Tensor: "wte.weight", Start: 100*8 + 3, Stride: 8, Count: 50}
	row := model.Operand{Role: "x", Tensor: "logits", Start: 2*tokenizer.GPT2Vocab + 40, Stride: 1, Count: 50}
	x := &Explained{Explanation: model.Explanation{Name: "logits", Row: 2, Col: 7, Operands: []model.Operand{column, row}}, Places: [][]int{{2, 5}, {1}}}
	if ids := e.explainedIDs(x); !slices.Equal(ids, []int{7, 100, 102, 105, 40, 41}) {
		t.Errorf("it speaks of %v", ids)
	}
}

// Among what fits as well, what is more likely to follow stands first.
func TestFoundTokensStandByHowWellTheyFitThenByRank(t *testing.T) {
	e := wordy(t, model.Sampling{})
	for _, find := range []string{"ball", "pre", "a"} {
		found := ask(t, e, Request{ID: 5, Rank: &Rank{Find: find}}).Ranking.Found
		term, levels, sorted := newSearchTerm(find), map[int]int{}, 0
		last := match{id: -1}
		for n, f := range found {
			piece, _ := e.gpt2.Piece(f.ID)
			now := match{f.ID, term.level(piece)}
			if levels[now.level]++; n > 0 {
				switch before := found[n-1]; {
				case now.level < last.level || now.level == last.level && f.Rank < before.Rank:
					t.Errorf("%q finds %s, rank %d, behind %s, rank %d", find, f.Text, f.Rank, before.Text, before.Rank)
				case now.level == last.level:
					sorted++
				}
			}
			last = now
		}
		if sorted == 0 {
			t.Errorf("no two of what %q finds fit as well: %v", find, levels)
		}
	}
}

// Of a row over the whole vocabulary the largest numbers are sent, each with its place, in the order of the places.
func TestTheLargestOfALongOperandComeInTheOrderOfTheirPlaces(t *testing.T) {
	e := wordy(t, model.Sampling{Temperature: 1, TopK: 20})
	for name, numbers := range map[string]int{"probabilities.max": maxLargest, "sample.softmax.max": 20} {
		x := ask(t, e, Request{ID: 3, Explain: &Explain{name, 0, 0, false}}).Explained
		whole := slices.Clone(e.trace.Tensor(x.Operands[0].Tensor).Row(0))
		least, there := math.Inf(1), 0
		for i, v := range x.Values[0] {
			at := x.Places[0][i]
			if i > 0 && at <= x.Places[0][i-1] {
				t.Fatalf("%s: number %d stands at %d, behind %d", name, i, at, x.Places[0][i-1])
			}
			if v != v {
				continue // masked
			}
			if there++; v != whole[at] {
				t.Errorf("%s: at %d stands %v; %v was sent", name, at, whole[at], v)
			}
			least = min(least, float64(v))
			whole[at] = float32(math.Inf(-1))
		}
		if rest := slices.Max(whole); there != numbers || float64(rest) > least {
			t.Errorf("%s: of %d numbers that were sent the least is %v; %v was not sent", name, there, least, rest)
		}
	}
}
