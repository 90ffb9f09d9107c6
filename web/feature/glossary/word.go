package glossary

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Word shows the word that is open, above what is said about its place.
type Word struct {
	Screen *feature.Screen
	word   Entry // of this build
}

// Compute looks the word up.
func (c *Word) Compute(vugu.ComputeCtx) { c.word, _ = wordOf(memory.Get(c.Screen.State).Word) }

// Also lists its other names.
func (c *Word) Also() string {
	if c.word.Also == "" {
		return ""
	}
	return say.Glossary.AlsoCalled(c.word.Also)
}

// Close puts it away.
func (c *Word) Close() {
	c.Screen.Send(Closed{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Icon draws a picture of the shell.
func (c *Word) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Caption is the word on the scene, for want of an inspector.
type Caption struct{ Screen *feature.Screen }

// Word is what stands in it.
func (c *Caption) Word() vugu.Builder { return &Word{Screen: c.Screen} }
