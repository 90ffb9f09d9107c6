package engine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/tokenizer"
)

func TestTheModelSortsSixLetters(t *testing.T) {
	e := sorter(t)
	var answer string
	var generated []int
	for step := range 6 {
		ran := ask(t, e, Request{ID: 10 + step, Run: greedy("CBABBC", generated...)}).Ran
		if got, want := len(ran.Tokens), 6+step; got != want {
			t.Fatalf("step %d has %d tokens; expected %d", step, got, want)
		}
		answer += ran.Next.Text
		generated = append(generated, ran.Next.ID)
	}
	if answer != "ABBBCC" {
		t.Errorf("the answer is %s; expected ABBBCC", answer)
	}
	if r := try(t, e, Request{ID: 20, Run: greedy("CBABBC", generated...)}); !strings.Contains(r.Error, "12 tokens") {
		t.Errorf("a twelfth token gives the error %q", r.Error)
	}
}

func TestTokensKnowTheirBytes(t *testing.T) {
	ran := ask(t, sorter(t), Request{ID: 2, Run: greedy("CA", 1)}).Ran
	want := []Token{{ID: 2, Start: 0, End: 1, Text: "C"}, {ID: 0, Start: 1, End: 2, Text: "A"}, {ID: 1, Start: 2, End: 2, Text: "B", Generated: true}}
	if !reflect.DeepEqual(ran.Tokens, want) {
		t.Errorf("tokens are %v; expected %v", ran.Tokens, want)
	}
}

func TestCandidatesAreTheWholeDistributionBestFirst(t *testing.T) {
	ran := ask(t, sorter(t), Request{ID: 2, Run: greedy("CBABBC")}).Ran
	if len(ran.Candidates) != 3 || ran.Candidates[0] != ran.Next || ran.Next.Sampled != 1 {
		t.Fatalf("candidates are %v, next is %v", ran.Candidates, ran.Next)
	}
	sum := float32(0)
	for i, c := range ran.Candidates {
		sum += c.Probability
		if i > 0 && (c.Probability > ran.Candidates[i-1].Probability || c.Sampled != 0) {
			t.Errorf("candidate %d is %v, after %v", i, c, ran.Candidates[i-1])
		}
	}
	if math.Abs(float64(sum)-1) > 1e-6 {
		t.Errorf("probabilities sum to %v", sum)
	}
}

func TestAnEmptyTextHasStepsWithoutRows(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("AB")})
	ran := ask(t, e, Request{ID: 3, Run: greedy("")}).Ran
	if len(ran.Tokens)+len(ran.Candidates) != 0 || ran.Next != (Candidate{}) {
		t.Errorf("an empty text gives tokens %v, candidates %v, next %v", ran.Tokens, ran.Candidates, ran.Next)
	}
	for _, s := range ran.Steps {
		if s.Rows != 0 {
			t.Errorf("%s has %d rows", s.Name, s.Rows)
		}
	}
	if v := find(t, ran.Values, "logits"); v.Rows != 0 || v.From != 0 || v.Cols != 3 {
		t.Errorf("values of logits: %+v", v)
	}
}

func TestErrorsSayWhatIsWrongAndLoseNothing(t *testing.T) {
	e := sorter(t)
	before := ask(t, e, Request{ID: 2, Run: greedy("CBA")}).Ran
	for _, c := range []struct {
		name, want string
		q          Request
	}{
		{"an unknown character", `"x" (character 2)`, Request{Run: greedy("CxA")}},
		{"a text that is too long", "12 tokens, and this model holds 11", Request{Run: greedy("ABCABCABCABC")}},
		{"an unknown id", "Token 1 has id 7; expected 0 to 2", Request{Run: greedy("C", 7)}},
		{"a negative temperature", "Temperature is -1", Request{Run: &Run{Text: "ABC", Sampling: model.Sampling{Temperature: -1}}}},
		{"a tensor that is not there", `"nothing"`, Request{Run: &Run{Text: "AB", Want: []string{"nothing"}}}},
		{"an unknown step", `"nothing"`, Request{Tensor: &Tensor{Name: "nothing"}}},
		{"rows that are not there", "logits has 3 rows", Request{Tensor: &Tensor{Name: "logits", From: 2, To: 4}}},
		{"a cell that is not there", "no cell (0, 9)", Request{Explain: &Explain{Name: "logits", Col: 9}}},
		{"a file that is no model", "bad.bin", Request{Load: &Load{Name: "bad.bin", File: []byte("hello, world")}}},
		{"a file that is empty", "empty file", Request{Load: &Load{Name: "bad.bin"}}},
		{"a table that is none", "GPT-2 tokenizer", Request{Load: &Load{Table: []byte("hello")}}},
		{"nothing", "asks for nothing", Request{}},
	} {
		r := try(t, e, c.q)
		if !strings.Contains(r.Error, c.want) && !strings.Contains(strings.ToLower(r.Error), strings.ToLower(c.want)) {
			t.Errorf("%s: the error is %q; expected to read %q in it", c.name, r.Error, c.want)
		}
		if !strings.HasSuffix(r.Error, ".") {
			t.Errorf("%s: the error %q is not a sentence", c.name, r.Error)
		}
		if r.Fault == nil || r.Fault.Kind == "" || r.Fault.Sentence() != r.Error {
			t.Errorf("%s: the error %q arrives as the fault %+v", c.name, r.Error, r.Fault)
		}
		after := ask(t, e, Request{Tensor: &Tensor{Name: "logits", To: 3}}).Values
		if got, want := *after, find(t, before.Values, "logits"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: logits are %v; before they were %v", c.name, got, want)
		}
		ask(t, e, Request{Explain: &Explain{Name: "sample.token"}})
	}
}

func TestARequestThatBreaksTheEngineLeavesItAsItWas(t *testing.T) {
	e := sorter(t)
	before := ask(t, e, Request{ID: 2, Run: greedy("CBA")}).Ran
	e.trace.Steps = append(e.trace.Steps, nil) // the next run falls over this
	r := e.Handle(Request{ID: 3, Run: greedy("CBAC")})
	if !strings.Contains(r.Error, "failed while it ran the model") {
		t.Fatalf("the error is %q", r.Error)
	}
	after := ask(t, e, Request{ID: 4, Run: greedy("CBA")}).Ran
	if !reflect.DeepEqual(after.Candidates, before.Candidates) {
		t.Errorf("candidates are %v; before they were %v", after.Candidates, before.Candidates)
	}
}

func TestWithoutAModelTheEngineSaysSo(t *testing.T) {
	for _, q := range []Request{{Run: greedy("A")}, {Tensor: &Tensor{}}, {Explain: &Explain{}}} {
		if r := New().Handle(q); !strings.Contains(r.Error, "There is no model yet") {
			t.Errorf("%+v: the error is %q", q, r.Error)
		}
	}
}

func TestLoadingGivesTheWeightsAndWhereTheyComeFrom(t *testing.T) {
	e := sorter(t)
	b := must(checkpoint.Save(e.trace.Model, map[string]string{"source": "a test"}))
	l := ask(t, e, Request{ID: 2, Load: &Load{Name: "again", File: b}}).Loaded
	if l.Config.Alphabet != "ABC" || l.Metadata["source"] != "a test" || !reflect.DeepEqual(l.Tokenizers, []string{"letters"}) {
		t.Errorf("loaded is %v, %v, %v", l.Config, l.Metadata, l.Tokenizers)
	}
	n := 0
	for _, w := range l.Weights {
		n += len(w.Data)
	}
	if want := l.Config.Parameters(); n != want {
		t.Errorf("%d weights were sent; expected %d", n, want)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestAModelWithoutATokenizerRunsIDs(t *testing.T) {
	m, err := model.New(model.Config{Vocab: 100, Context: 4, Width: 8, Heads: 2, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	e := New()
	ask(t, e, Request{ID: 1, Load: &Load{File: must(checkpoint.Save(m, nil))}})
	run := greedy("", 5, 99)
	run.Top = 7
	ran := ask(t, e, Request{ID: 2, Run: run}).Ran
	if len(ran.Candidates) != 7 || ran.Tokens[1].Text != "#99" {
		t.Errorf("candidates are %v, tokens %v", ran.Candidates, ran.Tokens)
	}
	if r := try(t, e, Request{ID: 3, Run: greedy("A")}); !strings.Contains(r.Error, "does not say which text") {
		t.Errorf("a text gives the error %q", r.Error)
	}
}

func TestAModelOfGPT2sVocabularyWaitsForItsTable(t *testing.T) {
	m, err := model.New(model.Config{Vocab: tokenizer.GPT2Vocab, Context: 8, Width: 4, Heads: 2, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	e := New()
	l := ask(t, e, Request{ID: 1, Load: &Load{File: must(checkpoint.Save(m, nil))}}).Loaded
	for _, w := range l.Weights {
		if w.Rows > longAxis {
			t.Errorf("%s with %d rows was sent unasked", w.Name, w.Rows)
		}
	}
	if r := try(t, e, Request{ID: 2, Run: greedy("How")}); !strings.Contains(r.Error, "table") {
		t.Errorf("without the table the error is %q", r.Error)
	}
	withTable(t, e)
	run := greedy("How to predict")
	run.Top = 5
	ran := ask(t, e, Request{ID: 3, Run: run}).Ran
	if len(ran.Tokens) != 3 || ran.Tokens[2].ID != 4331 || ran.Tokens[2].Text != "·predict" || len(ran.Candidates) != 5 {
		t.Errorf("tokens are %v, candidates %v", ran.Tokens, ran.Candidates)
	}
	for _, v := range ran.Values {
		if v.Cols > longAxis {
			t.Errorf("%s with %d columns was sent unasked", v.Name, v.Cols)
		}
	}
	if v := ask(t, e, Request{ID: 4, Tensor: &Tensor{Name: "logits", From: 2, To: 3}}).Values; len(v.Data) != tokenizer.GPT2Vocab {
		t.Errorf("the row of logits that was asked for has %d values", len(v.Data))
	}
	x := ask(t, e, Request{ID: 5, Explain: &Explain{"probabilities.max", 2, 0, false}}).Explained
	if len(x.Values[0]) != maxLargest || len(x.Places[0]) != maxLargest || x.Operands[0].Count != tokenizer.GPT2Vocab {
		t.Fatalf("the operand of %d cells came with %d values", x.Operands[0].Count, len(x.Values[0]))
	}
	if most := slices.Max(x.Values[0]); most != x.Value {
		t.Errorf("the largest value that came is %v; the maximum is %v", most, x.Value)
	}
}

// What a run that fails leaves behind is the one before it, with its settings, its draw and its ranks.
func TestARunThatFailsLeavesTheDrawOfTheOneBefore(t *testing.T) {
	e := sorter(t)
	set := model.Sampling{Temperature: 5, TopK: 2, Seed: 9}
	ask(t, e, Request{ID: 2, Run: &Run{Text: "CBA", Generated: []int{0, 1}, Sampling: set}})
	look := func() (list [][]float32) {
		for _, name := range []string{"sample.temperature", "sample.top_k", "sample.random", "sample.token", "logits"} {
			list = append(list, ask(t, e, Request{ID: 3, Tensor: &Tensor{Name: name, To: 1}}).Values.Data)
		}
		return list
	}
	before := fmt.Sprint(look()) // as text, for masked cells are NaN
	for what, q := range map[string]*Run{
		"a tensor that is not there": {Text: "AB", Want: []string{"nothing"}},
		"a text that is too long":    {Text: "ABCABCABCABC"},
		"settings out of range":      {Text: "AB", Sampling: model.Sampling{TopP: 2}},
	} {
		if r := try(t, e, Request{ID: 4, Run: q}); r.Error == "" {
			t.Fatalf("%s is taken", what)
		}
		if after := fmt.Sprint(look()); after != before {
			t.Errorf("%s: there is %v; before there was %v", what, after, before)
		}
	}
}

// Each new token is drawn by the next number of the generator, whatever was drawn meanwhile.
func TestTheFirstNewTokenIsDrawnByTheFirstNumberOfTheGenerator(t *testing.T) {
	e := sorter(t)
	numbers := rand.New(rand.NewPCG(9, 0))
	for n := range 4 {
		ask(t, e, Request{ID: 2, Run: &Run{Text: "CBA", Generated: make([]int, n), Sampling: model.Sampling{Temperature: 1, Seed: 9}}})
		want := numbers.Float32()
		if got := ask(t, e, Request{ID: 3, Tensor: &Tensor{Name: "sample.random", To: 1}}).Values.Data[0]; got != want {
			t.Errorf("with %d new tokens the random number is %v; expected %v", n, got, want)
		}
	}
}

func TestARunCountsTheTokensFromTheFirstNewOneOn(t *testing.T) {
	e := sorter(t)
	for _, c := range []struct {
		text string
		want int
	}{{"CBA", 3}, {"CBAB", 1}, {"CBAB", 0}, {"CB", 0}, {"CBCCC", 3}, {"ABC", 3}, {"", 0}, {"A", 1}} {
		if got := ask(t, e, Request{ID: 2, Run: greedy(c.text)}).Ran.Computed; got != c.want {
			t.Errorf("for %q %d tokens are computed; expected %d", c.text, got, c.want)
		}
	}
}
