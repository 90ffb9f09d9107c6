// Package finder is the feature that finds a place by its name: a stage, a step, a weight, a token, a
// number, and what other features offer.
package finder

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

var memory = feature.MemoryOf[*State]("finder") // nil: it is closed

// Of returns the finder of a state; nil: it is closed.
func Of(s *feature.State) *State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "finder",
		Parts:  []address.Part{{Name: "find", Doc: say.Finder.ButtonDoc()}},
		Handle: handle,
		Complete: func(u *feature.Change, l address.Link) address.Link {
			memory.Set(&u.State, nil) // back and forward lead to another place
			return l
		},
		Settle: refresh,
		Keys: []feature.Key{{Key: "Ctrl+k", Label: say.Finder.Key(), Does: say.Finder.FindPlace(), InFields: true,
			Msg: feature.Always(Toggled{})}},
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: Of(s) != nil, Modal: true, Key: "Ctrl+k", Close: Toggled{}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotHeader, Order: 30, When: (*feature.Screen).Live, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
			{Slot: feature.SlotPage, Order: 30, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Card{Screen: c} }},
		},
		Random: random,
	}
}

func isOpen(c *feature.Screen) bool { return Of(c.State) != nil }

// random is often about the finder while it is open, for it shuts the rest of the page off.
func random(r *rand.Rand, s *feature.State) []feature.Msg {
	text := []string{"", "soft", "head 2", "tok", "scores 1 2", "\xff"}[r.IntN(6)]
	list := []feature.Msg{Toggled{}, Typed{text}, Moved{r.IntN(9) - 4}, Picked{r.IntN(9) - 1}}
	if Of(s) != nil {
		for range 5 {
			list = append(list, list...)
		}
	}
	return list
}

// What the reader does with the finder.
type (
	// Toggled opens or closes it.
	Toggled struct{}
	// Typed changes what is looked for.
	Typed struct{ Text string }
	// Moved goes up or down the list of what is found, over its ends to the other one.
	Moved struct{ By int }
	// Picked goes to what is found at a place of the list, or where the list is; −1 is
	// where the reader stands in it.
	Picked struct{ At int }
)

// State is the card in which the reader looks for a place by its name.
type State struct {
	Text   string  // what is looked for, as typed
	Groups []Group // what is found, the best group first
	At     int     // where the reader stands among all that is found; −1: nothing is
	Count  int     // how many places are found, also those that the groups leave out

	entries []entry // all that can be found
	of      finding // what they and the groups were made of
}

// finding is all that the list depends on.
type finding struct {
	language *say.Language // in which it is worded
	model    string
	applied  int
	block    int // where the reader is, or −1
	text     string
}

// Leads tells that what is found is another place.
func (Picked) Leads() {}

// A Kind is a kind of place.
type Kind string

// The kinds, in the order in which they stand where nothing else decides.
const (
	FoundStage  Kind = "stage"
	FoundTool   Kind = "tool"
	FoundPlace  Kind = "place"
	FoundStep   Kind = "step"
	FoundWeight Kind = "weight"
	FoundToken  Kind = "token"
	FoundNumber Kind = "number"
	FoundVocab  Kind = "vocabulary"
)

// Heading names what is of the kind; a place that a feature offers says it itself.
func (k Kind) Heading() string {
	switch k {
	case FoundStage:
		return say.Finder.Stages()
	case FoundStep:
		return say.Finder.Steps()
	case FoundWeight:
		return say.Finder.Weights()
	case FoundToken:
		return say.Finder.Tokens()
	case FoundNumber:
		return say.Finder.Numbers()
	case FoundVocab:
		return say.Finder.Vocabulary()
	}
	return ""
}

// A Group is what was found of a kind, the best first.
type Group struct {
	Kind Kind
	List []Found
	More int // places that are not listed
	best int
}

// A Found is a place that the finder offers.
type Found struct {
	Kind  Kind
	Title string
	Hint  string    // where it is, and how large
	Name  string    // of a step or weight; ID of a stage, or of a place that a feature offers
	Cell  *run.Cell // of a token or a number

	place feature.Place // that a feature offers
}

// An entry is a place with the words by which it is found.
type entry struct {
	Found
	texts []weighed
	block int
	alias string // what the file of the model calls a weight, if that is another name
}

// How many places of a kind are listed for a text, and without one.
const (
	mostFound    = 6
	mostOffered  = 64
	mostSearched = 200 // bytes of what is looked for
)

// Listed returns how many places the finder lists.
func (f *State) Listed() (n int) {
	for _, g := range f.Groups {
		n += len(g.List)
	}
	return n
}

// Picked returns the place at a position of the list, counted through all groups.
func (f *State) Picked(at int) (Found, bool) {
	for _, g := range f.Groups {
		if at >= 0 && at < len(g.List) {
			return g.List[at], true
		}
		at -= len(g.List)
	}
	return Found{}, false
}

// handle handles what the reader does there.
func handle(u *feature.Change, m feature.Msg) bool {
	switch m.(type) {
	case Toggled:
		toggle(u)
	case Typed, Moved, Picked:
		if f := Of(&u.State); f != nil {
			memory.Set(&u.State, f.heard(u, m))
		}
	default:
		return false
	}
	return true
}

// heard returns the finder after a message.
func (f State) heard(u *feature.Change, m feature.Msg) *State {
	switch m := m.(type) {
	case Typed:
		f.Text = feature.UpTo(feature.Valid(m.Text), mostSearched)
	case Moved:
		if n := f.Listed(); n > 0 {
			f.At = ((f.At+m.By)%n + n) % n
		}
	case Picked:
		if m.At < 0 {
			m.At = f.At
		}
		if found, ok := f.Picked(m.At); ok {
			u.Do(feature.Focus{ID: goTo(u, found, f.Text)})
			return nil
		}
	}
	return &f
}

// toggle opens or closes the card. Whatever else is open closes; a file on its way in stays.
func toggle(u *feature.Change) {
	switch f := Of(&u.State); {
	case f != nil:
		memory.Set(&u.State, nil)
	case !u.Suspended() && len(u.Models) > 0:
		memory.Set(&u.State, &State{At: -1})
		u.CloseCards("finder")
		u.Do(feature.Focus{ID: "finder"})
	}
}

// goTo goes to what was found, and returns the id of the element that then gets the focus.
func goTo(u *feature.Change, f Found, text string) (focus string) {
	switch f.Kind {
	case FoundStage:
		u.GoTo(run.Stage(f.Name))
	case FoundTool, FoundPlace:
		u.Handle(f.place.Go)
		return f.place.Focus
	case FoundStep, FoundWeight:
		u.ChoosePanel(f.Name)
	case FoundToken, FoundNumber:
		u.ChoosePanel(f.Cell.Name)
		u.ChooseCell(f.Cell)
		if i, _ := u.Info(f.Cell.Name); max(i.Rows, i.Cols) > closeFrom {
			u.Do(feature.FlyToCell{Cell: *f.Cell})
		}
	case FoundVocab:
		if u.State.Floor() != "" {
			u.GoTo(run.StageSample) // there the table has its place beside whatever has the inspector
		}
		u.Handle(feature.TokenSought{Find: strings.TrimSpace(text)})
		u.Sheet = max(u.Sheet, feature.SheetHalf)
		return "find"
	}
	return feature.SceneFocus
}

// closeFrom is how many cells a side of a panel has before one of them is looked at closer.
const closeFrom = 48

// refresh keeps the list of what is found equal to what is looked for, and to the model.
func refresh(u *feature.Change) {
	had := Of(&u.State)
	if had == nil {
		return
	}
	if u.Suspended() {
		memory.Set(&u.State, nil) // one card at a time
		return
	}
	want := finding{say.Spoken(), u.Model, u.Applied, -1, had.Text}
	if l, _, ok := u.Stage.Block(); ok {
		want.block = l
	}
	was := had.of
	if was == want && had.entries != nil {
		return
	}
	f := *had
	if f.of = want; f.entries == nil || was.language != want.language || was.model != want.model || was.applied != want.applied {
		f.entries = entries(&u.State)
	}
	f.Groups, f.Count = f.groups(&u.State)
	if n := f.Listed(); was.text != want.text || f.At >= n || f.At < 0 {
		f.At = min(0, n-1)
	}
	memory.Set(&u.State, &f)
}

// groups finds what fits what is typed.
func (f *State) groups(s *feature.State) (list []Group, count int) {
	text := strings.TrimSpace(f.Text)
	if text == "" {
		return f.offered(s)
	}
	hits := f.hits(text, f.of.block)
	of := map[Kind]*Group{}
	for _, h := range append(hits, f.numbers(s, text)...) {
		g := of[h.Kind]
		if g == nil {
			g = &Group{Kind: h.Kind, best: h.score}
			of[h.Kind] = g
		}
		if count++; len(g.List) < mostFound {
			g.List = append(g.List, h.Found)
		} else {
			g.More++
		}
	}
	for _, k := range []Kind{FoundNumber, FoundStage, FoundTool, FoundPlace, FoundStep, FoundWeight, FoundToken} {
		if of[k] != nil {
			list = append(list, *of[k])
		}
	}
	slices.SortStableFunc(list, func(a, b Group) int { return cmp.Compare(b.best, a.best) })
	if s.Ranks() {
		count++
		list = append(list, Group{Kind: FoundVocab, List: []Found{{Kind: FoundVocab,
			Title: say.Finder.InVocabulary(text, s.Config.Vocab), Hint: say.Finder.Ranks()}}})
	}
	return list, count
}

// A hit is an entry that fits, and how well.
type hit struct {
	entry
	score int
}

// hits returns the entries that fit, the best first; among equals those of the block where
// the reader is, then in the order of the model.
func (f *State) hits(text string, block int) (list []hit) {
	sought, named := fold(text), isName(text)
	for _, e := range f.entries {
		score := 0
		switch {
		case named && (e.Kind == FoundStep || e.Kind == FoundWeight):
			if score = max(rankName(text, e.Name), rankName(text, e.alias)); score == 0 && isTerm(text, e.Name) {
				score = 25000
			}
		case len(sought) > 0:
			score = rank(sought, e.texts)
			if score > 0 && len(sought) == len(e.texts[0].words) {
				score += 2000 // all of its name was said
			}
		case e.Kind == FoundToken && strings.Contains(e.Title, text):
			score = 1 // a full stop, a dash: no words, but a token
		}
		if score == 0 {
			continue
		}
		if e.block >= 0 && e.block == block {
			score += 10
		}
		list = append(list, hit{e, score})
	}
	slices.SortStableFunc(list, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	return list
}

// isName reports whether the text is written like the name of a step or weight:
// "h.0.attn", "ln_f".
func isName(text string) bool {
	return len(text) > 2 && strings.ContainsAny(text[1:len(text)-1], "._") && !strings.ContainsAny(text, " ") && text[0] > '9'
}

// isTerm reports whether the text is one of the terms that papers have for a step or weight: "W_O".
func isTerm(text, name string) bool {
	for term := range strings.SplitSeq(say.Term(model.Info{Name: name}.Base()), ", ") {
		if strings.EqualFold(term, text) {
			return true
		}
	}
	return false
}

// rankName says how well a name, in capitals or not, fits the beginning, or another part, of one.
func rankName(sought, name string) int {
	sought, name = strings.ToLower(sought), strings.ToLower(name)
	switch {
	case name == "":
	case sought == name:
		return 30000
	case strings.HasPrefix(name, sought):
		return 20000
	case strings.Contains(name, sought):
		return 10000
	}
	return 0
}

// offered is what stands there before anything is typed: the stages, and what features offer.
func (f *State) offered(s *feature.State) (list []Group, count int) {
	for _, k := range []Kind{FoundStage, FoundTool, FoundPlace} {
		g := Group{Kind: k}
		for _, e := range f.entries {
			if _, part, _ := run.Stage(e.Name).Block(); e.Kind != k || k == FoundStage && part != "" {
				continue
			}
			if count++; len(g.List) < mostOffered {
				g.List = append(g.List, e.Found)
			} else {
				g.More++
			}
		}
		if len(g.List) > 0 {
			list = append(list, g)
		}
	}
	return list, count
}
