package gl

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

// easel is a paper that keeps what was painted.
type easel struct {
	*fake
	pix           []byte
	width, height int
}

func (e *easel) paint(pix []byte, width, height int) { e.pix, e.width, e.height = pix, width, height }

func painted(b *paint.Batch) *easel {
	e := &easel{fake: newFake()}
	newFlat(e).Draw(b)
	return e
}

// at is the colour at a place of the grid, in cells.
func (e *easel) at(x, y float64) [3]float64 {
	i := 4 * (int(y*known.CellPixels)*e.width + int(x*known.CellPixels))
	return [3]float64{float64(e.pix[i]), float64(e.pix[i+1]), float64(e.pix[i+2])}
}

func bytesOfHex(c uint32) [3]float32 {
	return [3]float32{float32(c >> 16), float32(c >> 8 & 255), float32(c & 255)}
}

func TestTheFlatPictureOfAKnownBatchIsThatOfTheGPU(t *testing.T) {
	paper, zero := bytesOfHex(0xfaf9f6), bytesOfHex(0xf1efea)
	activation, weight := bytesOfHex(0x0b7f6f), bytesOfHex(0x6f47c8)
	ground := mix(zero, activation, 0.13)
	e := painted(known.Grid(paint.Light))
	for _, c := range []struct {
		what string
		x, y float64
		want [3]float32
	}{
		{"paper", 0.2, 0.2, paper},
		{"the cell −norm", 1.5, 1.5, bytesOfHex(0xa8330a)},
		{"the cell 0", 3.5, 1.5, mix(zero, ground, 0.35)},
		{"the cell +norm/2", 4.5, 1.5, bytesOfHex(0x6f9be0)},
		{"the cell beyond norm", 6.5, 1.5, bytesOfHex(0x15459f)},
		{"the second row", 4.5, 2.5, bytesOfHex(0xa8330a)},
		{"the middle of a masked cell", 1.48, 2.48, mix(ground, activation, 0.38)},
		{"a masked cell", 1.25, 2.25, ground},
		{"the gap between cells", 2.0, 1.5, ground},
		{"the margin of a panel", 0.8, 2, ground},
		{"the edge", 0.65, 2, activation},
		{"outside the edge", 0.55, 2, paper},
		{"an empty panel", 9.5, 2.5, mix(zero, weight, 0.13)},
		{"the edge of the selected panel", 8.6, 2.5, bytesOfHex(0xcc1462)},
		{"a mark, though behind a panel", 11, 1.5, bytesOfHex(0xff0000)},
		{"a strip, though behind a panel", 12.5, 2.4, bytesOfHex(0x0000ff)},
		{"a quad at half alpha", 2, 7, mix(paper, bytesOfHex(0xff0000), 0.5)},
		{"a line", 9, 7, bytesOfHex(0x0000ff)},
		{"a dash", 7.25, 9, bytesOfHex(0x0000ff)},
		{"the gap of a dashed line", 7.75, 9, paper},
		{"an arrow head", 14.2, 7, bytesOfHex(0x00ff00)},
		{"beside the tip of an arrow head", 14.8, 7.3, paper},
	} {
		for k, got := range e.at(c.x, c.y) {
			if math.Abs(got-float64(c.want[k])) > 3 {
				t.Errorf("%s: got %.0f, expected %.0f", c.what, e.at(c.x, c.y), c.want)
				break
			}
		}
	}
	low, high := 255.0, 0.0
	for x := 2.15; x < 2.85; x += 0.05 { // across the cell without a number
		low, high = min(low, e.at(x, 2.5)[1]), max(high, e.at(x, 2.5)[1])
	}
	if high-low < 100 {
		t.Errorf("the cell that is not finite has green from %.0f to %.0f, expected stripes", low, high)
	}
	if e.labelled == nil {
		t.Error("no label was drawn")
	}
}

func TestTheFlatPictureLeavesOutWhatIsNotComputedYet(t *testing.T) {
	b := known.Grid(paint.Light)
	copy(b.Boxes.Data[18:22], []float32{10, 2, 0, 6}) // the columns of 6 rows, two in a second
	whole := painted(known.Grid(paint.Light))
	for clock, columns := range map[float32]int{10: 0, 11: 2, 12.5: 5, 13: 6, 99: 6} {
		b.Clock = clock
		e := painted(b)
		for _, i := range []int{0, 4, 5} { // columns with values far from 0
			x := 1 + float64(i) + 0.5
			if same := e.at(x, 1.5) == whole.at(x, 1.5); same != (i < columns) {
				t.Errorf("at %v s column %d is there: %t", clock, i, same)
			}
		}
	}
}

// TestARowFormsFromItsFirstColumnToItsLast, whichever way it runs on the panel.
func TestARowFormsFromItsFirstColumnToItsLast(t *testing.T) {
	for _, across := range []bool{false, true} {
		n := panel{cols: 6, rows: 2, across: across}
		for _, c := range []struct {
			done     float64
			col, row int // of the panel
			there    [2]bool
		}{
			{0, 0, 0, [2]bool{false, false}},
			{1.5, 0, 1, [2]bool{true, true}}, // row 0 is there, and half of row 1
			{1.5, 1, 0, [2]bool{true, true}},
			{1.5, 1, 1, [2]bool{false, true}},
			{1.5, 2, 0, [2]bool{false, true}},
			{1.5, 2, 1, [2]bool{false, true}},
			{1.5, 3, 1, [2]bool{false, false}},
			{1.5, 5, 0, [2]bool{false, true}},
			{1.2, 1, 0, [2]bool{false, true}},
			{2, 1, 1, [2]bool{true, true}},
			{2, 2, 0, [2]bool{false, true}},
			{6, 5, 1, [2]bool{true, true}},
		} {
			n.done = c.done
			want := c.there[0]
			if across {
				want = c.there[1]
			}
			if got := n.there(c.col, c.row); got != want {
				t.Errorf("across %t: with %v rows done, the cell in column %d, row %d is there: %t", across, c.done, c.col, c.row, got)
			}
		}
	}
}

func TestFarCellsOfTheFlatPictureAreTheMeanOfTheirLight(t *testing.T) {
	b := known.Checker(paint.Light, 2)
	e := painted(b)
	i := 4 * (known.Height/2*e.width + known.Width/2)
	want := newGamma().encode(mix(linearRGB(0xa8330a), linearRGB(0x15459f), 0.5))
	for k := range 3 {
		if got := float64(e.pix[i+k]); math.Abs(got-float64(want[k])) > 3 {
			t.Fatalf("got %v, expected %v", e.pix[i:i+3], want)
		}
	}
}

func TestFarAwayAPanelShowsWhatItsCellsAverage(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for what, value := range map[string]func(i, j int) float32{
		"noise":       func(i, j int) float32 { return float32(rng.NormFloat64() / 2) },
		"a slope":     func(i, j int) float32 { return float32(i+j)/known.CheckerSide - 1 },
		"one sign":    func(i, j int) float32 { return rng.Float32() },
		"mostly zero": func(i, j int) float32 { return max(rng.Float32()*4-3, 0) },
	} {
		for _, density := range []float32{8, 24} {
			b := known.Field(paint.Light, density, value)
			e := painted(b)
			mean, size := 0.0, 0.0
			middle, n := known.CheckerSide/2, int(density)
			for j := middle; j < middle+n; j++ {
				for i := middle; i < middle+n; i++ {
					v := float64(b.Values.Data[j*known.CheckerSide+i])
					mean += v / float64(n*n)
					size += math.Abs(v) / float64(n*n)
				}
			}
			k := newLook(newGamma(), b, [3]float32(b.Boxes.Data[6:9]))
			want := newGamma().encode(mix(k.shade(float32(-size)), k.shade(float32(size)), float32(0.5+0.5*mean/size)))
			at := 4 * (known.Height/2*e.width + known.Width/2)
			for c := range 3 {
				if got := float64(e.pix[at+c]); math.Abs(got-float64(want[c])) > 4 {
					t.Errorf("%s, %v cells per pixel: got %v, expected %.0f", what, density, e.pix[at:at+3], want)
					break
				}
			}
		}
	}
}

// TestAveragesWithoutCellsLookAsWithThem, from where a pixel covers blocks of them; closer, blocks are seen.
func TestAveragesWithoutCellsLookAsWithThem(t *testing.T) {
	value := func(i, j int) float32 { return float32(i*j%97)/48 - 1 }
	for _, c := range []struct {
		level   int
		density float32
	}{{1, 8}, {1, 24}, {2, 24}, {2, 90}, {3, 90}} {
		whole, coarse := painted(known.Field(paint.Light, c.density, value)), painted(known.Coarse(paint.Light, c.density, c.level, value))
		for i := range whole.pix {
			if whole.pix[i] != coarse.pix[i] {
				t.Fatalf("level %d, %v cells per pixel: byte %d is %d, with the cells %d", c.level, c.density, i, coarse.pix[i], whole.pix[i])
			}
		}
	}
	b := known.Coarse(paint.Light, 0.5, 2, func(i, j int) float32 { return float32(i/16%2)*2 - 1 })
	e := painted(b)
	k := newLook(newGamma(), b, [3]float32(b.Boxes.Data[6:9]))
	for _, left := range []int{-16, 0} { // blocks on both sides of the middle, where cell 120 is in the middle of block 7
		x := known.Width/2 + 2*(8+left)
		at := 4 * (known.Height/2*e.width + x)
		want := newGamma().encode(k.shade(float32((known.CheckerSide/2+8+left)/16%2)*2 - 1))
		for c := range 3 {
			if math.Abs(float64(e.pix[at+c])-float64(want[c])) > 3 {
				t.Errorf("close by, a block is %v; expected %.0f", e.pix[at:at+3], want)
				break
			}
		}
	}
}

// TestFarAwayEachPlaceHasTheAverageOfItsOwnCells, in whichever direction the rows of a tensor run, and where a panel
// shows a part of it.
func TestFarAwayEachPlaceHasTheAverageOfItsOwnCells(t *testing.T) {
	const side = known.CheckerSide
	for what, value := range map[string]func(row, col int) float32{
		"growing by rows":    func(row, _ int) float32 { return 2*float32(row)/side - 1 },
		"growing by columns": func(_, col int) float32 { return 2*float32(col)/side - 1 },
	} {
		for _, part := range []struct{ row, col, rows, cols int }{{0, 0, side, side}, {64, 0, 128, 224}, {0, 96, 240, 112}, {80, 32, 96, 160}} {
			for _, across := range []bool{true, false} {
				b := known.Field(paint.Light, 8, func(i, j int) float32 { return value(j, i) })
				f := b.Boxes.Data
				wide, high := part.cols, part.rows
				if !across {
					wide, high = high, wide
					f[11], f[12], f[15] = side, 1, 0
				}
				f[0], f[1], f[3], f[4] = -float32(wide)/2, float32(high)/2, float32(wide), float32(high)
				f[10] = float32(part.row*side + part.col)
				e := painted(b)
				k := newLook(newGamma(), b, [3]float32(f[6:9]))
				for _, at := range [][2]int{{16, 16}, {wide - 16, 16}, {16, high - 16}, {wide / 2, 16}} {
					x, y := known.Width/2+(at[0]-wide/2)/8, known.Height/2+(at[1]-high/2)/8 // a pixel covers 8 × 8 cells from there on
					row, col := float32(y*8-known.Height*4+high/2)+3.5, float32(x*8-known.Width*4+wide/2)+3.5
					if !across {
						row, col = col, row
					}
					mean := value(part.row+int(row), part.col+int(col))
					got := e.pix[4*(y*e.width+x):][:3]
					for c, want := range newGamma().encode(k.shade(mean)) {
						if math.Abs(float64(got[c])-float64(want)) > 12 {
							t.Fatalf("%s, across %t, %+v: near (%d, %d) the colour is %v; expected that of %.2f, %.0f",
								what, across, part, at[0], at[1], got, mean, newGamma().encode(k.shade(mean)))
						}
					}
				}
			}
		}
	}
}

func TestTheFlatPictureIsCoarserThanAVeryFineScreen(t *testing.T) {
	b := known.Tower(paint.Light, 10, 1600, 1000, 3, 1, 0)
	e := painted(b)
	if n := e.width * e.height; n > maxPixels*101/100 || n < maxPixels*9/10 {
		t.Errorf("%d × %d pixels are computed; expected about %d", e.width, e.height, maxPixels)
	}
}

func TestWhatIsBehindTheEyeIsNotDrawn(t *testing.T) {
	b := known.Tower(paint.Light, 20, 400, 300, 1, 1, 0)
	for i := range b.View.Matrix { // the camera turns round: w changes its sign
		if i%4 == 3 || i%4 == 0 {
			b.View.Matrix[i] = -b.View.Matrix[i]
		}
	}
	e := painted(b)
	for i := 0; i < len(e.pix); i += 4 {
		if e.pix[i] != toByte(b.Paper[0]) {
			t.Fatalf("pixel %d is drawn", i/4)
		}
	}
}

func TestAPanelHidesWhatIsBehindIt(t *testing.T) {
	p := raster{}
	p.reset(4, 4, [3]float32{1, 1, 1})
	p.put(5, [3]float32{10, 20, 30}, 1, 0.5)
	p.put(5, [3]float32{200, 200, 200}, 1, 0.25)
	if p.pix[20] != 10 {
		t.Errorf("what is farther away covers what is nearer: %v", p.pix[20:23])
	}
	p.put(5, [3]float32{200, 200, 200}, 1, 0.75)
	if p.pix[20] != 200 {
		t.Errorf("what is nearer does not cover: %v", p.pix[20:23])
	}
}

// BenchmarkFlat draws a tower of panels as large as the scene of a laptop.
func BenchmarkFlat(b *testing.B) {
	batch := known.Tower(paint.Light, 219, 1080, 724, 1, 1, 0.2)
	d := newFlat(&easel{fake: newFake()})
	for b.Loop() {
		d.Draw(batch)
	}
}
