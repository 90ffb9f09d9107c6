package explain

import (
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// TestEveryOperationIsTold reads the names of the operations from the source of model, so that
// none can be added without the question that its numbers answer, its equation, and where the way
// back goes on from it.
func TestEveryOperationIsTold(t *testing.T) {
	source, err := os.ReadFile("../../model/step.go")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`(?m)^\s+Op\w+\s+Op = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(names) < 25 || len(names) != len(rows) {
		t.Errorf("there are %d operations and %d rows", len(names), len(rows))
	}
	for _, n := range names {
		op := model.Op(n[1])
		r, weight := rows[op], op == model.OpWeight
		if r.equation == nil || (r.question == nil || r.cellQuestion == nil) != weight {
			t.Errorf("%s lacks its question or its equation", op)
		}
		if roles := model.Roles(op); r.end == nil && r.follow == nil && !r.larger && (len(roles) == 0 || r.terms == nil && roles[0] != "x") {
			t.Errorf("from %s the way back neither ends nor goes on", op)
		}
	}
}

// TestFormulasAreThoseOfTheModel: what English makes of a formula is the model's own, and each role can begin a sentence.
func TestFormulasAreThoseOfTheModel(t *testing.T) {
	for op := range rows {
		if got := Formula(op, nil); got != op.Formula() {
			t.Errorf("%s is %q; expected %q", op, got, op.Formula())
		}
		for _, role := range append(model.Roles(op), "row") { // whose order a filter goes by
			if first := say.Explain.SymbolFirst(role); first == role || !strings.EqualFold(first, role) {
				t.Errorf("a sentence about %q begins with %q", role, first)
			}
		}
	}
}

// TestEveryWeightAnswersAQuestion holds for what any operation reads of the weights.
func TestEveryWeightAnswersAQuestion(t *testing.T) {
	for _, c := range []model.Config{
		{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1},
		{Family: model.FamilyLlama, Vocab: 3, Context: 2, Width: 4, Heads: 2, KeyValues: 1, Blocks: 1, Inner: 3, HeadNorms: true,
			Rotary: model.Rotary{Theta: 100, Listed: true}, Biases: model.BiasQKV | model.BiasProj | model.BiasMLP},
	} {
		steps, err := model.Outline(c, 2)
		if err != nil {
			t.Fatal(err)
		}
		v := View{}
		v.Run = v.WithSteps(steps)
		for _, i := range steps {
			if i.Kind == model.KindWeight && v.question(i) == "" {
				t.Errorf("%s answers no question", i.Name)
			}
		}
	}
}

// TestEveryPartHasItsText: whatever belongs to a model is told of at its stage.
func TestEveryPartHasItsText(t *testing.T) {
	for _, p := range model.Parts() {
		if stageTexts[p] == nil {
			t.Errorf("%s has no text", p)
		}
	}
	if len(stageTexts) != len(model.Parts()) {
		t.Errorf("%d texts for %d parts", len(stageTexts), len(model.Parts()))
	}
}

// viewOf is a run of these steps, of which nothing but their shapes is known.
func viewOf(steps ...model.Info) View {
	v := View{}
	v.Run = v.WithSteps(steps)
	return v
}

// rowOf is a step of one row over a vocabulary of n words.
func rowOf(name string, op model.Op, n int) model.Info {
	return model.Info{Name: name, Op: op, Rows: 1, Cols: n, RowAxis: model.AxisOne, ColAxis: model.AxisWord}
}

// TestTheRandomNumberIsTheDrawOfTheTokenThatItDraws counts as people do: the first new token takes draw 1.
func TestTheRandomNumberIsTheDrawOfTheTokenThatItDraws(t *testing.T) {
	for n, want := range map[int]string{0: "seed 9, draw 1", 1: "seed 9, draw 2", 5: "seed 9, draw 6", 1233: "seed 9, draw 1234"} {
		v := viewOf(rowOf("sample.random", model.OpRandom, 1))
		v.Ran = run.Input{Generated: make([]int, n), Sampling: run.Sampling{Seed: 9}}
		c := v.Terms(engine.Explained{Explanation: model.Explanation{Name: "sample.random", Op: model.OpRandom, Value: 0.5}})
		if got := Inline(c.Live); got != want {
			t.Errorf("with %d tokens written, the next number is that of %q; expected %q", n, got, want)
		}
	}
}

// sentOf is the explanation of a number that reads n numbers, of which these came, from those places.
func sentOf(op model.Op, n int, value float32, values []float32, places []int, more ...model.Operand) engine.Explained {
	x := engine.Explained{Explanation: model.Explanation{Name: "y", Op: op, Value: value}}
	x.Operands = append([]model.Operand{{Role: "x", Tensor: "x", Stride: 1, Count: n}}, more...)
	x.Values, x.Places = [][]float32{values}, [][]int{places}
	for range more {
		x.Values, x.Places = append(x.Values, []float32{0.25}), append(x.Places, nil)
	}
	return x
}

// calculationOf is what is told of such a number.
func calculationOf(x engine.Explained) Calculation {
	return viewOf(rowOf("x", model.OpShare, x.Operands[0].Count), rowOf("one", model.OpRandom, 1), rowOf("y", x.Op, 1)).Terms(x)
}

// TestTheRestOfASumIsAllThatIsNotListed: what the engine left out is what lacks to the number.
func TestTheRestOfASumIsAllThatIsNotListed(t *testing.T) {
	values := []float32{1, 9, 2, 8, 3, 7, 4, 6, 5} // without 1 and 2, seven are listed
	places := []int{10, 20, 30, 40, 50, 60, 70, 80, 50000}
	c := calculationOf(sentOf(model.OpSum, 50257, 100, values, places))
	if c.Count != 50257 || c.Unsent != 50257-9 || len(c.Terms) != 7 || len(c.Rest) != 2 || c.Sum != 100 || c.RestSum != 100-9-8-7-6-5-4-3 {
		t.Errorf("of %d terms %d did not come, %d are listed, %d follow; the rest is %v of %v",
			c.Count, c.Unsent, len(c.Terms), len(c.Rest), c.RestSum, c.Sum)
	}
	if first, last := c.Terms[0], c.Terms[6]; first.Index != 20 || last.Index != 50000 || last.Cells[0] != (run.Cell{Name: "x", Col: 50000}) {
		t.Errorf("the terms begin with number %d and end with number %d, %v", first.Index, last.Index, last.Cells[0])
	}
	whole := calculationOf(sentOf(model.OpSum, 9, 45, values, nil))
	if whole.Count != 9 || whole.Unsent != 0 || whole.RestSum != 3 || whole.Sum != 45 {
		t.Errorf("where all came, of %d terms %d did not; the rest is %v of %v", whole.Count, whole.Unsent, whole.RestSum, whole.Sum)
	}
}

// TestTheRestOfALongDotProductIsAllButTheBias: products of the places that came, and what lacks to the number.
func TestTheRestOfALongDotProductIsAllButTheBias(t *testing.T) {
	places := []int{3, 4000, 5000}
	x := sentOf(model.OpLinear, 5120, 10, []float32{1, 2, 3}, places, model.Operand{Role: "weight", Tensor: "w", Stride: 1, Count: 5120},
		model.Operand{Role: "bias", Tensor: "b", Stride: 1, Count: 1})
	x.Values[1], x.Places[1] = []float32{4, -1, 2}, places
	c := viewOf(rowOf("x", model.OpShare, 5120), rowOf("w", model.OpWeight, 5120), rowOf("b", model.OpWeight, 1), rowOf("y", model.OpLinear, 1)).Terms(x)
	if c.Unsent != 5117 || c.Bias != 0.25 || c.Sum != 9.75 || c.RestSum != 9.75-4+2-6 {
		t.Errorf("%d did not come; the sum is %v, the bias %v, the rest %v", c.Unsent, c.Sum, c.Bias, c.RestSum)
	}
	if last := c.Terms[2]; last.Index != 5000 || last.Product != 6 || last.Cells != [2]run.Cell{{Name: "x", Col: 5000}, {Name: "w", Col: 5000}} {
		t.Errorf("the last term is %+v", last)
	}
}

// TestTheRestOfADrawIsThatOfProbabilities: the number that came about is the id of a token, and no sum of them.
func TestTheRestOfADrawIsThatOfProbabilities(t *testing.T) {
	values := []float32{0.03125, 0.5, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.03125}
	places := []int{10, 20, 30, 40, 50, 60, 70, 80, 90}
	one := model.Operand{Role: "random", Tensor: "one", Count: 1, Stride: 1}
	c := calculationOf(sentOf(model.OpDraw, 50257, 20, values, places, one))
	if c.Result != "20" || c.Unsent != 50257-9 || len(c.Terms) != 7 || c.RestSum != 0.0625 || c.Sum != 0.9375 {
		t.Errorf("token %s is drawn, %d terms did not come, %d are listed; the rest is %v of %v", c.Result, c.Unsent, len(c.Terms), c.RestSum, c.Sum)
	}
}

// TestOfWhatIsChosenTheLargestAreListed, by their sign; of a sum the large ones count, whatever their sign. What is
// masked is no term.
func TestOfWhatIsChosenTheLargestAreListed(t *testing.T) {
	nan := float32(math.NaN())
	values := []float32{-90, 1, 2, nan, 3, 4, 5, 6, 7, nan}
	for op, want := range map[model.Op]int{model.OpMax: 1, model.OpSum: 0} {
		c := calculationOf(sentOf(op, len(values), 7, values, nil))
		if c.Count != 8 || len(c.Terms) != 7 || len(c.Rest) != 1 || c.Terms[0].Index != want {
			t.Errorf("%s: of %d terms %d are listed, from number %d on, and %d follow", op, c.Count, len(c.Terms), c.Terms[0].Index, len(c.Rest))
		}
	}
}

// made is the explanation of a number that one operand for each role made.
func made(op model.Op, value float32, roles []string, values ...[]float32) engine.Explained {
	x := engine.Explained{Explanation: model.Explanation{Name: "y", Op: op, Value: value}, Values: values}
	for i, role := range roles {
		x.Operands = append(x.Operands, model.Operand{Role: role, Tensor: role, Stride: 1, Count: len(values[i])})
	}
	return x
}

// TestEquationsAreWrittenWithTheNumbersAndTheirSigns.
func TestEquationsAreWrittenWithTheNumbersAndTheirSigns(t *testing.T) {
	one := func(x ...float32) (list [][]float32) {
		for _, v := range x {
			list = append(list, []float32{v})
		}
		return list
	}
	row := func(x ...float32) []float32 { return x }
	for _, c := range []struct {
		op     model.Op
		values [][]float32
		want   string
	}{
		{model.OpAdd, one(1, -2), "1.0000 − 2.0000"},
		{model.OpAdd, one(-1, 2), "−1.0000 + 2.0000"},
		{model.OpNorm, one(2, 0.5, 4, 3, 1), "(2.0000 − 0.5000) / 4.0000 · 3.0000 + 1.0000"},
		{model.OpNorm, one(-2, -0.5, 4, -3, -1), "(−2.0000 + 0.5000) / 4.0000 · −3.0000 − 1.0000"},
		{model.OpMean, [][]float32{row(1, 2, 6)}, "9.0000 / 3"},
		{model.OpStd, [][]float32{row(1, 2, 6), row(3)}, "√(4.6667 + 0.5)"},
		{model.OpLinear, [][]float32{row(1, 2), row(3, -5), row(0.5)}, "−7.0000 + 0.5000"},
		{model.OpLinear, [][]float32{row(1, 2), row(3, 5), row(-0.5)}, "13.0000 − 0.5000"},
		{model.OpUnembed, [][]float32{row(1, 2), row(3, -5)}, "3.0000 − 10.0000"},
		{model.OpScores, [][]float32{row(1, 2, 1), row(3, -5, 2)}, "3.0000 − 10.0000 + 2.0000"},
		{model.OpScores, [][]float32{row(1, 2, 1, 1), row(-3, 5, 2, 1)}, "10.0000 − 3.0000 + …"},
		{model.OpScores, [][]float32{row(2), row(3)}, "6.0000"},
		{model.OpScale, one(3), "3.0000 · 0.5000"},
		{model.OpMax, [][]float32{row(1, 2, 6)}, "the largest of 3"},
		{model.OpSumExp, [][]float32{row(6, 6), row(6)}, "1.0000 + 1.0000"},
		{model.OpSoftmax, one(1, 3, 2), "exp(1.0000 − 3.0000) / 2.0000"},
		{model.OpSoftmax, one(-5, -3, 2), "exp(−5.0000 + 3.0000) / 2.0000"},
		{model.OpShare, one(0.5, 0.75), "0.5000 / 0.7500"},
		{model.OpTemperature, one(-3), "−3.0000 / 0.5"},
		{model.OpSum, [][]float32{row(1, -2)}, "1.0000 − 2.0000"},
		{model.OpLookup, one(7, 0.5), "row 7, number 4"},
		{model.OpPosition, one(0.5), "row 2, number 4"},
		{model.OpDraw, [][]float32{row(0.25, 0.75), row(0.5)}, "Σ x > 0.5000"},
		{model.OpGELU, one(-2), "½ · −2.0000 · (1 + tanh(0.7979 · (−2.0000 − 0.3577)))"},
	} {
		x := made(c.op, 0, model.Roles(c.op), c.values...)
		x.Row, x.Col, x.Factor = 2, 4, 0.5
		v := View{}
		v.Config = model.Config{Width: 48, Heads: 3}
		if got := Inline(v.Terms(x).Live); got != c.want {
			t.Errorf("%s of %v is %q; expected %q", c.op, c.values, got, c.want)
		}
	}
	v := View{}
	v.Config = model.Config{Width: 48, Heads: 3}
	x := made(model.OpScale, 0.75, []string{"x"}, row(3))
	for factor, want := range map[float32]string{0.25: "3.0000 / √16", 0.5: "3.0000 · 0.5000"} {
		if x.Factor = factor; Inline(v.Terms(x).Live) != want {
			t.Errorf("the factor %v is %q; expected %q", factor, Inline(v.Terms(x).Live), want)
		}
	}
}

// TestEachTermIsWhatItAddsToTheSum: its product, or what becomes of its one number.
func TestEachTermIsWhatItAddsToTheSum(t *testing.T) {
	for _, c := range []struct {
		op     model.Op
		values [][]float32
		want   []float64
	}{
		{model.OpMean, [][]float32{{1, -2, 6}}, []float64{1, -2, 6}},
		{model.OpStd, [][]float32{{1, 2, 6}, {3}}, []float64{4, 1, 9}},
		{model.OpStd, [][]float32{{-1, 1}, {-2}}, []float64{1, 9}},
		{model.OpSumExp, [][]float32{{3, 1}, {3}}, []float64{1, math.Exp(-2)}},
		{model.OpLinear, [][]float32{{1, 2}, {3, -5}, {9}}, []float64{3, -10}},
		{model.OpMix, [][]float32{{0.25, 0.75}, {4, -4}}, []float64{1, -3}},
	} {
		got := View{}.Terms(made(c.op, 0, model.Roles(c.op), c.values...))
		sum, largest := 0.0, 0.0
		for _, x := range c.want {
			sum, largest = sum+x, max(largest, math.Abs(x))
		}
		if len(got.Terms) != len(c.want) || math.Abs(got.Sum-sum) > 1e-12 {
			t.Errorf("%s of %v has %d terms, which sum to %v; expected %v", c.op, c.values, len(got.Terms), got.Sum, sum)
			continue
		}
		for i, term := range got.Terms {
			if math.Abs(term.Product-c.want[i]) > 1e-12 || math.Abs(term.Share-c.want[i]/largest) > 1e-12 || term.A != float64(c.values[0][i]) {
				t.Errorf("term %d of %s of %v is %+v; expected %v", i, c.op, c.values, term, c.want[i])
			}
		}
	}
}

// TestTheWayBackFollowsWhatCountsMost: of a sum what speaks for it, of what is chosen the largest, of a mix what was
// handed over.
func TestTheWayBackFollowsWhatCountsMost(t *testing.T) {
	for _, c := range []struct {
		op     model.Op
		values [][]float32
		want   run.Cell
	}{
		{model.OpAdd, [][]float32{{1}, {-2}}, run.Cell{Name: "b"}},
		{model.OpAdd, [][]float32{{-3}, {2}}, run.Cell{Name: "a"}},
		{model.OpScores, [][]float32{{1, 2, 1}, {3, -5, 2}}, run.Cell{Name: "query"}},
		{model.OpLinear, [][]float32{{1, 9, 1}, {3, 0, -4}, {7}}, run.Cell{Name: "x"}},            // −4 speaks against it
		{model.OpLinear, [][]float32{{1, 2, 1}, {-3, -1, -4}, {20}}, run.Cell{Name: "x", Col: 2}}, // all do
		{model.OpMix, [][]float32{{0.75, 0.25}, {1, -5}}, run.Cell{Name: "value"}},
		{model.OpMax, [][]float32{{-9, 2, 1}}, run.Cell{Name: "x", Col: 1}},
		{model.OpSum, [][]float32{{-9, 2, 1}}, run.Cell{Name: "x", Col: 1}},
		{model.OpDraw, [][]float32{{0.5, 0.25, 0.25}, {0.8}}, run.Cell{Name: "x", Col: 2}},
		{model.OpNorm, [][]float32{{1}, {9}, {9}, {9}, {9}}, run.Cell{Name: "x"}},
		{model.OpScores, [][]float32{{1, 1, 1}, {2, -2, 2}}, run.Cell{Name: "query"}}, // of equal ones the first
		{model.OpAdd, [][]float32{{2}, {-2}}, run.Cell{Name: "a"}},
	} {
		roles := model.Roles(c.op)
		v := View{}
		var steps []model.Info
		for i, role := range roles {
			steps = append(steps, model.Info{Name: role, Rows: 1, Cols: len(c.values[i])})
		}
		v.Run = v.WithSteps(append(steps, model.Info{Name: "y", Op: c.op, Rows: 1, Cols: 1}))
		x := made(c.op, 2, roles, c.values...)
		v.Explained, v.Cell = &x, &run.Cell{Name: "y"}
		if got, ok := v.Largest(); !ok || got != c.want {
			t.Errorf("from %s of %v the way goes to %v, %t; expected %v", c.op, c.values, got, ok, c.want)
		}
		for _, other := range []run.Cell{{Name: "y", Row: 1}, {Name: "y", Col: 1}, {Name: "z"}} {
			v.Cell = &other
			if got, ok := v.Largest(); ok {
				t.Errorf("the way goes from %v to %v, though another number is explained", other, got)
			}
		}
	}
}

// TestACellIsFoundByItsNumberInWhatWasRead: along a row, and down a column over whole rows.
func TestACellIsFoundByItsNumberInWhatWasRead(t *testing.T) {
	v := viewOf(model.Info{Name: "x", Rows: 5, Cols: 7}, model.Info{Name: "weight", Rows: 7, Cols: 4})
	x := made(model.OpUnembed, 0, []string{"x", "weight"}, make([]float32, 7), make([]float32, 7))
	x.Operands[0].Start = 3 * 7
	x.Operands[1].Start, x.Operands[1].Stride = 2, 4
	c := v.Terms(x)
	a, b := c.Operands[0], c.Operands[1]
	if a.Cell != (run.Cell{Name: "x", Row: 3}) || a.At(5) != (run.Cell{Name: "x", Row: 3, Col: 5}) || a.Label != "x 3" {
		t.Errorf("the row begins at %v, its number 5 is at %v, and it is called %q", a.Cell, a.At(5), a.Label)
	}
	if b.Cell != (run.Cell{Name: "weight", Col: 2}) || b.At(5) != (run.Cell{Name: "weight", Row: 5, Col: 2}) || b.Label != "weight 2" {
		t.Errorf("the column begins at %v, its number 5 is at %v, and it is called %q", b.Cell, b.At(5), b.Label)
	}
	if len(c.Terms) != 7 || c.Terms[5].Cells != [2]run.Cell{{Name: "x", Row: 3, Col: 5}, {Name: "weight", Row: 5, Col: 2}} {
		t.Errorf("its terms are %+v", c.Terms)
	}
}

// TestTheCurveGoesThroughTheNumber, and shows as much to the left as to the right.
func TestTheCurveGoesThroughTheNumber(t *testing.T) {
	reaches := map[float32]float64{0: 3, 1: 3, -2.7: 3, 2.8: 4, -10: 11}
	for n := range len(reaches) * len(model.Activations()) {
		a := model.Activations()[n%len(model.Activations())]
		x := slices.Sorted(maps.Keys(reaches))[n/len(model.Activations())]
		reach, y := reaches[x], float32(rows[a.Op()].curve(float64(x)))
		if computed := activated(t, a, x); math.Abs(float64(y-computed)) > 1e-4*(1+math.Abs(float64(computed))) {
			t.Errorf("the curve of %s has %v at %v; the model computes %v", a.Name(), y, x, computed)
		}
		e := made(a.Op(), y, []string{"x"}, []float32{x})
		c, ok := View{Explained: &e}.Curve()
		first, middle, last := c.Points[0], c.Points[len(c.Points)/2], c.Points[len(c.Points)-1]
		if !ok || c.X != float64(x) || c.Y != float64(y) || first.X != -reach || middle != (Point{}) || last.X != reach || c.Low.X != -reach || c.Top != (Point{reach, reach}) {
			t.Errorf("of %v the curve goes from %v by %v to %v, between %v and %v; expected ±%v", x, first, middle, last, c.Low, c.Top, reach)
		}
		if math.Abs(last.Y-last.X) > 0.15 || math.Abs(first.Y) > 0.15 {
			t.Errorf("the curve ends at %v and %v", first, last)
		}
	}
}

// TestBlocksAndHeadsAreCountedFromOne, tokens and numbers from 0, as everywhere on the page.
func TestBlocksAndHeadsAreCountedFromOne(t *testing.T) {
	c := model.Config{Vocab: 3, Context: 4, Width: 6, Heads: 3, Blocks: 2}
	steps, err := model.Outline(c, 3)
	if err != nil {
		t.Fatal(err)
	}
	v := viewOf(steps...)
	v.Config = c
	x := engine.Explained{Explanation: model.Explanation{Name: "h.1.attn.concat", Op: model.OpConcat, Row: 2, Col: 5, Value: 0.5,
		Operands: []model.Operand{{Role: "x", Tensor: "h.1.attn.head.2.mix", Start: 2*2 + 1, Stride: 1, Count: 1}}}, Values: [][]float32{{0.5}}}
	if got := Inline(v.Terms(x).Live); got != "head 3, number 1" {
		t.Errorf("number 5 of the heads side by side is %q", got)
	}
	v.Cell = &run.Cell{Name: "h.1.attn.concat", Row: 2, Col: 5}
	info, _ := v.Info("h.1.attn.concat")
	if _, path, question := v.About(info); strings.Join(path, " › ") != "Block 2 › Projection" || !strings.Contains(question, "ead 3") {
		t.Errorf("it stands at %q and answers %q", path, question)
	}
	for cell, want := range map[run.Cell][2]string{
		{Name: "h.1.attn.head.2.scores", Row: 2, Col: 1}: {"B2", "2 → 1"},
		{Name: "h.0.mlp.up", Row: 2, Col: 7}:             {"B1", "2 · 7"},
		{Name: "ln_f", Row: 0, Col: 3}:                   {"", "0 · 3"},
	} {
		if block, where := v.CrumbShort(cell); block != want[0] || where != want[1] {
			t.Errorf("%v is %q, %q in short; expected %q", cell, block, where, want)
		}
	}
	if title, where := v.Crumb(run.Cell{Name: "h.1.attn.head.2.scores", Row: 2, Col: 1}); title != "Scores, head 3" || where != "query 2 → key 1" {
		t.Errorf("it is called %q, %q", title, where)
	}
}

// TestThePartsOfAModelSumToAllOfIt, in numbers and in shares.
func TestThePartsOfAModelSumToAllOfIt(t *testing.T) {
	c := model.Config{Vocab: 100, Context: 10, Width: 8, Heads: 2, Blocks: 3}
	count, share := 0, 0.0
	for _, f := range Parameters(c.Account()) {
		count, share = count+f.Count, share+f.Share
		if f.Label() == "" || f.Count == 0 || math.Abs(f.Share-float64(f.Count)/float64(c.Parameters())) > 1e-12 {
			t.Errorf("%q has %d parameters of %d, a share of %v", f.Label(), f.Count, c.Parameters(), f.Share)
		}
		if want := map[string]int{"Embeddings": 110 * 8, "Feed-forward": 3 * (2*8*32 + 32 + 8)}[f.Part]; want > 0 && f.Count != want {
			t.Errorf("%s has %d parameters; expected %d", f.Part, f.Count, want)
		}
	}
	if count != c.Parameters() || math.Abs(share-1) > 1e-12 {
		t.Errorf("they sum to %d of %d, and their shares to %v", count, c.Parameters(), share)
	}
}

// activated returns what a model makes of x by an activation: all its numbers before that are the bias.
func activated(t *testing.T, a model.Activation, x float32) float32 {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 2, Context: 1, Width: 2, Heads: 1, Blocks: 1, Tied: true, Activation: a})
	if err != nil {
		t.Fatal(err)
	}
	at := model.BlockName(0) + "mlp."
	for _, p := range m.Parameters() {
		if p.Name == at+"c_fc.bias" {
			for i := range p.Data() {
				p.Data()[i] = x
			}
		}
	}
	tr, err := m.Forward([]int{0})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range tr.Steps {
		if s.Op == a.Op() {
			return s.Row(0)[0]
		}
	}
	t.Fatalf("no step is %s", a.Op())
	return 0
}
