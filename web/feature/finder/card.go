package finder

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Card is the card in which the reader looks for a place: a text field, and below it a
// list of what fits. The focus stays in the field; arrow keys move through the list.
type Card struct {
	Screen *feature.Screen
	groups []foundGroup // of this build
}

// A foundGroup knows how many places are listed before it.
type foundGroup struct {
	Group
	first int
}

// pageOfPlaces is how far Page Up and Page Down move in the list.
const pageOfPlaces = 6

// Compute counts the places.
func (c *Card) Compute(vugu.ComputeCtx) {
	n := 0
	c.groups = nil
	for _, g := range c.finder().Groups {
		c.groups = append(c.groups, foundGroup{g, n})
		n += len(g.List)
	}
}

func (c *Card) finder() *State { return memory.Get(c.Screen.State) }

// placeID names the place at a position of the list.
func placeID(at int) string { return "place-" + strconv.Itoa(at) }

// ID names a place, so that the field can say where the reader stands.
func (c *Card) ID(g foundGroup, i int) string { return placeID(g.first + i) }

// HeadID names the heading of a group.
func (c *Card) HeadID(g foundGroup) string { return "places-" + string(g.Kind) }

// Heading names the group.
func (c *Card) Heading(g foundGroup) string {
	if g.Kind == FoundTool || g.Kind == FoundPlace {
		return g.List[0].place.Kind
	}
	return g.Kind.Heading()
}

// Kind is the kind of its places.
func (c *Card) Kind(g foundGroup) string { return string(g.Kind) }

// More says how many places are left out.
func (c *Card) More(g foundGroup) string {
	if g.More == 0 {
		return ""
	}
	return say.Finder.More(g.More)
}

// Named reports whether places of the group have a name of their own.
func (c *Card) Named(g foundGroup) bool {
	return g.Kind == FoundStep || g.Kind == FoundWeight || g.Kind == FoundNumber
}

// Selected says whether the reader stands at a place.
func (c *Card) Selected(g foundGroup, i int) string {
	return feature.Choose(g.first+i == c.finder().At, "true", "false")
}

// Expanded says whether there is a list.
func (c *Card) Expanded() string { return feature.Choose(len(c.groups) > 0, "true", "false") }

// Active is the place where the reader stands.
func (c *Card) Active() interface{} {
	f := c.finder()
	return feature.Mark(f.At >= 0, placeID(f.At))
}

// Count says how many places were found.
func (c *Card) Count() string {
	f := c.finder()
	switch {
	case f.Count == 0:
		return say.Finder.Nothing()
	case f.Text == "":
		return say.Finder.Hint()
	}
	return say.Finder.Count(f.Count)
}

// Typed takes over what is looked for.
func (c *Card) Typed(event vugu.DOMEvent) {
	c.Screen.Send(Typed{Text: event.PropString("target", "value")})
}

// Key moves through the list, and goes where the reader stands. While a word is being
// composed, the keys are the input method's.
func (c *Card) Key(event vugu.DOMEvent) {
	if event.PropBool("isComposing") {
		return
	}
	var m feature.Msg
	switch event.PropString("key") {
	case "ArrowDown":
		m = Moved{By: 1}
	case "ArrowUp":
		m = Moved{By: -1}
	case "PageDown":
		m = Moved{By: pageOfPlaces}
	case "PageUp":
		m = Moved{By: -pageOfPlaces}
	case "Enter":
		m = Picked{At: -1}
	default:
		return
	}
	event.PreventDefault()
	c.Screen.Send(m)
}

// Pick goes to a place.
func (c *Card) Pick(g foundGroup, i int) { c.Screen.Send(Picked{At: g.first + i}) }

// Close closes the card. The page gives the focus back to where it was.
func (c *Card) Close() { c.Screen.Send(Toggled{}) }

// CloseOutside closes it when the press was beside it.
func (c *Card) CloseOutside(event vugu.DOMEvent) {
	if event.PropString("target", "id") == "finder-veil" {
		c.Close()
	}
}

// Icon draws a picture of the shell.
func (c *Card) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Text is what stands in the field.
func (c *Card) Text() string { return c.finder().Text }

// Button opens the card.
type Button struct{ Screen *feature.Screen }

// Icon draws a picture of the shell.
func (c *Button) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Open opens it.
func (c *Button) Open() { c.Screen.Send(Toggled{}) }
