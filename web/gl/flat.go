package gl

import (
	"cmp"
	"math"
	"slices"

	"glassbox/web/scene/paint"
)

// maxPixels is the most pixels that Flat computes for a frame. Where the screen has more, the
// page scales the picture up. Labels stay sharp.
const maxPixels = 1_200_000

// painter is a device for drawing without WebGL: it shows pixels, and labels.
type painter interface {
	device
	// paint shows a picture of width × height pixels, r g b a.
	paint(pix []byte, width, height int)
}

// Flat draws batches without WebGL: it computes each pixel, and shows them on a 2D canvas.
// The picture is that of [Renderer], to within the smoothness of distant cells; it costs
// tens of milliseconds where a GPU takes one. It is made by NewFlat.
type Flat struct {
	dev    painter
	labels Renderer // draws labels only
	close  func()

	raster raster
	gamma  *gamma
	looks  map[[3]float32]*look
	ramp   paint.Ramp
	theme  paint.Theme
	order  []boxDepth
	stats  Stats
}

// boxDepth is a box with the nearness of its middle.
type boxDepth struct {
	at   int // in the array
	near float64
}

// newFlat makes a drawer over a painter.
func newFlat(p painter) *Flat {
	return &Flat{dev: p, labels: Renderer{dev: p}, gamma: newGamma(), looks: map[[3]float32]*look{}}
}

// Stats returns the counts of the last frame.
func (d *Flat) Stats() Stats { return d.stats }

// Close gives up the canvas.
func (d *Flat) Close() {
	if d.close != nil {
		d.close()
	}
}

// Measure returns the width of a text in CSS pixels, as labels draw it.
func (d *Flat) Measure(text string, size float32, bold, mono bool) float32 {
	return d.labels.Measure(text, size, bold, mono)
}

// Draw draws a batch, and empties b.Values.Changed.
func (d *Flat) Draw(b *paint.Batch) {
	v := &b.View
	ratio := min(v.Ratio, float32(math.Sqrt(maxPixels/float64(max(v.Width*v.Height, 1)))))
	width := max(int(float32(v.Width)*ratio+0.5), 1)
	height := max(int(float32(v.Height)*ratio+0.5), 1)
	d.raster.reset(width, height, b.Paper)
	l := newLens(v, ratio, width, height)
	if d.ramp != b.Ramp || d.theme != b.Theme {
		d.ramp, d.theme = b.Ramp, b.Theme
		clear(d.looks)
	}
	d.stats.Instances = 0
	d.quads(&l, &b.Quads)
	d.boxes(&l, b)
	for f := range each(d, &b.Lines, paint.LineFloats) {
		d.raster.line(&l, d.gamma, f, true)
	}
	for f := range each(d, &b.Heads, paint.HeadFloats) {
		d.raster.head(&l, d.gamma, f)
	}
	d.quads(&l, &b.Strips)
	for f := range each(d, &b.Marks, paint.LineFloats) {
		d.raster.line(&l, d.gamma, f, false)
	}
	b.Values.Changed = b.Values.Changed[:0]
	d.dev.paint(d.raster.pix, width, height)
	d.labels.resize(v.Width, v.Height, v.Ratio)
	d.labels.labels.send(&d.labels, b)
	d.stats.Labels = len(b.Labels)
	d.stats.Frames++
}

// each runs through the instances of an array, and counts them.
func each(d *Flat, a *paint.Array, floats int) func(func([]float32) bool) {
	return func(yield func([]float32) bool) {
		for i := 0; i+floats <= len(a.Data); i += floats {
			d.stats.Instances++
			if !yield(a.Data[i : i+floats]) {
				return
			}
		}
	}
}

func (d *Flat) quads(l *lens, a *paint.Array) {
	for f := range each(d, a, paint.QuadFloats) {
		u, v := pointOf(f[3:]), pointOf(f[6:])
		seen, ok := l.face(pointOf(f), u, v)
		if !ok {
			continue
		}
		a, b := max(length(u), 1e-6), max(length(v), 1e-6)
		soft := float64(f[13]) * min(a, b)
		d.raster.blendQuad(&seen, d.gamma.encode([3]float32(f[9:12])), f[12], [2]float64{soft / a, soft / b})
	}
}

func length(p point) float64 { return math.Sqrt(p[0]*p[0] + p[1]*p[1] + p[2]*p[2]) }

// boxes draws the far ones first, so that a smooth edge lies over what is behind it.
func (d *Flat) boxes(l *lens, b *paint.Batch) {
	d.order = d.order[:0]
	data, seen := b.Boxes.Data, b.Seen
	if seen == nil {
		seen = []paint.Span{{To: len(data) / paint.BoxFloats}}
	}
	for _, s := range seen {
		for i := s.From * paint.BoxFloats; i < s.To*paint.BoxFloats; i += paint.BoxFloats {
			f := data[i:]
			middle := pointOf(f)
			w, h := spanOf(f)
			middle[0] += w / 2
			middle[1] -= h / 2
			d.order = append(d.order, boxDepth{i, -l.toClip(middle, 1)[3]})
		}
	}
	slices.SortFunc(d.order, func(a, b boxDepth) int { return cmp.Compare(a.near, b.near) })
	for _, o := range d.order {
		d.stats.Instances++
		d.box(l, b, data[o.at:o.at+paint.BoxFloats])
	}
}

// spanOf returns the width and height of a box, in units.
func spanOf(f []float32) (w, h float64) {
	return float64(f[3] * f[23]), float64(f[4] * f[24])
}

// box draws the faces of a panel that can be seen; see box.glsl.
func (d *Flat) box(l *lens, b *paint.Batch, f []float32) {
	hue := [3]float32(f[6:9])
	fade, _, _ := progress(f, b.Clock)
	solid := d.gamma.encode(hue)
	under := [3]float32{255 * b.Paper[0], 255 * b.Paper[1], 255 * b.Paper[2]}
	at, deep := pointOf(f), float64(f[5])
	w, h := spanOf(f)
	low := point{at[0] - margin, at[1] + margin, at[2]}
	full := point{w + 2*margin, h + 2*margin, deep}

	if top := l.eye[1] > low[1]; top || l.eye[1] < low[1]-full[1] {
		c := mix(solid, under, 0.25)
		if !top {
			low[1] -= full[1]
			c = mix(solid, [3]float32{}, 0.22)
		}
		d.side(l, low, point{full[0], 0, 0}, point{0, 0, -deep}, mix(c, under, fade))
		low[1] = at[1] + margin
	}
	if right := l.eye[0] > low[0]+full[0]; right || l.eye[0] < low[0] {
		if right {
			low[0] += full[0]
		}
		d.side(l, low, point{0, 0, -deep}, point{0, -full[1], 0}, mix(mix(solid, [3]float32{}, 0.22), under, fade))
	}
	d.front(l, b, f, under)
}

func (d *Flat) side(l *lens, corner, u, v point, c [3]float32) {
	if f, ok := l.face(corner, u, v); ok {
		d.raster.fillFace(&f, c)
	}
}

// progress returns how far a box fades, how many of its rows are computed at a time of the
// clock, and whether some are being computed just then; see box.glsl.
func progress(f []float32, clock float32) (fade float32, done float64, forming bool) {
	start, rate, from, to := f[18], f[19], f[20], f[21]
	spent := (clock - start) * rate
	if fade = f[9]; from <= 0 {
		begun := min(max(8*spent/max(to-from, 1), 0), 1)
		fade += (max(fade, 0.5) - fade) * (1 - begun)
	}
	return fade, float64(min(max(from+spent, from), to)), spent > 0 && spent < to-from
}

// front draws the cells of a panel, with an edge around them that covers none.
func (d *Flat) front(l *lens, b *paint.Batch, f []float32, under [3]float32) {
	at := pointOf(f)
	w, h := spanOf(f)
	if l.eye[2] < at[2]-float64(f[5]) {
		at[2] -= float64(f[5])
	}
	middle := l.toClip(point{at[0] + w/2, at[1] - h/2, at[2]}, 1)[3]
	pixel := max(middle, 0) * max(l.unit(0), l.unit(1))
	grown := margin + min(float64(f[14])*l.ratio*pixel, max(max(w, h)/4, 1))
	seen, ok := l.face(point{at[0] - grown, at[1] + grown, at[2]}, point{w + 2*grown, 0, 0}, point{0, -h - 2*grown, 0})
	if !ok {
		return
	}
	hue := [3]float32(f[6:9])
	k := d.looks[hue]
	if k == nil {
		k = newLook(d.gamma, b, hue)
		d.looks[hue] = k
	}
	flags := int(f[15])
	fade, done, forming := progress(f, b.Clock)
	n := panel{
		look: k, values: b.Values.Data, base: int(f[10]), du: int(f[11]), dv: int(f[12]), cols: float64(f[3]), rows: float64(f[4]),
		roomX: float64(f[23]), roomY: float64(f[24]),
		scale: 1 / max(f[13], 1e-30), empty: flags&paint.FlagEmpty != 0, edge: hue, fade: fade, paper: under, done: done,
		pyramid: paint.Pyramid{Base: int(f[16]), Rows: int(f[17]), Stride: int(f[11]), Finest: flags / paint.FlagCoarse}, across: flags&paint.FlagAcross != 0,
		grown: grown, perCSS: l.ratio, width: w + 2*grown, height: h + 2*grown,
	}
	n.slim = min(max(n.roomX/n.roomY, n.roomY/n.roomX), 3)
	if n.across {
		n.pyramid.Stride = n.dv
	}
	if flags&paint.FlagSignal != 0 || forming {
		n.edge = linearRGB(themeColoursOf(b.Theme).signal)
	}
	d.raster.front(d.gamma, &seen, &n)
}
