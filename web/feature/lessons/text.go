package lessons

import (
	"strconv"

	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// Text draws the text of a lesson.
type Text struct {
	Screen *feature.Screen
	Blocks []lesson.Block
}

// Title reports whether a block is a heading of that level.
func (c *Text) Title(i, level int) bool {
	return c.Blocks[i].Kind == lesson.Heading && c.Blocks[i].Level == level
}

// Paragraph reports whether a block is one.
func (c *Text) Paragraph(i int) bool { return c.Blocks[i].Kind == lesson.Paragraph }

// List reports whether a block is a list without numbers.
func (c *Text) List(i int) bool { return c.Blocks[i].Kind == lesson.List }

// Numbered reports whether a block is a list with numbers.
func (c *Text) Numbered(i int) bool { return c.Blocks[i].Kind == lesson.Numbered }

// ID tells the lines of all blocks apart.
func (c *Text) ID(block, line int) string {
	return strconv.Itoa(block) + "." + strconv.Itoa(line)
}
