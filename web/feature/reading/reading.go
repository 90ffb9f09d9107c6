// Package reading is the feature that shows the text as one reads it: the prompt, and behind it what the
// model wrote.
package reading

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Feature returns the feature. It keeps no state.
func Feature() feature.Feature {
	return feature.Feature{
		Name: "reading",
		Components: []feature.Component{{Slot: feature.SlotInspector, Order: 210, When: reads,
			Build: func(c *feature.Screen) vugu.Builder { return &Written{Screen: c} }}},
	}
}

// reads reports whether there is something to read: of a model that writes words, once it has written
// one.
func reads(c *feature.Screen) bool {
	return c.State.Applied != 0 && len(c.State.Generated) > 0 && c.State.Config.Alphabet == "" && c.State.Floor() == ""
}
