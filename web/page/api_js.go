package page

import (
	"math"
	"strconv"
	"strings"
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/consent"
	"glassbox/web/page/browser"
	"glassbox/web/page/message"
	"glassbox/web/run"
)

// An api is window.glassbox, the page's interface for programs, as docs/EMBED.md describes it for those who use it:
//
//	ready                     a promise: the model has run and the first picture is drawn
//	state()                   {model, text, tokens: [{id, text, generated}], generated, guide, next,
//	                          candidates: [{id, text, logit, probability, sampled}], sampling, stage,
//	                          panel, cell, walk, playing, error: why the text can't be run, problem,
//	                          hash, busy: an answer is on its way that will change what the page shows}
//	stats()                   times in milliseconds, what the last frame cost, what the engine holds in bytes, and
//	                          whether the scene is moving: another frame is due
//	setPrompt(text)           a promise of state(), when the model has run
//	step()                    writes the next token: a promise of state()
//	play(on)                  begins to write token by token, or ends it: a promise of state()
//	reset()                   removes what was written: a promise of state()
//	model(id)                 changes to another model: a promise of state()
//	sampling(settings)        sets what is named of {temperature, k, p, seed}: a promise of state()
//	select(stageOrStep)       flies there: a promise of state(); rejects an unknown name
//	walk(stop)                goes to a stop of the walk, from 1, or leaves it by 0: a promise of state()
//	goto(hash)                goes where a link with this hash leads: a promise of state()
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
// It is an EventTarget: the event "change" says that state() has become another. What is called before the model has run
// waits for that. Every promise is settled: it rejects with an Error in plain words when nothing comes of the call, or only
// part of it, and also when the model ends or does not answer.
type api struct {
	page    *Page
	held    []func(stuck string) // what was called before the model has run; stuck says why it won't, "" if it has
	waiting []func(stuck string) // called when the page is no longer busy, or with the reason why that won't come
	pending map[int]func(engine.Reply)
	watch   watch
	lastID  int // id of the last question; they count down from −1, so they differ from Update's
	ready   settler
	told    string   // what the last change was told of
	object  js.Value // window.glassbox
	times   times
}

// A settler settles the promise ready. If the model comes back after that was rejected, there is a new one.
type settler struct {
	resolve  func(any)
	reject   func(string)
	rejected bool
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
	a := &api{page: p, object: js.Global().Get("EventTarget").New(), pending: map[int]func(engine.Reply){}}
	a.promiseReady()
	for name, f := range map[string]func(args []any) any{
		"state":     func([]any) any { return a.state() },
		"stats":     func([]any) any { return a.stats() },
		"setPrompt": a.setPrompt,
		"step":      func([]any) any { return a.step() },
		"play":      a.play,
		"reset":     func([]any) any { return a.send(feature.ResetPressed{}, nil) },
		"model":     a.model,
		"sampling":  a.sampling,
		"select":    func(args []any) any { return a.selectByName(args[0].(string)) },
		"walk":      a.walk,
		"goto":      a.direct,
		"steps":     func([]any) any { return a.steps() },
		"tensor":    a.tensor,
		"explain":   a.explain,
		"export":    a.export,
	} {
		a.object.Set(name, js.FuncOf(func(_ js.Value, given []js.Value) (answer any) {
			p.Try(name, func() { answer = a.call(name, f, given) })
			if answer == nil {
				answer = a.refuse("the page made a mistake; what was asked may not have happened")
			}
			return answer
		}))
	}
	a.object.Set("orbit", p.Function("orbit", a.orbit))
	return a
}

// call calls a verb with checked arguments. Those that it does not take are left out, so that it can be a listener.
func (a *api) call(verb string, f func(args []any) any, given []js.Value) any {
	args := make([]any, message.Takes(verb))
	for i := range min(len(args), len(given)) {
		args[i] = goValue(given[i], 1, math.MaxInt32)
	}
	if err := message.Check(verb, args); err != nil {
		return a.refuse(err.Error())
	}
	return f(args)
}

// refuse returns a promise that is rejected.
func (a *api) refuse(why string) js.Value {
	return a.page.Promise(func(_ func(any), reject func(string)) { reject(why) })
}

// private is the answer to whoever asks about a file of the reader's without their yes.
const private = "the reader opened a file of their own, which other pages may read after the reader has allowed it; " +
	"the event change tells when that is so"

// restarted is the answer to questions that an engine took with it.
const restarted = "the model was restarted before it answered; ask again"

// publish sets window.glassbox, once all that its verbs need is there.
func (a *api) publish() { js.Global().Set("glassbox", a.object) }

// promiseReady makes a new promise ready. That nobody waits for it is no fault.
func (a *api) promiseReady() {
	promise := a.page.Promise(func(resolve func(any), reject func(string)) { a.ready = settler{resolve: resolve, reject: reject} })
	promise.Call("catch", a.page.Function("a promise", func([]js.Value) {}))
	a.object.Set("ready", promise)
}

// send sends a message, and returns a promise of the state once the page is no longer busy. It is rejected if the page can't
// come to that, or by what wrong then returns, which knows the notice that the message itself made, for it may be gone by
// then; nil: nothing can go wrong.
func (a *api) send(m feature.Msg, wrong func(notice string) string) js.Value {
	return a.page.Promise(func(resolve func(any), reject func(string)) {
		before := a.page.state
		a.page.Send(m)
		notice := ""
		if s := &a.page.state; s.Notice != before.Notice {
			notice = strings.TrimSpace(strings.TrimPrefix(s.Notice, before.Notice))
		}
		var late func(*feature.State) string
		if wrong != nil {
			late = func(*feature.State) string { return wrong(notice) }
		}
		a.await(resolve, reject, &before, late)
	})
}

// await settles a promise as send says.
func (a *api) await(resolve func(any), reject func(string), before *feature.State, wrong func(before *feature.State) string) {
	a.waiting = append(a.waiting, func(why string) {
		if why == "" && wrong != nil {
			why = wrong(before)
		}
		if why != "" {
			reject(why)
			return
		}
		resolve(a.state())
	})
	a.settle()
}

// later returns a promise that f settles, once the model has run for the first time; it is rejected if that won't be.
func (a *api) later(f func(resolve func(any), reject func(string))) js.Value {
	return a.page.Promise(func(resolve func(any), reject func(string)) {
		a.onceRun(func(stuck string) {
			if stuck == "" {
				f(resolve, reject)
				return
			}
			reject(stuck)
		})
	})
}

// onceRun calls f when the model has run for the first time, or with the reason why it won't.
func (a *api) onceRun(f func(stuck string)) {
	s := &a.page.state
	if stuck := s.Stuck(); stuck != "" || s.Phase == feature.Ready && s.Applied != 0 {
		f(stuck)
		return
	}
	a.held = append(a.held, f)
}

func (a *api) selectByName(name string) js.Value {
	s := &a.page.state
	if name == "overview" {
		return a.send(feature.StageChosen{Stage: run.StageOverview}, nil)
	}
	var known []string
	for _, stage := range feature.Stages(*s) {
		for _, part := range append([]run.StageInfo{stage}, stage.Parts...) {
			if string(part.ID) == name {
				return a.send(feature.StageChosen{Stage: part.ID}, nil)
			}
			known = append(known, string(part.ID))
		}
	}
	if _, ok := s.Info(name); ok {
		return a.send(feature.PanelChosen{Name: name}, nil)
	}
	return a.refuse("there is no stage or step named " + name + "; the stages are overview, " + strings.Join(known, ", ") +
		", and steps() lists the steps")
}

// settle settles the promises, if the page is not busy or never will be otherwise.
func (a *api) settle() {
	if a == nil {
		return
	}
	s := &a.page.state
	stuck := s.Stuck()
	if stuck == "" && feature.Busy(*s) {
		return
	}
	a.settleReady(stuck)
	held := a.held
	a.held = nil
	for _, f := range held {
		f(stuck)
	}
	if len(a.waiting) == 0 || stuck == "" && feature.Busy(a.page.state) {
		return
	}
	a.page.dom.RenderNow() // the page shows the state before a promise of it resolves
	waiting := a.waiting
	a.waiting = nil
	for _, w := range waiting {
		w(stuck)
	}
}

// settleReady settles the promise ready, and tells the host: again, if the model comes back after it could not be used.
func (a *api) settleReady(stuck string) {
	switch {
	case a.times.ready > 0:
	case stuck != "" && !a.ready.rejected:
		a.ready.rejected = true
		a.ready.reject(stuck)
		a.page.host.failed(stuck)
	case stuck != "":
	case a.times.first > 0 && a.page.state.Phase == feature.Ready:
		a.times.ready = browser.Now() * 1000
		a.waiting = append(a.waiting, func(string) {
			if a.ready.rejected {
				a.promiseReady()
			}
			a.told = a.telling()
			a.ready.resolve(js.Undefined())
			a.page.host.ready()
		})
	}
}

// tellChange tells those who listen that the state has become another since the promise ready was resolved, once nothing is
// on its way.
func (a *api) tellChange() {
	if a.told == "" || feature.Busy(a.page.state) {
		return
	}
	if now := a.telling(); now != a.told {
		a.told = now
		a.object.Call("dispatchEvent", js.Global().Get("Event").New("change"))
		a.page.host.changed()
	}
}

// telling is another text for each state of which others are told.
func (a *api) telling() string {
	s := &a.page.state
	text := s.Hash() + "\n" + s.TextError + "\n" + strconv.Itoa(s.Applied)
	for i, is := range []bool{s.Playing, s.Frozen, s.Problem != nil, consent.Given(s)} {
		if is {
			text += "\n" + strconv.Itoa(i)
		}
	}
	return text
}

// noteFrame notes the time of a frame. at is when the browser began it, in seconds.
func (a *api) noteFrame(at float64) {
	end := browser.Now() * 1000
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

// noteMessage notes what the keystroke time needs: a changed text, and numbers that came.
func (a *api) noteMessage(m feature.Msg) {
	switch m := m.(type) {
	case feature.PromptChanged:
		a.times.typed, a.times.fresh = browser.Now()*1000, false
	case feature.Replied:
		a.times.fresh = a.times.fresh || m.Reply.Ran != nil
	}
}

// ask sends a request to the engine, once the model has run, and returns a promise of the answer.
func (a *api) ask(r engine.Request, answer func(engine.Reply) any) js.Value {
	return a.later(func(resolve func(any), reject func(string)) {
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
	a.watchRequests()
}

// handleReply handles a reply to request, whose ids are below zero.
func (a *api) handleReply(r engine.Reply) {
	done := a.pending[r.ID]
	delete(a.pending, r.ID)
	if done != nil {
		done(r)
	}
}

// failPending answers all pending requests with an error.
func (a *api) failPending(why string) {
	for id := range a.pending {
		a.handleReply(engine.Reply{ID: id, Error: why})
	}
}

// A watch is how the engine is watched while questions wait: those of Update are not counted here, their answers are.
type watch struct {
	on    bool // a look is coming
	heard int  // answers of the engine
	quiet int  // looks in a row that found no new one
}

// A look every lookMillis; the engine is given up after mostQuiet that found no new answer, after longQuiet while a model
// loads.
const (
	lookMillis = 5000
	mostQuiet  = 2
	longQuiet  = 6
)

// watchRequests sees to it that questions are not waited for that the engine, which hangs or was closed, won't answer.
func (a *api) watchRequests() {
	if a.watch.on || len(a.pending) == 0 {
		return
	}
	a.watch.on = true
	heard := a.watch.heard
	a.page.clock.After(lookMillis, func() {
		a.watch.on = false
		if a.watch.quiet++; heard != a.watch.heard || len(a.pending) == 0 {
			a.watch.quiet = 0
		}
		most := mostQuiet
		if a.page.state.Phase == feature.Loading {
			most = longQuiet
		}
		if a.watch.quiet >= most {
			a.watch.quiet = 0
			a.failPending("the model does not answer")
		}
		a.watchRequests()
	})
}
