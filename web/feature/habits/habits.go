// Package habits is the feature that says what each attention head looks at: the token before, one that is the same, the one
// behind that, or the first of all.
package habits

import (
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "habits"

// forScores is what the engine is asked for.
const forScores feature.Purpose = name

// usualHalf is how many random tokens are repeated at first, and mostHalf how many can be: a run of twice as many is made.
const usualHalf, mostHalf = 24, 256

// A By says by which score the heads stand in the table, the largest first; "" in the order of the model.
type By string

// The scores.
const (
	ByHead      By = ""
	ByPrevious  By = "previous"
	ByDuplicate By = "duplicate"
	ByInduction By = "induction"
	BySink      By = "sink"
)

// kinds lists what a head can look at.
func kinds() []By { return []By{ByPrevious, ByDuplicate, ByInduction, BySink} }

// What the reader does there.
type (
	// Toggled opens the view, and closes it.
	Toggled struct{}
	// Asked says on which text the heads are looked at: Half random tokens, twice, or, if it is 0, the reader's own.
	Asked struct {
		Half int
		Seed uint64
	}
	// Sorted says in which order they stand.
	Sorted struct{ By By }
	// Turned turns the table to a page, counted from 0.
	Turned struct{ Page int }
)

// Leads tells that back goes to what stood there before.
func (Toggled) Leads() {}

// State is what is known of the heads.
type State struct {
	Own  bool   // the text is the reader's own
	Half int    // how many random tokens are repeated; 0: as many as usual
	Seed uint64 // less 1, so that a new state begins with 1
	By   By
	Page int

	Answer engine.HeadScores // the last one
	IDs    []int             // of the text that it is about
	Error  string            // why there is none
	of     question          // that it answers

	at    place    // where the reader was when it was opened
	asked question // last
}

// A question is all that scores depend on. The zero value is none.
type question struct {
	run  int // whose text it is; 0: tokens are random
	half int
	seed uint64
}

// A place is where a reader is in the model.
type place struct {
	stage run.Stage
	panel string
}

func here(s *feature.State) place { return place{s.Stage, s.Panel} }

var memory = feature.MemoryOf[State](name)

// Of returns what a state knows.
func Of(s *feature.State) State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   name,
		Handle: handle,
		Settle: settle,
		Forget: func(s *feature.State) {
			h := Of(s)
			memory.Set(s, State{Own: h.Own, Half: h.Half, Seed: h.Seed, By: h.By})
		},
		Replied:    answer,
		Stays:      func(s *feature.State) bool { return Of(s).at == here(s) },
		Holds:      func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Told:       told,
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Escape:     escape,
		Spoken:     spoken,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Habits.Tool(), Hint: say.Habits.ToolHint(), Order: 50, Go: Toggled{}, On: s.Mode == name}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 61, When: func(c *feature.Screen) bool { return c.State.Floor() == name },
				Build: func(c *feature.Screen) vugu.Builder { return &Table{Screen: c} }},
			{Slot: feature.SlotSubject, Order: 15, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
		},
		Random: random,
	}
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	return []feature.Msg{Toggled{}, Asked{[]int{0, 1, 3, 900}[r.IntN(4)], r.Uint64N(3)}, Sorted{append(kinds(), ByHead, "x")[r.IntN(6)]}, Turned{r.IntN(4) - 1}}
}

// offers reports whether the reader is where tokens look at one another.
func offers(c *feature.Screen) bool {
	if c.Selected() {
		i, _ := c.State.Info(c.State.Panel)
		return i.Head >= 0 && i.Kind != model.KindWeight
	}
	_, part, ok := c.State.Stage.Block()
	return ok && part == model.PartAttention
}

func handle(u *feature.Change, m feature.Msg) (done bool) {
	h := Of(&u.State)
	switch m := m.(type) {
	case Toggled:
		if u.Mode == name {
			u.Mode = ""
			return true
		}
		open(u)
		return true
	case Asked:
		h.Own, h.Seed = m.Half == 0, m.Seed-1
		if m.Half > 0 {
			h.Half = min(max(m.Half, 2), mostOf(&u.State))
		}
	case Sorted:
		if h.Page = 0; m.By == ByHead || slices.Contains(kinds(), m.By) {
			h.By = m.By
		}
	case Turned:
		h.Page = max(m.Page, 0)
	default:
		return false
	}
	memory.Set(&u.State, h)
	return true
}

// open shows the heads where the reader is.
func open(u *feature.Change) {
	u.Uncover()
	u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	memory.Change(&u.State, func(h *State) { h.at = here(&u.State) })
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
	return say.Habits.Title()
}

// mostOf is how many random tokens can be repeated in the context of a model.
func mostOf(s *feature.State) int { return max(2, min(mostHalf, s.Config.Context/2)) }

// Tokens returns how many random tokens are repeated.
func (h State) Tokens(s *feature.State) int {
	if h.Half == 0 {
		return min(usualHalf, mostOf(s))
	}
	return min(h.Half, mostOf(s))
}

// question returns what is to be asked.
func (h State) question(s *feature.State) question {
	if h.Own {
		return question{run: s.Applied}
	}
	return question{half: h.Tokens(s), seed: h.Seed + 1}
}

// Fresh reports whether the scores are those that are asked for.
func (h State) Fresh(s *feature.State) bool { return h.of != question{} && h.of == h.question(s) }

// settle asks for the scores, once the run that the page shows is done.
func settle(u *feature.Change) {
	h := Of(&u.State)
	q := h.question(&u.State)
	if u.Mode != name || u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || u.Waits(forScores) || h.asked == q {
		return
	}
	h.asked, h.Error = q, ""
	if h.Own && len(u.Tokens) == 0 {
		h.of, h.Answer, h.IDs = q, engine.HeadScores{}, nil
	} else {
		u.Ask(forScores, engine.Request{Lab: &engine.Lab{Heads: &engine.Heads{Half: q.half, Seed: q.seed}}})
	}
	memory.Set(&u.State, h)
}

// answer takes over what was asked for. The page had it told before any later run, so these are still the tokens.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	if p != forScores {
		return
	}
	memory.Change(&u.State, func(h *State) {
		if h.Error = r.Error; r.Lab == nil || r.Lab.Heads == nil {
			return
		}
		h.of, h.Answer, h.IDs, h.Page = h.asked, *r.Lab.Heads, nil, 0
		for _, w := range h.Answer.Half {
			h.IDs = append(h.IDs, w.ID)
		}
		h.IDs = append(h.IDs, h.IDs...)
		for _, t := range u.Tokens {
			if h.of.run != 0 {
				h.IDs = append(h.IDs, t.ID)
			}
		}
	})
}
