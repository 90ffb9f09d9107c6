package number

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Subject names the selected step or weight and says how large its numbers are.
type Subject struct {
	Screen *feature.Screen
	name   string // of this build
	alias  string // what its file calls a weight, if that is another name
	shape  string
	sizes  run.Stat
	known  bool
	title  string
	term   string
	path   []string
}

// Compute asks once for what the methods below read.
func (c *Subject) Compute(vugu.ComputeCtx) {
	info, _ := c.Screen.State.Info(c.Screen.State.Panel)
	c.name, c.alias = info.Name, info.Alias
	c.shape = view.Sizes(info.Rows, info.Cols)
	c.sizes, c.known = c.Screen.State.Stat(c.name)
	c.term = say.Term(info.Base())
	c.title, c.path, _ = c.Screen.State.View().About(info)
}

// Term says what papers and programs call it.
func (c *Subject) Term() string { return say.Numbers.Term(c.term) }

// Names returns the stable name, and what the file of the model calls the weight.
func (c *Subject) Names() string {
	if c.alias == "" {
		return c.name
	}
	return c.name + " · " + c.alias
}

// Shape returns rows × columns.
func (c *Subject) Shape() string { return c.shape }

// Known reports whether the numbers are here.
func (c *Subject) Known() bool {
	return c.known
}

// Min returns the least of them.
func (c *Subject) Min() string { return c.stat(c.sizes.Min) }

// Max returns the largest.
func (c *Subject) Max() string { return c.stat(c.sizes.Max) }

// Mean returns their mean.
func (c *Subject) Mean() string { return c.stat(c.sizes.Mean) }

func (c *Subject) stat(v float32) string { return say.Brief(v) }

// CopyLabel says what the button does.
func (c *Subject) CopyLabel() string { return say.Numbers.CopyName(c.name) }

// Copy puts the stable name on the clipboard.
func (c *Subject) Copy() { c.Screen.Do(feature.Copy{Text: c.name, What: say.Numbers.CopiedName()}) }

// Pointed reports whether one of the panel's numbers is explained.
func (c *Subject) Pointed() bool { return c.Screen.Explains() }

// Panels are what features offer for it.
func (c *Subject) Panels() []vugu.Builder { return view.Components(c.Screen, feature.SlotSubject) }

// Icon draws a picture of the shell.
func (c *Subject) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }
