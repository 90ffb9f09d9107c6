package lab

import (
	"math"
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
)

// A Difference is how far the numbers of a step or weight lie apart in two runs. Cells that one of them masks count for nothing.
type Difference struct {
	Name     string
	RMS      float64 // √ of the mean of (a − b)²
	Size     float64 // √ of the mean of a²
	Largest  float64 // |a − b|
	Row, Col int     // where that is
}

// Relative is the error of b in parts of the size of a; 0 where all numbers are 0.
func (d Difference) Relative() float64 {
	if d.RMS == 0 {
		return 0
	}
	return d.RMS / d.Size
}

// Differ compares two tensors. ok is false if they have not the same shape, or no cell in common.
func Differ(a, b *model.Tensor) (d Difference, ok bool) {
	if a.Rows != b.Rows || a.Cols != b.Cols || a.RowAxis != b.RowAxis || a.ColAxis != b.ColAxis {
		return d, false
	}
	sums := differing{Difference: Difference{Name: a.Name}}
	for r := range a.Rows {
		sums.add(a, b, r)
	}
	return sums.means()
}

// DifferAt compares one row of two tensors.
func DifferAt(a, b *model.Tensor, r int) (d Difference, ok bool) {
	if a.Cols != b.Cols || a.ColAxis != b.ColAxis || r >= min(a.Rows, b.Rows) {
		return d, false
	}
	sums := differing{Difference: Difference{Name: a.Name}}
	sums.add(a, b, r)
	return sums.means()
}

// DifferWeights compares a weight of two models. A row that tokens share counts once, if they share it in both.
func DifferWeights(m, n *model.Model, a, b *model.Tensor) (d Difference, ok bool) {
	shared := m.Sharing != nil && n.Sharing != nil && a.RowAxis == model.AxisWord && a.Rows == m.Config.Vocab && m.Config.Distinct == n.Config.Distinct
	if !shared || a.Rows != b.Rows || a.Cols != b.Cols {
		return Differ(a, b)
	}
	sums := differing{Difference: Difference{Name: a.Name}}
	for row := range m.Config.Distinct {
		sums.add(a, b, m.Sharing.Token(row, 0))
	}
	return sums.means()
}

// differing is a Difference on its way: RMS and Size are sums of squares.
type differing struct {
	Difference
	n int
}

// add adds row r of both.
func (d *differing) add(a, b *model.Tensor, r int) {
	x, y := a.Row(r), b.Row(r)
	for c := range min(len(x), len(y)) {
		if a.Masked(r, c) || b.Masked(r, c) {
			continue
		}
		v, apart := float64(x[c]), 0.0
		if x[c] != y[c] { // ∞ − ∞ is no number, though nothing is apart
			apart = math.Abs(v - float64(y[c]))
		}
		if d.n++; d.n == 1 || apart > d.Largest {
			d.Largest, d.Row, d.Col = apart, r, c
		}
		d.RMS += apart * apart
		d.Size += v * v
	}
}

func (d differing) means() (Difference, bool) {
	if d.n == 0 {
		return Difference{}, false
	}
	d.RMS, d.Size = math.Sqrt(d.RMS/float64(d.n)), math.Sqrt(d.Size/float64(d.n))
	return d.Difference, true
}

// A Writer goes on with the text of a run in a run of its own, each time by the most likely token.
type Writer struct {
	Written []int
	Ended   bool // with what stops the model, or at the end of the context

	of    []int // the text
	run   *model.Trace
	edits []model.Edit
	stops func(id int) bool
}

// NewWriter returns what goes on with the text of tr, in a run with the same edits; stops says with which tokens the model ends.
func NewWriter(tr *model.Trace, stops func(id int) bool) *Writer {
	return &Writer{of: tr.IDs(), run: model.NewTrace(tr.Original().Model), edits: tr.Edits(), stops: stops}
}

// rowsAtATime is how many rows of the text are read before a Writer writes.
const rowsAtATime = 32

// Next reads some of the text, or, once that is read, writes a token.
func (w *Writer) Next() error {
	if len(w.of) == 0 {
		return fault.New("labNoText", "there is no text yet; write something first")
	}
	if read := len(w.run.IDs()); read < len(w.of) {
		to := min(read+rowsAtATime, len(w.of))
		if len(w.edits) > 0 {
			to = len(w.of) // what they do may depend on all of it
		}
		return w.read(w.of[:to])
	}
	if w.Ended {
		return nil
	}
	last := len(w.run.IDs()) - 1
	id := w.run.Find(model.PartOutput, model.OpUnembed).Ranked(last, 1)[0]
	w.Written = append(w.Written, id)
	w.Ended = w.stops(id) || last+2 >= w.run.Model.Config.Context
	if w.Ended {
		return nil
	}
	return w.read(slices.Concat(w.of, w.Written))
}

// Reads reports whether the text is not read yet.
func (w *Writer) Reads() bool { return len(w.run.IDs()) < len(w.of) }

// read has the run be that of ids.
func (w *Writer) read(ids []int) (err error) {
	if w.run.Run(ids) == nil {
		if len(w.edits) > 0 && len(w.run.Edits()) == 0 {
			w.run, err = w.run.Edited(w.edits)
		}
		return err
	}
	// Edits that can't be made in the longer text are made anew.
	original := w.run.Original()
	if err = original.Run(ids); err == nil && len(w.edits) > 0 {
		w.run, err = original.Edited(w.edits)
	}
	return err
}

// Part returns the place of the first token that two lists do not have in common; the length of both if they are the same.
func Part(a, b []int) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}
