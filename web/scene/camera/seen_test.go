package camera

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"glassbox/web/golden"
)

// TestBoxesAreSeenAsBefore: the golden file has poses, lenses and flights to many boxes, and what meets them.
func TestBoxesAreSeenAsBefore(t *testing.T) {
	var out strings.Builder
	r := rand.New(rand.NewPCG(1, 1))
	vec := func(k float64) Vec { return V((r.Float64()-0.5)*k, (r.Float64()-0.5)*k, (r.Float64()-0.5)*k/4) }
	scene := Box{V(-200, -500, -60), V(200, 20, 5)}
	last := Pose{Span: 100, Az: FarAz, El: FarEl, Spread: 1}
	for n := range 30 {
		boxes := []Box{NoBox().Extend(vec(300)).Extend(vec(300)), NoBox().Extend(vec(100)).Extend(vec(100))}
		a := Aim{Boxes: boxes[:1+n%2], X: 20, Y: 30, W: 700, H: 500, Az: float64(n%5)*9 - 20, El: float64(n%4) * 5, Most: 30, Spread: float64(n%3) / 2}
		p := a.Pose(800, 600, []float64{0, 600, 90}[n%3], scene)
		l := p.Lens(800, 600, 600, scene)
		at := vec(200)
		x, y, ok := l.Project(at)
		x0, y0, x1, y1, seen := l.Rect(boxes[0])
		meets, front := boxes[0].Meet(l.Eye, l.Ray(400, 300))
		fmt.Fprintf(&out, "\n== %d\n%s\n%s\n", n, golden.Text(p), golden.Text(l))
		fmt.Fprintf(&out, "%s at %.2f %.2f %v, scale %.4f, rect %.1f %.1f %.1f %.1f %v, outside %v %v, meets %.3f %v, plane %s\n", golden.Text(at), x, y, ok, l.Scale(at), x0, y0, x1, y1, seen,
			l.Outside(boxes[0], 0), l.Outside(boxes[1], 50), meets, front, golden.Text(l.OnPlane(100, 500, at)))
		fmt.Fprintf(&out, "overlaps %v, union %s, middle %s, corner %s\n", boxes[0].Overlaps(boxes[1]), golden.Text(boxes[0].Union(boxes[1])), golden.Text(boxes[0].Centre()), golden.Text(boxes[0].Corner(n%8)))
		f := NewFlight(last, p, 10)
		for _, now := range []float64{9, 10.05, 10.2, 10.5, 10.8, 11} {
			on, flies := f.Pose(now)
			fmt.Fprintf(&out, "at %v flying %v: %s\n", now, flies, golden.Text(on))
		}
		last = p
	}
	golden.Compare(t, "seen", out.String())
}

// TestWhatHasNoDirectionHasNone: the unit of nothing is nothing, rather than no number.
func TestWhatHasNoDirectionHasNone(t *testing.T) {
	if u := (Vec{}).Unit(); u != (Vec{}) {
		t.Errorf("the direction of nothing is %v", u)
	}
	if u := V(0, -3, 4).Unit(); u.Sub(V(0, -0.6, 0.8)).Length() > 1e-12 {
		t.Errorf("the direction of (0, −3, 4) is %v", u)
	}
}
