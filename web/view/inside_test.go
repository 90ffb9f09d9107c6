package view

import (
	"testing"

	"glassbox/web/feature"
)

// ParseCell and ZoomStep are for the tests of the whole page, which stand outside of the package.
var ParseCell = parseCell

// ZoomStep is described at ParseCell.
const ZoomStep = zoomStep

func TestTheTableStopsAtItsEdges(t *testing.T) {
	for _, edge := range []bool{(&ValueTable{high: 6, wide: 48}).Edge(1, 0), (&ValueTable{high: 6, wide: 48, atCol: 45}).Edge(0, 1)} {
		if !edge {
			t.Error("the table turns over its edge")
		}
	}
}

func TestALongTextListsWhatIsLookedAtMost(t *testing.T) {
	c := &LookLines{pair: feature.TokenPair{Query: 19, Key: 3}, shares: make([]float32, 20)}
	for k := range c.shares {
		c.shares[k] = float32(k) / 190
	}
	keys := c.strongest()
	if len(keys) != mostLines || keys[0] != 3 || keys[1] != 9 || keys[mostLines-1] != 19 {
		t.Errorf("it lists %v", keys)
	}
}
