package page

import (
	"math"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/run"
)

// A tap is what a click or a tap of a finger was on. The camera moves at once, so something else
// lies under the second half of a double click: it acts on what the first half was on.
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

// isSecondTap reports whether a click or a tap is the second half of a double one. For a mouse
// the browser sends dblclick; for fingers not everywhere, so isSecondTap handles the double tap.
func (in *input) isSecondTap(at point, when float64, touch bool) (second bool) {
	was := in.last
	if was.name == "" || when-was.when > doubleWithin || math.Hypot(at.x-was.at.x, at.y-was.at.y) > tapRadius {
		return false
	}
	if touch {
		in.doubleClick(js.Undefined())
	}
	return true
}

// doubleClick frames what the first of two clicks was on: a cell, if its panel was chosen before,
// or else the panel.
func (in *input) doubleClick(js.Value) {
	p, t := in.page, in.last
	in.last = tap{}
	if _, ok := p.state.Info(t.name); !ok {
		return
	}
	if t.pinning && t.cell != nil {
		p.Send(feature.CellChosen{Cell: t.cell})
		p.Send(feature.ClosePressed{})
		return
	}
	p.Send(feature.PanelChosen{Name: t.name})
}
