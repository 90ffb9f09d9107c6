package number

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// ValueTable shows the numbers of the selected panel as a table, for those who don't use
// the scene. It has the size of a page, and turns to the one on which the selected cell
// is; each number can be pressed.
type ValueTable struct {
	Screen       *feature.Screen
	rows, cols   []int // on the page, of this build
	high, wide   int   // of the panel
	name         string
	atRow, atCol int // the selected cell, or the first
}

// pageRows and pageCols are the size of a page.
const pageRows, pageCols = feature.TableRows, feature.TableCols

// Compute finds the page.
func (c *ValueTable) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	info, _ := s.Info(s.Panel)
	c.name, c.high, c.wide = info.Name, info.Rows, info.Cols
	c.atRow, c.atCol = s.TableAt(info)
	c.rows, c.cols = view.Page(c.atRow, pageRows, c.high), view.Page(c.atCol, pageCols, c.wide)
}

// Caption says which part of the panel is shown.
func (c *ValueTable) Caption() string {
	return say.Numbers.TablePage(view.Span(c.rows), c.high, view.Span(c.cols), c.wide)
}

// Corner names what the rows and the columns stand for.
func (c *ValueTable) Corner() string {
	rows, cols := c.Screen.State.Axes(c.name)
	return rows + " / " + cols
}

// Row heads row r with the token or word that it stands for, or with its number.
func (c *ValueTable) Row(r int) string { return c.Screen.State.Heading(c.name, r, false) }

// Column heads column k.
func (c *ValueTable) Column(k int) string { return c.Screen.State.Heading(c.name, k, true) }

// Number returns the cell's number, a dot where it is masked or not here yet.
func (c *ValueTable) Number(r, k int) string {
	v, ok := c.Screen.State.At(c.name, r, k)
	if !ok || v != v {
		return "·"
	}
	info, _ := c.Screen.State.Info(c.name)
	return run.Written(info.Op, v, say.Rounded[float32])
}

// Cell returns where the cell stands, for the page's tests.
func (c *ValueTable) Cell(r, k int) string { return strconv.Itoa(r) + "." + strconv.Itoa(k) }

// Label reads the cell aloud.
func (c *ValueTable) Label(r, k int) string {
	number := c.Number(r, k)
	return say.Numbers.TableCell(c.Row(r), c.Column(k), feature.Choose(number == "·", say.Numbers.NoNumber(), number))
}

// Class tells the selected cell, and the sign of the others.
func (c *ValueTable) Class(r, k int) string {
	if c.here(r, k) {
		return "this"
	}
	if v, ok := c.Screen.State.At(c.name, r, k); ok && v < 0 {
		return "negative"
	}
	return ""
}

func (c *ValueTable) here(r, k int) bool {
	cell := c.Screen.State.Cell
	return cell != nil && cell.Name == c.name && cell.Row == r && cell.Col == k
}

// Pressed says whether the cell is selected.
func (c *ValueTable) Pressed(r, k int) string { return feature.Choose(c.here(r, k), "true", "false") }

// Choose selects the cell.
func (c *ValueTable) Choose(r, k int) {
	c.Screen.Send(feature.CellChosen{Cell: &run.Cell{Name: c.name, Row: r, Col: k}})
}

// next returns the cell one page further down and to the right; negative: back.
func (c *ValueTable) next(down, right int) (r, k int) {
	return (c.atRow/pageRows + down) * pageRows, (c.atCol/pageCols + right) * pageCols
}

// Edge reports whether there is no page in that direction.
func (c *ValueTable) Edge(down, right int) bool {
	r, k := c.next(down, right)
	return r < 0 || k < 0 || r >= c.high || k >= c.wide
}

// Turn selects the first cell of the page in that direction.
func (c *ValueTable) Turn(down, right int) { c.Choose(c.next(down, right)) }
