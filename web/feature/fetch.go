package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// The numbers of a large model come in portions after a run: first those that the reader
// looks at, or that a feature tells of, then the others in the order of the pipeline, as long as there is room.
const (
	heavyRun    = 1 << 20 // numbers of a full context, in all blocks, from which a model is large
	portion     = 1 << 18 // values of a reply: 1 MB, a few milliseconds
	mostUnasked = 1 << 21 // values of steps, and as many of weights, that come without being looked at
	mostOfOne   = 1 << 22 // values of a tensor that are sent at all
)

// want returns what a run sends with its reply: everything, or nothing of a large model.
func (s State) want() []string {
	if s.heavy {
		return []string{}
	}
	return nil
}

// keptTokens returns how many of the first tokens are those that are on the page.
func (s State) keptTokens(tokens []engine.Token) (n int) {
	if s.Applied == 0 {
		return 0
	}
	for n < min(len(tokens), len(s.Tokens)) && tokens[n].ID == s.Tokens[n].ID {
		n++
	}
	return n
}

// A fetchKey is what decides which numbers have to be here.
type fetchKey struct {
	run   int // whose numbers they are
	stage run.Stage
	panel string
	spot  string
}

func (s State) fetchKey() fetchKey { return fetchKey{s.Applied, s.Stage, s.Panel, s.Spot()} }

// Fetching reports whether numbers of the present run are on their way.
func Fetching(s State) bool { return s.Waits(ForRows) }

// fetch asks for the next portion of numbers that are missing.
func (u *Change) fetch() {
	if u.Phase != Ready || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForRows) || u.Suspended() || u.fetched == u.fetchKey() {
		return
	}
	rows := u.missing()
	if len(rows) == 0 {
		u.fetched = u.fetchKey()
		return
	}
	u.Ask(ForRows, engine.Request{Read: &engine.Read{Rows: rows}})
}

// missing lists rows that the page lacks, up to a portion.
func (s State) missing() (rows []engine.Tensor) {
	room := portion
	held := map[bool]int{} // values that are here: of weights, of steps
	for _, i := range s.Steps {
		held[i.Kind == model.KindWeight] += len(s.Held(i.Name).Data)
	}
	taken := map[string]bool{}
	add := func(i model.Info) {
		name := i.Name
		high, wide := run.Shown(i.Rows), run.Shown(i.Cols)
		if taken[name] || room == 0 || wide == 0 || high*wide > mostOfOne {
			return
		}
		from := 0
		if v := s.Held(name); v.Cols == wide {
			from = v.Rows
		}
		if n := min(high-from, max(room/wide, 1)); n > 0 {
			taken[name] = true
			row, col := s.Origin(i)
			part := engine.Tensor{Name: name, From: row + from, To: row + from + n}
			if wide < i.Cols {
				part.Col, part.Cols = col, wide
			}
			rows = append(rows, part)
			room = max(room-n*wide, 0)
			held[i.Kind == model.KindWeight] += n * wide
		}
	}
	for _, name := range append([]string{s.Panel}, s.Names(s.Stage)...) {
		if i, ok := s.Info(name); ok {
			add(i)
			for _, in := range i.Inputs { // stands beside it: not the weights of another stage, which are many numbers
				if from, ok := s.Info(in.Name); ok && (run.IsLong(from) || from.Kind != model.KindWeight) {
					add(from)
				}
			}
		}
	}
	for _, name := range s.needs() {
		if i, ok := s.Info(name); ok {
			add(i)
		}
	}
	for _, i := range s.Steps {
		if held[i.Kind == model.KindWeight] < mostUnasked {
			add(i)
		}
	}
	return rows
}

// applyRows takes over a portion.
func (u *Change) applyRows(r engine.Reply) {
	if r.Error != "" || len(r.Read) == 0 {
		u.fetched = u.fetchKey()
		return
	}
	list := u.OfWindow(r.Read)
	u.Run = u.WithValues(list)
	u.Do(ShowValues{list})
}

// The size of a page of the table of numbers.
const TableRows, TableCols = 8, 5

// A tablePage is the page of the table of numbers of a tensor with a long axis, whose numbers
// are sent for that page alone.
type tablePage struct {
	run      int
	name     string
	row, col int
}

// TableAt returns the cell whose page the table of numbers shows: the selected one, or else
// the first; over a vocabulary that of the last token, or what most likely follows it.
func (s State) TableAt(i model.Info) (row, col int) {
	if s.Cell != nil && s.Cell.Name == i.Name {
		return s.Cell.Row, s.Cell.Col
	}
	switch last := len(s.Tokens) - 1; {
	case last < 0 || !run.IsLong(i):
	case i.RowAxis == model.AxisWord && s.Tokens[last].ID < i.Rows:
		return s.Tokens[last].ID, 0
	case i.ColAxis == model.AxisWord && len(s.Candidates) > 0 && s.Candidates[0].ID < i.Cols:
		return max(i.Rows-1, 0), s.Candidates[0].ID
	}
	return 0, 0
}

// fetchTablePage asks for the numbers of the page that the table of a long panel shows.
func (u *Change) fetchTablePage() {
	i, ok := u.Info(u.Panel)
	if !ok || !run.IsLong(i) || u.Phase != Ready || u.Suspended() || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForTablePage) || i.Rows == 0 {
		return
	}
	row, col := u.TableAt(i)
	row, col = row/TableRows*TableRows, col/TableCols*TableCols
	want := tablePage{u.Applied, i.Name, row, col}
	if i.Kind == model.KindWeight {
		want.run = 0 // they don't change
	}
	if u.peeked == want {
		return
	}
	u.peeked = want
	u.Ask(ForTablePage, engine.Request{Tensor: &engine.Tensor{Name: i.Name, From: row, To: min(row+TableRows, i.Rows),
		Col: col, Cols: min(TableCols, i.Cols-col)}})
}

// applyTablePage takes over the numbers of a page.
func (u *Change) applyTablePage(r engine.Reply) {
	if r.Values != nil {
		u.Page = *r.Values
	}
}
