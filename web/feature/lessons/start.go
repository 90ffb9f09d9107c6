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
func (c *Start) Stops() []say.Piece { return say.Lessons.Offer(Of(c.Screen.State).part(1).last) }

// Lab names the part of the walk behind the first one; "" there is none.
func (c *Start) Lab() string {
	w := Of(c.Screen.State)
	p, _ := w.next(w.part(1).last)
	return p.name
}

// LabOffer leads there.
func (c *Start) LabOffer() string {
	w := Of(c.Screen.State)
	p, _ := w.next(w.part(1).last)
	return say.Lessons.OfferLab(p.last - p.first + 1)
}

// StartLab goes to its first stop.
func (c *Start) StartLab() {
	c.Screen.Send(Moved{Stop: Of(c.Screen.State).part(1).last + 1})
	c.Screen.Do(feature.Focus{ID: "walk-title"})
}

// Start goes to the first stop.
func (c *Start) Start(vugu.DOMEvent) {
	c.Screen.Send(Moved{Stop: 1})
	c.Screen.Do(feature.Focus{ID: "walk-title"})
}
