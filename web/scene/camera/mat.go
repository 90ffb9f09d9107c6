package camera

import "math"

// A Mat is a 4×4 matrix, column-major as GL wants it.
type Mat [16]float64

// Mul returns a·b: b is applied first.
func (a *Mat) Mul(b *Mat) Mat {
	var m Mat
	for c := range 4 {
		for r := range 4 {
			for k := range 4 {
				m[c*4+r] += a[k*4+r] * b[c*4+k]
			}
		}
	}
	return m
}

// perspective maps what lies before an eye that looks along −z to the clip cube. fov is
// the vertical field of view in radians.
func perspective(fov, aspect, near, far float64) Mat {
	f := 1 / math.Tan(fov/2)
	return Mat{
		f / aspect, 0, 0, 0,
		0, f, 0, 0,
		0, 0, (far + near) / (near - far), -1,
		0, 0, 2 * far * near / (near - far), 0,
	}
}

// looking maps world space to the space of an eye with these axes.
func looking(eye, right, up, forward Vec) Mat {
	return Mat{
		right.X, up.X, -forward.X, 0,
		right.Y, up.Y, -forward.Y, 0,
		right.Z, up.Z, -forward.Z, 0,
		-right.Dot(eye), -up.Dot(eye), forward.Dot(eye), 1,
	}
}
