package known

import "glassbox/web/scene/paint"

// A Pile says how a stack of panels is drawn; its pictures are all alike.
type Pile struct {
	Cut    bool // each is told of the one before it
	Hollow bool // in one part of the array for those without numbers, which are every other one
}

// Stack is a batch of two stacks of eight panels, one behind another, seen from a side: in degrees to the right and up. Every
// other panel is empty.
func Stack(t paint.Theme, right, up float64, pile Pile) *paint.Batch {
	b := &paint.Batch{Theme: t, Paper: Paper(t), Ramp: Ramp(t)}
	b.View = look([3]float64{0, 0, -40}, right, up, 260, 25)
	b.View.Width, b.View.Height, b.View.Ratio = Width, Height, 1
	for c := range 4 {
		b.View.Matrix[4*c] *= float32(Height) / Width
	}
	for k := range 40 * 30 {
		b.Values.Data = append(b.Values.Data, 2*noise(k))
	}
	var filled, empty []float32
	for stack := range 2 {
		p := Panel{X: -50 + 60*float32(stack), Y: 20, W: 40, H: 30, Kind: weight[t], DU: 1, DV: 40, Norm: 1, Edge: 1.5}
		for layer := range 8 {
			p.Z, p.Fade = -11*float32(layer), min(0.1*float32(layer), 0.5)
			if layer > 0 && pile.Cut {
				p.Ahead = 11
			}
			if p.Flags = layer % 2 * paint.FlagEmpty; p.Flags == 0 {
				filled = box(filled, p)
			} else {
				empty = box(empty, p)
			}
		}
	}
	b.Boxes.Data = append(filled, empty...)
	if n := len(filled) / paint.BoxFloats; pile.Hollow {
		b.Seen = []paint.Span{{To: n}, {From: n, To: n + len(empty)/paint.BoxFloats}}
	}
	return b
}
