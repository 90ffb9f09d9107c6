package view

import (
	"glassbox/web/feature"
	"glassbox/web/run"
)

// Inspector tells about what is selected: a number, its panel, a stage, or the model as a
// whole. On a narrow screen it is a sheet at the bottom.
type Inspector struct{ Screen *feature.Screen }

// Panel reports whether a step or weight is selected.
func (c *Inspector) Panel() bool { return c.Screen.Selected() && !c.Walks() && !c.Attends() }

// Staged reports whether none is, so that the stage is described.
func (c *Inspector) Staged() bool {
	return !c.Screen.Selected() && !c.Walks() && !c.Compares() && !c.Attends()
}

// Compares reports whether sizes are compared, in the place of everything about the model.
func (c *Inspector) Compares() bool { return c.Screen.State.Sizes != "" }

// Glosses reports whether a word of the glossary is open.
func (c *Inspector) Glosses() bool { return c.Screen.State.Word != "" && !c.Screen.State.Host.Bare() }

// Walks reports whether the reader is on the walk, whose stop stands here instead.
func (c *Inspector) Walks() bool { return walks(c.Screen) && !captioned(c.Screen) }

// Counted reports whether a stop of the walk asks for where the parameters are.
func (c *Inspector) Counted() bool {
	stop, _ := c.Screen.State.Stop()
	return stop.Picture == "parameters"
}

// Answers reports whether the next token belongs here: everywhere, but on the walk only at
// its last stages.
func (c *Inspector) Answers() bool {
	stage := c.Screen.State.Stage
	return !c.Walks() && !c.Compares() && !c.Attends() || c.Walks() && (stage == run.StageSoftmax || stage == run.StageSample)
}

// Ranks reports whether the table of all tokens belongs here too: that of a long vocabulary.
func (c *Inspector) Ranks() bool { return c.Answers() && c.Screen.State.Ranks() }

// Unseen says which tokens of the text the model has never met.
func (c *Inspector) Unseen() string {
	if c.Compares() {
		return ""
	}
	return feature.UnseenNote(*c.Screen.State)
}

// Pointed reports whether there is a number whose origin is known.
func (c *Inspector) Pointed() bool { return c.Screen.State.Explained != nil }

// Attends reports whether the heads of a block stand side by side, in the place of what
// there is to say about its panels.
func (c *Inspector) Attends() bool {
	return c.Screen.State.Attention.Head != "" && !c.Walks() && !c.Compares()
}

// Traces reports whether there is a way back to the text: from a number that is pinned, or
// explained.
func (c *Inspector) Traces() bool {
	return !c.Compares() && (c.Screen.State.Cell != nil || c.Screen.Explains())
}

// Explains reports whether it is one of the selected panel.
func (c *Inspector) Explains() bool { return c.Screen.Explains() && !c.Attends() }

// Sourced reports whether a line of the program made the panel.
func (c *Inspector) Sourced() bool {
	info, _ := c.Screen.State.Info(c.Screen.State.Panel)
	file, _ := info.Source()
	return c.Panel() && file != ""
}

// Overview reports whether nothing is selected, so that the whole model is described.
func (c *Inspector) Overview() bool {
	return c.Staged() && c.Screen.State.Stage == run.StageOverview && len(c.Screen.State.Facts) > 0
}

// Takes reports whether what is seen can leave the page, where there is a page.
func (c *Inspector) Takes() bool {
	return !c.Walks() && c.Screen.Live() && c.Screen.State.Phase == feature.Ready
}

// Tokenizes reports whether the reader is where texts are cut.
func (c *Inspector) Tokenizes() bool { return c.Screen.State.Stage == run.StageTokenize }

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
	return [...]string{"Show less", "Show more", "Show everything"}[c.nextSheet()]
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
