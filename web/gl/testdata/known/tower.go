package known

import (
	"math"

	"glassbox/web/scene/paint"
)

// Tower is a batch like a whole model: n panels of 11 × 38 or 48 × 16 cells in slabs behind each other,
// arrows, shadows, labels. A zoom of 1 shows everything, 8 one block.
func Tower(t paint.Theme, n, width, height int, ratio float32, zoom, turn float64) *paint.Batch {
	b := &paint.Batch{Theme: t, Paper: Paper(t), Ramp: Ramp(t)}
	Aim(b, width, height, ratio, zoom, turn)
	for i := range n {
		addPanel(b, i)
	}
	spine(b)
	return b
}

// Aim turns the camera of a tower.
func Aim(b *paint.Batch, width, height int, ratio float32, zoom, turn float64) {
	centre := [3]float64{0, -215 + 170*min(zoom-1, 1), 0}
	b.View = look(centre, -17+turn, 9, 1250/zoom, 20)
	b.View.Width, b.View.Height, b.View.Ratio = width, height, ratio
	aspect := float64(width) / float64(height)
	for c := range 4 {
		b.View.Matrix[4*c] = float32(float64(b.View.Matrix[4*c]) / aspect)
	}
}

func addPanel(b *paint.Batch, i int) {
	row, k, slab := i/20, i%20/2, i%2
	p := Panel{X: -240 + 50*float32(k), Y: -35 * float32(row), Z: -22 * float32(slab), W: 11, H: 24, Norm: 1, Edge: 1.5}
	p.Kind = activation[b.Theme]
	switch {
	case k%3 == 1:
		p.W, p.H, p.Kind = 38, 16, weight[b.Theme]
	case k%7 == 2:
		p.W, p.H, p.Kind = 11, 2, aggregate[b.Theme]
	}
	if slab > 0 {
		p.Fade, p.Edge = 0.5, 1
		p.X, p.Y = p.X+2, p.Y+3
	}
	p.Base, p.DU, p.DV = len(b.Values.Data), 1, p.W
	if i == 6 {
		p.Flags = paint.FlagSignal
	}
	for j := range p.W * p.H {
		v := noise(i*7919+j) * noise(i*104729+j/p.W+50)
		if k%10 == 3 && j%p.W > j/p.W {
			v = paint.Masked
		}
		if k == 5 && row == 0 && j < 9 {
			v = paint.NotFinite
		}
		b.Values.Data = append(b.Values.Data, v*1.6)
		if v > 1e38 {
			b.Values.Data[len(b.Values.Data)-1] = v
		}
	}
	if slab == 0 {
		shadow(b, p)
		arrow(b, p)
	}
	b.Boxes.Data = box(b.Boxes.Data, p)
	b.Labels = appendLabel(b, p, slab)
}

func shadow(b *paint.Batch, p Panel) {
	w, h := float32(p.W), float32(p.H)
	alpha := float32(0.16)
	if b.Theme == paint.Dark {
		alpha = 0.55
	}
	b.Quads.Data = append(b.Quads.Data, p.X-3, p.Y+1, p.Z-2, w+6, 0, 0, 0, -h-6, 0, 0.02, 0.02, 0.01, alpha, min(0.5, 5/min(w, h)))
}

func arrow(b *paint.Batch, p Panel) {
	c := Light(p.Kind)
	y := p.Y - float32(p.H)/2
	b.Lines.Data = append(b.Lines.Data, p.X-2, y, 0, p.X-10, y, 0, 1.5, c[0], c[1], c[2], 0.95, 0)
	b.Heads.Data = append(b.Heads.Data, p.X-10, y, 0, -1, 0, 0, 6, c[0], c[1], c[2], 0.95)
}

func spine(b *paint.Batch) {
	c := Light(activation[b.Theme])
	b.Quads.Data = append(b.Quads.Data, 2, 20, -4, 15.4, 0, 0, 0, -480, 0, c[0], c[1], c[2], 0.24, 0)
	for _, x := range []float32{2, 17.4} {
		b.Lines.Data = append(b.Lines.Data, x, 20, -4, x, -460, -4, 3, c[0], c[1], c[2], 0.95, 0)
	}
	s := Light(0xcc1462)
	curve := func(k int) (x, y float32) {
		f := float64(k) / 24
		return float32(-180 + 90*f), float32(-8 + 20*math.Sin(math.Pi*f))
	}
	for _, pen := range []struct{ width, r, g, b float32 }{{5, 0.95, 0.94, 0.92}, {2, s[0], s[1], s[2]}} {
		for k := range 24 {
			x, y := curve(k)
			u, v := curve(k + 1)
			b.Marks.Data = append(b.Marks.Data, x, y, 0, u, v, 0, pen.width, pen.r, pen.g, pen.b, 1, 0)
		}
	}
}

// appendLabel puts a name over a panel, where the camera sees its top edge.
func appendLabel(b *paint.Batch, p Panel, slab int) []paint.Label {
	if slab > 0 || p.Y < -36 {
		return b.Labels
	}
	x, y := Project(b, p.X+float32(p.W)/2, p.Y, p.Z)
	l := paint.Label{Text: "scores", Shape: "T × T", X: x, Y: y - 6, Size: 12, Bold: true, Ink: Ink(b.Theme), Swatch: Opaque(p.Kind)}
	switch int(p.X) % 3 {
	case 0:
		l.Text, l.Shape = "q weights", "C × A"
	case -1:
		l = paint.Label{Text: "9 Ä漢🙂", X: x, Y: y + 30, Size: 11, Bold: true, Mono: true, Ink: Opaque(0xfaf9f6), Fill: Opaque(0xcc1462), Pad: 5, High: 16}
	case -2:
		l = paint.Label{Text: "C", X: x, Y: y - 12, Size: 16, Bold: true, Ink: Ink(b.Theme), Fill: Opaque(0xffffff), Edge: Opaque(0x6a6f78), Dash: true, Pad: 8, High: 30}
	}
	return append(b.Labels, l)
}

// noise is a number in −1…1 that looks random.
func noise(k int) float32 {
	h := uint32(k) * 0x9E3779B1
	h = (h ^ h>>15) * 0x2C1B3C6D
	h ^= h >> 12
	return float32(h%20001)/10000 - 1
}
