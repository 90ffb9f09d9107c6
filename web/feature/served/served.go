// Package served is the feature of a page whose engine is a program on this machine, gpt serve: it says what that does, shows how far
// it is, and that the way to it is broken, and keeps everything until it is there again.
package served

import (
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// State is what the page knows of the program.
type State struct {
	Hello   *engine.Hello  // nil: the engine is none of its own
	Reading engine.Reading // while it reads the model; else zero
	Lost    bool           // the way to it is broken
	Try     int            // which is made to find it again
}

var memory = feature.MemoryOf[State]("served")

// Of returns what a state knows of the program.
func Of(s *feature.State) State { return memory.Get(s) }

// What the program and the way to it do.
type (
	// Greeted brings what the program says of itself, at the start and when it was found again.
	Greeted struct{ Hello engine.Hello }
	// Read says how far the reading of the model is.
	Read struct{ Reading engine.Reading }
	// Lost says that the way to the program broke.
	Lost struct{}
	// Tried says which try to find it again begins.
	Tried struct{ Try int }
	// Refused says why the program, or the page, wants no more of the other.
	Refused struct{ Reason string }
)

// Silent tells that the program did it, and not the reader; so for the others.
func (Greeted) Silent() {}

// Silent: see Greeted.
func (Read) Silent() {}

// Silent: see Greeted.
func (Lost) Silent() {}

// Silent: see Greeted.
func (Tried) Silent() {}

// Silent: see Greeted.
func (Refused) Silent() {}

// Choice returns the entry of the menu for the model that the program holds.
func Choice(h engine.Hello) feature.Choice {
	s := feature.FileSource{Known: h.Inspected, Held: true}
	s.Name, s.Size, s.Words = say.Harmless(h.Name), h.Size, h.Inspected.Words
	if s.Words == "" {
		s.Words = "numbers"
	}
	return s.Entry(h.Inspected.Config, say.Served.Does(s.Name))
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:    "served",
		Handle:  handle,
		Replied: replied,
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 95, When: noted, Build: func(c *feature.Screen) vugu.Builder { return &Note{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 96, When: func(c *feature.Screen) bool { return holds(c.State) && view.Overview(c) },
				Build: func(c *feature.Screen) vugu.Builder { return &About{Screen: c} }},
		},
		Random: random,
	}
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	if Of(s).Hello == nil {
		return nil
	}
	return []feature.Msg{Read{engine.Reading{Bytes: r.IntN(3), Of: 2}}, Tried{r.IntN(4)}, Greeted{*Of(s).Hello}}
}

// holds reports whether the program computes the model that is chosen: it may have read another one for the reader.
func holds(s *feature.State) bool { return s.Choice().Source != nil && s.Choice().Source.Held }

func handle(u *feature.Change, m feature.Msg) bool {
	v := memory.Get(&u.State)
	switch m := m.(type) {
	case Greeted:
		greet(u, v, m.Hello)
		return true
	case Read:
		v.Reading = m.Reading
	case Lost:
		v.Lost, v.Try, v.Reading = true, 1, engine.Reading{}
		u.Stop()
		u.ReplaceEngine()
	case Tried:
		v.Try = m.Try
	case Refused:
		v.Lost, v.Reading = false, engine.Reading{}
		u.GiveUp(feature.Problem{Title: say.Served.Apart(), Detail: m.Reason + " " + say.Feature.TextKept()})
	case feature.WorkerStarted:
		if v.Lost {
			v.Lost = false
			u.Notice = say.Served.Found()
		}
		memory.Set(&u.State, v)
		return false
	default:
		return false
	}
	memory.Set(&u.State, v)
	u.Handle(feature.EngineWorks{})
	return true
}

// greet takes what the program says of itself. One that was started anew, with another model, is none to go on with.
func greet(u *feature.Change, v State, h engine.Hello) {
	if v.Hello != nil && v.Hello.Inspected.Config != h.Inspected.Config {
		u.GiveUp(feature.Problem{Title: say.Served.Apart(), Detail: say.Served.OtherModel(say.Harmless(h.Name))})
		v.Lost = false
	} else {
		v.Hello = &h
	}
	memory.Set(&u.State, v)
}

// replied takes what the program found in the files when it had read them.
func replied(u *feature.Change, p feature.Purpose, r engine.Reply) {
	v := memory.Get(&u.State)
	if p != feature.ForModel || v.Hello == nil {
		return
	}
	v.Reading = engine.Reading{}
	memory.Set(&u.State, v)
	i := slices.IndexFunc(u.Models, func(c feature.Choice) bool { return c.ID == u.Model && c.Source != nil && c.Source.Held })
	if i < 0 || r.Loaded == nil {
		return
	}
	c := u.Models[i]
	source := *c.Source
	source.Words, source.Notes = r.Loaded.Words, r.Loaded.Notes
	c.Source, c.Config, c.Frames, c.Chat = &source, r.Loaded.Config, r.Loaded.Frames, r.Loaded.Chat
	u.Models = slices.Clone(u.Models)
	u.Models[i] = c
}
