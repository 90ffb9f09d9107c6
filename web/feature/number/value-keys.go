package number

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
)

// CellID names the button of a cell, so that the focus can follow.
func (c *ValueTable) CellID(r, k int) string { return "cell-" + c.Cell(r, k) }

// Stop makes the table one stop of the Tab key: the selected cell, or the first.
func (c *ValueTable) Stop(r, k int) int {
	if r == c.atRow && k == c.atCol {
		return 0
	}
	return -1
}

// Key walks through the cells: arrows by one, Page Up and Page Down by a page of rows,
// Home and End along the row.
func (c *ValueTable) Key(event vugu.DOMEvent) {
	r, k, ok := parseCell(event.PropString("target", "dataset", "cell"))
	if !ok {
		return
	}
	switch event.PropString("key") {
	case "ArrowLeft":
		k--
	case "ArrowRight":
		k++
	case "ArrowUp":
		r--
	case "ArrowDown":
		r++
	case "PageUp":
		r = max(r-pageRows, 0)
	case "PageDown":
		r = min(r+pageRows, c.high-1)
	case "Home":
		k = 0
	case "End":
		k = c.wide - 1
	default:
		return
	}
	event.PreventDefault()
	if r < 0 || k < 0 || r >= c.high || k >= c.wide {
		return
	}
	c.Screen.Send(feature.CellMoved{Cell: &run.Cell{Name: c.name, Row: r, Col: k}})
	c.Screen.Do(feature.Focus{ID: c.CellID(r, k)})
}

// Focused marks the cell in the scene that has the focus here.
func (c *ValueTable) Focused(event vugu.DOMEvent) {
	if r, k, ok := parseCell(event.PropString("target", "dataset", "cell")); ok {
		c.Screen.Send(feature.CellHovered{Cell: &run.Cell{Name: c.name, Row: r, Col: k}})
	}
}

// Left takes that mark away.
func (c *ValueTable) Left() { c.Screen.Send(feature.CellHovered{}) }

// parseCell reads what Cell writes.
func parseCell(s string) (r, k int, ok bool) {
	row, col, _ := strings.Cut(s, ".")
	r, err := strconv.Atoi(row)
	if err != nil {
		return 0, 0, false
	}
	k, err = strconv.Atoi(col)
	return r, k, err == nil
}
