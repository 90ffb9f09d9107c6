package compare

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Views is the switch between one picture, both side by side, and the difference, on the scene.
type Views struct{ Screen *feature.Screen }

// Views are its positions.
func (c *Views) Views() []View { return []View{ViewOne, ViewSide, ViewDiff} }

// Label names one of them.
func (c *Views) Label(v View) string {
	switch v {
	case ViewSide:
		return say.Compare.ViewSide()
	case ViewDiff:
		return say.Compare.ViewDifference()
	}
	return say.Compare.ViewOne()
}

// ID is that of its button.
func (c *Views) ID(v View) string { return "view-" + feature.Choose(v == ViewOne, "one", string(v)) }

// on reports whether it is what the scene shows.
func (c *Views) on(v View) bool {
	is := Of(c.Screen.State)
	switch v {
	case ViewSide:
		return is.Side
	case ViewDiff:
		return is.Diff
	}
	return !is.Side && !is.Diff
}

// Pressed says whether it is on.
func (c *Views) Pressed(v View) string { return feature.Choose(c.on(v), "true", "false") }

// Off reports whether it can't be chosen, and Hint says why, or what it shows.
func (c *Views) Off(v View) bool {
	return v == ViewDiff && !agree(c.Screen.State, Of(c.Screen.State))
}

// Hint is described at Off.
func (c *Views) Hint(v View) string {
	is := Of(c.Screen.State)
	switch {
	case c.Off(v):
		return say.Compare.NoDifference()
	case v == ViewDiff:
		return say.Compare.DifferenceHint(is.Name, is.OtherName)
	case v == ViewSide:
		return say.Compare.SideHint(is.Name, is.OtherName)
	}
	return say.Compare.OneHint(is.Name)
}

// Choose chooses it.
func (c *Views) Choose(v View) { c.Screen.Send(ViewChosen{v}) }

// Reminder says that there is a second run, where the inspector is for something else.
type Reminder struct{ Screen *feature.Screen }

// Text names both.
func (c *Reminder) Text() string {
	is := Of(c.Screen.State)
	return say.Compare.Spoken(is.Name, is.OtherName)
}

// Open shows the card.
func (c *Reminder) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}
