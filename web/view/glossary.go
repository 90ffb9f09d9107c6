package view

import (
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Glossary shows the word that is open, above what is said about its place.
type Glossary struct {
	Screen *feature.Screen
	word   feature.GlossaryWord // of this build
}

// Compute looks the word up.
func (c *Glossary) Compute(vugu.ComputeCtx) { c.word, _ = c.Screen.State.Glossed() }

// Also lists its other names.
func (c *Glossary) Also() string {
	if len(c.word.Also) == 0 {
		return ""
	}
	return "Also: " + strings.Join(c.word.Also, ", ") + "."
}

// Close puts it away.
func (c *Glossary) Close() {
	c.Screen.Send(feature.WordClosed{})
	c.Screen.Do(feature.Focus{ID: "title"})
}
