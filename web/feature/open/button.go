package open

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/view"
)

// Button lets the reader pick a file.
type Button struct{ Screen *feature.Screen }

// Icon draws a picture of the shell.
func (c *Button) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Pick shows the dialog of the system.
func (c *Button) Pick() { c.Screen.Do(Pick{}) }
