package engine

import (
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/model/lab"
)

// MostWritten is how many tokens each of two runs writes on.
const MostWritten = 32

// How much a piece of a comparison computes: numbers that are compared, and products of an output projection.
const (
	pieceOfCells    = 1 << 21
	pieceOfProducts = 1 << 27
)

// comparison answers a piece of the comparison with the engine beside this one.
func (e *Engine) comparison(q *Compare) (*Comparison, error) {
	o := e.beside
	if o == nil || o.trace == nil || len(o.last.ids) == 0 {
		return nil, fault.New("besideNothing", "there is no second run yet to compare with")
	}
	c := &Comparison{Words: e.sameWords(o), To: q.From}
	if q.From < 0 {
		return nil, fault.New("requestEmpty", "the request asks for nothing")
	}
	switch q.Of {
	case AspectNext:
		e.compareNext(o, c, q.Top)
	case AspectBits:
		e.compareBits(o, c)
	case AspectSteps:
		e.compareSteps(o, c)
	case AspectWeights:
		e.compareWeights(o, c)
	case AspectWriting:
		return c, e.compareWriting(o, c)
	default:
		return nil, fault.New("aspectUnknown", "there is nothing called %.20q that could be compared", string(q.Of))
	}
	return c, nil
}

// sameWords reports whether an id stands for the same token in both models.
func (e *Engine) sameWords(o *Engine) bool {
	V := e.base.Model.Config.Vocab
	switch {
	case e.words != o.words || V != o.base.Model.Config.Vocab:
		return false
	case e.words == "letters":
		return e.base.Model.Config.Alphabet == o.base.Model.Config.Alphabet
	case e.words != "own" || e.own == o.own:
		return true
	}
	for id := range V {
		if e.own.word(id) != o.own.word(id) {
			return false
		}
	}
	return true
}

// compareNext compares what both say last.
func (e *Engine) compareNext(o *Engine, c *Comparison, top int) {
	c.To, c.All = 1, 1
	last, end := len(e.last.ids)-1, len(o.last.ids)-1
	mine, others := logitsOf(e.trace).Ranked(last, top), logitsOf(o.trace).Ranked(end, top)
	for _, id := range mine {
		c.First = append(c.First, e.candidateOf(e.trace, id, last))
	}
	for _, id := range others {
		c.Second = append(c.Second, o.candidateOf(o.trace, id, end))
	}
	if !c.Words {
		return
	}
	for _, id := range append(mine, others...) {
		if slices.ContainsFunc(c.Next, func(p Pair) bool { return p.ID == id }) {
			continue
		}
		p := Pair{ID: id, Text: e.word(id)}
		p.Before, _ = probabilitiesOf(e.trace).At(last, id)
		p.After, _ = probabilitiesOf(o.trace).At(end, id)
		c.Next = append(c.Next, p)
	}
	slices.SortStableFunc(c.Next, func(a, b Pair) int {
		switch {
		case a.Before > b.Before:
			return -1
		case a.Before < b.Before:
			return 1
		}
		return 0
	})
	c.Lost = lab.DivergenceAt(e.trace, last, o.trace, end)
}

// compareBits compares what both say after some tokens.
func (e *Engine) compareBits(o *Engine, c *Comparison) {
	if !c.Words {
		return
	}
	c.All = min(len(e.last.ids), len(o.last.ids))
	products := max(1, e.base.Model.Config.Vocab*(e.base.Model.Config.Width+o.base.Model.Config.Width))
	for end := c.To + max(1, pieceOfProducts/products); c.To < min(end, c.All); c.To++ {
		c.Bits = append(c.Bits, lab.Divergence(e.trace, o.trace, c.To))
	}
}

// compareSteps compares the numbers of some steps.
func (e *Engine) compareSteps(o *Engine, c *Comparison) {
	steps := e.trace.Steps
	c.All = len(steps)
	for cells := 0; c.To < c.All && cells < pieceOfCells; c.To++ {
		s := steps[c.To]
		of := o.trace.Step(s.Name)
		if of == nil || s.Rows != of.Rows {
			continue
		}
		var d lab.Difference
		var ok bool
		if s.Cols > longAxis {
			d, ok = lab.DifferAt(&s.Tensor, &of.Tensor, s.Rows-1)
			cells += s.Cols
		} else {
			d, ok = lab.Differ(&s.Tensor, &of.Tensor)
			cells += s.Rows * s.Cols
		}
		if ok {
			c.Differences = append(c.Differences, d)
		}
	}
}

// compareWeights compares some weights.
func (e *Engine) compareWeights(o *Engine, c *Comparison) {
	weights := e.trace.Model.Parameters()
	c.All = len(weights)
	for cells := 0; c.To < c.All && cells < pieceOfCells; c.To++ {
		w := weights[c.To]
		of := o.trace.Tensor(w.Name)
		if of == nil || o.trace.Step(w.Name) != nil {
			continue
		}
		d, ok := lab.DifferWeights(e.trace.Model, o.trace.Model, w, of)
		if cells += w.Rows * w.Cols; ok {
			c.Differences = append(c.Differences, d)
		}
	}
}

// A writing is what the engine keeps of two runs that write on.
type writing struct {
	request, beside int // of the runs with which they began
	show            Show
	first, second   *lab.Writer
}

// compareWriting has both runs go on by a token, or read some of their text.
func (e *Engine) compareWriting(o *Engine, c *Comparison) error {
	w := e.writing
	if w == nil || w.request != e.last.request || w.beside != o.last.request || w.show != e.last.show || c.To == 0 && !w.begins() {
		e.writing = nil
		if err := e.roomToWrite(o); err != nil {
			return err
		}
		w = &writing{e.last.request, o.last.request, e.last.show, lab.NewWriter(e.trace, e.ends), lab.NewWriter(o.trace, o.ends)}
		e.writing = w
	}
	for _, one := range []*lab.Writer{w.first, w.second} {
		if one.Reads() || len(one.Written) < MostWritten {
			if err := one.Next(); err != nil {
				return err
			}
		}
	}
	c.Written, c.Other = e.writtenBy(w.first), o.writtenBy(w.second)
	c.To, c.All = MostWritten, MostWritten
	for _, one := range []*lab.Writer{w.first, w.second} {
		if one.Reads() || !one.Ended && len(one.Written) < MostWritten {
			c.To = min(c.To, len(one.Written), MostWritten-1)
		}
	}
	return nil
}

// begins reports whether nothing is written yet.
func (w *writing) begins() bool { return len(w.first.Written)+len(w.second.Written) == 0 }

// writtenBy says what one wrote.
func (e *Engine) writtenBy(w *lab.Writer) (written Written) {
	for _, id := range w.Written {
		written.Tokens = append(written.Tokens, TokenText{id, e.word(id)})
	}
	written.Ends = w.Ended
	return written
}

// roomToWrite refuses to write on where memory can't hold the runs that do so.
func (e *Engine) roomToWrite(o *Engine) error {
	if e.Memory == 0 {
		return nil
	}
	kept := func(tr *model.Trace, copies int64) int64 {
		c := tr.Model.Config
		return copies * c.Kept(min(len(tr.IDs())+MostWritten, c.Context))
	}
	mine, others := kept(e.base, 2), kept(o.base, 1)
	if e.edited != nil {
		mine += kept(e.base, 2)
	}
	if mine+others <= e.room() {
		return nil
	}
	return fault.New("writingBeyondMemory", "to write on, both runs are made once more, and there is no room for that; a shorter text leaves more")
}
