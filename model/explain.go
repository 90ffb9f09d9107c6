package model

import "fmt"

// An Explanation says how one number of a trace came about: the operation and the
// cells that it read. Value is what Formula makes of the operands' values, within
// float32 rounding; a test holds every kind of step to that.
type Explanation struct {
	Name     string // the step or weight
	Row, Col int
	Op       Op
	Value    float32
	Masked   bool // the cell was left out and has no value; operands only say why a filter dropped it
	Factor   float32
	Limit    float32
	Operands []Operand
}

// An Operand is a range of cells that a number was computed from. Start counts the
// cells of the tensor row by row, Start = row·columns + column, masked ones included;
// the range is Start, Start+Stride, … (Count of them).
type Operand struct {
	Role                 string // what the cells are to the formula: "query", "key", "bias", …
	Tensor               string
	Start, Stride, Count int
}

// Formula returns the operation in the notation of the papers, with the operands'
// roles as names.
func (op Op) Formula() string {
	return map[Op]string{
		OpWeight:      "learned in training",
		OpTokens:      "the id that was given",
		OpLookup:      "table[id]",
		OpPosition:    "table[position]",
		OpAdd:         "a + b",
		OpMean:        "Σ x / n",
		OpStd:         "√(Σ (x − mean)² / n + ε)",
		OpNorm:        "(x − mean) / std · gain + bias",
		OpLinear:      "Σ x·weight + bias",
		OpScores:      "Σ query·key",
		OpScale:       "x · factor",
		OpMax:         "max x",
		OpSumExp:      "Σ exp(x − max)",
		OpSoftmax:     "exp(x − max) / sum",
		OpMix:         "Σ attention·value",
		OpConcat:      "x",
		OpGELU:        "½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))",
		OpUnembed:     "Σ x·weight",
		OpTemperature: "x / temperature",
		OpTopK:        "x, if fewer than k of the row come before it",
		OpTopP:        "x, if those before it sum to less than p",
		OpSum:         "Σ x",
		OpShare:       "x / sum",
		OpRandom:      "uniform in [0, 1)",
		OpDraw:        "the first id at which Σ x exceeds the random number",
	}[op]
}

// Explain says how the number in row, col of a step or weight was made. It fails if
// there is no such tensor or cell.
func (tr *Trace) Explain(name string, row, col int) (Explanation, error) {
	t := tr.Tensor(name)
	if t == nil {
		return Explanation{}, fmt.Errorf("there is no step or weight named %q", name)
	}
	if row < 0 || row >= t.Rows || col < 0 || col >= t.Cols {
		return Explanation{}, fmt.Errorf("%s is (%d, %d); it has no cell (%d, %d)", name, t.Rows, t.Cols, row, col)
	}
	e := Explanation{Name: name, Row: row, Col: col, Op: OpWeight}
	v, ok := t.At(row, col)
	e.Value, e.Masked = v, !ok
	if s := tr.Step(name); s != nil {
		e.Op, e.Factor, e.Limit = s.Op, s.Factor, s.Limit
		if !e.Masked || s.Op == OpTopK || s.Op == OpTopP {
			e.Operands = s.operands(row, col)
		}
	}
	return e, nil
}

// Values returns the values of an operand's cells; those of masked cells are left out.
func (tr *Trace) Values(o Operand) []float32 {
	t := tr.Tensor(o.Tensor)
	values := make([]float32, 0, o.Count)
	for i := range o.Count {
		cell := o.Start + i*o.Stride
		if v, ok := t.At(cell/t.Cols, cell%t.Cols); ok {
			values = append(values, v)
		}
	}
	return values
}

// operands returns what cell (t, c) of s was computed from.
func (s *Step) operands(t, c int) []Operand {
	in := s.Inputs
	switch s.Op {
	case OpLookup:
		id := int(in[0].Row(t)[0])
		return []Operand{in[0].cell("id", t, 0), in[1].cell("table", id, c)}
	case OpPosition:
		return []Operand{in[0].cell("table", t, c)}
	case OpAdd:
		return []Operand{in[0].cell("a", t, c), in[1].cell("b", t, c)}
	case OpMean:
		return []Operand{in[0].along("x", t)}
	case OpStd:
		return []Operand{in[0].along("x", t), in[1].cell("mean", t, 0)}
	case OpNorm:
		return []Operand{in[0].cell("x", t, c), in[1].cell("mean", t, 0), in[2].cell("std", t, 0),
			in[3].cell("gain", 0, c), in[4].cell("bias", 0, c)}
	case OpLinear:
		return []Operand{in[0].along("x", t), in[1].down("weight", c, in[1].Rows), in[2].cell("bias", 0, c)}
	case OpScores:
		return []Operand{in[0].along("query", t), in[1].along("key", c)}
	case OpMix:
		return []Operand{in[0].along("attention", t), in[1].down("value", c, t+1)}
	case OpUnembed:
		return []Operand{in[0].along("x", t), in[1].along("weight", c)}
	case OpConcat:
		A := in[0].Cols
		return []Operand{in[c/A].cell("x", t, c%A)}
	case OpScale, OpGELU:
		return []Operand{in[0].cell("x", t, c)}
	case OpMax:
		return []Operand{in[0].along("x", t)}
	case OpSumExp:
		return []Operand{in[0].along("x", t), in[1].cell("max", t, 0)}
	case OpSoftmax:
		return []Operand{in[0].cell("x", t, c), in[1].cell("max", t, 0), in[2].cell("sum", t, 0)}
	}
	return s.sampleOperands(c)
}

// cell is the operand of one cell, (r, c) of the view.
func (v View) cell(role string, r, c int) Operand {
	return Operand{role, v.Name, r*v.Tensor.Cols + v.Col + c, 1, 1}
}

// along is the operand of the cells of row r that are not masked by causality.
func (v View) along(role string, r int) Operand {
	n := v.Cols
	if v.Causal {
		n = r + 1
	}
	return Operand{role, v.Name, r*v.Tensor.Cols + v.Col, 1, n}
}

// down is the operand of the first n cells of column c.
func (v View) down(role string, c, n int) Operand {
	return Operand{role, v.Name, v.Col + c, v.Tensor.Cols, n}
}
