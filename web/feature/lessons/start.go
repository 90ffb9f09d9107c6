package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Start leads into the walk, from where the whole model is described.
type Start struct{ Screen *feature.Screen }

// Broken says why there is no walk.
func (c *Start) Broken() string { return Of(c.Screen.State).Problem }

// Stops counts them, once they are read.
func (c *Start) Stops() []say.Piece { return say.Lessons.Offer(len(Of(c.Screen.State).Pages)) }

// Start goes to the first stop.
func (c *Start) Start(vugu.DOMEvent) {
	c.Screen.Send(Moved{Stop: 1})
	c.Screen.Do(feature.Focus{ID: "walk-title"})
}
