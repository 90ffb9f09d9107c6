// Package draws is the feature that shows how the next token is drawn: what each filter leaves of the chances, where the random
// number falls, and how often each token comes in many draws.
package draws

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// name is that of the feature, of its mode, of its memory and of its property.
const name = "draws"

// forDraws is what the engine is asked for.
const forDraws feature.Purpose = name

// Usual is how many draws are counted at first.
const Usual = 1000

// Numbers are how many draws can be counted.
func Numbers() []int { return []int{10, 100, Usual, 10000} }

// What the reader does there.
type (
	// Toggled opens the view, and closes it.
	Toggled struct{}
	// Counted says how many draws are counted, one of Numbers.
	Counted struct{ N int }
)

// Leads tells that back goes to what stood there before.
func (Toggled) Leads() {}

// State is what is known of the draws.
type State struct {
	N      int // how many; 0: as many as usual
	Answer engine.Drawing
	Error  string // why there is none
	of     question

	at    place // where the reader was when it was opened
	asked question
}

// A question is all that draws depend on. The zero value is none.
type question struct{ run, n int }

// A place is where a reader is in the model.
type place struct {
	stage run.Stage
	panel string
}

func here(s *feature.State) place { return place{s.Stage, s.Panel} }

var memory = feature.MemoryOf[State](name)

// Of returns what a state knows.
func Of(s *feature.State) State { return memory.Get(s) }

// Count is how many draws are counted.
func (d State) Count() int {
	if d.N == 0 {
		return Usual
	}
	return d.N
}

// Fresh reports whether the answer is to what is asked.
func (d State) Fresh(s *feature.State) bool {
	return d.of != question{} && d.of == question{s.Applied, d.Count()}
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:    name,
		Handle:  handle,
		Settle:  settle,
		Forget:  func(s *feature.State) { memory.Set(s, State{N: Of(s).N}) },
		Replied: answer,
		Stays:   func(s *feature.State) bool { return Of(s).at == here(s) },
		Holds:   func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Told:    told,
		Properties: address.Table{{Name: name, Type: "choice", Placed: true, Allowed: say.Draws.Values(), Doc: say.Draws.Doc(),
			Check: func(v string) (string, error) { return v, check(v) }}},
		Link: func(s *feature.State, put func(property, value string)) {
			if s.Mode == name {
				put(name, strconv.Itoa(Of(s).Count()))
			}
		},
		Follow: follow,
		Escape: escape,
		Spoken: spoken,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Draws.Title(), Hint: say.Draws.ToolHint(), Order: 90, Go: Toggled{}, On: s.Mode == name}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 63, When: func(c *feature.Screen) bool { return c.State.Floor() == name },
				Build: func(c *feature.Screen) vugu.Builder { return &Panel{Screen: c} }},
			{Slot: feature.SlotSubject, Order: 25, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
		},
		Random: func(r *rand.Rand, _ *feature.State) []feature.Msg {
			return []feature.Msg{Toggled{}, Counted{append(Numbers(), 7)[r.IntN(5)]}}
		},
	}
}

func check(v string) error {
	if n, err := strconv.Atoi(v); v != "" && (err != nil || !slices.Contains(Numbers(), n)) {
		return errors.New(say.Draws.NoNumber(say.Draws.Values()))
	}
	return nil
}

// offers reports whether the reader is where the next token is drawn.
func offers(c *feature.Screen) bool {
	if c.Selected() {
		i, _ := c.State.Info(c.State.Panel)
		return i.Part == model.PartSample
	}
	return c.State.Stage == run.StageSample
}

func handle(u *feature.Change, m feature.Msg) (done bool) {
	switch m := m.(type) {
	case Toggled:
		if u.Mode == name {
			u.Mode = ""
			break
		}
		open(u)
	case Counted:
		if slices.Contains(Numbers(), m.N) {
			memory.Change(&u.State, func(d *State) { d.N = m.N })
		}
	default:
		return false
	}
	return true
}

// open shows the draws where the reader is.
func open(u *feature.Change) {
	u.Uncover()
	u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	memory.Change(&u.State, func(d *State) { d.at = here(&u.State) })
}

// follow opens it if a link says so, unless something stands in the place of the model.
func follow(u *feature.Change, l address.Link) {
	if u.Mode == name {
		u.Mode = ""
	}
	if n, err := strconv.Atoi(l.Value(name)); err == nil && !u.Covered() {
		handle(u, Counted{n})
		open(u)
	}
}

func escape(s *feature.State) feature.Msg {
	if s.Mode == name {
		return Toggled{}
	}
	return nil
}

func spoken(s *feature.State) string {
	if s.Mode != name {
		return ""
	}
	return say.Draws.Title()
}

// settle asks for the draws, once the run that the page shows is done.
func settle(u *feature.Change) {
	d := Of(&u.State)
	q := question{u.Applied, d.Count()}
	if u.Mode != name || u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || u.Waits(forDraws) || d.asked == q {
		return
	}
	d.asked, d.Error = q, ""
	if len(u.Tokens) == 0 {
		d.of, d.Answer = q, engine.Drawing{}
	} else {
		u.Ask(forDraws, engine.Request{Lab: &engine.Lab{Draws: &engine.Draws{N: q.n}}})
	}
	memory.Set(&u.State, d)
}

// answer takes over what was asked for. The page had it told before any later run, so it is of this one.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	if p != forDraws {
		return
	}
	memory.Change(&u.State, func(d *State) {
		if d.Error = r.Error; r.Lab != nil && r.Lab.Draws != nil {
			d.of, d.Answer = d.asked, *r.Lab.Draws
		}
	})
}

// told says what was drawn, and how often that came; "" while it is not known.
func told(s *feature.State) string {
	d := Of(s)
	if s.Mode != name || !d.Fresh(s) || len(d.Answer.Tokens) == 0 {
		return ""
	}
	t := d.Answer.Tokens[d.Answer.Drawn]
	if s.Sampling.Temperature == 0 {
		return say.Draws.Greedy(t.Text)
	}
	return say.Draws.Told(say.Brief(d.Answer.Random), t.Text) + " " + say.Draws.ToldCame(d.of.n, t.Text, t.Count, say.Percent(t.Sampled))
}
