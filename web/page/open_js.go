package page

import (
	"maps"
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/say"
)

// An opener opens files of the reader's, chosen in the system's dialog or dropped on the page,
// and reads them piece by piece. The pieces go to the worker unread; the page keeps the File
// objects, so that a model can be loaded again.
type opener struct {
	page  *Page
	input js.Value
	files map[int]js.Value
	last  int // number of the last one
	turn  int // counts readings; what an older one reads is dropped
}

const (
	headBytes  = 1 << 20 // of a file that are read first; if its header is longer, it is read to its end
	pieceBytes = 4 << 20 // that are read and sent at once
)

// openFiles adds the file input to the page, and listens to it and to dropped files. The input takes any file: iOS knows
// no safetensors and would grey them all out, and what a file is its content tells.
func openFiles(p *Page) *opener {
	document := js.Global().Get("document")
	o := &opener{page: p, files: map[int]js.Value{}, input: document.Call("createElement", "input")}
	for name, value := range map[string]string{"type": "file", "id": "file", "aria-label": say.Page.ModelFile()} {
		o.input.Call("setAttribute", name, value)
	}
	o.input.Set("hidden", true)
	document.Get("body").Call("append", o.input)
	p.Listen(o.input, "change", false, func(js.Value) {
		o.choose(o.input.Get("files"))
		o.input.Set("value", "") // the same file may be picked again
	})
	p.Listen(document, "dragover", false, o.over)
	p.Listen(document, "dragleave", false, o.leave)
	p.Listen(document, "drop", false, o.drop)
	return o
}

// choose takes the first of a list of files.
func (o *opener) choose(list js.Value) {
	if list.Get("length").Int() == 0 {
		return
	}
	f := list.Index(0)
	maps.DeleteFunc(o.files, func(n int, _ js.Value) bool { return !open.NeedsFile(&o.page.state, n) })
	o.last++
	number := o.last
	o.files[number] = f
	o.page.Send(open.Chosen{File: feature.File{Number: number, Name: f.Get("name").String(), Size: f.Get("size").Int()}})
}

// holdsFiles reports whether files are dragged, rather than text, which may be dropped into the
// text field.
func holdsFiles(event js.Value) bool {
	data := event.Get("dataTransfer")
	return data.Truthy() && data.Get("types").Call("includes", "Files").Bool()
}

func (o *opener) over(event js.Value) {
	if holdsFiles(event) {
		event.Call("preventDefault")
		o.dragging(open.Of(&o.page.state) == nil)
	}
}

// leave ends the highlight when the file leaves the window, not when it leaves an element.
func (o *opener) leave(event js.Value) {
	if event.Get("relatedTarget").IsNull() {
		o.dragging(false)
	}
}

func (o *opener) drop(event js.Value) {
	o.dragging(false)
	if holdsFiles(event) {
		event.Call("preventDefault")
		o.choose(event.Get("dataTransfer").Get("files"))
	}
}

// dragging turns on or off the highlight that says that the page takes the file.
func (o *opener) dragging(on bool) {
	js.Global().Get("document").Get("documentElement").Call("toggleAttribute", "data-dragging", on)
}

// slice reads the bytes from … to−1 of a file. If it can't, it sends an error as the reply to the
// request.
func (o *opener) slice(f feature.File, request, from, to int, done func(buffer js.Value)) {
	turn := o.turn
	var fns [2]js.Func
	for i, f := range [2]func(v js.Value){done, func(js.Value) {
		o.page.Send(feature.Replied{Reply: engine.Reply{ID: request,
			Error: say.Page.FileGone(f.Name)}})
	}} {
		fns[i] = o.page.Function("reading a file", func(args []js.Value) {
			fns[0].Release()
			fns[1].Release()
			if turn == o.turn {
				f(args[0])
			}
		})
	}
	o.files[f.Number].Call("slice", from, to).Call("arrayBuffer").Call("then", fns[0], fns[1])
}

// readHead shows the engine the beginning of a file, its header among it.
func (o *opener) readHead(c open.ReadHead, bytes int) {
	o.turn++
	o.slice(c.File, c.Request, 0, bytes, func(buffer js.Value) {
		array := js.Global().Get("Uint8Array").New(buffer)
		head := make([]byte, array.Get("length").Int())
		js.CopyBytesToGo(head, array)
		if need := engine.HeadBytes(head, c.File.Size); need > bytes {
			o.readHead(c, need)
			return
		}
		o.page.worker.send(engine.Request{ID: c.Request, Inspect: &engine.Inspect{Name: c.File.Name, Head: head, Size: c.File.Size}})
	})
}

// readFile hands the engine a file piece by piece, then asks it to load it.
func (o *opener) readFile(c feature.ReadFile, from int) {
	if from == 0 {
		o.turn++
	}
	to := min(from+pieceBytes, c.File.Size)
	o.slice(c.File, c.Request, from, to, func(buffer js.Value) {
		o.post(buffer, from, c.File.Size)
		o.page.Send(feature.FileRead{Request: c.Request, Bytes: to})
		if to < c.File.Size {
			o.readFile(c, to)
			return
		}
		o.page.worker.send(engine.Request{ID: c.Request, Load: &c.Load})
	})
}

// post gives the worker a piece; it is moved there, not copied.
func (o *opener) post(buffer js.Value, at, of int) {
	worker := o.page.worker.boot.Get("worker")
	if !worker.Truthy() {
		return
	}
	message := map[string]any{"piece": js.Global().Get("Uint8Array").New(buffer), "at": at, "of": of}
	worker.Call("postMessage", message, []any{buffer})
}

// stop ends the reading, and lets the worker drop the pieces that it has.
func (o *opener) stop() {
	o.turn++
	o.post(js.Global().Get("ArrayBuffer").New(0), 0, 0)
}

// collectPieces gathers the pieces of a file in the worker. The function it returns returns the
// file and drops it.
func collectPieces() (whole func() []byte) {
	var file []byte
	js.Global().Set("glassboxPiece", js.FuncOf(func(_ js.Value, args []js.Value) any {
		at, of := args[1].Int(), args[2].Int()
		if at == 0 {
			file = nil // before the new one is made: both may not fit
			file = make([]byte, of)
		}
		if at+args[0].Get("length").Int() <= len(file) {
			js.CopyBytesToGo(file[at:], args[0])
		}
		return nil
	}))
	return func() []byte {
		b := file
		file = nil
		return b
	}
}
