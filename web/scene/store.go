package scene

import (
	"glassbox/model"
	"glassbox/web/scene/layout"
)

// A slot is where the values of a tensor stand in Values.Data: those of its window, row
// by row, with their averages.
type slot struct {
	Pyramid   // Base < 0: nothing was stored yet
	info      *model.Info
	row, rows int // the window
	col, cols int
	filled    int // rows from the first on that have values
	stale     int // rows that had values before the steps changed
	group     string
}

// store holds the values that were set, by tensor.
type store struct {
	values Values
	space  space
	slots  map[string]*slot
	norms  map[string]float32  // by group
	member map[string][]string // names of the tensors of a group
	dirty  map[string]bool     // groups whose norm is out of date
	sample []float32
	scale  Scale
}

// mostValues is how many values a scene holds, averages included: indices travel as
// float32, which count exactly up to here. Tensors beyond it stay outlines.
const mostValues = 1 << 24

// newStore returns an empty store; the version tells its values from those of another one.
func newStore(version int) *store {
	return &store{values: Values{Version: version}, slots: map[string]*slot{}, norms: map[string]float32{},
		member: map[string][]string{}, dirty: map[string]bool{}}
}

// next returns an empty store for another model.
func (st *store) next() *store {
	n := newStore(st.values.Version + 1)
	n.scale = st.scale
	return n
}

// group names the tensors that share a norm: all heads of one step.
func group(s *model.Info) string { return layout.Key(s) }

// describe makes the store ready for these steps. Values of tensors whose columns are
// as before wait, stale, until somebody says how many of their rows still hold.
func (st *store) describe(infos []model.Info, windows map[string][2]int) {
	old := st.slots
	st.slots = make(map[string]*slot, len(infos))
	clear(st.member)
	views := viewed(infos)
	room := 0
	for i := range infos {
		s := &infos[i]
		start := windows[s.Name]
		sl := &slot{info: s, Pyramid: Pyramid{Base: -1}, group: group(s)}
		sl.row, sl.rows = layout.Window(0, s.Rows, start[0])
		if sl.col, sl.cols = layout.Window(0, s.Cols, start[1]); views[s.Name] {
			sl.col, sl.cols = 0, s.Cols // each view has a window of its own
		}
		if o := old[s.Name]; o != nil && o.Base >= 0 && o.row == sl.row && o.col == sl.col && (o.cols == sl.cols || s.Causal) {
			delete(old, s.Name)
			sl.Pyramid = o.Pyramid
			sl.stale = min(max(o.filled, o.stale), sl.rows)
			if s.Kind == model.KindWeight {
				sl.filled = sl.stale
			}
		}
		st.slots[s.Name] = sl
		kind := "=" + string(s.Kind)
		st.member[sl.group] = append(st.member[sl.group], s.Name)
		st.member[kind] = append(st.member[kind], s.Name)
		room += sl.wanted().Size()
	}
	st.values.Room = min(room, mostValues)
	for _, o := range old {
		if o.Base >= 0 {
			st.space.give(Span{o.Base, o.Base + o.Size()})
		}
	}
}

// viewed returns the tensors of which some step reads a part of the columns.
func viewed(infos []model.Info) map[string]bool {
	cols := make(map[string]int, len(infos))
	for i := range infos {
		cols[infos[i].Name] = infos[i].Cols
	}
	part := map[string]bool{}
	for i := range infos {
		for _, in := range infos[i].Inputs {
			if in.Cols > 0 && in.Cols < cols[in.Name] {
				part[in.Name] = true
			}
		}
	}
	return part
}

// set stores rows of a tensor, their columns from col on, and returns whether it is known.
func (st *store) set(name string, from, col, rows, cols int, data []float32) bool {
	sl := st.slots[name]
	if sl == nil || rows*cols > len(data) || sl.rows == 0 || sl.cols == 0 || col > 0 && (col > sl.col || col+cols < sl.col+sl.cols) || !st.fit(sl) {
		return false
	}
	first, last := max(from, sl.row), min(from+rows, sl.row+sl.rows)
	for r := first; r < last; r++ {
		out := st.values.Data[sl.Base+(r-sl.row)*sl.Stride:][:sl.cols]
		in := data[(r-from)*cols : (r-from+1)*cols]
		in = in[min(sl.col-col, cols):min(sl.col-col+sl.cols, cols)]
		for c, v := range in {
			if v >= NotFinite || v <= -NotFinite || v != v || sl.info.Causal {
				v = cleaned(sl.info, r, sl.col+c, v)
			}
			out[c] = v
		}
		mask(out[len(in):])
	}
	if first >= last {
		return true
	}
	if known := max(sl.filled, sl.stale); first-sl.row <= known {
		sl.filled = max(sl.filled, last-sl.row)
	}
	st.change(Span{sl.Base + (first-sl.row)*sl.Stride, sl.Base + (last-sl.row)*sl.Stride})
	sl.Average(st.values.Data, first-sl.row, last-sl.row, sl.rows, sl.cols, st.change)
	st.dirty[sl.group], st.dirty["="+string(sl.info.Kind)] = true, true
	return true
}

// mask makes values those of masked cells.
func mask(values []float32) {
	for i := range values {
		values[i] = Masked
	}
}

// change notes what is to be sent again; what touches the last note extends it.
func (st *store) change(s Span) {
	if n := len(st.values.Changed); n > 0 && st.values.Changed[n-1].To == s.From {
		st.values.Changed[n-1].To = s.To
		return
	}
	st.values.Changed = append(st.values.Changed, s)
}

// cleaned returns what stands for a value that may not be a number.
func cleaned(s *model.Info, r, c int, v float32) float32 {
	switch {
	case s.Causal && c > r:
		return Masked
	case v != v && s.ColAxis == model.AxisWord && s.Part != model.PartOutput:
		return Masked
	case v != v || v >= NotFinite || v <= -NotFinite:
		return NotFinite
	}
	return v
}

// fit gives the slot room for its rows; what it held moves along.
func (st *store) fit(sl *slot) bool {
	if sl.Base >= 0 && sl.rows <= sl.Rows && (!sl.info.Causal || sl.cols <= sl.Stride) {
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
	blank := Span{at + now.Rows*now.Stride, at + now.Size()}
	if sl.info.Causal {
		blank.From = at
	}
	mask(st.values.Data[blank.From:blank.To])
	st.change(blank)
	if sl.Pyramid = now; was.Base >= 0 {
		st.move(sl, was)
	}
	return true
}

// move takes the rows that may still hold along from where they were.
func (st *store) move(sl *slot, was Pyramid) {
	data, rows := st.values.Data, min(sl.stale, sl.rows)
	for r := range rows {
		copy(data[sl.Base+r*sl.Stride:][:min(was.Stride, sl.Stride)], data[was.Base+r*was.Stride:])
	}
	st.change(Span{sl.Base, sl.Base + rows*sl.Stride})
	sl.Average(data, 0, rows, sl.rows, sl.cols, st.change)
	st.space.give(Span{was.Base, was.Base + was.Size()})
}

// grow makes the values longer. It makes room for all tensors at once, so that values that
// arrive one tensor after another are not copied again and again.
func (st *store) grow(n int) {
	v := &st.values
	if n > cap(v.Data) {
		longer := make([]float32, len(v.Data), max(n, v.Room, min(2*cap(v.Data), mostValues)))
		copy(longer, v.Data)
		v.Data = longer
	}
	v.Data = v.Data[:max(n, len(v.Data))]
}

// wanted returns how large the slot should be; it has no place.
func (sl *slot) wanted() Pyramid {
	p := Pyramid{Base: -1, Rows: sl.rows, Stride: sl.cols}
	if sl.info.Kind != model.KindWeight && sl.info.Rows > 1 {
		p.Rows = roomy(sl.rows)
	}
	if sl.info.Causal {
		p.Rows = roomy(sl.rows)
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

// at returns the value of a cell, or ok false if it was not set.
func (st *store) at(name string, row, col int) (v float32, ok bool) {
	sl := st.slots[name]
	if sl == nil || sl.Base < 0 || row < sl.row || row >= sl.row+sl.filled || col < sl.col || col >= sl.col+sl.cols {
		return 0, false
	}
	return st.values.Data[sl.Base+(row-sl.row)*sl.Stride+col-sl.col], true
}

// full reports whether all rows of the window have values.
func (sl *slot) full() bool { return sl != nil && sl.Base >= 0 && sl.filled >= sl.rows }
