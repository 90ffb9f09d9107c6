package number

import (
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Answer says in short how the number at the pointer came about.
type Answer struct {
	Screen      *feature.Screen
	calculation explain.Calculation // of this build
	title       string
	path        []string
}

// Compute asks once for what the methods below read.
func (c *Answer) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.calculation, _ = s.View().Calculation()
	if s.Explained != nil {
		info, _ := s.Info(s.Explained.Name)
		c.title, c.path, _ = s.View().About(info)
	}
}

// Name returns what the panel is called.
func (c *Answer) Name() string { return c.title }

// Place says where the panel stands.
func (c *Answer) Place() string { return strings.Join(c.path, ", ") }

// Formula is the equation with its numbers.
func (c *Answer) Formula() vugu.Builder {
	return &view.Formula{Screen: c.Screen, List: c.calculation.Numbers()}
}

// Hint says what a press on the number does.
func (c *Answer) Hint() string { return say.Numbers.Copy(c.calculation.Exact) }

// Copy puts all digits of the number on the clipboard.
func (c *Answer) Copy() {
	c.Screen.Do(feature.Copy{Text: c.calculation.Exact, What: say.Numbers.Copied()})
}

// Where names the cell in words.
func (c *Answer) Where() []run.Phrase {
	x := c.Screen.State.Explained
	return c.Screen.State.Where(run.Cell{Name: x.Name, Row: x.Row, Col: x.Col})
}

// WordClass makes the words stand out that matter.
func (c *Answer) WordClass(w run.Phrase) string { return feature.Choose(w.Strong, "strong", "") }
