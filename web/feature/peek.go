package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

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
	if !ok || !run.IsLong(i) || u.Phase != Ready || u.Opening != nil || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForTablePage) || i.Rows == 0 {
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
