package model

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestTemperatureZeroTakesTheMostLikelyToken(t *testing.T) {
	tr := explainable(t, small(t, true), Sampling{})
	logits := tr.Step("logits")
	want := Ranked(logits.Row(logits.Rows-1), 1)[0]
	for seed := range uint64(20) {
		if id, err := tr.Sample(Sampling{Seed: seed}); err != nil || id != want {
			t.Fatalf("seed %d draws %d, %v; the most likely is %d", seed, id, err, want)
		}
	}
}

// A float32 divided by a temperature near 0 is infinite, and the softmax of that no number.
func TestATemperatureNearZeroTakesTheMostLikelyToken(t *testing.T) {
	tr := explainable(t, small(t, true), Sampling{})
	logits := tr.Step("logits")
	want := Ranked(logits.Row(logits.Rows-1), 1)[0]
	for _, low := range []float32{1e-45, 1e-40, 1e-38, 1e-30, 1e-10} {
		id, err := tr.Sample(Sampling{Temperature: low})
		if p := tr.Step("sample.probabilities").Row(0)[want]; err != nil || id != want || p != 1 {
			t.Errorf("temperature %v draws %d with probability %v, %v; the most likely is %d", low, id, p, err, want)
		}
	}
}

// A logit far below 0 overflows as one far above it does: where all are, no probability would be left.
func TestATemperatureThatOverflowsLogitsBelowZeroTakesTheMostLikelyToken(t *testing.T) {
	m := small(t, false)
	clear(m.LNF.Gain.data)
	for i := range m.LNF.Bias.data {
		m.LNF.Bias.data[i] = -1
	}
	for i := range m.LMHead.data {
		m.LMHead.data[i] = float32(1 + (i/m.LMHead.Cols+13)%23) // so that the logits are −12 of token 10 and less
	}
	tr, err := m.Forward([]int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, temperature := range []float32{0, 1e-38, 1e-37, 1e-3} {
		id, err := tr.Sample(Sampling{Temperature: temperature})
		if p := tr.Step("sample.probabilities").Row(0)[10]; err != nil || id != 10 || p != 1 {
			t.Errorf("temperature %v draws %d, and 10 with probability %v, %v", temperature, id, p, err)
		}
	}
}

func TestLogitsThatAreNoNumbersAreNamed(t *testing.T) {
	m := small(t, true)
	for i := range m.LNF.Gain.data {
		m.LNF.Gain.data[i] = 3e38
	}
	tr, err := m.Forward([]int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []Sampling{{}, {Temperature: 1}} {
		if id, err := tr.Sample(set); err == nil || !strings.Contains(err.Error(), "the logit of token 0 is") {
			t.Errorf("%+v draws %d, %v from infinite logits", set, id, err)
		}
	}
}

// The first weights overflow the sum of squares: every norm gives 0, and every token has the same probability.
func TestAnOverflowThatLeavesProbabilitiesFlatIsNamed(t *testing.T) {
	for want, m := range map[string]*Model{"h.0.ln_1.std": small(t, true), "h.0.norm_1.rms": smallLlama(t)} {
		for i := range m.Parameters()[0].data {
			m.Parameters()[0].data[i] *= 1e30
		}
		tr, err := m.Forward([]int{0, 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tr.Sample(Sampling{}); err == nil || !strings.Contains(err.Error(), want) || tr.Overflow() == nil {
			t.Errorf("a token is drawn from numbers that overflow: %v; expected %s", err, want)
		}
	}
	if tr := explainable(t, small(t, true), Sampling{}); tr.Overflow() != nil {
		t.Error(tr.Overflow())
	}
}

func TestEqualValuesRankByID(t *testing.T) {
	if got := Ranked([]float32{1, 3, 3, 0, 3}, 9); !slices.Equal(got, []int{1, 2, 4, 0, 3}) {
		t.Errorf("ranked %v", got)
	}
}

// kept returns the ids that a filter left.
func kept(s *Step) (ids []int) {
	for id := range s.Cols {
		if !s.Masked(0, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func TestFiltersKeepWhatTheirDefinitionSays(t *testing.T) {
	tr := explainable(t, small(t, false), Sampling{})
	logits := tr.Step("logits")
	row := logits.Row(logits.Rows - 1)
	for k := range 25 {
		for _, p := range []float32{0, 0.1, 0.5, 0.9, 0.999, 1} {
			if _, err := tr.Sample(Sampling{Temperature: 2, TopK: k, TopP: p}); err != nil {
				t.Fatal(err)
			}
			n := k
			if k == 0 || k > len(row) {
				n = len(row)
			}
			want := Ranked(row, n)
			top := tr.Step("sample.softmax").Row(0)
			sum := float64(0)
			for i, id := range want {
				if p != 0 && p < 1 && sum >= float64(p) {
					want = want[:i]
					break
				}
				sum += float64(top[id])
			}
			slices.Sort(want)
			if got := kept(tr.Step("sample.top_p")); !slices.Equal(got, want) {
				t.Fatalf("k %d, p %v keep %v; expected %v", k, p, got, want)
			}
			total := float64(0)
			for _, v := range tr.Step("sample.probabilities").Row(0) {
				total += float64(v)
			}
			if math.Abs(total-1) > 1e-5 {
				t.Fatalf("k %d, p %v: the probabilities sum to %v", k, p, total)
			}
		}
	}
}

// Four tokens of a quarter each: two reach a half, and the third is one too many.
func TestTopPKeepsNoTokenBeyondASumThatIsReachedExactly(t *testing.T) {
	m := small(t, false)
	clear(m.LMHead.data)
	tr, err := m.Forward([]int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		p    float32
		want int
	}{{0.25, 1}, {0.5, 2}, {math.Nextafter32(0.5, 1), 3}, {math.Nextafter32(0.5, 0), 2}, {0.75, 3}, {math.Nextafter32(1, 0), 4}, {1, 4}} {
		if _, err := tr.Sample(Sampling{Temperature: 1, TopK: 4, TopP: c.p}); err != nil {
			t.Fatal(err)
		}
		if p := tr.Step("sample.softmax").Row(0)[0]; p != 0.25 {
			t.Fatalf("the most likely of four equals has probability %v", p)
		}
		if got := kept(tr.Step("sample.top_p")); len(got) != c.want {
			t.Errorf("p %v keeps %v of four tokens of a quarter each; expected %d", c.p, got, c.want)
		}
	}
}

func TestDrawsFollowTheProbabilities(t *testing.T) {
	tr := explainable(t, small(t, false), Sampling{})
	const draws = 4000
	counts := make([]float64, 23)
	for seed := range uint64(draws) {
		id, err := tr.Sample(Sampling{Temperature: 1.5, TopP: 0.95, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		counts[id]++
	}
	p := tr.Step("sample.probabilities").Row(0)
	for id, n := range counts {
		expected := draws * float64(p[id])
		if math.Abs(n-expected) > 5*math.Sqrt(expected)+1e-9 {
			t.Errorf("token %d was drawn %v times of %d; its probability is %v", id, n, draws, p[id])
		}
	}
}

func TestTheSameSeedDrawsTheSameTokens(t *testing.T) {
	tr := explainable(t, small(t, false), Sampling{})
	seen := map[float32]bool{}
	for draw := range 50 {
		set := Sampling{Temperature: 1.5, Seed: 9, Draw: draw}
		id, _ := tr.Sample(set)
		u := tr.Step("sample.random").Row(0)[0]
		if again, _ := tr.Sample(set); again != id || tr.Step("sample.random").Row(0)[0] != u {
			t.Fatalf("draw %d gave %d, then %d", draw, id, again)
		}
		seen[u] = true
	}
	if len(seen) != 50 {
		t.Errorf("50 draws used %d random numbers", len(seen))
	}
}

func TestSettingsOutOfRangeAreNamed(t *testing.T) {
	tr := explainable(t, small(t, true), Sampling{})
	nan := float32(math.NaN())
	for _, s := range []Sampling{{Temperature: -1}, {Temperature: nan}, {TopK: -1}, {TopP: 1.5}, {TopP: nan}, {Draw: -1}} {
		if _, err := tr.Sample(s); err == nil {
			t.Errorf("%+v was accepted", s)
		}
	}
	empty := NewTrace(tr.Model)
	if _, err := empty.Sample(Sampling{}); err == nil {
		t.Error("a token was drawn from nothing")
	}
}

// What was drawn belongs to the text before: none of its steps may be taken for one of this text.
func TestARunForgetsWhatWasDrawn(t *testing.T) {
	m := small(t, true)
	tr := explainable(t, m, Sampling{Temperature: 1})
	if len(tr.Drawn) == 0 || tr.Tensor("sample.token") == nil {
		t.Fatal("nothing was drawn")
	}
	for _, ids := range [][]int{{1, 2, 3}, {}} {
		if err := tr.Run(ids); err != nil {
			t.Fatal(err)
		}
		if len(tr.Drawn) != 0 || tr.Tensor("sample.token") != nil || tr.Step("sample.softmax") != nil {
			t.Errorf("after a run of %d tokens, %d steps of the last draw are left", len(ids), len(tr.Drawn))
		}
		if _, err := tr.Explain("sample.token", 0, 0); err == nil {
			t.Error("a token is explained that was drawn for another text")
		}
		_, _ = tr.Sample(Sampling{})
	}
}

// Of four tokens of a quarter each, each owns the numbers from its beginning up to the next one's.
func TestATokenIsDrawnByTheNumbersFromItsBeginningUpToTheNext(t *testing.T) {
	m := small(t, false)
	clear(m.LMHead.data)
	tr, err := m.Forward([]int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Sample(Sampling{Temperature: 1, TopK: 4}); err != nil {
		t.Fatal(err)
	}
	for u, want := range map[float32]float32{0: 0, 0.25: 1, 0.5: 2, 0.75: 3, math.Nextafter32(0.25, 0): 0, math.Nextafter32(0.75, 0): 2,
		math.Nextafter32(1, 0): 3} {
		tr.Step("sample.random").Row(0)[0] = u
		token := tr.Step("sample.token")
		if token.run(0, 1); token.Row(0)[0] != want {
			t.Errorf("%v draws token %v; expected %v", u, token.Row(0)[0], want)
		}
	}
}

// Whatever top-k and top-p leave, min-p keeps what is at least so large a part of the largest, and makes it sum to 1 again.
func TestMinPKeepsWhatIsLikelyEnoughBesideTheMostLikely(t *testing.T) {
	tr := explainable(t, small(t, false), Sampling{})
	for _, set := range []Sampling{{Temperature: 2}, {Temperature: 5, TopK: 9}, {Temperature: 1, TopP: 0.8}, {Temperature: 0.3, TopK: 20, TopP: 0.99}} {
		for _, least := range []float32{1e-6, 0.05, 0.3, 0.9, 1} {
			set.MinP = least
			if _, err := tr.Sample(set); err != nil {
				t.Fatal(err)
			}
			before, after := tr.Step("sample.top_p"), tr.Step("sample.min_p")
			largest, total := before.Row(0)[Ranked(before.Row(0), 1)[0]], 0.0
			for id, p := range before.Row(0) {
				if keep := !before.Masked(0, id) && float64(p) >= float64(least)*float64(largest); keep == after.Masked(0, id) {
					t.Fatalf("%+v: token %d of %v beside %v is kept: %t", set, id, p, largest, !keep)
				}
				total += float64(tr.Step("sample.probabilities").Row(0)[id])
			}
			if math.Abs(total-1) > 1e-5 {
				t.Errorf("%+v: the probabilities sum to %v", set, total)
			}
		}
	}
	for _, bad := range []float32{-0.1, 1.1, float32(math.NaN())} {
		if _, err := tr.Sample(Sampling{MinP: bad}); err == nil || !strings.Contains(err.Error(), "min-p is") {
			t.Errorf("min-p %v: %v", bad, err)
		}
	}
}

// Off as long as nobody asks for it: the steps are those of before.
func TestWithoutMinPNoStepIsOfIt(t *testing.T) {
	tr := explainable(t, small(t, false), Sampling{Temperature: 1})
	if n := len(tr.Drawn); n != 10 || tr.Step("sample.min_p") != nil {
		t.Errorf("%d steps, and %v", n, tr.Step("sample.min_p"))
	}
	if _, err := tr.Sample(Sampling{Temperature: 1, MinP: 0.1}); err != nil || len(tr.Drawn) != 11 {
		t.Errorf("with it %d steps, %v", len(tr.Drawn), err)
	}
}
