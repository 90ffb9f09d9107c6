package flow

import (
	"math"
	"testing"

	"glassbox/web/scene/camera"
)

// TestAStripLiftsTurnsAndLands holds that it begins where it lies in the table, ends where its column is, keeps its size and
// its plane on the way, turns by a right angle the short way, and is nearer to the reader in between.
func TestAStripLiftsTurnsAndLands(t *testing.T) {
	row := Strip{camera.V(-60, 5, -3), camera.V(-12, 5, -3), 1}
	for name, column := range map[string]Strip{
		"to the right": {camera.V(20, 30, 0), camera.V(20, -18, 0), 4},
		"to the left":  {camera.V(-200, 30, 0), camera.V(-200, -18, 0), 4},
	} {
		if Fetched(row, column, 10, 0) != row || Fetched(row, column, 10, 1) != column || Fetched(row, column, 10, 3) != column {
			t.Errorf("%s: it does not begin in its row or not end in its column", name)
		}
		last, angle := row.Mid(), 0.0
		for n := 1; n < 100; n++ {
			u := float64(n) / 100
			at := Fetched(row, column, 10, u)
			if step := at.Mid().Sub(last).Length(); step > 10 {
				t.Fatalf("%s: at %v it jumps by %v", name, u, step)
			}
			if math.Abs(at.Length()-48) > 1e-9 || at.From.Z != at.To.Z {
				t.Fatalf("%s: at %v it is %v long and leans", name, u, at.Length())
			}
			if a := at.angle(); a > angle+1e-9 || a < -math.Pi/2-1e-9 {
				t.Fatalf("%s: at %v it has turned from %v to %v", name, u, angle, a)
			}
			if u > 0.2 && u < 0.9 && at.Mid().Z <= 0 {
				t.Errorf("%s: at %v it is at depth %v", name, u, at.Mid().Z)
			}
			last, angle = at.Mid(), at.angle()
		}
		if angle > -math.Pi/2+0.01 {
			t.Errorf("%s: it lands at an angle of %v", name, angle)
		}
	}
}
