package export

// The most cells that a picture shows, in all and along a side. Of a larger tensor, each cell
// of the picture is the mean of a block.
const (
	maxCells = 20000
	maxSide  = 1000
)

// Blocks returns how many rows and columns of a table one cell of its picture stands for: 1 and
// 1 where it shows all of them. The blocks grow along the longer side first.
func Blocks(rows, cols int) (high, wide int) {
	high, wide = 1, 1
	for {
		h, w := Shown(rows, high), Shown(cols, wide)
		switch {
		case h <= maxSide && w <= maxSide && h*w <= maxCells:
			return high, wide
		case h >= w:
			high++
		default:
			wide++
		}
	}
}

// Shown returns how many blocks of that size cover n rows or columns.
func Shown(n, size int) int { return (n + size - 1) / size }

// A Mean collects the means of the blocks of some rows, row by row.
type Mean struct {
	cols, wide int
	sum        []float64
	n          []int
}

// NewMean returns a Mean of blocks of wide columns.
func NewMean(cols, wide int) *Mean {
	return &Mean{cols, wide, make([]float64, Shown(cols, wide)), make([]int, Shown(cols, wide))}
}

// Add adds column c of a row.
func (m *Mean) Add(c int, v float32) {
	m.sum[c/m.wide] += float64(v)
	m.n[c/m.wide]++
}

// Take appends the means to b, NaN for a block to which nothing was added, and resets m.
func (m *Mean) Take(b []float32) []float32 {
	for i, sum := range m.sum {
		b = append(b, float32(sum/float64(m.n[i]))) // 0/0 is NaN
		m.sum[i], m.n[i] = 0, 0
	}
	return b
}
