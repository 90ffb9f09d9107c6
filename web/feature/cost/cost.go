// Package cost is the feature that shows what the run on the page costs, step by step: learned numbers, operations, bytes and time, as
// areas and as a table; and what it saves that keys and values are kept from one token to the next.
package cost

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is what is shown, and what is known.
type State struct {
	Measure Measure // what areas and shares are of
	Last    bool    // for the last token, with what is kept of those before; else for the whole text, computed anew
	Block   int     // that is opened, counted from 1; 0: none, the whole model is there
	Sort    Column  // by which the table is sorted
	All     bool    // all rows of the table are there

	Running bool   // the text is being computed anew
	Error   string // why there are no costs, or why the text can't be computed anew; "" there is nothing wrong

	costs *engine.Costs // of the run of; nil: not known yet
	known int           // the run that they are of
	of    int           // the run that was asked about; 0: none
	asked bool          // the reader had the text computed anew, and wants to wait for that
}

// What the reader does.
type (
	// Toggled opens or closes the tool.
	Toggled struct{}
	// Measured chooses what areas and shares are of.
	Measured struct{ By Measure }
	// Counted chooses whether the last token is counted alone.
	Counted struct{ Last bool }
	// Opened opens a block, counted from 1; 0 the whole model.
	Opened struct{ Block int }
	// Sorted sorts the table by a column, or, if it is sorted so, by the order of the network.
	Sorted struct{ By Column }
	// Listed shows all rows of the table.
	Listed struct{}
	// Renewed has the text computed anew; Stopped makes an end of that.
	Renewed struct{}
	Stopped struct{}
)

// Leads tells that the tool is another place.
func (Toggled) Leads() {}

// Leads tells that a block is another place.
func (Opened) Leads() {}

const mode = "cost"

var memory = feature.MemoryOf[State](mode)

const purpose feature.Purpose = mode

// Of returns what is shown of a state.
func Of(s *feature.State) State {
	f := memory.Get(s)
	if f.Measure == "" {
		f.Measure = Operations
	}
	return f
}

// Open reports whether the tool is open.
func Open(s *feature.State) bool { return s.Mode == mode }

// Feature returns the feature.
func Feature() feature.Feature {
	isOpen := func(c *feature.Screen) bool { return Open(c.State) }
	return feature.Feature{
		Name:       mode,
		Handle:     handle,
		Settle:     settle,
		Forget:     func(s *feature.State) { memory.Set(s, State{Measure: Of(s).Measure, Last: Of(s).Last}) },
		Replied:    answer,
		Covers:     true,
		Holds:      func(s *feature.State) bool { return Open(s) && !s.Host.Bare() },
		Told:       told,
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Lacks: func(s *feature.State, l address.Link) (what, name string) {
			if n, _ := strconv.Atoi(l.Value("costblock")); n > s.Config.Blocks {
				return say.Cost.Block(), l.Value("costblock")
			}
			return "", ""
		},
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Cost.Title(), Hint: say.Cost.Hint(), Order: 65, Go: Toggled{}, On: Open(s)}}
		},
		Escape: escape,
		Spoken: func(s *feature.State) string {
			if Open(s) {
				return say.Cost.Title()
			}
			return ""
		},
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 34, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Map{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 58, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Panel{Screen: c} }},
		},
		Random: func(r *rand.Rand, s *feature.State) []feature.Msg {
			return []feature.Msg{Toggled{}, Measured{Measures()[r.IntN(4)]}, Measured{"x"}, Counted{r.IntN(2) == 0}, Opened{r.IntN(6) - 1},
				Sorted{Columns()[r.IntN(len(Columns()))]}, Listed{}, Renewed{}, Stopped{}}
		},
	}
}

// escape closes a block, and then the tool.
func escape(s *feature.State) feature.Msg {
	switch {
	case !Open(s):
		return nil
	case Of(s).Block > 0:
		return Opened{}
	}
	return Toggled{}
}

// last is what a link says where the last token is counted alone.
const last = "last"

func properties() address.Table {
	one := func(allowed ...string) func(v string) (string, error) {
		return func(v string) (string, error) {
			if v != "" && !slices.Contains(allowed, v) {
				return "", errors.New(say.Cost.Unknown(v, allowed))
			}
			return v, nil
		}
	}
	var measures []string
	for _, m := range Measures() {
		measures = append(measures, string(m))
	}
	return address.Table{
		{Name: "cost", Type: "choice", Allowed: strings.Join(measures, ", "), Doc: say.Cost.MeasureDoc(), Placed: true, Check: one(measures...)},
		{Name: "costof", Type: "choice", Allowed: last, Doc: say.Cost.OfDoc(), Needs: "cost", Check: one(last)},
		{Name: "costblock", Type: "whole number", Allowed: say.Cost.BlockValues(), Doc: say.Cost.BlockDoc(), Needs: "cost",
			Check: func(v string) (string, error) {
				n, err := address.ParseInt(feature.Choose(v == "", "0", v), model.MaxBlocks)
				return feature.Choose(n == 0, "", strconv.Itoa(n)), err
			}},
	}
}

func link(s *feature.State, put func(property, value string)) {
	if f := Of(s); Open(s) {
		put("cost", string(f.Measure))
		put("costof", feature.Choose(f.Last, last, ""))
		put("costblock", feature.Choose(f.Block == 0, "", strconv.Itoa(f.Block)))
	}
}

func follow(u *feature.Change, l address.Link) {
	m := Measure(l.Value("cost"))
	if m == "" {
		return
	}
	open(u)
	memory.Change(&u.State, func(f *State) {
		f.Measure, f.Last, f.All = m, l.Value("costof") == last, false
		f.Block, _ = strconv.Atoi(l.Value("costblock"))
		if f.Block > u.Config.Blocks {
			u.AddNotice(say.Cost.NoBlock(f.Block))
			f.Block = 0
		}
	})
}

// open shows the map, of which a sheet over the scene leaves as much as it can.
func open(u *feature.Change) {
	u.Cover(mode)
	if !u.Guided() { // else a text is to be read
		u.Sheet = feature.SheetPeek
	}
}

func handle(u *feature.Change, m feature.Msg) bool {
	f := Of(&u.State)
	switch m := m.(type) {
	case Toggled:
		if Open(&u.State) {
			f.Running = false
			u.Uncover()
			u.Frame()
		} else {
			open(u)
		}
	case Measured:
		if slices.Contains(Measures(), m.By) {
			f.Measure = m.By
		}
	case Counted:
		f.Last = m.Last
	case Opened:
		if m.Block >= 0 && m.Block <= u.Config.Blocks {
			f.Block, f.All = m.Block, false
		}
	case Sorted:
		f.Sort = m.By
		if Of(&u.State).Sort == m.By {
			f.Sort = ByOrder
		}
	case Listed:
		f.All = true
	case Renewed:
		f.Running, f.asked = f.costs != nil, true
	case Stopped:
		if f.Running {
			u.Drop(purpose)
		}
		f.Running = false
	default:
		return false
	}
	memory.Set(&u.State, f)
	return true
}

// settle asks for the costs of the run that is on the page now, and for the next piece of what is computed anew.
func settle(u *feature.Change) {
	f := Of(&u.State)
	if !Open(&u.State) || len(u.Tokens) == 0 && u.Applied != 0 {
		if f.of != 0 {
			f.Running, f.Error, f.costs, f.of = false, "", nil, 0
			memory.Set(&u.State, f)
		}
		return
	}
	if u.Phase != feature.Ready || u.Applied == 0 || u.Suspended() || u.Waits(purpose) || u.Waits(feature.ForRun) {
		return
	}
	switch {
	case f.of != u.Applied:
		f.of, f.Running, f.Error, f.asked = u.Applied, false, "", false
		memory.Set(&u.State, f)
		u.Ask(purpose, engine.Request{Lab: &engine.Lab{Cost: &engine.Cost{}}})
	case f.Running:
		u.Ask(purpose, engine.Request{Lab: &engine.Lab{Cost: &engine.Cost{Anew: f.next(len(u.Tokens))}}})
	}
}

// answer takes over what the engine says.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	f := Of(&u.State)
	if p != purpose || f.of != u.Applied {
		return
	}
	switch {
	case r.Lab == nil || r.Lab.Cost == nil:
		f.Error, f.Running = r.Error, false
	case r.Lab.Cost.Anew == 0:
		f.costs, f.known = r.Lab.Cost, f.of
		f.Running = f.quick()
	case f.Running:
		if f.costs = r.Lab.Cost; f.Renewed() {
			f.Running = false
			if f.asked {
				u.Notice = f.SameText()
			}
		} else if f.Done() >= len(u.Tokens) {
			f.Running = false // of another text: asking on would never end
		}
	}
	memory.Set(&u.State, f)
}

// About so many operations take a browser a millisecond, on an ordinary machine; so many may be done without being asked for, and so
// many in one piece.
const (
	perMilli  = 1_000_000
	unasked   = 250 * perMilli
	mostPiece = 1000 * perMilli
)

// work counts the operations of the whole text.
func (f State) work() (n int) {
	if f.costs == nil {
		return 0
	}
	for _, c := range f.costs.All {
		n += c.FLOPs
	}
	return n
}

// quick reports whether the text is computed anew before a reader notices.
func (f State) quick() bool { return f.work() <= unasked }

// next returns up to which row of T the text is computed anew next.
func (f State) next(T int) int {
	rows := max(1, T*mostPiece/max(1, f.work()))
	done := f.Done()
	if done >= T {
		done = 0
	}
	return min(T, done+rows)
}

// Done is how many rows were computed anew.
func (f State) Done() int {
	if f.costs == nil {
		return 0
	}
	return f.costs.Anew
}

// Renewed reports whether all of them were, and so the times are known.
func (f State) Renewed() bool { return f.costs != nil && f.costs.Same.Of > 0 }

// SameText says whether the same numbers came out; "" as long as that is not known.
func (f State) SameText() string {
	if !f.Renewed() {
		return ""
	}
	same := f.costs.Same
	if same.Equal == same.Of {
		return say.Cost.AllSame(same.Of)
	}
	return say.Cost.SomeSame(same.Equal, same.Of)
}
