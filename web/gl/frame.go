package gl

import "glassbox/web/scene/paint"

// blockFloats is the size of the uniform block Frame of frame.glsl, laid out by std140.
const blockFloats = 40

// frame is the uniform block: what is the same for all instances of a frame.
type frame struct {
	sent bool
	data [blockFloats]float32
}

// send fills the block and sends it if it differs from the last frame's.
func (f *frame) send(r *Renderer, b *paint.Batch) {
	next := pack(b, r.resolution(&b.View), r.share > 0 && r.share < 1)
	if f.sent && f.data == next {
		return
	}
	f.sent, f.data = true, next
	r.dev.block(f.data[:])
	r.countCall(4 * len(f.data))
}

// pack lays the block out for a scene with that many pixels per CSS pixel, coarse or sharp: a vec3 takes four
// places, the last of which a float behind it may use.
func pack(b *paint.Batch, ratio float32, coarse bool) (d [blockFloats]float32) {
	v, t := &b.View, themeColoursOf(b.Theme)
	copy(d[0:16], v.Matrix[:])
	copy(d[16:19], v.Eye[:])
	d[19] = ratio
	d[20] = float32(v.Width) * ratio
	d[21] = float32(v.Height) * ratio
	d[22] = t.tint
	d[23] = b.Clock
	copy(d[24:27], b.Paper[:])
	d[27] = maxRead
	if coarse {
		d[27] = maxReadCoarse
	}
	ink, signal := linearRGB(t.ink), linearRGB(t.signal)
	copy(d[28:31], ink[:])
	copy(d[32:35], signal[:])
	zero := zeroColour(&b.Ramp)
	copy(d[36:39], zero[:])
	return d
}
