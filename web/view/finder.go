package view

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Finder is the card in which the reader looks for a place: a text field, and below it a
// list of what fits. The focus stays in the field; arrow keys move through the list.
type Finder struct {
	Screen *feature.Screen
	groups []foundGroup // of this build
}

// A foundGroup knows how many places are listed before it.
type foundGroup struct {
	feature.FoundGroup
	first int
}

// pageOfPlaces is how far Page Up and Page Down move in the list.
const pageOfPlaces = 6

// Compute counts the places.
func (c *Finder) Compute(vugu.ComputeCtx) {
	n := 0
	c.groups = nil
	for _, g := range c.finder().Groups {
		c.groups = append(c.groups, foundGroup{g, n})
		n += len(g.List)
	}
}

func (c *Finder) finder() *feature.Finder { return c.Screen.State.Finder }

// placeID names the place at a position of the list.
func placeID(at int) string { return "place-" + strconv.Itoa(at) }

// ID names a place, so that the field can say where the reader stands.
func (c *Finder) ID(g foundGroup, i int) string { return placeID(g.first + i) }

// HeadID names the heading of a group.
func (c *Finder) HeadID(g foundGroup) string { return "places-" + string(g.Kind) }

// Heading names the group.
func (c *Finder) Heading(g foundGroup) string { return g.Kind.Heading() }

// Kind is the kind of its places.
func (c *Finder) Kind(g foundGroup) string { return string(g.Kind) }

// More says how many places are left out.
func (c *Finder) More(g foundGroup) string {
	if g.More == 0 {
		return ""
	}
	return say.Count(g.More) + " more"
}

// Named reports whether places of the group have a name of their own.
func (c *Finder) Named(g foundGroup) bool {
	return g.Kind == feature.FoundStep || g.Kind == feature.FoundWeight || g.Kind == feature.FoundNumber
}

// Selected says whether the reader stands at a place.
func (c *Finder) Selected(g foundGroup, i int) string {
	return feature.Choose(g.first+i == c.finder().At, "true", "false")
}

// Expanded says whether there is a list.
func (c *Finder) Expanded() string { return feature.Choose(len(c.groups) > 0, "true", "false") }

// Active is the place where the reader stands.
func (c *Finder) Active() interface{} {
	f := c.finder()
	return feature.Mark(f.At >= 0, placeID(f.At))
}

// Count says how many places were found.
func (c *Finder) Count() string {
	f := c.finder()
	switch {
	case f.Count == 0:
		return "Nothing is called so. Try the name of a stage, a step, a weight, a token, or a word of the field."
	case f.Text == "":
		return "Numbers lead to a cell: scores head 2, 4.1"
	case f.Count == 1:
		return "1 place"
	}
	return say.Count(f.Count) + " places"
}

// Typed takes over what is looked for.
func (c *Finder) Typed(event vugu.DOMEvent) {
	c.Screen.Send(feature.FinderTyped{Text: event.PropString("target", "value")})
}

// Key moves through the list, and goes where the reader stands. While a word is being
// composed, the keys are the input method's.
func (c *Finder) Key(event vugu.DOMEvent) {
	if event.PropBool("isComposing") {
		return
	}
	var m feature.Msg
	switch event.PropString("key") {
	case "ArrowDown":
		m = feature.FinderMoved{By: 1}
	case "ArrowUp":
		m = feature.FinderMoved{By: -1}
	case "PageDown":
		m = feature.FinderMoved{By: pageOfPlaces}
	case "PageUp":
		m = feature.FinderMoved{By: -pageOfPlaces}
	case "Enter":
		m = feature.FinderPicked{At: -1}
	default:
		return
	}
	event.PreventDefault()
	c.Screen.Send(m)
}

// Pick goes to a place.
func (c *Finder) Pick(g foundGroup, i int) { c.Screen.Send(feature.FinderPicked{At: g.first + i}) }

// Close closes the card. The page gives the focus back to where it was.
func (c *Finder) Close() { c.Screen.Send(feature.FinderToggled{}) }

// CloseOutside closes it when the press was beside it.
func (c *Finder) CloseOutside(event vugu.DOMEvent) {
	if event.PropString("target", "id") == "finder-veil" {
		c.Close()
	}
}
