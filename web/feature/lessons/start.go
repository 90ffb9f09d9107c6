package lessons

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Start leads into the walk, from where the whole model is described.
type Start struct{ Screen *feature.Screen }

// Broken says why there is no walk.
func (c *Start) Broken() string { return Of(c.Screen.State).Problem }

// Stops counts them, once they are read.
func (c *Start) Stops() string {
	n := len(Of(c.Screen.State).Pages)
	if n == 0 {
		return "Short stops"
	}
	return strconv.Itoa(n) + feature.Choose(n == 1, " short stop", " short stops")
}

// Start goes to the first stop.
func (c *Start) Start(vugu.DOMEvent) {
	c.Screen.Send(Moved{Stop: 1})
	c.Screen.Do(feature.Focus{ID: "walk-title"})
}
