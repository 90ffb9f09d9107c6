package flow

import (
	"math"

	"glassbox/web/scene/camera"
)

// A Strip is a row of cells in space, between the middles of its two ends; Wide is its size across, in units.
type Strip struct {
	From, To camera.Vec
	Wide     float64
}

// Mid returns its middle.
func (a Strip) Mid() camera.Vec { return a.From.Lerp(a.To, 0.5) }

// Length returns how long it is, in units.
func (a Strip) Length() float64 { return a.To.Sub(a.From).Length() }

// Fetched returns where a strip is that goes from a to b, at a share u of the way, 0 … 1: it lifts out of its table towards
// the reader, by up to lift units, turns in the plane of the panels on the way over, and lands.
func Fetched(a, b Strip, lift, u float64) Strip {
	switch {
	case u <= 0:
		return a
	case u >= 1:
		return b
	}
	over := ramp(0.15, 0.9, u)
	mid := a.Mid().Lerp(b.Mid(), over)
	mid.Z += lift * math.Sin(math.Pi*ramp(0, 1, u))
	turn := ramp(0.2, 0.8, u)
	angle := a.angle() + turn*math.Remainder(b.angle()-a.angle(), 2*math.Pi)
	half := (a.Length() + (b.Length()-a.Length())*over) / 2
	along := camera.V(half*math.Cos(angle), half*math.Sin(angle), 0)
	return Strip{From: mid.Sub(along), To: mid.Add(along), Wide: a.Wide + (b.Wide-a.Wide)*over}
}

// angle is the direction in which it runs, in the plane of the panels: 0 to the right, −π/2 down.
func (a Strip) angle() float64 {
	d := a.To.Sub(a.From)
	return math.Atan2(d.Y, d.X)
}

// ramp goes smoothly from 0 at u = from to 1 at u = to.
func ramp(from, to, u float64) float64 {
	t := min(max((u-from)/(to-from), 0), 1)
	return t * t * (3 - 2*t)
}
