package scene

import (
	"math"
	"slices"

	"glassbox/model"
)

// A slot is where the values of a tensor stand in Values.Data: those of its window, row
// by row, stride apart.
type slot struct {
	info         *model.Info
	row, rows    int // the window
	col, cols    int
	base, stride int // base < 0: nothing was stored yet
	room         int // rows that fit
	filled       int // rows from the first on that have values
	stale        int // rows that had values before the steps changed
	group        string
}

// store holds the values that were set, by tensor.
type store struct {
	values Values
	slots  map[string]*slot
	norms  map[string]float32  // by group
	member map[string][]string // names of the tensors of a group
	dirty  map[string]bool     // groups whose norm is out of date
	sample []float32
}

// mostValues is how many values a scene holds: indices travel as float32, which count
// exactly up to here. Tensors beyond it stay outlines.
const mostValues = 1 << 24

func newStore() *store {
	return &store{slots: map[string]*slot{}, norms: map[string]float32{}, member: map[string][]string{}, dirty: map[string]bool{}}
}

// group names the tensors that share a norm: all heads of one step.
func group(s *model.Info) string { return key(s) }

// describe makes the store ready for these steps. Values of tensors whose columns are
// as before wait, stale, until somebody says how many of their rows still hold.
func (st *store) describe(infos []model.Info, windows map[string][2]int) {
	old := st.slots
	st.slots = make(map[string]*slot, len(infos))
	clear(st.member)
	views := viewed(infos)
	for i := range infos {
		s := &infos[i]
		start := windows[s.Name]
		sl := &slot{info: s, base: -1, group: group(s)}
		sl.row, sl.rows = window(0, s.Rows, start[0])
		if sl.col, sl.cols = window(0, s.Cols, start[1]); views[s.Name] {
			sl.col, sl.cols = 0, s.Cols // each view has a window of its own
		}
		if o := old[s.Name]; o != nil && o.base >= 0 && o.row == sl.row && o.col == sl.col && (o.cols == sl.cols || s.Causal) {
			sl.base, sl.stride, sl.room = o.base, o.stride, o.room
			sl.stale = min(max(o.filled, o.stale), sl.rows)
			if s.Op == model.OpWeight {
				sl.filled = sl.stale
			}
		}
		st.slots[s.Name] = sl
		st.member[sl.group] = append(st.member[sl.group], s.Name)
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

// set stores rows of a tensor and returns whether it is known.
func (st *store) set(name string, from, rows, cols int, data []float32) bool {
	sl := st.slots[name]
	if sl == nil || rows*cols > len(data) || sl.rows == 0 || sl.cols == 0 || !st.fit(sl) {
		return false
	}
	first, last := max(from, sl.row), min(from+rows, sl.row+sl.rows)
	for r := first; r < last; r++ {
		out := st.values.Data[sl.base+(r-sl.row)*sl.stride:]
		in := data[(r-from)*cols : (r-from+1)*cols]
		for c := sl.col; c < min(sl.col+sl.cols, cols); c++ {
			out[c-sl.col] = cleaned(sl.info, r, c, in[c])
		}
	}
	if first >= last {
		return true
	}
	if known := max(sl.filled, sl.stale); first-sl.row <= known {
		sl.filled = max(sl.filled, last-sl.row)
	}
	st.change(Span{sl.base + (first-sl.row)*sl.stride, sl.base + (last-sl.row)*sl.stride})
	st.dirty[sl.group] = true
	return true
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
	case v != v && (s.Op == model.OpTopK || s.Op == model.OpTopP || s.Op == model.OpShare || s.Op == model.OpSoftmax && s.Head < 0):
		return Masked
	case v != v || v >= NotFinite || v <= -NotFinite:
		return NotFinite
	}
	return v
}

// fit gives the slot room for its rows; what it held moves along.
func (st *store) fit(sl *slot) bool {
	if sl.base >= 0 && sl.rows <= sl.room && (!sl.info.Causal || sl.cols <= sl.stride) {
		return true
	}
	room, stride := sl.rows, sl.cols
	if sl.info.Op != model.OpWeight && sl.info.Rows > 1 {
		room = roomy(sl.rows)
	}
	if sl.info.Causal {
		room = roomy(sl.rows)
		stride = room
	}
	base := len(st.values.Data)
	if base+room*stride > mostValues {
		return false
	}
	st.values.Data = slices.Grow(st.values.Data, room*stride)[:base+room*stride]
	for i := base; i < base+room*stride; i++ {
		st.values.Data[i] = Masked
	}
	if sl.base >= 0 {
		for r := range min(sl.stale, sl.rows) {
			n := min(sl.stride, stride)
			copy(st.values.Data[base+r*stride:][:n], st.values.Data[sl.base+r*sl.stride:][:n])
		}
	}
	sl.base, sl.stride, sl.room = base, stride, room
	st.values.Version++
	return true
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
	if sl == nil || sl.base < 0 || row < sl.row || row >= sl.row+sl.filled || col < sl.col || col >= sl.col+sl.cols {
		return 0, false
	}
	return st.values.Data[sl.base+(row-sl.row)*sl.stride+col-sl.col], true
}

// full reports whether all rows of the window have values.
func (sl *slot) full() bool { return sl != nil && sl.base >= 0 && sl.filled >= sl.rows }

// norm returns what the values of a tensor are divided by before they become colours.
func (st *store) norm(name string) float32 {
	sl := st.slots[name]
	if sl == nil {
		return 1
	}
	if st.dirty[sl.group] {
		delete(st.dirty, sl.group)
		st.norms[sl.group] = st.measure(sl)
	}
	if n := st.norms[sl.group]; n > 0 {
		return n
	}
	return 1
}

// measure computes the norm of a group: 1 for probabilities, otherwise the 96th
// percentile of |v| over the cells that hold numbers (of 60 cells or fewer the
// maximum), and 1 if that is 0. Of more than 65536 cells it looks at some evenly spread
// ones: sorting a million would stop the page for a tenth of a second.
func (st *store) measure(sl *slot) float32 {
	switch sl.info.Op {
	case model.OpSoftmax, model.OpTopP, model.OpShare, model.OpRandom:
		return 1
	}
	st.sample = st.sample[:0]
	cells := 0
	for _, name := range st.member[sl.group] {
		if m := st.slots[name]; m.base >= 0 {
			cells += m.filled * m.cols
		}
	}
	skip := 1 + cells>>16
	for _, name := range st.member[sl.group] {
		m := st.slots[name]
		if m.base < 0 {
			continue
		}
		for i := 0; i < m.filled*m.cols; i += skip {
			if v := st.values.Data[m.base+i/m.cols*m.stride+i%m.cols]; v < NotFinite {
				st.sample = append(st.sample, float32(math.Abs(float64(v))))
			}
		}
	}
	n := len(st.sample)
	if n == 0 {
		return 1
	}
	slices.Sort(st.sample)
	v := st.sample[n-1]
	if n > 60 {
		v = st.sample[(n*96+99)/100-1]
	}
	if v == 0 {
		return 1
	}
	return v
}
