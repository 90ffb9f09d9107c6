package camera

// A State is a pose as a few numbers, for the URL: the point looked at, the height of what is seen in
// units, azimuth and elevation in degrees, and how far the gaps of the tower open (1 in the overview,
// 0 at a stage).
type State [7]float32

// Valid reports whether a camera can stand there: all numbers are finite, and there is a
// height.
func (c State) Valid() bool {
	for _, v := range c {
		if !finite(float64(v)) {
			return false
		}
	}
	return c[3] > 0
}

// State returns the numbers of a pose.
func (p Pose) State() State {
	return State{float32(p.At.X), float32(p.At.Y), float32(p.At.Z), float32(p.Span), float32(p.Az), float32(p.El), float32(p.Spread)}
}
