package edits

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// List is the list of edits, what they do to the next token, and what else could be changed.
type List struct{ Screen *feature.Screen }

// The ids of what takes the focus.
const (
	firstOffer = "edit-offer-1"
	textFocus  = "edit-text"
)

// Title counts the edits.
func (c *List) Title() string { return Count(c.Screen.State.Edits) }

// Count says how many edits are on, and how many paused.
func Count(edits []run.Edit) string {
	on := len(run.Made(edits))
	switch paused := len(edits) - on; {
	case len(edits) == 0:
		return say.Edits.None()
	case paused == 0:
		return say.Edits.On(on)
	case on == 0:
		return say.Edits.AllPaused(paused)
	default:
		return say.Edits.OnPaused(say.Edits.On(on), paused)
	}
}

// Edits are the edits.
func (c *List) Edits() []run.Edit { return c.Screen.State.Edits }

// Icon draws a picture of the shell.
func (c *List) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Undo takes the last change back, Redo makes it again, and Close gives the inspector back.
func (c *List) Undo() { c.Screen.Send(feature.UndoPressed{}) }

// Redo is described at Undo.
func (c *List) Redo() { c.Screen.Send(feature.RedoPressed{}) }

// Close is described at Undo.
func (c *List) Close() { c.Screen.Send(Toggled{}) }

// Compares reports whether there is a before and an after.
func (c *List) Compares() bool {
	m := c.Screen.State.Compared
	return m != nil && len(m.Tokens) > 0 && len(c.Screen.State.Tokens) > 0
}

// Offers are what could be changed here.
func (c *List) Offers() []Offer { return Offers(c.Screen.State) }

// OfferTitle says of what.
func (c *List) OfferTitle() string {
	s := c.Screen.State
	if i, ok := s.Info(s.Panel); ok && s.Panel != "" {
		return say.Edits.ChangeOf(title(s, i))
	}
	if s.Stage == run.StageOverview {
		return say.Edits.ChangeModel()
	}
	return say.Edits.ChangeOf(run.StageName(s.Stage))
}

// OfferID is the id of a button.
func (c *List) OfferID(i int) string { return strings.TrimSuffix(firstOffer, "1") + strconv.Itoa(i+1) }

// Add makes an edit that is offered.
func (c *List) Add(o Offer) {
	c.Screen.Send(Added{o.Spec})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// There reports whether an edit is made already.
func (c *List) There(o Offer) bool {
	return slices.Contains(c.Screen.State.Edits, run.Edit{Spec: o.Spec})
}

// Written is what stands in the field for an edit, and Problem why that is none.
func (c *List) Written() string { return Of(c.Screen.State).Written }

// Problem is described at Written.
func (c *List) Problem() string { return Of(c.Screen.State).Problem }

// Example is an edit as it is written.
func (c *List) Example() string {
	return model.Off{Block: 0, Head: 0, Part: model.PartAttention}.Spec()
}

// Invalid says so.
func (c *List) Invalid() string { return feature.Choose(c.Problem() == "", "false", "true") }

// Typed takes over what is typed.
func (c *List) Typed(event vugu.DOMEvent) {
	c.Screen.Send(Written{event.PropString("target", "value")})
}

// Entered makes the edit.
func (c *List) Entered(event vugu.DOMEvent) {
	if event.PropString("key") == "Enter" && !event.PropBool("isComposing") {
		event.PreventDefault()
		c.Make()
	}
}

// Make makes the edit that is written.
func (c *List) Make() { c.Screen.Send(Added{c.Written()}) }

// mostKnown is how many names are offered to complete one.
const mostKnown = 24

// Known lists how what is written could go on: the names of steps and weights that hold it.
func (c *List) Known() (list []string) {
	written := strings.TrimSpace(c.Written())
	if written == "" || strings.ContainsAny(written, "=[") {
		return nil
	}
	for _, i := range c.Screen.State.Steps {
		for _, o := range i.Offs() {
			if spec := o.Spec(); strings.Contains(spec, written) && !slices.Contains(list, spec) {
				list = append(list, spec)
			}
		}
		if strings.Contains(i.Name, written) && !i.Op.IsID() {
			list = append(list, i.Name+"=0")
		}
		if len(list) >= mostKnown {
			return list[:mostKnown]
		}
	}
	return list
}

// Warnings say what is to be kept in mind of the edits that are made.
func (c *List) Warnings() (list []string) {
	s := c.Screen.State
	if s.Compared == nil {
		return nil
	}
	list = []string{say.Edits.Trained()}
	shares, tied := false, false
	for _, e := range s.Edited {
		for _, p := range e.Places {
			i, _ := s.Info(p.Name)
			shares = shares || i.Op.IsShare()
			tied = tied || i.Kind == model.KindWeight && twice(s, p.Name)
		}
	}
	if shares {
		list = append(list, say.Edits.NoShares())
	}
	if tied {
		list = append(list, say.Edits.Tied())
	}
	return list
}

// twice reports whether a weight is read for two ends: a table that gives tokens their numbers, and makes the logits as well.
func twice(s *feature.State, name string) bool {
	var first model.Op
	for _, i := range s.Steps {
		if !i.Reads(name) {
			continue
		}
		if first != "" && first != i.Op {
			return true
		}
		first = i.Op
	}
	return false
}

// Reach says which tokens the edits can change, where those are not all.
func (c *List) Reach() string {
	s := c.Screen.State
	if s.Compared == nil || s.Ran.Show == engine.ShowBefore {
		return ""
	}
	first := len(s.Tokens)
	for _, i := range s.Steps {
		if i.Changed && i.RowAxis.Tokens() {
			first = min(first, i.FirstChanged)
		}
	}
	if first == 0 || first == len(s.Tokens) {
		return ""
	}
	return say.Edits.Reach(len(s.Tokens)-first-1, s.TokenName(first))
}

// Ran says how much of the run is another one.
func (c *List) Ran() string {
	s := c.Screen.State
	if s.Compared == nil || s.Ran.Show == engine.ShowBefore {
		return ""
	}
	changed, all := 0, 0
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight {
			continue
		}
		if all++; i.Changed {
			changed++
		}
	}
	if s.Computed > 0 { // the time is that of the run without edits, too
		return say.Edits.Differ(changed, all)
	}
	return say.Edits.Ran(changed, all, say.Amount(max(int(s.Millis+0.5), 1), "ms"))
}
