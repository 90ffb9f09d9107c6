package gl

import "glassbox/web/scene/paint"

// The layers of a batch, in the order in which they are drawn.
const (
	quads = iota
	boxes
	lines
	heads
	strips
	marks
	layerCount
)

// layerSpec says how one kind of thing is drawn.
type layerSpec struct {
	program  int     // index of programNames
	sizes    []int32 // of its attributes in float32: the layout of an instance
	floats   int     // their sum
	vertices int     // of an instance; fewer than 0 make a strip
	state    state
}

// layerSpecs follows the layouts that package scene defines.
var layerSpecs = [layerCount]layerSpec{
	quads:  {quadProgram, []int32{3, 3, 3, 4, 1}, paint.QuadFloats, -4, blend},
	boxes:  {boxProgram, []int32{3, 3, 4, 4, 4, 4, 3}, paint.BoxFloats, 24, depthTest | depthWrite},
	lines:  {lineProgram, []int32{3, 3, 1, 4, 1}, paint.LineFloats, -4, blend | depthTest},
	heads:  {headProgram, []int32{3, 3, 1, 4}, paint.HeadFloats, -4, blend | depthTest},
	strips: {quadProgram, []int32{3, 3, 3, 4, 1}, paint.QuadFloats, -4, blend},
	marks:  {lineProgram, []int32{3, 3, 1, 4, 1}, paint.LineFloats, -4, blend},
}

// A layer is the instances of one kind on the GPU.
type layer struct {
	program, array handle
	sent           bool
	version        int // of what was sent
	count          int // of instances

	// Of boxes:
	hollow handle // the program for those without numbers
	filled []int  // how many of the first so many instances have numbers
}

// send sends the instances if they are new.
func (l *layer) send(r *Renderer, spec *layerSpec, a *paint.Array) {
	if l.sent && l.version == a.Version {
		return
	}
	had := l.count
	l.sent, l.version, l.count = true, a.Version, len(a.Data)/spec.floats
	switch {
	case l.count > 0:
		data := a.Data[:l.count*spec.floats]
		r.dev.upload(l.array, data)
		r.countCall(4 * len(data))
		l.countFilled(data)
	case had > 0:
		r.shown.drawn = false // the canvas shows instances that are gone
	}
}

// draw draws them with one call; or only some of them, with one for each span.
func (l *layer) draw(r *Renderer, spec *layerSpec, seen []paint.Span) {
	if seen == nil {
		l.drawRange(r, spec, 0, l.count)
	}
	for _, s := range seen {
		l.drawRange(r, spec, max(s.From, 0), min(s.To, l.count))
	}
}

// drawRange draws the instances from … to−1.
func (l *layer) drawRange(r *Renderer, spec *layerSpec, from, to int) {
	if from >= to {
		return
	}
	program := l.program
	if l.hollow != 0 && l.filled[from] == l.filled[to] {
		program = l.hollow
	}
	r.dev.draw(program, l.array, spec.state, spec.vertices, from, to-from)
	r.countCall(0)
	r.stats.DrawCalls++
	r.stats.Instances += to - from
}

// countFilled counts the boxes that have numbers.
func (l *layer) countFilled(data []float32) {
	if l.hollow == 0 {
		return
	}
	n := 0
	l.filled = append(l.filled[:0], n)
	for i := 0; i < len(data); i += paint.BoxFloats {
		if int(data[i+paint.BoxFlags])&paint.FlagEmpty == 0 {
			n++
		}
		l.filled = append(l.filled, n)
	}
}
