package page

import (
	"strings"
	"syscall/js"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/feature/take"
	"glassbox/web/page/browser"
)

// A fileWriter collects a file from the worker, which writes it a piece at a time, so that neither
// the worker nor the page is busy for long.
type fileWriter struct {
	page     *Page
	table    export.Table
	format   export.Format
	of       int               // Exported.Of of the pieces so far
	progress func(to int) bool // after each piece, so many rows are written; false stops
	done     func(m writtenFile)
	failed   func(reason string)
	parts    js.Value // an array of Uint8Arrays
	bytes    int
}

// A writtenFile is a finished file: its pieces, as Uint8Arrays, and its name.
type writtenFile struct {
	parts js.Value
	bytes int
	name  string
	mime  string
	url   string // of the Blob that was saved, which a browser reads when it likes; "" none
}

// start asks for the first piece of the file of a step or weight.
func (w *fileWriter) start(i model.Info) {
	w.table = export.Table{Model: w.page.state.FilesOf(), Name: i.Name, Rows: i.Rows, Cols: i.Cols}
	if i.Op != model.OpWeight {
		w.of = w.page.state.Applied
	}
	w.parts = js.Global().Get("Array").New()
	w.requestRows(0)
}

// requestRows asks for the piece that begins at row from.
func (w *fileWriter) requestRows(from int) {
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
		case !w.progress(to):
		case to < w.table.Rows:
			w.requestRows(to)
		default:
			w.done(writtenFile{parts: w.parts, bytes: w.bytes, mime: w.format.Mime(),
				name: export.FileName(w.table.Model, w.table.Name, string(w.format))})
		}
	})
}

// makeFile carries out take.Make.
func (p *Page) makeFile(turn int) {
	file := func() *take.File { return take.Of(&p.state).File }
	asked := file()
	going := func() bool { return file() != nil && file().Turn == turn }
	failed := func(reason string) { p.Send(take.Failed{Turn: turn, Reason: reason}) }
	done := func(m writtenFile) {
		if !going() {
			return
		}
		p.keepFile(m)
		framed := mayBlockDownloads()
		if !framed {
			p.saveFile()
		}
		p.Send(take.Made{Turn: turn, Bytes: m.bytes, Framed: framed})
		if framed {
			p.perform(feature.Focus{ID: "take-save"})
		}
	}
	progress := func(to int) bool {
		p.Send(take.Grew{Turn: turn, Rows: to})
		return going()
	}
	p.writeFile(asked.Of, asked.Format, progress, done, failed)
}

// writeFile writes the file of a step or weight, or of the view, in any format.
func (p *Page) writeFile(name string, format export.Format, going func(to int) bool, done func(m writtenFile), failed func(reason string)) {
	info, _ := p.state.Info(name)
	switch {
	case name == "":
		p.exportView(done, failed)
	case format.Picture():
		p.exportPanel(info, format, going, done, failed)
	default:
		w := &fileWriter{page: p, format: format, progress: going, done: done, failed: failed}
		w.start(info)
	}
}

// keepFile keeps a file, and drops the one before.
func (p *Page) keepFile(m writtenFile) {
	if p.file.url != "" {
		js.Global().Get("URL").Call("revokeObjectURL", p.file.url)
	}
	p.file = m
}

// mayBlockDownloads reports whether the page stands in a frame that may not let it save a file: a
// sandbox without allow-downloads blocks it silently, and the attributes of a frame of another
// origin can't be read.
func mayBlockDownloads() bool {
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

// saveFile lets the browser download the file from a Blob, which needs no network and also works
// on file://.
func (p *Page) saveFile() {
	if p.file.name == "" {
		return
	}
	if p.file.url == "" {
		blob := js.Global().Get("Blob").New(p.file.parts, map[string]any{"type": p.file.mime})
		p.file.url = js.Global().Get("URL").Call("createObjectURL", blob).String()
	}
	a := js.Global().Get("document").Call("createElement", "a")
	a.Set("href", p.file.url)
	a.Set("download", p.file.name)
	a.Call("click")
}

// saveText carries out feature.SaveText.
func (p *Page) saveText(a feature.SaveText) {
	if mayBlockDownloads() {
		p.Copy(a.Text, func(ok bool) { p.Send(feature.Copied{What: a.Name, OK: ok}) })
		return
	}
	parts := js.Global().Get("Array").New()
	parts.Call("push", a.Text)
	p.keepFile(writtenFile{parts: parts, bytes: len(a.Text), name: a.Name, mime: a.Mime})
	p.saveFile()
}

// savePicture carries out feature.SavePicture.
func (p *Page) savePicture(a feature.SavePicture) {
	if mayBlockDownloads() {
		p.Copy(a.SVG, func(ok bool) { p.Send(feature.Copied{What: a.Name, OK: ok}) })
		return
	}
	failed := func(reason string) { p.Send(feature.PictureFailed{Reason: reason}) }
	p.rasterise(a.SVG, 0, 0, func(canvas js.Value) {
		p.png(canvas, a.Name, func(m writtenFile) {
			m.name = a.Name
			p.keepFile(m)
			p.saveFile()
		}, failed)
	}, failed)
}

// copyFile puts the file on the clipboard, or else shows its text, selected, to be copied by
// hand.
func (p *Page) copyFile() {
	t := take.Of(&p.state).File
	if t == nil || !t.Copyable() || p.file.name == "" {
		return
	}
	turn, text := t.Turn, p.file.text()
	p.Copy(text, func(ok bool) {
		if ok {
			text = ""
		}
		p.Send(take.Copied{Turn: turn, Text: text})
		if ok {
			return
		}
		p.dom.RenderNow()
		if field := browser.Element("take-text"); !field.IsNull() {
			field.Call("focus")
			field.Call("select")
		}
	})
}

// text returns the file as text.
func (m writtenFile) text() string {
	decoder := js.Global().Get("TextDecoder").New()
	var text strings.Builder
	for i := range m.parts.Length() {
		text.WriteString(decoder.Call("decode", m.parts.Index(i), map[string]any{"stream": true}).String())
	}
	return text.String()
}

// array returns the file as one Uint8Array.
func (m writtenFile) array() js.Value {
	array, at := js.Global().Get("Uint8Array").New(m.bytes), 0
	for i := range m.parts.Length() {
		array.Call("set", m.parts.Index(i), at)
		at += m.parts.Index(i).Length()
	}
	return array
}

// export is what export() promises.
func (a *api) export(args []any) any {
	name, format := args[0].(string), export.Format(args[1].(string))
	if !format.Known() && !format.Picture() {
		return a.refuse("the formats are csv, json, npy, svg and png")
	}
	write := func(name string) js.Value {
		return a.page.Promise(func(resolve func(any), reject func(string)) {
			a.page.writeFile(name, format, func(int) bool { return true }, func(m writtenFile) {
				resolve(map[string]any{"file": m.name, "type": m.mime, "data": m.array()})
			}, reject)
		})
	}
	if name == "view" && format == export.PNG {
		return write("")
	}
	return a.withStep(name, func(model.Info) js.Value { return write(name) })
}
