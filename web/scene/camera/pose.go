package camera

import "math"

// A Pose is where the camera looks and from which side. The distance follows from Span:
// the height of what is seen at the point looked at.
type Pose struct {
	At     Vec
	Span   float64 // world units
	Az, El float64 // degrees; Az < 0 stands left of the middle, El > 0 above
	Spread float64 // how far the gaps of the tower open: 1 far away, 0 at a stage
}

// FarAz and its like are the angles of the design language, in degrees: from afar, close by, and the most
// that a reader may turn to each side.
const (
	FarAz, NearAz  = -17, -15.5
	FarEl, NearEl  = 9, 8.5
	MostAz, MostEl = 80, 80
)

// LeastSpan is the least height that may be seen, in units: a screenful of three cells.
const LeastSpan = 3

// The fields of view of the design language, in degrees.
const farFov, nearFov = 20, 10

// fov returns the vertical field of view in radians at a span, when the whole tower
// has the span whole: the closer, the flatter.
func fov(span, whole float64) float64 {
	t := 1.0
	if whole > span {
		t = max(0, 1-math.Log(whole/span)/math.Log(6))
	}
	return (nearFov + (farFov-nearFov)*t) * math.Pi / 180
}

// towards returns the pose a share t of the way to q. What is seen scales evenly.
func (p Pose) towards(q Pose, t float64) Pose {
	span := p.Span * math.Pow(q.Span/p.Span, t)
	k := t
	if r := q.Span / p.Span; math.Abs(r-1) > 1e-3 {
		k = (span - p.Span) / (q.Span - p.Span) // the point between the two keeps its place
	}
	return Pose{p.At.Lerp(q.At, k), span, p.Az + (q.Az-p.Az)*t, p.El + (q.El-p.El)*t, p.Spread + (q.Spread-p.Spread)*t}
}
