package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Inspector tells about what is selected: a number, its panel, a stage, or the model as a
// whole. On a narrow screen it is a sheet at the bottom.
type Inspector struct{ Screen *feature.Screen }

// Panels are the sections, from the top down.
func (c *Inspector) Panels() []vugu.Builder { return Components(c.Screen, feature.SlotInspector) }

// End is what stays in view below them.
func (c *Inspector) End() []vugu.Builder { return Components(c.Screen, feature.SlotInspectorEnd) }

// Sheet is how far the inspector of a narrow screen is drawn up.
func (c *Inspector) Sheet() string {
	return [...]string{"peek", "half", "full"}[c.sheet()]
}

func (c *Inspector) sheet() feature.Sheet {
	return min(max(c.Screen.State.Sheet, feature.SheetPeek), feature.SheetFull)
}

func (c *Inspector) nextSheet() feature.Sheet { return (c.sheet() + 1) % (feature.SheetFull + 1) }

// GripLabel says what a press on the grip does.
func (c *Inspector) GripLabel() string {
	switch c.nextSheet() {
	case feature.SheetPeek:
		return say.View.ShowLess()
	case feature.SheetHalf:
		return say.View.ShowMore()
	}
	return say.View.ShowEverything()
}

// Move draws the sheet one step further up, and from the top back down.
func (c *Inspector) Move() { c.Screen.Send(feature.SheetMoved{Sheet: c.nextSheet()}) }

// Entered draws the sheet up when the focus comes into it, for of a sheet that peeks next to
// nothing is seen.
func (c *Inspector) Entered() {
	if c.sheet() == feature.SheetPeek {
		c.Screen.Send(feature.SheetMoved{Sheet: feature.SheetHalf})
	}
}
