package dom

import (
	"sync/atomic"
	"time"

	"github.com/vugu/vugu"
)

// Renderer draws one root component into one element of the page.
type Renderer struct {
	root vugu.Builder
	env  *vugu.BuildEnv
	tree *tree

	report  func(error)
	failure string // the message of the last render, if it failed

	dirty   atomic.Bool
	stale   atomic.Bool // something changed since the last render
	drawing bool
	running bool // a handler
	broken  bool // drawing failed half way, so the page is not what tree says
	closed  bool
	queue   []func() // handlers of events that drawing caused

	stats Stats
}

// Stats says what a renderer has done and holds.
type Stats struct {
	Renders    int           // since New
	Operations int           // changes of the page since New, the callbacks' own not counted
	Nodes      int           // nodes in the page now, those inside static markup not counted
	Functions  int           // js.Funcs that are alive; one per kind of event, and one for frames
	Build      time.Duration // of the last render: running the components
	Draw       time.Duration // of the last render: comparing, and changing the page
}

// Option changes how [New] makes a renderer.
type Option func(*Renderer)

// OnError sets what to do with errors: panics as [*Panic], and trees that cannot be drawn. It is
// called on the goroutine of the event or render. A render that fails over and over is reported once.
// Without it, errors go to the console of the browser.
func OnError(report func(error)) Option {
	return func(r *Renderer) { r.report = report }
}

// newRenderer returns a renderer of root into the node mount of doc.
func newRenderer(doc document, mount handle, root vugu.Builder, options []Option) (*Renderer, error) {
	r := &Renderer{root: root, tree: &tree{doc: doc, mount: mount}, broken: true}
	r.tree.guard = r.guard
	for _, option := range options {
		option(r)
	}
	var err error
	r.env, err = vugu.NewBuildEnv(r.EventEnv())
	return r, err
}

// Invalidate asks for a render on the next animation frame. However often it is called before that
// frame, there is one render. It may be called from any goroutine and from callbacks of JavaScript.
func (r *Renderer) Invalidate() {
	r.stale.Store(true)
	r.ask()
}

// ask asks for a frame.
func (r *Renderer) ask() {
	if r.dirty.CompareAndSwap(false, true) {
		r.tree.doc.nextFrame()
	}
}

// frame is called on the animation frame that Invalidate asked for.
func (r *Renderer) frame() {
	if r.dirty.Load() {
		r.RenderNow()
	}
}

// RenderNow builds the components and draws what changed. Called from within a render, it asks for
// another one on the next frame.
func (r *Renderer) RenderNow() {
	if r.closed {
		return
	}
	if r.drawing {
		r.Invalidate()
		return
	}
	r.dirty.Store(false)
	r.stale.Store(false)
	r.drawing = true
	err := catch("rendering", r.render)
	r.drawing = false
	r.stats.Renders++
	r.reportRender(err)
	queue := r.queue
	r.queue = nil
	for _, handle := range queue {
		handle()
	}
}

// render builds, then draws. A failure before drawing leaves the page as it was.
func (r *Renderer) render() error {
	start := time.Now()
	built := r.env.RunBuild(r.root)
	kids, err := flattener{built}.add(nil, &vugu.VGNode{Component: r.root}, nil, "")
	if err != nil {
		return err
	}
	r.stats.Build = time.Since(start)
	if r.broken {
		r.tree.clear()
	}
	r.broken = true
	r.tree.draw(kids)
	r.broken = false
	r.stats.Draw = time.Since(start) - r.stats.Build
	return nil
}

// reportRender reports err unless the render before failed in the same way.
func (r *Renderer) reportRender(err error) {
	message := ""
	if err != nil {
		message = err.Error()
	}
	if message != r.failure && err != nil {
		r.report(err)
	}
	r.failure = message
}

// guard runs a callback of a component and reports its panic.
func (r *Renderer) guard(where string, f func()) {
	if err := catch(where, func() error { f(); return nil }); err != nil {
		r.report(err)
	}
}

// fire runs the handlers of an event of this kind at the node n, or queues them while drawing. What changed before is drawn
// first: a handler knows what it was built for, and would find another state than that. An event of a node that is then
// gone is lost, for the reader would not find the node any more either. What a reader writes or chooses is read first: drawing
// would write the old value over it.
func (r *Renderer) fire(n handle, kind string, event vugu.DOMEvent) {
	at := r.tree.handlers[n]
	if at == nil {
		return
	}
	if r.drawing {
		r.queue = append(r.queue, func() { r.run(at, kind, event) })
		return
	}
	if r.stale.Load() && !r.running && kind != "input" && kind != "change" {
		r.RenderNow()
		now := r.tree.handlers[n]
		if now == nil || now.serial != at.serial {
			return
		}
		at = now
	}
	r.run(at, kind, event)
}

// run runs the handlers of a node.
func (r *Renderer) run(at *node, kind string, event vugu.DOMEvent) {
	outer := r.running
	r.running = true
	for _, spec := range at.vg.DOMEventHandlerSpecList {
		if spec.EventType == kind {
			r.guard("@"+kind+" of "+at.String(), func() { spec.Func(event) })
		}
	}
	r.running = outer
	r.ask()
}

// Stats returns what the renderer has done and holds.
func (r *Renderer) Stats() Stats {
	s := r.stats
	s.Operations, s.Nodes, s.Functions = r.tree.operations, r.tree.nodes, r.tree.doc.functions()
	return s
}

// Close removes what was drawn and releases all listeners. The renderer draws nothing from then on.
func (r *Renderer) Close() {
	if r.closed {
		return
	}
	r.closed = true
	r.dirty.Store(true) // so that Invalidate asks for no more frames
	for n, at := range r.tree.handlers {
		for _, spec := range at.vg.DOMEventHandlerSpecList {
			r.tree.doc.unlisten(n, spec.EventType)
		}
	}
	r.tree.clear()
	r.tree.doc.close()
}

// EventEnv is the renderer in the form that Vugu's events and components ask for. Its locks do nothing:
// the page's Go code is never interrupted, it only yields, and components never do while they build.
func (r *Renderer) EventEnv() vugu.EventEnv { return eventEnv{r} }

type eventEnv struct{ r *Renderer }

func (e eventEnv) Lock()         {}
func (e eventEnv) UnlockOnly()   {}
func (e eventEnv) UnlockRender() { e.r.Invalidate() }
func (e eventEnv) RLock()        {}
func (e eventEnv) RUnlock()      {}
