package engine

import (
	"math"
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
)

// An explanation that is not asked for all values holds those of an operand with at most maxOperand cells, and the
// maxLargest largest ones of a longer one.
const maxOperand, maxLargest = 4096, 64

// values returns the rows from … to−1 of a tensor.
func values(t *model.Tensor, from, to int) Values { return cells(t, from, to, 0, t.Cols) }

// cells returns the columns col … col+cols−1 of the rows from … to−1 of a tensor.
func cells(t *model.Tensor, from, to, col, cols int) Values {
	v := Values{Name: t.Name, From: from, Col: col, Rows: to - from, Cols: cols}
	v.Data = make([]float32, v.Rows*v.Cols)
	sum, n := 0.0, 0
	for r := from; r < to; r++ {
		out := v.Data[(r-from)*v.Cols:][:v.Cols]
		row := rowOf(t, r, col, cols)
		for c := range out {
			if t.Masked(r, col+c) {
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

// rowOf returns the columns col … col+cols−1 of a row, as far as they are not masked by
// causality. A part of a row is read cell by cell, so that the whole row need not be built.
func rowOf(t *model.Tensor, r, col, cols int) []float32 {
	if cols == t.Cols {
		return t.Row(r)
	}
	row := make([]float32, cols)
	for c := range row {
		row[c], _ = t.At(r, col+c)
	}
	return row
}

// nan stands for a masked cell.
var nan = float32(math.NaN())

// noTensor returns the error for a name that is no step or weight.
func noTensor(name string) error {
	return fault.New("noTensor", "there is no step or weight named %q", name)
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
		return nil, rowsBeyond(t, q.From, q.To)
	}
	if q.Cols == 0 {
		v := e.shown(t, q.From, q.To, 0, t.Cols, e.last.show)
		return &v, nil
	}
	if q.Cols < 0 || q.Col < 0 || q.Col > t.Cols-q.Cols {
		return nil, fault.New("columnsBeyond", "%s has %d column(s); it has no %d column(s) from %d on", q.Name, t.Cols, q.Cols, q.Col)
	}
	v := e.shown(t, q.From, q.To, q.Col, q.Cols, e.last.show)
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

// explain returns how a number came about, with the values of its operands.
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
		x.Values, x.Places = append(x.Values, e.trace.Values(o)), append(x.Places, nil)
	}
	if !q.All {
		x.keepLargest()
	}
	return x, nil
}

// keepLargest leaves of operands of more than maxOperand cells only the largest values, with their places, in the order of
// the cells. Of two that are multiplied number by number the largest products count, and both keep the same places.
func (x *Explained) keepLargest() {
	var long []int
	for i, o := range x.Operands {
		if o.Count > maxOperand {
			long = append(long, i)
		}
	}
	if long == nil {
		return
	}
	weights := slices.Clone(x.Values[long[0]])
	for _, i := range long[1:] {
		for at, v := range x.Values[i] {
			weights[at] = abs(weights[at] * v)
		}
	}
	for at, w := range weights { // NaN has no rank; −Inf puts masked cells last
		if w != w {
			weights[at] = minusInf
		}
	}
	places := model.Ranked(weights, maxLargest)
	slices.Sort(places)
	for _, i := range long {
		largest := make([]float32, len(places))
		for n, at := range places {
			largest[n] = x.Values[i][at]
		}
		x.Values[i], x.Places[i] = largest, places
	}
}

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// minusInf is below every number that a model computes.
var minusInf = float32(math.Inf(-1))
