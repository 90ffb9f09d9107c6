package page

import (
	"maps"
	"strings"
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/page/elsewhere"
	"glassbox/web/say"
)

// An opener opens files of the reader's, chosen in the system's dialog or dropped on the page,
// and reads them piece by piece. The pieces go to the worker unread; the page keeps the File
// objects, so that a model can be loaded again.
type opener struct {
	page   *Page
	input  js.Value // picks files
	folder js.Value // picks a folder
	files  map[int]js.Value
	last   int              // number of the last one
	turn   int              // counts readings; what an older one reads is dropped
	reads  feature.ReadFile // the last one, until the engine has answered
	places *elsewhere.Places
}

const (
	headBytes  = 1 << 16 // of a file that are read first; if the engine needs more, it is read so far
	pieceBytes = 4 << 20 // that are read and sent at once
)

// openFiles adds the file inputs to the page, and listens to them and to dropped files. The inputs take any file: iOS knows
// no safetensors and would grey them all out, and what a file is its content tells.
func openFiles(p *Page) *opener {
	o := &opener{page: p, files: map[int]js.Value{}}
	o.places = &elsewhere.Places{Guard: p.Guard, Send: p.Send, Add: o.add}
	o.input = o.newInput("file", say.Page.ModelFile(), o.choose)
	o.folder = o.newInput("folder", say.Page.ModelFolder(), o.chooseFolder)
	o.folder.Set("webkitdirectory", true) // a browser that can't picks files, of which several can be taken
	document := js.Global().Get("document")
	p.Listen(document, "dragover", false, o.over)
	p.Listen(document, "dragleave", false, o.leave)
	p.Listen(document, "drop", false, o.drop)
	return o
}

// newInput adds a hidden input for several files to the page, which hands what is picked on.
func (o *opener) newInput(id, label string, choose func(list js.Value)) js.Value {
	document := js.Global().Get("document")
	input := document.Call("createElement", "input")
	for name, value := range map[string]string{"type": "file", "id": id, "aria-label": label} {
		input.Call("setAttribute", name, value)
	}
	input.Set("hidden", true)
	input.Set("multiple", true)
	document.Get("body").Call("append", input)
	o.page.Listen(input, "change", false, func(js.Value) {
		choose(input.Get("files"))
		input.Set("value", "") // the same file may be picked again
	})
	return input
}

// pick shows the dialog of the system.
func (o *opener) pick(folder bool) {
	if folder {
		o.folder.Call("click")
		return
	}
	o.input.Call("click")
}

// choose takes a list of files.
func (o *opener) choose(list js.Value) {
	n := list.Get("length").Int()
	if n == 0 {
		return
	}
	var g gathered
	for i := range n {
		if file := list.Index(i); !g.add(file.Get("name").String(), file) {
			break
		}
	}
	o.take(g)
}

// take hands files on that the reader has chosen.
func (o *opener) take(g gathered) {
	maps.DeleteFunc(o.files, func(n int, _ js.Value) bool { return !open.NeedsFile(&o.page.state, n) })
	m := open.Chosen{Folder: g.Folder, Closed: g.Closed, TooMany: g.TooMany}
	if !g.TooMany {
		for _, i := range g.Order() {
			o.last++
			o.files[o.last] = g.files[i]
			m.Files = append(m.Files, feature.File{Number: o.last, Name: g.Names[i], Size: g.files[i].Get("size").Int()})
		}
	}
	o.page.Send(m)
}

// add keeps what is read like a file, and returns its number.
func (o *opener) add(file js.Value) int {
	o.last++
	o.files[o.last] = file
	return o.last
}

// A gathered is what the reader chose, with the files of folders.
type gathered struct {
	open.Gathering
	files []js.Value // as many as Names
}

// add adds a file. It reports whether there was room for it.
func (g *gathered) add(name string, file js.Value) bool {
	ok := g.Add(name)
	if ok {
		g.files = append(g.files, file)
	}
	return ok
}

// chooseFolder takes the files of a folder that was picked, which the browser lists all, however deep they lie.
func (o *opener) chooseFolder(list js.Value) {
	var g gathered
	n := list.Get("length").Int()
	for i := range n {
		file := list.Index(i)
		path := file.Get("webkitRelativePath").String()
		if path == "" { // the browser let the reader pick files
			path = file.Get("name").String()
		}
		g.Folder, _, _ = strings.Cut(path, "/")
		if !g.ShutAbove(path) && !g.add(path, file) {
			break
		}
	}
	if n > 0 {
		o.take(g)
	}
}

// takeDropped takes what was dropped: files, and the files of folders. To a page from the disk Chromium shows a folder
// only as a handle; other browsers, which have none for what is dropped, only as an entry.
func (o *opener) takeDropped(data js.Value) {
	var entries, handles []js.Value
	items, folders := data.Get("items"), 0
	disk := js.Global().Get("location").Get("protocol").String() == "file:"
	for i := range items.Get("length").Int() {
		item := items.Index(i)
		if item.Get("webkitGetAsEntry").Type() != js.TypeFunction {
			continue
		}
		e := item.Call("webkitGetAsEntry")
		if !e.Truthy() {
			continue
		}
		entries = append(entries, e)
		if e.Get("isDirectory").Bool() {
			folders++
		}
		if disk && item.Get("getAsFileSystemHandle").Type() == js.TypeFunction {
			handles = append(handles, item.Call("getAsFileSystemHandle"))
		}
	}
	if folders == 0 {
		o.choose(data.Get("files"))
		return
	}
	w := &walk{opener: o, ahead: len(entries)}
	if len(entries) == 1 {
		w.Folder = entries[0].Get("name").String()
	}
	for i, e := range entries {
		name := e.Get("name").String()
		if len(handles) == len(entries) {
			w.await(handles[i], name, func(handle js.Value) {
				w.ahead++
				w.visitHandle(handle, name)
			})
			continue
		}
		w.visit(e, name)
	}
}

// A walk goes through the folders that were dropped. Their files come one by one, and late.
type walk struct {
	gathered
	opener *opener
	ahead  int // what is still to come
}

// done counts what has come. The last ends the walk.
func (w *walk) done() {
	if w.ahead--; w.ahead == 0 {
		w.opener.take(w.gathered)
	}
}

// visit goes to a file or a folder.
func (w *walk) visit(e js.Value, path string) {
	switch {
	case w.TooMany:
		w.done()
	case e.Get("isFile").Bool():
		w.call(e, "file", path, func(file js.Value) { w.add(path, file) })
	case w.Shut(path):
		w.done()
	default:
		w.list(e.Call("createReader"), path)
	}
}

// list goes to what is in a folder. A browser lists about a hundred of it at a time, and nothing at the end.
func (w *walk) list(reader js.Value, path string) {
	w.call(reader, "readEntries", path, func(entries js.Value) {
		n := entries.Get("length").Int()
		if n == 0 || w.TooMany {
			return
		}
		w.ahead += n + 1
		for i := range n {
			e := entries.Index(i)
			w.visit(e, path+"/"+e.Get("name").String())
		}
		w.list(reader, path)
	})
}

// visitHandle is visit for a handle.
func (w *walk) visitHandle(h js.Value, path string) {
	switch {
	case w.TooMany:
		w.done()
	case h.Get("kind").String() == "file":
		w.await(h.Call("getFile"), path, func(file js.Value) { w.add(path, file) })
	case w.Shut(path):
		w.done()
	default:
		w.next(h.Call("values"), path)
	}
}

// next goes to the next handle in a folder, and to those behind it.
func (w *walk) next(iterator js.Value, path string) {
	w.await(iterator.Call("next"), path, func(step js.Value) {
		if step.Get("done").Bool() || w.TooMany {
			return
		}
		h := step.Get("value")
		w.ahead += 2
		w.visitHandle(h, path+"/"+h.Get("name").String())
		w.next(iterator, path)
	})
}

// call calls a method that hands on what comes, or an error: then the path is one that can't be looked into.
func (w *walk) call(of js.Value, method, path string, come func(v js.Value)) {
	got, failed := w.answers(path, come)
	of.Call(method, got, failed)
}

// await is call for a promise.
func (w *walk) await(promise js.Value, path string, come func(v js.Value)) {
	got, failed := w.answers(path, come)
	promise.Call("then", got, failed)
}

// answers returns the functions of which one will be called, once.
func (w *walk) answers(path string, come func(v js.Value)) (got, failed js.Func) {
	answer := func(f func(v js.Value)) js.Func {
		return w.opener.page.Function("reading a folder", func(args []js.Value) {
			got.Release()
			failed.Release()
			f(args[0])
			w.done()
		})
	}
	got, failed = answer(come), answer(func(js.Value) { w.Close(path) })
	return got, failed
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
		o.dragging(true)
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
		o.takeDropped(event.Get("dataTransfer"))
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
	for i, f := range [2]func(v js.Value){done, func(reason js.Value) { o.refuse(f, request, reason) }} {
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

// readHeads shows the engine the beginnings of files.
func (o *opener) readHeads(c open.ReadHead) {
	o.turn++
	o.readHead(c, &engine.Inspect{Held: c.Held, Open: c.Open}, headBytes)
}

// readHead reads so many bytes of the next file of which none are there yet, then of those behind it.
func (o *opener) readHead(c open.ReadHead, q *engine.Inspect, bytes int) {
	f := c.Files[len(q.Files)]
	o.slice(f, c.Request, 0, bytes, func(buffer js.Value) {
		array := js.Global().Get("Uint8Array").New(buffer)
		head := make([]byte, array.Get("length").Int())
		js.CopyBytesToGo(head, array)
		if need := engine.HeadBytes(head, f.Size); need > bytes {
			o.readHead(c, q, need)
			return
		}
		q.Files = append(q.Files, engine.FileHead{Name: f.Name, Head: head, Size: f.Size})
		if len(q.Files) < len(c.Files) {
			o.readHead(c, q, headBytes)
			return
		}
		o.page.worker.send(engine.Request{ID: c.Request, Inspect: q})
	})
}

// readFiles hands the engine files piece by piece, one behind the other as if they were one, then asks it to load them.
func (o *opener) readFiles(c feature.ReadFile) {
	o.turn++
	o.reads = c
	for _, f := range c.Files {
		elsewhere.Begin(o.files[f.Number])
	}
	o.readPiece(c, c.Bytes(), 0, 0, 0)
}

// readPiece reads the next piece: of the i-th file from byte from, which stands at byte at of all.
func (o *opener) readPiece(c feature.ReadFile, all, i, from, at int) {
	for i < len(c.Files) && from == c.Load.Files[i].Bytes {
		i, from = i+1, 0
	}
	if i == len(c.Files) {
		o.page.worker.send(engine.Request{ID: c.Request, Beside: c.Beside, Load: &c.Load})
		return
	}
	to := min(from+pieceBytes, c.Load.Files[i].Bytes)
	o.slice(c.Files[i], c.Request, from, to, func(buffer js.Value) {
		if buffer.Get("byteLength").Int() != to-from {
			o.gone(c.Files[i], c.Request)
			return
		}
		o.post(buffer, at, all)
		at += to - from
		o.page.Send(feature.FileRead{Request: c.Request, Bytes: at})
		o.readPiece(c, all, i, to, at)
	})
}

// refuse says why a slice could not be read, as far as what reads it knows.
func (o *opener) refuse(f feature.File, request int, reason js.Value) {
	said := elsewhere.Reason(reason, f.Name)
	if said == "" {
		said = say.Page.FileGone(f.Name)
	}
	o.page.Send(feature.Replied{Reply: engine.Reply{ID: request, Error: said}})
}

// gone says that a file can't be read.
func (o *opener) gone(f feature.File, request int) {
	o.page.Send(feature.Replied{Reply: engine.Reply{ID: request, Error: say.Page.FileGone(f.Name)}})
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

// answered tells what was read what the engine made of it.
func (o *opener) answered(r engine.Reply) {
	if r.ID != o.reads.Request {
		return
	}
	for _, f := range o.reads.Files {
		elsewhere.Answered(o.files[f.Number], r)
	}
	o.reads = feature.ReadFile{}
}

// stop ends the reading, and lets the worker drop the pieces that it has.
func (o *opener) stop() {
	o.turn++
	for _, file := range o.files {
		elsewhere.Stop(file)
	}
	o.post(js.Global().Get("ArrayBuffer").New(0), 0, 0)
}

// collectPieces gathers the pieces of a file in the worker. The function it returns returns the
// file and drops it.
func collectPieces() (whole func() []byte) {
	var pieces engine.Pieces
	js.Global().Set("glassboxPiece", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if room := pieces.Room(args[1].Int(), args[0].Get("length").Int(), args[2].Int()); room != nil {
			js.CopyBytesToGo(room, args[0])
		}
		return nil
	}))
	return pieces.Whole
}
