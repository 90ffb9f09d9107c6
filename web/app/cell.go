package app

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// chooseCell pins a cell, or releases it. Its panel and stage are where the reader is
// now; the camera stays, for the reader sees the cell.
func (u *update) chooseCell(c *run.Cell) {
	if c != nil && !u.Has(c) {
		return
	}
	trail := u.continued(c)
	if u.Cell, u.Trail = c, trail; c != nil && c.Name != u.Panel {
		u.Panel, u.Stage = c.Name, u.StageOf(c.Name)
	}
	if c != nil && u.Sizes != "" {
		u.Sizes = ""
		u.frame()
	}
	u.fetchExplanation()
}

// pointed returns the cell that the reader asks about: under the pointer, or else pinned.
func (s State) pointed() *run.Cell {
	if s.Hover != nil {
		return s.Hover
	}
	return s.Cell
}

// Followed returns the token whose number the reader points at, or −1: that of the row,
// where rows are tokens.
func (s State) Followed() int {
	c := s.pointed()
	if c == nil {
		return -1
	}
	i, ok := s.Info(c.Name)
	if !ok || i.Kind == model.KindWeight || i.Rows != len(s.Tokens) || c.Row >= i.Rows {
		return -1
	}
	return c.Row
}

// fetchExplanation asks how the number came about that the reader points at. One question is in
// flight at most; when its answer comes, the next is about the cell of that moment.
func (u *update) fetchExplanation() {
	c := u.pointed()
	if c == nil {
		u.Explained = nil
		return
	}
	if u.requests.pending(forExplanation) || u.Phase != Ready || !u.Has(c) || u.answers(c) {
		return
	}
	asked := *c
	u.asked = &asked
	u.request(forExplanation, engine.Request{Explain: &engine.Explain{Name: c.Name, Row: c.Row, Col: c.Col}})
}

// answers reports whether the explanation on the page is that of c.
func (s State) answers(c *run.Cell) bool {
	x := s.Explained
	return x != nil && c != nil && x.Name == c.Name && x.Row == c.Row && x.Col == c.Col
}

// applyExplained takes over an answer if it still is what the reader points at.
func (u *update) applyExplained(r engine.Reply) {
	c := u.pointed()
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
	u.fetchExplanation()
	u.followPending()
}
