package engine

import (
	"math"
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
)

// coarse returns the averages that the page asks for.
func (e *Engine) coarse(q *Read) (list []Coarse, err error) {
	if len(q.Coarse) > 0 && q.Side < 1 {
		return nil, fault.New("noBlocks", "there are no blocks of %d × %d", q.Side, q.Side)
	}
	for _, name := range q.Coarse {
		t := e.trace.Tensor(name)
		if t == nil {
			return nil, noTensor(name)
		}
		list = append(list, e.coarseOf(t, q.Side))
	}
	return list, nil
}

// mostSampled is of about how many cells the norm of averages is that percentile, at most.
const mostSampled = 1 << 12

// coarseOf averages a tensor.
func (e *Engine) coarseOf(t *model.Tensor, side int) Coarse {
	wide, high := (t.Cols+side-1)/side, (t.Rows+side-1)/side
	c := Coarse{Name: t.Name, Rows: t.Rows, Cols: t.Cols, Side: side, Blocks: make([]float32, 2*wide*high)}
	maskable := e.trace.Step(t.Name) != nil // no weight is
	each := spread(1+t.Rows*t.Cols/mostSampled, t.Cols)
	next := 0
	var sample []float32
	numbers := make([]int, wide)
	for r := range t.Rows {
		if r%side == 0 {
			clear(numbers)
		}
		out := c.Blocks[2*(r/side)*wide:][:2*wide]
		row := e.rowShown(t, r)
		for j := range wide {
			cells := row[min(j*side, len(row)):min((j+1)*side, len(row))]
			if maskable {
				cells = unmasked(t, r, j*side, cells)
			}
			sum, size := summed(cells)
			numbers[j] += len(cells)
			out[2*j] += sum
			out[2*j+1] += size
		}
		for ; next < (r+1)*t.Cols; next += each {
			if k := next - r*t.Cols; k < len(row) && !t.Masked(r, k) {
				sample = append(sample, abs(row[k]))
			}
		}
		if r%side == side-1 || r == t.Rows-1 {
			c.divide(out, numbers, r%side+1)
		}
	}
	c.Norm = percentile(sample)
	return c
}

// summed adds numbers and their magnitudes.
func summed(cells []float32) (sum, size float32) {
	for _, x := range cells {
		sum += x
		size += abs(x)
	}
	return sum, size
}

// unmasked returns those of the cells of row r, from column col on, that are not masked.
func unmasked(t *model.Tensor, r, col int, cells []float32) (left []float32) {
	for k, x := range cells {
		if !t.Masked(r, col+k) {
			left = append(left, x)
		}
	}
	return left
}

// spread returns a step of at least so many cells that visits all columns in turn, and not some of them over and over.
func spread(step, cols int) int {
	common := func(a, b int) int {
		for b > 0 {
			a, b = b, a%b
		}
		return a
	}
	for step > 1 && common(step, cols) > 1 {
		step++
	}
	return step
}

// divide makes means of the sums of a row of blocks, high cells high, of which so many are numbers.
func (c *Coarse) divide(out []float32, numbers []int, high int) {
	for j, n := range numbers {
		cells := float32(high * min(c.Side, c.Cols-j*c.Side))
		mean, size := out[2*j]/cells, out[2*j+1]/cells
		switch {
		case n == 0:
			mean, size = nan, nan
		case size != size || math.IsInf(float64(size), 0):
			mean, size = -minusInf, -minusInf
		}
		out[2*j], out[2*j+1] = mean, size
	}
}

// percentile returns the 96th of magnitudes, of 60 or fewer the largest, and 1 if that is no size; the scene colours numbers by it.
func percentile(sample []float32) float32 {
	sample = slices.DeleteFunc(sample, func(x float32) bool { return x != x || math.IsInf(float64(x), 0) })
	slices.Sort(sample)
	n := len(sample)
	rank := n - 1
	if n > 60 {
		rank = (n*96+99)/100 - 1
	}
	if n == 0 || sample[rank] == 0 {
		return 1
	}
	return sample[rank]
}
