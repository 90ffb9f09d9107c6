package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/run"
)

// An api is window.glassbox, the page's interface for embedders and tests.
//
//	ready                     a promise: the model has run and the first picture is drawn
//	state()                   {model, text, tokens: [{id, text, generated}], generated, guide, next,
//	                          candidates: [{id, text, logit, probability, sampled}], stage, panel,
//	                          cell, problem, hash, busy: an answer is on its way that will change
//	                          what the page shows}
//	stats()                   times in milliseconds, what the last frame cost, and whether the
//	                          scene is moving: another frame is due
//	setPrompt(text)           a promise of state(), when the model has run
//	step()                    writes the next token: a promise of state()
//	reset()                   removes what was written: a promise of state()
//	select(stageOrStep)       flies there: a promise of state(); rejects an unknown name
//	orbit(dx, dy)             turns the scene as a drag by so many CSS pixels does
//	steps()                   [{name, op, kind, shape, block, head, inputs}]: a promise
//	tensor(name, {rows})      {name, shape, from, data}: a promise; rows is [from, to], or all;
//	                          masked cells are NaN
//	export(name, format)      {file, type, data}: a promise of a file as a Uint8Array, whole; format is
//	                          "csv", "json" or "npy", or for a picture "svg" or "png"; "view" is a name
//	                          too, for a PNG. Masked cells are empty in CSV, null in JSON, NaN in NPY;
//	                          other numbers read back as the same float32
//	explain(name, row, col)   {name, row, col, op, formula, value, masked, operands: [{role,
//	                          tensor, start, stride, count, values}]}: a promise; values has a number
//	                          for each cell of the range, NaN where it is masked
//
// Promises reject with an Error in plain words.
type api struct {
	page    *Page
	waiting []func() // called when the page is no longer busy
	pending map[int]func(engine.Reply)
	lastID  int // id of the last question; they count down from −1, so they differ from Update's
	ready   func()
	object  js.Value // window.glassbox
	times   times
}

// times are what stats() tells, in milliseconds.
type times struct {
	first, ready, frame, last float64
	frames                    int
	typed                     float64 // when the text changed, while its picture is not drawn yet
	keystroke                 float64 // from the last change of the text to the last GL call of the picture with all its numbers
	fresh                     bool    // the numbers of the text have come
}

// newAPI makes what window.glassbox will be.
func newAPI(p *Page) *api {
	object := js.Global().Get("Object").New()
	a := &api{page: p, object: object, pending: map[int]func(engine.Reply){}}
	object.Set("ready", p.Promise(func(resolve func(any), _ func(string)) {
		a.ready = func() { resolve(js.Undefined()) }
	}))
	set := func(name string, f func(args []js.Value) any) {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) (answer any) {
			p.Try(name, func() { answer = f(args) })
			return answer
		}))
	}
	set("state", func([]js.Value) any { return a.state() })
	set("stats", func([]js.Value) any { return a.stats() })
	set("setPrompt", func(args []js.Value) any { return a.send(feature.PromptChanged{Text: textArg(args, 0)}) })
	set("step", func([]js.Value) any { return a.send(feature.StepPressed{}) })
	set("reset", func([]js.Value) any { return a.send(feature.ResetPressed{}) })
	set("select", func(args []js.Value) any { return a.selectByName(textArg(args, 0)) })
	set("orbit", a.orbit)
	set("steps", func([]js.Value) any { return a.steps() })
	set("tensor", a.tensor)
	set("explain", a.explain)
	set("export", a.export)
	return a
}

// publish sets window.glassbox, once all that its verbs need is there.
func (a *api) publish() { js.Global().Set("glassbox", a.object) }

func textArg(args []js.Value, i int) string {
	if i >= len(args) || args[i].Type() != js.TypeString {
		return ""
	}
	return args[i].String()
}

func intArg(args []js.Value, i int) int {
	if i >= len(args) || args[i].Type() != js.TypeNumber {
		return -1
	}
	return args[i].Int()
}

// send sends a message, and returns a promise of the state once the page is no longer busy.
func (a *api) send(m feature.Msg) js.Value {
	return a.page.Promise(func(resolve func(any), _ func(string)) {
		a.page.Send(m)
		a.waiting = append(a.waiting, func() { resolve(a.state()) })
		a.resolveWaiting()
	})
}

func (a *api) selectByName(name string) js.Value {
	s := &a.page.state
	if name == "overview" {
		return a.send(feature.StageChosen{Stage: run.StageOverview})
	}
	var known []string
	for _, stage := range feature.Stages(*s) {
		for _, part := range append([]run.StageInfo{stage}, stage.Parts...) {
			if string(part.ID) == name {
				return a.send(feature.StageChosen{Stage: part.ID})
			}
			known = append(known, string(part.ID))
		}
	}
	if _, ok := s.Info(name); ok {
		return a.send(feature.PanelChosen{Name: name})
	}
	return a.page.Promise(func(_ func(any), reject func(string)) {
		reject("there is no stage or step named " + name + "; the stages are overview, " + strings.Join(known, ", ") +
			", and steps() lists the steps")
	})
}

// resolveWaiting resolves the promises of send, if the page is not busy.
func (a *api) resolveWaiting() {
	if a == nil || feature.Busy(a.page.state) {
		return
	}
	if a.times.ready == 0 && a.page.state.Phase == feature.Ready && a.times.first > 0 {
		a.times.ready = browser.Now() * 1000
		a.waiting = append(a.waiting, a.ready, a.page.host.ready)
	}
	if len(a.waiting) == 0 {
		return
	}
	a.page.dom.RenderNow() // the page shows the state before a promise of it resolves
	waiting := a.waiting
	a.waiting = nil
	for _, w := range waiting {
		w()
	}
}

// noteFrame notes the time of a frame. at is when the browser began it, in seconds.
func (a *api) noteFrame(at float64) {
	end := browser.Now() * 1000
	if a.times.first == 0 {
		a.times.first = end
		defer a.resolveWaiting()
	}
	a.times.frame, a.times.last = end-at*1000, end
	a.times.frames++
	if a.times.fresh && a.times.typed > 0 && !a.page.arriving() {
		a.times.keystroke = end - a.times.typed
		a.times.typed, a.times.fresh = 0, false
	}
}

// noteMessage notes what the keystroke time needs: a changed text, and numbers that came.
func (a *api) noteMessage(m feature.Msg) {
	switch m := m.(type) {
	case feature.PromptChanged:
		a.times.typed, a.times.fresh = browser.Now()*1000, false
	case feature.Replied:
		a.times.fresh = a.times.fresh || m.Reply.Ran != nil
	}
}

// ask sends a request to the engine and returns a promise of the answer.
func (a *api) ask(r engine.Request, answer func(engine.Reply) any) js.Value {
	return a.page.Promise(func(resolve func(any), reject func(string)) {
		a.request(r, func(reply engine.Reply) {
			if reply.Error != "" {
				reject(inEnglish(reply))
				return
			}
			resolve(answer(reply))
		})
	})
}

// inEnglish returns the error of a reply as programs get it, whatever the language of the page is.
func inEnglish(r engine.Reply) string {
	if r.Fault != nil {
		return r.Fault.Sentence()
	}
	return r.Error
}

// request sends a request to the engine that Update knows nothing of.
func (a *api) request(r engine.Request, answer func(engine.Reply)) {
	a.lastID--
	r.ID = a.lastID
	a.pending[r.ID] = answer
	a.page.worker.send(r)
	a.page.Send(feature.Asked{ID: r.ID})
}

// handleReply handles a reply to request, whose ids are below zero.
func (a *api) handleReply(r engine.Reply) {
	done := a.pending[r.ID]
	delete(a.pending, r.ID)
	if done != nil {
		done(r)
	}
}

// Why a request has no answer.
const (
	replaced = "The model was restarted before it answered; ask again."
	silent   = "The model does not answer; ask again once it was restarted."
)

// failPending answers all pending requests with an error: the engine is gone, or hangs.
func (a *api) failPending(reason string) {
	for id := range a.pending {
		a.handleReply(engine.Reply{ID: id, Error: reason})
	}
}
