package text

import (
	"strconv"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Chip is a token of the text: what it says, and its id. A press follows the token down
// the column of the selected panel.
type Chip struct {
	Screen *feature.Screen
	Index  int
}

// Key is the id of the chip, so that the focus can be led to it.
func (c *Chip) Key() string { return feature.TokenFocus(c.Index) }

// Text returns the token, with visible spaces.
func (c *Chip) Text() string { return c.Screen.State.Tokens[c.Index].Text }

// ID returns its number in the vocabulary.
func (c *Chip) ID() int { return c.Screen.State.Tokens[c.Index].ID }

// Below returns what stands below the token: its id, or what a feature says of it.
func (c *Chip) Below() string {
	if u, ok := c.Screen.State.Under(c.Index); ok {
		return u.Text
	}
	return strconv.Itoa(c.ID())
}

// Level is that of the colour that a feature gives the token; nil: none.
func (c *Chip) Level() interface{} {
	u, ok := c.Screen.State.Under(c.Index)
	return feature.Mark(ok, strconv.Itoa(u.Level))
}

// Class tells what was typed, what was written, and what is selected.
func (c *Chip) Class() string {
	class := "chip"
	if c.Screen.State.Tokens[c.Index].Generated {
		class += " generated"
	}
	if c.unseen() {
		class += " unseen"
	}
	if c.Screen.State.Tokens[c.Index].Control {
		class += " special"
	}
	if c.selected() {
		class += " selected"
	}
	return class
}

// TextClass makes spaces and parts of characters lighter than text.
func (c *Chip) TextClass() string { return "text" + view.TokenClass(c.Text()) }

// Pressed says whether the token is selected.
func (c *Chip) Pressed() string { return feature.Choose(c.selected(), "true", "false") }

// Label reads the chip aloud.
func (c *Chip) Label() string {
	label := c.label()
	if u, ok := c.Screen.State.Under(c.Index); ok {
		label += " " + u.Says
	}
	return label
}

func (c *Chip) label() string {
	return say.Text.Token(c.Index, c.Text(), c.ID(), c.Screen.State.Writer(c.Index), feature.Choose(c.unseen(), "never", "before"))
}

// unseen reports whether the model has never met the token in training.
func (c *Chip) unseen() bool { return c.Screen.State.Tokens[c.Index].Unseen }

// Title says so, or that the token is no text, or what a feature says of it.
func (c *Chip) Title() interface{} {
	if u, ok := c.Screen.State.Under(c.Index); ok {
		return u.Says
	}
	if c.Screen.State.Tokens[c.Index].Control {
		return say.Text.Control()
	}
	return feature.Mark(c.unseen(), say.Text.Unseen())
}

// Choose selects the token's number in the selected panel, or else its id.
func (c *Chip) Choose() {
	cell := c.Screen.State.TokenCell(c.Index)
	c.Screen.Send(feature.CellChosen{Cell: &cell})
}

// selected reports whether the cell that the reader points at, or else the pinned one, is
// this token's.
func (c *Chip) selected() bool {
	s := c.Screen.State
	cell := s.Pointed()
	if cell == nil || cell.Row != c.Index {
		return false
	}
	info, ok := s.Info(cell.Name)
	return ok && info.Rows == len(s.Tokens)
}
