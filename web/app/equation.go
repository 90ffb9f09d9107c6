package app

import (
	"fmt"
	"math"

	"glassbox/model"
	"glassbox/web/say"
)

// equation returns the formula in symbols, and the same with live numbers.
func (w *working) equation() (symbols, live []Piece) {
	switch w.e.Op {
	case model.OpLinear, model.OpUnembed, model.OpScores, model.OpMix:
		return w.dotEquation()
	case model.OpMean, model.OpStd, model.OpMax, model.OpSumExp, model.OpSum:
		return w.rowEquation()
	case model.OpTemperature, model.OpTopK, model.OpTopP, model.OpShare, model.OpRandom, model.OpDraw:
		return w.sampleEquation()
	}
	return w.cellEquation()
}

// dotEquation is that of a sum of products.
func (w *working) dotEquation() (symbols, live []Piece) {
	symbols = join(op("Σ "), w.sym(w.Operands[0].Role), op("·"), w.sym(w.Operands[1].Role))
	if w.HasBias {
		return join(symbols, op(" + "), w.sym("bias")), join(val(w.Sum), plus(float64(w.Bias)))
	}
	return symbols, w.begin()
}

// begin writes the first two terms of a sum, as "a + b + …".
func (w *working) begin() (live []Piece) {
	for i, t := range w.Terms {
		switch {
		case i == 0:
			live = join(val(t.Product))
		case i == 1 || len(w.Terms)+len(w.Rest) == 3:
			live = join(live, plus(t.Product))
		case i == 2:
			live = join(live, op(" + …"))
		}
	}
	return live
}

// rowEquation is that of one number per row.
func (w *working) rowEquation() (symbols, live []Piece) {
	x, n := w.sym("x"), float64(w.Count)
	switch w.e.Op {
	case model.OpMean:
		return join(fraction(join("Σ ", x), join("n"))), join(fraction(join(val(w.Sum)), join(say.Count(w.Count))))
	case model.OpStd:
		square := join(fraction(join("Σ (", x, " − ", w.sym("mean"), ")²"), join("n")))
		return join("√(", square, " + ε)"), join("√(", val(w.Sum/n), " + 0.00001)")
	case model.OpMax:
		return join("max ", x), join(fmt.Sprintf("the largest of %s", say.Count(w.Count)))
	case model.OpSumExp:
		return join("Σ exp(", x, " − ", w.sym("max"), ")"), w.begin()
	}
	return join("Σ ", x), w.begin()
}

// cellEquation is that of one number made from a few others.
func (w *working) cellEquation() (symbols, live []Piece) {
	x := w.sym("x")
	switch w.e.Op {
	case model.OpAdd:
		return join(w.sym("a"), " + ", w.sym("b")), join(val(w.one("a")), plus(w.one("b")))
	case model.OpNorm:
		return join(fraction(join(x, " − ", w.sym("mean")), join(w.sym("std"))), " · ", w.sym("gain"), " + ", w.sym("bias")),
			join(fraction(join(val(w.one("x")), less(w.one("mean"))), join(val(w.one("std")))), " · ", val(w.one("gain")), plus(w.one("bias")))
	case model.OpSoftmax:
		return join(fraction(join("exp(", x, " − ", w.sym("max"), ")"), join(w.sym("sum")))),
			join(fraction(join("exp(", val(w.one("x")), less(w.one("max")), ")"), join(val(w.one("sum")))))
	case model.OpScale:
		return w.scaleEquation()
	case model.OpGELU:
		v := w.one("x")
		bracket := join(val(v), plus(0.044715*v*v*v))
		return join("½ ", x, " (1 + tanh(√(2/π) (", x, " + 0.044715 ", x, "³)))"),
			join("½ · ", val(v), " · (1 + tanh(", val(math.Sqrt(2/math.Pi)), " · (", bracket, ")))")
	case model.OpConcat:
		A := max(1, w.s.Config.HeadSize())
		return join(x), join(fmt.Sprintf("head %d, number %d", w.e.Col/A+1, w.e.Col%A))
	case model.OpLookup:
		return join(w.sym("table"), "[", w.sym("id"), "]"), join(fmt.Sprintf("row %d, number %d", int(w.one("id")), w.e.Col))
	case model.OpPosition:
		return join(w.sym("table"), "[position]"), join(fmt.Sprintf("row %d, number %d", w.e.Row, w.e.Col))
	case model.OpTokens:
		return join("the id that was given"), join(w.s.Tag(w.e.Row))
	}
	return join(w.e.Op.Formula()), nil
}

// scaleEquation writes a factor of 1/√A as what it is.
func (w *working) scaleEquation() (symbols, live []Piece) {
	x, v := w.sym("x"), val(w.one("x"))
	root := math.Sqrt(float64(w.s.Config.HeadSize()))
	if w.e.Factor == float32(1/root) {
		return join(fraction(join(x), join("√A"))), join(fraction(join(v), join(fmt.Sprintf("√%d", w.s.Config.HeadSize()))))
	}
	return join(x, " · factor"), join(v, " · ", val(float64(w.e.Factor)))
}

// sampleEquation is that of a step of sampling.
func (w *working) sampleEquation() (symbols, live []Piece) {
	x := w.sym("x")
	switch w.e.Op {
	case model.OpTemperature:
		return join(fraction(join(x), join("temperature"))), join(fraction(join(val(w.one("x"))), join(say.Short(w.e.Factor))))
	case model.OpShare:
		return join(fraction(join(x), join(w.sym("sum")))), join(fraction(join(val(w.one("x"))), join(val(w.one("sum")))))
	case model.OpRandom:
		return join("uniform in [0, 1)"), join(fmt.Sprintf("seed %d, draw %d", w.s.Ran.Sampling.Seed, len(w.s.Ran.Generated)+1))
	case model.OpDraw:
		return join("the first id at which Σ ", x, " exceeds ", w.sym("random")), join("Σ x > ", val(w.one("random")))
	}
	return join(x), nil
}

// note says in words what the formula does not.
func (w *working) note() string {
	info, _ := w.s.Info(w.e.Name)
	switch w.e.Op {
	case model.OpTemperature:
		if w.s.Ran.Sampling.Temperature == 0 {
			return "Temperature 0 always takes the most likely token: the logits stay as they are, and top-k keeps one."
		}
	case model.OpTopK:
		if int(w.e.Limit) >= info.Cols {
			return "Kept: top-k leaves nothing out."
		}
		return w.keepNote(fmt.Sprintf("top-k keeps the %s most likely", say.Count(int(w.e.Limit))))
	case model.OpTopP:
		if w.e.Limit == 1 && !w.e.Masked {
			return "Kept: top-p 1 leaves nothing out."
		}
		return w.keepNote(fmt.Sprintf("top-p keeps the most likely until they sum to %s", say.Short(w.e.Limit)))
	case model.OpSoftmax, model.OpShare:
		if w.e.Masked {
			return "Left out: its probability is 0."
		}
	case model.OpDraw:
		return fmt.Sprintf("Going through the tokens by id, the sum of their probabilities first exceeds %s at %s.",
			say.Number(w.one("random")), w.s.WordText(int(w.e.Value)))
	case model.OpTokens:
		return fmt.Sprintf("%s stands for %s in the vocabulary.", w.Result, w.s.WordText(int(w.e.Value)))
	}
	if w.Count > len(w.Terms)+len(w.Rest) {
		return fmt.Sprintf("%s cells were read; the first %s are listed.", say.Count(w.Count), say.Count(len(w.Terms)+len(w.Rest)))
	}
	return ""
}

func (w *working) keepNote(rule string) string {
	if w.e.Masked {
		return fmt.Sprintf("Left out: %s.", rule)
	}
	return fmt.Sprintf("Kept: %s.", rule)
}

// whyMasked says why a cell above the diagonal has no number.
func (w *working) whyMasked() string {
	return fmt.Sprintf("Masked: token %d is later than token %d, and a token cannot look at later ones.", w.e.Col, w.e.Row)
}
