package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/engine"
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
//	                          tensor, start, stride, count, values}]}: a promise
//
// Promises reject with an Error in plain words.
type api struct {
	page    *Page
	waiting []func() // called when nothing is under way any more
	asked   map[int]func(engine.Reply)
	last    int // id of the last question; they count down from −1, so they differ from Update's
	ready   func()
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

// publish sets window.glassbox.
func publish(p *Page) *api {
	a := &api{page: p, asked: map[int]func(engine.Reply){}}
	object := js.Global().Get("Object").New()
	object.Set("ready", p.promise(func(resolve func(any), _ func(string)) {
		a.ready = func() { resolve(js.Undefined()) }
	}))
	set := func(name string, f func(args []js.Value) any) {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) (answer any) {
			p.guard(name, func() { answer = f(args) })
			return answer
		}))
	}
	set("state", func([]js.Value) any { return a.state() })
	set("stats", func([]js.Value) any { return a.stats() })
	set("setPrompt", func(args []js.Value) any { return a.act(app.PromptChanged{Text: text(args, 0)}) })
	set("step", func([]js.Value) any { return a.act(app.StepPressed{}) })
	set("reset", func([]js.Value) any { return a.act(app.ResetPressed{}) })
	set("select", func(args []js.Value) any { return a.choose(text(args, 0)) })
	set("orbit", a.orbit)
	set("steps", func([]js.Value) any { return a.steps() })
	set("tensor", a.tensor)
	set("explain", a.explain)
	set("export", a.export)
	js.Global().Set("glassbox", object)
	return a
}

func text(args []js.Value, i int) string {
	if i >= len(args) || args[i].Type() != js.TypeString {
		return ""
	}
	return args[i].String()
}

func whole(args []js.Value, i int) int {
	if i >= len(args) || args[i].Type() != js.TypeNumber {
		return -1
	}
	return args[i].Int()
}

// act sends a message, and promises the state in which nothing is under way.
func (a *api) act(m app.Msg) js.Value {
	return a.page.promise(func(resolve func(any), _ func(string)) {
		a.page.Send(m)
		a.waiting = append(a.waiting, func() { resolve(a.state()) })
		a.settle()
	})
}

func (a *api) choose(name string) js.Value {
	s := &a.page.state
	if name == "overview" {
		return a.act(app.StageChosen{Stage: run.StageOverview})
	}
	var known []string
	for _, stage := range app.Stages(*s) {
		for _, part := range append([]run.StageInfo{stage}, stage.Parts...) {
			if string(part.ID) == name {
				return a.act(app.StageChosen{Stage: part.ID})
			}
			known = append(known, string(part.ID))
		}
	}
	if _, ok := s.Info(name); ok {
		return a.act(app.PanelChosen{Name: name})
	}
	return a.page.promise(func(_ func(any), reject func(string)) {
		reject("there is no stage or step named " + name + "; the stages are overview, " + strings.Join(known, ", ") +
			", and steps() lists the steps")
	})
}

// settle keeps the promises that wait for the end of what is under way.
func (a *api) settle() {
	if a == nil || app.Busy(a.page.state) {
		return
	}
	if a.times.ready == 0 && a.page.state.Phase == app.Ready && a.times.first > 0 {
		a.times.ready = now() * 1000
		a.waiting = append(a.waiting, a.ready, a.page.host.ready)
	}
	if len(a.waiting) == 0 {
		return
	}
	a.page.dom.RenderNow() // who waited finds the answer in the page as well
	waiting := a.waiting
	a.waiting = nil
	for _, w := range waiting {
		w()
	}
}

// drawn notes the time of a frame. at is when the browser began it, in seconds.
func (a *api) drawn(at float64) {
	end := now() * 1000
	if a.times.first == 0 {
		a.times.first = end
		defer a.settle()
	}
	a.times.frame, a.times.last = end-at*1000, end
	a.times.frames++
	if a.times.fresh && a.times.typed > 0 && !a.page.arriving() {
		a.times.keystroke = end - a.times.typed
		a.times.typed, a.times.fresh = 0, false
	}
}

// heard notes what the keystroke time needs: a changed text, and numbers that came.
func (a *api) heard(m app.Msg) {
	switch m := m.(type) {
	case app.PromptChanged:
		a.times.typed, a.times.fresh = now()*1000, false
	case app.Replied:
		a.times.fresh = a.times.fresh || m.Reply.Ran != nil
	}
}

// ask puts a request of its own to the engine.
func (a *api) ask(r engine.Request, answer func(engine.Reply) any) js.Value {
	return a.page.promise(func(resolve func(any), reject func(string)) {
		a.request(r, func(reply engine.Reply) {
			if reply.Error != "" {
				reject(reply.Error)
				return
			}
			resolve(answer(reply))
		})
	})
}

// request asks the engine beside what Update asks for.
func (a *api) request(r engine.Request, answer func(engine.Reply)) {
	a.last--
	r.ID = a.last
	a.asked[r.ID] = answer
	a.page.worker.send(r)
}

// answered takes the replies that belong to request, whose ids are below zero.
func (a *api) answered(r engine.Reply) {
	done := a.asked[r.ID]
	delete(a.asked, r.ID)
	if done != nil {
		done(r)
	}
}

// abandon answers what a lost engine was asked.
func (a *api) abandon() {
	for id := range a.asked {
		a.answered(engine.Reply{ID: id, Error: "The model was restarted before it answered; ask again."})
	}
}
