package camera

import (
	"math"
	"math/rand/v2"
	"testing"
)

func point(r *rand.Rand) Vec { return V(r.NormFloat64(), r.NormFloat64(), r.NormFloat64()) }

func TestARayMeetsABoxWhereAPointOfItIsSeen(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		b := NoBox().Extend(point(r)).Extend(point(r))
		p := Pose{At: point(r), Span: 1 + 9*r.Float64(), Az: MostAz * (2*r.Float64() - 1), El: MostEl * (2*r.Float64() - 1)}
		l := p.Lens(800, 600, 0, b)
		x, y, ok := l.Project(b.Centre())
		if !ok {
			continue
		}
		at, _ := b.Meet(l.Eye, l.Ray(x, y))
		if far := b.Centre().Sub(l.Eye).Length(); !(at < far) {
			t.Fatalf("the ray through the middle of %v, %.3f away, meets it at %.3f", b, far, at)
		}
		if l.Outside(b, 0) && x >= 0 && x < l.W && y >= 0 && y < l.H {
			t.Fatalf("%v has its middle at (%.0f, %.0f) and is said to be outside", b, x, y)
		}
	}
}

func TestAnAimedPoseShowsTheBoxesInItsPartOfTheCanvas(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		b := NoBox().Extend(point(r).Mul(100)).Extend(point(r).Mul(100))
		b.Min.Z, b.Max.Z = b.Min.Z/20, b.Max.Z/20 // as flat as a tower
		a := Aim{Boxes: []Box{b}, X: 100, Y: 50, W: 500, H: 400, Az: FarAz, El: FarEl, Most: 1e6}
		l := a.Pose(800, 600, 0, b).Lens(800, 600, 0, b)
		x0, y0, x1, y1, ok := l.Rect(b)
		if !ok || x0 < a.X-3 || y0 < a.Y-3 || x1 > a.X+a.W+3 || y1 > a.Y+a.H+3 {
			t.Fatalf("%v stands at %.1f, %.1f … %.1f, %.1f (%t)", b, x0, y0, x1, y1, ok)
		}
	}
}

func TestAFlightGoesFromOnePoseToTheOther(t *testing.T) {
	from, to := Pose{At: V(0, 0, 0), Span: 100, Spread: 1}, Pose{At: V(30, -40, 0), Span: 4, Az: 10}
	f := NewFlight(from, to, 7)
	if p, on := f.Pose(7); p.At.Sub(from.At).Length() > 1e-6 || !on {
		t.Errorf("it begins at %v, going on: %t", p, on)
	}
	for was, now := 101.0, 7.0; now < 7.4; now += 0.05 {
		p, on := f.Pose(now)
		if !on || p.Span > was {
			t.Errorf("at %.2f s it sees %.1f units after %.1f, going on: %t", now, p.Span, was, on)
		}
		was = p.Span
	}
	if p, on := f.Pose(8); p != to || on {
		t.Errorf("it ends at %v, going on: %t", p, on)
	}
}

func TestACameraStandsOnlyWhereNumbersAreFinite(t *testing.T) {
	if s := (Pose{At: V(1, 2, 3), Span: 4}).State(); !s.Valid() {
		t.Errorf("%v is refused", s)
	}
	for _, s := range []State{{}, {0, 0, 0, -1}, {float32(math.NaN()), 0, 0, 1}, {0, 0, 0, 1, float32(math.Inf(1))}} {
		if s.Valid() {
			t.Errorf("%v is taken", s)
		}
	}
}

func TestAFlightTakesLongerTheFartherItGoesInEitherDirection(t *testing.T) {
	seconds := func(from, to Pose) float64 {
		lo, hi := 0.0, 10.0
		for range 40 {
			if _, on := NewFlight(from, to, 0).Pose((lo + hi) / 2); on {
				lo = (lo + hi) / 2
			} else {
				hi = (lo + hi) / 2
			}
		}
		return lo
	}
	here := Pose{Span: 100}
	for _, c := range []struct {
		what string
		to   Pose
		want float64
	}{
		{"nowhere", here, 0.45},
		{"to the side", Pose{At: V(75, 0, 0), Span: 100}, 0.675},
		{"far", Pose{At: V(0, 1000, 0), Span: 100}, 0.9},
		{"in", Pose{Span: 100 / math.E}, 0.6},
		{"out", Pose{Span: 100 * math.E}, 0.6},
	} {
		if there, back := seconds(here, c.to), seconds(c.to, here); math.Abs(there-c.want) > 1e-6 || math.Abs(back-c.want) > 1e-6 {
			t.Errorf("%s it takes %.3f s, and %.3f s back; expected %.3f s", c.what, there, back, c.want)
		}
	}
}
