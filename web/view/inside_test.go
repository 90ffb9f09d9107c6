package view

import (
	"testing"

	"glassbox/web/feature"
)

// ZoomStep is for the tests of the whole page, which stand outside of the package.
const ZoomStep = zoomStep

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
