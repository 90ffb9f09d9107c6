// Package weights is the feature that opens models that are on no disk of the reader's: those that lie beside the page, and
// files at an address, which are asked for only after the reader has said yes to their host, and loaded after they have seen the size.
package weights

import (
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is what there is to open, and how far that is.
type State struct {
	Offers []Offer // what lies beside the page
	Kept   []Kept  // what the browser keeps of files that were loaded before
	Open   bool    // the card is open
	Step   Step
	Text   string // the address as it stands in the field
	SHA256 string // that the link gives; "" none
	Said   string // what became of the last try; ""
	Sealed bool   // the page may ask no other host: the program that serves it says so

	given string // the address that the reader said yes to before the page loaded anew
	next  string // the address that is fetched as soon as the page is ready
	hash  string // where a link leads once its model is here
	comes bool   // its files are on their way to the feature that opens them
}

// Step is how far an address is.
type Step int

// It is typed; its host is asked.
const (
	Types Step = iota
	Asks
)

// An Offer is a model that lies beside the page.
type Offer struct {
	feature.Origin
	Name  string
	Bytes int // of all its files
}

// Kept is a file that the browser keeps.
type Kept struct {
	Address, Name string
	Bytes         int
	Whole         bool // or else a part of it, with which a loading goes on
}

var memory = feature.MemoryOf[State]("weights")

// Of returns the state of the feature.
func Of(s *feature.State) State { return memory.Get(s) }

// What the page tells at the start, and later by itself.
type (
	// Listed tells what lies beside the page.
	Listed struct{ Offers []Offer }
	// Given tells that the reader has said yes to an address, for which the page has loaded anew, and whether it may ask hosts at all.
	Given struct {
		Address string
		Sealed  bool
	}
	// Stored tells what the browser keeps.
	Stored struct{ Kept []Kept }
	// Failed tells why the file of an address is not here.
	Failed struct{ Reason string }
	// Found tells that its host has answered: open.Chosen comes next.
	Found struct{}
)

// Silent tells that the reader did nothing.
func (Listed) Silent() {}

// Silent tells that the reader did it before.
func (Given) Silent() {}

// Silent tells that the reader did nothing.
func (Stored) Silent() {}

// Silent tells that the reader waits.
func (Failed) Silent() {}

// Silent tells that the reader waits.
func (Found) Silent() {}

// What the reader does.
type (
	// Wanted opens the model beside the page that has an address.
	Wanted struct{ Address string }
	// Toggled opens the card, or closes it.
	Toggled struct{}
	// Typed changes the address in the field.
	Typed struct{ Text string }
	// Confirmed says yes to the host of the address.
	Confirmed struct{}
	// Deleted has the browser forget a file.
	Deleted struct{ Address string }
)

// Leads tells that this is another place.
func (Wanted) Leads() {}

// The commands.
type (
	// Fetch takes the files of a model beside the page: they come as open.Chosen.
	Fetch struct{ Address string }
	// Look finds out how large the file at an address is, from what is kept or from its host. It comes as Found and open.Chosen, or as Failed.
	Look struct{ Address, SHA256 string }
	// Leave ends that.
	Leave struct{}
	// Reload loads the page anew at a hash, where it may ask the host of the address.
	Reload struct{ Address, Hash string }
	// List has Stored come.
	List struct{}
	// Delete has the browser forget a file; Stored comes.
	Delete struct{ Address string }
)

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name: "weights",
		Properties: address.Table{
			{Name: feature.AddressProperty, Type: "text", Allowed: say.Weights.AddressValues(), Doc: say.Weights.AddressDoc(), Check: checked},
			{Name: "sha256", Type: "text", Allowed: say.Weights.SumValues(), Doc: say.Weights.SumDoc(), Needs: feature.AddressProperty, Check: checkedSum},
		},
		Link:     link,
		Complete: complete,
		Handle:   handle,
		Settle:   settle,
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: Of(s).Open, Modal: true, Close: Toggled{}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotMenu, Order: 1, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Beside{Screen: c} }},
			{Slot: feature.SlotMenu, Order: 6, When: (*feature.Screen).Live, Build: func(c *feature.Screen) vugu.Builder { return &Entry{Screen: c} }},
			{Slot: feature.SlotPage, Order: 21, When: func(c *feature.Screen) bool { return Of(c.State).Open },
				Build: func(c *feature.Screen) vugu.Builder { return &Card{Screen: c} }},
		},
		Random: random,
	}
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	texts := []string{"", "https://example.org/m.gguf", "http://", feature.BesidePrefix + "a", "https://a@b/c"}
	return []feature.Msg{Wanted{texts[3]}, Toggled{}, Typed{texts[r.IntN(len(texts))]}, Confirmed{}, Failed{"a test"}, Found{}, Deleted{texts[1]}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	s := Of(&u.State)
	switch m := m.(type) {
	case Listed:
		s.Offers = harmless(m.Offers)
	case Given:
		s.given, s.Sealed = m.Address, m.Sealed
	case Stored:
		s.Kept = m.Kept
	case Failed:
		s.Step, s.Said, s.Open = Types, m.Reason, true
	case Found:
		s.Open, s.Step, s.Said, s.comes = false, Types, "", true
	case Wanted:
		s.want(u, m.Address)
	case Toggled:
		s.toggle(u)
	case Typed:
		s.Text, s.Said, s.SHA256 = m.Text, "", ""
	case Confirmed:
		s.confirm(u)
	case Deleted:
		u.Do(Delete(m))
	default:
		return false
	}
	memory.Set(&u.State, s)
	return true
}

// harmless returns offers with names that can stand in a line.
func harmless(list []Offer) []Offer {
	list = slices.Clone(list)
	for i := range list {
		list[i].Name, list[i].Licence = say.Harmless(list[i].Name), say.Harmless(list[i].Licence)
	}
	return list
}

// offered reports whether a model of that address lies beside the page.
func (s State) offered(address string) bool {
	return slices.ContainsFunc(s.Offers, func(o Offer) bool { return o.Address == address })
}

// kept reports whether the browser has the whole file of an address.
func (s State) kept(address string) bool {
	return slices.ContainsFunc(s.Kept, func(k Kept) bool { return k.Address == address && k.Whole })
}

// want opens a model beside the page, or goes back to it if it is in the menu already.
func (s *State) want(u *feature.Change, address string) {
	if c, ok := u.From(address); ok {
		u.Handle(feature.ModelChosen{ID: c.ID})
		return
	}
	if s.offered(address) {
		u.Do(Fetch{address})
	}
}

// toggle opens the card, or closes it and ends what is under way.
func (s *State) toggle(u *feature.Change) {
	if s.Step == Asks {
		u.Do(Leave{})
	}
	if s.Open = !s.Open; s.Open {
		u.Stop()
		u.CloseCards("weights")
		u.Do(List{}, feature.Focus{ID: "weights-address"})
	} else {
		u.Do(feature.Focus{ID: "model"})
	}
	s.Step, s.Said, s.hash = Types, "", ""
}

// confirm asks the host, or reads what is kept. For a host that it may not ask yet the page loads anew.
func (s *State) confirm(u *feature.Change) {
	at, err := Parse(s.Text)
	if !s.Open || s.Step != Types || err != nil {
		return
	}
	if c, ok := u.From(at.Address); ok {
		s.Open = false
		u.Handle(feature.ModelChosen{ID: c.ID})
		return
	}
	if s.given == at.Address || s.kept(at.Address) {
		s.next = at.Address
		return
	}
	hash := s.hash
	if hash == "" {
		hash = u.Properties().Hash(address.New().With(feature.AddressProperty, at.Address))
	}
	u.Do(Reload{at.Address, hash})
}

// settle fetches what was waited for, once the page can take it, and goes where a link led once its model is here.
func settle(u *feature.Change) {
	s := Of(&u.State)
	if u.Phase != feature.Ready {
		return
	}
	if s.comes && u.Suspended() {
		s.comes = false
		memory.Set(&u.State, s)
	}
	if s.next != "" && !u.Suspended() {
		switch next := s.next; {
		case s.offered(next):
			s.comes = true
			u.Do(Fetch{next})
		default:
			s.Open, s.Step, s.Text = true, Asks, next
			u.Do(Look{next, s.SHA256})
		}
		s.next = ""
		memory.Set(&u.State, s)
	}
	if s.hash != "" && !s.Open && !s.comes && s.next == "" && !u.Suspended() {
		s.arrive(u)
	}
}

// arrive goes where the link led, if its model is here; if not, the reader did not want it.
func (s State) arrive(u *feature.Change) {
	hash := s.hash
	s.hash = ""
	memory.Set(&u.State, s)
	l, _ := u.Properties().Parse(hash)
	if c, ok := u.From(l.Value(feature.AddressProperty)); ok && c.ID == u.Model {
		u.Handle(feature.Directed{Hash: hash})
	}
}

// link writes where the model is from that runs, or that is asked for.
func link(s *feature.State, put func(property, value string)) {
	if source := s.Choice().Source; source != nil && source.Address != "" {
		put(feature.AddressProperty, source.Address)
		put("sha256", source.SHA256)
		return
	}
	w := Of(s)
	if w.hash == "" {
		return
	}
	if at, err := Parse(w.Text); err == nil {
		put(feature.AddressProperty, at.Address)
		put("sha256", w.SHA256)
	}
}

// complete asks for the model of a link before anything else in it can be shown: it may name what only that model has.
func complete(u *feature.Change, l address.Link) address.Link {
	at := l.Value(feature.AddressProperty)
	s := Of(&u.State)
	if s.Open && s.Step == Asks {
		u.Do(Leave{})
	}
	if _, here := u.From(at); at == "" || here {
		s.hash, s.next, s.Open, s.Step = "", "", false, Types
		memory.Set(&u.State, s)
		return l
	}
	s.hash, s.Text, s.SHA256, s.Said, s.Step = u.Properties().Hash(l), at, l.Value("sha256"), "", Types
	if s.Open = !s.offered(at) && s.given != at; s.Open {
		u.Do(List{})
	} else {
		s.next = at
	}
	memory.Set(&u.State, s)
	bare := address.New()
	bare.Theme, bare.Language, bare.Scale = l.Theme, l.Language, l.Scale
	return bare
}
