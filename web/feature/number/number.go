// Package number is the feature that tells how a number came about, and leads from it back to the text:
// the card at the pointer, and what the inspector says about a step or weight and one of its numbers.
package number

import (
	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Feature returns the feature. Which number the reader points at, and the way to it, are the page's.
func Feature() feature.Feature {
	in := func(order int, show func(c *feature.Screen) bool, build func(c *feature.Screen) vugu.Builder) feature.Component {
		return feature.Component{Slot: feature.SlotInspector, Order: order, When: show, Build: build}
	}
	return feature.Feature{
		Name:  "number",
		Parts: []address.Part{{Name: "code", Doc: say.Numbers.CodeDoc()}, {Name: "values", Doc: say.Numbers.ValuesDoc()}},
		Keys: []feature.Key{
			{Key: "d", Label: "D", Does: say.Numbers.FollowKeyDoes(), Msg: feature.Always(feature.LargestFollowed{})},
			{Key: "u", Label: "U", Does: say.Numbers.BackKeyDoes(), Msg: func(s *feature.State) feature.Msg { return feature.CrumbChosen{Index: len(s.Trail) - 1} }},
		},
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 60, Build: func(c *feature.Screen) vugu.Builder { return &HoverCard{Screen: c} }},
			in(10, pointed, func(c *feature.Screen) vugu.Builder { return &Brief{Screen: c} }),
			in(40, traces, func(c *feature.Screen) vugu.Builder { return &Trail{Screen: c} }),
			in(80, (*feature.Screen).OnPanel, func(c *feature.Screen) vugu.Builder { return &Subject{Screen: c} }),
			in(110, works, func(c *feature.Screen) vugu.Builder { return &Working{Screen: c} }),
			in(120, sourced, func(c *feature.Screen) vugu.Builder { return &SourceCode{Screen: c} }),
			in(130, (*feature.Screen).OnPanel, func(c *feature.Screen) vugu.Builder { return &ValueTable{Screen: c} }),
		},
	}
}

// pointed reports whether there is a number whose origin is known.
func pointed(c *feature.Screen) bool { return c.State.Explained != nil }

// traces reports whether there is a way back to the text: from a number that is pinned, or explained.
func traces(c *feature.Screen) bool {
	return !c.State.Covered() && (c.State.Cell != nil || c.Explains())
}

// works reports whether a number is explained, and nothing stands in the place of panels.
func works(c *feature.Screen) bool {
	return c.Explains() && (c.State.Mode == "" || c.State.Mode != c.State.Floor())
}

// sourced reports whether a line of the program made the panel.
func sourced(c *feature.Screen) bool {
	info, _ := c.State.Info(c.State.Panel)
	file, _ := info.Source()
	return c.OnPanel() && file != ""
}
