package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Parameters shows where the weights of the model are.
type Parameters struct{ Screen *feature.Screen }

// Number returns how many weights there are.
func (c *Parameters) Number(i int) string { return say.Count(c.Screen.State.Facts[i].Count) }

// Width is that of their bar; the longest fills the column, and none is invisible.
func (c *Parameters) Width(i int) string {
	largest := 0.0
	for _, f := range c.Screen.State.Facts {
		largest = max(largest, f.Share)
	}
	if largest == 0 {
		return "0"
	}
	return Share(max(0.01, c.Screen.State.Facts[i].Share/largest))
}

// More are what features have to add.
func (c *Parameters) More() []vugu.Builder { return Components(c.Screen, feature.SlotFacts) }
