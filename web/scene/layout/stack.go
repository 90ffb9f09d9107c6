package layout

import (
	"math"

	"glassbox/model"
	"glassbox/web/scene/camera"
)

// A Region is a rectangle of cells of one tensor, to be shown as one panel or, folded, as
// several.
type Region struct {
	Name      string
	Row, Rows int
	Col, Cols int
	Kind      model.Kind
	block     int
	head      int
	share     int // how many heads it stands for, one behind another; 0: one
	Reader    string
}

// A Stack is what stands in one place, one panel behind another: the slabs of a folded
// tensor, or the same tensor of every head.
type Stack struct {
	Regions      []Region
	across       bool
	W, H         int // cells of a region along x and y
	nx, ny       int // slabs of a region along x and y
	slabW, slabH int // cells of a full slab along x and y
	alongX       grain
	alongY       grain
	part         bool // of a long axis: there is more than stands here

	Wide, High float64 // of a full slab in units, once placed
}

// LongAxis is how many cells of an axis panels show at most; of a longer one, that of a vocabulary, they show a window
// of WindowCells: what a reader sees in front, and of the rest a few edges behind it.
const (
	LongAxis    = 4096
	WindowCells = 512
)

// edgePitch is the distance from one layer of a window to the next, in units of the model's extent.
const edgePitch = 0.06

// mostSlabs keeps a long axis of a narrow model from falling into thousands of slabs.
const mostSlabs = 64

// newStack returns the stack of one region. An axis that may fold and is longer than
// twice the width C of the model does, into slabs of C.
func newStack(p Region, across, foldX, foldY bool, C int) Stack {
	s := Stack{Regions: []Region{p}, across: across, W: p.Rows, H: p.Cols}
	if across {
		s.W, s.H = s.H, s.W
	}
	s.nx, s.slabW = slabs(s.W, C, foldX)
	s.ny, s.slabH = slabs(s.H, C, foldY)
	return s
}

// measure sets the size of a slab.
func (s *Stack) measure(g *grains) {
	s.Wide, s.High = g.length(s.alongX, s.slabW), g.length(s.alongY, s.slabH)
}

// Turned reports whether the rows of the tensor stand as columns.
func (s *Stack) Turned() bool { return !s.across }

// slabs returns into how many slabs n cells fold, and the size of one.
func slabs(n, C int, fold bool) (count, size int) {
	if !fold || n <= 2*C {
		return 1, n
	}
	size = max(C, (n+mostSlabs-1)/mostSlabs)
	return (n + size - 1) / size, size
}

// layers returns how many panels stand behind one another.
func (s *Stack) layers() int { return len(s.Regions) * s.nx * s.ny * s.share() }

// share returns how many heads each region stands for.
func (s *Stack) share() int { return max(1, s.Regions[0].share) }

// place returns how many places behind the front region k stands: what several heads share stands with the first of them, or
// in front if that is one of them.
func (s *Stack) place(k int, front int) int {
	n := s.share()
	if first := k * n; front >= first && front < first+n {
		return 0
	}
	return mod(k*n-front, len(s.Regions)*n)
}

// pitch returns the distance from one layer to the next. In a model of width 48 it is
// 22 units for slabs and 30 for heads; it grows with the model, but the whole stack
// stays about as deep as the model is wide.
func (s *Stack) pitch(S float64) float64 {
	pitch := 22 * S / 48
	if len(s.Regions)*s.share() > 1 {
		pitch = 30 * S / 48
	}
	if s.part {
		pitch = edgePitch * S
	}
	if n := s.layers(); n > 1 {
		pitch = min(pitch, 1.6*S/float64(n-1))
	}
	return max(pitch, 2*Depth)
}

// deep returns how far the stack reaches back.
func (s *Stack) deep(S float64) float64 { return float64(s.layers()-1) * s.pitch(S) }

// Lift returns how far what stands behind the front of a window shows above it.
func (s *Stack) Lift(S float64) float64 {
	if !s.part {
		return 0
	}
	return s.deep(S) * edgeLift
}

// edgeLift is how far a unit of depth shows above: tan 9°.
const edgeLift = 0.16

// Front says which head and which slab of a row stand in front.
type Front struct{ Head, Slab int }

// emit appends the panels of the stack, the front one's left-top corner at (x, y).
func (s *Stack) emit(panels []Panel, g *grains, x, y, pitch float64, front Front) []Panel {
	n := s.nx * s.ny
	for k, p := range s.Regions {
		place := s.place(k, front.Head)
		for i := range n {
			layer := place*n + mod(i-front.Slab, n)
			panels = s.slab(panels, g, p, i/s.ny, i%s.ny, layer, camera.V(x, y, -pitch*float64(layer)))
		}
	}
	return panels
}

// slab appends the panels of slab (i, j) of a region: one, or where its cells differ in size one for each size.
func (s *Stack) slab(panels []Panel, g *grains, p Region, i, j, layer int, at camera.Vec) []Panel {
	x0, y0 := i*s.slabW, j*s.slabH
	w, h := min(s.slabW, s.W-x0), min(s.slabH, s.H-y0)
	for _, b := range g.bands(s.alongY, h) {
		for _, a := range g.bands(s.alongX, w) {
			q := Panel{Name: p.Name, Row: p.Row + x0 + a.from, Rows: a.n, Col: p.Col + y0 + b.from, Cols: b.n, Across: s.across,
				Kind: p.Kind, Block: p.block, Head: p.head, Layer: layer, Reader: p.Reader,
				X: at.X + a.at, Y: at.Y - b.at, Z: at.Z, CellW: a.size, CellH: b.size}
			if s.across {
				q.Row, q.Rows, q.Col, q.Cols = p.Row+y0+b.from, b.n, p.Col+x0+a.from, a.n
			}
			panels = append(panels, q)
		}
	}
	return panels
}

func mod(a, n int) int { return (a%n + n) % n }

// Extent is the size of the model that distances are measured by: its width, but room
// for a label at least.
func Extent(c model.Config) float64 { return math.Max(float64(c.Width), 24) }
