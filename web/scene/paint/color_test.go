package paint

import (
	"math"
	"testing"

	"glassbox/model"
)

var themes = map[string]Theme{"light": Light, "dark": Dark, "projector": Projector}

// simulations of colour blindness, severity 1, applied in linear light: Machado,
// Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
// Deficiency", 2009, table 1.
var simulations = map[string][9]float64{
	"normal": {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

// distance returns how far apart two colours look under a simulation, in OKLab.
func distance(a, b RGB, sim [9]float64) float64 {
	see := func(c RGB) lab {
		l := c.Linear()
		var out RGB
		for i := range 3 {
			out[i] = float32(sim[3*i]*float64(l[0]) + sim[3*i+1]*float64(l[1]) + sim[3*i+2]*float64(l[2]))
		}
		return out.Encoded().oklab()
	}
	p, q := see(a), see(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func TestTheValueScaleReadsInEveryThemeAndForEveryEye(t *testing.T) {
	for name, theme := range themes {
		p := theme.Palette()
		for eye, sim := range simulations {
			for _, c := range []struct {
				what  string
				a, b  float64
				least float64
			}{
				{"the ends", -1, 1, 0.20}, {"− end and zero", -1, 0, 0.45}, {"zero and + end", 0, 1, 0.45}, {"−0.12 and +0.12", -0.12, 0.12, 0.05},
			} {
				if d := distance(p.Value(c.a), p.Value(c.b), sim); d < c.least {
					t.Errorf("%s, %s: %s are %.3f apart; expected %.2f at least", name, eye, c.what, d, c.least)
				}
			}
		}
	}
}

func TestKindsAreApartInEveryThemeAndForEveryEye(t *testing.T) {
	for name, theme := range themes {
		p := theme.Palette()
		kinds := []RGB{p.Kind(model.KindWeight), p.Kind(model.KindActivation), p.Kind(model.KindAggregate)}
		for eye, sim := range simulations {
			for i := range kinds {
				if d := distance(kinds[i], kinds[(i+1)%3], sim); d < 0.08 {
					t.Errorf("%s, %s: two kinds are %.3f apart; expected 0.08 at least", name, eye, d)
				}
			}
		}
	}
}

func TestTheScaleGrowsFromZeroOutward(t *testing.T) {
	for name, theme := range themes {
		p := theme.Palette()
		zero := p.Value(0).oklab()[0]
		for _, sign := range []float64{-1, 1} {
			last := 0.0
			for v := 0.01; v <= 1; v += 0.01 {
				d := math.Abs(p.Value(sign * v).oklab()[0] - zero)
				if d < last-1e-4 {
					t.Fatalf("%s: the lightness at %.2f is nearer to zero's than before", name, sign*v)
				}
				last = d
			}
		}
		ramp := theme.Ramp()
		for k := range 3 {
			want := byte(hex(p.ramp[0])[k]*255 + 0.5)
			if ramp[0][k] != want || ramp[0][3] != 255 {
				t.Errorf("%s: the ramp begins with %v; expected %06x", name, ramp[0], p.ramp[0])
			}
		}
		if p.Value(-3) != p.Value(-1) || p.Value(7) != p.Value(1) {
			t.Errorf("%s: values beyond the norm do not have the end's colour", name)
		}
	}
}

func TestOKLabGoesThereAndBack(t *testing.T) {
	for c := uint32(0); c < 1<<24; c += 77777 {
		want := hex(c)
		got := want.oklab().rgb()
		for k := range 3 {
			if math.Abs(float64(got[k]-want[k])) > 2e-3 {
				t.Fatalf("%06x comes back as %v; expected %v", c, got, want)
			}
		}
	}
}

func TestTextContrastOfTheTokens(t *testing.T) {
	for name, theme := range themes {
		p := theme.Palette()
		for what, c := range map[string]RGB{"ink": p.Ink, "ink2": p.Ink2, "ink3": p.Ink3, "signal": p.Signal, "activation": p.Activation} {
			if is := Contrast(c, p.Paper); is < Readable {
				t.Errorf("%s: %s on paper has contrast %.1f; expected %.1f at least", name, what, is, Readable)
			}
		}
	}
}

func TestNumbersCanBeReadOnEveryCell(t *testing.T) {
	for name, theme := range themes {
		p := theme.Palette()
		for v := -1.0; v <= 1; v += 0.01 {
			if is := Contrast(p.InkOn(p.Value(v)), p.Value(v)); is < Readable {
				t.Errorf("%s: on the colour of %.2f a number has contrast %.2f; expected %.1f at least", name, v, is, Readable)
			}
		}
	}
}
