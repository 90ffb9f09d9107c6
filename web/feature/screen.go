package feature

import (
	"math"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/run"
	"glassbox/web/scene"
	"glassbox/web/scene/paint"
)

// A Screen is what components see and can do: each has it as its only field, besides what tells it from
// others of its kind. The page fills the fields once, keeps the pointers' contents up to date, and
// renders again after each change.
type Screen struct {
	State    *State
	Theme    paint.Theme  // that is shown now: what the reader's choice comes to on this system
	Legend   *LegendInfo  // what the pointer is over; nil: nothing
	Card     *CardInfo    // nil: hidden
	Map      *MapInfo     // nil: hidden
	Printing bool         // the page is on its way to paper: all stops of the walk are drawn
	OnMsg    func(Msg)    // hears what the reader does; nil: nobody does
	OnAction func(Action) // does what changes nothing in State; nil: those controls are hidden

	Heard Heard // what a screen reader was told

	Drawn map[string]any // what components drew last and may use again, by names of theirs

	components map[place]vugu.Builder // of the panels, which stay the same from one rendering to the next

	ramp   paint.Ramp  // the colours of values, of the theme below
	rampOf paint.Theme // costs half a millisecond, so it is computed only when the theme changes
	ramped bool
}

// An Action is a wish that changes nothing in State: one of those below.
type Action interface{}

// The actions.
type (
	// Zoom brings the camera nearer by the factor By (above 1) or takes it back (below 1).
	Zoom struct{ By float32 }
	// Fit flies to where the whole model is in view.
	Fit struct{}
	// Copy puts Text on the clipboard, and says so.
	Copy struct {
		Text string
		What string // it is, for the sentence: "The text"
	}
	// SaveText saves a text as a file, or, where the frame of the page may forbid that, puts it on the clipboard.
	SaveText struct{ Name, Mime, Text string }
	// SavePicture saves an SVG as a PNG, or, where the frame of the page may forbid that, puts the SVG on the clipboard.
	SavePicture struct{ Name, SVG string }
	// Focus gives the focus to the element with this id, once it stands there.
	Focus struct{ ID string }
)

// PinnedKey names the pinned number, "" none: what is folded out for one is folded for the next.
func (c *Screen) PinnedKey() string {
	if c.State.Cell == nil {
		return ""
	}
	return c.State.Cell.Key()
}

// SceneFocus is the id of the scene, which takes the focus without being scrolled to.
const SceneFocus = "gl"

// TitleFocus is the id of the heading of what stands in the inspector; TextFocus of the field of the text.
const (
	TitleFocus = "title"
	TextFocus  = "prompt"
)

// TokenFocus is the id of a token of the text, counted from 0.
func TokenFocus(t int) string { return "token-" + strconv.Itoa(t) }

// LegendInfo is what the legend says about a panel.
type LegendInfo struct {
	Name    string   // of the panel, as its label has it; empty: no panel is meant
	Norm    float32  // its colours go from −Norm to +Norm
	Above   bool     // no value can be negative: they go from 0 on
	Plain   bool     // the values are ids, which have no colours
	Value   *float32 // of the cell under the pointer, or nil
	Clamped bool     // there are values beyond the norm
	Differs bool     // they are differences between after and before
	Alone   bool     // with a scale of their own
}

// CardInfo is what the page says about the card at the pointer. The page also places it:
// it is the element with the id "card", whose containing block is the scene.
type CardInfo struct {
	Visible bool
	Pinned  bool // it stays, and can be touched
}

// MapInfo is a small picture of the whole tower.
type MapInfo struct{ Bands []MapBand }

// A MapBand is a stage, or a part of a block, on that picture.
type MapBand struct {
	Stage run.Stage
	Label string
	scene.Band
}

// A place is where a component stands.
type place struct {
	slot  Slot
	order int
}

// Component returns what p builds: always the same one, so that the renderer knows it again.
func (c *Screen) Component(p Component) vugu.Builder {
	at := place{p.Slot, p.Order}
	if c.components[at] == nil {
		if c.components == nil {
			c.components = map[place]vugu.Builder{}
		}
		c.components[at] = p.Build(c)
	}
	return c.components[at]
}

// Send tells what the reader does.
func (c *Screen) Send(m Msg) {
	if c.OnMsg != nil {
		c.OnMsg(m)
	}
}

// Do does what changes nothing in State.
func (c *Screen) Do(a Action) {
	if c.OnAction != nil {
		c.OnAction(a)
	}
}

// Live reports whether there is a page that can do things, rather than a picture of one.
func (c *Screen) Live() bool { return c.OnAction != nil }

// Inert keeps the focus out of everything but a modal card while one is open.
func (c *Screen) Inert() interface{} {
	return Present(c.State.Modal())
}

// Colour returns that of t = value/norm on the scale of the theme, for SVG.
func (c *Screen) Colour(t float64) string {
	if t != t {
		return "none"
	}
	at := int(math.Round((min(1, max(-1, t)) + 1) / 2 * 255))
	if !c.ramped || c.rampOf != c.Theme {
		c.ramp, c.rampOf, c.ramped = c.Theme.Ramp(), c.Theme, true
	}
	rgb := c.ramp[at]
	const digits = "0123456789abcdef"
	text := []byte("#000000")
	for i := range 3 {
		text[1+2*i], text[2+2*i] = digits[rgb[i]>>4], digits[rgb[i]&15]
	}
	return string(text)
}

// StageText returns what there is to say about the stage; nothing while there is no model.
func (c *Screen) StageText() explain.StageText {
	if c.State.Config.Heads == 0 {
		return explain.StageText{}
	}
	return c.State.View().Text()
}

// Selected reports whether a step or weight is selected that the model has.
func (c *Screen) Selected() bool {
	_, ok := c.State.Info(c.State.Panel)
	return ok && c.State.Panel != ""
}

// OnPanel reports whether a step or weight is selected, and the inspector is about it.
func (c *Screen) OnPanel() bool { return c.Selected() && c.State.Floor() == "" }

// Explains reports whether one of its numbers is explained.
func (c *Screen) Explains() bool {
	x := c.State.Explained
	return x != nil && c.Selected() && x.Name == c.State.Panel
}

// Follow selects a step or weight from a link to it, and takes the focus along.
func (c *Screen) Follow(name string) {
	c.Send(PanelChosen{Name: name})
	c.Do(Focus{TitleFocus})
}

// FollowCell goes on to a number that the explained one was made from, and takes the focus
// along.
func (c *Screen) FollowCell(cell run.Cell) {
	c.Send(OperandFollowed{Cell: cell})
	c.Do(Focus{TitleFocus})
}

// KindOf returns the kind of a step or weight, which is also its class in the style sheet.
func (c *Screen) KindOf(tensor string) string {
	info, _ := c.State.Info(tensor)
	return string(info.Kind)
}

// Present is an attribute that is there, and empty, or not there at all.
func Present(on bool) interface{} {
	if on {
		return ""
	}
	return nil
}

// Mark is an attribute of the value given, or not there at all.
func Mark(on bool, value string) interface{} {
	if on {
		return value
	}
	return nil
}

// Choose returns a if the condition holds, else b.
func Choose(condition bool, a, b string) string {
	if condition {
		return a
	}
	return b
}
