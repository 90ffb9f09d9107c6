package explain

import (
	"math"

	"glassbox/model"
	"glassbox/web/say"
)

// A Curve is the graph of an activation around the number that it was given.
type Curve struct {
	Name     string  // of the activation
	X, Y     float64 // the explained number and what became of it, both from the trace
	Low, Top Point   // the corners of what is shown
	Points   []Point // of the function, from left to right
}

// A Point is a place on the plane.
type Point struct{ X, Y float64 }

// curvePoints is how many points the graph is drawn through.
const curvePoints = 81

// Curve returns the graph on which the explained number lies, if an activation made it.
func (s View) Curve() (c Curve, ok bool) {
	x := s.Explained
	if x == nil || !x.Op.Bends() || len(x.Values) != 1 || len(x.Values[0]) != 1 {
		return c, false
	}
	f := rows[x.Op].curve
	c.Name = say.Title(model.Info{Name: x.Name}.Base())
	c.X, c.Y = float64(x.Values[0][0]), float64(x.Value)
	if math.IsNaN(c.X) || math.IsInf(c.X, 0) || math.IsNaN(c.Y) || math.IsInf(c.Y, 0) {
		return c, false
	}
	reach := max(3, math.Ceil(math.Abs(c.X)*1.1))
	c.Low, c.Top = Point{-reach, -reach / 4}, Point{reach, reach}
	for i := range curvePoints {
		at := -reach + 2*reach*float64(i)/(curvePoints-1)
		c.Points = append(c.Points, Point{at, f(at)})
	}
	return c, true
}
