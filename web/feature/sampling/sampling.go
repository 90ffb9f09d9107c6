// Package sampling is the feature that shows how likely each token is to follow, and by what settings
// one of them is drawn. The settings are the page's: a run is made with them.
package sampling

import (
	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:  "sampling",
		Parts: []address.Part{{Name: "sampling", Doc: say.Sampling.PartDoc()}},
		Components: []feature.Component{{Slot: feature.SlotInspector, Order: 115, When: view.Predicts,
			Build: func(c *feature.Screen) vugu.Builder { return &Next{Screen: c} }}},
	}
}
