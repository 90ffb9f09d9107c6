package page

import (
	"strings"
	"syscall/js"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/view"
)

// A writing is a file on its way: the worker makes the rows, a piece at a time, so that neither
// it nor the page is busy for long.
type writing struct {
	page   *Page
	table  export.Table
	format export.Format
	of     int               // what the numbers so far are of
	going  func(to int) bool // after each piece, so many rows are written; false stops
	done   func(m made)
	failed func(reason string)
	parts  js.Value // an array of Uint8Arrays
	bytes  int
}

// A made is a file that is written: its pieces, as Uint8Arrays, and what it is called.
type made struct {
	parts js.Value
	bytes int
	name  string
	mime  string
	url   string // of the Blob that was saved, which a browser reads when it likes; "" none
}

// write begins to write a step or weight.
func (w *writing) write(i model.Info) {
	w.table = export.Table{Model: w.page.state.FileModel(), Name: i.Name, Rows: i.Rows, Cols: i.Cols}
	if i.Op != model.OpWeight {
		w.of = w.page.state.RunID()
	}
	w.parts = js.Global().Get("Array").New()
	w.piece(0)
}

// piece asks for the rows from there on.
func (w *writing) piece(from int) {
	to := w.table.Next(from)
	q := engine.Export{Name: w.table.Name, Format: w.format, Model: w.table.Model, From: from, To: to, Of: w.of}
	w.page.api.request(engine.Request{Export: &q}, func(r engine.Reply) {
		if r.Error != "" {
			w.failed(r.Error)
			return
		}
		part := js.Global().Get("Uint8Array").New(len(r.Exported.Bytes))
		js.CopyBytesToJS(part, r.Exported.Bytes)
		w.parts.Call("push", part)
		w.of = r.Exported.Of
		w.bytes += len(r.Exported.Bytes)
		switch {
		case !w.going(to):
		case to < w.table.Rows:
			w.piece(to)
		default:
			w.done(made{parts: w.parts, bytes: w.bytes, mime: w.format.Mime(),
				name: export.FileName(w.table.Model, w.table.Name, string(w.format))})
		}
	})
}

// makeFile carries out app.MakeFile.
func (p *Page) makeFile(turn int) {
	t := p.state.Taking
	failed := func(reason string) { p.Send(app.FileFailed{Turn: turn, Reason: reason}) }
	done := func(m made) {
		if p.state.Taking == nil || p.state.Taking.Turn != turn {
			return
		}
		p.take(m)
		framed := mayForbidFiles()
		if !framed {
			p.saveMade()
		}
		p.Send(app.FileMade{Turn: turn, Bytes: m.bytes, Framed: framed})
		if framed {
			p.act(view.Focus{ID: "take-save"})
		}
	}
	going := func(to int) bool {
		p.Send(app.FileGrew{Turn: turn, Rows: to})
		return p.state.Taking != nil && p.state.Taking.Turn == turn
	}
	p.makes(t.Name, t.Format, going, done, failed)
}

// makes writes the file of a step or weight, or of the view, in any format.
func (p *Page) makes(name string, format export.Format, going func(to int) bool, done func(m made), failed func(reason string)) {
	info, _ := p.state.Info(name)
	switch {
	case name == "":
		p.picturesView(done, failed)
	case format.Picture():
		p.picturesPanel(info, format, done, failed)
	default:
		w := &writing{page: p, format: format, going: going, done: done, failed: failed}
		w.write(info)
	}
}

// take keeps a file in the place of the one before.
func (p *Page) take(m made) {
	if p.made.url != "" {
		js.Global().Get("URL").Call("revokeObjectURL", p.made.url)
	}
	p.made = m
}

// mayForbidFiles reports whether the page stands in a frame that may not let it save a file: a
// sandbox without allow-downloads forbids it without a word, and what surrounds a page of
// another origin can't be seen.
func mayForbidFiles() bool {
	window := js.Global()
	if window.Get("parent").Equal(window.Get("window")) {
		return false
	}
	frame := window.Get("frameElement")
	if !frame.Truthy() {
		return true
	}
	sandbox := frame.Call("getAttribute", "sandbox")
	return !sandbox.IsNull() && !strings.Contains(sandbox.String(), "allow-downloads")
}

// saveMade hands the file to the browser, as a Blob under a name: nothing is asked for on a
// network, and it works from a disk.
func (p *Page) saveMade() {
	if p.made.name == "" {
		return
	}
	if p.made.url == "" {
		blob := js.Global().Get("Blob").New(p.made.parts, map[string]any{"type": p.made.mime})
		p.made.url = js.Global().Get("URL").Call("createObjectURL", blob).String()
	}
	a := js.Global().Get("document").Call("createElement", "a")
	a.Set("href", p.made.url)
	a.Set("download", p.made.name)
	a.Call("click")
}

// copyMade puts the file on the clipboard, or else shows its text, selected, to be copied by
// hand.
func (p *Page) copyMade() {
	t := p.state.Taking
	if t == nil || !t.Copyable() || p.made.name == "" {
		return
	}
	turn, text := t.Turn, p.made.text()
	p.copy(text, func(ok bool) {
		if ok {
			text = ""
		}
		p.Send(app.FileCopied{Turn: turn, Text: text})
		if ok {
			return
		}
		p.dom.RenderNow()
		if field := element("take-text"); !field.IsNull() {
			field.Call("focus")
			field.Call("select")
		}
	})
}

// text returns the file as text.
func (m made) text() string {
	decoder := js.Global().Get("TextDecoder").New()
	var text strings.Builder
	for i := range m.parts.Length() {
		text.WriteString(decoder.Call("decode", m.parts.Index(i), map[string]any{"stream": true}).String())
	}
	return text.String()
}

// whole returns the file as one Uint8Array.
func (m made) whole() js.Value {
	array, at := js.Global().Get("Uint8Array").New(m.bytes), 0
	for i := range m.parts.Length() {
		array.Call("set", m.parts.Index(i), at)
		at += m.parts.Index(i).Length()
	}
	return array
}

// export is what export() promises.
func (a *api) export(args []js.Value) any {
	name, format := text(args, 0), export.Format(text(args, 1))
	return a.page.promise(func(resolve func(any), reject func(string)) {
		_, ok := a.page.state.Info(name)
		switch {
		case name == "view" && format == export.PNG:
			name = ""
		case !ok:
			reject("there is no step or weight named " + name)
			return
		case !format.Known() && !format.Picture():
			reject("the formats are csv, json, npy, svg and png")
			return
		}
		a.page.makes(name, format, func(int) bool { return true }, func(m made) {
			resolve(map[string]any{"file": m.name, "type": m.mime, "data": m.whole()})
		}, reject)
	})
}
