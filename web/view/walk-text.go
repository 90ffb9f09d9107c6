package view

import (
	"strconv"

	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// WalkText draws the text of a lesson.
type WalkText struct {
	Screen *feature.Screen
	Blocks []lesson.Block
}

// Title reports whether a block is a heading of that level.
func (c *WalkText) Title(i, level int) bool {
	return c.Blocks[i].Kind == lesson.Heading && c.Blocks[i].Level == level
}

// Paragraph reports whether a block is one.
func (c *WalkText) Paragraph(i int) bool { return c.Blocks[i].Kind == lesson.Paragraph }

// List reports whether a block is a list without numbers.
func (c *WalkText) List(i int) bool { return c.Blocks[i].Kind == lesson.List }

// Numbered reports whether a block is a list with numbers.
func (c *WalkText) Numbered(i int) bool { return c.Blocks[i].Kind == lesson.Numbered }

// ID tells the lines of all blocks apart.
func (c *WalkText) ID(block, line int) string {
	return strconv.Itoa(block) + "." + strconv.Itoa(line)
}
