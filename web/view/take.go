package view

import (
	"strings"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Take offers what the reader looks at as files, and shows one while it is written: the
// numbers of the selected panel, its picture, the view.
type Take struct{ Screen *feature.Screen }

// Panel reports whether a panel is selected.
func (c *Take) Panel() bool { return c.Screen.Selected() }

// Numbers are the formats of numbers.
func (c *Take) Numbers() []export.Format { return export.Formats() }

// Pictures are those of pictures.
func (c *Take) Pictures() []export.Format { return []export.Format{export.SVG, export.PNG} }

// Label is a format as it stands on its button.
func (c *Take) Label(f export.Format) string { return strings.ToUpper(string(f)) }

// ID of the button.
func (c *Take) ID(f export.Format) string { return "take-" + string(f) }

// Spoken says what the button does.
func (c *Take) Spoken(f export.Format) string {
	return c.Label(f) + ": save " + c.Screen.State.Panel + " as " + c.Screen.State.FileName(c.Screen.State.Panel, f)
}

// Save asks for the file.
func (c *Take) Save(f export.Format) {
	c.Screen.Send(feature.TakePressed{Name: c.Screen.State.Panel, Format: f})
}

// SaveView asks for a picture of the view.
func (c *Take) SaveView() { c.Screen.Send(feature.TakePressed{Format: export.PNG}) }

// Note says what is in the file.
func (c *Take) Note() string {
	info, _ := c.Screen.State.Info(c.Screen.State.Panel)
	all := "All " + say.Count(info.Rows) + " × " + say.Count(info.Cols) + " numbers, as exact as they are."
	if info.Causal || info.Op.Filters() {
		all += " Masked cells are empty in CSV, null in JSON, NaN in NPY."
	}
	if high, wide := export.Blocks(info.Rows, info.Cols); high*wide > 1 {
		all += " The picture has too few cells for them: each shows the mean of " + say.Count(high) + " × " + say.Count(wide) + "."
	}
	return all
}

// Writes reports whether a file is on its way.
func (c *Take) Writes() bool { return c.Screen.State.Taking != nil && !c.Screen.State.Taking.Offered }

// Percent is how much of it is written.
func (c *Take) Percent() int {
	t := c.Screen.State.Taking
	return int(int64(t.Done) * 100 / int64(max(t.Rows, 1)))
}

// Progress says it in words.
func (c *Take) Progress() string {
	t := c.Screen.State.Taking
	if t.Format.Picture() {
		return t.File + " is being drawn."
	}
	return t.File + ": " + say.Count(t.Done) + " of " + say.Count(t.Rows) + " rows"
}

// Cancel stops it.
func (c *Take) Cancel() { c.Screen.Send(feature.TakeClosed{}) }
