// Package flow is the feature that watches the model compute: its numbers come one after another, as
// the run computed them.
package flow

import (
	"fmt"
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/flow"
)

// State is how far the computation is watched.
type State struct {
	On      bool
	At      float64 // seconds of the timeline
	Playing bool
	Pace    float64 // seconds of the timeline in a second; 0 stands for 1
	Writing bool    // at its end it writes the drawn token

	line   *flow.Timeline
	of     run.Input // what it shows being computed
	tokens int
	run    int       // whose steps they are
	rested float64   // where the reader last put it, for the link
	shown  shown     // what the scene was told
	lead   bool      // it is to be told that the camera follows
	wanted string    // of a link, until a run has its step
	sought run.Stage // to whose beginning it goes, once the reader is there
}

// shown is what the scene was told.
type shown struct {
	line     *flow.Timeline
	at, rate float64
}

var memory = feature.MemoryOf[State]("flow")

// Of returns what is watched in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// What the reader does with it, and what the scene tells.
type (
	// Toggled begins to watch, or stops.
	Toggled struct{}
	// Played lets it run, or holds it.
	Played struct{}
	// Sought goes to a moment, in seconds.
	Sought struct{ At float64 }
	// Stepped goes to the end of the step that is so many steps away, and holds there.
	Stepped struct{ By int }
	// Paced changes the speed: one of Paces.
	Paced struct{ Pace float64 }
	// Written runs to the end, where the drawn token drops into the text.
	Written struct{}
	// Moved says how far it has run.
	Moved struct{ At float64 }
)

// Leads tells that back ends the watching.
func (Toggled) Leads() {}

// Silent tells that the scene runs by itself.
func (Moved) Silent() {}

// Show shows the computation in the scene; without a timeline everything is there.
type Show struct {
	Line     *flow.Timeline
	At, Rate float64
	Lead     bool // the camera follows
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       "flow",
		Touched:    touched,
		Handle:     handle,
		Settle:     settle,
		Forget:     forget,
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Lacks:      lacks,
		Keys: []feature.Key{
			{Key: "w", Label: "W", Does: say.Flow.WatchKeyDoes(), Msg: feature.Always(Toggled{})},
			{Key: " ", Label: say.Flow.PlayKey(), Does: say.Flow.PlayKeyDoes(), Msg: space},
		},
		Replays: func(s *feature.State) bool { return Of(s).On },
		Escape:  escape,
		Spoken:  spoken,
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 50, When: isOn, Build: func(c *feature.Screen) vugu.Builder { return &Bar{Screen: c} }},
			{Slot: feature.SlotStages, Order: 10, Build: func(c *feature.Screen) vugu.Builder { return &Watch{Screen: c} }},
		},
		Random: random,
		Check:  check,
	}
}

func isOn(c *feature.Screen) bool { return Of(c.State).On }

// space plays or holds what is watched; otherwise the space bar is the page's.
func space(s *feature.State) feature.Msg {
	if !Of(s).On {
		return nil
	}
	return Played{}
}

// escape stops watching, unless the reader looks at a panel or a number meanwhile.
func escape(s *feature.State) feature.Msg {
	if Of(s).On && s.Cell == nil && s.Panel == "" {
		return Toggled{}
	}
	return nil
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	return []feature.Msg{Toggled{}, Toggled{}, Played{}, Sought{r.Float64()*80 - 5}, Stepped{r.IntN(4) - 2}, Written{},
		Paced{[]float64{0, 0.25, 1, 4}[r.IntN(4)]}, Moved{r.Float64()*80 - 5}, Moved{1e9}}
}

// check holds the moment to the timeline.
func check(s *feature.State) error {
	f := Of(s)
	if line := f.Timeline(); f.On && (line == nil || len(line.Beats) == 0 || !(f.At >= 0 && f.At <= line.Length)) {
		return fmt.Errorf("it is at %v of %v", f.At, line)
	}
	return nil
}

// Paces returns the speeds.
func Paces() []float64 { return []float64{0.25, 0.5, 1, 2, 4} }

// Speed returns how many seconds of the timeline pass in a second.
func (f State) Speed() float64 {
	if f.Pace == 0 {
		return 1
	}
	return f.Pace
}

// Timeline returns what is watched; nil: nothing is.
func (f State) Timeline() *flow.Timeline {
	if !f.On {
		return nil
	}
	return f.line
}

// CanWatch reports whether there is a run to be watched.
func CanWatch(s *feature.State) bool {
	return s.Applied != 0 && len(s.Tokens) > 0 && s.TextError == "" && s.Ran.Equal(s.Input())
}

// closed returns what is left of it when it is not watched any more.
func (f State) closed() State { return State{Pace: f.Pace, shown: f.shown} }

func forget(s *feature.State) { memory.Change(s, func(f *State) { *f = f.closed() }) }

// touched drops what a link wants to be watched, for the reader is at something else by now.
func touched(s *feature.State) {
	if Of(s).wanted != "" {
		memory.Change(s, func(f *State) { f.wanted = "" })
	}
}

func handle(u *feature.Change, m feature.Msg) (done bool) {
	switch m := m.(type) {
	case feature.StageChosen:
		if Of(&u.State).On {
			memory.Change(&u.State, func(f *State) { f.sought = m.Stage })
		}
		return false
	case Toggled, Played, Sought, Stepped, Paced, Written, Moved:
		memory.Change(&u.State, func(f *State) { f.heard(u, m) })
		return true
	}
	return false
}
