package attention

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/scene/paint"
)

// Matrix draws the numbers of a head at the step that is shown, a cell for each, in the
// colours that they have in the scene. Cells of one colour are one path, so that a long text
// costs no more elements than a short one.
type Matrix struct {
	Screen     *feature.Screen
	Head       string
	Rows, Cols []int // that are shown
	Marked     bool  // the pair is marked

	paths  []Paint // of this build
	hidden string  // the masked cells
}

// A Paint is the cells of one colour.
type Paint struct{ Fill, D string }

// A drawing is what was drawn of a head last, kept until its numbers, the colours or the
// window change: components hold no state, and a matrix may be pointed at many times.
type drawing struct {
	first    *float32
	look     Look
	theme    paint.Theme
	rows     [2]int
	cols     [2]int
	norm     float64
	paths    []Paint
	hidden   string
	revision int
}

// shades is how many colours a matrix is drawn in, an odd number so that one is that of zero.
const shades = 33

// Compute draws the cells, unless they are drawn already.
func (c *Matrix) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.paths, c.hidden = nil, ""
	v, ok := Of(s).Look.Values(s, c.Head)
	if !ok || len(v.Data) == 0 || len(c.Rows) == 0 || len(c.Cols) == 0 {
		return
	}
	want := drawing{first: &v.Data[0], look: Of(s).Look, theme: c.Screen.Theme, norm: lookNorm(c.Screen),
		rows: [2]int{c.Rows[0], len(c.Rows)}, cols: [2]int{c.Cols[0], len(c.Cols)}, revision: len(v.Data)}
	had, ok := c.Screen.Drawn[c.Head].(drawing)
	if c.paths, c.hidden = had.paths, had.hidden; ok {
		if had.paths, had.hidden = nil, ""; had.same(want) {
			return
		}
	}
	c.paths, c.hidden = c.draw(v, want.norm)
	want.paths, want.hidden = c.paths, c.hidden
	if c.Screen.Drawn == nil {
		c.Screen.Drawn = map[string]any{}
	}
	c.Screen.Drawn[c.Head] = want
}

func (d drawing) same(o drawing) bool {
	return d.first == o.first && d.look == o.look && d.theme == o.theme && d.rows == o.rows && d.cols == o.cols && d.norm == o.norm && d.revision == o.revision
}

// lookNorm is the value of the last colour: 1 for shares, otherwise the largest of all heads,
// so that they can be compared.
func lookNorm(c *feature.Screen) float64 {
	s := c.State
	if Of(s).Look == LookShares {
		return 1
	}
	largest := 0.0
	for _, name := range HeadsOf(s) {
		if v, ok := Of(s).Look.Values(s, name); ok {
			for _, x := range v.Data {
				if size := math.Abs(float64(x)); size > largest && !math.IsInf(size, 0) {
					largest = size
				}
			}
		}
	}
	if largest == 0 {
		return 1
	}
	return largest
}

// draw sorts the cells by colour.
func (c *Matrix) draw(v engine.Values, norm float64) (paths []Paint, hidden string) {
	var by [shades + 1]strings.Builder
	for y, r := range c.Rows {
		for x, k := range c.Cols {
			if r >= v.Rows || k >= v.Cols {
				continue
			}
			at := shades // masked
			if n := float64(v.Data[r*v.Cols+k]); n == n {
				at = int(math.Round((min(1, max(-1, n/norm)) + 1) / 2 * (shades - 1)))
			}
			b := &by[at]
			b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h1v1h-1z")
		}
	}
	for i := range shades {
		if by[i].Len() > 0 {
			paths = append(paths, Paint{c.Screen.Colour(float64(i)/(shades-1)*2 - 1), by[i].String()})
		}
	}
	return paths, by[shades].String()
}

// Class makes masked cells stand out where the step is about them.
func (c *Matrix) Class() string {
	return feature.Choose(Of(c.Screen.State).Look == LookMasked, "cells masks", "cells")
}

// Box is the window in cells.
func (c *Matrix) Box() string {
	return "0 0 " + strconv.Itoa(max(1, len(c.Cols))) + " " + strconv.Itoa(max(1, len(c.Rows)))
}

// Pair rings the cell of the pair; of what was gathered, its row.
func (c *Matrix) Pair() string {
	s := c.Screen.State
	p, ok := Shown(s)
	if !ok || len(c.Rows) == 0 || len(c.Cols) == 0 {
		return ""
	}
	x, y, w := p.Key-c.Cols[0], p.Query-c.Rows[0], 1
	if Of(s).Look == LookMix {
		x, w = 0, len(c.Cols)
	}
	return "M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + strconv.Itoa(w) + "v1h-" + strconv.Itoa(w) + "z"
}
