package number

import "glassbox/web/feature"

// HoverCard shows the number at the pointer and what it was computed from. It always
// stands in the page, so that the page can measure and place it; without an explanation
// it is hidden.
type HoverCard struct{ Screen *feature.Screen }

// Shown reports whether the card can be seen.
func (c *HoverCard) Shown() bool {
	return c.Screen.Card != nil && c.Screen.Card.Visible && c.Screen.State.Explained != nil
}

// Class lets a pinned card be touched.
func (c *HoverCard) Class() string {
	return feature.Choose(c.Shown() && c.Screen.Card.Pinned, "card pinned", "card")
}
