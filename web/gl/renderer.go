package gl

import (
	"slices"

	"glassbox/web/scene/paint"
)

// Renderer draws batches into one pair of canvases. It is made by New, and used on the browser's main
// thread only.
type Renderer struct {
	dev          device
	requestFrame func()      // asks for a new frame; nil: the renderer draws by itself
	onError      func(error) // is told when a shader is refused; nil: panic
	close        func()

	programs programs
	layers   [layerCount]layer
	values   values
	labels   labels
	widths   map[measureKey]float32 // of texts that were measured
	frame    frame
	ramp     ramp
	size     size
	share    float32 // see Coarsen; 0: 1

	last  *paint.Batch
	shown shown
	lost  bool
	lease lease
	stats Stats
}

// size is what the canvases were set to.
type size struct {
	width, height int
	ratio         float32
	share         float32
}

// shown is what stands on the canvas, beside what was sent.
type shown struct {
	drawn bool
	some  bool // not all boxes, but the spans
	spans []paint.Span
}

// Stats counts the work of the last frame that was drawn, and what stands ready.
type Stats struct {
	DrawCalls     int // instanced draws
	Calls         int // calls from Go to JavaScript, draws included
	BytesUploaded int // of arrays, values, matrix and labels
	Instances     int // that were drawn
	Labels        int // that stand on the overlay
	Programs      int // linked; 0 while the driver still compiles
	Dropped       int // values that the largest texture of this GPU can't hold; they show as 0
	Frames        int // drawn since New
	Restored      int // times that a lost context came back
}

// Stats returns the counts of the last frame.
func (r *Renderer) Stats() Stats { return r.stats }

// Lost says whether the browser has taken the GPU away; Draw does nothing until it comes back.
func (r *Renderer) Lost() bool { return r.lost }

// Close gives the GPU's memory back. The renderer can't be used afterwards.
func (r *Renderer) Close() {
	if r.close != nil {
		r.close()
	}
	r.last, r.lost = nil, true
}

// newRenderer makes a renderer over a device whose context has just begun.
func newRenderer(dev device) *Renderer {
	r := &Renderer{dev: dev}
	r.build()
	return r
}

// build makes all objects of the context and forgets what was sent to an earlier one.
func (r *Renderer) build() {
	r.programs.start(r.dev)
	for i := range r.layers {
		spec := &layerSpecs[i]
		r.layers[i] = layer{program: r.programs.handles[spec.program], array: r.dev.array(spec.sizes)}
	}
	r.layers[boxes].hollow = r.programs.handles[hollowProgram]
	r.values = values{}
	r.labels.reset()
	r.frame.sent = false
	r.ramp.sent = false
	r.shown.drawn = false
	r.stats.Programs = 0
}

// Ready reports whether the shaders are compiled. Until then Draw asks for another frame and draws nothing; without
// RequestFrame it waits for the shaders.
func (r *Renderer) Ready() bool {
	return !r.lost && (r.programs.checked || r.dev.linked())
}

// prepare reports whether the programs can be used.
func (r *Renderer) prepare() bool {
	if r.programs.checked {
		return true
	}
	if r.requestFrame != nil && !r.dev.linked() {
		r.requestFrame()
		return false
	}
	if err := r.programs.check(r.dev); err != nil {
		r.lost = true
		if r.onError == nil {
			panic(err)
		}
		r.onError(err)
		return false
	}
	r.stats.Programs = len(r.programs.handles)
	return true
}

// contextRestored is called when a lost context came back, empty.
func (r *Renderer) contextRestored() {
	r.dev.reset()
	r.build()
	r.lost = false
	r.stats.Restored++
	switch {
	case r.requestFrame != nil:
		r.requestFrame()
	case r.last != nil:
		r.Draw(r.last)
	}
	r.endLease()
}

// Draw draws a batch, sending to the GPU only what changed since the last one, and empties
// b.Values.Changed. The canvases take the size that b.View says.
func (r *Renderer) Draw(b *paint.Batch) { r.drawBatch(b, true) }

// Show is Draw, but leaves the canvas alone if it shows this picture already. Who reads the canvas needs Draw: its
// pixels last only until the end of the event.
func (r *Renderer) Show(b *paint.Batch) { r.drawBatch(b, false) }

func (r *Renderer) drawBatch(b *paint.Batch, always bool) {
	r.last = b
	if r.lost || !r.prepare() {
		return
	}
	before := r.stats
	s := &r.stats
	s.DrawCalls, s.Calls, s.BytesUploaded, s.Instances = 0, 0, 0, 0
	s.Frames++

	r.resize(b.View.Width, b.View.Height, b.View.Ratio)
	r.ramp.send(r, &b.Ramp)
	r.frame.send(r, b)
	r.values.send(r, &b.Values)
	arrays := [layerCount]*paint.Array{&b.Quads, &b.Boxes, &b.Lines, &b.Heads, &b.Strips, &b.Marks}
	for i, array := range arrays {
		r.layers[i].send(r, &layerSpecs[i], array)
	}
	if always || s.Calls > 0 || !r.isShown(b.Seen) {
		r.paint(b)
		r.labels.send(r, b)
		return
	}
	r.labels.send(r, b)
	before.Labels, before.Frames = s.Labels, s.Frames
	r.stats = before
}

// isShown reports whether the canvas shows these boxes.
func (r *Renderer) isShown(seen []paint.Span) bool {
	n := &r.shown
	return n.drawn && n.some == (seen != nil) && slices.Equal(n.spans, seen)
}

// paint draws all layers on an empty canvas.
func (r *Renderer) paint(b *paint.Batch) {
	r.dev.clear(b.Paper)
	defer r.dev.fence()
	r.countCall(0)
	n := &r.shown
	n.drawn, n.some, n.spans = true, b.Seen != nil, append(n.spans[:0], b.Seen...)
	for i := range r.layers {
		var seen []paint.Span
		if i == boxes {
			seen = b.Seen
		}
		r.layers[i].draw(r, &layerSpecs[i], seen)
	}
}

// Busy reports whether the GPU still works on the last frame. A frame drawn meanwhile would queue up behind it.
func (r *Renderer) Busy() bool { return !r.lost && r.shown.drawn && r.dev.busy() }

// Coarsen sets the share, 0 … 1, of the screen's pixels along each axis that the next frames have. Labels keep
// the full resolution.
func (r *Renderer) Coarsen(share float32) { r.share = share }

// resolution is how many pixels along an axis the scene has for each CSS pixel of a view.
func (r *Renderer) resolution(v *paint.View) float32 {
	if r.share == 0 {
		return v.Ratio
	}
	return v.Ratio * r.share
}

// resize sets both canvases to a size in CSS pixels, of which each is ratio device pixels. It empties
// them, so it belongs to a frame; between frames the page's style sheet stretches the old picture.
func (r *Renderer) resize(width, height int, ratio float32) {
	want := size{width, height, ratio, 1}
	if r.share > 0 {
		want.share = r.share
	}
	if want == r.size {
		return
	}
	if was := (size{r.size.width, r.size.height, r.size.ratio, want.share}); was != want {
		r.labels.invalidate() // a canvas that is resized is empty
	}
	r.size = want
	r.dev.resize(width, height, ratio, want.share)
	r.countCall(0)
}

// countCall counts a call to the device that sends so many bytes.
func (r *Renderer) countCall(bytes int) {
	r.stats.Calls++
	r.stats.BytesUploaded += bytes
}
