package view

import (
	"glassbox/web/app"
	"glassbox/web/export"
)

// Take offers the numbers of the selected panel as files, and shows one while it is written.
type Take struct{ Root *Root }

// Formats are those offered.
func (c *Take) Formats() []export.Format { return export.Formats() }

// Label is format i as it stands on its button.
func (c *Take) Label(i int) string { return [...]string{"CSV", "JSON", "NPY"}[i] }

// ID of the button.
func (c *Take) ID(i int) string { return "take-" + string(export.Formats()[i]) }

// Spoken says what the button does.
func (c *Take) Spoken(i int) string {
	return c.Label(i) + ": save " + c.Root.State.Panel + " as " + c.file(i)
}

func (c *Take) file(i int) string {
	return export.FileName(c.Root.State.FileModel(), c.Root.State.Panel, string(export.Formats()[i]))
}

// Save asks for the file.
func (c *Take) Save(i int) {
	c.Root.send(app.TakePressed{Name: c.Root.State.Panel, Format: export.Formats()[i]})
}

// Note says what is in the file.
func (c *Take) Note() string {
	info, _ := c.Root.State.Info(c.Root.State.Panel)
	all := "All " + app.Count(info.Rows) + " × " + app.Count(info.Cols) + " numbers, as exact as they are."
	if info.Causal || info.Name == "sample.top_k" || info.Name == "sample.top_p" {
		all += " Masked cells are empty in CSV, null in JSON, NaN in NPY."
	}
	return all
}

// Writes reports whether a file is on its way.
func (c *Take) Writes() bool { return c.Root.State.Taking != nil && !c.Root.State.Taking.Offered }

// Percent is how much of it is written.
func (c *Take) Percent() int {
	t := c.Root.State.Taking
	return int(int64(t.Done) * 100 / int64(max(t.Rows, 1)))
}

// Progress says it in words.
func (c *Take) Progress() string {
	t := c.Root.State.Taking
	return t.File + ": " + app.Count(t.Done) + " of " + app.Count(t.Rows) + " rows"
}

// Cancel stops it.
func (c *Take) Cancel() { c.Root.send(app.TakeClosed{}) }
