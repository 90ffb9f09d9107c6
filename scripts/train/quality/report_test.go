package quality

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"

	"glassbox/model"
	"glassbox/model/train"
	"glassbox/scripts/train/corpus"
)

var update = flag.Bool("update", false, "write the golden file anew")

// found is a result made by hand: a model that fails in all but one demand.
func found() Result {
	return Result{
		Options: Options{Seed: 7, Documents: 900, About: []train.Fact{{Name: "steps", Value: "12|13"}},
			Unrounded: map[string]string{"probe_sum": "90.0 % (180 of 200)", "held_out_loss": "1.4000 nats per token", "bigram_loss": "3"}},
		Config: model.Config{Vocab: 50257, Distinct: 1000, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true},
		Loss:   Loss{Sum: 150, Square: 325, Tokens: 100}, Uniform: math.Log(50257),
		Bigram: Loss{Sum: 300, Square: 1000, Tokens: 100}, Trigram: Loss{Sum: 200, Square: 500, Tokens: 100}, Counted: 800,
		Probes: []ProbeResult{
			{"sum", Share{179, 200}, Share{1, 200}, Share{20, 200}, []WrongAnswer{{"Two and\ntwo", "four", "five", 0.25}}},
			{"name", Share{200, 200}, Share{}, Share{2, 200}, nil},
		},
		Writings: []Writing{
			{Prompt: "How to", Text: " go.\nIt *is.", Tokens: 9, Ended: true, Again: " a b c d",
				Sentences: []corpus.Sentence{{Text: "How to go.", OK: true}, {Text: "It *is.", Reason: "the mark * is not known"}}},
			{Prompt: "How to", Sampled: true, Text: " go <0xE4>", Tokens: 3},
		},
		Sampling: model.Sampling{Temperature: 0.8, TopP: 0.95, Seed: 7}, Verbatim: Share{1, 50}, Natural: Share{3, 60},
	}
}

func TestTheReportIsAsCommitted(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, found()); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "report.md")
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("the report differs from %s (-update writes it anew):\n%s", golden, b.Bytes())
	}
}

func TestEachDemandCanFail(t *testing.T) {
	good := func() Result {
		r := found()
		r.Probes[0].Model.Part = 180
		r.Writings = []Writing{{Sentences: make([]corpus.Sentence, 20)}}
		for i := range 19 {
			r.Writings[0].Sentences[i].OK = true
		}
		r.Verbatim = Share{5, 100}
		return r
	}
	if r := good(); !r.Passed() {
		t.Fatalf("%+v does not pass", r.demands())
	}
	for name, spoil := range map[string]func(*Result){
		"a kind of probes below 90 %": func(r *Result) { r.Probes[1].Model.Part = 179 },
		"no probes":                   func(r *Result) { r.Probes = nil },
		"a second refused sentence":   func(r *Result) { r.Writings[0].Sentences[3].OK = false },
		"a text that repeats":         func(r *Result) { r.Writings[0].Again = "x" },
		"more than 5 % verbatim":      func(r *Result) { r.Verbatim.Part = 6 },
	} {
		if r := good(); r.Passed() {
			if spoil(&r); r.Passed() {
				t.Errorf("%s: it still passes", name)
			}
		}
	}
}

func TestTheFactsAreTheNumbers(t *testing.T) {
	facts := map[string]string{}
	for _, f := range found().Facts() {
		facts[f.Name] = f.Value
	}
	for name, want := range map[string]string{
		"held_out_loss": "1.5000 nats per token", "held_out_perplexity": "4.482", "probe_sum": "89.5 % (179 of 200)",
		"sentences_accepted": "50.0 % (1 of 2)", "texts_that_repeat": "50.0 % (1 of 2)", "verbatim_12_grams": "2.0 % (1 of 50)",
	} {
		if facts[name] != want {
			t.Errorf("%s is %q; expected %q", name, facts[name], want)
		}
	}
}
