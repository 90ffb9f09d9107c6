package flow

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/view"
)

// Watch begins to watch, and stops.
type Watch struct{ Screen *feature.Screen }

// Can reports whether there is a run to be watched.
func (c *Watch) Can() bool { return Of(c.Screen.State).On || CanWatch(c.Screen.State) }

// Pressed reports whether it is watched.
func (c *Watch) Pressed() string { return feature.Choose(Of(c.Screen.State).On, "true", "false") }

// Toggle begins to watch, or stops.
func (c *Watch) Toggle() { c.Screen.Send(Toggled{}) }

// Icon draws a picture of the shell.
func (c *Watch) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }
