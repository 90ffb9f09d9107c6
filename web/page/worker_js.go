package page

import (
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/served"
	"glassbox/web/say"
)

// A workerConn carries requests to the worker and replies back, as bytes.
type workerConn struct {
	page *Page
	boot js.Value
}

func newWorkerConn(p *Page) *workerConn {
	l := &workerConn{p, js.Global().Get("glassboxBoot")}
	l.boot.Set("onreply", p.Function("a reply", func(args []js.Value) { l.receive(args[0]) }))
	l.boot.Set("ondeath", p.Function("the end of the engine", func(args []js.Value) {
		p.receive(feature.WorkerDied{Reason: args[0].String()})
	}))
	return l
}

// openServed greets the engine where it is a program on this machine, and listens to what it says unasked. It returns the model that
// the program holds; nil: the engine is a worker.
func (l *workerConn) openServed() *feature.Choice {
	if !js.Global().Get("glassboxServed").Truthy() {
		return nil
	}
	news, err := engine.DecodeNews(bytesOf(l.boot.Get("hello")))
	if err != nil || news.Hello == nil {
		l.boot.Call("fail", map[string]any{"message": say.Fault(engine.ErrOtherBuild), "whole": true})
		select {} // no reply could be read
	}
	l.boot.Set("onnews", l.page.Function("news", func(args []js.Value) { l.hear(bytesOf(args[0])) }))
	l.boot.Set("onlost", l.page.Function("a broken way", func([]js.Value) { l.page.receive(served.Lost{}) }))
	l.boot.Set("ontry", l.page.Function("a try", func(args []js.Value) { l.page.receive(served.Tried{Try: args[0].Int()}) }))
	l.boot.Set("onrefused", l.page.Function("a refusal", func(args []js.Value) { l.page.receive(served.Refused{Reason: args[0].String()}) }))
	c := served.Choice(*news.Hello)
	return &c
}

// hear takes news.
func (l *workerConn) hear(b []byte) {
	switch news, err := engine.DecodeNews(b); {
	case err != nil:
		l.page.receive(served.Refused{Reason: say.Fault(engine.ErrOtherBuild)})
	case news.Hello != nil:
		l.page.receive(served.Greeted{Hello: *news.Hello})
	case news.Reading != nil:
		l.page.receive(served.Read{Reading: *news.Reading})
	default:
		l.page.receive(feature.EngineWorks{})
	}
}

// bytesOf copies an array of bytes.
func bytesOf(data js.Value) []byte {
	b := make([]byte, data.Get("length").Int())
	js.CopyBytesToGo(b, data)
	return b
}

// receive decodes a reply. If it can't be decoded, the engine is broken.
func (l *workerConn) receive(data js.Value) {
	reply, err := engine.DecodeReply(bytesOf(data))
	if err != nil {
		l.page.receive(feature.WorkerDied{Reason: err.Error()})
		return
	}
	if reply.Fault != nil {
		reply.Error = say.Fault(reply.Fault) // in the language of the page
	}
	l.page.receive(feature.Replied{Reply: reply})
}

// send asks the engine.
func (l *workerConn) send(r engine.Request) { l.sendFile(r, "") }

// sendFile asks the engine to load; the file is the packed data element of that id.
func (l *workerConn) sendFile(r engine.Request, dataID string) {
	b := engine.EncodeRequest(r)
	data := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(data, b)
	l.boot.Call("post", data, dataID)
}

// restart replaces a dead worker, and sends feature.WorkerStarted when the new one listens.
func (l *workerConn) restart() {
	l.page.Then(l.boot.Call("startWorker"), func() { l.page.receive(feature.WorkerStarted{}) }, nil)
}

// Serve answers the page's requests, in the worker. It never returns.
func Serve(e *engine.Engine) {
	e.Memory = engine.PageMemory
	whole := collectPieces()
	js.Global().Set("glassboxEngine", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var reply engine.Reply
		if request, err := engine.DecodeRequest(bytesOf(args[0])); err != nil {
			reply.Error = err.Error()
		} else if args[2].Type() == js.TypeString {
			reply = engine.DamagedReply(request)
		} else {
			attachFile(&request, args[1])
			if l := request.Load; l != nil && args[1].IsUndefined() {
				l.File = whole() // it came in pieces
			}
			reply = e.Handle(request)
		}
		out := engine.EncodeReply(reply)
		data := js.Global().Get("Uint8Array").New(len(out))
		js.CopyBytesToJS(data, out)
		return data
	}))
	select {}
}

// attachFile puts the unpacked file into a request to load.
func attachFile(r *engine.Request, file js.Value) {
	if r.Load == nil || file.IsUndefined() {
		return
	}
	b := bytesOf(file)
	if r.Load.Name == "" {
		r.Load.Table = b
		return
	}
	r.Load.File = b
}
