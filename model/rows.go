package model

import (
	"iter"
	"slices"
)

// Which rows a trace holds. Later tokens read the keys and values of a row, and nothing else; the residual stream is kept
// besides, as it stands after each half of a block, and what is one number of a row. From these every other number of the row
// is computed again, by the same steps and with the same bits, for no sum of a row depends on the rows that are computed with it.
//
// All rows are computed by [Step.compute], at first and again, and there edits change them. A run with edits holds only the rows
// that these reach; others are rows of the run without edits.

// Budget is how many bytes of rows a trace holds that it could compute again, if it is not told otherwise. The page's own models
// stay below it. Of a model of GPT-2's shape it is what 28 tokens take, and a fifth of its weights in 8 bits.
const Budget = 24 << 20

const (
	rowsAtOnce = 64 // of a run: products of so many rows take no longer for each than those of more
	rowsAround = 16 // a row that is asked for is computed again with its neighbours, for they are asked for next
	rowsAhead  = 32 // for which there is room where a text grows
)

// A stretch is consecutive rows of a step that lie in memory in one piece.
type stretch struct {
	of       *Step
	from, to int
	data     []float32 // row after row; causal rows have r+1 values
}

// A room is where the rows that are kept lie in one piece: those of a first run, then of the tokens that it grew by. It is the
// same for all steps.
type room struct {
	from int // the first row
	end  int // there is room up to this one
}

// decideLasting finds out which steps last.
func (tr *Trace) decideLasting() {
	for _, s := range tr.Steps {
		if s.Op.Attends() {
			s.Inputs[1].by.lasts = true
		}
		s.lasts = s.lasts || s.Op == OpAdd || s.Kind == KindAggregate
	}
}

// compute makes rows from … to−1 of a step, and first those of its inputs that are not held any more.
func (s *Step) compute(from, to int) {
	if from < s.own {
		s.from.by.compute(from, to)
		return
	}
	s.ready(from, to)
	end := to
	if s.lasts {
		end = s.trace.rooms[len(s.trace.rooms)-1].end
	}
	s.hold(from, to, end)
	s.run(from, to)
	s.amend(from, to)
}

// ready makes rows from … to−1 of the inputs that are not held.
func (s *Step) ready(from, to int) {
	for _, in := range s.Inputs {
		if in.by != nil && !in.holds(from, to) {
			in.by.compute(from, to)
		}
	}
}

// recall computes row r again, and its neighbours.
func (s *Step) recall(r int) {
	tr := s.trace
	tr.forget()
	from := r / rowsAround * rowsAround
	s.compute(tr.together(max(from, s.own), min(from+rowsAround, s.Rows), r))
}

// together returns those of rows from … to−1 that lie in one piece with row r, in each step that is kept.
func (tr *Trace) together(from, to, r int) (int, int) {
	for _, m := range tr.rooms {
		if m.from <= r {
			from = max(from, m.from)
		} else {
			to = min(to, m.from)
		}
	}
	if original := tr.Original(); original != tr {
		return original.together(from, to, r)
	}
	return from, to
}

// forget drops the oldest rows that can be computed again, until the others are within the budget.
func (tr *Trace) forget() {
	for tr.bytes > tr.Budget {
		h := tr.again[0]
		h.of.held = slices.DeleteFunc(h.of.held, func(other *stretch) bool { return other == h })
		tr.again[0] = nil // or it would be held until the list moves
		tr.again, tr.bytes = tr.again[1:], tr.bytes-h.bytes()
	}
	if original := tr.Original(); original != tr {
		original.forget()
	}
}

// bytes returns how much memory the stretch takes.
func (h *stretch) bytes() int { return 4 * cap(h.data) }

// Holds returns how many bytes the rows take that the trace holds: those that last as long as the text, and those that it could
// compute again.
func (tr *Trace) Holds() (lasting, again int) {
	for _, s := range tr.Steps {
		for _, h := range s.held {
			if s.lasts {
				lasting += h.bytes()
			}
		}
	}
	return lasting, tr.bytes
}

// makeRoom sees to it that the kept rows from … to−1 lie in one piece: a first run takes what its rows need, a text that grows
// also room for what comes next.
func (tr *Trace) makeRoom(from, to int) {
	if n := len(tr.rooms); n > 0 && tr.rooms[n-1].end >= to {
		return
	}
	end := len(tr.ids)
	if from > 0 {
		end = min(max(end, from+rowsAhead), tr.Model.Config.Context)
	}
	tr.rooms = append(tr.rooms, room{from, end})
}

// resize makes the trace one of rows rows, of which those before keep stay.
func (tr *Trace) resize(keep, rows int) {
	for n := len(tr.rooms); n > 0 && tr.rooms[n-1].from >= keep; n-- {
		tr.rooms = tr.rooms[:n-1]
	}
	tr.bytes = 0
	tr.again = slices.DeleteFunc(tr.again, func(h *stretch) bool {
		if h.from < keep {
			tr.bytes += h.bytes()
		}
		return h.from >= keep
	})
	for _, s := range tr.Steps {
		s.resize(keep, rows)
	}
}

// resize makes the step one of rows rows, and drops those from keep on that are held.
func (s *Step) resize(keep, rows int) {
	s.Rows = rows
	if s.grows() {
		s.Cols = rows
	}
	s.wide.drop(keep)
	s.recent.drop(keep)
	for n := len(s.held); n > 0 && s.held[n-1].to > keep; n-- {
		h := s.held[n-1]
		if h.from >= keep {
			s.held = s.held[:n-1]
			continue
		}
		h.to, h.data = keep, h.data[:s.offset(keep)-s.offset(h.from)]
	}
}

// hold makes the step hold rows from … to−1, behind those before if there is room, or else in a stretch with room up to row end.
func (s *Step) hold(from, to, end int) {
	if n := len(s.held); s.lasts && n > 0 {
		h := s.held[n-1]
		if size := s.offset(to) - s.offset(h.from); h.to == from && size <= cap(h.data) {
			h.to, h.data = to, h.data[:size]
			return
		}
	}
	h := &stretch{s, from, to, make([]float32, s.offset(to)-s.offset(from), s.offset(end)-s.offset(from))}
	if !s.lasts {
		s.drop(from, to)
		s.trace.again = append(s.trace.again, h)
		s.trace.bytes += h.bytes()
	}
	at, _ := slices.BinarySearchFunc(s.held, from, func(h *stretch, r int) int { return h.from - r })
	s.held = slices.Insert(s.held, at, h)
}

// drop forgets the stretches that have a row among from … to−1.
func (s *Step) drop(from, to int) {
	s.held = slices.DeleteFunc(s.held, func(h *stretch) bool {
		if h.to <= from || h.from >= to {
			return false
		}
		at := slices.Index(s.trace.again, h)
		s.trace.again, s.trace.bytes = slices.Delete(s.trace.again, at, at+1), s.trace.bytes-h.bytes()
		return true
	})
}

// stretch returns the stretch that holds row r; nil if none does.
func (t *Tensor) stretch(r int) *stretch {
	if r < t.own {
		return t.from.stretch(r)
	}
	n := len(t.held)
	if n > 0 && t.held[n-1].from > r { // seldom: the rows that are worked on are the last ones
		n, _ = slices.BinarySearchFunc(t.held, r+1, func(h *stretch, r int) int { return h.from - r })
	}
	if n == 0 || t.held[n-1].to <= r {
		return nil
	}
	return t.held[n-1]
}

// holds reports whether rows from … to−1 are held in one piece.
func (t *Tensor) holds(from, to int) bool {
	h := t.stretch(from)
	return h != nil && h.to >= to
}

// span returns the values of rows from … to−1, which are held in one piece.
func (t *Tensor) span(from, to int) []float32 {
	if t.by == nil {
		return t.data[t.offset(from):t.offset(to)]
	}
	h := t.stretch(from)
	return h.data[t.offset(from)-t.offset(h.from) : t.offset(to)-t.offset(h.from)]
}

// pieces goes through rows from … to−1 of a step that is kept, piece by piece: the first row of each, and the values.
func (t *Tensor) pieces(from, to int) iter.Seq2[int, []float32] {
	return func(yield func(first int, values []float32) bool) {
		for from < to {
			end := min(to, t.stretch(from).to)
			if from < t.own {
				end = min(end, t.own)
			}
			if !yield(from, t.span(from, end)) {
				return
			}
			from = end
		}
	}
}

// Kept returns how many bytes the rows of a run of T tokens take that are kept, whatever the budget: 4 for each key, value and
// number of the residual stream. It is 0 for a configuration that is not valid.
func (c Config) Kept(T int) (bytes int64) {
	m, err := c.oneBlock()
	if err != nil {
		return 0
	}
	for _, s := range newTrace(m, false).Steps {
		if !s.lasts || s.row != nil {
			continue
		}
		n := 4 * int64(s.Cols) * int64(T)
		if s.Block >= 0 {
			n *= int64(c.Blocks)
		}
		bytes += n
	}
	return bytes
}
