package model

import (
	"iter"

	"glassbox/model/kernel"
	"glassbox/model/quant"
)

// A Tensor is a matrix of float32 with a name: a weight, or the output of a step.
// A vector of n numbers is a matrix of one row, (1, n).
//
// In a causal tensor row r holds only columns 0…r: token r cannot look at later
// tokens, so the cells above the diagonal are never computed. They are "masked". With a
// window, so are those further to the left, which hold 0.
type Tensor struct {
	Name             string
	Alias            string // of a weight: what its file calls it, if that is another name
	Turned           bool   // of a weight: its file has a row for each of its columns
	Paired           int    // of a weight: A, if its file has the two rows of a head that turn together one behind the other; else 0
	Rows, Cols       int
	RowAxis, ColAxis Axis // what they count
	Causal           bool
	Window           int // of a causal tensor: row r holds columns r−Window+1…r; 0: 0…r

	data   []float32 // of a weight: the rows, one after another
	packed *packed   // the values of a weight as its file holds them, instead of data, or, of a small model, beside it

	by     *Step                 // the step that makes it; nil: it is a weight
	held   []*stretch            // of a step: the rows that are held, in their order
	row    func(r int) []float32 // computes row r when asked, and nothing is held
	recent rowCache              // but the rows that row has computed last

	from    *Tensor  // of a step in a run with edits: the rows before own are those of this one
	own     int      // the first row that it holds itself
	changes []change // what edits do to it
	was     *Tensor  // of a weight that edits change: as it was

	kept         []float32 // of each value, how many tokens a sampling filter has left; nil: all
	droppedValue float32   // what stands in the place of those that it has dropped

	// Where tokens share rows of the token embedding, values that are equal for that reason
	// are held once. Who asks Row, At or Masked sees nothing of it.
	rows   *Sharing // of the embedding: which of the rows in data each token has
	shared *Sharing // of a step over the vocabulary: which of the values of a row each token has
	wide   rowCache // the rows of V values that Row was asked for last
}

// Shape returns (rows, columns).
func (t *Tensor) Shape() (rows, cols int) { return t.Rows, t.Cols }

// cols returns the length of a row, and what its cells are.
func (t *Tensor) cols() dim { return dim{t.Cols, t.ColAxis} }

// Row returns the values of row r; the caller must not change them, and they hold until
// the trace runs again. In a causal tensor they are the r+1 values up to the diagonal.
func (t *Tensor) Row(r int) []float32 {
	if t.shared == nil {
		return t.distinct(r)
	}
	return t.wide.get(r, func(r int) []float32 {
		out := make([]float32, 0, t.Cols)
		for _, v := range t.cells(r) {
			out = append(out, v)
		}
		return out
	})
}

// distinct returns the values that are held of row r: those of Row, or, where tokens share
// them, one for the columns of several tokens.
func (t *Tensor) distinct(r int) []float32 {
	switch {
	case r < t.own:
		return t.from.distinct(r)
	case t.row != nil:
		return t.recent.get(r, t.row)
	case t.by != nil && t.stretch(r) == nil:
		t.by.recall(r)
	}
	return t.distinctRow(t.rows.Row(r))
}

// distinctRow returns row r of those that are held.
func (t *Tensor) distinctRow(r int) []float32 {
	if t.onlyPacked() {
		return t.packed.row(r, t.Cols)
	}
	return t.span(r, r+1)
}

// cells goes through the columns of row r in their order, with the value of each.
func (t *Tensor) cells(r int) iter.Seq2[int, float32] {
	return func(yield func(c int, v float32) bool) {
		values := t.distinct(r)
		for c := range t.Cols {
			v := values[t.shared.Row(c)]
			if t.dropped(c) {
				v = t.droppedValue
			}
			if !yield(c, v) {
				return
			}
		}
	}
}

// count returns how many columns the i-th value of a row stands for, dropped ones not counted.
func (t *Tensor) count(i int) int {
	if t.kept != nil {
		return int(t.kept[i])
	}
	return t.shared.Count(i)
}

// At returns the value at row r, column c, and whether it exists: a masked cell has none.
func (t *Tensor) At(r, c int) (v float32, ok bool) {
	if t.Masked(r, c) {
		return 0, false
	}
	if t.onlyPacked() {
		return t.packed.at(t.rows.Row(r), c), true
	}
	return t.distinct(r)[t.shared.Row(c)], true
}

// Masked reports whether the cell is left out of the computation: a key later than
// its query, or a token that a sampling filter has dropped.
func (t *Tensor) Masked(r, c int) bool {
	return t.Causal && outside(r, c, t.Window) || t.dropped(c)
}

// first returns the first column of row r of a causal tensor that is not masked.
func (t *Tensor) first(r int) int {
	if t.Window == 0 {
		return 0
	}
	return max(0, r+1-t.Window)
}

// end returns the column behind the last one of row r that is not masked by causality.
func (t *Tensor) end(r int) int {
	if t.Causal {
		return r + 1
	}
	return t.Cols
}

// grows reports whether the tensor has a column for each token of the text.
func (t *Tensor) grows() bool { return t.ColAxis == AxisKey }

// seen returns the values of row r that are not masked by causality.
func (t *Tensor) seen(r int) []float32 { return t.distinct(r)[t.first(r):] }

// dropped reports whether a sampling filter has dropped token c. Of the tokens of one row
// it keeps the first, for they rank by id.
func (t *Tensor) dropped(c int) bool {
	return t.kept != nil && t.shared.before(c) >= int(t.kept[t.shared.Row(c)])
}

// Data returns all values of a tensor that is neither causal nor computed row by row,
// row-major: the weights, with a row that tokens share only once; nil for one that is held as its file has it. To change them is to change the model; then a new
// trace is needed, since an old one keeps the rows that it has computed.
func (t *Tensor) Data() []float32 { return t.data }

// offset returns how many values the rows before r have.
func (t *Tensor) offset(r int) int {
	if t.Causal {
		return r * (r + 1) / 2
	}
	return r * t.width()
}

// width returns how many values a row holds: one for each column, if no tokens share them.
func (t *Tensor) width() int {
	if t.shared != nil {
		return len(t.shared.count)
	}
	return t.Cols
}

// All returns the view of the whole tensor.
func (t *Tensor) All() View { return View{Tensor: t, Cols: t.Cols} }

// Slice returns the view of n columns that begin at col.
func (t *Tensor) Slice(col, n int) View { return View{Tensor: t, Col: col, Cols: n} }

// Below returns the view of n rows from row on.
func (t *Tensor) Below(row, n int) View { return View{Tensor: t, Cols: t.Cols, From: row, Count: n} }

// A View is what a step reads of a tensor: the columns Col … Col+Cols−1 of all rows, or, if Count is not 0, of the rows
// From … From+Count−1.
type View struct {
	*Tensor
	Col, Cols   int
	From, Count int
}

// rowCache keeps the rows computed last, up to about a million values, so that a step
// over a vocabulary of 50257 words holds 20 rows, 4 MB, instead of T.
type rowCache struct {
	rows  map[int][]float32
	order []int // oldest first
}

const cachedValues = 1 << 20

func (c *rowCache) get(r int, compute func(int) []float32) []float32 {
	if v, ok := c.rows[r]; ok {
		return v
	}
	v := compute(r)
	if c.rows == nil {
		c.rows = map[int][]float32{}
	}
	if most := max(2, cachedValues/max(1, len(v))); len(c.order) >= most {
		delete(c.rows, c.order[0])
		c.order = c.order[1:]
	}
	c.rows[r] = v
	c.order = append(c.order, r)
	return v
}

// drop forgets the rows from first on.
func (c *rowCache) drop(first int) {
	kept := c.order[:0]
	for _, r := range c.order {
		if r < first {
			kept = append(kept, r)
		} else {
			delete(c.rows, r)
		}
	}
	c.order = kept
}

// packed is a weight as its file holds it, in blocks: a row at a time is made float32 when it is needed, so that a quantised
// model takes no more memory than its file. To make them float32 takes longer than to compute with them, though: a small
// model's weights are float32 too, once and for all, and the blocks are left to say how a number is made.
type packed struct {
	as     quant.Type
	data   []byte
	k      int  // values of a stored row: the inputs of one output
	turned bool // a stored row is a column of the tensor: GPT-2's matrices are (in, out), and GGUF stores (out, in)
}

// Set gives a weight its values, row by row. turned: those of its columns, one after another.
func (t *Tensor) Set(values []float32, turned bool) {
	if t.data = values; turned {
		t.data = transpose(values, t.Cols, t.Rows)
	}
}

// transpose returns the values of a (rows, cols) matrix as those of a (cols, rows) one.
func transpose(v []float32, rows, cols int) []float32 {
	out := make([]float32, len(v))
	for r := range rows {
		for c, x := range v[r*cols : (r+1)*cols] {
			out[c*rows+r] = x
		}
	}
	return out
}

// Hold makes t hold its values as a file does. turned: a stored row is a column of t.
func (t *Tensor) Hold(as quant.Type, data []byte, turned bool) {
	t.packed = &packed{as: as, data: data, k: t.Cols, turned: turned}
	if turned {
		t.packed.k = t.Rows
	}
}

// Unpack makes t hold the values of its blocks as float32 too.
func (t *Tensor) Unpack() { t.data = t.Values() }

// onlyPacked reports whether the values are there in blocks alone.
func (t *Tensor) onlyPacked() bool { return t.packed != nil && t.data == nil }

// Type returns the element type in which the file of a weight holds it.
func (t *Tensor) Type() quant.Type {
	if t.packed == nil {
		return quant.F32
	}
	return t.packed.as
}

// Held returns the bytes of a weight as its file holds them, and whether a row there is a column here; nil for one that is
// held as float32. The caller must not change them.
func (t *Tensor) Held() (as quant.Type, data []byte, turned bool) {
	if t.packed == nil {
		return quant.F32, nil, false
	}
	return t.packed.as, t.packed.data, t.packed.turned
}

// Parts says how a weight that is held in blocks is made: see quant.Explain. ok is false for one that its file
// holds as float32.
func (t *Tensor) Parts(r, c int) (parts quant.Parts, ok bool) {
	if t.packed == nil || len(t.effects(r, c)) > 0 {
		return parts, false
	}
	stored, i := t.packed.place(t.rows.Row(r), c)
	return quant.Explain(t.packed.as, t.packed.stored(stored, 1), i), true
}

// Values returns all values of a weight, row by row, a row that tokens share only once. The caller must not change them.
func (t *Tensor) Values() []float32 {
	if !t.onlyPacked() {
		return t.data
	}
	p := t.packed
	size, _ := p.as.RowBytes(p.k)
	out := make([]float32, len(p.data)/size*p.k)
	quant.Decode(out, p.as, p.data)
	if p.turned {
		return transpose(out, t.Cols, t.Rows)
	}
	return out
}

// InFile returns in which row and column the file of a weight has a cell: another one where its matrices lie in another layout, its rows
// in another order, or where tokens share rows.
func (t *Tensor) InFile(r, c int) (row, col int) {
	r = t.rows.Row(r)
	if half := t.Paired / 2; half > 0 {
		at := &r
		if t.Rows == 1 { // a bias
			at = &c
		}
		i := *at % t.Paired
		*at += i%half*2 + i/half - i
	}
	if t.Turned {
		return c, r
	}
	return r, c
}

// place returns the stored row of cell (r, c), and the place in it.
func (p *packed) place(r, c int) (row, i int) {
	if p.turned {
		return c, r
	}
	return r, c
}

// stored returns the bytes of n stored rows.
func (p *packed) stored(row, n int) []byte {
	size, _ := p.as.RowBytes(p.k) // a whole number of blocks, since it was read
	return p.data[row*size:][:n*size]
}

// row returns row r of the tensor, which has n columns, in memory of its own.
func (p *packed) row(r, n int) []float32 {
	out := make([]float32, n)
	if !p.turned {
		quant.Decode(out, p.as, p.stored(r, 1))
		return out
	}
	for c := range out {
		out[c] = quant.At(p.as, p.stored(c, 1), r)
	}
	return out
}

// at returns the value of cell (r, c).
func (p *packed) at(r, c int) float32 {
	row, i := p.place(r, c)
	return quant.At(p.as, p.stored(row, 1), i)
}

// multiplyPacked sets out to x·v for n rows of x. Each product is that of kernel.MatMulT, whatever n is.
func (v View) multiplyPacked(tr *Trace, out, x []float32, n int) {
	p, first, outs := v.packed, v.From, v.Count
	if p.turned {
		first, outs = v.Col, v.Cols
	}
	if need := kernel.ScratchLen(n, p.k); len(tr.scratch) < need {
		tr.scratch = make([]float32, need)
	}
	kernel.MatMulPacked(out, x, tr.scratch, p.as, p.stored(first, outs), n, p.k, outs)
}
