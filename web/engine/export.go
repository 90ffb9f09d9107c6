package engine

import (
	"errors"
	"fmt"

	"glassbox/model"
	"glassbox/web/export"
)

// errChanged refuses a file that would hold numbers of two texts, or of two models.
var errChanged = errors.New("the text or the model changed while the file was written, so it would have held numbers of both; ask for it again")

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
		return nil, fmt.Errorf("there is no format %q; the formats are %q", q.Format, export.Formats())
	case q.From < 0 || q.From > q.To || q.To > t.Rows:
		return nil, fmt.Errorf("%s has %d rows; it has no rows %d to %d", q.Name, t.Rows, q.From, q.To)
	}
	about := export.Table{Model: q.Model, Name: q.Name, Rows: t.Rows, Cols: t.Cols}
	x := &Exported{Of: e.models}
	if e.trace.Step(q.Name) != nil {
		about.Text, about.IDs, x.Of = e.last.text, e.last.ids, e.last.request
	}
	if q.Of != 0 && q.Of != x.Of {
		return nil, errChanged
	}
	x.Bytes = q.Format.Append(nil, about, rowsOf(t, q.From, q.To))
	return x, nil
}

// rowsOf returns whole rows, with a zero where a causal step has no number.
func rowsOf(t *model.Tensor, from, to int) export.Rows {
	r := export.Rows{From: from, Data: make([]float32, (to-from)*t.Cols), Masked: t.Masked}
	for i := from; i < to; i++ {
		copy(r.Data[(i-from)*t.Cols:][:t.Cols], t.Row(i))
	}
	return r
}
