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
	"glassbox/web/scene/camera"
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

// exportView draws what is seen of the scene, or of both scenes as they stand, with its caption below, as a PNG.
func (p *Page) exportView(done func(m writtenFile), failed func(reason string)) {
	p.arrivals.DeliverAll(p.scene)
	batch, _ := p.scene.Frame(browser.Now())
	if p.gl != nil {
		p.gl.Coarsen(1)
	}
	p.draw(batch, true) // a drawing lasts only as long as the event in which it was made
	p.pair.Draw(p.scene)
	source := browser.Element("gl")
	if p.flat != nil {
		source = browser.Element("sketch")
	} else if p.embed.covered {
		source = p.embed.still
	}
	main := browser.Bounds(browser.Element("scene"))
	ratio := source.Get("width").Float() / max(browser.Element("scene").Get("clientWidth").Float(), 1)
	drawn := []drawing{{at: main, scene: source, labels: browser.Element("labels")}}
	if p.pair.Picture != nil {
		other := drawing{at: browser.Bounds(browser.Element("other"))}
		other.scene, other.labels = p.pair.Picture.Shown()
		names := p.pair.Names()
		drawn[0].name, other.name = names[0], names[1]
		drawn = append(drawn, other)
	}
	_, place := feature.Spoken(p.state)
	p.png(composed(drawn, ratio, append([]string{place}, take.Caption(&p.state)...)), "", done, failed)
}

// A drawing is a scene on the page: its place in the window, its canvases, and what stands above it, if anything does.
type drawing struct {
	at            camera.Rect
	scene, labels js.Value
	name          string
}

// composed draws scenes on one canvas as they stand, at so many pixels for a CSS pixel, each below its name, and lines of a caption
// below all of them.
func composed(drawn []drawing, ratio float64, lines []string) js.Value {
	named := 0.0
	if drawn[0].name != "" {
		named = 2*captionEdge + captionLine
	}
	first := drawn[0].at
	var wide, high float64 // of the scenes
	for i, d := range drawn {
		below := 0.0 // a name of its own stands above a scene that is below another
		if d.at.Y > first.Y+1 {
			below = named - float64(d.at.Y-first.Y-first.H)
		}
		drawn[i].at.X, drawn[i].at.Y = d.at.X-first.X, d.at.Y-first.Y+float32(named+below)
		wide, high = max(wide, float64(drawn[i].at.X+d.at.W)), max(high, float64(drawn[i].at.Y+d.at.H))
	}
	canvas := js.Global().Get("document").Call("createElement", "canvas")
	canvas.Set("width", int(ratio*wide+0.5))
	canvas.Set("height", int(ratio*(high+float64(2*captionEdge+captionLine*len(lines)))))
	pen := canvas.Call("getContext", "2d")
	style := js.Global().Call("getComputedStyle", js.Global().Get("document").Get("documentElement"))
	colour := func(name string) string { return style.Call("getPropertyValue", name).String() }
	pen.Set("fillStyle", colour("--surface"))
	pen.Call("fillRect", 0, 0, canvas.Get("width"), canvas.Get("height"))
	pen.Call("scale", ratio, ratio)
	pen.Set("textBaseline", "middle")
	for i, d := range drawn {
		x, y, w, h := float64(d.at.X), float64(d.at.Y), float64(d.at.W), float64(d.at.H)
		pen.Call("drawImage", d.scene, x, y, w, h)
		pen.Call("drawImage", d.labels, x, y, w, h)
		pen.Set("fillStyle", colour("--ink"))
		pen.Set("font", "600 13px ui-sans-serif, system-ui, sans-serif")
		if d.name != "" {
			pen.Call("fillText", d.name, x+captionEdge, y-named/2, w-2*captionEdge)
		}
		if i > 0 {
			pen.Set("fillStyle", colour("--line2"))
			if x > 0 {
				w = 1
			} else {
				h = 1 - named
			}
			pen.Call("fillRect", x, y-named, w, h+named)
		}
	}
	pen.Set("font", "13px ui-sans-serif, system-ui, sans-serif")
	for i, s := range lines {
		pen.Set("fillStyle", colour([]string{"--ink", "--ink2"}[min(i, 1)]))
		pen.Call("fillText", s, captionEdge, high+captionEdge+captionLine*(float64(i)+0.5), wide-2*captionEdge)
	}
	return canvas
}
