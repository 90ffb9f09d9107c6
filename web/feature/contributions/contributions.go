// Package contributions is the feature that takes a logit, or the difference of two, apart: what each head, bias and feed-forward
// network adds to it.
package contributions

import (
	"maps"
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "contributions"

// State is what is taken apart, and where the reader looks.
type State struct {
	On      bool // the parts stand there, or would if there was room
	Row     int  // after this token; −1: the last
	Token   int  // A; −1: the most likely
	Against int  // B; −1: the most likely but A
	Alone   bool // there is no B: the logit of A itself
	Sorted  bool // by size, rather than in the order of the network
	Part    string
	Block   int // of a large model, the one whose heads stand apart; −1: the one that adds most

	step    string // of the stream, at which another tool looks; "" none
	find    string // the token that is looked for; "" none
	against bool   // it is to be B

	next    []engine.Ranked // the most likely tokens there, and those that were found
	nextOf  query
	parts   *engine.Attribution // nil: not here yet
	partsOf query
	inside  *engine.Attribution // the neurons of a feed-forward network
	insOf   query
	asked   map[feature.Purpose]query
	fault   string
}

// A query is what decides which numbers have to be here.
type query struct{ run, row, token, against, block int }

var memory = feature.MemoryOf[State](name)

// fresh is the state before anything is asked.
func fresh() State { return State{Row: -1, Token: -1, Against: -1, Block: -1} }

// Of returns what is taken apart in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// What the reader does there.
type (
	// Toggled opens the parts, or puts them away.
	Toggled struct{}
	// TokenPicked takes another A, or B.
	TokenPicked struct {
		ID      int
		Against bool
	}
	// AlonePicked takes the logit of A itself.
	AlonePicked struct{}
	// RowPicked looks behind another token.
	RowPicked struct{ Row int }
	// Sought looks for a token, to be A or B.
	Sought struct {
		Text    string
		Against bool
	}
	// Sorted puts the parts in order of size, or of the network.
	Sorted struct{ On bool }
	// PartChosen looks at a part; at the same one again: at none.
	PartChosen struct{ Name string }
	// BlockOpened has the heads of a block of a large model stand apart.
	BlockOpened struct{ Block int }
)

// Leads tells that the parts are another place.
func (Toggled) Leads() {}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       name,
		Handle:     handle,
		Settle:     settle,
		Forget:     func(s *feature.State) { memory.Set(s, fresh()) },
		Replied:    answer,
		Covers:     true,
		Holds:      func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Told:       told,
		Spot:       spot,
		Needs:      needs,
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Escape:     escape,
		Spoken:     spoken,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Contributions.Tool(), Hint: say.Contributions.ToolHint(), Order: 30, Go: Toggled{}, On: Shown(s)}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 48, When: isShown, Build: func(c *feature.Screen) vugu.Builder { return &Chart{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 54, When: isShown, Build: func(c *feature.Screen) vugu.Builder { return &Detail{Screen: c} }},
		},
		Random: random,
	}
}

// Shown reports whether the parts stand there: in the place of the model, or below what does and leaves room.
func Shown(s *feature.State) bool { return s.Mode == name || Of(s).On && s.Beside() }

func isShown(c *feature.Screen) bool { return Shown(c.State) }

func spot(s *feature.State) string {
	if !Shown(s) {
		return ""
	}
	return name + " " + Of(s).Part
}

func escape(s *feature.State) feature.Msg {
	switch {
	case !Shown(s):
		return nil
	case Of(s).Part != "":
		return PartChosen{Of(s).Part}
	}
	return Toggled{}
}

func spoken(s *feature.State) string {
	if s.Mode != name {
		return ""
	}
	return say.Contributions.Spoken()
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	pick := func(n int) int { return r.IntN(n+2) - 1 }
	part := ""
	if a := Of(s).parts; a != nil && len(a.Parts) > 0 {
		part = a.Parts[r.IntN(len(a.Parts))].Name
	}
	return []feature.Msg{Toggled{}, TokenPicked{pick(s.Config.Vocab), r.IntN(2) == 0}, AlonePicked{}, RowPicked{pick(len(s.Tokens))},
		Sought{[]string{"", "A", "zzz"}[r.IntN(3)], r.IntN(2) == 0}, Sorted{r.IntN(2) == 0}, PartChosen{part}, BlockOpened{pick(s.Config.Blocks)},
		feature.WhyAsked{Token: pick(s.Config.Vocab), Against: pick(s.Config.Vocab)}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		toggle(u)
	case feature.WhyAsked:
		if m.Token < u.Config.Vocab && m.Against < u.Config.Vocab {
			open(u)
			change(u, func(w *State) { w.Token, w.Against, w.Alone = m.Token, m.Against, false })
		}
	case feature.PlaceChosen:
		change(u, func(w *State) {
			if w.step = m.Step; w.Row != m.Row {
				w.Row, w.Token, w.Against = m.Row, -1, -1
			}
		})
		return false
	default:
		return handleParts(u, m)
	}
	return true
}

func handleParts(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case TokenPicked:
		pickToken(u, m.ID, m.Against)
	case AlonePicked:
		change(u, func(w *State) { w.Alone = true })
	case RowPicked:
		if m.Row < len(u.Tokens) {
			change(u, func(w *State) { w.Row, w.Token, w.Against = max(m.Row, -1), -1, -1 })
		}
	case Sought:
		u.Drop(forToken) // what is found for another text
		change(u, func(w *State) {
			w.find, w.against, w.asked = feature.UpTo(feature.Valid(m.Text), mostFind), m.Against, maps.Clone(w.asked)
			delete(w.asked, forToken)
		})
	case Sorted:
		change(u, func(w *State) { w.Sorted = m.On })
	case PartChosen:
		change(u, func(w *State) {
			if w.Part == m.Name {
				m.Name = ""
			}
			w.Part = m.Name
		})
	case BlockOpened:
		if m.Block < u.Config.Blocks {
			change(u, func(w *State) { w.Block, w.Part = m.Block, "" })
		}
	default:
		return false
	}
	return true
}

// mostFind is the longest text that is looked for, in bytes.
const mostFind = 200

func change(u *feature.Change, by func(w *State)) { memory.Change(&u.State, by) }

func toggle(u *feature.Change) {
	if !Shown(&u.State) {
		open(u)
		return
	}
	change(u, func(w *State) { w.On = false })
	if u.Mode == name {
		u.Uncover()
		u.Frame()
	}
}

// open shows the parts, below what stands in the place of the model if there is room, or else in its place.
func open(u *feature.Change) {
	if Shown(&u.State) {
		return
	}
	if !u.Beside() {
		row := u.TokenInUse()
		if row == len(u.Tokens)-1 {
			row = -1
		}
		u.Cover(name)
		change(u, func(w *State) { w.Row, w.step = row, "" })
	}
	change(u, func(w *State) { w.On, w.Token, w.Against, w.Alone, w.Part, w.Block = true, -1, -1, false, "", -1 })
}

// pickToken takes another A or B. If it is the other one already, they change places.
func pickToken(u *feature.Change, id int, against bool) {
	if id < 0 || id >= u.Config.Vocab {
		return
	}
	a, b := pair(&u.State)
	change(u, func(w *State) {
		w.Token, w.Against = a, b
		switch {
		case against && id == a:
			w.Token, w.Against = b, a
		case against:
			w.Against = id
		case id == b:
			w.Token, w.Against = b, a
		default:
			w.Token = id
		}
		if against {
			w.Alone = false
		}
	})
}

// rowOf returns after which token the parts are, of the text that has run.
func rowOf(s *feature.State) int {
	row, last := Of(s).Row, len(s.Tokens)-1
	if row < 0 || row > last {
		return last
	}
	return row
}

// pair returns A and B; −1: not known yet, or, of B, there is none.
func pair(s *feature.State) (a, b int) {
	w := Of(s)
	a, b = w.Token, w.Against
	if w.nextOf.run == 0 && a < 0 {
		return -1, -1
	}
	for _, r := range w.next {
		if a < 0 {
			a = r.ID
		}
		if b < 0 && r.ID != a {
			b = r.ID
		}
	}
	if w.Alone {
		b = -1
	}
	return a, b
}

// ready reports whether A and B are known.
func ready(s *feature.State) bool {
	a, b := pair(s)
	return a >= 0 && (b >= 0 || Of(s).Alone || s.Config.Vocab == 1)
}
