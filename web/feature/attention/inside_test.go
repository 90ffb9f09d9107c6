package attention

import "testing"

func TestALongTextListsWhatIsLookedAtMost(t *testing.T) {
	c := &LookLines{pair: Pair{Query: 19, Key: 3}, shares: make([]float32, 20)}
	for k := range c.shares {
		c.shares[k] = float32(k) / 190
	}
	keys := c.strongest()
	if len(keys) != mostLines || keys[0] != 3 || keys[1] != 9 || keys[mostLines-1] != 19 {
		t.Errorf("it lists %v", keys)
	}
}
