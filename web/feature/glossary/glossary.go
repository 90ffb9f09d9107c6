// Package glossary is the feature that explains a word of the field, at a place where it can be seen.
package glossary

import (
	"math/rand/v2"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// State is the word that is open.
type State struct {
	Word string // its ID; "" none
	at   place  // where it belongs
}

var memory = feature.MemoryOf[State]("glossary")

// What the reader does with the glossary.
type (
	// Opened opens a word, by its ID.
	Opened struct{ ID string }
	// Closed puts the open word away.
	Closed struct{}
)

// Leads tells that the place of a word is another place.
func (Opened) Leads() {}

// Of returns what the glossary shows in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	word := func(v string) (string, error) { return v, address.Identifier(v) }
	return feature.Feature{
		Name:   "glossary",
		Handle: handle,
		Settle: settle,
		Properties: address.Table{{Name: "word", Type: "name", Allowed: say.Glossary.WordValues("residual-stream"),
			Doc: say.Glossary.WordDoc(), Check: word, Missing: missing, Reveals: "glossed"}},
		Link:   func(s *feature.State, put func(property, value string)) { put("word", Of(s).Word) },
		Follow: follow,
		Escape: escape,
		Spoken: spoken,
		Adds:   true,
		Places: places,
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 30, When: besides, Build: func(c *feature.Screen) vugu.Builder { return &Word{Screen: c} }},
			{Slot: feature.SlotCaption, Order: 10, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Word{Screen: c} }},
			{Slot: feature.SlotScene, Order: 80, When: alone, Build: func(c *feature.Screen) vugu.Builder { return &Caption{Screen: c} }},
		},
		Random: func(r *rand.Rand, s *feature.State) []feature.Msg {
			list := Entries()
			return []feature.Msg{Closed{}, Opened{list[r.IntN(len(list))].ID}, Opened{"none"}}
		},
	}
}

// isOpen reports whether a word is open.
func isOpen(c *feature.Screen) bool { return Of(c.State).Word != "" }

// besides reports whether it stands in the inspector.
func besides(c *feature.Screen) bool { return isOpen(c) && !c.State.Host.Bare() }

// alone reports whether it stands on the scene by itself, for want of an inspector, and of a caption
// that something else has there.
func alone(c *feature.Screen) bool {
	return isOpen(c) && c.State.Host.Bare() && !c.State.Captioned()
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Closed:
		memory.Set(&u.State, State{})
	case Opened:
		if g, ok := wordOf(m.ID); ok {
			open(u, g)
		}
	default:
		return false
	}
	return true
}

// open shows a word, and flies to where it can be seen.
func open(u *feature.Change, g Entry) {
	if stage, panel := u.Locate(g.Seat); panel != "" {
		u.ChoosePanel(panel)
	} else if u.HasStage(stage) {
		u.GoTo(stage)
	}
	memory.Set(&u.State, State{g.ID, placeOf(&u.State)})
	u.Sheet = max(u.Sheet, feature.SheetHalf)
}

// A place is where the reader is, whatever the camera shows of it, and whatever else stands open there.
type place struct {
	model, panel string
	stage        run.Stage
	covered      bool   // something stands in the place of the model
	spot         string // in other features
}

func placeOf(s *feature.State) place {
	return place{s.Model, s.Panel, s.Stage, s.Covered(), s.Spot()}
}

// settle puts the word away once the reader has gone on to another place.
func settle(u *feature.Change) {
	if g := Of(&u.State); g.Word != "" && g.at != placeOf(&u.State) {
		memory.Set(&u.State, State{})
	}
}

// follow takes over what a link says, after it has said the place.
func follow(u *feature.Change, l address.Link) {
	memory.Set(&u.State, State{})
	id := l.Value("word")
	if id == "" {
		return
	}
	if notice := missing(id); notice != "" {
		u.AddNotice(notice)
		return
	}
	memory.Set(&u.State, State{id, placeOf(&u.State)})
	u.Sheet = max(u.Sheet, feature.SheetHalf)
}

// missing says that there is no word of an ID; "" there is.
func missing(id string) string {
	if _, ok := wordOf(id); ok || id == "" {
		return ""
	}
	return say.Glossary.NoWord(strings.ReplaceAll(id, "-", " "))
}

func escape(s *feature.State) feature.Msg {
	if Of(s).Word == "" {
		return nil
	}
	return Closed{}
}

// spoken reads the word before the place.
func spoken(s *feature.State) string {
	g, ok := wordOf(Of(s).Word)
	if !ok {
		return ""
	}
	return say.Glossary.Spoken(g.Word, g.Text)
}

// places are the words, for the finder.
func places(*feature.State) (list []feature.Place) {
	for _, g := range Entries() {
		list = append(list, feature.Place{Kind: say.Glossary.Title(), Title: g.Word, Hint: g.Text, ID: g.ID, Also: g.Names(), Go: Opened{g.ID}, Focus: "glossed-title"})
	}
	return list
}
