package scene

import (
	"math"

	"glassbox/model"
)

// A part is a rectangle of cells of one tensor, to be shown as one panel or, folded, as
// several.
type part struct {
	name      string
	row, rows int
	col, cols int
	kind      model.Kind
	block     int
	head      int
	reader    string
}

// A stack is what stands in one place, one panel behind another: the slabs of a folded
// tensor, or the same tensor of every head.
type stack struct {
	parts  []part
	across bool
	w, h   int // cells of a part along x and y
	nx, ny int // slabs of a part along x and y
	sw, sh int // cells of a full slab along x and y
}

// Longer axes are virtualised: a panel shows a window of this many.
const windowCells = 4096

// mostSlabs keeps a long axis of a narrow model from falling into thousands of slabs.
const mostSlabs = 64

// newStack returns the stack of one part. An axis that may fold and is longer than
// twice the width C of the model does, into slabs of C.
func newStack(p part, across, foldX, foldY bool, C int) stack {
	s := stack{parts: []part{p}, across: across, w: p.rows, h: p.cols}
	if across {
		s.w, s.h = s.h, s.w
	}
	s.nx, s.sw = slabs(s.w, C, foldX)
	s.ny, s.sh = slabs(s.h, C, foldY)
	return s
}

// slabs returns into how many slabs n cells fold, and the size of one.
func slabs(n, C int, fold bool) (count, size int) {
	if !fold || n <= 2*C {
		return 1, n
	}
	size = max(C, (n+mostSlabs-1)/mostSlabs)
	return (n + size - 1) / size, size
}

// layers returns how many panels stand behind one another.
func (s *stack) layers() int { return len(s.parts) * s.nx * s.ny }

// pitch returns the distance from one layer to the next. In a model of width 48 it is
// 22 units for slabs and 30 for heads; it grows with the model, but the whole stack
// stays about as deep as the model is wide.
func (s *stack) pitch(S float64) float64 {
	pitch := 22 * S / 48
	if len(s.parts) > 1 {
		pitch = 30 * S / 48
	}
	if n := s.layers(); n > 1 {
		pitch = min(pitch, 1.6*S/float64(n-1))
	}
	return max(pitch, 2*depth)
}

// deep returns how far the stack reaches back.
func (s *stack) deep(S float64) float64 { return float64(s.layers()-1) * s.pitch(S) }

// turned says which head and which slab of a row stand in front.
type turned struct{ head, slab int }

// emit appends the panels of the stack, the front one's left-top corner at (x, y).
func (s *stack) emit(panels []Panel, x, y, pitch float64, front turned) []Panel {
	n := s.nx * s.ny
	for k, p := range s.parts {
		place := mod(k-front.head, len(s.parts))
		for i := range n {
			layer := place*n + mod(i-front.slab, n)
			panels = append(panels, s.slab(p, i/s.ny, i%s.ny, layer, x, y, -pitch*float64(layer)))
		}
	}
	return panels
}

// slab returns the panel of slab (i, j) of a part.
func (s *stack) slab(p part, i, j, layer int, x, y, z float64) Panel {
	x0, y0 := i*s.sw, j*s.sh
	w, h := min(s.sw, s.w-x0), min(s.sh, s.h-y0)
	if s.across {
		x0, y0, w, h = y0, x0, h, w
	}
	return Panel{Name: p.name, Row: p.row + x0, Rows: w, Col: p.col + y0, Cols: h, Across: s.across,
		Kind: p.kind, Block: p.block, Head: p.head, Layer: layer, Reader: p.reader, X: x, Y: y, Z: z}
}

func mod(a, n int) int { return (a%n + n) % n }

// extent is the size of the model that distances are measured by: its width, but room
// for a label at least.
func extent(c model.Config) float64 { return math.Max(float64(c.Width), 24) }
