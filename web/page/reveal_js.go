package page

import (
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/page/browser"
	"glassbox/web/run"
)

// reveal scrolls the current stage and the last token into view, when they changed.
func (p *Page) reveal() {
	if p.state.Stage != p.shown.stage {
		p.shown.stage = p.state.Stage
		current := js.Global().Get("document").Call("querySelector", "#stages [aria-current]")
		if !current.IsNull() { // not by scrollIntoView, which would also scroll the page around a frame
			list := browser.Element("stages")
			at, row := browser.Bounds(current), browser.Bounds(list)
			list.Set("scrollLeft", list.Get("scrollLeft").Float()+float64(at.X+at.W/2-row.X-row.W/2))
		}
	}
	if n := len(p.state.Tokens); n != p.shown.tokens {
		p.shown.tokens = n
		if chips := browser.Element("chips"); !chips.IsNull() {
			chips.Set("scrollLeft", chips.Get("scrollWidth"))
		}
		if field := browser.Element("writing-field"); !field.IsNull() && len(p.state.Generated) > 0 {
			field.Set("scrollTop", field.Get("scrollHeight"))
		}
	}
}

// revealPlace scrolls the list of the finder to the selected place. It does not use
// scrollIntoView, which would also scroll the page around a frame.
func (p *Page) revealPlace() {
	list := browser.Element("places")
	at := js.Global().Get("document").Call("querySelector", `#places [aria-selected="true"]`)
	if list.IsNull() || at.IsNull() {
		return
	}
	place, box := browser.Bounds(at), browser.Bounds(list)
	const room = 28 // for the heading of its group
	top := list.Get("scrollTop").Float()
	switch {
	case at.Get("id").String() == "place-0":
		list.Set("scrollTop", 0)
	case place.Y < box.Y+room:
		list.Set("scrollTop", top-float64(box.Y+room-place.Y))
	case place.Y+place.H > box.Y+box.H:
		list.Set("scrollTop", top+float64(place.Y+place.H-box.Y-box.H)+4)
	}
}

// revealStop scrolls to the top when the walk has moved to another stop.
func (p *Page) revealStop() {
	stop := lessons.Of(&p.state).Walk
	if stop == p.shown.stop {
		return
	}
	p.shown.stop = stop
	for _, id := range []string{"inspector-scroll", "caption-scroll"} {
		if e := browser.Element(id); !e.IsNull() {
			e.Set("scrollTop", 0)
		}
	}
}

// revealSelection scrolls the inspector to its top when something else is selected: what it is stands there. Who moves
// from number to number in the inspector itself stays where they are, and a text that leads the reader stays put.
func (p *Page) revealSelection() {
	s := &p.state
	was, is := p.shown.selected, selection{s.Floor(), s.Stage, s.Panel, run.Cell{}}
	if s.Cell != nil {
		is.cell = *s.Cell
	}
	if p.shown.selected = is; is == was || is.floor != "" && is.floor == was.floor {
		return
	}
	list := browser.Element("inspector-scroll")
	if list.IsNull() {
		return
	}
	inside := list.Call("matches", ":hover, :focus-within").Bool()
	if was.cell = is.cell; is == was && inside {
		return
	}
	list.Set("scrollTop", 0)
}

// A selection is what the inspector is about.
type selection struct {
	floor string // the feature that has it
	stage run.Stage
	panel string
	cell  run.Cell
}

// revealSought scrolls to what the reader asked to see by a link, once that stands there with all that belongs to it.
func (p *Page) revealSought() {
	sought := p.state.Reveal
	if sought.ID == "" || sought.Turn == p.shown.turn || feature.Busy(p.state) {
		return
	}
	e := browser.Element(sought.ID)
	if e.IsNull() {
		return
	}
	p.shown.turn = sought.Turn
	if list := e.Call("closest", "#inspector-scroll, #caption-scroll"); !list.IsNull() {
		at, box := browser.Bounds(e), browser.Bounds(list)
		list.Set("scrollTop", list.Get("scrollTop").Float()+float64(at.Y-box.Y))
	}
}
