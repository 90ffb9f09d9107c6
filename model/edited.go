package model

import (
	"fmt"
	"math"
	"slices"

	"glassbox/model/fault"
)

// A run with edits is a trace beside that without: the same steps, of which those that an edit changes, and those that read from
// them, have rows of their own, from the first row that an edit can reach. All other rows are those of the original.

// An edited is what a trace with edits knows of them.
type edited struct {
	original *Trace // the same run without edits
	edits    []Edit
	first    int    // the rows before it are those of the original
	made     []int  // the ids of the text when the edits were made
	unmasked bool   // tokens see later ones
	other    *Trace // from which edits take rows, while they do
}

// Edited returns the run of tr with edits, and with those that it has already if it is such a run no more. It fails if an edit
// names what is not there or what can't be changed so. When it runs again, the original does, too.
func (tr *Trace) Edited(edits []Edit) (*Trace, error) {
	return tr.Original().edit(edits, nil)
}

// Patched returns the run of tr with rows of another run in place of its own: for each name of a step the rows that are listed,
// or all if none are.
func (tr *Trace) Patched(other *Trace, rows map[string][]int) (*Trace, error) {
	var edits []Edit
	for name, list := range rows {
		if len(list) == 0 {
			list = []int{-1}
		}
		for _, r := range list {
			edits = append(edits, Edit{Name: name, Row: r, Col: -1, Do: ActFrom, From: other.ids})
		}
	}
	return tr.Original().edit(edits, other)
}

// edit is Edited; what is taken from a run of the ids of other is taken from it.
func (tr *Trace) edit(edits []Edit, other *Trace) (*Trace, error) {
	m, err := tr.Model.edited(edits)
	if err != nil {
		return nil, err
	}
	ed := &Trace{Model: m, Budget: tr.Budget, tensors: map[string]*Tensor{}}
	ed.edited = &edited{original: tr, edits: slices.Clone(edits), unmasked: slices.ContainsFunc(edits, Edit.Unmasks)}
	ed.record()
	for i, s := range ed.Steps {
		s.Line, s.File = tr.Steps[i].Line, tr.Steps[i].File
	}
	if err := ed.take(other); err != nil {
		return nil, err
	}
	return ed, ed.Run(tr.ids)
}

// Refused returns why each of the edits can't be made beside those before it that can; nil for one that can. Nothing is run but
// what an edit takes its numbers from.
func (tr *Trace) Refused(edits []Edit) []error {
	original := tr.Original()
	ed := &Trace{Model: original.Model, tensors: map[string]*Tensor{}, edited: &edited{original: original}}
	ed.record()
	refused := make([]error, len(edits))
	taken := -1 // an edit that takes rows of a number for each token that is looked at
	for i, e := range edits {
		if _, _, err := original.Model.weightChange(i, e); err != nil {
			refused[i] = err
			continue
		}
		if e.Unmasks() && taken >= 0 {
			refused[i] = editRowsDiffer(ed.named(edits[taken].Name))
			continue
		}
		if refused[i] = ed.change(i, e, nil); refused[i] != nil {
			continue
		}
		if e.Unmasks() {
			ed.edited.unmasked = true
		} else if t := ed.named(e.Name); e.Takes() && t.ColAxis == AxisKey {
			taken = i
		}
	}
	return refused
}

// editRowsDiffer is the error that nothing can stand in the place of the rows of such a step.
func editRowsDiffer(t *Tensor) error {
	return fault.New("editRowsDiffer", "the rows of %s have a number for each token that is looked at; nothing else can stand in their place", t.Name)
}

// Original returns the same run without edits.
func (tr *Trace) Original() *Trace {
	if tr.edited == nil {
		return tr
	}
	return tr.edited.original
}

// Edits returns the edits of the run, each with the number of tokens with which it was made if the text has others now.
func (tr *Trace) Edits() []Edit {
	if tr.edited == nil {
		return nil
	}
	list := slices.Clone(tr.edited.edits)
	for i := range list {
		if made := len(tr.edited.made); list[i].Takes() && list[i].Made == 0 && made != len(tr.ids) {
			list[i].Made = made
		}
	}
	return list
}

// A Place is what an edit changes of a step or a weight: one number, a row, or, where both are −1, all of it.
type Place struct {
	Name     string
	Row, Col int
}

// Places returns what edit i of the list changes. That tokens see later ones changes the scores of every head.
func (tr *Trace) Places(i int) (list []Place) {
	e := tr.edited.edits[i]
	add := func(t *Tensor) { list = append(list, Place{t.Name, e.Row, e.Col}) }
	edits := func(c change) bool { return c.edit == i }
	for _, p := range tr.Model.Parameters() {
		if slices.ContainsFunc(p.changes, edits) {
			add(p)
		}
	}
	for _, s := range tr.Steps {
		if slices.ContainsFunc(s.changes, edits) || e.Unmasks() && s.Op == OpScores {
			add(&s.Tensor)
		}
	}
	return list
}

// Waits reports whether edit i of the list changes nothing yet, for it is one of a token that the text does not have.
func (tr *Trace) Waits(i int) bool {
	e := tr.edited.edits[i]
	t := tr.named(e.Name)
	return t != nil && t.by != nil && e.Row >= t.Rows
}

// Changed reports whether rows of a step are others than those of the original: it was edited, or reads from one that was.
func (s *Step) Changed() bool { return s.changed }

// Takes reports whether the edit takes numbers from a run: the mean of its rows, or the rows of another one.
func (e Edit) Takes() bool { return e.Do == ActMean || e.Do == ActFrom }

// EditedAt reports whether an edit changes numbers of row r of the step itself.
func (s *Step) EditedAt(r int) bool {
	return slices.ContainsFunc(s.changes, func(c change) bool { return c.row < 0 || c.row == r })
}

// Unmasks reports whether the edit lets tokens see later ones.
func (e Edit) Unmasks() bool { return e.Do == ActOff && e.Name == string(OffMask) }

// take finds out what the edits do to each step, for the text of the original.
func (tr *Trace) take(other *Trace) error {
	ed := tr.edited
	ed.made = slices.Clone(ed.original.ids)
	ed.first = math.MaxInt
	for _, s := range tr.Steps {
		s.changes = nil
	}
	for i, e := range ed.edits {
		if err := tr.change(i, e, other); err != nil {
			return err
		}
	}
	ed.other = nil
	tr.borrow()
	return nil
}

// runOriginal runs the original, and says whether what the edits take from a run was taken again, for the text is another one.
func (tr *Trace) runOriginal(ids []int) (again bool, err error) {
	if err := tr.edited.original.Run(ids); err != nil {
		return false, err
	}
	if tr.reachesBack(ids) {
		return true, tr.take(nil)
	}
	return false, nil
}

// firstOwn returns the first row of which not all steps are those of the original.
func (tr *Trace) firstOwn() int {
	if tr.edited == nil {
		return 0
	}
	return tr.edited.first
}

// LooksAhead reports whether tokens see later ones, so that each row depends on all.
func (tr *Trace) LooksAhead() bool { return tr.unmasked() }

// unmasked reports whether tokens see later ones.
func (tr *Trace) unmasked() bool { return tr.edited != nil && tr.edited.unmasked }

// change notes what edit i does to the steps.
func (tr *Trace) change(i int, e Edit, other *Trace) error {
	if e.Do == ActOff {
		return tr.switchOff(i, e.Name)
	}
	t := tr.named(e.Name)
	if t == nil && tr.Model.parameter(e.Name) < 0 {
		return fault.New("noTensor", "there is no step or weight named %q", e.Name)
	}
	if t == nil || t.by == nil { // a weight; the model has it
		tr.edited.first = 0
		return nil
	}
	tr.edited.first = min(tr.edited.first, max(e.Row, 0))
	c := change{edit: i, row: e.Row, col: e.Col, do: e.Do, value: e.Value}
	if err := t.editable(tr.Model.Config.Context, &c); err != nil {
		return err
	}
	if err := tr.give(&c, e, t.by, other); err != nil {
		return err
	}
	t.by.changes = append(t.by.changes, c)
	return nil
}

// named returns the step or weight that an edit names, by the name that any model has for it too; nil if there is none.
func (tr *Trace) named(name string) *Tensor {
	if t := tr.tensors[name]; t != nil {
		return t
	}
	return tr.tensors[tr.Model.Config.NameHere(name)]
}

// editable returns an error if the change is one of a cell that t does not have, and sets its column to that of what is held.
func (t *Tensor) editable(rows int, c *change) error {
	cols := t.Cols
	if t.ColAxis == AxisKey {
		cols = rows // with a longer text
	}
	switch {
	case t.by != nil && operations[t.by.Op].ids:
		return fault.New("editIDs", "%s holds the tokens of the text; change the text instead", t.Name)
	case c.row >= rows || c.col >= cols:
		return fault.New("noCell", "%s is (%d, %d); it has no cell (%d, %d)", t.Name, rows, cols, c.row, max(c.col, 0))
	case c.col >= 0 && t.Causal && outside(c.row, c.col, t.Window):
		return fault.New("editMasked", "no token of %s looks there: it has no number at (%d, %d) that could be changed", t.Name, c.row, c.col)
	case c.col >= 0 && t.shared.Count(t.shared.Row(c.col)) > 1:
		return sharedToken(t, c.col)
	}
	if c.col >= 0 {
		c.col = t.shared.Row(c.col)
	}
	return nil
}

// sharedToken is the error that a token can't have a number of its own.
func sharedToken(t *Tensor, id int) error {
	return fault.New("editShared", "%s has one number for all tokens that the model has never seen, and %d is one of them; it can't be changed alone", t.Name, id)
}

// give takes the rows that the edit puts in the place of those of s from runs without edits.
func (tr *Trace) give(c *change, e Edit, s *Step, other *Trace) error {
	original := tr.edited.original
	switch {
	case e.Do == ActSteer && s.ColAxis == AxisKey:
		return editRowsDiffer(&s.Tensor)
	case e.Do == ActSteer:
		row, err := original.direction(e, s)
		c.given = [][]float32{row}
		return err
	case !e.Takes():
		return nil
	}
	n := len(original.ids)
	if e.Made > 0 {
		n = e.Made
	}
	if n > len(original.ids) {
		return fault.New("editMadeLonger", "the edit was made with %d token(s), and the text has %d", n, len(original.ids))
	}
	if s.ColAxis == AxisKey && (e.Do == ActMean || tr.edited.unmasked) {
		return editRowsDiffer(&s.Tensor)
	}
	if e.Do == ActMean {
		return c.mean(original.Step(s.Name), n)
	}
	if len(e.From) != n {
		return fault.New("editLength", "the run that %s is taken from has %d token(s); expected as many as the text has, %d", s.Name, len(e.From), n)
	}
	if other == nil {
		var err error
		if other, err = tr.edited.runOf(e.From); err != nil {
			return err
		}
	}
	from := other.Step(s.Name)
	for r := range n {
		var row []float32
		if e.Row < 0 || e.Row == r {
			row = slices.Clone(from.distinct(r))
		}
		c.given = append(c.given, row)
	}
	return nil
}

// runOf returns the run of these ids without edits. The last one is kept: many edits take from the same text.
func (ed *edited) runOf(ids []int) (*Trace, error) {
	if ed.other != nil && slices.Equal(ed.other.ids, ids) {
		return ed.other, nil
	}
	other := NewTrace(ed.original.Model)
	if err := other.Run(ids); err != nil {
		return nil, err
	}
	ed.other = other
	return other, nil
}

// mean gives the mean of the first n rows of s, each number rounded once.
func (c *change) mean(s *Step, n int) error {
	if n == 0 {
		return fault.New("editNothing", "the text is empty: %s has no rows of which there is a mean", s.Name)
	}
	sum := make([]float64, s.width())
	for r := range n {
		for i, v := range s.distinct(r) {
			sum[i] += float64(v)
		}
	}
	row := make([]float32, len(sum))
	for i, v := range sum {
		row[i] = float32(v / float64(n))
	}
	c.given = [][]float32{row}
	return nil
}

// directionsKept is how many directions a run remembers.
const directionsKept = 8

// direction returns the mean of the last rows of s in the runs of some texts, less that of others. It is remembered: whoever
// looks for the right factor asks again and again.
func (tr *Trace) direction(e Edit, s *Step) ([]float32, error) {
	key := fmt.Sprint(s.Name, e.To, e.Away)
	if row := tr.directions[key]; row != nil {
		return row, nil
	}
	sum := make([]float64, s.width())
	add := func(texts [][]int, sign float64) error {
		for _, ids := range texts {
			tr := NewTrace(tr.Model)
			if err := tr.Run(ids); err != nil {
				return err
			}
			for i, v := range tr.Step(s.Name).distinct(len(ids) - 1) {
				sum[i] += sign / float64(len(texts)) * float64(v)
			}
		}
		return nil
	}
	if err := add(e.To, 1); err != nil {
		return nil, err
	}
	if err := add(e.Away, -1); err != nil {
		return nil, err
	}
	row := make([]float32, len(sum))
	for i, v := range sum {
		row[i] = float32(v)
	}
	if len(tr.directions) >= directionsKept {
		clear(tr.directions)
	}
	if tr.directions == nil {
		tr.directions = map[string][]float32{}
	}
	tr.directions[key] = row
	return row, nil
}

// switchOff notes what it does to the steps that a part of the network does nothing.
func (tr *Trace) switchOff(i int, name string) error {
	tr.edited.first = 0
	found := name == string(OffMask)
	for _, s := range tr.Steps {
		if c, ok := s.without(name, tr.Model.Config); ok {
			found = true
			c.edit, c.row, c.col = i, -1, -1
			s.changes = append(s.changes, c)
		}
	}
	if !found {
		return fault.New("offUnknown", "%q can't be switched off; expected residual, norm, positions, scale, mask, or one of their steps, "+
			"or what a block or a head adds: h.1.attn, h.1.mlp, h.1.attn.head.2", name)
	}
	return nil
}

// without returns what is changed in the step if the part of that name does nothing, and whether anything is.
func (s *Step) without(name string, c Config) (change, bool) {
	if name == s.Name || c.NameHere(name) == s.Name {
		name = string(s.kind())
	}
	zero := change{do: ActSet}
	switch {
	case name == "":
		return change{}, false
	case name == string(s.kind()) && name == string(OffPositions), name == s.adds(), s.Op == OpMix && name == HeadName(s.Block, s.Head):
		return zero, true
	case name == string(s.kind()) && name == string(OffResidual):
		return change{do: ActOff, input: s.Inputs[1].by}, true
	case name == string(s.kind()):
		return change{do: ActOff, input: s.Inputs[0].by}, true
	}
	return change{}, false
}

// borrow finds out which rows of the steps are those of the original.
func (tr *Trace) borrow() {
	ed := tr.edited
	for i, s := range tr.Steps {
		s.changed = len(s.changes) > 0 || ed.unmasked && s.Op == OpScores
		for _, in := range s.Inputs {
			s.changed = s.changed || in.was != nil || in.by != nil && in.by.changed
		}
		s.reached = s.firstReached()
		s.from, s.own = &ed.original.Steps[i].Tensor, math.MaxInt
		switch {
		case ed.unmasked: // what reads all rows wants them in one piece
			s.from, s.own = nil, 0
		case s.changed:
			s.own = ed.first
		}
	}
}

// firstReached returns the first row of a step that edits can change: theirs, or the first of what it reads, for a token sees
// only those before it.
func (s *Step) firstReached() int {
	if s.trace.unmasked() {
		return 0
	}
	first := math.MaxInt
	for _, c := range s.changes {
		first = min(first, max(c.row, 0))
	}
	for _, in := range s.Inputs {
		switch {
		case in.was != nil:
			return 0
		case in.by != nil && in.by.changed:
			first = min(first, in.by.reached)
		}
	}
	return first
}

// reachesBack reports whether a text of these ids can't keep what the edits took from the one before.
func (tr *Trace) reachesBack(ids []int) bool {
	made := tr.edited.made
	return slices.ContainsFunc(tr.edited.edits, Edit.Takes) && !(len(ids) >= len(made) && slices.Equal(ids[:len(made)], made))
}

// edited returns a model with the weights that edits change; m itself if they change none.
func (m *Model) edited(edits []Edit) (*Model, error) {
	copied := m
	for i, e := range edits {
		n, c, err := m.weightChange(i, e)
		if err != nil {
			return nil, err
		}
		if n < 0 {
			continue
		}
		if copied == m {
			copied = m.copied()
		}
		copied.Parameters()[n].edit(m.Parameters()[n], c)
	}
	return copied, nil
}

// CopiedBy returns how many bytes the weights take that edits change, of which the run with them has copies, in float32.
func (m *Model) CopiedBy(edits []Edit) (bytes int64) {
	changed := map[int]bool{}
	for _, e := range edits {
		n := m.parameter(e.Name)
		if n < 0 || e.Do == ActOff || changed[n] {
			continue
		}
		changed[n] = true
		p := m.Parameters()[n]
		rows := p.Rows
		if p.rows != nil {
			rows = len(p.rows.count)
		}
		bytes += 4 * int64(rows) * int64(p.Cols)
	}
	return bytes
}

// weightChange returns which of the parameters edit i of a list changes, and how; −1: none.
func (m *Model) weightChange(i int, e Edit) (n int, c change, err error) {
	if e.Do == ActOff {
		return -1, c, nil
	}
	if n = m.parameter(e.Name); n < 0 {
		return n, c, nil
	}
	if e.Takes() || e.Do == ActSteer {
		return n, c, fault.New("editWeight", "%s is a weight: it can be set or multiplied, and no run has another", e.Name)
	}
	c = change{edit: i, row: e.Row, col: e.Col, do: e.Do, value: e.Value}
	return n, c, m.Parameters()[n].editableWeight(&c)
}

// parameter returns which of the parameters has that name, in this model, in its file or in any model; −1: none.
func (m *Model) parameter(name string) int {
	here := m.Config.NameHere(name)
	return slices.IndexFunc(m.Parameters(), func(p *Tensor) bool { return p.Name == name || p.Alias == name || p.Name == here })
}

// editableWeight is editable for a weight; it sets the row of the change to that of what is held.
func (t *Tensor) editableWeight(c *change) error {
	if err := t.editable(t.Rows, c); err != nil {
		return err
	}
	if c.row < 0 {
		return nil
	}
	if t.rows.Count(t.rows.Row(c.row)) > 1 {
		return sharedToken(t, c.row)
	}
	c.row = t.rows.Row(c.row)
	return nil
}

// edit changes a weight of a copied model; was is that of the original.
func (t *Tensor) edit(was *Tensor, c change) {
	if t.was == nil {
		t.was, t.data = was, slices.Clone(was.Values())
	}
	for r := range len(t.data) / t.Cols {
		c.apply(r, 0, t.data[r*t.Cols:][:t.Cols])
	}
	t.changes = append(t.changes, c)
}

// copied returns a model of the same weights, not copies of them.
func (m *Model) copied() *Model {
	other, _ := Skeleton(m.Config) // which is valid
	weights := m.Parameters()
	for i, p := range other.Parameters() {
		p.Alias, p.data, p.packed = weights[i].Alias, weights[i].data, weights[i].packed
	}
	if m.Sharing != nil {
		other.share(m.Sharing)
	}
	return other
}

// amend changes rows from … to−1 of a step, which were computed just now.
func (s *Step) amend(from, to int) {
	for r := from; r < to && len(s.changes) > 0; r++ {
		s.amendRow(r, s.span(r, r+1))
	}
}

// amendRow changes row r.
func (s *Step) amendRow(r int, row []float32) {
	for i := range s.changes {
		s.changes[i].apply(r, s.Tensor.first(r), row)
	}
}

// changesFor returns what edits change of the step, for the same step of a lens, which reads another stream.
func (s *Step) changesFor(other *Step) []change {
	list := slices.Clone(s.changes)
	for i := range list {
		if list[i].do == ActOff {
			list[i].input = other.Inputs[0].by
		}
	}
	return list
}

// An Effect is what an edit made of one number.
type Effect struct {
	Edit          int // its place in the list
	Before, After float32
}

// effects returns what the edits made of cell (r, c), one after another; nil if none concerns it.
func (t *Tensor) effects(r, c int) (list []Effect) {
	if len(t.changes) == 0 || t.by != nil && r < t.own {
		return nil
	}
	r, at := t.rows.Row(r), t.shared.Row(c)
	var row []float32
	if t.by == nil {
		row = slices.Clone(t.was.distinctRow(r))
	} else {
		row = t.by.unedited(r)
	}
	for i := range t.changes {
		change := &t.changes[i]
		before := row[at]
		change.apply(r, t.first(r), row)
		if (change.row < 0 || change.row == r) && (change.col < 0 || change.col == at) {
			list = append(list, Effect{change.edit, before, row[at]})
		}
	}
	return list
}

// unedited returns row r as the step makes it before it is changed.
func (s *Step) unedited(r int) []float32 {
	if s.row != nil {
		return s.bare(r)
	}
	kept := slices.Clone(s.distinct(r))
	s.ready(r, r+1)
	s.run(r, r+1)
	row := s.span(r, r+1)
	bare := slices.Clone(row)
	copy(row, kept)
	return bare
}
