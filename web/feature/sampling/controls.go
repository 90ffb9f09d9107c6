package sampling

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Controls are the settings by which the next token is drawn.
type Controls struct{ Screen *feature.Screen }

// mostK is the largest k on the slider; a larger one is the same as all.
const mostK = 100

func (c *Controls) set(change func(*run.Sampling)) {
	s := c.Screen.State.Sampling
	change(&s)
	c.Screen.Send(feature.SamplingChanged{Sampling: s})
}

// Temperature is the position of its slider.
func (c *Controls) Temperature() string {
	return view.Decimal(c.Screen.State.Sampling.Temperature, 2)
}

// TemperatureText is the number beside it.
func (c *Controls) TemperatureText() string {
	return say.Fixed(float64(c.Screen.State.Sampling.Temperature), 2)
}

// TemperatureShare is how far the slider is filled.
func (c *Controls) TemperatureShare() string {
	return view.Share(float64(c.Screen.State.Sampling.Temperature) / 2)
}

// Greedy reports whether no draw takes place.
func (c *Controls) Greedy() bool { return c.Screen.State.Sampling.Temperature == 0 }

// SetTemperature takes over its slider.
func (c *Controls) SetTemperature(event vugu.DOMEvent) {
	if v, ok := view.FieldNumber(event); ok {
		c.set(func(s *run.Sampling) { s.Temperature = float32(v) })
	}
}

// MostK is the right end of its slider, which means all.
func (c *Controls) MostK() int { return max(2, min(mostK, c.Screen.State.Config.Vocab)) }

// K is the position of its slider.
func (c *Controls) K() int {
	if k := c.Screen.State.Sampling.TopK; k > 0 {
		return min(k, c.MostK())
	}
	return c.MostK()
}

// KText is the number beside it.
func (c *Controls) KText() string {
	return feature.Choose(c.all(c.K()), say.Sampling.All(), strconv.Itoa(c.K()))
}

func (c *Controls) all(k int) bool { return k >= c.MostK() }

// KShare is how far the slider is filled.
func (c *Controls) KShare() string {
	return view.Share(float64(c.K()-1) / float64(c.MostK()-1))
}

// SetK takes over its slider.
func (c *Controls) SetK(event vugu.DOMEvent) {
	v, ok := view.FieldNumber(event)
	if !ok {
		return
	}
	k := int(v)
	if c.all(k) {
		k = 0
	}
	c.set(func(s *run.Sampling) { s.TopK = k })
}

// P is the position of its slider.
func (c *Controls) P() string {
	if p := c.Screen.State.Sampling.TopP; p > 0 {
		return view.Decimal(p, 2)
	}
	return "1.00"
}

// PText is the number beside it.
func (c *Controls) PText() string {
	return feature.Choose(c.P() == "1.00", say.Sampling.All(), say.Fixed(float64(c.Screen.State.Sampling.TopP), 2))
}

// PShare is how far the slider is filled.
func (c *Controls) PShare() string {
	if p := c.Screen.State.Sampling.TopP; p > 0 {
		return view.Share((float64(p) - leastP) / (1 - leastP))
	}
	return view.Share(1)
}

// leastP is the left end of its slider.
const leastP = 0.05

// SetP takes over its slider.
func (c *Controls) SetP(event vugu.DOMEvent) {
	if v, ok := view.FieldNumber(event); ok {
		c.set(func(s *run.Sampling) { s.TopP = float32(v) })
	}
}

// MinP is the position of its slider.
func (c *Controls) MinP() string { return view.Decimal(c.Screen.State.Sampling.MinP, 2) }

// MinPText is the number beside it.
func (c *Controls) MinPText() string {
	if c.Screen.State.Sampling.MinP == 0 {
		return say.Sampling.All()
	}
	return say.Fixed(float64(c.Screen.State.Sampling.MinP), 2)
}

// MinPShare is how far the slider is filled.
func (c *Controls) MinPShare() string { return view.Share(float64(c.Screen.State.Sampling.MinP)) }

// SetMinP takes over its slider.
func (c *Controls) SetMinP(event vugu.DOMEvent) {
	if v, ok := view.FieldNumber(event); ok {
		c.set(func(s *run.Sampling) { s.MinP = float32(v) })
	}
}

// Seed is what its field holds.
func (c *Controls) Seed() string {
	return strconv.FormatUint(c.Screen.State.Sampling.Seed, 10)
}

// SetSeed takes over the field; what is no whole number leaves the seed as it is.
func (c *Controls) SetSeed(event vugu.DOMEvent) {
	text := strings.TrimSpace(event.PropString("target", "value"))
	if seed, err := strconv.ParseUint(text, 10, 64); err == nil {
		c.set(func(s *run.Sampling) { s.Seed = seed })
	}
}

// NextSeed makes another draw.
func (c *Controls) NextSeed() { c.set(func(s *run.Sampling) { s.Seed++ }) }
