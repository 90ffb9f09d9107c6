package number

import "testing"

func TestTheTableStopsAtItsEdges(t *testing.T) {
	for _, edge := range []bool{(&ValueTable{high: 6, wide: 48}).Edge(1, 0), (&ValueTable{high: 6, wide: 48, atCol: 45}).Edge(0, 1)} {
		if !edge {
			t.Error("the table turns over its edge")
		}
	}
}
