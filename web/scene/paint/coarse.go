package paint

import "glassbox/model"

// coarse is what is here of a tensor whose numbers are not: the averages of its blocks, and its norm. Without rows there is
// nothing.
type coarse struct {
	Pyramid
	norm float32
}

// SetCoarse stores the averages of a tensor of rows × cols cells, of level k on: of each block of Reduce^k × Reduce^k cells, row
// by row, the mean and the mean magnitude, NaN for a block of nothing but masked cells. norm is the 96th percentile of its
// magnitudes. They are shown until all numbers are there. It returns whether they are of use.
func (st *Store) SetCoarse(name string, rows, cols, k int, blocks []float32, norm float32) bool {
	sl := st.slots[name]
	if sl == nil || sl.Full() || rows != sl.NumRows || cols != sl.NumCols || rows != sl.Info.Rows || cols != sl.Info.Cols || k < 1 || k >= Levels {
		return false
	}
	p := Pyramid{Rows: rows, Stride: cols, Finest: k}
	side := sideOf(k)
	wide, high := (cols+side-1)/side, (rows+side-1)/side
	if rows == 0 || cols == 0 || len(blocks) != 2*wide*high {
		return false
	}
	st.dropCoarse(sl)
	at, ok := st.space.take(p.Size(), mostValues)
	if !ok {
		return false
	}
	p.Base = at
	st.grow(at + p.Size())
	out := st.Values.Data[at:]
	for i, v := range blocks {
		switch {
		case v != v:
			v = Masked
		case v >= NotFinite || v <= -NotFinite:
			v = NotFinite
		}
		out[i] = v
	}
	st.change(Span{From: at, To: at + len(blocks)})
	p.Average(st.Values.Data, 0, rows, rows, cols, st.change)
	sl.coarse = coarse{p, norm}
	st.dirty[name], st.dirty["="+string(sl.Info.Kind)] = true, true
	st.sets++
	return true
}

// Coarse returns where the averages of a tensor stand whose numbers are not here.
func (sl *Slot) Coarse() (p Pyramid, ok bool) {
	if sl == nil || sl.Full() || sl.coarse.Rows == 0 {
		return p, false
	}
	return sl.coarse.Pyramid, true
}

// dropCoarse gives back the place of averages.
func (st *Store) dropCoarse(sl *Slot) {
	if p := sl.coarse.Pyramid; p.Rows > 0 {
		st.space.give(Span{From: p.Base, To: p.Base + p.Size()})
		sl.coarse = coarse{}
	}
}

// keepCoarse takes over the averages of a weight, which stays as it is when the steps change.
func keepCoarse(sl, was *Slot) {
	if was != nil && sl.Info.Kind == model.KindWeight && was.coarse.Rows == sl.Info.Rows && was.coarse.Stride == sl.Info.Cols {
		sl.coarse, was.coarse = was.coarse, coarse{}
	}
}
