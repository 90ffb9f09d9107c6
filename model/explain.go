package model

import (
	"cmp"

	"github.com/chewxy/math32"

	"glassbox/model/fault"
	"glassbox/model/quant"
)

// An Explanation says how one number of a trace came about: the operation and the
// cells that it read. Value is what Formula makes of the operands' values, within
// float32 rounding; a test holds every kind of step to that.
type Explanation struct {
	Name     string // the step or weight
	Row, Col int
	Op       Op
	Value    float32
	Masked   bool    // the cell was left out and has no value; operands only say why a filter dropped it
	Factor   float32 // of Formula, where it has one: see Step; of OpAngle the frequency, of OpRotate the sign
	Limit    float32
	Operands []Operand
	Edits    []Effect     // what edits of the run made of the number, one after another; then Formula gives what it was before the first
	Block    *quant.Parts // of a weight that its file holds in blocks: how it is made; else nil
	Stored   *Stored      // of a weight that its file has in another row or column: where; else nil
}

// Stored is the cell of a file in which a weight stands.
type Stored struct {
	Tensor   string // as the file calls it
	Row, Col int
}

// An Operand is a range of cells that a number was computed from. Start counts the
// cells of the tensor row by row, Start = row·columns + column, masked ones included;
// the range is Start, Start+Stride, … (Count of them).
type Operand struct {
	Role                 string // what the cells are to the formula: "query", "key", "bias", …
	Tensor               string
	Start, Stride, Count int
}

// Explain says how the number in row, col of a step or weight was made. It fails if
// there is no such tensor or cell.
func (tr *Trace) Explain(name string, row, col int) (Explanation, error) {
	t := tr.Tensor(name)
	if t == nil {
		return Explanation{}, fault.New("noTensor", "there is no step or weight named %q", name)
	}
	if row < 0 || row >= t.Rows || col < 0 || col >= t.Cols {
		return Explanation{}, fault.New("noCell", "%s is (%d, %d); it has no cell (%d, %d)", name, t.Rows, t.Cols, row, col)
	}
	e := Explanation{Name: name, Row: row, Col: col, Op: OpWeight}
	v, ok := t.At(row, col)
	e.Value, e.Masked = v, !ok
	if !e.Masked {
		e.Edits = t.effects(row, col)
	}
	if parts, ok := t.Parts(row, col); ok && parts.Type.Quantised() {
		e.Block = &parts
	}
	if r, c := t.InFile(row, col); t.by == nil && (r != row || c != col) {
		e.Stored = &Stored{cmp.Or(t.Alias, t.Name), r, c}
	}
	if s := tr.Step(name); s != nil {
		e.Op, e.Factor, e.Limit = s.Op, s.Factor, s.Limit
		if s.factor != nil {
			e.Factor = s.factor(row, col)
		}
		if o := operations[s.Op]; !e.Masked || o.filters {
			e.Operands = o.reads(s.inputs(), row, col)
		}
	}
	return e, nil
}

// Values returns the values of an operand's cells, one for each; those of masked cells are NaN.
func (tr *Trace) Values(o Operand) []float32 {
	t := tr.Tensor(o.Tensor)
	values := make([]float32, o.Count)
	for i := range values {
		cell := o.Start + i*o.Stride
		v, ok := t.At(cell/t.Cols, cell%t.Cols)
		if values[i] = v; !ok {
			values[i] = math32.NaN()
		}
	}
	return values
}

// An input is what a step reads, and what it is to the formula.
type input struct {
	View
	role string
}

// inputs returns the inputs of a step with their roles.
func (s *Step) inputs() []input {
	list := make([]input, len(s.Inputs))
	for n, v := range s.Inputs {
		list[n] = input{v, operations[s.Op].role(n)}
	}
	return list
}

// cell is the operand of one cell, (r, c) of the view.
func (v input) cell(r, c int) Operand {
	return Operand{v.role, v.Name, (v.From+r)*v.Tensor.Cols + v.Col + c, 1, 1}
}

// row is the operand of the cells of row r that are not masked by causality.
func (v input) row(r int) Operand {
	first, n := 0, v.Cols
	if v.grows() {
		first = v.first(r)
		n = v.end(r) - first
	}
	return Operand{v.role, v.Name, (v.From+r)*v.Tensor.Cols + v.Col + first, 1, n}
}

// column is the operand of the n cells of column c from row first on.
func (v input) column(c, first, n int) Operand {
	return Operand{v.role, v.Name, (v.From+first)*v.Tensor.Cols + v.Col + c, v.Tensor.Cols, n}
}
