package page

import (
	"math"
	"strconv"
	"strings"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/page/browser"
	"glassbox/web/run"
	"glassbox/web/say"
)

// reveal scrolls the current stage and the last token into view, when they changed.
func (p *Page) reveal() {
	s := &p.state
	if now := (stagesShown{s.Stage, s.Panel, s.Model, len(s.Steps), say.Spoken(), p.shown.width}); now != p.shown.stages || !p.shown.crowded && p.stagesOverflow() {
		p.shown.stages = now
		p.fitStages()
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

// stagesShown is what the width of the stage bar, and of what stands in it, depends on.
type stagesShown struct {
	stage  run.Stage
	panel  string
	model  string
	steps  int
	spoken *say.Language
	width  int
}

// tightest is how far the stage bar goes to show all stages at once, and swiped is how far where it is swiped anyway,
// below narrowBar CSS pixels: there names stay whole.
const (
	tightest  = 4
	swiped    = 2
	narrowBar = 480
)

// fitStages makes the names of the stages as short as needed to show them all, scrolls to the current one, and marks the
// ends beyond which there are more.
func (p *Page) fitStages() {
	list := browser.Element("stages")
	if list.IsNull() {
		return
	}
	bar := list.Get("parentElement").Get("dataset")
	most := tightest
	if list.Get("clientWidth").Int() < narrowBar {
		most = swiped
	}
	for tight := 0; tight <= most; tight++ {
		bar.Set("tight", strconv.Itoa(tight))
		if p.shown.crowded = p.stagesOverflow(); !p.shown.crowded {
			break
		}
	}
	if current := list.Call("querySelector", "[aria-current]"); !current.IsNull() { // not by scrollIntoView, which would also scroll the page around a frame
		at, row := browser.Bounds(current), browser.Bounds(list)
		list.Set("scrollLeft", list.Get("scrollLeft").Float()+float64(at.X+at.W/2-row.X-row.W/2))
	}
	p.markEnds()
}

// stagesOverflow reports whether there are more stages than are seen at once.
func (p *Page) stagesOverflow() bool {
	list := browser.Element("stages")
	return !list.IsNull() && list.Get("scrollWidth").Int() > list.Get("clientWidth").Int()
}

// markEnds says on which sides of the stage bar there is more than is seen.
func (p *Page) markEnds() {
	list := browser.Element("stages")
	if list.IsNull() {
		return
	}
	at := math.Abs(list.Get("scrollLeft").Float()) // from right to left it counts down
	var more []string
	if at > 1 {
		more = append(more, "back")
	}
	if at+list.Get("clientWidth").Float() < list.Get("scrollWidth").Float()-1 {
		more = append(more, "on")
	}
	list.Get("parentElement").Get("dataset").Set("more", strings.Join(more, " "))
}

// scrollStages shows what lies on one side.
func (p *Page) scrollStages(by int) {
	list := browser.Element("stages")
	step := 0.75 * list.Get("clientWidth").Float() * float64(by)
	if js.Global().Call("getComputedStyle", list).Get("direction").String() == "rtl" {
		step = -step
	}
	list.Call("scrollBy", map[string]any{"left": step})
}

// watchStages marks the ends anew when the bar was scrolled.
func (p *Page) watchStages() {
	p.Listen(js.Global().Get("document"), "scroll", true, func(event js.Value) {
		if event.Get("target").Get("id").Equal(js.ValueOf("stages")) {
			p.markEnds()
		}
	})
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

// revealLab scrolls a tool of the lab to what the reader has chosen in it, once, when it is another; what stays in view at its edges
// is left out.
func (p *Page) revealLab() {
	document := js.Global().Get("document")
	list := document.Call("querySelectorAll", ".lab-scroll")
	shown := map[string]string{}
	for i := range list.Length() {
		box := list.Index(i)
		id, at := box.Get("id").String(), box.Call("querySelector", "[data-current]")
		if at.IsNull() {
			continue
		}
		if shown[id] = at.Get("dataset").Get("current").String(); shown[id] != p.shown.lab[id] {
			scrollWithin(box, at)
		}
	}
	p.shown.lab = shown
}

// scrollWithin scrolls a box as far as it takes to show an element between what sticks to its edges.
func scrollWithin(box, e js.Value) {
	const margin = 6
	in, at := browser.Bounds(box), browser.Bounds(e)
	in.X, in.W, in.H = in.X+number(box, "clientLeft"), number(box, "clientWidth"), number(box, "clientHeight") // without scroll bars
	for _, edge := range []string{"thead", "thead .half, .axis", "thead .rank"} {
		stuck := box.Call("querySelector", edge)
		if stuck.IsNull() || edge == "thead" && !sticks(stuck.Call("querySelector", "th, td"), "top") || edge == "thead .rank" && !sticks(stuck, "position") {
			continue
		}
		b := browser.Bounds(stuck)
		switch {
		case edge == "thead":
			in.Y, in.H = in.Y+b.H, in.H-b.H
		case b.X <= in.X+1:
			in.X, in.W = in.X+b.W, in.W-b.W
		default:
			in.W -= b.W
		}
	}
	box.Call("scrollBy", map[string]any{"left": beyond(at.X-margin, at.W+2*margin, in.X, in.W), "top": beyond(at.Y-margin, at.H+2*margin, in.Y, in.H)})
}

func number(e js.Value, property string) float32 { return float32(e.Get(property).Float()) }

// sticks reports whether a style of an element, its place or its distance from an edge, has it stick there.
func sticks(e js.Value, style string) bool {
	value := js.Global().Call("getComputedStyle", e).Get(style).String()
	return value != "auto" && value != "static"
}

// beyond returns by how much a stretch of a line stands out of another one, negative before its beginning.
func beyond(at, size, from, room float32) float64 {
	switch {
	case at < from:
		return float64(at - from)
	case at+size > from+room:
		return float64(at + size - from - room)
	}
	return 0
}

// A selection is what the inspector is about.
type selection struct {
	floor string // the feature that has it
	stage run.Stage
	panel string
	cell  run.Cell
}

// closeFolds folds what was opened for another number than the one that it is about now.
func (p *Page) closeFolds() {
	folds := js.Global().Get("document").Call("querySelectorAll", "details[data-of]")
	for i := range folds.Length() {
		fold := folds.Index(i)
		data := fold.Get("dataset")
		of := data.Get("of")
		switch opened := data.Get("opened"); {
		case !fold.Get("open").Bool():
			data.Delete("opened")
		case opened.IsUndefined():
			data.Set("opened", of)
		case !opened.Equal(of):
			fold.Set("open", false)
			data.Delete("opened")
		}
	}
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
