package engine

import (
	"slices"

	"glassbox/model"
)

// mostWords is the most words that go along with a reply.
const mostWords = 512

// spoken returns the words of the vocabulary of which a reply speaks by their ids. A short
// vocabulary needs none: the page knows its alphabet.
func (e *Engine) spoken(r Reply) (words []Word) {
	if e.trace == nil || e.trace.Model.Config.Vocab <= shortVocabulary {
		return nil
	}
	var ids []int
	if r.Explained != nil {
		ids = e.idsOf(r.Explained)
	}
	for _, v := range append(slices.Clone(r.Read), optionalValues(r.Values)...) {
		rows, cols := e.overWords(v.Name)
		if rows {
			ids = append(ids, span(v.From, v.Rows)...)
		}
		if cols {
			ids = append(ids, span(v.Col, v.Cols)...)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids[:min(len(ids), mostWords)] {
		words = append(words, Word{id, e.word(id)})
	}
	return words
}

func optionalValues(v *Values) []Values {
	if v == nil {
		return nil
	}
	return []Values{*v}
}

// span returns the ids of a stretch, if it is short enough to be read.
func span(from, n int) (ids []int) {
	if n > mostWords {
		return nil
	}
	for i := range n {
		ids = append(ids, from+i)
	}
	return ids
}

// overWords reports whether the rows or the columns of a step or weight are the words of
// the vocabulary.
func (e *Engine) overWords(name string) (rows, cols bool) {
	t := e.trace.Tensor(name)
	if t == nil {
		return false, false
	}
	return t.RowAxis == model.AxisWord, t.ColAxis == model.AxisWord
}

// idsOf lists the words of an explanation: of its cell, of the single cells that it read,
// and of the terms that are listed.
func (e *Engine) idsOf(x *Explained) (ids []int) {
	add := func(name string, row, col int) {
		rows, cols := e.overWords(name)
		if rows {
			ids = append(ids, row)
		}
		if cols {
			ids = append(ids, col)
		}
	}
	add(x.Name, x.Row, x.Col)
	for i, o := range x.Operands {
		t := e.trace.Tensor(o.Tensor)
		add(o.Tensor, o.Start/t.Cols, o.Start%t.Cols)
		for _, at := range x.Places[i] {
			cell := o.Start + at*o.Stride
			add(o.Tensor, cell/t.Cols, cell%t.Cols)
		}
	}
	return ids
}
