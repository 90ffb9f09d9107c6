// Package lens is the feature that asks what the model would say if it stopped earlier: the logit lens, a grid of layers and tokens
// in the place of the model.
package lens

import (
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "lens"

// State is the grid, and where the reader looks.
type State struct {
	Step  int    // of the stream, counted from 0; −1: the last
	Row   int    // the token; −1: the last
	Token int    // whose rank is plotted; −1: what the model says in the end
	Find  string // the token that is looked for; "" none

	grid grid
}

// opened is the state of a grid that has just been opened.
func opened(g grid) State { return State{Step: -1, Row: -1, Token: -1, grid: g} }

var memory = feature.MemoryOf[State](name)

// Of returns what is looked at in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// What the reader does there.
type (
	// Toggled opens the grid, or goes back to the model.
	Toggled struct{}
	// Chosen looks at a place of the grid: a step of the stream, and a token.
	Chosen struct{ Step, Row int }
	// Moved looks at the one beside it, where an arrow key led. Such moves make no entries in the history.
	Moved struct{ Step, Row int }
	// TokenChosen plots the rank of a token; of the one that is plotted: of what the model says in the end.
	TokenChosen struct{ ID int }
	// Sought looks for a token by its text or id, and plots its rank.
	Sought struct{ Text string }
	// Scrolled says which rows of the grid are in view.
	Scrolled struct{ First, Last int }
	// Paused stops the computing, or goes on with it.
	Paused struct{ On bool }
	// Completed computes the rows that are not in view, too.
	Completed struct{}
	// Ticked is sent while the grid is computed. Turn tells one computing from the next.
	Ticked struct{ Turn int }
)

// Leads tells that the grid is another place.
func (Toggled) Leads() {}

// Leads tells that a place of the grid is another one.
func (Chosen) Leads() {}

// Silent tells that the reader did nothing but look.
func (Scrolled) Silent() {}

// Silent tells that time passed.
func (Ticked) Silent() {}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       name,
		Handle:     handle,
		Settle:     settle,
		Forget:     func(s *feature.State) { memory.Set(s, opened(grid{})) },
		Replied:    answer,
		Covers:     true,
		Beside:     true,
		Holds:      holds,
		Told:       told,
		Spot:       func(s *feature.State) string { return feature.Choose(s.Mode == name, name, "") },
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Escape:     escape,
		Spoken:     spoken,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Lens.Tool(), Hint: say.Lens.ToolHint(), Order: 20, Go: Toggled{}, On: s.Mode == name}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 46, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Grid{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 52, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Place{Screen: c} }},
		},
		Random: random,
	}
}

func isOpen(c *feature.Screen) bool { return c.State.Mode == name }

func holds(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() }

func escape(s *feature.State) feature.Msg {
	if s.Mode == name {
		return Toggled{}
	}
	return nil
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	pick := func(n int) int { return r.IntN(n+2) - 1 }
	return []feature.Msg{Toggled{}, Chosen{pick(12), pick(len(s.Tokens))}, Moved{pick(12), pick(len(s.Tokens))}, TokenChosen{pick(s.Config.Vocab)},
		Sought{[]string{"", "A", "zzz", "1"}[r.IntN(4)]}, Scrolled{pick(8), pick(30)}, Paused{r.IntN(2) == 0}, Completed{}, Ticked{r.IntN(3)}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		toggle(u)
	case Chosen:
		look(u, m.Step, m.Row)
	case Moved:
		look(u, m.Step, m.Row)
	case TokenChosen:
		chooseToken(u, m.ID)
	case Sought:
		u.Drop(forToken) // what is found for another text
		memory.Change(&u.State, func(l *State) { l.Find = feature.UpTo(feature.Valid(m.Text), mostFind) })
	case Scrolled:
		memory.Change(&u.State, func(l *State) { l.grid.first, l.grid.last = max(m.First, 0), max(m.Last, 0) })
	case Paused:
		memory.Change(&u.State, func(l *State) { l.grid.Pause(m.On) })
	case Completed:
		memory.Change(&u.State, func(l *State) { l.grid.all, l.grid.Paused = true, false })
	case Ticked:
		tick(u, m.Turn)
	default:
		return false
	}
	return true
}

// mostFind is the longest text that is looked for, in bytes.
const mostFind = 200

func toggle(u *feature.Change) {
	if u.Mode == name {
		u.Uncover()
		u.Frame()
		return
	}
	g := Of(&u.State).grid
	u.Cover(name)
	memory.Set(&u.State, opened(g))
	tell(u)
}

// look goes to a place of the grid.
func look(u *feature.Change, step, row int) {
	if u.Mode != name || step < 0 || row < 0 || step >= len(streams(&u.State)) || row >= len(u.Tokens) {
		return
	}
	memory.Change(&u.State, func(l *State) { l.Step, l.Row = step, row })
	tell(u)
}

// tell lets the other tools know where the reader looks.
func tell(u *feature.Change) {
	at, all := At(&u.State), streams(&u.State)
	if at.Step >= 0 && at.Step < len(all) {
		u.Handle(feature.PlaceChosen{Row: Of(&u.State).Row, Step: all[at.Step]})
	}
}

// chooseToken plots the rank of another token.
func chooseToken(u *feature.Change, id int) {
	if id >= u.Config.Vocab {
		return
	}
	memory.Change(&u.State, func(l *State) {
		if l.Token == id || id < 0 {
			id = -1
		}
		l.Token, l.Find = id, ""
	})
}

// A Spot is a place of the grid.
type Spot struct{ Step, Row int }

// At returns the place at which the reader looks, of the text that has run.
func At(s *feature.State) Spot {
	l, last, end := Of(s), len(streams(s))-1, len(s.Tokens)-1
	if l.Step < 0 || l.Step > last {
		l.Step = last
	}
	if l.Row < 0 || l.Row > end {
		l.Row = end
	}
	return Spot{l.Step, l.Row}
}

// settle keeps the grid true to the text that has run, and asks for what it lacks.
func settle(u *feature.Change) {
	if u.Mode != name {
		return
	}
	renew(u)
	if u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || len(u.Tokens) == 0 {
		return
	}
	seek(u)
	fetch(u)
}

// The purposes of its requests.
const (
	forCells feature.Purpose = "lens.cells"
	forToken feature.Purpose = "lens.token"
)

// seek asks for the token that is looked for.
func seek(u *feature.Change) {
	if find := Of(&u.State).Find; find != "" && !u.Waits(forToken) {
		u.Ask(forToken, engine.Request{Rank: &engine.Rank{To: 1, Find: find, Back: len(u.Tokens) - 1 - At(&u.State).Row}})
	}
}

// answer takes over what was asked for.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	switch {
	case p == forCells:
		fill(u, r)
	case p == forToken:
		found(u, r)
	}
}

// found plots the rank of the token that was looked for, or says that there is none.
func found(u *feature.Change, r engine.Reply) {
	find := Of(&u.State).Find
	memory.Change(&u.State, func(l *State) { l.Find = "" })
	switch {
	case find == "":
	case r.Ranking == nil || len(r.Ranking.Found) == 0:
		u.AddNotice(say.Lens.NoToken(find))
	default:
		id := r.Ranking.Found[0].ID
		memory.Change(&u.State, func(l *State) { l.Token = id })
	}
}

func spoken(s *feature.State) string {
	if s.Mode != name {
		return ""
	}
	at := At(s)
	if cell, ok := Of(s).grid.at(at); ok && len(cell.Top) > 0 {
		return say.Lens.SpokenCell(where(s, at.Step), s.TokenName(at.Row), cell.Top[0].Text, say.Percent(cell.Top[0].Probability))
	}
	return say.Lens.Spoken()
}
