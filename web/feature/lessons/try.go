package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Try says what the reader could do where they are.
type Try struct {
	Screen *feature.Screen
	text   explain.StageText // of this build
}

// Compute asks for the text.
func (c *Try) Compute(vugu.ComputeCtx) { c.text = c.Screen.StageText() }

// Starts reports whether the reader has only just come.
func (c *Try) Starts() bool {
	return c.Screen.State.Stage == run.StageOverview && c.Screen.Live()
}

// Steps reports whether a token can be written.
func (c *Try) Steps() bool {
	return c.Screen.State.Stage == run.StageOverview && c.Screen.State.Next != nil
}

// Text leads to the text field.
func (c *Try) Text() { c.Screen.Do(feature.Focus{ID: feature.TextFocus}) }

// Change says what can be changed in the text.
func (c *Try) Change() []say.Piece {
	if c.Screen.State.Config.Alphabet != "" {
		return say.Lessons.ChangeLetter()
	}
	return say.Lessons.ChangeWord()
}

// Step writes one token.
func (c *Try) Step() { c.Screen.Send(feature.StepPressed{}) }
