// Package text is the feature in which the reader writes, and has the model write: the text field, the
// tokens, and the buttons that run the model.
package text

import (
	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Feature returns the feature. The text itself, and what follows it, are the page's.
func Feature() feature.Feature {
	return feature.Feature{
		Name:     "text",
		Parts:    []address.Part{{Name: "strip", Doc: say.Text.Part()}},
		Everyday: true,
		Keys: []feature.Key{
			{Key: "s", Label: "S", Does: say.Text.StepKey(), Msg: feature.Always(feature.StepPressed{})},
			{Key: "p", Label: "P", Does: say.Text.PlayKey(), Msg: feature.Always(feature.PlayPressed{})},
			{Key: "r", Label: "R", Does: say.Text.ResetKey(), Msg: feature.Always(feature.ResetPressed{})},
		},
		Components: []feature.Component{
			{Slot: feature.SlotStrip, Order: 10, Build: func(c *feature.Screen) vugu.Builder { return &Strip{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 20, When: func(c *feature.Screen) bool { return note(c) != "" },
				Build: func(c *feature.Screen) vugu.Builder { return &Unseen{Screen: c} }},
		},
	}
}

// note says which tokens of the text the model has never met.
func note(c *feature.Screen) string {
	if c.State.Covered() {
		return ""
	}
	return feature.UnseenNote(*c.State)
}
