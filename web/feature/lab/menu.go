package lab

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Menu is the menu of the lab in the title bar.
type Menu struct{ Screen *feature.Screen }

// buttonID is the id of the button that opens it.
const buttonID = "lab"

// Tools are its entries.
func (c *Menu) Tools() []feature.Tool { return c.Screen.State.Tools() }

// Expanded says whether it is open, and Closed hides it.
func (c *Menu) Expanded() string { return feature.Choose(Of(c.Screen.State).Open, "true", "false") }

// Closed is described at Expanded.
func (c *Menu) Closed() interface{} { return feature.Present(!Of(c.Screen.State).Open) }

// Current names the tool that is on; "" none is.
func (c *Menu) Current() string {
	for _, t := range c.Tools() {
		if t.On {
			return t.Title
		}
	}
	return ""
}

// Class tells whether a tool is on.
func (c *Menu) Class() string {
	return feature.Choose(c.Current() == "", "model lab-open", "model lab-open on")
}

// Label names the button.
func (c *Menu) Label() string {
	if now := c.Current(); now != "" {
		return say.Lab.MenuNow(now)
	}
	return say.Lab.Menu()
}

// Pressed says whether a tool is on.
func (c *Menu) Pressed(t feature.Tool) string { return feature.Choose(t.On, "true", "false") }

// Toggle opens or closes the menu.
func (c *Menu) Toggle() { c.Screen.Send(Opened{!Of(c.Screen.State).Open}) }

// Choose opens a tool.
func (c *Menu) Choose(t feature.Tool) {
	c.Screen.Send(t.Go)
	if Of(c.Screen.State).Open {
		c.Screen.Send(Opened{})
	}
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Left closes the menu when the focus goes elsewhere; where it goes nowhere, the window lost it, or a mouse was pressed.
func (c *Menu) Left(event vugu.DOMEvent) {
	if !Of(c.Screen.State).Open || !event.PropBool("relatedTarget", "isConnected") {
		return
	}
	if event.PropString("relatedTarget", "dataset", "lab") == "" {
		c.Screen.Send(Opened{})
	}
}

// Moved goes with the arrow keys from entry to entry, and from the button to the first.
func (c *Menu) Moved(event vugu.DOMEvent, at int) {
	to := at
	switch event.PropString("key") {
	case "ArrowDown":
		to++
	case "ArrowUp":
		to--
	case "Home":
		to = 0
	case "End":
		to = len(c.Tools()) - 1
	default:
		return
	}
	event.PreventDefault()
	if !Of(c.Screen.State).Open {
		c.Screen.Send(Opened{true})
	}
	if to < 0 {
		c.Screen.Do(feature.Focus{ID: buttonID})
	} else {
		c.Screen.Do(feature.Focus{ID: c.ID(min(to, len(c.Tools())-1))})
	}
}

// ID is that of entry i.
func (c *Menu) ID(i int) string { return buttonID + "-" + strconv.Itoa(i+1) }

// Entries are the same tools in the menu of models, for a title bar that has no room for a menu of its own.
type Entries struct{ Screen *feature.Screen }

// Tools are the entries.
func (c *Entries) Tools() []feature.Tool { return c.Screen.State.Tools() }

// Pressed says whether a tool is on.
func (c *Entries) Pressed(t feature.Tool) string { return feature.Choose(t.On, "true", "false") }

// Choose opens a tool.
func (c *Entries) Choose(t feature.Tool) {
	c.Screen.Send(t.Go)
	if c.Screen.State.Menu {
		c.Screen.Send(feature.MenuToggled{})
	}
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}
