package known

import (
	"math"

	"glassbox/web/scene/paint"
)

// look is a camera that looks at a point from a distance, azimuth and elevation in degrees, with a
// vertical field of view in degrees, for a square canvas.
func look(at [3]float64, azimuth, elevation, distance, fov float64) paint.View {
	a, e := azimuth*math.Pi/180, elevation*math.Pi/180
	back := [3]float64{math.Sin(a) * math.Cos(e), math.Sin(e), math.Cos(a) * math.Cos(e)}
	right := [3]float64{math.Cos(a), 0, -math.Sin(a)}
	up := [3]float64{-math.Sin(a) * math.Sin(e), math.Cos(e), -math.Cos(a) * math.Sin(e)}
	var eye [3]float64
	for i := range 3 {
		eye[i] = at[i] + distance*back[i]
	}
	f := 1 / math.Tan(fov*math.Pi/360)
	near, far := distance/20, distance*20
	var v paint.View
	for c := range 4 {
		point := func(row [3]float64) float64 {
			if c < 3 {
				return row[c]
			}
			return -(row[0]*eye[0] + row[1]*eye[1] + row[2]*eye[2])
		}
		z := point(back)
		v.Matrix[4*c] = float32(f * point(right))
		v.Matrix[4*c+1] = float32(f * point(up))
		v.Matrix[4*c+2] = float32(-(far + near) / (far - near) * z)
		v.Matrix[4*c+3] = float32(-z)
	}
	v.Matrix[14] -= float32(2 * far * near / (far - near))
	v.Eye = [3]float32{float32(eye[0]), float32(eye[1]), float32(eye[2])}
	return v
}

// Project returns where a point stands on the canvas, in CSS pixels.
func Project(b *paint.Batch, x, y, z float32) (float32, float32) {
	m := &b.View.Matrix
	row := func(i int) float32 { return m[i]*x + m[4+i]*y + m[8+i]*z + m[12+i] }
	w := row(3)
	return (row(0)/w + 1) / 2 * float32(b.View.Width), (1 - row(1)/w) / 2 * float32(b.View.Height)
}
