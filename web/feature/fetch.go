package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// The numbers of a large model come in portions after a run: first those that the reader
// looks at, or that a feature tells of, then the others in the order of the pipeline, as long as there is room.
const (
	heavyRun    = 1 << 20 // numbers of a full context, in all blocks, from which a model is large
	portion     = 1 << 18 // values of a reply: 1 MB, a few milliseconds
	mostUnasked = 1 << 21 // values of steps, and as many of weights, that come without being looked at
	mostOfOne   = 1 << 22 // values of a tensor that are sent at all
)

// What is not sent is averaged: the panels of a large model show from afar what they hold.
const (
	AveragedAtOnce = 1 << 23 // cells that a reply averages, unless a tensor has more: some 50 ms
	coarseSide     = 16      // cells of a block along both axes,
	coarserSide    = 64      // of a model with more weights than
	mostFine       = 1 << 29
)

// averaged says of how many steps of a run, and of how many weights, the scene has averages, in the order of the list.
type averaged struct{ run, steps, weights int }

// Heavy reports whether a run of a model is too large to come in one reply.
func Heavy(c model.Config) bool { return c.Account().InBlocks > heavyRun }

// MissingOf lists rows that another run lacks of what the reader looks at in this one, and then of the rest, up to a portion.
func (s State) MissingOf(other run.Run) []engine.Tensor {
	s.Run, s.heavy = other, false // there are no averages of it that would come first
	return s.missing()
}

// want returns what a run sends with its reply: everything, or nothing of a large model.
func (s State) want() []string {
	if s.heavy {
		return []string{}
	}
	return nil
}

// keptTokens returns how many of the first tokens are those that are on the page.
func (s State) keptTokens(tokens []engine.Token) (n int) {
	if s.Applied == 0 {
		return 0
	}
	for n < min(len(tokens), len(s.Tokens)) && tokens[n].ID == s.Tokens[n].ID {
		n++
	}
	return n
}

// A fetchKey is what decides which numbers have to be here.
type fetchKey struct {
	run   int // whose numbers they are
	stage run.Stage
	panel string
	spot  string
	plays bool
}

func (s State) fetchKey() fetchKey {
	return fetchKey{s.Applied, s.Stage, s.Panel, s.Spot(), s.Playing}
}

// Fetching reports whether numbers of the present run are on their way.
func Fetching(s State) bool { return s.Waits(ForRows) }

// fetch asks for the next portion of numbers that are missing.
func (u *Change) fetch() {
	if u.Phase != Ready || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForRows) || u.Suspended() || u.fetched == u.fetchKey() {
		return
	}
	rows, coarse := u.missing(), u.unaveraged()
	if len(rows)+len(coarse) == 0 {
		u.fetched = u.fetchKey()
		return
	}
	u.Ask(ForRows, engine.Request{Read: &engine.Read{Rows: rows, Coarse: coarse, Side: CoarseSide(u.Config)}})
}

// CoarseSide returns how many cells of a tensor of a model a block of averages is wide and high.
func CoarseSide(c model.Config) int {
	if c.Account().Parameters() > mostFine {
		return coarserSide
	}
	return coarseSide
}

// unaveraged lists tensors of a large model whose numbers are not here, and of which the scene has no averages of the present
// run, as many as a reply averages. While the model writes there are none: it does not wait for a picture.
func (s State) unaveraged() (names []string) {
	if !s.heavy || s.Playing {
		return nil
	}
	cells := 0
	s.eachUnaveraged(func(i model.Info, _ averaged) bool {
		if cells > 0 && cells+i.Rows*i.Cols > AveragedAtOnce {
			return false
		}
		names, cells = append(names, i.Name), cells+i.Rows*i.Cols
		return true
	})
	return names
}

// eachUnaveraged goes through those tensors, with what will be averaged when they are.
func (s State) eachUnaveraged(yield func(i model.Info, then averaged) bool) {
	done := s.averaged
	if done.run != s.Applied {
		done.run, done.steps = s.Applied, 0
	}
	at := averaged{run: s.Applied}
	for _, i := range s.Steps {
		before, n := done.steps, &at.steps
		if i.Kind == model.KindWeight {
			before, n = done.weights, &at.weights
		}
		if *n++; *n <= before || run.IsLong(i) || i.Rows*i.Cols == 0 || s.Held(i.Name).Rows == i.Rows {
			continue
		}
		if !yield(i, averaged{s.Applied, max(at.steps, done.steps), max(at.weights, done.weights)}) {
			return
		}
	}
}

// missing lists rows that the page lacks, up to a portion.
func (s State) missing() (rows []engine.Tensor) {
	room := portion
	held := map[bool]int{} // values that are here: of weights, of steps
	for _, i := range s.Steps {
		held[i.Kind == model.KindWeight] += len(s.Held(i.Name).Data)
	}
	taken := map[string]bool{}
	add := func(i model.Info) {
		name := i.Name
		high, wide := run.Shown(i.Rows), run.Shown(i.Cols)
		if taken[name] || room == 0 || wide == 0 || high*wide > mostOfOne {
			return
		}
		from := 0
		if v := s.Held(name); v.Cols == wide {
			from = v.Rows
		}
		if n := min(high-from, max(room/wide, 1)); n > 0 {
			taken[name] = true
			row, col := s.Origin(i)
			part := engine.Tensor{Name: name, From: row + from, To: row + from + n}
			if wide < i.Cols {
				part.Col, part.Cols = col, wide
			}
			rows = append(rows, part)
			room = max(room-n*wide, 0)
			held[i.Kind == model.KindWeight] += n * wide
		}
	}
	for _, name := range append([]string{s.Panel}, s.Names(s.Stage)...) {
		if i, ok := s.Info(name); ok {
			add(i)
			for _, in := range i.Inputs { // stands beside it: not the weights of another stage, which are many numbers
				if from, ok := s.Info(in.Name); ok && (run.IsLong(from) || from.Kind != model.KindWeight) {
					add(from)
				}
			}
		}
	}
	for _, name := range s.needs() {
		if i, ok := s.Info(name); ok {
			add(i)
		}
	}
	if len(s.unaveraged()) > 0 {
		return rows // what it looks like from afar comes before the numbers of what nobody looks at
	}
	for _, i := range s.Steps {
		if held[i.Kind == model.KindWeight] < mostUnasked {
			add(i)
		}
	}
	return rows
}

// applyRows takes over a portion.
func (u *Change) applyRows(r engine.Reply) {
	if r.Error != "" || len(r.Read)+len(r.Coarse) == 0 {
		u.fetched = u.fetchKey()
		return
	}
	if n := len(r.Coarse); n > 0 {
		last := r.Coarse[n-1].Name
		u.eachUnaveraged(func(i model.Info, then averaged) bool {
			if i.Name == last {
				u.averaged = then
			}
			return i.Name != last
		})
		u.Do(ShowCoarse{r.Coarse})
	}
	list := u.OfWindow(r.Read)
	u.Run = u.WithValues(list)
	u.Do(ShowValues{list})
}

// The size of a page of the table of numbers.
const TableRows, TableCols = 8, 5

// A tablePage is the page of the table of numbers of a tensor with a long axis, whose numbers
// are sent for that page alone.
type tablePage struct {
	run      int
	name     string
	row, col int
}

// TableAt returns the cell whose page the table of numbers shows: the selected one, or else
// the first; over a vocabulary that of the last token, or what most likely follows it.
func (s State) TableAt(i model.Info) (row, col int) {
	if s.Cell != nil && s.Cell.Name == i.Name {
		return s.Cell.Row, s.Cell.Col
	}
	switch last := len(s.Tokens) - 1; {
	case last < 0 || !run.IsLong(i):
	case i.RowAxis == model.AxisWord && s.Tokens[last].ID < i.Rows:
		return s.Tokens[last].ID, 0
	case i.ColAxis == model.AxisWord && len(s.Candidates) > 0 && s.Candidates[0].ID < i.Cols:
		return max(i.Rows-1, 0), s.Candidates[0].ID
	}
	return 0, 0
}

// fetchTablePage asks for the numbers of the page that the table of a long panel shows.
func (u *Change) fetchTablePage() {
	i, ok := u.Info(u.Panel)
	if !ok || !run.IsLong(i) || u.Phase != Ready || u.Suspended() || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForTablePage) || i.Rows == 0 {
		return
	}
	row, col := u.TableAt(i)
	row, col = row/TableRows*TableRows, col/TableCols*TableCols
	want := tablePage{u.Applied, i.Name, row, col}
	if i.Kind == model.KindWeight && len(run.Made(u.Ran.Edits)) == 0 {
		want.run = 0 // they don't change
	}
	if u.peeked == want {
		return
	}
	u.peeked = want
	u.Ask(ForTablePage, engine.Request{Tensor: &engine.Tensor{Name: i.Name, From: row, To: min(row+TableRows, i.Rows),
		Col: col, Cols: min(TableCols, i.Cols-col)}})
}

// applyTablePage takes over the numbers of a page.
func (u *Change) applyTablePage(r engine.Reply) {
	if r.Values != nil {
		u.Page = *r.Values
	}
}
