package engine

import (
	"slices"

	"glassbox/model"
)

// maxWords is the most words that are sent along with a reply.
const maxWords = 512

// replyWords returns the words for the ids that a reply mentions. A short vocabulary needs
// none: the page knows its alphabet.
func (e *Engine) replyWords(r Reply) (words []TokenText) {
	if e.trace == nil || e.trace.Model.Config.Vocab <= shortVocabulary {
		return nil
	}
	var ids []int
	if r.Explained != nil {
		ids = e.explainedIDs(r.Explained)
	}
	for _, v := range append(slices.Clone(r.Read), optionalValues(r.Values)...) {
		rows, cols := e.vocabularyAxes(v.Name)
		if rows {
			ids = append(ids, span(v.From, v.Rows)...)
		}
		if cols {
			ids = append(ids, span(v.Col, v.Cols)...)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids[:min(len(ids), maxWords)] {
		words = append(words, TokenText{id, e.word(id)})
	}
	return words
}

func optionalValues(v *Values) []Values {
	if v == nil {
		return nil
	}
	return []Values{*v}
}

// span returns the ids from … from+n−1, or none if they are more than maxWords.
func span(from, n int) (ids []int) {
	if n > maxWords {
		return nil
	}
	for i := range n {
		ids = append(ids, from+i)
	}
	return ids
}

// vocabularyAxes reports whether the rows or the columns of a step or weight are the words of
// the vocabulary.
func (e *Engine) vocabularyAxes(name string) (rows, cols bool) {
	t := e.trace.Tensor(name)
	if t == nil {
		return false, false
	}
	return t.RowAxis == model.AxisWord, t.ColAxis == model.AxisWord
}

// explainedIDs returns the ids that an explanation mentions: those of its cell, of the first
// cell of each operand, and of the terms that are listed.
func (e *Engine) explainedIDs(x *Explained) (ids []int) {
	add := func(name string, row, col int) {
		rows, cols := e.vocabularyAxes(name)
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
