package page

import (
	"math"
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/run"
)

// A tap is what a click or a tap of a finger meant. The camera flies at once, so what stands
// under a second one is something else: both together frame what the first one meant.
type tap struct {
	at      point
	when    float64 // milliseconds
	name    string  // of the panel; "" none
	cell    *run.Cell
	pinning bool // the panel was chosen before, so that the cell was meant
}

// doubleWithin is how long after a tap a second one at its place belongs to it: what systems
// take for a double click.
const doubleWithin = 500

// tapped takes a click or a tap, and reports whether it is the second half of a double one.
// That of a mouse is heard as dblclick, by the system's own clock; fingers have no such event
// everywhere.
func (in *input) tapped(at point, when float64, touch bool) (second bool) {
	was := in.last
	if was.name == "" || when-was.when > doubleWithin || math.Hypot(at.x-was.at.x, at.y-was.at.y) > nearby {
		return false
	}
	if touch {
		in.double(js.Undefined())
	}
	return true
}

// double frames what the first of two clicks meant: its cell in a panel that was chosen, or
// else the panel.
func (in *input) double(js.Value) {
	p, t := in.page, in.last
	in.last = tap{}
	if _, ok := p.state.Info(t.name); !ok {
		return
	}
	if t.pinning && t.cell != nil {
		p.Send(app.CellChosen{Cell: t.cell})
		p.Send(app.ClosePressed{})
		return
	}
	p.Send(app.PanelChosen{Name: t.name})
}
