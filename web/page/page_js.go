package page

import (
	"errors"
	"strings"
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/dom"
	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/gl"
	"glassbox/web/lesson"
	"glassbox/web/page/browser"
	"glassbox/web/page/second"
	"glassbox/web/scene"
	"glassbox/web/view"
)

// A Page holds the parts of the page and passes messages between them. All of it runs on
// the browser's one thread, in event handlers.
type Page struct {
	browser.Guard
	state       feature.State
	scene       *scene.Scene
	pair        second.Pair  // of it and the scene of a second run
	gl          *gl.Renderer // nil without WebGL2
	flat        *gl.Flat     // draws while gl is nil or lost; nil while it is not needed
	root        *view.Root
	dom         *dom.Renderer
	worker      *workerConn
	clock       browser.Clock
	pace        gl.Pace
	moved       bool    // the camera, when the scene was last drawn
	waiting     float64 // since when a frame waits, in seconds; 0: none does
	begun       float64 // when Run began, in seconds
	input       *input
	cameraWatch *cameraWatch
	api         *api
	opener      *opener
	focus       browser.Focus
	embed       *embed
	minimap     minimap
	beside      *besideTable
	host        *host

	flow          flowWatch
	reducedMotion bool // the system asks for less motion
	file          writtenFile
	arrivals      second.Arrivals
	address       browser.AddressBar

	shown struct { // what reveal has scrolled to
		stages  stagesShown
		crowded bool // not all of them have room
		tokens  int
		width   int               // of the scene
		stop    int               // of the walk
		turn    int               // of what a link asked for
		lab     map[string]string // what the tools of the lab have chosen

		selected selection // what the inspector is about
	}

	spoken   spoken
	crashed  string        // the panic that was reported last
	inbox    []feature.Msg // messages that came while one was handled
	handling bool
}

// Run starts the page. It never returns.
func Run() {
	mark("running")
	spoken := speakFirst()
	p := &Page{scene: scene.New(), begun: browser.Now(), spoken: spoken}
	p.cameraWatch = &cameraWatch{page: p}
	p.beside = &besideTable{page: p}
	p.Guard = browser.Guard{Crashed: p.reportCrash}
	p.address.Clock = &p.clock
	p.worker = newWorkerConn(p)
	models := app.Shipped(hasModelData)
	held := p.worker.openServed()
	if held != nil {
		models = append([]feature.Choice{*held}, models...)
	}
	p.state = app.New(models)
	p.state.Languages = browser.Languages()
	p.scene.SetSteps(p.state.Config, p.state.Steps)
	p.root = &view.Root{Screen: feature.Screen{State: &p.state, OnMsg: p.Send, OnAction: p.perform}}
	p.clock.Draw, p.clock.OnFrameTime, p.clock.Guard = p.frame, p.pace.Observe, p.Guard
	p.watchEmbed()
	p.api = newAPI(p)
	p.host = openHost(p)
	p.scene.Fit(browser.Now())
	p.applyHost()
	p.watchReducedMotion()
	p.readLessons()
	p.opener = openFiles(p)
	p.opener.places.Tell()
	if held != nil {
		p.worker.hear(bytesOf(p.worker.boot.Get("hello")))
	}
	p.Send(feature.Navigated{Hash: js.Global().Get("location").Get("hash").String()}) // the engine loads while the page is built
	if lost := js.Global().Get("glassboxBoot").Get("lost").String(); lost != "" {
		p.Send(feature.LanguageChanged{Lost: lost})
	}
	p.takeEarly()
	mark("asked")
	p.openCanvas()
	p.watchTheme()
	p.watchSize()
	p.focus.Watch(p.Guard)
	p.input = newInput(p)
	p.listenBeside()
	p.watchMap()
	mark("listening")
	p.mount()
	js.Global().Get("document").Get("documentElement").Call("removeAttribute", "data-foreign") // host.js
	js.Global().Get("glassboxEarly").Call("replay")
	p.api.publish()
	p.host.listen()
	mark("mounted")
	p.watchURL()
	p.watchPrint()
	p.startFuzz()
	p.embed.update()
	select {}
}

// takeEarly takes over what was typed while the page was loading, in the stead of the text of the link: index.html has the
// field from the beginning, and early.js keeps the rest.
func (p *Page) takeEarly() {
	if text := js.Global().Get("glassboxEarly").Call("take").String(); text != "" {
		p.Send(feature.PromptChanged{Text: text})
	}
}

// hasModelData reports whether the page holds the file of a model.
func hasModelData(id string) bool {
	return js.Global().Get("document").Call("getElementById", "data-model-"+id).Truthy()
}

// readLessons sends the lessons that stand in the page to Update, each in the language of the page if it is there.
func (p *Page) readLessons() {
	var read lessons.Read
	var wrong []error
	document := js.Global().Get("document")
	list := document.Call("querySelectorAll", "script[data-lesson]:not([data-language])")
	stops := list.Get("length").Int()
	for i := range stops {
		element := list.Index(i)
		name := element.Call("getAttribute", "data-lesson").String()
		page, err := parseLesson(name, element, stops)
		if translated := document.Call("querySelector", `script[data-lesson="`+name+`"][data-language="`+p.spoken.tag+`"]`); translated.Truthy() {
			if in, mistake := parseLesson(name, translated, stops); mistake == nil {
				page, err = in, nil
			} else {
				js.Global().Get("console").Call("warn", p.spoken.tag+": "+mistake.Error()) // it stays English
			}
		}
		wrong = append(wrong, err)
		read.Pages = append(read.Pages, page)
	}
	if err := lesson.Join(wrong...); err != nil {
		read = lessons.Read{Problem: err.Error()}
	}
	p.Send(read)
}

// parseLesson reads the lesson of an element, one of so many stops, and checks it.
func parseLesson(name string, element js.Value, stops int) (lesson.Page, error) {
	page, err := lesson.Parse(name, strings.TrimPrefix(element.Get("textContent").String(), "\n")) // the packer's
	return page, lesson.Join(err, app.CheckLesson(page, stops))
}

// watchPrint draws all stops of the walk while the page is printed.
func (p *Page) watchPrint() {
	for name, on := range map[string]bool{"beforeprint": true, "afterprint": false} {
		p.Listen(js.Global(), name, false, func(js.Value) {
			p.root.Printing = on
			p.dom.RenderNow()
		})
	}
}

// mark records when a phase of the start ended, for stats().
func mark(name string) { js.Global().Get("glassboxBoot").Call("mark", name) }

// mount puts the interface into the page.
func (p *Page) mount() {
	r, err := dom.New("#app", p.root, dom.OnError(p.renderFailed))
	if err != nil {
		panic(err) // index.html of this repository has the element
	}
	p.dom = r
	r.RenderNow()
	p.updateInsets()
}

// receive handles a message from the worker: replies to the api's requests go to the api, all
// others to Update.
func (p *Page) receive(m feature.Msg) {
	r, ok := m.(feature.Replied)
	if ok {
		p.api.watch.heard++
	}
	if ok {
		p.opener.answered(r.Reply)
	}
	if ok && r.Reply.ID < 0 {
		p.api.handleReply(r.Reply)
		return
	}
	p.Send(m)
}

// Send handles a message: Update makes the new state, the commands are carried out, and
// the interface is rendered on the next frame. Messages that a command causes wait.
func (p *Page) Send(m feature.Msg) {
	p.inbox = append(p.inbox, m)
	if p.handling {
		return
	}
	p.handleInbox()
	p.root.Card = p.card()
	if p.dom != nil {
		p.dom.Invalidate()
		p.clock.AfterRender(p.arrange)
	}
	p.clock.Wake()
	p.api.settle()
	p.api.tellChange()
	p.host.reportSize()
}

// handleInbox handles all messages, also those that come meanwhile.
func (p *Page) handleInbox() {
	p.handling = true
	defer func() { p.handling = false }()
	for len(p.inbox) > 0 {
		m := p.inbox[0]
		p.inbox = p.inbox[1:]
		p.Try("a message", func() { p.handle(m) })
	}
}

// handle takes one message.
func (p *Page) handle(m feature.Msg) {
	p.api.noteMessage(m)
	if r, ok := m.(feature.Replied); ok && r.Reply.Ran != nil {
		p.pace.Renew(browser.Now())
	}
	state, commands := feature.Update(p.state, m)
	p.state = state
	for _, c := range commands {
		p.execute(c)
	}
	p.pairUp()
	p.speak()
}

// card returns whether the hover card is visible: with a cell under the pointer, or a pinned
// one.
func (p *Page) card() *feature.CardInfo {
	s := &p.state
	return &feature.CardInfo{Visible: s.Hover != nil || s.Cell != nil, Pinned: s.Hover == nil}
}

// reportCrash reports a panic, the same one over and over only once.
func (p *Page) reportCrash(reason string, stack []byte) {
	js.Global().Get("console").Call("error", reason+"\n"+string(stack))
	if p.crashed == reason {
		return
	}
	p.crashed = reason
	p.clock.After(1000, func() { p.crashed = "" })
	p.Send(feature.Crashed{Reason: reason})
}

// renderFailed handles the errors of the renderer. When it can't draw, the interface can't say
// so either: then the card that stands in index.html does.
func (p *Page) renderFailed(err error) {
	var panicked *dom.Panic
	if errors.As(err, &panicked) && panicked.Where != "rendering" {
		p.reportCrash(err.Error(), panicked.Stack)
		return
	}
	js.Global().Get("console").Call("error", err.Error())
	js.Global().Get("glassboxBoot").Call("stumble", err.Error())
}
