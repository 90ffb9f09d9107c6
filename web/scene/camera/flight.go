package camera

import "math"

// A Flight is a way from one pose to another; while it lasts, To may change.
type Flight struct {
	from, To    Pose
	start, time float64 // seconds
}

// NewFlight returns the flight between two poses that begins now: 450 to 900 ms, by distance.
func NewFlight(from, to Pose, now float64) *Flight {
	far := from.At.Sub(to.At).Length()/max(from.Span, to.Span) + math.Abs(math.Log(from.Span/to.Span))/2
	return &Flight{from: from, To: to, start: now, time: 0.45 + 0.45*min(1, far/1.5)}
}

// Pose returns the pose at a time, and whether the flight goes on.
func (f *Flight) Pose(now float64) (Pose, bool) {
	t := (now - f.start) / f.time
	if t >= 1 {
		return f.To, false
	}
	return f.from.towards(f.To, ease(max(t, 0))), true
}

// ease is cubic-bezier(.22, .8, .24, 1) of the design language.
func ease(t float64) float64 {
	curve := func(a, b, u float64) float64 { return 3*a*u*(1-u)*(1-u) + 3*b*u*u*(1-u) + u*u*u }
	lo, hi := 0.0, 1.0
	for range 30 {
		if u := (lo + hi) / 2; curve(.22, .24, u) < t {
			lo = u
		} else {
			hi = u
		}
	}
	return curve(.8, 1, lo)
}
