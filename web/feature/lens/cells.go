package lens

import (
	"slices"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/view"
)

// A grid is what the model would say in each place, as far as it has been computed. Like the rest of the state it is replaced, never
// changed.
type grid struct {
	run   int // whose numbers these are
	of    run.Input
	ids   []int
	cells [][]cell // by step and token

	asked rect // what is under way

	first, last   int  // the rows in view; both 0: not known yet
	all           bool // those out of view are wanted, too
	view.Progress      // of the cells that are wanted
}

// A cell is what the model would say in one place.
type cell struct {
	engine.LensCell
	here  bool // there is something to be shown
	fresh bool // and it is of the text that has run
	token int  // of which Logit, Chance and Rank are; −1: none
}

// A rect is some places of the grid.
type rect struct{ step, last, row, to, token int }

// mostColumns is how many tokens the grid shows at once: of a longer text those around the one that the reader looks at. topOf is
// how many tokens of each place are here.
const (
	mostColumns = 24
	topOf       = 10
)

// unknownRows is how many rows are taken to be in view before the page has said so.
const unknownRows = 24

// streams returns the names of the steps of the residual stream: the embedding, and the sum behind each half of a block.
func streams(s *feature.State) (names []string) {
	for i := range s.Steps {
		info := &s.Steps[i]
		if info.Op != model.OpAdd || info.Block < 0 || len(info.Inputs) == 0 {
			continue
		}
		if names == nil {
			names = append(names, info.Inputs[0].Name)
		}
		names = append(names, info.Name)
	}
	return names
}

// columns returns the tokens that the grid shows.
func columns(s *feature.State) []int {
	page := view.Page(At(s).Row, mostColumns, len(s.Tokens))
	for len(page) > 0 && len(page) < mostColumns && page[0] > 0 {
		page = append([]int{page[0] - 1}, page...)
	}
	return page
}

// rows returns which rows are in view, and those right above and below.
func (g grid) rows(steps int) (first, last int) {
	const margin = 2
	if first, last = g.first-margin, g.last+margin; g.last == 0 {
		first, last = 0, unknownRows
	}
	return max(first, 0), min(last, steps)
}

// at returns what the model would say in a place, if that is here.
func (g grid) at(p Spot) (cell, bool) {
	if p.Step < 0 || p.Row < 0 || p.Step >= len(g.cells) || p.Row >= len(g.cells[p.Step]) {
		return cell{}, false
	}
	c := g.cells[p.Step][p.Row]
	return c, c.here
}

// renew makes the grid that of the text that has run. What is the same in both stays, for a token tells nothing of those behind it; the
// rest is shown until it comes anew.
func renew(u *feature.Change) {
	l := Of(&u.State)
	g := l.grid
	if g.run == u.Applied && len(g.cells) > 0 || u.Applied == 0 {
		return
	}
	ids := make([]int, len(u.Tokens))
	kept := 0
	for i, t := range u.Tokens {
		if ids[i] = t.ID; kept == i && i < len(g.ids) && g.ids[i] == t.ID {
			kept++
		}
	}
	if !g.of.Keeps(u.Ran) {
		kept = 0
	}
	steps := len(streams(&u.State))
	cells := make([][]cell, steps)
	for i := range cells {
		cells[i] = make([]cell, len(ids))
		if i < len(g.cells) {
			copy(cells[i], g.cells[i])
		}
		for t := range cells[i] {
			cells[i][t].fresh = cells[i][t].fresh && t < kept
		}
	}
	g.run, g.of, g.ids, g.cells, g.Fault, g.Paused = u.Applied, u.Ran, ids, cells, "", false
	l.grid = g
	memory.Set(&u.State, l)
}

// plotted returns the token whose rank is plotted; −1: it is not known yet.
func plotted(s *feature.State) int {
	l := Of(s)
	if l.Token >= 0 {
		return l.Token
	}
	if c, ok := l.grid.at(Spot{len(l.grid.cells) - 1, At(s).Row}); ok && c.fresh && len(c.Top) > 0 {
		return c.Top[0].ID
	}
	return -1
}

// lacks reports whether a place has to be computed.
func (g grid) lacks(p Spot, at Spot, token int) bool {
	c := g.cells[p.Step][p.Row]
	return !c.fresh || p.Row == at.Row && token >= 0 && c.token != token
}

// batch returns how many places are asked for at once, so that an answer takes some tens of milliseconds.
func batch(s *feature.State) int {
	const products = 24 << 20
	return min(max(products/max(s.Config.Vocab*s.Config.Width, 1), 1), 96)
}

// wanted lists the places that the grid lacks, those that matter first: what the model says in the end, where the reader looks, the ranks
// in that column, and then row by row.
func wanted(s *feature.State) (list []Spot) {
	g, at, token := Of(s).grid, At(s), plotted(s)
	first, last := g.rows(len(g.cells))
	if g.all {
		first, last = 0, len(g.cells)
	}
	if at.Row < 0 || at.Step < 0 || at.Row >= len(g.ids) {
		return nil
	}
	add := func(p Spot) {
		if n := len(list); g.lacks(p, at, token) && !(n > 0 && list[0] == p || n > 1 && list[1] == p) {
			list = append(list, p)
		}
	}
	add(Spot{len(g.cells) - 1, at.Row})
	add(at)
	from, to := first, last
	if s.Guided() {
		from, to = 0, len(g.cells) // a stop of the walk tells of the whole column
	}
	for step := from; step < to; step++ {
		add(Spot{step, at.Row})
	}
	for step := first; step < last; step++ {
		for _, row := range columns(s) {
			if row != at.Row {
				add(Spot{step, row})
			}
		}
	}
	return list
}

// next returns what is asked for next: of what is wanted the first, and as much as follows it in one rectangle.
func next(s *feature.State, list []Spot) rect {
	p, most := list[0], batch(s)
	r := rect{p.Step, p.Step + 1, p.Row, p.Row + 1, plotted(s)}
	columnOf := p.Row == At(s).Row
	for _, q := range list[1:] {
		switch size := (r.last - r.step) * (r.to - r.row); {
		case size >= most:
			return r
		case columnOf && q == (Spot{r.last, p.Row}):
			r.last++
		case !columnOf && r.last == r.step+1 && q == (Spot{p.Step, r.to}):
			r.to++
		default:
			return r
		}
	}
	return r
}

// fetch asks for the next places that the grid lacks.
func fetch(u *feature.Change) {
	l := Of(&u.State)
	if u.Waits(forCells) || l.grid.Paused || l.grid.Fault != "" {
		return
	}
	list := wanted(&u.State)
	if len(list) == 0 {
		l.grid.End()
		memory.Set(&u.State, l)
		return
	}
	r := next(&u.State, list)
	l.grid.asked = r
	l.grid.Begin(u, ticked)
	memory.Set(&u.State, l)
	u.Ask(forCells, engine.Request{Lab: &engine.Lab{Lens: &engine.Lens{Step: r.step, Last: r.last, Row: r.row, To: r.to, Top: topOf, Token: r.token}}})
}

func ticked(turn int) feature.Msg { return Ticked{turn} }

// tick counts the time of a computing that still is under way. Where the reader has left, it goes on when they come back.
func tick(u *feature.Change, turn int) {
	l := Of(&u.State)
	if u.Mode != name {
		l.grid.Rest()
	}
	l.grid.Tick(u, turn, ticked)
	memory.Set(&u.State, l)
}

// fill takes over the places that were asked for.
func fill(u *feature.Change, r engine.Reply) {
	l := Of(&u.State)
	if r.Error != "" {
		l.grid.Fail(r.Error)
		memory.Set(&u.State, l)
		return
	}
	if r.Lab == nil || r.Lab.Lens == nil || l.grid.run != u.Applied {
		return
	}
	a, cells := l.grid.asked, r.Lab.Lens.Cells
	l.grid.cells = slices.Clone(l.grid.cells)
	for step := a.step; step < a.last && step < len(l.grid.cells); step++ {
		row := slices.Clone(l.grid.cells[step])
		for t := a.row; t < a.to && t < len(row) && len(cells) > 0; t++ {
			row[t] = cell{LensCell: cells[0], here: true, fresh: true, token: a.token}
			cells = cells[1:]
		}
		l.grid.cells[step] = row
	}
	l.grid.Done += (a.last - a.step) * (a.to - a.row)
	memory.Set(&u.State, l)
}
