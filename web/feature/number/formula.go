package number

import (
	"glassbox/web/explain"
	"glassbox/web/feature"
)

// Formula shows pieces of a formula. Symbols lead to the panels that they stand for; a
// fraction holds two formulas, one above the other.
type Formula struct {
	Screen *feature.Screen
	List   []explain.FormulaPart
}

// Split reports whether piece i is a fraction.
func (c *Formula) Split(i int) bool { return len(c.List[i].Under) > 0 }

// Linked reports whether piece i leads to a panel.
func (c *Formula) Linked(i int) bool { return !c.Split(i) && c.List[i].Tensor != "" }

// Plain reports whether piece i is just text.
func (c *Formula) Plain(i int) bool { return !c.Split(i) && c.List[i].Tensor == "" }

// Class styles piece i.
func (c *Formula) Class(i int) string {
	switch {
	case c.Split(i):
		return "frac"
	case c.List[i].Kind == explain.Symbol:
		return "sym"
	case c.List[i].Kind == explain.Value:
		return "number"
	}
	return "op"
}

// LinkClass colours a link as the kind of what it leads to.
func (c *Formula) LinkClass(i int) string { return "link " + c.Screen.KindOf(c.List[i].Tensor) }

// Go selects what piece i stands for: its only number, or its panel.
func (c *Formula) Go(i int) {
	if at := c.List[i].Cell; at.Name != "" {
		c.Screen.FollowCell(at)
		return
	}
	c.Screen.Follow(c.List[i].Tensor)
}
