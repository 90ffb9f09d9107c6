// Package camera holds where the reader stands before the scene and what is seen from there: points and
// boxes of the world, poses, flights between them, and the projection onto the canvas. It is plain
// geometry: it knows neither panels nor the model.
package camera

import "math"

// A Vec is a point or a direction in world space, in float64: the world of a large model
// is millions of units high.
type Vec struct{ X, Y, Z float64 }

// Add returns a + b.
func (a Vec) Add(b Vec) Vec { return Vec{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }

// Sub returns a − b.
func (a Vec) Sub(b Vec) Vec { return Vec{a.X - b.X, a.Y - b.Y, a.Z - b.Z} }

// Mul returns k·a.
func (a Vec) Mul(k float64) Vec { return Vec{a.X * k, a.Y * k, a.Z * k} }

// Dot returns the scalar product of a and b.
func (a Vec) Dot(b Vec) float64 { return a.X*b.X + a.Y*b.Y + a.Z*b.Z }

// Length returns the distance of a from the origin.
func (a Vec) Length() float64 { return math.Sqrt(a.Dot(a)) }

// Lerp returns the point a share t of the way from a to b.
func (a Vec) Lerp(b Vec, t float64) Vec { return a.Add(b.Sub(a).Mul(t)) }

// Unit returns the direction of a, or zero if a has none.
func (a Vec) Unit() Vec {
	n := a.Length()
	if n == 0 {
		return Vec{}
	}
	return a.Mul(1 / n)
}

// V is shorthand for Vec{X: x, Y: y, Z: z}.
func V(x, y, z float64) Vec { return Vec{x, y, z} }
