package number

import (
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
)

// SourceCode shows the line of the program that made the selected panel.
type SourceCode struct {
	Screen *feature.Screen
	lines  []explain.SourceLine // of this build
	file   string
}

// Compute looks the lines up.
func (c *SourceCode) Compute(vugu.ComputeCtx) {
	info, _ := c.Screen.State.Info(c.Screen.State.Panel)
	c.file, _ = info.Source()
	c.lines = explain.SourceLines(info)
}

// Class tells the line that ran from those around it.
func (c *SourceCode) Class(l explain.SourceLine) string {
	return feature.Choose(l.Current, "ran", "near")
}

// Code returns a line up to its comment.
func (c *SourceCode) Code(l explain.SourceLine) string {
	code, _, commented := strings.Cut(l.Text, "//")
	if code = strings.TrimRight(code, " "); commented && code != "" {
		code += "  "
	}
	return code
}

// Comment returns the rest.
func (c *SourceCode) Comment(l explain.SourceLine) string {
	if _, comment, ok := strings.Cut(l.Text, "//"); ok {
		return "//" + comment
	}
	return ""
}
