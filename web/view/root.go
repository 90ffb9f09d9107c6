package view

import (
	"unicode/utf8"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Root is the component that the page mounts; all others stand inside it.
type Root struct{ feature.Screen }

// Compute runs before each build.
func (c *Root) Compute(vugu.ComputeCtx) {
	if c.State == nil {
		c.State = &feature.State{}
	}
}

// OnScene returns the components on the scene, OverPage those over everything.
func (c *Root) OnScene() []vugu.Builder { return Components(&c.Screen, feature.SlotScene) }

// OverPage is described at OnScene.
func (c *Root) OverPage() []vugu.Builder { return Components(&c.Screen, feature.SlotPage) }

// Strip returns the component below the scene. It comes before the scene for who goes from one to the next by a key: the
// page begins with the text.
func (c *Root) Strip() []vugu.Builder { return Components(&c.Screen, feature.SlotStrip) }

// Hold keeps the notice as long as the pointer is on it.
func (c *Root) Hold(on bool) { c.Send(feature.NoticeHeld{On: on}) }

// Said reports whether there is a notice, for the style sheet.
func (c *Root) Said() interface{} { return feature.Present(c.State.Notice != "") }

// longNotice is how many letters of a notice may be too many for a line.
const longNotice = 90

// NoticeClass tells a notice of several lines, which has its place above the bar below the model.
func (c *Root) NoticeClass() string {
	return feature.Choose(utf8.RuneCountInString(c.State.Notice) > longNotice, "notice long", "notice")
}
