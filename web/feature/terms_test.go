package feature_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/web/app/apptest"
	"glassbox/web/explain"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// cells visits random cells of every kind of step, with their calculation.
func cells(t *testing.T, hash string, visit func(s State, i model.Info, c explain.Calculation)) {
	t.Helper()
	cellsOf(t, apptest.Open(t, hash), visit)
}

// cellsOf visits cells of every step that a reader has before them, two of each.
func cellsOf(t *testing.T, r *apptest.Reader, visit func(s State, i model.Info, c explain.Calculation)) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for _, i := range r.S.Steps {
		for range 2 {
			r.Send(CellHovered{&run.Cell{Name: i.Name, Row: random.IntN(i.Rows), Col: random.IntN(i.Cols)}})
			c, ok := r.S.View().Calculation()
			if !ok {
				t.Fatalf("%s has no calculation", i.Name)
			}
			visit(r.S, i, c)
		}
	}
}

func TestTheTermsSumToTheNumber(t *testing.T) {
	kinds := map[model.Op]int{}
	cells(t, "#generated=0.1&temperature=0.7&k=2&p=0.9", func(s State, i model.Info, c explain.Calculation) {
		if c.Masked || len(c.Terms) == 0 {
			return
		}
		kinds[i.Op]++
		sum := c.RestSum + float64(c.Bias)
		for _, term := range c.Terms {
			sum += term.Product
		}
		switch i.Op {
		case model.OpMean:
			sum /= float64(c.Count)
		case model.OpStd:
			sum = math.Sqrt(sum/float64(c.Count) + model.Epsilon)
		case model.OpMax:
			sum = c.Terms[0].Product
			for _, term := range c.Terms {
				sum = max(sum, term.Product)
			}
		case model.OpDraw:
			return
		}
		if math.Abs(sum-float64(c.Value)) > 1e-4*(1+math.Abs(sum)) {
			t.Errorf("%s: the terms come to %v; the cell holds %v", i.Name, sum, c.Value)
		}
		if len(c.Terms)+len(c.Rest) != c.Count || len(c.Terms) > 7 {
			t.Errorf("%s: %d and %d terms of %d", i.Name, len(c.Terms), len(c.Rest), c.Count)
		}
	})
	for _, op := range []model.Op{model.OpLinear, model.OpScores, model.OpMix, model.OpUnembed, model.OpMean, model.OpStd,
		model.OpMax, model.OpSumExp, model.OpSum, model.OpDraw} {
		if kinds[op] == 0 {
			t.Errorf("no %s was looked at", op)
		}
	}
}

// TestTheLiveFormulaComesToTheNumber in models of both families, and with every activation.
func TestTheLiveFormulaComesToTheNumber(t *testing.T) {
	seen := map[model.Op]int{}
	check := func(s State, i model.Info, c explain.Calculation) {
		live := explain.Inline(c.Live)
		switch i.Op {
		case model.OpTokens, model.OpLookup, model.OpPosition, model.OpConcat, model.OpMax, model.OpRandom, model.OpDraw, model.OpAngle:
			return // words
		}
		if len(c.Live) == 0 || strings.Contains(live, "…") || c.Masked {
			return
		}
		seen[i.Op]++
		v, err := evaluate(live)
		if err != nil {
			t.Errorf("%s: %v", i.Name, err)
		} else if math.Abs(v-float64(c.Value)) > 0.004*(1+math.Abs(v)) {
			t.Errorf("%s: %s comes to %v; the cell holds %v", i.Name, live, v, c.Value)
		}
	}
	cells(t, "#generated=0.1&temperature=0.7", check)
	cellsOf(t, apptest.Kin(t, "tiny-qwen3"), check)
	want := []model.Op{model.OpLinear, model.OpAdd, model.OpNorm, model.OpMean, model.OpStd, model.OpScale, model.OpSoftmax, model.OpTemperature, model.OpShare,
		model.OpRMS, model.OpRMSNorm, model.OpRotate, model.OpMultiply}
	for _, a := range model.Activations() {
		cellsOf(t, withActivation(t, a), check)
		want = append(want, a.Op())
	}
	for _, op := range want {
		if seen[op] == 0 {
			t.Errorf("no formula of %s was computed", op)
		}
	}
}

// withActivation returns a reader who has opened a small GPT-2 with an activation.
func withActivation(t *testing.T, a model.Activation) *apptest.Reader {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 9, Context: 8, Width: 8, Heads: 2, Blocks: 1, Tied: true, Activation: a})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(4)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return apptest.Drop(t, map[string][]byte{"small.safetensors": b}, FileAnswers{Words: "numbers"})
}

func TestScoresShowTheSevenLargestProductsInOrder(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.0.attn.head.1.scores", Row: 4, Col: 2}})
	c, _ := r.S.View().Calculation()
	r.Expect("the terms", c.Count, 16).Expect("those listed", len(c.Terms), 7).Expect("the others", len(c.Rest), 9)
	r.Expect("the first column", c.Columns[1], "query 4").Expect("the second", c.Columns[2], "key 2")
	smallest := math.Inf(1)
	for n, term := range c.Terms {
		smallest = min(smallest, math.Abs(term.Product))
		if n > 0 && term.Index <= c.Terms[n-1].Index {
			t.Errorf("term %d stands after term %d", term.Index, c.Terms[n-1].Index)
		}
		if math.Abs(term.Share) > 1 || term.Share*term.Product < 0 {
			t.Errorf("term %d has the share %v", term.Index, term.Share)
		}
	}
	for _, term := range c.Rest {
		if math.Abs(term.Product) > smallest {
			t.Errorf("term %d with %v is among the smaller ones", term.Index, term.Product)
		}
	}
	if o := c.Operands[1]; o.Label != "key 2" || o.Cell != (run.Cell{Name: "h.0.attn.head.1.key", Row: 2, Col: 0}) || o.Kind != model.KindActivation {
		t.Errorf("the second operand is %+v", o)
	}
}

func TestMaskedCellsSayWhy(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.0.attn.head.1.scores", Row: 2, Col: 4}})
	c, _ := r.S.View().Calculation()
	r.Expect("the result", c.Result, "masked").Expect("the note", c.Note, "Masked: token 4 (B) is later than token 2 (A), and a token cannot look at later ones.")
	r = apptest.Open(t, "#temperature=1&k=1").Send(CellChosen{&run.Cell{Name: "sample.top_k", Row: 0, Col: 2}})
	c, _ = r.S.View().Calculation()
	r.Expect("the result", c.Result, "left out").Expect("the note", c.Note, "Left out: top-k keeps the most likely one.")
}

func TestPanelsAskAQuestion(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.scores", Row: 5, Col: 4}})
	i, _ := r.S.Info("h.0.attn.head.0.scores")
	title, path, question := r.S.View().About(i)
	r.Expect("the title", title, "Scores").Expect("the path", strings.Join(path, " › "), "Block 1 › Attention › Head 1")
	r.Expect("the question", question, "How strongly token 5 (C) looks at token 4 (B).")
	for _, i := range r.S.Steps {
		title, path, question := r.S.View().About(i)
		if title == "" || len(path) == 0 || !strings.HasSuffix(question, ".") {
			t.Errorf("%s is titled %q, stands at %v and asks %q", i.Name, title, path, question)
		}
		r.Send(CellChosen{&run.Cell{Name: i.Name, Row: i.Rows - 1, Col: 0}})
		if _, _, question := r.S.View().About(i); !strings.HasSuffix(question, ".") {
			t.Errorf("a cell of %s asks %q", i.Name, question)
		}
	}
}

func TestWhereIsSaidInWords(t *testing.T) {
	s := apptest.Open(t, "").S
	for want, c := range map[string]run.Cell{
		"query *5 C* → key *4 B*":     {Name: "h.0.attn.head.1.scores", Row: 5, Col: 4},
		"token *2 A*, number *7*":     {Name: "h.1.mlp.up", Row: 2, Col: 7},
		"token *2 A*, vocabulary *B*": {Name: "probabilities", Row: 2, Col: 1},
		"token *2 A*":                 {Name: "ln_f.mean", Row: 2, Col: 0},
		"vocabulary *C*":              {Name: "sample.top_k", Row: 0, Col: 2},
		"vocabulary *C*, number *3*":  {Name: "wte.weight", Row: 2, Col: 3},
		"place *9*, number *3*":       {Name: "wpe.weight", Row: 9, Col: 3},
		"in *5* → out *6*":            {Name: "h.0.mlp.c_fc.weight", Row: 5, Col: 6},
		"number *6*":                  {Name: "h.0.mlp.c_fc.bias", Row: 0, Col: 6},
		"":                            {Name: "nothing", Row: 0, Col: 0},
	} {
		got := ""
		for _, w := range s.Where(c) {
			if w.Strong {
				w.Text = "*" + w.Text + "*"
			}
			got += w.Text
		}
		if got != want {
			t.Errorf("%v is %q; expected %q", c, got, want)
		}
	}
}
