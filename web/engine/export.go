package engine

import (
	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/export"
)

// errChanged is returned where a file would hold numbers of two texts or of two models.
var errChanged = fault.New("changedMeanwhile", "the text or the model changed while the file was written, so it would have held numbers of both; ask for it again")

// export writes a piece of a file.
func (e *Engine) export(q *Export) (*Exported, error) {
	if e.trace == nil {
		return nil, errNoModel
	}
	t := e.trace.Tensor(q.Name)
	switch {
	case t == nil:
		return nil, noTensor(q.Name)
	case !q.Format.Known():
		return nil, fault.New("formatUnknown", "there is no format %q; the formats are %s", q.Format, formatNames())
	case q.From < 0 || q.From > q.To || q.To > t.Rows:
		return nil, rowsBeyond(t, q.From, q.To)
	}
	about := export.Table{Model: q.Model, Name: q.Name, Rows: t.Rows, Cols: t.Cols}
	if e.trace.Step(q.Name) != nil {
		about.Text, about.IDs = e.last.text, e.last.ids
	}
	x := &Exported{Of: e.sourceOf(q.Name)}
	if q.Of != 0 && q.Of != x.Of {
		return nil, errChanged
	}
	x.Bytes = q.Format.Append(nil, about, rowsOf(t, q.From, q.To))
	return x, nil
}

// rowsBeyond is the error about rows that a tensor does not have.
func rowsBeyond(t *model.Tensor, from, to int) error {
	return fault.New("rowsBeyond", "%s has %d row(s); it has no rows %d to %d", t.Name, t.Rows, from, to)
}

// sourceOf returns the number of the run that a step's values are from, or of the model that a
// weight belongs to.
func (e *Engine) sourceOf(name string) int {
	if e.trace.Step(name) != nil {
		return e.last.request
	}
	return e.models
}

// average returns the means of the blocks of some of a tensor's rows.
func (e *Engine) average(q *Average) (*Values, error) {
	if e.trace == nil {
		return nil, errNoModel
	}
	t := e.trace.Tensor(q.Name)
	switch {
	case t == nil:
		return nil, noTensor(q.Name)
	case q.High < 1 || q.Wide < 1:
		return nil, fault.New("noBlocks", "there are no blocks of %d × %d", q.High, q.Wide)
	case q.From < 0 || q.From > q.To || q.To > t.Rows:
		return nil, rowsBeyond(t, q.From, q.To)
	case q.Of != 0 && q.Of != e.sourceOf(q.Name):
		return nil, errChanged
	}
	v := &Values{Name: q.Name, Rows: export.Shown(q.To-q.From, q.High), Cols: export.Shown(t.Cols, q.Wide)}
	mean := export.NewMean(t.Cols, q.Wide)
	for r := q.From; r < q.To; r++ {
		for c, x := range t.Row(r) {
			if !t.Masked(r, c) {
				mean.Add(c, x)
			}
		}
		if (r+1-q.From)%q.High == 0 || r+1 == q.To {
			v.Data = mean.Take(v.Data)
		}
	}
	return v, nil
}

// rowsOf returns whole rows, with a zero where a causal step has no number.
func rowsOf(t *model.Tensor, from, to int) export.Rows {
	r := export.Rows{From: from, Data: make([]float32, (to-from)*t.Cols), Masked: t.Masked}
	for i := from; i < to; i++ {
		copy(r.Data[(i-from)*t.Cols:][:t.Cols], t.Row(i))
	}
	return r
}

// formatNames lists the formats for a message.
func formatNames() (list fault.List) {
	for _, f := range export.Formats() {
		list = append(list, string(f))
	}
	return list
}
