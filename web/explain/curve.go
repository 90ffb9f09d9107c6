package explain

import (
	"math"

	"glassbox/model"
)

// A Curve is the graph of GELU around the number that it was given.
type Curve struct {
	X, Y     float64 // the explained number and what became of it, both from the trace
	Low, Top Point   // the corners of what is shown
	Points   []Point // of the function, from left to right
}

// A Point is a place on the plane.
type Point struct{ X, Y float64 }

// curvePoints is how many points the graph is drawn through.
const curvePoints = 81

// GELUCurve returns the graph on which the explained number lies, if GELU made it.
func (s View) GELUCurve() (c Curve, ok bool) {
	x := s.Explained
	if x == nil || x.Op != model.OpGELU || len(x.Values) != 1 || len(x.Values[0]) != 1 {
		return c, false
	}
	c.X, c.Y = float64(x.Values[0][0]), float64(x.Value)
	if math.IsNaN(c.X) || math.IsInf(c.X, 0) || math.IsNaN(c.Y) || math.IsInf(c.Y, 0) {
		return c, false
	}
	reach := max(3, math.Ceil(math.Abs(c.X)*1.1))
	c.Low, c.Top = Point{-reach, -reach / 4}, Point{reach, reach}
	for i := range curvePoints {
		at := -reach + 2*reach*float64(i)/(curvePoints-1)
		c.Points = append(c.Points, Point{at, gelu(at)})
	}
	return c, true
}

// gelu is the function in the form that GPT-2 uses.
func gelu(x float64) float64 {
	return 0.5 * x * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
}
