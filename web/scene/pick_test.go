package scene

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/scenetest"
)

// cellAt picks at the middle of a cell.
func cellAt(t testing.TB, s *Scene, c Cell) Hit {
	t.Helper()
	r, ok := s.CellRect(c)
	if !ok {
		t.Fatalf("%v is not shown", c)
	}
	hit, ok := s.Pick(r.X+r.W/2, r.Y+r.H/2)
	if !ok {
		t.Fatalf("there is nothing at %v", c)
	}
	return hit
}

func TestTheMiddleOfACellPicksThatCell(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	s := framed(t, 1080, 724)
	tried := 0
	for _, view := range [][]string{nil, names(t, scenetest.Nano, "h.0.attn.head.0"), names(t, scenetest.Nano, "h.2.mlp"), {"logits", "sample.token"}} {
		s.FlyTo(view, 0)
		s.Frame(0)
		l := s.lens()
		for range 2000 {
			i := r.IntN(len(s.plan.Panels))
			p := &s.plan.Panels[i]
			w, h := p.Size()
			if p.Layer > 0 {
				continue // something may stand before it
			}
			u, v := r.IntN(w), r.IntN(h)
			x, y, ok := l.Project(p.Centre(u, v))
			if !ok {
				continue
			}
			hit, ok := s.Pick(float32(x), float32(y))
			row, col := p.Cell(u, v)
			if ok && hit.Panel != i && s.plan.Panels[hit.Panel].Layer == 0 {
				continue // a neighbour's side is nearer to the eye
			}
			if !ok || hit.Name != p.Name || hit.Row != row || hit.Col != col || !hit.Cell {
				t.Fatalf("at (%d, %d) of %s the pick is %+v", row, col, p.Name, hit)
			}
			tried++
		}
	}
	if tried < 500 {
		t.Errorf("only %d cells were tried", tried)
	}
}

func TestAFingerFindsTheNearestCell(t *testing.T) {
	s := framed(t, 1080, 724)
	s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
	s.Frame(0)
	r, _ := s.CellRect(Cell{"h.0.attn.head.0.scores", 10, 10})
	if _, ok := s.Pick(r.X+r.W+9, r.Y+r.H/2); ok {
		t.Fatal("there is something right of the panel")
	}
	hit, ok := s.PickNear(r.X+r.W+9, r.Y+r.H/2, 22)
	if !ok || hit.Name != "h.0.attn.head.0.scores" || hit.Row != 10 {
		t.Errorf("the finger finds %+v", hit)
	}
	if hit, ok := s.PickNear(5, 5, 22); ok {
		t.Errorf("in the empty corner the finger finds %+v", hit)
	}
}

// away is how far a point of the canvas lies from a rectangle of it.
func away(r camera.Rect, x, y float32) float64 {
	return math.Hypot(float64(max(r.X-x, x-r.X-r.W, 0)), float64(max(r.Y-y, y-r.Y-r.H, 0)))
}

// TestNoCellIsMuchNearerThanTheOneThatAFingerFinds: a ring is a quarter of what the finger covers. And whatever it
// covers is found, up to its rim.
func TestNoCellIsMuchNearerThanTheOneThatAFingerFinds(t *testing.T) {
	const radius = 22
	r := rand.New(rand.NewPCG(8, 9))
	s := framed(t, 1080, 724)
	tried := 0
	for _, view := range [][]string{{"h.0.attn.head.0.scores"}, {"h.1.mlp.up"}, {"h.0.ln_1"}, {"h.2.attn.head.1.query"}} {
		s.FlyTo(view, 0)
		s.Frame(0)
		for range 900 {
			x, y := r.Float32()*1080, r.Float32()*724
			if hit, ok := s.Pick(x, y); ok && hit.Cell {
				continue
			}
			nearest := math.Inf(1)
			for dy := -float32(radius); dy <= radius; dy += 2 {
				for dx := -float32(radius); dx <= radius; dx += 2 {
					if d := math.Hypot(float64(dx), float64(dy)); d < nearest && d <= radius {
						if hit, ok := s.Pick(x+dx, y+dy); ok && hit.Cell {
							nearest = d
						}
					}
				}
			}
			hit, ok := s.PickNear(x, y, radius)
			if !ok {
				continue // a corner may lie between the directions in which it feels
			}
			rect, _ := s.CellRect(Cell{hit.Name, hit.Row, hit.Col})
			if p := &s.plan.Panels[hit.Panel]; p.Layer > 0 || len(s.plan.ByName[hit.Name]) > 1 {
				continue // it may be shown elsewhere too
			}
			if d := away(rect, x, y); d > radius || d > nearest+radius/4+1 {
				t.Fatalf("at (%.0f, %.0f) a finger finds %v, %.1f pixels away; another cell is %.1f away", x, y, hit, d, nearest)
			}
			tried++
		}
	}
	if tried < 100 {
		t.Errorf("only %d places were tried", tried)
	}
	s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
	s.Frame(0)
	last, _ := s.CellRect(Cell{"h.0.attn.head.0.scores", 10, 10})
	for _, share := range []float32{0.1, 0.3, 0.5, 0.7, 0.95} {
		hit, ok := s.PickNear(last.X+last.W+2+share*(radius-2), last.Y+last.H/2, radius)
		if !ok || hit.Row != 10 || hit.Col != 10 {
			t.Errorf("at %.0f %% of its reach the finger finds %v, %t", 100*share, hit, ok)
		}
	}
	if hit, ok := s.PickNear(last.X+last.W+radius+4, last.Y+last.H/2, radius); ok {
		t.Errorf("beyond its reach the finger finds %v", hit)
	}
}

func TestArrowsWalkAsTheScreenShows(t *testing.T) {
	s := framed(t, 1080, 724)
	for _, c := range []struct {
		from   Cell
		dx, dy int
		to     Cell
		ok     bool
	}{
		{Cell{"h.0.ln_1", 3, 7}, 1, 0, Cell{"h.0.ln_1", 4, 7}, true},
		{Cell{"h.0.ln_1", 3, 7}, 0, 1, Cell{"h.0.ln_1", 3, 8}, true},
		{Cell{"h.0.ln_1", 10, 7}, 1, 0, Cell{}, false},
		{Cell{"h.0.mlp.up", 2, 47}, 0, 1, Cell{"h.0.mlp.up", 2, 48}, true}, // into the slab behind
		{Cell{"lm_head.weight", 1, 7}, 1, 0, Cell{"lm_head.weight", 1, 8}, true},
		{Cell{"lm_head.weight", 1, 7}, 0, 1, Cell{"lm_head.weight", 2, 7}, true},
		{Cell{"nothing", 0, 0}, 1, 0, Cell{}, false},
	} {
		got, ok := s.Neighbour(c.from, c.dx, c.dy)
		if ok != c.ok || ok && got != c.to {
			t.Errorf("from %v by (%d, %d) to %v, %v; expected %v, %v", c.from, c.dx, c.dy, got, ok, c.to, c.ok)
		}
	}
}

func TestALongAxisShowsAWindowThatMoves(t *testing.T) {
	c := model.Config{Vocab: 50257, Context: 64, Width: 96, Heads: 2, Blocks: 1, Tied: true}
	s := New()
	s.SetSteps(c, scenetest.Outline(t, c, 3))
	s.Frame(0)
	if row, rows, _, cols := s.Window("wte.weight"); row != 0 || rows != layout.WindowCells || cols != 96 {
		t.Errorf("the window shows %d rows from %d on and %d columns", rows, row, cols)
	}
	if !s.SetWindow("wte.weight", 50000, 0) {
		t.Fatal("the window does not move")
	}
	s.Frame(1)
	if row, rows, _, _ := s.Window("wte.weight"); row != 50257-layout.WindowCells || rows != layout.WindowCells {
		t.Errorf("at the end the window shows %d rows from %d on", rows, row)
	}
	if _, ok := s.CellRect(Cell{"wte.weight", 50256, 0}); !ok {
		t.Error("the last word is not shown")
	}
	if _, ok := s.CellRect(Cell{"wte.weight", 0, 0}); ok {
		t.Error("the first word is still shown")
	}
}
