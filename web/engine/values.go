package engine

import (
	"fmt"
	"math"

	"glassbox/model"
)

// mostOperand is the most values of one operand that are sent with an explanation.
const mostOperand = 4096

// values returns the rows from … to−1 of a tensor.
func values(t *model.Tensor, from, to int) Values {
	v := Values{Name: t.Name, From: from, Rows: to - from, Cols: t.Cols}
	v.Data = make([]float32, v.Rows*v.Cols)
	sum, n := 0.0, 0
	for r := from; r < to; r++ {
		row, out := t.Row(r), v.Data[(r-from)*v.Cols:][:v.Cols]
		for c := range out {
			if t.Masked(r, c) {
				out[c] = nan
				continue
			}
			x := row[c]
			if out[c] = x; n == 0 {
				v.Min, v.Max = x, x
			}
			v.Min, v.Max = min(v.Min, x), max(v.Max, x)
			sum += float64(x)
			n++
		}
	}
	if n > 0 {
		v.Mean = float32(sum / float64(n))
	}
	return v
}

// nan stands for a masked cell.
var nan = float32(math.NaN())

// noTensor says that a name is that of no step or weight.
func noTensor(name string) error {
	return fmt.Errorf("there is no step or weight named %q", name)
}

// tensor returns the rows that the page asks for.
func (e *Engine) tensor(q *Tensor) (*Values, error) {
	if e.trace == nil {
		return nil, errNoModel
	}
	t := e.trace.Tensor(q.Name)
	if t == nil {
		return nil, noTensor(q.Name)
	}
	if q.From < 0 || q.From > q.To || q.To > t.Rows {
		return nil, fmt.Errorf("%s has %d rows; it has no rows %d to %d", q.Name, t.Rows, q.From, q.To)
	}
	v := values(t, q.From, q.To)
	return &v, nil
}

// read returns the rows of several tensors.
func (e *Engine) read(q *Read) ([]Values, error) {
	list := make([]Values, len(q.Rows))
	for i := range q.Rows {
		v, err := e.tensor(&q.Rows[i])
		if err != nil {
			return nil, err
		}
		list[i] = *v
	}
	return list, nil
}

// explain returns how a number came about, with the values of what it was made from.
func (e *Engine) explain(q *Explain) (*Explained, error) {
	if e.trace == nil {
		return nil, errNoModel
	}
	explanation, err := e.trace.Explain(q.Name, q.Row, q.Col)
	if err != nil {
		return nil, err
	}
	x := &Explained{Explanation: explanation}
	for _, o := range explanation.Operands {
		x.Values = append(x.Values, e.operand(o))
	}
	return x, nil
}

// operand returns the values of the first cells of an operand.
func (e *Engine) operand(o model.Operand) []float32 {
	t := e.trace.Tensor(o.Tensor)
	out := make([]float32, min(o.Count, mostOperand))
	for i := range out {
		cell := o.Start + i*o.Stride
		v, ok := t.At(cell/t.Cols, cell%t.Cols)
		if out[i] = v; !ok {
			out[i] = nan
		}
	}
	return out
}
