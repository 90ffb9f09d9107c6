package paint

// A Pyramid is the place in Values of a tensor's cells, and behind them of averages, so that
// a panel can be seen from far away without reading all of its cells. Cell (r, c) is value
// Base + r·Stride + c. The averages are those of blocks of 4 × 4, 16 × 16, 64 × 64 and
// 256 × 256 cells, two values each: the mean, and the mean magnitude. Together they tell
// blocks of small numbers from such where large ones cancel out. A masked cell counts as
// zero; a block of nothing but masked cells has Masked for both, and one with a cell that
// is no number NotFinite.
type Pyramid struct {
	Base   int
	Rows   int // that fit
	Stride int // cells of a row
	Finest int // the first level that is there; 0: the cells. Of a tensor too large to have all its numbers here, only averages are
}

// Levels is how many levels of averages a pyramid has; a block of one is Reduce times as
// wide and as high as one of the level before.
const (
	Levels = 4
	Reduce = 4
)

// Size returns how many values the pyramid takes.
func (p Pyramid) Size() int {
	base, wide := p.Level(Levels)
	side := sideOf(Levels)
	return base + 2*wide*((p.Rows+side-1)/side) - p.Base
}

// Level returns where the averages of level k stand, 1 … Levels: block (i, j) has values
// base + 2·(i·wide + j) and the next.
func (p Pyramid) Level(k int) (base, wide int) {
	base = p.Base
	if p.Finest == 0 {
		base += p.Rows * p.Stride
	}
	for l, side := max(p.Finest, 1), sideOf(max(p.Finest, 1)); ; l, side = l+1, side*Reduce {
		wide = (p.Stride + side - 1) / side
		if l == k {
			return base, wide
		}
		base += 2 * wide * ((p.Rows + side - 1) / side)
	}
}

// LevelOf returns the level whose blocks have so many cells along each side; 0 if there is none.
func LevelOf(side int) int {
	for k := 1; k <= Levels; k++ {
		if sideOf(k) == side {
			return k
		}
	}
	return 0
}

// sideOf returns how many cells a block of a level is wide and high.
func sideOf(k int) int { return 1 << (2 * k) }

// Average computes the averages of all blocks that touch rows from … to−1 of a tensor of
// rows × cols cells anew, and passes on which values that changes.
func (p Pyramid) Average(data []float32, from, to, rows, cols int, changed func(Span)) {
	for k := p.Finest + 1; k <= Levels; k++ {
		side := sideOf(k)
		base, wide := p.Level(k)
		first, last := from/side, (min(to, rows)+side-1)/side
		for i := first; i < last; i++ {
			high := min(side, rows-i*side)
			for j := range (cols + side - 1) / side {
				b := block{}
				if k == 1 {
					p.cells(&b, data, i*side, j*side, high, min(side, cols-j*side))
				} else {
					p.blocks(&b, data, k-1, i*Reduce, j*Reduce, rows, cols)
				}
				at := base + 2*(i*wide+j)
				data[at], data[at+1] = b.result()
			}
		}
		changed(Span{From: base + 2*first*wide, To: base + 2*last*wide})
	}
}

// A block is what has been added up of one.
type block struct {
	sum, size  float32 // of the values, and of their magnitudes
	cells, out float32 // how many, and how many of them are masked
	odd        bool    // one is no number
}

// cells adds a rectangle of cells.
func (p Pyramid) cells(b *block, data []float32, row, col, high, wide int) {
	for r := row; r < row+high; r++ {
		for _, v := range data[p.Base+r*p.Stride+col:][:wide] {
			switch {
			case v >= Masked:
				b.out++
			case v >= NotFinite:
				b.odd = true
			case v < 0:
				b.sum += v
				b.size -= v
			default:
				b.sum += v
				b.size += v
			}
		}
	}
	b.cells += float32(high * wide)
}

// blocks adds the blocks of level k that lie in the one of which (row, col) is the first.
func (p Pyramid) blocks(b *block, data []float32, k, row, col, rows, cols int) {
	base, wide := p.Level(k)
	side := sideOf(k)
	for i := row; i < row+Reduce && i*side < rows; i++ {
		for j := col; j < col+Reduce && j*side < cols; j++ {
			at := base + 2*(i*wide+j)
			n := float32(min(side, rows-i*side) * min(side, cols-j*side))
			b.cells += n
			switch mean, size := data[at], data[at+1]; {
			case size >= Masked:
				b.out += n
			case size >= NotFinite:
				b.odd = true
			default:
				b.sum += n * mean
				b.size += n * size
			}
		}
	}
}

// result returns the mean and the mean magnitude.
func (b *block) result() (mean, size float32) {
	switch {
	case b.odd:
		return NotFinite, NotFinite
	case b.out >= b.cells:
		return Masked, Masked
	}
	return b.sum / b.cells, b.size / b.cells
}
