package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/app"
)

// Models is the menu of models: the button that names the one that runs, and the list.
type Models struct{ Screen *Screen }

// Current is the model that runs.
func (c *Models) Current() app.Choice { return c.Screen.State.Choice() }

// Open says whether the list is there.
func (c *Models) Open() string { return choose(c.Screen.State.Menu, "true", "false") }

// Closed hides it.
func (c *Models) Closed() interface{} { return present(!c.Screen.State.Menu) }

// Toggle opens or closes it.
func (c *Models) Toggle() { c.Screen.Send(app.MenuToggled{}) }

// Left closes the list when the focus goes elsewhere.
func (c *Models) Left(event vugu.DOMEvent) {
	if c.Screen.State.Menu && !event.PropBool("relatedTarget", "isConnected") {
		return // the focus went nowhere: the window lost it, or a mouse was pressed
	}
	if inside := event.PropString("relatedTarget", "dataset", "menu"); c.Screen.State.Menu && inside == "" {
		c.Screen.Send(app.MenuToggled{})
	}
}

// Pressed reports whether a model is the one that runs.
func (c *Models) Pressed(m app.Choice) string {
	return choose(m.ID == c.Screen.State.Model, "true", "false")
}

// Choose picks a model.
func (c *Models) Choose(m app.Choice) {
	c.Screen.Send(app.ModelChosen{ID: m.ID})
	if c.Screen.State.Menu {
		c.Screen.Send(app.MenuToggled{}) // the same one was chosen
	}
	c.Screen.Do(Focus{"model"})
}

// Compares reports whether sizes are compared.
func (c *Models) Compares() string { return choose(c.Screen.State.Sizes != "", "true", "false") }

// Compare shows all sizes side by side.
func (c *Models) Compare() {
	c.Screen.Send(app.SizeChosen{ID: app.AllSizes})
	c.Screen.Do(Focus{"sizes-title"})
}
