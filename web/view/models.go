package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/app"
)

// Models is the menu of models: the button that names the one that runs, and the list.
type Models struct{ Root *Root }

// Current is the model that runs.
func (c *Models) Current() app.Choice { return c.Root.State.Choice() }

// Open says whether the list is there.
func (c *Models) Open() string { return choose(c.Root.State.Menu, "true", "false") }

// Closed hides it.
func (c *Models) Closed() interface{} { return present(!c.Root.State.Menu) }

// Toggle opens or closes it.
func (c *Models) Toggle() { c.Root.send(app.MenuToggled{}) }

// Left closes the list when the focus goes elsewhere.
func (c *Models) Left(event vugu.DOMEvent) {
	if c.Root.State.Menu && !event.PropBool("relatedTarget", "isConnected") {
		return // the focus went nowhere: the window lost it, or a mouse was pressed
	}
	if inside := event.PropString("relatedTarget", "dataset", "menu"); c.Root.State.Menu && inside == "" {
		c.Root.send(app.MenuToggled{})
	}
}

// Pressed reports whether a model is the one that runs.
func (c *Models) Pressed(m app.Choice) string {
	return choose(m.ID == c.Root.State.Model, "true", "false")
}

// Choose picks a model.
func (c *Models) Choose(m app.Choice) {
	c.Root.send(app.ModelChosen{ID: m.ID})
	if c.Root.State.Menu {
		c.Root.send(app.MenuToggled{}) // the same one was chosen
	}
	c.Root.act(Focus{"model"})
}

// Compares reports whether sizes are compared.
func (c *Models) Compares() string { return choose(c.Root.State.Sizes != "", "true", "false") }

// Compare shows all sizes side by side.
func (c *Models) Compare() {
	c.Root.send(app.SizeChosen{ID: app.AllSizes})
	c.Root.act(Focus{"sizes-title"})
}
