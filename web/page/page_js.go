package page

import (
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/dom"
	"glassbox/web/feature"
	"glassbox/web/gl"
	"glassbox/web/run"
	"glassbox/web/scene"
	"glassbox/web/view"
)

// A Page holds the parts of the page and passes messages between them. All of it runs on
// the browser's one thread, in event handlers.
type Page struct {
	state       feature.State
	scene       *scene.Scene
	gl          *gl.Renderer // nil without WebGL2
	flat        *gl.Flat     // draws while gl is nil or lost; nil while it is not needed
	root        *view.Root
	dom         *dom.Renderer
	worker      *workerConn
	clock       clock
	pace        gl.Pace
	moved       bool    // the camera, when the scene was last drawn
	waiting     float64 // since when a frame waits, in seconds; 0: none does
	input       *input
	cameraWatch *cameraWatch
	api         *api
	opener      *opener
	focus       focus
	embed       *embed
	minimap     minimap
	host        *host

	flow          flowWatch
	reducedMotion bool // the system asks for less motion
	file          writtenFile
	arrivals      arrivals
	address       addressBar

	shown struct { // what reveal has scrolled to
		stage  run.Stage
		tokens int
		width  int // of the scene
		stop   int // of the walk
	}

	crashed  string        // the panic that was reported last
	inbox    []feature.Msg // messages that came while one was handled
	handling bool
}

// Run starts the page. It never returns.
func Run() {
	mark("running")
	p := &Page{scene: scene.New()}
	p.cameraWatch = &cameraWatch{page: p}
	p.address.page = p
	p.worker = newWorkerConn(p)
	p.state = app.New(feature.Shipped(hasModelData))
	p.scene.SetSteps(p.state.Config, p.state.Steps)
	p.root = &view.Root{Screen: feature.Screen{State: &p.state, OnMsg: p.Send, OnAction: p.perform}}
	p.clock.draw, p.clock.onFrameTime, p.clock.function = p.frame, p.pace.Observe, p.function
	p.watchEmbed()
	p.host = openHost(p)
	p.openCanvas()
	mark("stage")
	p.watchTheme()
	p.watchSize()
	p.focus.watch(p)
	p.input = newInput(p)
	p.watchMap()
	p.opener = openFiles(p)
	p.api = publish(p)
	p.applyHost()
	p.watchReducedMotion()
	mark("listening")
	p.mount()
	mark("mounted")
	p.watchURL()
	p.watchPrint()
	p.readLessons()
	p.startFuzz()
	p.Send(feature.Navigated{Hash: js.Global().Get("location").Get("hash").String()})
	p.embed.update()
	select {}
}

// hasModelData reports whether the page holds the file of a model.
func hasModelData(id string) bool {
	return js.Global().Get("document").Call("getElementById", "data-model-"+id).Truthy()
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
	p.scene.Fit(now())
}

// receive handles a message from the worker: replies to the api's requests go to the api, all
// others to Update.
func (p *Page) receive(m feature.Msg) {
	if r, ok := m.(feature.Replied); ok && r.Reply.ID < 0 {
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
	p.handling = true
	defer func() { p.handling = false }()
	for len(p.inbox) > 0 {
		m, p.inbox = p.inbox[0], p.inbox[1:]
		p.guard("a message", func() { p.handle(m) })
	}
	p.root.Card = p.card()
	if p.dom != nil {
		p.dom.Invalidate()
		p.clock.afterRender(p.arrange)
	}
	p.clock.wake()
	p.api.resolveWaiting()
}

// handle takes one message.
func (p *Page) handle(m feature.Msg) {
	p.api.noteMessage(m)
	before := p.state
	state, commands := feature.Update(p.state, m)
	p.state = state
	for _, c := range commands {
		p.execute(c)
	}
	p.syncScene(&before)
}

// syncScene tells the scene, the frame and the focus what a message changed.
func (p *Page) syncScene(before *feature.State) {
	s := &p.state
	if s.Theme != before.Theme {
		p.applyTheme()
	}
	if s.Stage != before.Stage || len(s.Steps) != len(before.Steps) {
		p.scene.Current(feature.StageNames(*s))
	}
	if s.Scale != before.Scale {
		p.scene.SetScale(s.Scale.Scene())
	}
	if s.Frozen != before.Frozen {
		p.embed.freeze(s.Frozen)
	}
	if s.Panel != before.Panel {
		p.scene.Select(s.Panel)
	}
	if s.Modal() != before.Modal() {
		p.focus.modal(s.Modal())
	}
	p.showTokens()
	p.showHover()
	p.focusOpening(before)
}

// showTokens hands the scene the tokens and the next one.
func (p *Page) showTokens() {
	s := &p.state
	tokens := make([]scene.Token, len(s.Tokens))
	for i, t := range s.Tokens {
		tokens[i] = scene.Token{Text: t.Text, ID: t.ID, Generated: t.Generated}
	}
	p.scene.SetTokens(tokens)
	if s.Next != nil {
		p.scene.SetNext(s.Next.Text, s.Next.Probability, s.Muted)
	} else {
		p.scene.SetNext("", 0, false)
	}
}

// card returns whether the hover card is visible: with a cell under the pointer, or a pinned
// one.
func (p *Page) card() *feature.CardInfo {
	s := &p.state
	return &feature.CardInfo{Visible: s.Hover != nil || s.Cell != nil, Pinned: s.Hover == nil}
}

// showHover marks the cell under the pointer, or else the pinned one, and its operands.
func (p *Page) showHover() {
	s := &p.state
	p.scene.SelectToken(s.Followed())
	p.scene.SetTrail(trail(s))
	cell := s.Hover
	if cell == nil {
		cell = s.Cell
	}
	if cell == nil {
		p.scene.Hover(nil, nil)
		return
	}
	at := scene.Cell{Name: cell.Name, Row: cell.Row, Col: cell.Col}
	if e := s.Explained; e != nil && e.Name == cell.Name && e.Row == cell.Row && e.Col == cell.Col {
		p.scene.Hover(&at, e.Operands)
		return
	}
	p.scene.Hover(&at, nil)
}

// trail is the way to the pinned cell, as the scene draws it.
func trail(s *feature.State) (cells []scene.Cell) {
	if len(s.Trail) == 0 || s.Cell == nil {
		return nil
	}
	for _, b := range s.Trail {
		cells = append(cells, scene.Cell{Name: b.Name, Row: b.Row, Col: b.Col})
	}
	return append(cells, scene.Cell{Name: s.Cell.Name, Row: s.Cell.Row, Col: s.Cell.Col})
}
