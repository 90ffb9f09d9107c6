// Package feature is what the features of the page share: State, the messages, the change that one makes,
// and type Feature, of which each folder below holds one. Package app lists them. It is pure: side
// effects are commands that the page carries out and that come back as messages.
package feature

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"sync/atomic"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A Feature is one thing that a reader does with the page. It stands in a folder of its own below
// this one, with its state, messages, components, style sheet and tests, and in one list of package
// app. It knows no other feature: what two of them share is a message, or stands here or in package
// run. Of the fields only Name has to be there.
type Feature struct {
	Name string // of its folder

	// Touched is called before whatever the reader does on purpose, anywhere on the page.
	Touched func(s *State)
	// Handle takes any message: its own, and those of the page that concern it, before the page
	// does. It reports whether that is all that is to be done about it.
	Handle func(u *Change, m Msg) (done bool)
	// Settle is called at the end of each change, to keep the state of the feature true to the rest.
	Settle func(u *Change)
	// Forget drops what belongs to a model that the reader leaves, and its text.
	Forget func(s *State)
	// Replied takes the reply to a request that the feature made for a purpose of its own.
	Replied func(u *Change, p Purpose, r engine.Reply)

	// Suspends reports whether the feature holds runs and other requests of the page back, as long as its
	// card is open: the engine, or the model, is about to be another. When that is over, it calls RunPending.
	Suspends func(s *State) bool

	// Covers is set if the feature's mode stands in the place of the model in the scene: whoever goes
	// to a place of the model leaves it.
	Covers bool
	// Framed returns what the camera shows in the feature's mode, none for all that is there; nil: the
	// panel or the stage, as without the mode.
	Framed func(s *State) []string
	// Prepare tells the scene what the feature has it show, if that changed. It is called before the camera
	// moves, which has to find it there.
	Prepare func(u *Change)
	// Beside is set if the feature's mode, which covers the model, leaves room below for what another feature shows there.
	Beside bool
	// Stays reports whether the feature's mode goes on where the reader is now; nil: it does.
	Stays func(s *State) bool

	// Holds reports whether the feature has the inspector, where the page then says nothing of its own
	// about stages, panels and numbers; the first in the list that wants it gets it.
	Holds func(s *State) bool

	// Spot tells apart the places of the feature at which a reader can be; "" at none.
	Spot func(s *State) string

	// Needs lists the steps and weights whose numbers the feature shows at its spot, wherever the reader is: of a large
	// model these come next after those of the stage.
	Needs func(s *State) []string

	// Replays reports whether the feature shows a run in the scene as it is computed: what comes of it is not told before.
	Replays func(s *State) bool

	// Guides reports whether a text of the feature leads the reader through the model, in the
	// inspector: there, nothing else is then offered to do.
	Guides func(s *State) bool

	// Captions reports whether the feature stands on the scene, for want of an inspector, in a caption
	// that also has the panels of SlotCaption.
	Captions func(s *State) bool

	// Properties are its rows in the table of the link.
	Properties address.Table
	// Link writes what they say of a state, by put; what is the default is left out.
	Link func(s *State, put func(property, value string))
	// Complete returns the link of an address with what the feature adds to it, before the page goes there.
	Complete func(u *Change, l address.Link) address.Link
	// Follow takes over what a link says, after the page has taken over the rest.
	Follow func(u *Change, l address.Link)
	// Lacks returns what a link names by them that the model does not have, for the check of lessons:
	// "head", "h.9.attn.head.0"; "" as its name: nothing.
	Lacks func(s *State, l address.Link) (what, name string)
	// Undone is the name of the Memory of the feature that undo brings back; "" none.
	Undone string

	// Parts are those that a host can leave out; its style sheet has a rule for each.
	Parts []address.Part

	Keys []Key
	// Everyday says that they stand above all others in the help.
	Everyday bool
	// Card returns the card of the feature that lies over the page.
	Card func(s *State) Card
	// Escape returns what Escape does in this feature; nil: nothing of it is open.
	Escape func(s *State) Msg
	// Spoken says where the reader is, if that is for this feature to say; "" it is not.
	Spoken func(s *State) string
	// Under says what stands below a token of the text in the place of its id; ok is false where it says nothing.
	Under func(s *State, token int) (u Under, ok bool)
	// Adds is set if what it says goes before the place, rather than in its stead.
	Adds bool
	// Components are what it shows, and where that stands.
	Components []Component
	// Places are those that the finder finds.
	Places func(s *State) []Place
	// Told says in a sentence or two what the feature's tool finds in this run; "": it is not open, or has not found it yet. Lessons
	// have it as {told NAME}.
	Told func(s *State) string
	// Tools are what the feature offers in the menu of the lab.
	Tools func(s *State) []Tool
	// Random returns messages that may come in a state, sensible or not, for the tests.
	Random func(r *rand.Rand, s *State) []Msg
	// Check returns what is wrong with its state while nothing is under way; nil: nothing.
	Check func(s *State) error
}

// A Tool is what a feature offers in the menu of the lab.
type Tool struct {
	Title, Hint string
	Order       int // among all tools, from the top down
	Go          Msg
	On          bool // it is in use
}

// A Place is one that the finder finds, besides those of the model.
type Place struct {
	Kind  string // the heading under which it stands: "Glossary"
	Title string
	Hint  string // what it is
	ID    string
	Also  []string // other words under which it is looked for
	Go    Msg      // leads there
	Focus string   // the id of the element that then gets the focus; "" the scene
	Tool  bool     // something is done there
}

// An Under is what a feature says of a token of the text, below it.
type Under struct {
	Text  string // below the token: "4.1"
	Says  string // the same in a sentence
	Level int    // of its colour, from 0, none, to MostUnder
}

// MostUnder is the strongest level.
const MostUnder = 5

// Under returns what stands below a token of the text in the place of its id; ok is false where nothing does.
func (s State) Under(token int) (u Under, ok bool) {
	for _, f := range s.list() {
		if f.Under == nil {
			continue
		}
		if u, ok = f.Under(&s, token); ok {
			return u, true
		}
	}
	return Under{}, false
}

// A Component is what a feature shows somewhere on the page.
type Component struct {
	Slot  Slot
	Order int                          // among those of the slot, from the top down; no two share one
	When  func(c *Screen) bool         // nil: always
	Build func(c *Screen) vugu.Builder // a new component, which holds no state
}

// A Slot is where a component stands.
type Slot string

// The slots.
const (
	SlotScene        Slot = "scene"     // on the scene
	SlotInspector    Slot = "inspector" // one below the other, in the inspector
	SlotInspectorEnd Slot = "end"       // below them, always in view
	SlotCaption      Slot = "caption"   // above a text that stands on the scene for want of an inspector
	SlotStrip        Slot = "strip"     // below the scene
	SlotPage         Slot = "page"      // over everything
	SlotStages       Slot = "stages"    // at the end of the stage bar
	SlotSubject      Slot = "subject"   // below what there is to say about a panel, or about a stage
	SlotModels       Slot = "models"    // in the title bar, behind the choice of model
	SlotHeader       Slot = "header"    // among the buttons of the title bar
	SlotHeaderEnd    Slot = "last"      // behind them
	SlotMenu         Slot = "menu"      // below the models, in their menu
	SlotFacts        Slot = "facts"     // below where the parameters of the model are
)

// A Card lies over the page until Escape closes it. The zero value is none.
type Card struct {
	Open  bool
	Modal bool   // it wants the whole focus: the scene and all keys are shut off
	Key   string // that closes it besides Escape; "" none
	Close Msg
	Order int // among all cards, from the top down
}

// A Key is a row of the table of keys: what the page obeys and what the help card lists.
type Key struct {
	Key   string // as KeyboardEvent.key says it, after "Ctrl+" or "Shift+" if those are held
	Label string // as the help card shows it
	Does  string
	Msg   func(s *State) Msg // nil: the scene moves its camera

	InFields bool // it is obeyed in text fields, too
}

// Always returns the message of a key that says the same in every state.
func Always(m Msg) func(*State) Msg { return func(*State) Msg { return m } }

// A Leading message takes the reader to another place, to which back and forward return.
type Leading interface{ Leads() }

// A Silent message comes from the rest of the world: the reader did nothing.
type Silent interface{ Silent() }

// A List holds the features of the page, in the order in which they are asked.
type List []Feature

// Features makes the list, anew where another language is spoken than before: features are worded as they are made.
type Features struct {
	make func() List
	made atomic.Pointer[worded]
}

// worded is a list, and its language.
type worded struct {
	list List
	in   *say.Language
}

// NewFeatures returns the features of the list that make makes.
func NewFeatures(make func() List) *Features { return &Features{make: make} }

// List returns them.
func (f *Features) List() List {
	w := f.made.Load()
	if spoken := say.Spoken(); w == nil || w.in != spoken {
		w = &worded{f.make(), spoken}
		f.made.Store(w)
	}
	return w.list
}

// Named returns the feature of a name; the zero value if there is none.
func (l List) Named(name string) Feature {
	for _, f := range l {
		if f.Name == name {
			return f
		}
	}
	return Feature{}
}

// list returns the features of the page; the zero State has none.
func (s State) list() List {
	if s.features == nil {
		return nil
	}
	return s.features.List()
}

// Floor returns the name of the feature that has the inspector; "" none.
func (s State) Floor() string {
	for _, f := range s.list() {
		if f.Holds != nil && f.Holds(&s) {
			return f.Name
		}
	}
	return ""
}

func (f Feature) suspends(s *State) bool { return f.Suspends != nil && f.Suspends(s) }

// Suspended reports whether a feature holds runs and other requests back.
func (s State) Suspended() bool {
	return slices.ContainsFunc(s.list(), func(f Feature) bool { return f.suspends(&s) })
}

// Spot tells apart where a reader can be in the features.
func (s State) Spot() (spot string) {
	for _, f := range s.list() {
		if f.Spot != nil {
			spot += f.Spot(&s) + ";"
		}
	}
	return spot
}

// needs lists the steps and weights whose numbers features show.
func (s State) needs() (names []string) {
	for _, f := range s.list() {
		if f.Needs != nil {
			names = append(names, f.Needs(&s)...)
		}
	}
	return names
}

// Guided reports whether a text in the inspector leads the reader.
func (s State) Guided() bool {
	return slices.ContainsFunc(s.list(), func(f Feature) bool { return f.Guides != nil && f.Guides(&s) })
}

// Replayed reports whether the scene shows a run as it is computed.
func (s State) Replayed() bool {
	return slices.ContainsFunc(s.list(), func(f Feature) bool { return f.Replays != nil && f.Replays(&s) })
}

// Captioned reports whether a feature stands on the scene, for want of an inspector.
func (s State) Captioned() bool {
	return slices.ContainsFunc(s.list(), func(f Feature) bool { return f.Captions != nil && f.Captions(&s) })
}

// Lacks returns what a link names that the model does not have, besides stages, panels and cells; "" as
// its name: nothing.
func (s State) Lacks(l address.Link) (what, name string) {
	for _, f := range s.list() {
		if f.Lacks == nil {
			continue
		}
		if what, name = f.Lacks(&s, l); name != "" {
			return what, name
		}
	}
	return "", ""
}

// Covered reports whether a feature's mode stands in the place of the model.
func (s State) Covered() bool { return s.list().Named(s.Mode).Covers }

// Beside reports whether that mode leaves room below.
func (s State) Beside() bool { return s.list().Named(s.Mode).Beside }

// Cover puts the mode of a feature in the place of the model: the reader is nowhere in that any more.
func (u *Change) Cover(mode string) {
	u.Mode, u.Stage, u.Panel, u.Cell, u.linkCell, u.Hover, u.Explained = mode, run.StageOverview, "", nil, nil, nil, nil
	u.Sheet = max(u.Sheet, SheetHalf)
}

// Uncover puts the model back in its place, and reports whether it was not there.
func (u *Change) Uncover() bool {
	covered := u.Covered()
	if covered {
		u.Mode = ""
	}
	return covered
}

// Places returns what the features offer to the finder.
func (s State) Places() (list []Place) {
	for _, f := range s.list() {
		if f.Places != nil {
			list = append(list, f.Places(&s)...)
		}
	}
	return list
}

// Tools returns what the features offer in the menu of the lab, in its order.
func (s State) Tools() (list []Tool) {
	for _, f := range s.list() {
		if f.Tools != nil {
			list = append(list, f.Tools(&s)...)
		}
	}
	slices.SortStableFunc(list, func(a, b Tool) int { return cmp.Compare(a.Order, b.Order) })
	return list
}

// Told returns what the tool of a feature finds in this run, "" nothing yet; ok is false of a feature that tells nothing.
func (s State) Told(name string) (text string, ok bool) {
	f := s.list().Named(name)
	if f.Told == nil {
		return "", false
	}
	return f.Told(&s), true
}

// Tooled reports whether a tool of the lab is open.
func (s State) Tooled() bool {
	return slices.ContainsFunc(s.Tools(), func(t Tool) bool { return t.On })
}

// Parts returns what a host can leave out of the page.
func (s State) Parts() []address.Part {
	list := address.Parts()
	for _, f := range s.list() {
		list = append(list, f.Parts...)
	}
	return list
}

// Components returns those of all features.
func (s State) Components() (list []Component) {
	for _, f := range s.list() {
		list = append(list, f.Components...)
	}
	return list
}

// A Memory is where a feature keeps a state of its own within State: a value of type T, at first the
// zero value. Like the rest of the state it is replaced, never changed.
type Memory[T any] struct{ name string }

// MemoryOf returns the place for a name, which is that of the feature, with something behind it if it
// keeps more than one value.
func MemoryOf[T any](name string) Memory[T] { return Memory[T]{name} }

// Get returns the state of the feature.
func (k Memory[T]) Get(s *State) (v T) {
	v, _ = s.memories[k.name].(T)
	return v
}

// Set replaces it.
func (k Memory[T]) Set(s *State, v T) {
	if s.memories = maps.Clone(s.memories); s.memories == nil {
		s.memories = map[string]any{}
	}
	s.memories[k.name] = v
}

// Change replaces it by what f makes of it.
func (k Memory[T]) Change(s *State, f func(v *T)) {
	v := k.Get(s)
	f(&v)
	k.Set(s, v)
}
