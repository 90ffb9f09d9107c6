package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/app"
	"glassbox/web/scene/paint"
)

// Root is the component that the page mounts; all others stand inside it.
type Root struct{ Screen }

// A Screen is what components see and can do: each has it as its only field, besides what tells it from
// others of its kind. The page fills the fields once, keeps the pointers' contents up to date, and
// renders again after each change.
type Screen struct {
	State    *app.State
	Theme    paint.Theme   // that is shown now: what the reader's choice comes to on this system
	Legend   *LegendInfo   // what the pointer is over; nil: nothing
	Card     *CardInfo     // nil: hidden
	Map      *MapInfo      // nil: hidden
	Printing bool          // the page is on its way to paper: all stops of the walk are drawn
	OnMsg    func(app.Msg) // hears what the reader does; nil: nobody does
	OnAction func(Action)  // does what changes nothing in State; nil: those controls are hidden

	drawings map[string]drawing // of the heads that were drawn last

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
	// Copy puts Text on the clipboard.
	Copy struct{ Text string }
	// SaveFile saves the file that is offered, CopyFile puts it on the clipboard.
	SaveFile struct{}
	CopyFile struct{}
	// PickFile shows the dialog in which the system lets the reader pick a file.
	PickFile struct{}
	// Focus gives the focus to the element with this id, once it stands there.
	Focus struct{ ID string }
)

// LegendInfo is what the legend says about a panel.
type LegendInfo struct {
	Name    string   // of the panel, as its label has it; empty: no panel is meant
	Norm    float32  // its colours go from −Norm to +Norm
	Kind    string   // weight, activation or aggregate
	Value   *float32 // of the cell under the pointer, or nil
	Clamped bool     // there are values beyond the norm
}

// CardInfo is what the page says about the card at the pointer. The page also places it:
// it is the element with the id "card", whose containing block is the scene.
type CardInfo struct {
	Visible bool
	Pinned  bool // it stays, and can be touched
}

// Compute runs before each build.
func (c *Root) Compute(vugu.ComputeCtx) {
	if c.State == nil {
		c.State = &app.State{}
	}
	if !c.ramped || c.rampOf != c.Theme {
		c.ramp, c.rampOf, c.ramped = c.Theme.Ramp(), c.Theme, true
	}
}

// Captioned reports whether the walk stands on the scene, for want of an inspector.
func (c *Screen) Captioned() bool { return c.State.Host.Bare() && c.walks() }

// Glosses reports whether the open word of the glossary stands on the scene, for want of an
// inspector; on the walk it stands in its caption.
func (c *Root) Glosses() bool { return c.State.Host.Bare() && c.State.Word != "" && !c.walks() }

// Inert keeps the focus out of everything but the help card, the finder or the dialog of a
// file while one of them is open.
func (c *Screen) Inert() interface{} {
	return present(c.State.Modal())
}

// Offers reports whether a file is offered, for the page can't save it by itself.
func (c *Root) Offers() bool { return c.State.Taking != nil && c.State.Taking.Offered }

// Said reports whether there is a notice, for the style sheet.
func (c *Root) Said() interface{} { return present(c.State.Notice != "") }

// Send tells what the reader does.
func (c *Screen) Send(m app.Msg) {
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

// present is an attribute that is there, and empty, or not there at all.
func present(on bool) interface{} {
	if on {
		return ""
	}
	return nil
}

// mark is an attribute of the value given, or not there at all.
func mark(on bool, value string) interface{} {
	if on {
		return value
	}
	return nil
}

// choose returns a if the condition holds, else b.
func choose(condition bool, a, b string) string {
	if condition {
		return a
	}
	return b
}
