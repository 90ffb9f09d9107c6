package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// The numbers of a large model come in portions after a run: first those that the reader
// looks at, then the others in the order of the pipeline, as long as there is room.
const (
	heavyRun    = 1 << 20 // numbers of a full context, in all blocks, from which a model is large
	portion     = 1 << 18 // values of a reply: 1 MB, a few milliseconds
	mostUnasked = 1 << 21 // values of steps, and as many of weights, that come without being looked at
	mostOfOne   = 1 << 22 // values of a tensor that are sent at all
)

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
}

func (s State) fetchKey() fetchKey { return fetchKey{s.Applied, s.Stage, s.Panel} }

// Fetching reports whether numbers of the present run are on their way.
func Fetching(s State) bool { return s.Waits(ForRows) }

// fetch asks for the next portion of numbers that are missing.
func (u *Change) fetch() {
	if u.Phase != Ready || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForRows) || u.Opening != nil || u.fetched == u.fetchKey() {
		return
	}
	rows := u.missing()
	if len(rows) == 0 {
		u.fetched = u.fetchKey()
		return
	}
	u.Ask(ForRows, engine.Request{Read: &engine.Read{Rows: rows}})
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
		high, wide := min(i.Rows, run.LongAxis), min(i.Cols, run.LongAxis)
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
			for _, in := range i.Inputs { // stands beside it
				if from, _ := s.Info(in.Name); run.IsLong(from) {
					add(from)
				}
			}
		}
	}
	for _, i := range s.Steps {
		if held[i.Kind == model.KindWeight] < mostUnasked && !run.IsLong(i) {
			add(i)
		}
	}
	return rows
}

// applyRows takes over a portion.
func (u *Change) applyRows(r engine.Reply) {
	if r.Error != "" || len(r.Read) == 0 {
		u.fetched = u.fetchKey()
		return
	}
	list := u.OfWindow(r.Read)
	u.Run = u.WithValues(list)
	u.Do(ShowValues{list})
}
