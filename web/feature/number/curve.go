package number

import (
	"math"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Curve is the graph of an activation with the explained number on it.
type Curve struct {
	Screen *feature.Screen
	curve  explain.Curve // of this build
}

// The picture is 240 by 150 units, with a margin.
const curveWide, curveHigh, curveMargin = 240, 150, 8

// Compute asks once for what the methods below read.
func (c *Curve) Compute(vugu.ComputeCtx) { c.curve, _ = c.Screen.State.View().Curve() }

func (c *Curve) x(v float64) float64 {
	return curveMargin + (v-c.curve.Low.X)/max(1e-9, c.curve.Top.X-c.curve.Low.X)*(curveWide-2*curveMargin)
}

func (c *Curve) y(v float64) float64 {
	return curveHigh - curveMargin - (v-c.curve.Low.Y)/max(1e-9, c.curve.Top.Y-c.curve.Low.Y)*(curveHigh-2*curveMargin)
}

// PX and PY are where a number stands in the picture.
func (c *Curve) PX(v float64) string { return view.Unit(c.x(v)) }

// PY is its height, counted from above.
func (c *Curve) PY(v float64) string { return view.Unit(c.y(v)) }

// Below is where the numbers of the axis stand.
func (c *Curve) Below() string { return view.Unit(c.y(0) + 12) }

// line writes a path through points.
func (c *Curve) line(points ...explain.Point) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteString(feature.Choose(i == 0, "M", "L") + c.PX(p.X) + " " + c.PY(p.Y))
	}
	return b.String()
}

// Axes draws the lines of zero.
func (c *Curve) Axes() string {
	return c.line(explain.Point{X: c.curve.Low.X}, explain.Point{X: c.curve.Top.X}) + c.line(explain.Point{Y: c.curve.Low.Y}, explain.Point{Y: c.curve.Top.Y})
}

// Graph draws the function.
func (c *Curve) Graph() string { return c.line(c.curve.Points...) }

// Drop leads from the axes to the point.
func (c *Curve) Drop() string {
	return c.line(explain.Point{X: c.curve.X}, explain.Point{X: c.curve.X, Y: c.curve.Y}, explain.Point{Y: c.curve.Y})
}

// Tick writes a number of an axis, without the decimals of a whole one.
func (c *Curve) Tick(v float64) string {
	if v == math.Trunc(v) {
		return say.Count(int(v))
	}
	return say.Brief(v)
}

// In and Out write the two numbers.
func (c *Curve) In() string { return say.Number(c.curve.X) }

// Out is what the activation made of it.
func (c *Curve) Out() string { return say.Number(c.curve.Y) }

// Share says which part of the number passes.
func (c *Curve) Share() string {
	if c.curve.X == 0 {
		return say.Exactly(0)
	}
	return say.Percent(float32(c.curve.Y / c.curve.X))
}

// Label reads the picture aloud.
func (c *Curve) Label() string {
	return say.Numbers.Curve(c.curve.Name, c.In(), c.Out(), c.Share())
}
