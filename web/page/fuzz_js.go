package page

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/feature/open"
	"glassbox/web/feature/outline"
	"glassbox/web/feature/tokenize"
	"glassbox/web/fuzz"
	"glassbox/web/page/browser"
	"glassbox/web/page/message"
)

// A fuzzRun plays the events of [fuzz.Events] to the page that it is in, as a browser would
// fire them. The address asks for it: ?fuzz&seed=7&events=1000.
//
//	glassbox.fuzz(n)   plays n more events and comes to rest: a promise of what does not hold in the
//	                   state then, "" if all does
//	glassbox.fuzzed    the latest events in words, newest last; it outlives a crash
//	glassbox.home()    goes back to the first view, where runs can be compared: a promise of state()
//	glassbox.weigh()   collects garbage, and counts what is left: {heap, objects, memory, references,
//	                   functions, nodes, asked}
type fuzzRun struct {
	page   *Page
	events *fuzz.Events
	seed   uint64
	played int
	record js.Value // an array of strings
	gpu    js.Value // WEBGL_lose_context, kept while the context is lost
	held   js.Value // the element under a pointer that came down
}

// maxRecorded is how many events the page remembers.
const maxRecorded = 20

// startFuzz reads the address; without ?fuzz it does nothing.
func (p *Page) startFuzz() {
	query := js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
	if !query.Call("has", "fuzz").Bool() {
		return
	}
	number := func(name string, otherwise uint64) uint64 {
		v := query.Call("get", name)
		if v.Type() != js.TypeString {
			return otherwise
		}
		n, err := strconv.ParseUint(v.String(), 10, 64)
		if err != nil {
			return otherwise
		}
		return n
	}
	f := &fuzzRun{page: p, seed: number("seed", 1), record: js.Global().Get("Array").New()}
	f.events = fuzz.New(f.seed)
	f.disableExits()
	object := js.Global().Get("glassbox")
	object.Set("fuzzed", f.record)
	object.Set("fuzz", js.FuncOf(func(_ js.Value, args []js.Value) any { return f.run(int(args[0].Float())) }))
	object.Set("home", js.FuncOf(func(js.Value, []js.Value) any { return f.home() }))
	object.Set("weigh", js.FuncOf(func(js.Value, []js.Value) any { return f.measure() }))
	if n := number("events", 1000); n > 0 {
		p.Then(object.Get("ready"), func() { f.run(int(n)) }, nil)
	}
}

// disableExits disables what would stop the page, leave it, or save files.
func (f *fuzzRun) disableExits() {
	nothing := js.FuncOf(func(js.Value, []js.Value) any { return nil })
	for _, name := range []string{"print", "open", "alert", "confirm", "prompt"} {
		js.Global().Set(name, nothing)
	}
	js.Global().Get("HTMLAnchorElement").Get("prototype").Set("click", nothing) // no files on the disk
}

// run plays n events in bursts, between which the browser may draw, then comes to rest.
func (f *fuzzRun) run(n int) js.Value {
	return f.page.Promise(func(resolve func(any), _ func(string)) {
		var tick js.Func
		tick = js.FuncOf(func(js.Value, []js.Value) any {
			frames := 0
			for ; n > 0 && frames == 0; n-- {
				frames = f.play(f.next())
			}
			if n <= 0 {
				tick.Release()
				f.finish(resolve)
				return nil
			}
			f.wait(frames, tick)
			return nil
		})
		f.wait(1, tick)
	})
}

// wait calls back after so many frames.
func (f *fuzzRun) wait(frames int, then js.Func) {
	if frames > 1 {
		js.Global().Call("requestAnimationFrame", f.page.clock.Once("the fuzz", func() { f.wait(frames-1, then) }))
		return
	}
	js.Global().Call("requestAnimationFrame", then)
}

// next returns the next event, and records it before it is played: it may crash the page.
func (f *fuzzRun) next() fuzz.Event {
	e := f.events.Next()
	f.record.Call("push", strconv.Itoa(f.played)+" "+e.String())
	if f.record.Length() > maxRecorded {
		f.record.Call("shift")
	}
	f.played++
	return e
}

// finish releases pointers and GPU, and resolves with the report once the page is at rest.
func (f *fuzzRun) finish(resolve func(any)) {
	p := f.page
	for id := range 5 {
		f.playPointer(fuzz.Event{Kind: fuzz.Cancel, ID: id, X: 0.4, Y: 0.5})
	}
	f.restore()
	f.resize(1, 1)
	if p.state.Playing {
		p.Send(feature.PlayPressed{})
	}
	p.Send(feature.Frozen{})
	p.clock.After(100, func() { f.settle(100, resolve) }) // what the last events set off has begun by then
}

// settle resolves with the report once the page is not busy and the GPU is back, for which it
// waits patience times 100 ms at most.
func (f *fuzzRun) settle(patience int, resolve func(any)) {
	p := f.page
	if g := p.gl; patience > 0 && g != nil && g.Lost() {
		p.clock.After(100, func() { f.settle(patience-1, resolve) })
		return
	}
	p.api.waiting = append(p.api.waiting, func(string) { resolve(f.report()) })
	p.api.settle()
}

// report says what does not hold in the state.
func (f *fuzzRun) report() string {
	var problems []string
	for _, err := range f.page.state.Check() {
		problems = append(problems, err.Error())
	}
	if g := f.page.gl; g != nil && g.Lost() {
		problems = append(problems, "the GPU did not come back")
	}
	return strings.Join(problems, "; ")
}

// home closes what is open and goes to the first view of the model that sorts letters, with its example.
func (f *fuzzRun) home() js.Value {
	p := f.page
	if p.state.Phase == feature.Failed {
		p.Send(feature.RetryPressed{})
	}
	for range 9 {
		if p.state.Modal() {
			p.Send(feature.KeyPressed(p.state, "Escape"))
		}
	}
	for m, on := range map[feature.Msg]bool{outline.Toggled{}: outline.Of(&p.state).Open, feature.LettersToggled{}: p.state.LettersOff} {
		if on {
			p.Send(m)
		}
	}
	for _, m := range []feature.Msg{feature.LinkClosed{}, open.Cancelled{}, lessons.Moved{}, feature.ProblemDismissed{}, feature.SheetMoved{}, tokenize.Chosen{ID: tokenize.Letters}, tokenize.Typed{}, tokenize.MergesToggled{Token: -1},
		feature.CellHovered{}, feature.Navigated{Hash: "#model=sort&temperature=1"}} {
		p.Send(m)
	}
	return p.api.send(feature.Navigated{Hash: "#model=sort"}, nil)
}

// measure counts what the page holds when all garbage is gone.
func (f *fuzzRun) measure() js.Value {
	runtime.GC()
	runtime.GC() // what the finalizers of the first one let go
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	stats := f.page.dom.Stats()
	return js.ValueOf(map[string]any{"heap": memory.HeapAlloc, "objects": memory.HeapObjects, "memory": memory.Sys,
		"references": references(), "functions": stats.Functions, "nodes": stats.Nodes, "asked": len(f.page.api.pending)})
}

// play fires an event, and returns how many frames may be drawn before the next one.
func (f *fuzzRun) play(e fuzz.Event) (frames int) {
	switch e.Kind {
	case fuzz.Rest:
		return e.N
	case fuzz.Down, fuzz.Move, fuzz.Up, fuzz.Cancel, fuzz.Leave:
		f.playPointer(e)
	case fuzz.Double, fuzz.Menu:
		x, y := eventPoint(e)
		f.fire(elementAt(x, y), "MouseEvent", string(e.Kind), map[string]any{"clientX": x, "clientY": y})
	case fuzz.Wheel:
		x, y := eventPoint(e)
		f.fire(elementAt(x, y), "WheelEvent", "wheel", map[string]any{"clientX": x, "clientY": y, "deltaY": e.V, "deltaMode": e.N, "ctrlKey": e.Ctrl})
	case fuzz.Key:
		for _, name := range []string{"keydown", "keyup"} {
			f.fire(js.Global().Get("document").Get("activeElement"), "KeyboardEvent", name, map[string]any{"key": e.Text, "shiftKey": e.Shift, "ctrlKey": e.Ctrl})
		}
	case fuzz.Press, fuzz.Focus, fuzz.Type, fuzz.Slide:
		f.playControl(e)
	default:
		f.playOutside(e)
	}
	return 0
}

// eventPoint is where an event happens, in CSS pixels of the window.
func eventPoint(e fuzz.Event) (x, y float64) {
	return e.X * js.Global().Get("innerWidth").Float(), e.Y * js.Global().Get("innerHeight").Float()
}

// elementAt returns what stands at a place of the window, or its root.
func elementAt(x, y float64) js.Value {
	document := js.Global().Get("document")
	if e := document.Call("elementFromPoint", x, y); !e.IsNull() {
		return e
	}
	return document.Get("documentElement")
}

func (f *fuzzRun) fire(target js.Value, class, name string, options map[string]any) {
	if target.IsNull() || target.IsUndefined() {
		return
	}
	options["bubbles"], options["cancelable"], options["composed"] = true, true, true
	target.Call("dispatchEvent", js.Global().Get(class).New(name, options))
}

// playPointer fires an event at the element under the pointer, or at the one that it came down
// on. If it comes up there too, that is a click.
func (f *fuzzRun) playPointer(e fuzz.Event) {
	x, y := eventPoint(e)
	target := elementAt(x, y)
	if e.Kind != fuzz.Down && f.held.Truthy() && f.held.Get("isConnected").Bool() {
		target = f.held
	}
	kind, buttons := "mouse", 0
	if e.ID != 1 {
		kind = "touch"
	}
	if e.Kind == fuzz.Down {
		f.held, buttons = target, 1<<e.Button
	}
	f.fire(target, "PointerEvent", string(e.Kind), map[string]any{"pointerId": e.ID, "pointerType": kind, "isPrimary": e.ID < 3,
		"clientX": x, "clientY": y, "button": e.Button, "buttons": buttons, "shiftKey": e.Shift, "ctrlKey": e.Ctrl})
	if e.Kind != fuzz.Up && e.Kind != fuzz.Cancel {
		return
	}
	if e.Kind == fuzz.Up && f.held.Truthy() && f.held.Equal(elementAt(x, y)) && e.Button == 0 && !wouldLeave(target) {
		f.fire(target, "MouseEvent", "click", map[string]any{"clientX": x, "clientY": y})
	}
	f.held = js.Undefined()
}

// wouldLeave reports whether a click would leave the page, or ask for a file.
func wouldLeave(e js.Value) bool {
	return e.Call("closest", `a[href]:not([href^="#"]), input[type="file"], label`).Truthy()
}

// What the controls of the page are.
const (
	pressable = `button:not([disabled]), summary, [role="button"], a[href^="#"], input[type="checkbox"], input[type="radio"]`
	focusable = `button:not([disabled]), a[href], input, select, summary, [tabindex]`
	writable  = `input:not([type]), input[type="text"], input[type="search"], input[type="number"], textarea`
	slidable  = `input[type="range"]`
)

// playControl presses, focuses, writes into or slides one of the controls that are there.
func (f *fuzzRun) playControl(e fuzz.Event) {
	selector := map[fuzz.Kind]string{fuzz.Press: pressable, fuzz.Focus: focusable, fuzz.Type: writable, fuzz.Slide: slidable}[e.Kind]
	list := js.Global().Get("document").Call("querySelectorAll", selector)
	if list.Length() == 0 {
		return
	}
	target := list.Index(e.N % list.Length())
	switch e.Kind {
	case fuzz.Press:
		target.Call("click")
		return
	case fuzz.Focus:
		target.Call("focus")
		return
	case fuzz.Type:
		target.Set("value", e.Text)
	case fuzz.Slide:
		low, high := floatOr(target.Get("min"), 0), floatOr(target.Get("max"), 100)
		target.Set("value", fmt.Sprint(low+e.V*(high-low)))
	}
	f.fire(target, "Event", "input", map[string]any{})
	f.fire(target, "Event", "change", map[string]any{})
}

func floatOr(v js.Value, otherwise float64) float64 {
	if x, err := strconv.ParseFloat(v.String(), 64); err == nil {
		return x
	}
	return otherwise
}

// playOutside is what happens to the page from outside.
func (f *fuzzRun) playOutside(e fuzz.Event) {
	switch e.Kind {
	case fuzz.Resize:
		f.resize(e.X, e.Y)
	case fuzz.Address:
		js.Global().Get("location").Set("hash", e.Text)
	case fuzz.Post:
		data := js.Global().Get("JSON").Call("parse", e.Text)
		window := js.Global().Get("window")
		window.Call("dispatchEvent", js.Global().Get("MessageEvent").New("message", map[string]any{"data": data, "origin": "null", "source": window}))
		f.page.host.handleMessage(goValue(data, 0, message.MaxText+1), "*") // as if the host had sent it
	case fuzz.Message:
		f.page.Send(feature.RandomMessage(rand.New(rand.NewPCG(f.seed, uint64(e.N))), f.page.state))
	case fuzz.Drop:
		f.drop(e)
	case fuzz.Lose:
		f.lose()
	case fuzz.Restore:
		f.restore()
	case fuzz.Kill:
		boot := js.Global().Get("glassboxBoot")
		boot.Get("worker").Call("terminate")
		boot.Call("ondeath", "the fuzz ended it")
	}
}

// drop lets go of a file over the page.
func (f *fuzzRun) drop(e fuzz.Event) {
	bytes := js.Global().Get("Uint8Array").New(len(e.Text))
	js.CopyBytesToJS(bytes, []byte(e.Text))
	held := js.Global().Get("DataTransfer").New()
	held.Get("items").Call("add", js.Global().Get("File").New([]any{bytes}, "dropped.safetensors"))
	for _, name := range []string{"dragover", "drop"} {
		f.fire(browser.Element("scene"), "DragEvent", name, map[string]any{"dataTransfer": held})
	}
}

// resize gives the page a share of the window.
func (f *fuzzRun) resize(x, y float64) {
	style := js.Global().Get("document").Get("body").Get("style")
	style.Set("width", pixels(float32(x*js.Global().Get("innerWidth").Float())))
	style.Set("height", pixels(float32(y*js.Global().Get("innerHeight").Float())))
	if x == 1 && y == 1 {
		style.Call("removeProperty", "width")
		style.Call("removeProperty", "height")
	}
}

// lose takes the GPU away.
func (f *fuzzRun) lose() {
	if f.gpu.Truthy() {
		return
	}
	gl := browser.Element("gl").Call("getContext", "webgl2")
	if gl.Truthy() && !gl.Call("isContextLost").Bool() {
		if f.gpu = gl.Call("getExtension", "WEBGL_lose_context"); f.gpu.Truthy() {
			f.gpu.Call("loseContext")
		}
	}
}

// restore gives it back. The browser forbids that until the page has heard of the loss.
func (f *fuzzRun) restore() {
	gpu := f.gpu
	if f.gpu = js.Undefined(); gpu.Truthy() {
		f.page.clock.After(20, func() { gpu.Call("restoreContext") })
	}
}
