package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/run"
)

// ChooseCell pins a cell, or releases it. Its panel and stage are where the reader is
// now; the camera stays, for the reader sees the cell.
func (u *Change) ChooseCell(c *run.Cell) {
	if c != nil && !u.Has(c) {
		return
	}
	u.lastPin = nil
	trail := u.continued(c)
	if u.Cell, u.Trail = c, trail; c != nil && c.Name != u.Panel {
		u.Panel, u.Stage = c.Name, u.StageOf(c.Name)
	}
	if c != nil && u.Uncover() {
		u.Frame()
	}
	u.FetchExplanation()
}

// Pointed returns the cell that the reader asks about: under the pointer, or else pinned.
func (s State) Pointed() *run.Cell {
	if s.Hover != nil {
		return s.Hover
	}
	return s.Cell
}

// Followed returns the token whose number the reader points at, or −1: that of the row,
// where rows are tokens.
func (s State) Followed() int {
	c := s.Pointed()
	if c == nil {
		return -1
	}
	i, ok := s.Info(c.Name)
	if !ok || i.Kind == model.KindWeight || i.Rows != len(s.Tokens) || c.Row >= i.Rows {
		return -1
	}
	return c.Row
}

// FetchExplanation asks how the number came about that the reader points at. One question is in
// flight at most; when its answer comes, the next is about the cell of that moment.
func (u *Change) FetchExplanation() {
	c := u.Pointed()
	if c == nil {
		u.Explained = nil
		return
	}
	if u.Waits(ForExplanation) || u.Phase != Ready || !u.Has(c) || u.Explains(c) {
		return
	}
	asked := *c
	u.asked = &asked
	u.Ask(ForExplanation, engine.Request{Explain: &engine.Explain{Name: c.Name, Row: c.Row, Col: c.Col}})
}

// Explains reports whether the explanation on the page is that of c.
func (s State) Explains(c *run.Cell) bool {
	x := s.Explained
	return x != nil && c != nil && x.Name == c.Name && x.Row == c.Row && x.Col == c.Col
}

// applyExplained takes over an answer if it still is what the reader points at.
func (u *Change) applyExplained(r engine.Reply) {
	c := u.Pointed()
	if r.Explained != nil && u.asked != nil && c != nil && *u.asked == *c {
		u.Explained = r.Explained
		if u.Cell != nil && *c == *u.Cell {
			u.read = r.Explained
		}
	}
	failed := r.Error != "" && u.asked != nil && c != nil && *u.asked == *c
	u.asked = nil
	if failed {
		u.Explained = nil // the cell went with the last run; asking again would not help
		return
	}
	u.FetchExplanation()
	u.followPending()
}

// View is the run as the reader looks at it, for whatever explains it.
func (s State) View() explain.View {
	told := s.Run
	if s.Ran.Show.Differs() {
		told = told.Unvalued() // differences are no shares, nor whatever else is told of numbers
	}
	return explain.View{Run: told, Stage: s.Stage, Panel: s.Panel, Cell: s.Pointed(), Explained: s.Explained, Facts: s.Facts,
		Next: explain.Next{Sampling: s.Sampling, Fresh: s.Ran.Equal(s.Input()), Letters: s.Choice().Letters, Typed: s.Typed(), Muted: s.Muted}}
}

// Stages returns the stages in the order of the pipeline, with where the reader is.
func Stages(s State) []run.StageInfo {
	if s.Stage == run.StageOverview && s.Panel != "" { // a link may name the panel alone
		return s.Run.Stages(s.StageOf(s.Panel))
	}
	return s.Run.Stages(s.Stage)
}

// StageNames returns the steps and weights of the stage where the reader is; none for the
// overview.
func StageNames(s State) []string { return s.Names(s.Stage) }

// Progress returns where the reader is among the steps of the model, counted from 1, and
// how many steps there are; at is 0 in the overview.
func Progress(s State) (at, of int) {
	first := s.Panel
	if names := s.framed(); len(names) > 0 {
		first = names[0]
	}
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight {
			continue
		}
		if of++; i.Name == first {
			at = of
		}
	}
	return at, of
}

// atLast returns the cell of the last row that the pin keeps to; ok is false if it keeps to none.
func (s State) atLast() (c run.Cell, ok bool) {
	if s.lastPin == nil || s.lastPin.Name != s.Panel {
		return c, false
	}
	info, _ := s.Info(s.Panel)
	return run.Cell{Name: s.Panel, Row: max(0, info.Rows-1), Col: s.lastPin.Col}, true
}

// moveLastPin takes the pin to the row that is the last one now, also back to it from a text that had none.
func (u *Change) moveLastPin() {
	c, ok := u.atLast()
	switch {
	case !ok:
	case u.linkCell != nil:
		u.linkCell = &c
	default:
		if u.Cell == nil || *u.Cell != c {
			u.Trail = nil // it led to another number
		}
		u.Cell = &c
	}
}

// settleLastPin lets the pin keep its row from now on, once the reader has pinned something else or gone elsewhere.
func (u *Change) settleLastPin() {
	if c, ok := u.atLast(); !ok || u.linkCell == nil && u.Cell != nil && *u.Cell != c {
		u.lastPin = nil
	}
}

// TokenCell returns the number that a press on token t chooses: that of the selected panel, or else the token's id.
func (s *State) TokenCell(t int) run.Cell {
	cell := run.Cell{Name: s.TokenIDs(), Row: t}
	if info, ok := s.Info(s.Panel); ok && info.Rows == len(s.Tokens) {
		cell.Name = s.Panel
		if s.Cell != nil && s.Cell.Name == s.Panel {
			cell.Col = s.Cell.Col
		}
		if info.Causal {
			cell.Col = min(cell.Col, t)
		}
	}
	return cell
}
