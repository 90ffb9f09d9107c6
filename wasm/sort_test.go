//go:build !js

package main

import (
	"math"
	"os"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/scripts/browser"
)

// sortModel is the model in the page, loaded natively.
func sortModel(t *testing.T) *model.Model {
	t.Helper()
	b, err := os.ReadFile("../static/models/sort.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := checkpoint.Load("sort", b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// state is what the tests read of glassbox.state().
type state struct {
	Text, Guide, Stage, Panel, Hash string
	Tokens                          []struct{ Text string }
	Generated                       []int
	Muted                           bool
	Last                            *struct{ Text string }
	Problem                         *struct{ Title, Detail string }
	Cell                            *struct {
		Name     string
		Row, Col int
	}
}

func TestThePageSortsWhatIsTyped(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, page *browser.Page) {
		for text, sorted := range map[string]string{"CBABBC": "ABBBCC", "AAAAAA": "AAAAAA", "CCBBAA": "AABBCC"} {
			s := browser.Eval[state](page, `glassbox.setPrompt("`+text+`")`)
			for range 6 {
				s = browser.Eval[state](page, `glassbox.step()`)
			}
			answer := ""
			for _, token := range s.Tokens[6:] {
				answer += token.Text
			}
			if s.Last == nil || answer+s.Last.Text != sorted {
				t.Errorf("%s: wrote %q, then %+v; expected %s", text, answer, s.Last, sorted)
			}
		}
	})
}

func TestThePageCountsTheLettersThatAreMissing(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, page *browser.Page) {
		s := browser.Eval[state](page, `glassbox.setPrompt("CBA")`)
		if !strings.Contains(s.Guide, "3 more") || !s.Muted {
			t.Errorf("after three letters it says %q, muted: %t", s.Guide, s.Muted)
		}
	})
}

func TestAnUnknownCharacterIsNamedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CBA")`)
		s := browser.Eval[state](page, `glassbox.setPrompt("CBxA").catch(() => glassbox.state())`)
		said := browser.Eval[string](page, `document.body.innerText`)
		if s.Text != "CBxA" || len(s.Tokens) != 3 || !strings.Contains(said, "x") || !strings.Contains(said, "A, B") {
			t.Errorf("text %q, %d tokens", s.Text, len(s.Tokens))
		}
	})
}

func TestThePagesNumbersAreThoseOfTheModel(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CBABBC")`)
		tr, err := sortModel(t).Forward([]int{2, 1, 0, 1, 1, 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range tr.Steps {
			got := browser.Eval[[]*float64](page, `glassbox.tensor("`+s.Name+`").then((t) => Array.from(t.data))`)
			if len(got) != s.Rows*s.Cols {
				t.Fatalf("%s has %d values in the page", s.Name, len(got))
			}
			for i, v := range got {
				want, ok := s.At(i/s.Cols, i%s.Cols)
				if ok != (v != nil) || ok && math.Abs(*v-float64(want)) > 1e-4 {
					t.Fatalf("%s (%d, %d) is %v in the page, %v natively", s.Name, i/s.Cols, i%s.Cols, v, want)
				}
			}
		}
	})
}

func TestThePageExplainsAScore(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CBABBC")`)
		e := browser.Eval[struct {
			Value    float64
			Operands []struct {
				Tensor string
				Values map[string]float64
			}
		}](page, `glassbox.explain("h.0.attn.head.1.scores", 5, 3)`)
		sum := 0.0
		for i, q := range e.Operands[0].Values {
			sum += q * e.Operands[1].Values[i]
		}
		if len(e.Operands) != 2 || e.Operands[1].Tensor != "h.0.attn.head.1.key" || math.Abs(sum-e.Value) > 1e-4 {
			t.Errorf("the terms sum to %v; the score is %v", sum, e.Value)
		}
	})
}

func TestEveryStageIsReachedAndExplained(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CBABBC")`)
		for _, stage := range []string{"tokenize", "token", "position", "block.0", "block.2.attention", "norm", "output", "softmax", "sample"} {
			s := browser.Eval[state](page, `glassbox.select("`+stage+`")`)
			if s.Stage != stage || !strings.Contains(s.Hash, "stage="+stage) {
				t.Errorf("%s leads to %q, %q", stage, s.Stage, s.Hash)
			}
		}
		unknown := browser.Eval[string](page, `glassbox.select("nowhere").catch((e) => e.message)`)
		if !strings.Contains(unknown, "nowhere") || !strings.Contains(unknown, "softmax") {
			t.Errorf("an unknown stage says %q", unknown)
		}
	})
}

func TestThePageAsksForNothing(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, page *browser.Page) {
		if n := browser.Eval[int](page, `performance.getEntriesByType("resource").filter((e) => !e.name.startsWith("blob:") && !e.name.startsWith("data:")).length`); n != 0 {
			t.Errorf("the page made %d requests", n)
		}
	})
}

func TestADeadWorkerIsReplacedAndThePromptKept(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		browser.Eval[bool](page, `(glassboxBoot.worker.terminate(), glassboxBoot.ondeath("ended by a test"), true)`)
		s := browser.Eval[state](page, `glassbox.setPrompt("CABC")`)
		if s.Text != "CABC" || len(s.Tokens) != 4 {
			t.Errorf("after the worker was replaced the text is %q with %d tokens", s.Text, len(s.Tokens))
		}
	})
}
