package engine

import (
	"cmp"
	"slices"
	"sort"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/model/lab"
)

// Show says which numbers the page shows of a run with edits.
type Show string

// Those with the edits, those without, or by how much the first are above the second.
const (
	ShowAfter      Show = ""
	ShowBefore     Show = "before"
	ShowDifference Show = "difference"
)

// ShowBeside shows by how much the numbers of the run are above those of the one beside it.
const ShowBeside Show = "beside"

// Differs reports whether differences are shown.
func (s Show) Differs() bool { return s == ShowDifference || s == ShowBeside }

// Edited is what became of an edit.
type Edited struct {
	Spec   string        // as it is written, with the number of tokens with which it was made if the text has others now
	Fault  *fault.Fault  // why it can't be made; nil: it was
	Waits  bool          // the text has no such token yet
	Places []model.Place // what it changes
}

// Compared is what edits do to what the model says after the last token.
type Compared struct {
	Tokens []Pair  // the most likely with the edits and without, by their probability with them
	Bits   float64 // how much of what it said is lost: see lab.Divergence
}

// A Pair is how likely a token is without edits and with them.
type Pair struct {
	ID            int
	Text          string
	Before, After float32
}

// edit makes the edits in the text that has run, as far as they can be made, and says which those were; again: those that stand are
// made once more. The trace is then the one that the page shows.
func (e *Engine) edit(specs []string, show Show, again bool) (made []string, list []Edited) {
	list = e.makeEdits(specs, again)
	if e.edited != nil {
		edits, n := e.edited.Edits(), 0
		for i := range list {
			if list[i].Fault != nil {
				continue
			}
			edit := edits[n]
			list[i].Spec, list[i].Places, list[i].Waits = edit.String(), e.edited.Places(n), e.edited.Waits(n)
			made = append(made, list[i].Spec)
			n++
		}
	}
	if e.trace = e.edited; e.edited == nil || show == ShowBefore {
		e.trace = e.base
	}
	return made, list
}

// takesAgain reports whether another text has edits take their numbers from its run: one that was typed, not one that the model went
// on with.
func (e *Engine) takesAgain(text string) bool {
	return text != e.last.text && e.edited != nil && slices.ContainsFunc(e.edited.Edits(), model.Edit.Takes)
}

// makeEdits makes those that can be made, one after another where one can't.
func (e *Engine) makeEdits(specs []string, again bool) []Edited {
	list := make([]Edited, len(specs))
	if !again && e.edited != nil && slices.Equal(specs, e.last.edits) && e.edited.Run(e.base.IDs()) == nil {
		return list
	}
	e.edited = nil
	edits := make([]model.Edit, len(specs))
	for i, spec := range specs {
		var err error
		if edits[i], err = model.ParseEdit(spec); err != nil {
			list[i].Fault = fault.Of(err)
		}
		list[i].Spec = spec
	}
	e.refuseBeyondMemory(list, edits)
	if bad := func(d Edited) bool { return d.Fault != nil }; len(specs) > 0 && !slices.ContainsFunc(list, bad) {
		if ed, err := e.base.Edited(edits); err == nil {
			e.edited = ed
			return list
		}
	}
	var read []int // the edits that are some
	var left, made []model.Edit
	for i := range list {
		if list[i].Fault == nil {
			read, left = append(read, i), append(left, edits[i])
		}
	}
	for i, err := range e.base.Refused(left) {
		if err != nil {
			list[read[i]].Fault = fault.Of(err)
			continue
		}
		made = append(made, left[i])
	}
	if len(made) > 0 {
		e.edited, _ = e.base.Edited(made)
	}
	return list
}

// refuseBeyondMemory refuses the edits from the first on with which memory can't hold the run: the more there are, the less room.
func (e *Engine) refuseBeyondMemory(list []Edited, edits []model.Edit) {
	fits := sort.Search(len(edits), func(i int) bool { return e.roomForTwo(edits[:i+1]...) != nil })
	if fits == len(edits) {
		return
	}
	full := fault.Of(e.roomForTwo(edits[:fits+1]...))
	for i := range list[fits:] {
		list[fits+i].Fault = cmp.Or(list[fits+i].Fault, full)
	}
}

// roomForTwo refuses a second run beside the first, with edits, where memory can't hold both.
func (e *Engine) roomForTwo(edits ...model.Edit) error {
	m := e.base.Model
	if e.Memory == 0 || 2*m.Config.Kept(len(e.base.IDs()))+m.CopiedBy(edits) <= e.room() {
		return nil
	}
	return fault.New("editBeyondMemory", "a run with edits takes as much memory as the run without, and there is no room for both; a shorter text leaves more")
}

// sample draws the next token of the run that the page shows. That of the other is drawn as well, so that their steps can be
// compared.
func (e *Engine) sample(set model.Sampling) (int, error) {
	for _, other := range []*model.Trace{e.base, e.edited} {
		if other != nil && other != e.trace {
			_, _ = other.Sample(set) // if it can't be, there is nothing to compare
		}
	}
	return e.trace.Sample(set)
}

// compare returns what the edits do to the answer; nil without edits.
func (e *Engine) compare(best []Candidate) *Compared {
	if e.edited == nil {
		return nil
	}
	last := len(e.base.IDs()) - 1
	before, after := probabilitiesOf(e.base), probabilitiesOf(e.edited)
	c := &Compared{Bits: lab.Divergence(e.base, e.edited, last)}
	ids := append(logitsOf(e.base).Ranked(last, len(best)), logitsOf(e.edited).Ranked(last, len(best))...)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		p := Pair{ID: id, Text: e.word(id)}
		p.Before, _ = before.At(last, id)
		p.After, _ = after.At(last, id)
		c.Tokens = append(c.Tokens, p)
	}
	slices.SortStableFunc(c.Tokens, func(a, b Pair) int {
		switch {
		case a.After > b.After:
			return -1
		case a.After < b.After:
			return 1
		}
		return 0
	})
	return c
}

// changedWeights returns the weights whose numbers are not those of the last run, for edits came or went, and that are sent whole.
// Where the weights of another model are taken off, or no more, that is so of all of them, as many as are sent when a model is loaded.
func (e *Engine) changedWeights(show Show) (list []*model.Tensor) {
	_, off := e.besideOf(show)
	all, room := off != e.last.off, maxLoadedValues
	changed := map[string]bool{}
	for _, w := range e.trace.Weights() {
		if w.Changed {
			changed[w.Name] = true
		}
		if n := w.Rows * w.Cols; (w.Changed || e.last.changed[w.Name] || all && n <= room) && w.Rows <= longAxis && w.Cols <= longAxis {
			list = append(list, e.trace.Tensor(w.Name))
			room -= n
		}
	}
	e.last.changed = changed
	return list
}

// shown returns cells of a tensor, rows from … to−1 and cols columns from col on, as the page shows them.
func (e *Engine) shown(t *model.Tensor, from, to, col, cols int, show Show) Values {
	v := cells(t, from, to, col, cols)
	off, blank := e.takenOff(t, show)
	switch {
	case blank:
		for i := range v.Data {
			v.Data[i] = nan
		}
		v.summarise()
		return v
	case off == nil:
		return v
	}
	w := cells(off, from, to, col, cols)
	s := e.trace.Step(t.Name)
	share := s != nil && s.Op.IsShare() // what is not looked at has none
	for i := range v.Data {
		a, b := v.Data[i], w.Data[i]
		if share && a != a && b == b {
			a = 0
		}
		if share && b != b && a == a {
			b = 0
		}
		v.Data[i] = a - b
	}
	v.summarise()
	return v
}

// takenOff returns the tensor whose numbers are taken off those of t; nil: none is. blank says that there should be one, but that what
// stands beside has none of that shape.
func (e *Engine) takenOff(t *model.Tensor, show Show) (off *model.Tensor, blank bool) {
	switch o := e.other(); {
	case show == ShowDifference && e.edited != nil:
		return e.base.Tensor(t.Name), false
	case show == ShowBeside && o != nil:
		off = o.trace.Tensor(t.Name)
		if off == nil || off.Rows != t.Rows || off.Cols != t.Cols || off.RowAxis != t.RowAxis || off.ColAxis != t.ColAxis {
			return nil, true
		}
	}
	return off, false
}

// besideOf returns the run and the model whose numbers are taken off where that is shown.
func (e *Engine) besideOf(show Show) (request int, m *model.Model) {
	if o := e.other(); show == ShowBeside && o != nil {
		return o.last.request, o.trace.Model
	}
	return 0, nil
}

// rowShown returns row r of a tensor as the page shows it, as far as it is not masked by causality.
func (e *Engine) rowShown(t *model.Tensor, r int) []float32 {
	off, blank := e.takenOff(t, e.last.show)
	if off == nil && !blank {
		return t.Row(r)
	}
	row := slices.Clone(t.Row(r))
	if blank {
		clear(row)
		return row
	}
	was := off.Row(r)
	for c := range min(len(row), len(was)) {
		row[c] -= was[c]
	}
	return row
}

// summarise says how the values range.
func (v *Values) summarise() {
	v.Min, v.Max, v.Mean = 0, 0, 0
	sum, n := 0.0, 0
	for _, x := range v.Data {
		if x != x {
			continue
		}
		if n == 0 {
			v.Min, v.Max = x, x
		}
		v.Min, v.Max = min(v.Min, x), max(v.Max, x)
		sum += float64(x)
		n++
	}
	if n > 0 {
		v.Mean = float32(sum / float64(n))
	}
}
