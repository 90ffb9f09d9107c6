package search

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Panel is the search, in the inspector.
type Panel struct{ Screen *feature.Screen }

func (c *Panel) state() State { return Of(c.Screen.State) }

// Texts are those that are searched with.
func (c *Panel) Texts() string { return c.state().Texts }

// Count says how many texts there are.
func (c *Panel) Count() string {
	prompts, _, ok := parse(c.Texts())
	if !ok {
		return ""
	}
	return say.Search.Texts(len(prompts))
}

// Typed takes over what the reader writes.
func (c *Panel) Typed(event vugu.DOMEvent) { c.Screen.Send(Typed{event.PropString("target", "value")}) }

// Running reports whether heads are being switched off.
func (c *Panel) Running() bool { return c.state().Running }

// Error says why it can't be searched.
func (c *Panel) Error() string { return c.state().Error }

// Start begins to search; Stop makes an end of it.
func (c *Panel) Start() { c.Screen.Send(Started{}) }

// Stop makes an end of it.
func (c *Panel) Stop() { c.Screen.Send(Stopped{}) }

// Close closes the search.
func (c *Panel) Close() { c.Screen.Send(Toggled{}) }

// Progress says how many of the heads were switched off.
func (c *Panel) Progress() string {
	f := c.state()
	if len(f.Left) == 0 {
		return say.Search.Reading()
	}
	return say.Search.Progress(len(f.Found), len(f.Left))
}

// Done is how many heads were switched off, and All how many there are, for the bar.
func (c *Panel) Done() string { return strconv.Itoa(len(c.state().Found)) }

// All is how many heads there are.
func (c *Panel) All() string { return strconv.Itoa(max(1, len(c.state().Left))) }

// Found lists the heads, the lowest chance first.
func (c *Panel) Found() []Found { return c.state().Found }

// Says tells what was found, once all heads were switched off.
func (c *Panel) Says() string {
	if f := c.state(); !f.Running {
		return f.Says()
	}
	return ""
}

// Before is the chance with all heads on but those that stay off.
func (c *Panel) Before() string {
	f := c.state()
	if len(f.Chance) == 0 {
		return ""
	}
	var off []string
	for _, head := range f.Off {
		off = append(off, title(head))
	}
	chance := say.Percent(float32(f.Before()))
	if len(off) > 0 {
		return say.Search.WithOff(off, chance)
	}
	return say.Search.AllOn(chance)
}

// Name is that of a head.
func (c *Panel) Name(d Found) string { return title(d.Head) }

// Chance is what is left of the chance without a head.
func (c *Panel) Chance(d Found) string { return say.Percent(float32(d.Chance)) }

// Falls says by how many points it falls.
func (c *Panel) Falls(d Found) string { return say.Fixed((d.Chance-c.state().Before())*100, 1) }

// Bar is how wide the bar of what is left is, of 100.
func (c *Panel) Bar(d Found) string { return say.Fixed(100*d.Chance, 2) }

// Look goes to what a head looks at.
func (c *Panel) Look(d Found) {
	l, h, _, _ := model.ParseHeadName(d.Head)
	for _, i := range c.Screen.State.Steps {
		if i.Op == model.OpSoftmax && i.Block == l && i.Head == h {
			c.Screen.Send(feature.PanelChosen{Name: i.Name})
			return
		}
	}
}

// Off reports whether a head is switched off in the run on the page.
func (c *Panel) Off(d Found) bool {
	for _, e := range c.Screen.State.Edits {
		if e.Spec == spec(d.Head) && !e.Paused {
			return true
		}
	}
	return false
}

// Switch switches a head off in the run on the page, or on again.
func (c *Panel) Switch(d Found) {
	var edits []run.Edit
	for _, e := range c.Screen.State.Edits {
		if e.Spec != spec(d.Head) {
			edits = append(edits, e)
		}
	}
	if !c.Off(d) {
		edits = append(edits, run.Edit{Spec: spec(d.Head)})
	}
	c.Screen.Send(feature.EditsChanged{Edits: edits})
}

// spec is the edit that switches a head off.
func spec(head string) string {
	return model.Edit{Name: head, Row: -1, Col: -1, Do: model.ActOff}.String()
}

// Again reports whether another round can begin.
func (c *Panel) Again() bool {
	f := c.state()
	return !f.Running && len(f.Found) > 0 && len(f.Left) > 1
}

// Round begins another round, with the best head off.
func (c *Panel) Round() { c.Screen.Send(Taken{}) }
