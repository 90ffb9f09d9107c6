package view

import (
	"glassbox/web/app"
	"glassbox/web/explain"
	"glassbox/web/run"
)

// lesson returns what there is to say about the stage; nothing while there is no model.
func (c *Screen) lesson() explain.StageText {
	if c.State.Config.Heads == 0 {
		return explain.StageText{}
	}
	return c.State.View().Text()
}

// selected reports whether a step or weight is selected that the model has.
func (c *Screen) selected() bool {
	_, ok := c.State.Info(c.State.Panel)
	return ok && c.State.Panel != ""
}

// explains reports whether one of its numbers is explained.
func (c *Screen) explains() bool {
	x := c.State.Explained
	return x != nil && c.selected() && x.Name == c.State.Panel
}

// follow selects a step or weight from a link to it, and takes the focus along.
func (c *Screen) follow(name string) {
	c.Send(app.PanelChosen{Name: name})
	c.Do(Focus{"title"})
}

// followCell goes on to a number that the explained one was made from, and takes the focus
// along.
func (c *Screen) followCell(cell run.Cell) {
	c.Send(app.OperandFollowed{Cell: cell})
	c.Do(Focus{"title"})
}

// kindOf returns the kind of a step or weight, which is also its class in the style sheet.
func (c *Screen) kindOf(tensor string) string {
	info, _ := c.State.Info(tensor)
	return string(info.Kind)
}
