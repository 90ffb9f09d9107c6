package camera

// A Rect is a rectangle of the canvas in CSS pixels, y downwards.
type Rect struct{ X, Y, W, H float32 }

// Overlaps reports whether the rectangles have more than an edge in common.
func (r Rect) Overlaps(q Rect) bool {
	return r.X < q.X+q.W && q.X < r.X+r.W && r.Y < q.Y+q.H && q.Y < r.Y+r.H
}

// Grow returns r with a margin of d on each side.
func (r Rect) Grow(d float32) Rect { return Rect{r.X - d, r.Y - d, r.W + 2*d, r.H + 2*d} }

// Contains reports whether the point lies in r.
func (r Rect) Contains(x, y float32) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}
