package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Models is the menu of models: the button that names the one that runs, and the list.
type Models struct{ Screen *feature.Screen }

// Current is the model that runs.
func (c *Models) Current() feature.Choice { return c.Screen.State.Choice() }

// Open says whether the list is there.
func (c *Models) Open() string { return feature.Choose(c.Screen.State.Menu, "true", "false") }

// Closed hides it.
func (c *Models) Closed() interface{} { return feature.Present(!c.Screen.State.Menu) }

// Toggle opens or closes it.
func (c *Models) Toggle() { c.Screen.Send(feature.MenuToggled{}) }

// Left closes the list when the focus goes elsewhere.
func (c *Models) Left(event vugu.DOMEvent) {
	if c.Screen.State.Menu && !event.PropBool("relatedTarget", "isConnected") {
		return // the focus went nowhere: the window lost it, or a mouse was pressed
	}
	if inside := event.PropString("relatedTarget", "dataset", "menu"); c.Screen.State.Menu && inside == "" {
		c.Screen.Send(feature.MenuToggled{})
	}
}

// Pressed reports whether a model is the one that runs.
func (c *Models) Pressed(m feature.Choice) string {
	return feature.Choose(m.ID == c.Screen.State.Model, "true", "false")
}

// Choose picks a model.
func (c *Models) Choose(m feature.Choice) {
	c.Screen.Send(feature.ModelChosen{ID: m.ID})
	if c.Screen.State.Menu {
		c.Screen.Send(feature.MenuToggled{}) // the same one was chosen
	}
	c.Screen.Do(feature.Focus{ID: "model"})
}

// More are the entries below the models, of features.
func (c *Models) More() []vugu.Builder { return Components(c.Screen, feature.SlotMenu) }
