package take

import (
	"strings"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Offer offers what the reader looks at as files, and shows one while it is written: the
// numbers of the selected panel, its picture, the view.
type Offer struct{ Screen *feature.Screen }

// Panel reports whether a panel is selected.
func (c *Offer) Panel() bool { return c.Screen.Selected() }

// Numbers are the formats of numbers.
func (c *Offer) Numbers() []export.Format { return export.Formats() }

// Pictures are those of pictures.
func (c *Offer) Pictures() []export.Format { return []export.Format{export.SVG, export.PNG} }

// Label is a format as it stands on its button.
func (c *Offer) Label(f export.Format) string { return strings.ToUpper(string(f)) }

// ID of the button.
func (c *Offer) ID(f export.Format) string { return "take-" + string(f) }

// Spoken says what the button does.
func (c *Offer) Spoken(f export.Format) string {
	return say.Take.Format(c.Label(f), c.Screen.State.Panel, FileName(c.Screen.State, c.Screen.State.Panel, f))
}

// Save asks for the file.
func (c *Offer) Save(f export.Format) {
	c.Screen.Send(Pressed{Name: c.Screen.State.Panel, Format: f})
}

// SaveView asks for a picture of the view.
func (c *Offer) SaveView() { c.Screen.Send(Pressed{Format: export.PNG}) }

// Note says what is in the file.
func (c *Offer) Note() string {
	info, _ := c.Screen.State.Info(c.Screen.State.Panel)
	all := say.Take.Exact(say.Shape(info.Rows, info.Cols))
	if info.Causal || info.Op.Filters() {
		all += " " + say.Take.MaskedCells()
	}
	if high, wide := export.Blocks(info.Rows, info.Cols); high*wide > 1 {
		all += " " + say.Take.Means(say.Shape(high, wide))
	}
	return all
}

// Writes reports whether a file is on its way.
func (c *Offer) Writes() bool { return c.file() != nil && !c.file().Offered }

func (c *Offer) file() *File { return Of(c.Screen.State).File }

// Percent is how much of it is written.
func (c *Offer) Percent() int {
	f := c.file()
	return int(int64(f.Done) * 100 / int64(max(f.Rows, 1)))
}

// Progress says it in words.
func (c *Offer) Progress() string {
	f := c.file()
	if f.Format.Picture() {
		return say.Take.Drawing(f.Name)
	}
	return say.Take.Progress(f.Name, f.Done, f.Rows)
}

// Cancel stops it.
func (c *Offer) Cancel() { c.Screen.Send(Closed{}) }
