package quality

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/scripts/train/corpus"
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

func gpt2(t *testing.T) *tokenizer.GPT2 {
	t.Helper()
	words, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// small returns a model of GPT-2's vocabulary, in which the ids from 4500 on share a row.
func small(t *testing.T) *model.Model {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 50257, Distinct: 4501, Context: 80, Width: 4, Heads: 1, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	return m
}

// always returns a model that says the same token whatever was said before.
func always(t *testing.T, id int) *model.Model {
	m := small(t)
	row := m.WTE.Data()[4*id : 4*id+4]
	for i := range row {
		row[i] = 10
		m.LNF.Gain.Data()[i], m.LNF.Bias.Data()[i] = 0, 10
	}
	return m
}

// smallExam asks for colours and names, after two training documents; "!" stands between documents.
func smallExam(t *testing.T) *exam {
	x := &exam{words: gpt2(t), end: 0, documents: 2, kinds: []string{"colour", "name"}, prompts: []string{"A red", "It is"},
		sampling: model.Sampling{Temperature: 0.8, TopP: 0.95, Seed: 1}}
	x.probes = map[string][]corpus.Probe{
		"colour": {{Prompt: "The sky is", Answer: "blue"}, {Prompt: "The sea was", Answer: "blue"}},
		"name":   {{Prompt: "I am", Answer: "Ada"}, {Prompt: "Blue is", Answer: "blue"}},
	}
	texts := []string{"The sky is red. The sky is red. The sea was blue. I like a blue thing.", "It is" + strings.Repeat(" blue", 20)}
	x.training = x.encoded(slices.Values(texts))
	held, err := x.encode("Is it" + strings.Repeat(" blue", 14))
	if err != nil {
		t.Fatal(err)
	}
	x.heldOut = [][]int{held}
	x.check = func(text string) (list []corpus.Sentence) {
		for s := range strings.SplitAfterSeq(text, ".") {
			if s = strings.TrimSpace(s); s != "" {
				list = append(list, corpus.Sentence{Text: s, OK: strings.HasSuffix(s, ".")})
			}
		}
		return list
	}
	return x
}

func idOf(t *testing.T, x *exam, text string) int {
	ids, err := x.encode(text)
	if err != nil || len(ids) != 1 {
		t.Fatalf("%q has the ids %v (%v); expected one", text, ids, err)
	}
	return ids[0]
}

func TestAModelThatAlwaysSaysBlue(t *testing.T) {
	x := smallExam(t)
	r, err := x.run(always(t, idOf(t, x, " blue")), Options{Documents: 2}, newProgress(nil))
	if err != nil {
		t.Fatal(err)
	}
	colour, name := r.Probes[0], r.Probes[1]
	if colour.Model != (Share{2, 2}) || name.Model != (Share{1, 2}) || colour.Trigram != (Share{1, 2}) {
		t.Errorf("colours %v, names %v, colours by trigram %v; expected all, half, half", colour.Model, name.Model, colour.Trigram)
	}
	if len(name.Wrong) != 1 || name.Wrong[0].Expected != "Ada" || name.Wrong[0].Got != "blue" || r.Weakest().Kind != "name" {
		t.Errorf("the wrong answers are %+v", name.Wrong)
	}
	if n := len(r.Writings); n != 4 || r.Repeated() != (Share{4, 4}) || r.Sentences() != (Share{0, 4}) {
		t.Errorf("%d texts, %v repeat, %v sentences accepted; expected 4, all, none", n, r.Repeated(), r.Sentences())
	}
	// 78 times " blue" after two tokens: 69 12-grams end there. Of "It is blue …" all stand in training, of "A red …" those
	// behind the second " blue" alone: 67.
	for i, want := range []Share{{67, 69}, {67, 69}, {69, 69}, {69, 69}} {
		if w := r.Writings[i]; w.Verbatim != want || w.Tokens != 78 || w.Ended || w.Sampled != (i%2 == 1) {
			t.Errorf("%q: verbatim %v, %d tokens; expected %v of 78", w.Prompt, w.Verbatim, w.Tokens, want)
		}
	}
	if r.Natural != (Share{3, 5}) || r.Counted != 2 || r.Passed() {
		t.Errorf("held-out 12-grams %v, %d documents counted, passed %v", r.Natural, r.Counted, r.Passed())
	}
}

func TestAModelThatEndsAtOnceWritesNothing(t *testing.T) {
	x := smallExam(t)
	list, err := x.write(always(t, x.end), newProgress(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range list {
		if !w.Ended || w.Text != "" || w.Tokens != 0 || len(w.Sentences) != 0 || w.Again != "" {
			t.Errorf("it wrote %+v", w)
		}
	}
	if (Result{Writings: list}).Passed() {
		t.Error("who writes nothing has passed")
	}
}

func TestAWritingEndsWithItsSentence(t *testing.T) {
	x := smallExam(t)
	w, err := x.writeOn(model.NewTrace(always(t, idOf(t, x, "."))), "It is", false)
	if err != nil || w.Tokens != minTokens {
		t.Errorf("%d tokens (%v); expected %d, since each ends a sentence", w.Tokens, err, minTokens)
	}
	for text, want := range map[string]bool{
		"She sat.": true, "She sat": false, "\"Who?\" ": false, "\"Who?\"": false, "\"Me.\"": true, "\"Me. ": false, "\"Me.": false,
		"\"A\nB.": true, "She said: \"Me\".": true,
	} {
		if sentenceEnds(text) != want {
			t.Errorf("%q has ended: %v", text, !want)
		}
	}
}

func TestOnlySentencesOfTheContinuationAreJudged(t *testing.T) {
	check := smallExam(t).check
	for _, c := range []struct {
		prompt, text string
		want         []string
	}{
		{"One. Two", " three. Four.", []string{"Two three.", "Four."}},
		{"One. Two.", " Three", []string{"Three"}},
		{"One.", "", nil},
		{"Go.", " Go. Go.", []string{"Go.", "Go."}},
	} {
		var got []string
		for _, s := range judge(c.prompt, c.text, check) {
			got = append(got, s.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q + %q: judged %q; expected %q", c.prompt, c.text, got, c.want)
		}
	}
}

func TestTheSameWeightsGiveTheSameReport(t *testing.T) {
	var reports [2]bytes.Buffer
	for i := range reports {
		x := smallExam(t)
		x.prompts = x.prompts[:1]
		r, err := x.run(small(t), Options{Documents: 2}, newProgress(nil))
		if err != nil {
			t.Fatal(err)
		}
		if err := Write(&reports[i], r); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(reports[0].Bytes(), reports[1].Bytes()) {
		t.Error("two reports differ")
	}
}

func TestAnotherVocabularyIsRefused(t *testing.T) {
	m, err := model.New(model.Config{Vocab: 3, Context: 4, Width: 2, Heads: 1, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Measure(m, gpt2(t), Options{}); err == nil || !strings.Contains(err.Error(), "50257") {
		t.Errorf("the error is %v; expected one that names 50257", err)
	}
}

func TestFirstTakesNoMoreThanItNeeds(t *testing.T) {
	taken := 0
	var all iter.Seq[string] = func(yield func(string) bool) {
		for taken++; yield("x"); taken++ {
		}
	}
	for _, n := range []int{0, 1, 3} {
		taken = 0
		if got := len(slices.Collect(take(n, all))); got != n || taken != n {
			t.Errorf("first %d: yielded %d, took %d", n, got, taken)
		}
	}
}
