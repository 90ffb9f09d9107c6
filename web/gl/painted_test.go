package gl

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/web/gl/testdata/known"
	"glassbox/web/golden"
	"glassbox/web/scene/paint"
)

// pictures are known pictures: panels with values of all kinds, piles, towers from near and far, with shadows and arrows.
func pictures() map[string]*paint.Batch {
	odd := known.Field(paint.Light, 20, func(i, j int) float32 {
		return []float32{paint.Masked, paint.NotFinite, 1, -1, 0, 0.4, -0.4}[(i+3*j)%7]
	})
	return map[string]*paint.Batch{
		"grid": known.Grid(paint.Light), "dark": known.Grid(paint.Dark), "odd": odd, "far": known.Checker(paint.Light, 0.4), "further": known.Checker(paint.Dark, 0.05),
		"pile":  known.Stack(paint.Light, 0.3, 0.2, known.Pile{}),
		"tower": known.Tower(paint.Light, 30, 320, 240, 1, 1, 0.2), "near": known.Tower(paint.Dark, 30, 320, 240, 1, 12, -0.4), "fine": known.Tower(paint.Light, 8, 160, 120, 2, 4, 0),
	}
}

// TestPicturesArePaintedAsBefore without a GPU: the golden files have the mean light of each row and of each column of
// pixels, and single pixels.
func TestPicturesArePaintedAsBefore(t *testing.T) {
	for name, b := range pictures() {
		var out strings.Builder
		e := painted(b)
		fmt.Fprintf(&out, "== %s, %d pixels wide, %d high\n", name, e.width, e.height)
		across := make([][3]float64, e.width)
		for y := range e.height {
			var row [3]float64
			for x := range e.width {
				for k := range row {
					v := float64(e.pix[4*(y*e.width+x)+k])
					row[k] += v / float64(e.width)
					across[x][k] += v / float64(e.height)
				}
			}
			if y%3 == 0 {
				fmt.Fprintf(&out, "row %d: %.2f\n", y, row)
			}
			if y%11 == 5 {
				for x := 7; x < e.width; x += 31 {
					fmt.Fprintf(&out, " %.1f", float64(e.pix[4*(y*e.width+x)])+0.1)
				}
				fmt.Fprintln(&out)
			}
		}
		for x := 0; x < len(across); x += 3 {
			fmt.Fprintf(&out, "column %d: %.2f\n", x, across[x])
		}
		golden.Compare(t, "painted-"+name, out.String())
	}
}

// TestTheDeviceIsToldAsBefore what to draw, frame by frame, and when it is told again.
func TestTheDeviceIsToldAsBefore(t *testing.T) {
	var out strings.Builder
	f := newFake()
	r := newRenderer(f)
	frame := func(what string, b *paint.Batch) {
		r.Draw(b)
		stats := r.Stats()
		fmt.Fprintf(&out, "\n== %s\n%s\nblock %.4v\nlabels %.4v\nstats %s\n", what, f.take(), f.matrix, f.labelled, golden.Text(stats, "Millis", "FrameMillis"))
	}
	grid := known.Grid(paint.Light)
	frame("a first frame", grid)
	frame("the same", grid)
	grid.View.Matrix[12] += 0.25
	frame("another view", grid)
	grid.Labels = grid.Labels[:1]
	frame("a label less", grid)
	grid.Seen = []paint.Span{{From: 0, To: 1}}
	frame("one panel", grid)
	grid.Theme = paint.Dark
	frame("another theme", grid)
	frame("another picture", known.Tower(paint.Light, 12, 320, 240, 2, 1, 0.2))
	frame("a picture from near", known.Tower(paint.Dark, 12, 640, 240, 1, 9, 0.6))
	golden.Compare(t, "device", out.String())
}
