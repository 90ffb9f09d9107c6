package model

// The heads of a block read the same numbers, and their weights stand side by side in one matrix. To multiply with a few of its
// columns, or rows, at a time is slower than with all of them: so the first head that is computed makes the products of all, and
// each head takes its own from these. The numbers are the same, for the sum of an element does not depend on what is computed
// with it; and each head's step can still be computed alone, as it is when nothing else is.

// A whole is what a matrix makes of some rows of x.
type whole struct {
	running bool // all steps are being computed: only then do others want the rest
	x       *Step
	weight  *Tensor
	from    int
	to      int
	out     []float32 // rows of all outputs
	width   int
}

// keptWhole is how many values are kept from one run to the next: those of a few rows.
const keptWhole = 1 << 16

// begin lets whole products be made, until end.
func (w *whole) begin() { w.running, w.x = true, nil }

func (w *whole) end() {
	if w.running, w.x = false, nil; cap(w.out) > keptWhole {
		w.out = nil
	}
}

// all returns the whole layer of which l is a part, and where the part's outputs begin in it; ok is false where l is all there
// is.
func (l columns) all() (whole columns, first int, ok bool) {
	w := l.weight.Tensor
	whole.weight, first, ok = w.Slice(0, w.Cols), l.weight.Col, l.weight.Cols < w.Cols
	if l.weight.outputs() {
		whole.weight, first, ok = w.Below(0, w.Rows), l.weight.From, l.weight.Count < w.Rows
	}
	if l.bias.Tensor != nil {
		whole.bias = l.bias.Tensor.All()
	}
	return whole, first, ok
}

// outs returns how many outputs a layer, or a part of one, has.
func (l columns) outs() int {
	if l.weight.outputs() {
		return l.weight.Count
	}
	return l.weight.Cols
}

// multiply sets out to rows from … to−1 of x, multiplied with l: of what has been made of these for the whole matrix, if there
// is more to come.
func (tr *Trace) multiply(l columns, x *Step, out []float32, from, to int) {
	all, first, ok := l.all()
	w := &tr.whole
	if !ok || !w.running {
		l.multiply(tr, out, x.span(from, to), to-from)
		return
	}
	if w.x != x || w.weight != l.weight.Tensor || w.from != from || w.to != to {
		w.x, w.weight, w.from, w.to, w.width = x, l.weight.Tensor, from, to, all.outs()
		if n := (to - from) * w.width; cap(w.out) < n {
			w.out = make([]float32, n)
		}
		w.out = w.out[:(to-from)*w.width]
		all.multiply(tr, w.out, x.span(from, to), to-from)
	}
	n := l.outs()
	for r := range to - from {
		copy(out[r*n:][:n], w.out[r*w.width+first:])
	}
}

// multiply sets out to n rows of x, multiplied with l.
func (l columns) multiply(tr *Trace, out, x []float32, n int) {
	var bias []float32
	if l.bias.Tensor != nil {
		bias = l.bias.data[l.bias.Col:][:l.outs()]
	}
	l.weight.multiply(tr, out, x, bias, n)
}
