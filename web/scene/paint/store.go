package paint

import (
	"glassbox/model"
	"glassbox/web/scene/layout"
)

// A Slot is where the values of a tensor stand in Values.Data: those of its window, rows FirstRow …
// FirstRow+NumRows−1 of columns FirstCol … FirstCol+NumCols−1, row by row, with their averages.
type Slot struct {
	Pyramid           // Base < 0: nothing was stored yet
	Info              *model.Info
	FirstRow, NumRows int
	FirstCol, NumCols int
	Filled            int // rows from the first on that have values
	stale             int // rows that had values before the steps changed
	coarse            coarse
}

// A Store holds the values that were set, by tensor.
type Store struct {
	Values Values
	space  space
	slots  map[string]*Slot
	norms  map[string]float32  // by tensor, or by kind
	member map[string][]string // names of the tensors of a kind, but those of ids
	dirty  map[string]bool     // tensors and kinds whose norm is out of date
	sample []float32
	Scale  Scale
	with   *Store // see MeasureWith
	sets   int
}

// mostValues is how many values a store holds, averages included: indices travel as
// float32, which count exactly up to here. Tensors beyond it stay outlines.
const mostValues = 1 << 24

// NewStore returns an empty store; the version tells its values from those of another one.
func NewStore(version int) *Store {
	return &Store{Values: Values{Version: version}, slots: map[string]*Slot{}, norms: map[string]float32{},
		member: map[string][]string{}, dirty: map[string]bool{}}
}

// Next returns an empty store for another model.
func (st *Store) Next() *Store {
	n := NewStore(st.Values.Version + 1)
	n.Scale = st.Scale
	return n
}

// Describe makes the store ready for these steps. Values of tensors whose columns are
// as before wait, stale, until somebody says how many of their rows still hold.
func (st *Store) Describe(infos []model.Info, windows map[string][2]int) {
	old := st.slots
	st.slots = make(map[string]*Slot, len(infos))
	clear(st.member)
	views := viewed(infos)
	room := 0
	for i := range infos {
		s := &infos[i]
		start := windows[s.Name]
		sl := &Slot{Info: s, Pyramid: Pyramid{Base: -1}}
		sl.FirstRow, sl.NumRows = layout.Window(0, s.Rows, start[0])
		if sl.FirstCol, sl.NumCols = layout.Window(0, s.Cols, start[1]); views[s.Name] {
			sl.FirstRow, sl.NumRows, sl.FirstCol, sl.NumCols = 0, s.Rows, 0, s.Cols // each view has a window of its own
		}
		o := old[s.Name]
		if o != nil && o.Base >= 0 && o.FirstRow == sl.FirstRow && o.FirstCol == sl.FirstCol && (o.NumCols == sl.NumCols || s.Causal) {
			delete(old, s.Name)
			sl.Pyramid = o.Pyramid
			sl.stale = min(max(o.Filled, o.stale), sl.NumRows)
			if s.Kind == model.KindWeight {
				sl.Filled = sl.stale
			}
		}
		keepCoarse(sl, o)
		st.slots[s.Name] = sl
		if st.member[s.Name] = []string{s.Name}; !s.Op.IsID() {
			kind := "=" + string(s.Kind)
			st.member[kind] = append(st.member[kind], s.Name)
		}
		if differs(s) {
			st.member[ofDifferences] = append(st.member[ofDifferences], s.Name)
		}
		room += sl.wanted().Size()
	}
	st.Values.Room = min(room, mostValues)
	for _, o := range old {
		st.dropCoarse(o)
		if o.Base >= 0 {
			st.space.give(Span{From: o.Base, To: o.Base + o.Size()})
		}
	}
}

// Hold says that all values still hold, but those of one tensor: nothing was computed since Describe, only another part
// of that tensor is to be shown.
func (st *Store) Hold(but string) {
	for name, sl := range st.slots {
		if name != but {
			sl.Filled = max(sl.Filled, sl.stale)
		}
	}
}

// viewed returns the tensors of which some step reads a part of the rows or columns.
func viewed(infos []model.Info) map[string]bool {
	rows, cols := make(map[string]int, len(infos)), make(map[string]int, len(infos))
	for i := range infos {
		rows[infos[i].Name], cols[infos[i].Name] = infos[i].Rows, infos[i].Cols
	}
	part := map[string]bool{}
	for i := range infos {
		for _, in := range infos[i].Inputs {
			if in.Cols > 0 && in.Cols < cols[in.Name] || in.Rows > 0 && in.Rows < rows[in.Name] {
				part[in.Name] = true
			}
		}
	}
	return part
}

// Set stores rows of a tensor, their columns from col on, and returns whether it is known.
func (st *Store) Set(name string, from, col, rows, cols int, data []float32) bool {
	sl := st.slots[name]
	if sl == nil || rows*cols > len(data) || sl.NumRows == 0 || sl.NumCols == 0 || col > 0 && (col > sl.FirstCol || col+cols < sl.FirstCol+sl.NumCols) || !st.fit(sl) {
		return false
	}
	first, last := max(from, sl.FirstRow), min(from+rows, sl.FirstRow+sl.NumRows)
	for r := first; r < last; r++ {
		out := st.Values.Data[sl.Base+(r-sl.FirstRow)*sl.Stride:][:sl.NumCols]
		in := data[(r-from)*cols : (r-from+1)*cols]
		in = in[min(sl.FirstCol-col, cols):min(sl.FirstCol-col+sl.NumCols, cols)]
		for c, v := range in {
			if v >= NotFinite || v <= -NotFinite || v != v || sl.Info.Causal {
				v = cleaned(sl.Info, r, sl.FirstCol+c, v)
			}
			out[c] = v
		}
		mask(out[len(in):])
	}
	if first >= last {
		return true
	}
	if known := max(sl.Filled, sl.stale); first-sl.FirstRow <= known {
		sl.Filled = max(sl.Filled, last-sl.FirstRow)
	}
	st.change(Span{From: sl.Base + (first-sl.FirstRow)*sl.Stride, To: sl.Base + (last-sl.FirstRow)*sl.Stride})
	sl.Average(st.Values.Data, first-sl.FirstRow, last-sl.FirstRow, sl.NumRows, sl.NumCols, st.change)
	st.dirty[name], st.dirty["="+string(sl.Info.Kind)], st.dirty[ofDifferences] = true, true, true
	st.sets++
	if sl.Full() {
		st.dropCoarse(sl)
	}
	return true
}

// mask makes values those of masked cells.
func mask(values []float32) {
	for i := range values {
		values[i] = Masked
	}
}

// change notes what is to be sent again; what touches the last note extends it.
func (st *Store) change(s Span) {
	if n := len(st.Values.Changed); n > 0 && st.Values.Changed[n-1].To == s.From {
		st.Values.Changed[n-1].To = s.To
		return
	}
	st.Values.Changed = append(st.Values.Changed, s)
}

// cleaned returns what stands for a value that may not be a number.
func cleaned(s *model.Info, r, c int, v float32) float32 {
	switch {
	case s.Masked(r, c):
		return Masked
	case v != v && s.ColAxis == model.AxisWord && s.Part != model.PartOutput:
		return Masked
	case v != v || v >= NotFinite || v <= -NotFinite:
		return NotFinite
	}
	return v
}

// fit gives the slot room for its rows; what it held moves along.
func (st *Store) fit(sl *Slot) bool {
	if sl.Base >= 0 && sl.NumRows <= sl.Rows && (!sl.Info.Causal || sl.NumCols <= sl.Stride) {
		return true
	}
	was, now := sl.Pyramid, sl.wanted()
	at, ok := st.space.take(now.Size(), mostValues)
	if !ok {
		return false
	}
	now.Base = at
	st.grow(at + now.Size())
	// Rows are shown once they were set; all that lies beside them has to be there before.
	blank := Span{From: at + now.Rows*now.Stride, To: at + now.Size()}
	if sl.Info.Causal {
		blank.From = at
	}
	mask(st.Values.Data[blank.From:blank.To])
	st.change(blank)
	if sl.Pyramid = now; was.Base >= 0 {
		st.move(sl, was)
	}
	return true
}

// move takes the rows that may still hold along from where they were.
func (st *Store) move(sl *Slot, was Pyramid) {
	data, rows := st.Values.Data, min(sl.stale, sl.NumRows)
	for r := range rows {
		copy(data[sl.Base+r*sl.Stride:][:min(was.Stride, sl.Stride)], data[was.Base+r*was.Stride:])
	}
	st.change(Span{From: sl.Base, To: sl.Base + rows*sl.Stride})
	sl.Average(data, 0, rows, sl.NumRows, sl.NumCols, st.change)
	st.space.give(Span{From: was.Base, To: was.Base + was.Size()})
}

// grow makes the values longer. It makes room for all tensors at once, so that values that
// arrive one tensor after another are not copied again and again.
func (st *Store) grow(n int) {
	v := &st.Values
	if n > cap(v.Data) {
		longer := make([]float32, len(v.Data), max(n, v.Room, min(2*cap(v.Data), mostValues)))
		copy(longer, v.Data)
		v.Data = longer
	}
	v.Data = v.Data[:max(n, len(v.Data))]
}

// wanted returns how large the slot should be; it has no place.
func (sl *Slot) wanted() Pyramid {
	p := Pyramid{Base: -1, Rows: sl.NumRows, Stride: sl.NumCols}
	if sl.Info.Kind != model.KindWeight && sl.Info.Rows > 1 {
		p.Rows = roomy(sl.NumRows)
	}
	if sl.Info.Causal {
		p.Rows = roomy(sl.NumRows)
		p.Stride = p.Rows
	}
	return p
}

// roomy rounds up, so that a growing text seldom moves its values.
func roomy(n int) int {
	r := 16
	for r < n {
		r *= 2
	}
	return r
}

// At returns the value of a cell, or ok false if it was not set.
func (st *Store) At(name string, row, col int) (v float32, ok bool) {
	sl := st.slots[name]
	if sl == nil || sl.Base < 0 || row < sl.FirstRow || row >= sl.FirstRow+sl.Filled || col < sl.FirstCol || col >= sl.FirstCol+sl.NumCols {
		return 0, false
	}
	return st.Values.Data[sl.Base+(row-sl.FirstRow)*sl.Stride+col-sl.FirstCol], true
}

// Full reports whether all rows of the window have values.
func (sl *Slot) Full() bool { return sl != nil && sl.Base >= 0 && sl.Filled >= sl.NumRows }

// Slot returns where the values of a tensor stand, or nil if it is not known.
func (st *Store) Slot(name string) *Slot { return st.slots[name] }
