package view

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Pan moves the camera along the screen, Turn turns it about the model: CSS pixels, x to
// the right and y down, as a pointer that drags would go.
type (
	Pan  struct{ X, Y float32 }
	Turn struct{ X, Y float32 }
)

// Pad moves the camera by single presses, for those who can't drag, pinch or type.
type Pad struct{ Screen *feature.Screen }

// panStep and turnStep are how far one press goes, in the pixels of a drag.
const panStep, turnStep = 80, 40

type padRow struct {
	name    string
	buttons []padButton
}

type padButton struct {
	id, label, icon string
	action          feature.Action
}

// padRows is the table of the buttons. Who moves right sees the model go left.
func padRows() []padRow {
	return []padRow{
		{say.View.Move(), []padButton{
			{"move-left", say.View.MoveLeft(), "left", Pan{panStep, 0}}, {"move-right", say.View.MoveRight(), "right", Pan{-panStep, 0}},
			{"move-up", say.View.MoveUp(), "up", Pan{0, panStep}}, {"move-down", say.View.MoveDown(), "down", Pan{0, -panStep}}}},
		{say.View.Turn(), []padButton{
			{"turn-left", say.View.TurnLeft(), "left", Turn{-turnStep, 0}}, {"turn-right", say.View.TurnRight(), "right", Turn{turnStep, 0}},
			{"turn-up", say.View.TurnUp(), "up", Turn{0, -turnStep}}, {"turn-down", say.View.TurnDown(), "down", Turn{0, turnStep}}}},
		{say.View.Zoom(), []padButton{
			{"pad-in", say.View.ZoomInMiddle(), "plus", feature.Zoom{By: zoomStep}}, {"pad-out", say.View.ZoomOutMiddle(), "minus", feature.Zoom{By: 1 / zoomStep}}}},
	}
}

// Rows returns the groups.
func (c *Pad) Rows() []padRow { return padRows() }

// Buttons returns those of group i.
func (c *Pad) Buttons(i int) []padButton { return padRows()[i].buttons }

// Name says what group i does.
func (c *Pad) Name(i int) string { return padRows()[i].name }

// ID names button k of group i.
func (c *Pad) ID(i, k int) string { return c.Buttons(i)[k].id }

// Label says what it does.
func (c *Pad) Label(i, k int) string { return c.Buttons(i)[k].label }

// Icon shows it.
func (c *Pad) Icon(i, k int) string { return c.Buttons(i)[k].icon }

// Press does it.
func (c *Pad) Press(i, k int) { c.Screen.Do(c.Buttons(i)[k].action) }
