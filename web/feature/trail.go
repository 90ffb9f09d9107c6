package feature

import (
	"slices"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// What the reader does to follow numbers back to the text.
type (
	// TraceStarted pins the probability of a token of the vocabulary: where the way back from
	// the drawn token begins.
	TraceStarted struct{ ID int }
	// OperandFollowed pins a number that the explained one was made from. The way back grows
	// by it.
	OperandFollowed struct{ Cell run.Cell }
	// LargestFollowed does so with the number that counts most.
	LargestFollowed struct{}
	// CrumbChosen goes back to a number of the way, counted from 0.
	CrumbChosen struct{ Index int }
	// CellVisited pins a number of any panel, and flies there.
	CellVisited struct{ Cell run.Cell }
)

// A Crumb is a number on the reader's way from the first one that they asked about to the
// one that is pinned: each was made from the one behind it, the last from the pinned one.
type Crumb struct {
	run.Cell
	Value float32 // once it is Known
	Known bool    // the last run has said so
}

// handleTrail handles the messages of the way.
func (u *Change) handleTrail(m Msg) {
	switch m := m.(type) {
	case TraceStarted:
		_, probabilities := u.Locate(run.StepOf(model.PartSoftmax, model.OpSoftmax))
		u.PinCell(run.Cell{Name: probabilities, Row: len(u.Tokens) - 1, Col: m.ID}, nil)
	case OperandFollowed:
		u.followOperand(m.Cell)
	case CellVisited:
		u.PinCell(m.Cell, u.continued(&m.Cell))
	case LargestFollowed:
		u.followLargest()
	case CrumbChosen:
		if m.Index >= 0 && m.Index < len(u.Trail) {
			u.PinCell(u.Trail[m.Index].Cell, u.Trail[:m.Index])
		}
	}
}

// Traceable returns the token that Step writes, or the last answer of a full context; nil: there
// is none, or its probability means nothing yet.
func (s State) Traceable() *engine.Candidate {
	switch {
	case s.Muted || len(s.Candidates) == 0:
		return nil
	case s.Next != nil:
		return s.Next
	}
	return s.Last
}

// PinCell pins a number at the end of a way, and flies to its panel.
func (u *Change) PinCell(c run.Cell, trail []Crumb) {
	if !u.Has(&c) {
		return
	}
	u.Cell, u.Hover, u.Trail = &c, nil, slices.Clone(trail)
	u.Panel, u.Stage = c.Name, u.StageOf(c.Name)
	u.Uncover()
	u.Frame()
	u.FetchExplanation()
}

// followOperand goes on to a number that the explained one was made from.
func (u *Change) followOperand(c run.Cell) {
	at, x := u.Pointed(), u.Explained
	if !u.Explains(at) || !readsCell(x, u.State, c) {
		return
	}
	trail := u.Trail
	if u.Cell == nil || *at != *u.Cell {
		trail = u.continued(at) // the number is under the pointer, not pinned yet
	}
	u.PinCell(c, longer(trail, x))
}

// followLargest goes on to what counts most, as soon as it is known what that is.
func (u *Change) followLargest() {
	at := u.Pointed()
	u.eager = nil
	if at != nil && !u.Explains(at) {
		cell := *at
		u.eager = &cell
		return
	}
	if c, ok := u.State.View().Largest(); ok {
		u.followOperand(c)
	} else if end, _ := u.State.View().End(); end != "" {
		u.Notice = end
	}
}

// followPending does what the reader asked for before the answer was here.
func (u *Change) followPending() {
	if at := u.Pointed(); u.eager != nil && at != nil && *at == *u.eager && u.Explains(at) {
		u.leadsAway = true
		u.followLargest()
	}
}

// longer returns the way with an explained number at its end.
func longer(trail []Crumb, x *engine.Explained) []Crumb {
	trail = append(slices.Clip(trail), Crumb{run.Cell{Name: x.Name, Row: x.Row, Col: x.Col}, x.Value, true})
	return trail[max(0, len(trail)-address.MostTrail):]
}

// continued returns the way to a cell that the reader picks: it goes on if the pinned
// number was made from it, leads back if it was there before, and else begins anew.
func (u *Change) continued(c *run.Cell) []Crumb {
	if c == nil || u.Cell == nil {
		return nil
	}
	if *c == *u.Cell {
		return u.Trail
	}
	if i := slices.IndexFunc(u.Trail, func(b Crumb) bool { return b.Cell == *c }); i >= 0 {
		return u.Trail[:i]
	}
	if x := u.read; x != nil && (run.Cell{Name: x.Name, Row: x.Row, Col: x.Col}) == *u.Cell && readsCell(x, u.State, *c) {
		return longer(u.Trail, x)
	}
	return nil
}

// readsCell reports whether a cell is one of those that a number was made from.
func readsCell(x *engine.Explained, s State, c run.Cell) bool {
	if x == nil {
		return false
	}
	info, ok := s.Info(c.Name)
	return ok && slices.ContainsFunc(x.Operands, func(o model.Operand) bool {
		n := c.Row*info.Cols + c.Col - o.Start
		switch {
		case o.Tensor != c.Name || n < 0 || c.Row < 0 || c.Col < 0 || c.Col >= info.Cols:
			return false
		case o.Count == 1 || o.Stride == 0:
			return n == 0
		}
		return n%o.Stride == 0 && n/o.Stride < o.Count
	})
}

// confirmTrail asks, number by number, whether the way still is how the pinned one came about:
// after a run, and when a link brought it.
func (u *Change) confirmTrail() {
	if u.Cell == nil && u.linkCell == nil {
		u.Trail = nil
	}
	if u.Cell == nil || u.Phase != Ready || u.Applied == 0 || u.Waits(ForRun) || u.Suspended() || u.Waits(ForTrail) {
		return
	}
	for i, b := range u.Trail {
		switch {
		case b.Known:
		case !u.Has(&b.Cell):
			u.Trail = slices.Clone(u.Trail[i+1:])
			u.confirmTrail()
			return
		default:
			u.Ask(ForTrail, engine.Request{Explain: &engine.Explain{Name: b.Name, Row: b.Row, Col: b.Col}})
			return
		}
	}
}

// applyTrailAnswer takes over an answer: what the model does not confirm is no part of the way.
func (u *Change) applyTrailAnswer(r engine.Reply) {
	i := slices.IndexFunc(u.Trail, func(b Crumb) bool { return !b.Known })
	x := r.Explained
	if i < 0 || u.Cell == nil {
		return
	}
	if x != nil && u.Trail[i].Cell != (run.Cell{Name: x.Name, Row: x.Row, Col: x.Col}) {
		return // the way has changed meanwhile; it is asked about again
	}
	next := *u.Cell
	if i+1 < len(u.Trail) {
		next = u.Trail[i+1].Cell
	}
	if !readsCell(x, u.State, next) {
		u.Trail = slices.Clone(u.Trail[i+1:])
		u.AddNotice(say.Feature.TrailLeftOut())
		return
	}
	u.Trail = slices.Clone(u.Trail)
	u.Trail[i].Value, u.Trail[i].Known = x.Value, true
}

// unconfirmTrail is called after a run: each number of the way has to be confirmed anew.
func (u *Change) unconfirmTrail() {
	u.Drop(ForTrail)
	u.read = nil
	if len(u.Trail) > 0 {
		u.Trail = unconfirmed(cellsOf(u.Trail))
	}
}

// cellsOf returns where the numbers of a way stand.
func cellsOf(trail []Crumb) (cells []run.Cell) {
	for _, b := range trail {
		cells = append(cells, b.Cell)
	}
	return cells
}

// unconfirmed makes a way of cells.
func unconfirmed(cells []run.Cell) (trail []Crumb) {
	for _, c := range cells {
		trail = append(trail, Crumb{Cell: c})
	}
	return trail
}
