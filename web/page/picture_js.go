package page

import (
	"syscall/js"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/feature/take"
	"glassbox/web/page/browser"
	"glassbox/web/say"
)

// exportPanel draws a step or weight as a file: SVG, or the same as PNG. Its rows are read piece by piece, and going is told of each.
func (p *Page) exportPanel(i model.Info, format export.Format, going func(to int) bool, done func(m writtenFile), failed func(reason string)) {
	var f take.Frame
	f.High, f.Wide = export.Blocks(i.Rows, i.Cols)
	q := engine.Average{Name: i.Name, High: f.High, Wide: f.Wide}
	if i.Op != model.OpWeight {
		q.Of = p.state.Applied
	}
	p.average(i, q, engine.Values{}, going, failed, func(all engine.Values) {
		f.Across, f.Norm = p.scene.Framed(i.Name)
		picture := take.Picture(&p.state, all, f)
		svg := picture.SVG()
		if format == export.SVG {
			array := js.Global().Get("Uint8Array").New(len(svg))
			js.CopyBytesToJS(array, svg)
			done(p.newFile(array, i.Name, format))
			return
		}
		w, h := picture.Size()
		p.rasterise(string(svg), w, h, func(canvas js.Value) { p.png(canvas, i.Name, done, failed) }, failed)
	})
}

// average asks for the rows of a picture that are missing behind those of all, piece by piece until going is false.
func (p *Page) average(i model.Info, q engine.Average, all engine.Values, going func(to int) bool, failed func(reason string), done func(all engine.Values)) {
	q.From = q.To
	q.To = min(q.From+q.High*max(1, averaged/(q.High*max(1, i.Cols))), i.Rows)
	p.api.request(engine.Request{Average: &q}, func(r engine.Reply) {
		if r.Error != "" {
			failed(r.Error)
			return
		}
		all.Name, all.Cols = r.Values.Name, r.Values.Cols
		all.Rows, all.Data = all.Rows+r.Values.Rows, append(all.Data, r.Values.Data...)
		switch {
		case !going(q.To):
		case q.To < i.Rows:
			p.average(i, q, all, going, failed, done)
		default:
			done(all)
		}
	})
}

// averaged is how many numbers of a tensor are averaged at once: a few rows over a vocabulary.
const averaged = 1 << 18

// newFile returns a file of one piece.
func (p *Page) newFile(array js.Value, name string, format export.Format) writtenFile {
	return writtenFile{parts: js.Global().Get("Array").Call("of", array), bytes: array.Length(), mime: format.Mime(),
		name: take.FileName(&p.state, name, format)}
}

// maxPixels is how large a picture may be to be drawn at twice its size.
const maxPixels = 1 << 22

// rasterise draws an SVG on a canvas, at twice its size if that is not too large; the size that it says itself, if w and h are 0. It is
// read as a data: address, which the page's policy allows and which asks no network.
func (p *Page) rasterise(svg string, w, h int, done func(canvas js.Value), failed func(reason string)) {
	document := js.Global().Get("document")
	image := document.Call("createElement", "img")
	image.Set("src", "data:image/svg+xml;charset=utf-8,"+js.Global().Call("encodeURIComponent", svg).String())
	p.Then(image.Call("decode"), func() {
		if w == 0 {
			w, h = image.Get("naturalWidth").Int(), image.Get("naturalHeight").Int()
		}
		factor := 2
		if w*h > maxPixels {
			factor = 1
		}
		canvas := document.Call("createElement", "canvas")
		canvas.Set("width", factor*w)
		canvas.Set("height", factor*h)
		canvas.Call("getContext", "2d").Call("drawImage", image, 0, 0, factor*w, factor*h)
		done(canvas)
	}, func() { failed(say.Page.NoPicture()) })
}

// png makes a file of a canvas.
func (p *Page) png(canvas js.Value, name string, done func(m writtenFile), failed func(reason string)) {
	var drawn js.Func
	drawn = p.Function("a picture", func(args []js.Value) {
		drawn.Release()
		if args[0].IsNull() {
			failed(say.Page.NoPicture())
			return
		}
		var read js.Func
		read = p.Function("a picture", func(args []js.Value) {
			read.Release()
			done(p.newFile(js.Global().Get("Uint8Array").New(args[0]), name, export.PNG))
		})
		args[0].Call("arrayBuffer").Call("then", read)
	})
	canvas.Call("toBlob", drawn, "image/png")
}

// Sizes of the caption of the view, in CSS pixels.
const (
	captionLine = 20
	captionEdge = 16
)

// exportView draws what is seen of the scene, with its caption below, as a PNG.
func (p *Page) exportView(done func(m writtenFile), failed func(reason string)) {
	p.arrivals.deliverAll(p.scene)
	batch, _ := p.scene.Frame(browser.Now())
	if p.gl != nil {
		p.gl.Coarsen(1)
	}
	p.draw(batch, true) // a drawing lasts only as long as the event in which it was made
	source := browser.Element("gl")
	if p.flat != nil {
		source = browser.Element("sketch")
	} else if p.embed.covered {
		source = p.embed.still
	}
	_, place := feature.Spoken(p.state)
	lines := append([]string{place}, take.Caption(&p.state)...)
	wide, high := source.Get("width").Int(), source.Get("height").Int()
	ratio := float64(wide) / max(browser.Element("scene").Get("clientWidth").Float(), 1)
	canvas := js.Global().Get("document").Call("createElement", "canvas")
	canvas.Set("width", wide)
	canvas.Set("height", high+int(ratio*float64(2*captionEdge+captionLine*len(lines))))
	pen := canvas.Call("getContext", "2d")
	style := js.Global().Call("getComputedStyle", js.Global().Get("document").Get("documentElement"))
	colour := func(name string) string { return style.Call("getPropertyValue", name).String() }
	pen.Set("fillStyle", colour("--surface"))
	pen.Call("fillRect", 0, 0, wide, canvas.Get("height"))
	pen.Call("drawImage", source, 0, 0)
	pen.Call("drawImage", browser.Element("labels"), 0, 0, wide, high)
	pen.Call("scale", ratio, ratio)
	pen.Set("font", "13px ui-sans-serif, system-ui, sans-serif")
	pen.Set("textBaseline", "middle")
	for i, s := range lines {
		pen.Set("fillStyle", colour([]string{"--ink", "--ink2"}[min(i, 1)]))
		pen.Call("fillText", s, captionEdge, float64(high)/ratio+captionEdge+captionLine*(float64(i)+0.5), float64(wide)/ratio-2*captionEdge)
	}
	p.png(canvas, "", done, failed)
}
