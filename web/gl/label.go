package gl

import (
	"slices"

	"glassbox/web/scene/paint"
)

// What static/gl.js draws from: labelHead float32 (paper r g b, of shapes r g b), then labelFloats for each
// label: number of the text, of the shape (0 none), x, y, align, size, flags, ink r g b a, fill
// r g b a, edge r g b a, pad, high, radius, least width, swatch r g b a.
const (
	labelHead   = 6
	labelFloats = 27
)

// The flags of a label; added up.
const (
	flagBold = 1 << iota
	flagMono
	flagDash
	flagTurned
)

// textLimit is how many texts the overlay remembers before it forgets all of them: the numbers in
// cells come and go by the thousand.
const textLimit = 8192

// labels is what stands on the overlay.
type labels struct {
	numbers map[string]int // of texts that were sent
	data    []float32      // what is shown
	next    []float32      // scratch
}

// invalidate makes the next frame draw the labels even if they did not change.
func (l *labels) invalidate() { l.data = l.data[:0] }

// reset is invalidate, and forgets the texts that were sent.
func (l *labels) reset() {
	l.invalidate()
	l.numbers = nil
}

// send draws the labels with one call, if one of them differs from what is shown.
func (l *labels) send(r *Renderer, b *paint.Batch) {
	if l.numbers == nil || len(l.numbers)+2*len(b.Labels) > textLimit {
		l.reset()
		l.numbers = make(map[string]int)
		r.dev.text(0, "")
		r.countCall(0)
	}
	l.next = append(l.next[:0], b.Paper[0], b.Paper[1], b.Paper[2])
	shape := themeColoursOf(b.Theme).shape
	for shift := 16; shift >= 0; shift -= 8 {
		l.next = append(l.next, float32(shape>>shift&255)/255)
	}
	for i := range b.Labels {
		l.pack(r, &b.Labels[i])
	}
	r.stats.Labels = len(b.Labels)
	if slices.Equal(l.next, l.data) {
		return
	}
	l.data, l.next = l.next, l.data
	r.dev.labels(l.data)
	r.countCall(4 * len(l.data))
}

// pack appends the numbers of a label.
func (l *labels) pack(r *Renderer, b *paint.Label) {
	flags := flagsOf(b.Bold, b.Mono, b.Dash)
	if b.Turned {
		flags |= flagTurned
	}
	l.next = append(l.next, l.textNumber(r, b.Text), l.textNumber(r, b.Shape), b.X, b.Y, b.Align, b.Size, float32(flags))
	l.next = append(l.next, b.Ink[:]...)
	l.next = append(l.next, b.Fill[:]...)
	l.next = append(l.next, b.Edge[:]...)
	l.next = append(l.next, b.Pad, b.High, b.Radius, b.Wide)
	l.next = append(l.next, b.Swatch[:]...)
}

// textNumber returns the number of a text, and sends it if it is new; 0 is the empty text.
func (l *labels) textNumber(r *Renderer, text string) float32 {
	if text == "" {
		return 0
	}
	n, ok := l.numbers[text]
	if !ok {
		n = len(l.numbers) + 1
		l.numbers[text] = n
		r.dev.text(n, text)
		r.countCall(len(text))
	}
	return float32(n)
}

func flagsOf(bold, mono, dash bool) (flags int) {
	for i, set := range [3]bool{bold, mono, dash} {
		if set {
			flags |= flagBold << i
		}
	}
	return flags
}

// measureKey is what the width of a text depends on.
type measureKey struct {
	text  string
	size  float32
	flags int
}

// Measure returns the width of a text in CSS pixels, as labels draw it.
func (r *Renderer) Measure(text string, size float32, bold, mono bool) float32 {
	key := measureKey{text, size, flagsOf(bold, mono, false)}
	width, ok := r.widths[key]
	if !ok {
		if len(r.widths) >= textLimit || r.widths == nil {
			r.widths = map[measureKey]float32{}
		}
		width = r.dev.measure(key.text, key.size, key.flags)
		r.widths[key] = width
	}
	return width
}
