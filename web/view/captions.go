package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// WalkCaption is a stop of the walk on the scene, for want of an inspector.
type WalkCaption struct{ Screen *feature.Screen }

// Panels are those of features that go with it.
func (c *WalkCaption) Panels() []vugu.Builder { return panels(c.Screen, feature.SlotCaption) }
