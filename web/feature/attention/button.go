package attention

import "glassbox/web/feature"

// Button shows all heads of the block side by side.
type Button struct{ Screen *feature.Screen }

// Open opens the view, and takes the focus along.
func (c *Button) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}
