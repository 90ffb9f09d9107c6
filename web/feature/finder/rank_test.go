package finder

import (
	"slices"
	"testing"
)

func TestWordsMeet(t *testing.T) {
	for _, c := range []struct {
		sought, word string
		want         int
	}{
		{"softmax", "softmax", meetsWhole}, {"soft", "softmax", meetsStart}, {"max", "softmax", meetsInside}, {"smx", "softmax", meetsSpread},
		{"m", "softmax", 0}, {"xs", "softmax", 0}, {"sxm", "softmax", 0}, {"sm", "softmax", 0}, {"1", "12", meetsStart}, {"2", "12", 0},
		{"ä", "ähre", meetsStart}, {"日", "日本", meetsStart},
	} {
		if got := meets(c.sought, c.word); got != c.want {
			t.Errorf("%q meets %q with %d; expected %d", c.sought, c.word, got, c.want)
		}
	}
	if got := fold("h.0.Attn_2-Über  x9y"); !slices.Equal(got, []string{"h", "0", "attn", "2", "über", "x", "9", "y"}) {
		t.Errorf("the words are %q", got)
	}
}
