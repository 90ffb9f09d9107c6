package feature_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/explain"
	. "glassbox/web/feature"
	"glassbox/web/feature/help"
	"glassbox/web/run"
	"glassbox/web/say"
)

// everywhere visits all stages, the overview and the parts of blocks too.
func everywhere(r *apptest.Reader, visit func(explain.StageText)) {
	stages := []run.Stage{run.StageOverview}
	for _, g := range Stages(r.S) {
		stages = append(stages, g.ID)
		for _, p := range g.Parts {
			stages = append(stages, p.ID)
		}
	}
	for _, g := range stages {
		r.Send(StageChosen{g})
		visit(r.S.View().Text())
	}
}

func TestEveryStageIsExplainedInEveryState(t *testing.T) {
	for _, hash := range []string{"", "#text=", "#text=A", "#text=CBABBCA", "#generated=0.1.1.1.2.2", "#temperature=0.8&k=2&p=0.9", "#model=tiny"} {
		everywhere(apptest.Open(t, hash), func(x explain.StageText) {
			all := x.Lead + " " + x.Try
			for _, f := range x.Facts {
				all += " " + f.Label + ": " + f.Value
			}
			if x.Title == "" || x.Try == "" || len(x.Facts) == 0 || !unicode.IsUpper([]rune(x.Lead)[0]) || !strings.HasSuffix(x.Lead, ".") {
				t.Errorf("%s: %+v", hash, x)
			}
			for _, bad := range []string{"  ", "%!", "!", "NaN", "masked,", " -", "token -1", ".."} {
				if strings.Contains(all, bad) {
					t.Errorf("%s, %s: %q stands in %q", hash, x.Title, bad, all)
				}
			}
		})
	}
}

func TestTheLeadNamesTheTokenAndItsRow(t *testing.T) {
	r := apptest.Open(t, "#generated=0.1.1.1.2").Send(StageChosen{run.StageToken}, CellHovered{&run.Cell{Name: "embed.token", Row: 9, Col: 0}})
	want := "Here are 11 tokens, one column each. Token 9 is B, id 1: row 1 of the table."
	if lead := r.S.View().Text().Lead; !strings.HasSuffix(lead, want) {
		t.Errorf("the lead is %q; expected it to end with %q", lead, want)
	}
}

func TestLiveNumbersAreThoseOfTheModel(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{run.PartStage(0, model.PartAttention)})
	best, key := float32(0), 0
	for k := range 6 {
		if v, _ := r.S.At("h.0.attn.head.0.attention", 5, k); v > best {
			best, key = v, k
		}
	}
	want := fmt.Sprintf("to %s: %s.", r.S.TokenName(key), say.Percent(best))
	if lead := r.S.View().Text().Lead; !strings.Contains(lead, want) {
		t.Errorf("the lead %q lacks %q", lead, want)
	}
	r.Send(StageChosen{run.StageNorm})
	mean, _ := r.S.At("ln_f.mean", 5, 0)
	std, _ := r.S.At("ln_f.std", 5, 0)
	want = fmt.Sprintf("mean %s and standard deviation %s.", say.Brief(mean), say.Brief(std))
	if lead := r.S.View().Text().Lead; !strings.Contains(lead, want) {
		t.Errorf("the lead %q lacks %q", lead, want)
	}
	r.Send(StageChosen{run.StageOutput})
	if lead := r.S.View().Text().Lead; !strings.Contains(lead, r.S.Candidates[0].Text+" "+say.Brief(r.S.Candidates[0].Logit)) {
		t.Errorf("the lead %q lacks the logit %v", lead, r.S.Candidates[0])
	}
	r.Send(SamplingChanged{run.Sampling{Temperature: 3, TopK: 2, TopP: 1, Seed: 5}}, StageChosen{run.StageSample})
	u, _ := r.S.At("sample.random", 0, 0)
	want = fmt.Sprintf("2 of 3 tokens stay. The random number %s picks %s, which has %s.", say.Brief(u), r.S.Next.Text, say.Percent(r.S.Next.Sampled))
	if lead := r.S.View().Text().Lead; !strings.Contains(lead, want) {
		t.Errorf("the lead %q lacks %q", lead, want)
	}
}

func TestPredictionsBeforeTheSixthLetterAreCalledMeaningless(t *testing.T) {
	for hash, want := range map[string]bool{"#text=CB&stage=softmax": true, "#stage=softmax": false, "#text=CBABBCA&stage=output": true} {
		if got := strings.Contains(apptest.Open(t, hash).S.View().Text().Lead, "predictions mean nothing"); got != want {
			t.Errorf("%s: %t; expected %t", hash, got, want)
		}
	}
}

func TestNumbersAreWrittenForReaders(t *testing.T) {
	for want, got := range map[string]string{
		"−0.4094": say.Number(float32(-0.40941)), "0.0000": say.Number(0.0), "4.059·10⁻⁶": say.Number(4.0591e-6), "−1.200·10⁸": say.Number(-1.2e8),
		"∞": say.Number(math.Inf(1)), "−∞": say.Number(math.Inf(-1)), "-0.40940842": say.Exact(-0.40940842), "85,728": say.Count(85728), "−1,000": say.Count(-1000),
		"7": say.Count(7), "96.4\u00a0%": say.Percent(0.9641), "> 99.9\u00a0%": say.Percent(0.99999), "< 0.1\u00a0%": say.Percent(1e-9), "100\u00a0%": say.Exactly(1), "0\u00a0%": say.Exactly(0), "50.0\u00a0%": say.Exactly(0.5),
	} {
		if got != want {
			t.Errorf("%q; expected %q", got, want)
		}
	}
}

func TestTheLinesThatRanComeWithAStep(t *testing.T) {
	s := apptest.Open(t, "").S
	for name, want := range map[string]string{"h.0.attn.head.1.scores": `head.Scores("scores", q, k, 0)`, "sample.top_p": `at.TopP("top_p"`} {
		i, _ := s.Info(name)
		lines := explain.SourceLines(i)
		if len(lines) != 3 || !lines[1].Current || !strings.Contains(lines[1].Text, want) || strings.HasPrefix(lines[1].Text, " ") || lines[1].Number != i.Line {
			t.Errorf("%s: %+v", name, lines)
		}
	}
	if i, _ := s.Info("wte.weight"); explain.SourceLines(i) != nil {
		t.Error("a weight has lines")
	}
}

func TestKeysDoWhatTheirTableSays(t *testing.T) {
	r := apptest.Open(t, "")
	seen := map[string]bool{}
	for _, k := range app.New(apptest.Choices()).Keys() {
		if k.Key == "" || k.Label == "" || k.Does == "" || seen[k.Key] {
			t.Errorf("the row %q lacks something, or is there twice", k.Key)
		}
		seen[k.Key] = true
	}
	if first := r.S.Keys()[0]; first.Key != "s" {
		t.Errorf("the help begins with %q, not with what one does all the time", first.Does)
	}
	press := func(keys ...string) {
		for _, k := range keys {
			r.Send(KeyPressed(r.S, k))
		}
	}
	press("s")
	r.Expect("the answer", r.S.Written(), "A")
	press("Ctrl+z", "]", "]")
	r.Expect("the answer", r.S.Written(), "").Expect("the stage", r.S.Stage, run.StageToken)
	press("[", "[", "[")
	r.Expect("the stage", r.S.Stage, run.StageOverview)
	r.Send(CellHovered{&run.Cell{Name: "ln_f", Row: 1, Col: 1}})
	press("Enter", "?")
	r.Expect("help", help.Of(&r.S).Open, true)
	press("Escape")
	r.Expect("help", help.Of(&r.S).Open, false).Expect("the cell", *r.S.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 1})
	press("Escape", "Escape")
	r.Expect("a cell is pinned", r.S.Cell != nil, false).Expect("the panel", r.S.Panel, "")
	press("t", "t", "t", "t")
	r.Expect("the theme", r.S.Theme, address.ThemeSystem)
	if !reflect.DeepEqual(KeyPressed(r.S, "Arrow"), nil) || KeyPressed(r.S, "x") != nil {
		t.Error("a key of the scene has a message")
	}
}
