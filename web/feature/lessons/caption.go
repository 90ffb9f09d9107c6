package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/view"
)

// Caption is a stop of the walk on the scene, for want of an inspector.
type Caption struct{ Screen *feature.Screen }

// Panels are those of features that go with it.
func (c *Caption) Panels() []vugu.Builder { return view.Components(c.Screen, feature.SlotCaption) }
