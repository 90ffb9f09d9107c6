package scene

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// framed returns a scene of the small model, at rest on a canvas.
// finite reports whether x is a number.
func finite(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }

func framed(t testing.TB, w, h int) *Scene {
	s := madeUp(t, scenetest.Nano, 11)
	s.SetMotion(false)
	s.SetSize(w, h, 1)
	s.Frame(0)
	return s
}

func TestTheWholeTowerIsInTheFirstView(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {390, 400}, {700, 620}, {1600, 900}, {320, 380}} {
		s := framed(t, size[0], size[1])
		l := s.lens()
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for i := range s.plan.Panels {
			bx0, by0, bx1, by1, _ := l.Rect(s.plan.Panels[i].Box())
			x0, y0, x1, y1 = min(x0, bx0), min(y0, by0), max(x1, bx1), max(y1, by1)
		}
		w, h := float64(size[0]), float64(size[1])
		if x0 < 0 || y0 < 0 || x1 > w || y1 > h {
			t.Errorf("%v: the tower stands at %.0f…%.0f, %.0f…%.0f", size, x0, x1, y0, y1)
		}
		if (x1-x0)/w < 0.70 && (y1-y0+chipRoom)/h < 0.90 {
			t.Errorf("%v: the tower fills %.0f %% of the width and %.0f %% of the height", size, (x1-x0)/w*100, (y1-y0+chipRoom)/h*100)
		}
		if spine := (x0 + x1) / 2; math.Abs(spine-w/2) > 0.1*w {
			t.Errorf("%v: the tower's middle is at %.0f", size, spine)
		}
	}
}

func TestZoomKeepsThePointUnderTheCursor(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s := framed(t, 1080, 724)
	for range 300 {
		s.Fit(0)
		s.Orbit(float32(r.NormFloat64()*80), float32(r.NormFloat64()*40))
		x, y := 300+r.Float32()*480, 200+r.Float32()*300
		l := s.lens()
		p := s.depthAt(&l, x, y)
		if hit, ok := s.Pick(x, y); !ok || !hit.Cell {
			continue
		}
		for range 1 + r.IntN(12) {
			s.ZoomAt(x, y, 1+r.Float32()*0.5)
		}
		l = s.lens()
		if gx, gy, ok := l.Project(p); !ok || math.Hypot(gx-float64(x), gy-float64(y)) > 1.5 {
			t.Fatalf("what was at (%.1f, %.1f) is at (%.1f, %.1f) after zooming", x, y, gx, gy)
		}
	}
}

func TestComingCloseNeverLeavesABlankCanvas(t *testing.T) {
	s := framed(t, 1080, 724)
	hit := cellAt(t, s, Cell{"h.1.residual_1", 4, 20})
	for range 200 {
		s.ZoomAt(hit.X, hit.Y, 1.15)
	}
	b, _ := s.Frame(1)
	if again, ok := s.Pick(hit.X, hit.Y); !ok || again.Name != hit.Name || again.Row != hit.Row || again.Col != hit.Col {
		t.Errorf("after zooming into %v there is %v", hit, again)
	}
	for _, v := range b.View.Matrix {
		if !finite(float64(v)) {
			t.Fatalf("the matrix is %v", b.View.Matrix)
		}
	}
	p := s.plan.Panels[hit.Panel]
	l := s.lens()
	if depth := clipDepth(b, p.Centre(mustSpot(&p, hit.Row, hit.Col))); depth < -1 || depth > 1 {
		t.Errorf("the cell lies at depth %.3f of the clip cube, %.1f units away", depth, l.Dist)
	}
	for range 400 {
		s.ZoomAt(10, 10, 0.8)
	}
	if s.pose.Span > 3*s.whole {
		t.Errorf("zooming out ends at %.0f units; the tower has %.0f", s.pose.Span, s.whole)
	}
}

// mustSpot is Spot for a cell that the panel shows.
func mustSpot(p *layout.Panel, row, col int) (int, int) {
	i, j, _ := p.Spot(row, col)
	return i, j
}

// clipDepth returns z of a point in the clip cube, by the batch's own matrix.
func clipDepth(b *paint.Batch, p camera.Vec) float64 {
	m := b.View.Matrix
	row := func(r int) float64 {
		return float64(m[r])*p.X + float64(m[4+r])*p.Y + float64(m[8+r])*p.Z + float64(m[12+r])
	}
	return row(2) / row(3)
}

func TestTheMatrixAgreesWithTheProjection(t *testing.T) {
	s := framed(t, 1080, 724)
	b, _ := s.Frame(1)
	l := s.lens()
	for i := range s.plan.Panels {
		p := s.plan.Panels[i].Centre(0, 0)
		m := b.View.Matrix
		row := func(r int) float64 {
			return float64(m[r])*p.X + float64(m[4+r])*p.Y + float64(m[8+r])*p.Z + float64(m[12+r])
		}
		x, y := (row(0)/row(3)+1)/2*1080, (1-row(1)/row(3))/2*724
		wx, wy, _ := l.Project(p)
		if math.Hypot(x-wx, y-wy) > 0.05 {
			t.Fatalf("the matrix puts a panel at (%.2f, %.2f), the projection at (%.2f, %.2f)", x, y, wx, wy)
		}
	}
}

func TestAFlightEndsWhereACutWouldAndStopsOnInput(t *testing.T) {
	names := []string{"h.0.attn.head.0.scores", "h.0.attn.head.0.query"}
	cut := framed(t, 1080, 724)
	cut.FlyTo(names, 0)
	s := framed(t, 1080, 724)
	s.SetMotion(true)
	s.FlyTo(names, 10)
	_, moving := s.Frame(10.1)
	if !moving {
		t.Fatal("nothing moves during a flight")
	}
	for now := 10.1; now < 11; now += 0.05 {
		s.Frame(now)
	}
	if _, moving = s.Frame(11.5); moving {
		t.Error("a flight takes more than a second")
	}
	a, b := s.CameraState(), cut.CameraState()
	for i := range a {
		if math.Abs(float64(a[i]-b[i])) > 1e-2 {
			t.Errorf("the flight ends at %v; a cut at %v", a, b)
			break
		}
	}
	s.Fit(20)
	s.Frame(20.1)
	at := s.CameraState()
	s.Stop()
	s.Frame(20.5)
	if s.CameraState() != at {
		t.Error("the camera moves on after Stop")
	}
}

func TestAStageFillsTheCanvasAndShowsItsPanels(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {390, 400}} {
		s := framed(t, size[0], size[1])
		for i, stage := range [][]string{names(t, scenetest.Nano, "h.0.attn.head.0"), names(t, scenetest.Nano, "h.1.mlp"), {"logits", "probabilities"}, {"embed.token", "embed.position", "embed.sum"}} {
			s.FlyTo(stage, 0)
			s.Frame(0)
			l := s.lens()
			shown := stage
			if i == 0 { // where the whole of it would be too small, its end
				shown = []string{"h.0.attn.head.0.attention", "h.0.attn.head.0.mix"}
			}
			x0, y0, x1, y1, ok := l.Rect(s.boundOf(shown))
			w, h := float64(size[0]), float64(size[1])
			if !ok || x0 < 0 || y0 < 0 || x1 > w || y1 > h || (x1-x0)/w < 0.22 && (y1-y0)/h < 0.22 {
				t.Errorf("%v: %s … stands at %.0f…%.0f, %.0f…%.0f", size, stage[0], x0, x1, y0, y1)
			}
		}
	}
}

func TestTheBottomOfAVeryHighTowerIsAsSharpAsItsTop(t *testing.T) {
	c := model.Config{Vocab: 50257, Context: 1024, Width: 4096, Heads: 2, Blocks: 60, Tied: true}
	s := New()
	s.SetMotion(false)
	s.SetSteps(c, scenetest.Outline(t, c, 4))
	name := "h.59.ln_2"
	s.FlyTo([]string{name}, 0)
	hit := cellAt(t, s, Cell{name, 2, 30})
	s.ZoomAt(hit.X, hit.Y, 100)
	b, _ := s.Frame(1)
	l := s.lens()
	m := b.View.Matrix
	found := false
	for i := 0; i < len(b.Boxes.Data); i += paint.BoxFloats {
		f := b.Boxes.Data[i:]
		x, y := f[0]+2.5*f[23], f[1]-30.5*f[24]
		w := m[3]*x + m[7]*y + m[11]*f[2] + m[15]
		px := (float64((m[0]*x+m[4]*y+m[8]*f[2]+m[12])/w) + 1) / 2 * s.w
		py := (1 - float64((m[1]*x+m[5]*y+m[9]*f[2]+m[13])/w)) / 2 * s.h
		found = found || math.Hypot(px-float64(hit.X), py-float64(hit.Y)) < 0.03*l.Scale(s.pose.At)
	}
	if !found || math.Abs(s.pose.At.Y) < mostAway {
		t.Errorf("%.0f units down, no box has its cell where the camera looks", s.pose.At.Y)
	}
}
