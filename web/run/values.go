package run

import (
	"maps"
	"slices"

	"glassbox/model"
	"glassbox/web/engine"
)

// LongAxis is the most rows or columns of a tensor that are sent whole: of a longer one, that of a vocabulary, the page
// has a window of Window, which is what the scene shows.
const (
	LongAxis = 4096
	Window   = 512
)

// Stat summarises a tensor.
type Stat struct {
	Min, Max, Mean float32
}

// Held returns the numbers of a step or weight that are here: all of them, the first rows, or
// the window of a long axis.
func (s Run) Held(name string) engine.Values { return s.values[name] }

// HoldsNothing reports whether no numbers are here.
func (s Run) HoldsNothing() bool { return len(s.values) == 0 }

// Values returns all rows of the step or weight of that name, if they are on the page. Of a
// tensor with a long axis they never are.
func (s Run) Values(name string) (engine.Values, bool) {
	v, ok := s.values[name]
	if i, known := s.Info(name); ok && known && IsLong(i) {
		return engine.Values{}, false
	}
	return v, ok
}

// At returns a number, if it is on the page and not masked.
func (s Run) At(name string, row, col int) (float32, bool) {
	v, ok := s.values[name]
	if r, c := row-v.From, col-v.Col; ok && r >= 0 && r < v.Rows && c >= 0 && c < v.Cols {
		x := v.Data[r*v.Cols+c]
		return x, x == x
	}
	return s.inWindow(name, row, col)
}

// inWindow returns a number of the page of the table of a long panel.
func (s Run) inWindow(name string, row, col int) (float32, bool) {
	v := s.Page
	if row -= v.From; v.Name != name || row < 0 || row >= v.Rows {
		return 0, false
	}
	if col -= v.Col; col < 0 || col >= v.Cols {
		return 0, false
	}
	x := v.Data[row*v.Cols+col]
	return x, x == x
}

// WithValues patches what is on the page with what came.
func (s Run) WithValues(list []engine.Values) Run {
	values := maps.Clone(s.values)
	if values == nil {
		values = map[string]engine.Values{}
	}
	for _, v := range list {
		if v.From > 0 {
			i, _ := s.Info(v.Name)
			first, _ := s.Origin(i)
			had := values[v.Name]
			if v.From > first && (had.Rows < v.From-first || had.Cols != v.Cols) {
				continue // rows whose beginning is not here are of no use
			}
			v = joined(had, v, first)
		}
		values[v.Name] = v
	}
	s.values = values
	return s
}

// joined returns the rows of a before those of b, then b's; those of a begin with the row first.
func joined(a, b engine.Values, first int) engine.Values {
	before := b.From - first
	return engine.Values{Name: b.Name, From: first, Col: b.Col, Rows: before + b.Rows, Cols: b.Cols, Data: slices.Concat(a.Data[:before*b.Cols], b.Data)}
}

// Stat summarises a tensor, if its values are on the page. It looks at all of them, so it
// is for those that the reader looks at.
func (s Run) Stat(name string) (Stat, bool) {
	v, ok := s.Values(name)
	return StatOf(v), ok
}

// StatOf summarises numbers; masked ones are left out.
func StatOf(v engine.Values) (stat Stat) {
	sum, n := 0.0, 0
	for _, x := range v.Data {
		if x != x {
			continue
		}
		if n == 0 {
			stat.Min, stat.Max = x, x
		}
		stat.Min, stat.Max = min(stat.Min, x), max(stat.Max, x)
		sum += float64(x)
		n++
	}
	stat.Mean = float32(sum / float64(max(1, n)))
	return stat
}

// IsLong reports whether a tensor has an axis that is too long for its numbers to be sent
// whole: that of a vocabulary.
func IsLong(i model.Info) bool { return i.Rows > LongAxis || i.Cols > LongAxis }

// OverWords reports which axis of a tensor is that of a long vocabulary.
func (s Run) OverWords(i model.Info) (rows, cols bool) {
	v := s.Config.Vocab
	return v > LongAxis && i.Rows == v, v > LongAxis && i.Cols == v
}

// Shown is how many of n rows or columns the scene shows.
func Shown(n int) int {
	if n > LongAxis {
		return Window
	}
	return n
}

// Origin is the first row and column of a tensor that the scene shows.
func (s Run) Origin(i model.Info) (row, col int) {
	rows, cols := s.OverWords(i)
	if rows {
		row = s.FirstWord
	}
	if cols {
		col = s.FirstWord
	}
	return row, col
}

// OfWindow leaves out what was asked for when the window stood elsewhere.
func (s Run) OfWindow(list []engine.Values) (kept []engine.Values) {
	for _, v := range list {
		i, _ := s.Info(v.Name)
		rows, cols := s.OverWords(i)
		if row, col := s.Origin(i); rows && (v.From < row || v.From+v.Rows > row+Window) || cols && v.Cols <= Window && v.Col != col {
			continue
		}
		kept = append(kept, v)
	}
	return kept
}

// WithFresh drops the numbers that a run of T tokens made stale: all but the weights, and
// but the rows of the first tokens that stayed. Of these the last token's come again, if
// it is the last: who gets rows from k on knows that those before k still hold. Where a run
// brings all other numbers itself, only those over a long vocabulary are dropped, unless all is set.
func (s Run) WithFresh(kept, T int, all bool) Run {
	values := map[string]engine.Values{}
	for _, i := range s.Steps {
		v, ok := s.values[i.Name]
		switch rows := min(kept, T-1, v.Rows); {
		case !ok:
		case i.Kind == model.KindWeight, !all && !IsLong(i):
			values[i.Name] = v
		case rows > 0 && !i.Causal && i.Part != model.PartSample:
			if rows < v.Rows {
				v.Rows, v.Data = rows, v.Data[:rows*v.Cols]
			}
			values[i.Name] = v
		}
	}
	s.values = values
	return s
}

// WithoutWeights drops the numbers of weights.
func (s Run) WithoutWeights() Run {
	s.values = maps.Clone(s.values)
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight {
			delete(s.values, i.Name)
		}
	}
	return s
}

// WithFirstWord moves the window over a long vocabulary so that it begins at word n, drops the
// numbers of the window before, and returns the tensors over the vocabulary.
func (s Run) WithFirstWord(n int) (moved Run, over []model.Info) {
	s.FirstWord, s.values = n, maps.Clone(s.values)
	for _, i := range s.Steps {
		if rows, cols := s.OverWords(i); rows || cols {
			delete(s.values, i.Name)
			over = append(over, i)
		}
	}
	return s, over
}

// mostWords is how many words of a long vocabulary are remembered.
const mostWords = 4096

// WithWords remembers how words of the vocabulary are shown.
func (s Run) WithWords(list []engine.TokenText) Run {
	if len(list) == 0 {
		return s
	}
	known := make(map[int]string, len(list))
	if len(s.words)+len(list) <= mostWords {
		maps.Copy(known, s.words)
	}
	for _, w := range list {
		known[w.ID] = w.Text
	}
	s.words = known
	return s
}

// Outline is the model without any numbers, as before the first run.
func (s Run) Outline() Run {
	return Run{Config: s.Config, Steps: s.Steps, stages: s.stages}
}
