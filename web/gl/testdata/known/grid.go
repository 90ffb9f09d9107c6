package known

import (
	"math"

	"glassbox/web/scene/paint"
)

// The grid lies flat on the canvas: 20 CSS pixels are one cell, and world (0, 0) is the left top corner.
const (
	CellPixels    = 20
	Width, Height = 400, 300
)

// The kinds of panels, by theme.
var (
	weight     = [2]uint32{0x6f47c8, 0xa88cf4}
	activation = [2]uint32{0x0b7f6f, 0x3cc4ad}
	aggregate  = [2]uint32{0x8a6500, 0xdcb352}
)

// Grid is a batch of two panels seen straight on. The first stands at (1, −1) with 6 × 2 cells of
// norm 2 over these values, the second, empty and selected, at (9, −1).
func Grid(t paint.Theme) *paint.Batch {
	b := &paint.Batch{Theme: t, Paper: Paper(t), Ramp: Ramp(t)}
	b.View = paint.View{Matrix: flat(), Eye: [3]float32{10, -7, 1000}, Width: Width, Height: Height, Ratio: 1}
	b.Values.Data = []float32{
		-2, -1, 0, 1, 2, 4,
		paint.Masked, paint.NotFinite, 0.1, -4, 2, -2,
	}
	b.Boxes.Data = box(b.Boxes.Data, Panel{X: 1, Y: -1, W: 6, H: 2, Kind: activation[t], Base: 0, DU: 1, DV: 6, Norm: 2, Edge: 2})
	b.Boxes.Data = box(b.Boxes.Data, Panel{X: 9, Y: -1, W: 4, H: 2, Kind: weight[t], Norm: 1, Edge: 4, Flags: paint.FlagEmpty | paint.FlagSignal})
	// Below: a quad, a line, an arrow head, a strip and a mark over a panel.
	b.Quads.Data = append(b.Quads.Data, 1, -6, 0, 4, 0, 0, 0, -2, 0, 1, 0, 0, 0.5, 0)
	b.Lines.Data = append(b.Lines.Data, 7, -7, 0, 12, -7, 0, 4, 0, 0, 1, 1, 0)
	b.Lines.Data = append(b.Lines.Data, 7, -9, 0, 17, -9, 0, 4, 0, 0, 1, 1, 10)
	b.Heads.Data = append(b.Heads.Data, 15, -7, 0, 1, 0, 0, 20, 0, 1, 0, 1)
	b.Strips.Data = append(b.Strips.Data, 11, -2, -50, 2, 0, 0, 0, -0.8, 0, 0, 0, 1, 1, 0)
	b.Marks.Data = append(b.Marks.Data, 10, -1.5, -50, 12, -1.5, -50, 4, 1, 0, 0, 1, 0)
	b.Labels = append(b.Labels,
		paint.Label{Text: "| | |", Shape: "T × T", X: 100, Y: 240, Size: 20, Ink: Ink(t), Swatch: Opaque(0x6f47c8)},
		paint.Label{Text: "9", X: 300, Y: 240, Size: 11, Ink: Ink(t), Fill: Opaque(0x00ff00), Edge: Opaque(0xff0000), Dash: true, Pad: 30, High: 40})
	return b
}

// CheckerSide is the number of rows and columns of Checker.
const CheckerSide = 240

// Checker is a batch of one panel whose cells are −1 and +1 in turn, seen from so far that a pixel
// covers density × density of them. Its middle is the middle of the canvas.
func Checker(t paint.Theme, density float32) *paint.Batch {
	return Field(t, density, func(i, j int) float32 { return float32(1 - (i+j)%2*2) })
}

// Field is such a panel with values of norm 1 of the caller's, by column and row.
func Field(t paint.Theme, density float32, value func(i, j int) float32) *paint.Batch {
	b := &paint.Batch{Theme: t, Paper: Paper(t), Ramp: Ramp(t)}
	b.View = paint.View{Eye: [3]float32{0, 0, 1000}, Width: Width, Height: Height, Ratio: 1}
	b.View.Matrix = [16]float32{2 / (Width * density), 0, 0, 0, 0, 2 / (Height * density), 0, 0, 0, 0, -1.0 / 1000, 0, 0, 0, 0, 1}
	for j := range CheckerSide {
		for i := range CheckerSide {
			b.Values.Data = append(b.Values.Data, value(i, j))
		}
	}
	p := paint.Pyramid{Rows: CheckerSide, Stride: CheckerSide}
	b.Values.Data = append(b.Values.Data, make([]float32, p.Size()-len(b.Values.Data))...)
	p.Average(b.Values.Data, 0, CheckerSide, CheckerSide, CheckerSide, func(paint.Span) {})
	b.Boxes.Data = box(nil, Panel{X: -CheckerSide / 2, Y: CheckerSide / 2, W: CheckerSide, H: CheckerSide,
		Kind: weight[t], DU: 1, DV: CheckerSide, Norm: 1, Edge: 1, Flags: paint.FlagAcross, Rows: CheckerSide})
	return b
}

// Coarse is Field of which only the averages from a level on are there.
func Coarse(t paint.Theme, density float32, level int, value func(i, j int) float32) *paint.Batch {
	b := Field(t, density, value)
	p := paint.Pyramid{Rows: CheckerSide, Stride: CheckerSide}
	from, _ := p.Level(level)
	b.Values.Data = b.Values.Data[from:]
	b.Boxes.Data[paint.BoxFlags] += float32(level * paint.FlagCoarse)
	return b
}

// Panel is one box by its fields.
type Panel struct {
	X, Y, Z      float32
	W, H         int
	Kind         uint32
	Fade         float32
	Base, DU, DV int
	Norm, Edge   float32
	Flags        int
	Rows         int        // of the pyramid at Base; 0: there are no averages
	Timing       [4]float32 // start, rows per second, first and last row; zero: all are there
	Ahead        float32    // how far before it another of its place and size stands
	Wide, High   float32    // of a cell, in units; 0: 1
}

func box(data []float32, p Panel) []float32 {
	c := Light(p.Kind)
	if p.Timing == [4]float32{} {
		p.Timing = [4]float32{0, 0, 1 << 24, 1 << 24}
	}
	if p.Wide == 0 {
		p.Wide, p.High = 1, 1
	}
	return append(data, p.X, p.Y, p.Z, float32(p.W), float32(p.H), 2, c[0], c[1], c[2], p.Fade,
		float32(p.Base), float32(p.DU), float32(p.DV), p.Norm, p.Edge, float32(p.Flags), float32(p.Base), float32(p.Rows),
		p.Timing[0], p.Timing[1], p.Timing[2], p.Timing[3], p.Ahead, p.Wide, p.High)
}

// Light is the linear light of #rrggbb.
func Light(rgb uint32) [3]float32 {
	c := Colour(rgb)
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = float32(math.Pow((float64(v)+0.055)/1.055, 2.4))
		}
	}
	return c
}

// flat maps world units to the canvas without perspective; z of ±1000 stays in sight.
func flat() [16]float32 {
	return [16]float32{
		2.0 * CellPixels / Width, 0, 0, 0,
		0, 2.0 * CellPixels / Height, 0, 0,
		0, 0, -1.0 / 1000, 0,
		-1, 1, 0, 1,
	}
}
