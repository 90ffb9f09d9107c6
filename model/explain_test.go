package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// formula evaluates an explanation in float64, with none of the model's kernels. It
// returns the value and Σ|terms|, by which rounding is judged.
func formula(e Explanation, operand func(i int) []float64) (value, terms float64, masked bool) {
	one := func(i int) float64 { return operand(i)[0] }
	switch e.Op {
	case OpLookup:
		return one(1), 0, false
	case OpPosition, OpConcat:
		return one(0), 0, false
	case OpAdd:
		return one(0) + one(1), math.Abs(one(0)) + math.Abs(one(1)), false
	case OpMean, OpSum:
		x := operand(0)
		sum, abs := sums(x, func(v float64) float64 { return v })
		if e.Op == OpMean {
			return sum / float64(len(x)), abs / float64(len(x)), false
		}
		return sum, abs, false
	case OpStd:
		x := operand(0)
		sum, _ := sums(x, func(v float64) float64 { return (v - one(1)) * (v - one(1)) })
		v := math.Sqrt(sum/float64(len(x)) + float64(e.Factor))
		return v, v, false
	case OpRMS:
		x := operand(0)
		sum, _ := dot(x, x)
		v := math.Sqrt(sum/float64(len(x)) + float64(e.Factor))
		return v, v, false
	case OpRMSNorm:
		v := one(0) / one(1) * one(2)
		return v, math.Abs(v), false
	case OpAngle:
		turned := float64(e.Row) * float64(e.Factor)
		if len(e.Operands) > 0 {
			turned /= one(0)
		}
		return nearestTurn(math.Remainder(turned, 2*math.Pi), float64(e.Value)), turned, false
	case OpRotate:
		sin, cos := math.Sincos(one(1))
		return one(0)*cos + float64(e.Factor)*one(2)*sin, math.Abs(one(0)) + math.Abs(one(2)), false
	case OpMultiply:
		return one(0) * one(1), math.Abs(one(0) * one(1)), false
	case OpNorm:
		x, mean, std, gain, bias := one(0), one(1), one(2), one(3), one(4)
		return (x-mean)/std*gain + bias, (math.Abs(x)+math.Abs(mean))/std*math.Abs(gain) + math.Abs(bias), false
	case OpLinear:
		sum, abs := dot(operand(0), operand(1))
		if len(e.Operands) == 2 {
			return sum, abs, false
		}
		return sum + one(2), abs + math.Abs(one(2)), false
	case OpScores, OpMix, OpUnembed:
		sum, abs := dot(operand(0), operand(1))
		return sum, abs, false
	case OpScale:
		return one(0) * float64(e.Factor), math.Abs(one(0) * float64(e.Factor)), false
	case OpTemperature:
		return one(0) / float64(e.Factor), math.Abs(one(0) / float64(e.Factor)), false
	case OpMax:
		largest := math.Inf(-1)
		for _, v := range operand(0) {
			largest = max(largest, v)
		}
		return largest, 0, false
	case OpSumExp:
		sum, abs := sums(operand(0), func(v float64) float64 { return math.Exp(v - one(1)) })
		return sum, abs, false
	case OpSoftmax:
		v := math.Exp(one(0)-one(1)) / one(2)
		return v, v, false
	case OpShare:
		return one(0) / one(1), one(0) / one(1), false
	case OpGELU:
		x := one(0)
		return 0.5 * x * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x))), math.Abs(x), false
	case OpErfGELU:
		x := one(0)
		return x * 0.5 * math.Erfc(-x/math.Sqrt2), math.Abs(x), false
	case OpReLU:
		return max(0, one(0)), 0, false
	case OpSiLU:
		return one(0) / (1 + math.Exp(-one(0))), math.Abs(one(0)), false
	case OpTopK, OpTopP, OpMinP:
		return one(0), 0, filtered(e, one(0), operand(1))
	case OpDraw:
		return drawn(operand(0), one(1)), 0, false
	}
	panic("no formula for " + e.Op)
}

// nearestTurn returns the angle, which is the same after whole turns, that stands nearest to another.
func nearestTurn(angle, to float64) float64 {
	return angle + 2*math.Pi*math.Round((to-angle)/(2*math.Pi))
}

func sums(x []float64, f func(float64) float64) (sum, abs float64) {
	for _, v := range x {
		y := f(v)
		sum += y
		abs += math.Abs(y)
	}
	return sum, abs
}

func dot(a, b []float64) (sum, abs float64) {
	for i := range a {
		sum += a[i] * b[i]
		abs += math.Abs(a[i] * b[i])
	}
	return sum, abs
}

// filtered reports whether top-k or top-p drops column e.Col.
func filtered(e Explanation, x float64, row []float64) bool {
	rank, before := 0, 0.0
	for i, v := range row {
		if v > x || v == x && i < e.Col {
			rank++
			before += v
		}
	}
	if e.Op == OpTopK {
		return rank >= int(e.Limit)
	}
	if e.Op == OpMinP {
		return x < float64(e.Limit)*slices.Max(row)
	}
	return e.Limit < 1 && before >= float64(e.Limit)
}

func drawn(row []float64, u float64) float64 {
	sum := 0.0
	for id, v := range row {
		if sum += v; sum > u {
			return float64(id)
		}
	}
	panic("the probabilities end before the random number")
}

// check returns an error unless the explanation makes the number. shift moves one
// operand by one cell, to see that check would notice.
func check(tr *Trace, e Explanation, shift int) error {
	got, terms, masked := formula(e, func(i int) []float64 {
		o := e.Operands[i]
		if i == shift {
			o.Start++
		}
		return cells(tr, o)
	})
	if e.Op == OpLookup {
		if o := e.Operands[1]; shift != 1 && o.Start/tr.Tensor(o.Tensor).Cols != idOf(tr, e, shift == 0) {
			return fmt.Errorf("row %d of the table is not that of the id", o.Start/tr.Tensor(o.Tensor).Cols)
		}
	}
	if e.Op == OpTopK || e.Op == OpTopP || e.Op == OpMinP {
		masked = masked || tr.Tensor(e.Operands[0].Tensor).Masked(e.Row, e.Col) // dropped before
	}
	if masked != e.Masked {
		return fmt.Errorf("masked is %t; by its formula it is %t", e.Masked, masked)
	}
	if e.Masked {
		return nil
	}
	value := e.Value
	if len(e.Edits) > 0 {
		value = e.Edits[0].Before
	}
	if !(math.Abs(got-float64(value)) <= 1e-5*terms+1e-7) {
		return fmt.Errorf("the value is %v; by its formula it is %v", value, got)
	}
	for i, effect := range e.Edits {
		after := e.Value
		if i+1 < len(e.Edits) {
			after = e.Edits[i+1].Before
		}
		if effect.After != after {
			return fmt.Errorf("edit %d leaves %v, and then there is %v", effect.Edit, effect.After, after)
		}
	}
	return nil
}

// idOf returns the id by which a lookup chose its row, or the cell after it.
func idOf(tr *Trace, e Explanation, shifted bool) int {
	o := e.Operands[0]
	if shifted {
		o.Start++
	}
	return int(cells(tr, o)[0])
}

// cells reads an operand cell by cell from the tensor that it names; a dropped token
// counts as probability 0 and logit −∞, as its row holds it.
func cells(tr *Trace, o Operand) []float64 {
	t := tr.Tensor(o.Tensor)
	x := make([]float64, o.Count)
	for i := range x {
		cell := o.Start + i*o.Stride
		v, ok := t.At(cell/t.Cols, cell%t.Cols)
		if !ok {
			v = t.Row(cell / t.Cols)[cell%t.Cols]
		}
		x[i] = float64(v)
	}
	return x
}

// explainable runs a model to a full context and samples once.
func explainable(t testing.TB, m *Model, set Sampling) *Trace {
	t.Helper()
	tr, err := m.Forward(someIDs(m.Config.Context, m.Config.Vocab))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Sample(set); err != nil {
		t.Fatal(err)
	}
	return tr
}

// everyModel returns the models of the page, those of testdata and two random ones.
func everyModel(t testing.TB) map[string]*Model {
	t.Helper()
	var files []string
	for _, pattern := range []string{"*.safetensors", "*.gguf"} {
		paths, err := filepath.Glob("../static/models/" + pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("the page has %d models %s, %v", len(paths), pattern, err)
		}
		files = append(files, paths...)
	}
	models := map[string]*Model{"tied": small(t, true), "untied": small(t, false), "shared": shared(t)}
	for _, folder := range []string{"nano-sort", "tiny-gpt2", "tiny-gpt2-untied"} {
		models[folder] = load(t, folder)
	}
	for _, path := range files {
		models[filepath.Base(path)] = loadFile(t, path)
	}
	for name, c := range llamas() {
		models[name] = llamaOf(t, c)
	}
	return models
}

func TestEveryNumberExplainsItself(t *testing.T) {
	for name, m := range everyModel(t) {
		t.Run(name, func(t *testing.T) {
			tr := explainable(t, m, Sampling{Temperature: 0.8, TopK: m.Config.Vocab - 1, TopP: 0.9, MinP: 0.1, Seed: 3})
			checkCells(t, tr, perStep())
		})
	}
}

// perStep is how many cells of a step are looked at. Compiled to wasm the same code takes five times as long.
func perStep() int {
	if runtime.GOARCH == "wasm" {
		return 40
	}
	return 200
}

// checkCells checks n random cells of every step, and of one that has no more than n each cell once: the sum of
// exponentials over a vocabulary is one number, and takes 50,257 of them.
func checkCells(t *testing.T, tr *Trace, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range append(tr.Steps, tr.Drawn...) {
		if s.Rows*s.Cols <= n {
			for cell := range s.Rows * s.Cols {
				checkCell(t, tr, s, cell/s.Cols, cell%s.Cols)
			}
			continue
		}
		for range n {
			checkCell(t, tr, s, r.IntN(s.Rows), r.IntN(s.Cols))
		}
	}
}

// The vocabulary of GPT-2, most of its tokens in one row.
func TestEveryNumberOfASharedVocabularyExplainsItself(t *testing.T) {
	m, err := New(Config{Vocab: 50257, Context: 32, Width: 24, Heads: 2, Blocks: 2, Tied: true, Distinct: 3000})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(2)
	roughen(m)
	checkCells(t, explainable(t, m, Sampling{Temperature: 0.8, TopK: 40000, TopP: 0.9, Seed: 3}), 8)
}

// Every setting of the sampling, the extremes among them, drops what its formula says.
func TestEveryCellOfSamplingExplainsItself(t *testing.T) {
	tr := explainable(t, small(t, false), Sampling{})
	for _, temperature := range []float32{0, 1e-3, 0.02, 0.3, 5} {
		for _, k := range []int{0, 1, 5, 22, 23, 24} {
			for _, p := range []float32{0, 1e-9, 0.3, 0.9, 0.9999999, 1} {
				if _, err := tr.Sample(Sampling{Temperature: temperature, TopK: k, TopP: p, MinP: p / 3, Seed: 4}); err != nil {
					t.Fatal(err)
				}
				for _, s := range tr.Drawn {
					for col := range s.Cols {
						checkCell(t, tr, s, 0, col)
					}
				}
			}
		}
	}
}

func checkCell(t *testing.T, tr *Trace, s *Step, row, col int) {
	t.Helper()
	e, err := tr.Explain(s.Name, row, col)
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := s.At(row, col); ok == e.Masked || v != e.Value {
		t.Fatalf("%s (%d, %d) is %v; its explanation says %v", s.Name, row, col, v, e.Value)
	}
	if len(e.Operands) == 0 {
		if s.Op == OpAngle { // made from the place of its token alone
			if err := check(tr, e, -1); err != nil {
				t.Fatalf("%s (%d, %d): %v", s.Name, row, col, err)
			}
			return
		}
		if !e.Masked && s.Op != OpTokens && s.Op != OpRandom {
			t.Fatalf("%s (%d, %d) has no operands", s.Name, row, col)
		}
		return
	}
	for _, o := range e.Operands {
		cell, source := o.Start, tr.Tensor(o.Tensor)
		values := tr.Values(o)
		if len(values) != o.Count {
			t.Fatalf("operand %s of %s has %d cells and %d values", o.Role, s.Name, o.Count, len(values))
		}
		for i, v := range values {
			if want := source.Row(cell / source.Cols)[cell%source.Cols]; source.kept == nil && v != want && !(v != v && source.Masked(cell/source.Cols, cell%source.Cols)) {
				t.Fatalf("operand %s %d of %s is %v; %s has %v", o.Role, i, s.Name, v, o.Tensor, want)
			}
			cell += o.Stride
		}
	}
	if err := check(tr, e, -1); err != nil {
		t.Fatalf("%s (%d, %d): %v", s.Name, row, col, err)
	}
}

// A check that can't fail is worth nothing: every operand of every operation that can
// be read one cell further must make it fail somewhere.
func TestTheCheckNoticesAShiftedOperand(t *testing.T) {
	noticed := map[string]bool{}
	for _, m := range []*Model{small(t, false), small(t, true), shared(t), load(t, "tiny-gpt2-untied")} {
		tr := explainable(t, m, Sampling{Temperature: 0.7, TopK: 9, TopP: 0.8, Seed: 1})
		for _, s := range append(tr.Steps, tr.Drawn...) {
			for cell := range s.Rows * s.Cols {
				shiftOperands(t, tr, s, cell/s.Cols, cell%s.Cols, noticed)
			}
		}
	}
	for role, ok := range noticed {
		if !ok {
			t.Errorf("reading the operand of %s one cell further goes unnoticed", role)
		}
	}
	if len(noticed) < 30 {
		t.Errorf("only %d operands were tried", len(noticed))
	}
}

// shiftOperands shifts each operand of a cell in turn, and marks those that were noticed.
func shiftOperands(t *testing.T, tr *Trace, s *Step, row, col int, noticed map[string]bool) {
	t.Helper()
	e, err := tr.Explain(s.Name, row, col)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range e.Operands {
		source := tr.Tensor(o.Tensor)
		if o.Start+1+(o.Count-1)*o.Stride >= source.Rows*source.Cols || source.Masked(shifted(source, o)) {
			continue
		}
		role := string(e.Op) + " " + o.Role
		noticed[role] = noticed[role] || check(tr, e, i) != nil
	}
}

// shifted returns the last cell of o moved by one.
func shifted(t *Tensor, o Operand) (row, col int) {
	cell := o.Start + 1 + (o.Count-1)*o.Stride
	return cell / t.Cols, cell % t.Cols
}

// The operands are complete: changing any other cell, of whatever weight or step, leaves
// the number as it is, and changing one of them does not.
func TestOperandsAreAllThatANumberDependsOn(t *testing.T) {
	for _, name := range []string{"h.0.attn.head.1.query", "h.1.attn.head.2.scores", "h.0.attn.head.0.mix",
		"h.0.ln_2", "h.1.mlp.gelu", "h.1.attn.head.1.attention.sum", "h.0.attn.concat", "h.0.residual_1"} {
		tr := explainable(t, small(t, true), Sampling{Temperature: 1})
		s := tr.Step(name)
		const row, col = 5, 1
		e, err := tr.Explain(name, row, min(col, s.Cols-1))
		if err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		for _, o := range e.Operands {
			for i := range o.Count {
				used[fmt.Sprint(o.Tensor, o.Start+i*o.Stride)] = true
			}
		}
		for _, in := range tr.tensors {
			if in == &s.Tensor || in.row != nil {
				continue
			}
			for cell := range in.Rows * in.Cols {
				perturb(t, s, in, cell, e, used[fmt.Sprint(in.Name, cell)])
			}
		}
	}
}

// perturb changes one cell of a tensor and looks whether the number of e changes.
func perturb(t *testing.T, s *Step, in *Tensor, cell int, e Explanation, used bool) {
	t.Helper()
	r, c := cell/in.Cols, cell%in.Cols
	if in.Masked(r, c) {
		if used {
			t.Fatalf("%s reads the masked cell (%d, %d) of %s", s.Name, r, c, in.Name)
		}
		return
	}
	old := in.Row(r)[c]
	in.Row(r)[c] = old + 1e4
	s.run(0, s.Rows)
	changed := s.Row(e.Row)[e.Col] != e.Value
	in.Row(r)[c] = old
	s.run(0, s.Rows)
	if changed != used {
		t.Fatalf("%s (%d, %d): changing (%d, %d) of %s changes it: %t; the explanation names that cell: %t",
			s.Name, e.Row, e.Col, r, c, in.Name, changed, used)
	}
}

func TestExplainNamesWhatDoesNotExist(t *testing.T) {
	tr := explainable(t, small(t, true), Sampling{})
	for _, c := range []struct {
		name     string
		row, col int
	}{{"h.9.ln_1", 0, 0}, {"ln_f", -1, 0}, {"ln_f", 17, 0}, {"ln_f", 0, 12}} {
		if _, err := tr.Explain(c.name, c.row, c.col); err == nil {
			t.Errorf("%s (%d, %d) was explained", c.name, c.row, c.col)
		}
	}
}
