package paint

import (
	"math"
	"slices"
)

// mostSampled is about how many cells of a group a norm looks at, at most: the share of them
// below the percentile is then right to within half a percent.
const mostSampled = 1 << 14

// Uncoloured is the norm of ids, which are names and no sizes: divided by it, they all have the colour of 0.
const Uncoloured = math.MaxFloat32

// Norm returns what the values of a tensor are divided by before they become colours: a number of two digits.
func (st *Store) Norm(name string) float32 {
	sl := st.slots[name]
	switch {
	case sl != nil && sl.Info.Op.IsID():
		return Uncoloured
	case sl == nil || st.Scale == Fixed:
		return 1
	}
	of := st.measured(sl)
	n := st.norm(of)
	if st.with != nil {
		n = max(n, st.with.norm(of))
	}
	if n > 0 {
		return n
	}
	return 1
}

// norm returns the norm of a tensor or kind by its own values; 0: there are none.
func (st *Store) norm(of string) float32 {
	if st.dirty[of] {
		delete(st.dirty, of)
		st.norms[of] = roundedUp(st.measure(of))
	}
	return st.norms[of]
}

// MeasureWith has the values of both stores measured by the larger norm of the two, so that a colour means the same in both
// pictures; nil: by their own.
func (st *Store) MeasureWith(other *Store) { st.with = other }

// Sets counts how often values were stored: as long as it stays, so do the norms.
func (st *Store) Sets() int { return st.sets }

// roundedUp returns the next number of two digits.
func roundedUp(v float32) float32 {
	step := math.Pow(10, math.Floor(math.Log10(float64(v)))-1)
	return float32(math.Ceil(float64(v)/step-1e-6) * step)
}

// measure computes the norm of a tensor or kind: 1 for probabilities, otherwise the 96th
// percentile of |v| over the cells that hold numbers (of 60 cells or fewer the
// maximum), and 1 if that is 0. Of very many cells it looks at some evenly spread ones.
func (st *Store) measure(of string) float32 {
	st.sample = st.sample[:0]
	cells := 0
	for _, name := range st.member[of] {
		m := st.slots[name]
		if m.Info.Op.IsShare() && st.Scale == PerPanel {
			return 1
		}
		if m.Base >= 0 {
			cells += m.Filled * m.NumCols
		}
	}
	for _, name := range st.member[of] {
		if m := st.slots[name]; m.Base >= 0 {
			st.look(m, spread(1+cells/mostSampled, m.NumCols))
		}
	}
	n := len(st.sample)
	if n == 0 {
		return st.coarseNorm(of)
	}
	rank := n - 1
	if n > 60 {
		rank = (n*96+99)/100 - 1
	}
	if v := ranked(st.sample, rank); v > 0 {
		return v
	}
	return 1
}

// coarseNorm returns the largest norm of those tensors of a kind of which only averages are here.
func (st *Store) coarseNorm(of string) float32 {
	norm := float32(0)
	for _, name := range st.member[of] {
		norm = max(norm, st.slots[name].coarse.norm)
	}
	if norm == 0 {
		return 1
	}
	return norm
}

// spread returns a step of at least skip that visits all columns in turn, and not some
// of them over and over.
func spread(skip, cols int) int {
	for skip > 1 && common(skip, cols) > 1 {
		skip++
	}
	return skip
}

// common returns the greatest common divisor (Euclid, Elements VII, 2).
func common(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// look adds the magnitude of each skip-th cell to the sample; of differences only where there is one.
func (st *Store) look(m *Slot, skip int) {
	for r, c := 0, 0; r < m.Filled; {
		if v := st.Values.Data[m.Base+r*m.Stride+c]; v < NotFinite && (v != 0 || st.Scale != Differences) { // most of a run is as it was
			st.sample = append(st.sample, float32(math.Abs(float64(v))))
		}
		for c += skip; c >= m.NumCols && r < m.Filled; c -= m.NumCols {
			r++
		}
	}
}

// ranked returns the number that would have index k if the values were sorted. It takes
// time in proportion to their count, and changes their order (C. A. R. Hoare, "Algorithm
// 65: Find", 1961).
func ranked(values []float32, k int) float32 {
	for rounds := 0; len(values) > 16 && rounds < 64; rounds++ {
		n := len(values)
		pivot := median(values[n/4], values[n/2], values[3*n/4])
		i, j := 0, n-1
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for values[j] > pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i++
				j--
			}
		}
		switch { // … j | equal to the pivot | i …
		case k <= j:
			values = values[:j+1]
		case k >= i:
			values, k = values[i:], k-i
		default:
			return pivot
		}
	}
	slices.Sort(values)
	return values[k]
}

func median(a, b, c float32) float32 { return max(min(a, b), min(max(a, b), c)) }
