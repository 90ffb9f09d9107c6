package feature

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

// What the reader does with the finder.
type (
	// FinderToggled opens or closes it.
	FinderToggled struct{}
	// FinderTyped changes what is looked for.
	FinderTyped struct{ Text string }
	// FinderMoved goes up or down the list of what is found, over its ends to the other one.
	FinderMoved struct{ By int }
	// FinderPicked goes to what is found at a place of the list, or where the list is; −1 is
	// where the reader stands in it.
	FinderPicked struct{ At int }
)

// A Finder is the card in which the reader looks for a place by its name.
type Finder struct {
	Text   string       // what is looked for, as typed
	Groups []FoundGroup // what is found, the best group first
	At     int          // where the reader stands among all that is found; −1: nothing is
	Count  int          // how many places are found, also those that the groups leave out

	entries []entry // all that can be found
	of      finding // what they and the groups were made of
}

// finding is all that the list depends on.
type finding struct {
	model   string
	applied int
	block   int // where the reader is, or −1
	text    string
}

// A FoundKind is a kind of place.
type FoundKind string

// The kinds, in the order in which they stand where nothing else decides.
const (
	FoundStage  FoundKind = "stage"
	FoundWord   FoundKind = "word"
	FoundStep   FoundKind = "step"
	FoundWeight FoundKind = "weight"
	FoundToken  FoundKind = "token"
	FoundNumber FoundKind = "number"
	FoundVocab  FoundKind = "vocabulary"
)

// Heading names what is of the kind.
func (k FoundKind) Heading() string {
	return map[FoundKind]string{FoundStage: "Stages", FoundWord: "Glossary", FoundStep: "Steps", FoundWeight: "Weights",
		FoundToken: "Tokens of the text", FoundNumber: "Numbers", FoundVocab: "Vocabulary"}[k]
}

// A FoundGroup is what was found of a kind, the best first.
type FoundGroup struct {
	Kind FoundKind
	List []Found
	More int // places that are not listed
	best int
}

// A Found is a place that the finder offers.
type Found struct {
	Kind  FoundKind
	Title string
	Hint  string    // where it is, and how large
	Name  string    // of a step or weight; ID of a stage or of a word of the glossary
	Cell  *run.Cell // of a token or a number
}

// An entry is a place with the words by which it is found.
type entry struct {
	Found
	texts []weighed
	block int
}

// How many places of a kind are listed for a text, and without one.
const (
	mostFound    = 6
	mostOffered  = 64
	mostSearched = 200 // bytes of what is looked for
)

// Listed returns how many places the finder lists.
func (f *Finder) Listed() (n int) {
	for _, g := range f.Groups {
		n += len(g.List)
	}
	return n
}

// Picked returns the place at a position of the list, counted through all groups.
func (f *Finder) Picked(at int) (Found, bool) {
	for _, g := range f.Groups {
		if at >= 0 && at < len(g.List) {
			return g.List[at], true
		}
		at -= len(g.List)
	}
	return Found{}, false
}

// handleFinder handles what the reader does there.
func (u *Change) handleFinder(m Msg) {
	if _, toggles := m.(FinderToggled); toggles {
		u.toggleFinder()
		return
	}
	if u.Finder == nil {
		return
	}
	f := *u.Finder
	switch m := m.(type) {
	case FinderTyped:
		f.Text = upTo(valid(m.Text), mostSearched)
	case FinderMoved:
		if n := f.Listed(); n > 0 {
			f.At = ((f.At+m.By)%n + n) % n
		}
	case FinderPicked:
		if m.At < 0 {
			m.At = f.At
		}
		if found, ok := f.Picked(m.At); ok {
			u.Finder = nil
			u.goToFound(found, f.Text)
		}
		return
	}
	u.Finder = &f
}

// toggleFinder opens or closes it. Whatever else is open closes; a file on its way in stays.
func (u *Change) toggleFinder() {
	switch {
	case u.Finder != nil:
		u.Finder = nil
	case u.Opening == nil && len(u.Models) > 0:
		u.Finder, u.Help = &Finder{At: -1}, false
	}
}

// goToFound goes to what was found.
func (u *Change) goToFound(f Found, text string) {
	switch f.Kind {
	case FoundStage:
		u.GoTo(run.Stage(f.Name))
	case FoundWord:
		if g, ok := wordOf(f.Name); ok {
			u.openWord(g)
		}
	case FoundStep, FoundWeight:
		u.ChoosePanel(f.Name)
	case FoundToken, FoundNumber:
		u.ChoosePanel(f.Cell.Name)
		u.ChooseCell(f.Cell)
		if i, _ := u.Info(f.Cell.Name); max(i.Rows, i.Cols) > closeFrom {
			u.Do(FlyToCell{*f.Cell})
		}
	case FoundVocab:
		if u.Sizes != "" || u.Walk > 0 {
			u.GoTo(run.StageSample) // there the table has its place beside them
		}
		u.seek(strings.TrimSpace(text))
		u.Sheet = max(u.Sheet, SheetHalf)
	}
}

// closeFrom is how many cells a side of a panel has before one of them is looked at closer.
const closeFrom = 48

// refreshFinder keeps the list of what is found equal to what is looked for, and to the model.
func (u *Change) refreshFinder() {
	if u.Opening != nil || u.Help {
		u.Finder = nil // one card at a time
	}
	if u.Finder == nil {
		return
	}
	want := finding{u.Model, u.Applied, -1, u.Finder.Text}
	if l, _, ok := u.Stage.Block(); ok {
		want.block = l
	}
	was := u.Finder.of
	if was == want && u.Finder.entries != nil {
		return
	}
	f := *u.Finder
	if f.of = want; f.entries == nil || was.model != want.model || was.applied != want.applied {
		f.entries = u.entries()
	}
	f.Groups, f.Count = f.groups(u.State)
	if n := f.Listed(); was.text != want.text || f.At >= n || f.At < 0 {
		f.At = min(0, n-1)
	}
	u.Finder = &f
}

// groups finds what fits what is typed.
func (f *Finder) groups(s State) (list []FoundGroup, count int) {
	text := strings.TrimSpace(f.Text)
	if text == "" {
		return f.offered(s)
	}
	hits := f.hits(text, f.of.block)
	of := map[FoundKind]*FoundGroup{}
	for _, h := range append(hits, s.numbers(f, text)...) {
		g := of[h.Kind]
		if g == nil {
			g = &FoundGroup{Kind: h.Kind, best: h.score}
			of[h.Kind] = g
		}
		if count++; len(g.List) < mostFound {
			g.List = append(g.List, h.Found)
		} else {
			g.More++
		}
	}
	for _, k := range []FoundKind{FoundNumber, FoundStage, FoundWord, FoundStep, FoundWeight, FoundToken} {
		if of[k] != nil {
			list = append(list, *of[k])
		}
	}
	slices.SortStableFunc(list, func(a, b FoundGroup) int { return cmp.Compare(b.best, a.best) })
	if s.Ranks() {
		count++
		list = append(list, FoundGroup{Kind: FoundVocab, List: []Found{{Kind: FoundVocab,
			Title: fmt.Sprintf("Look for “%s” among all %s tokens", text, say.Count(s.Config.Vocab)), Hint: "The table of all tokens by rank"}}})
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
func (f *Finder) hits(text string, block int) (list []hit) {
	sought, named := fold(text), isName(text)
	for _, e := range f.entries {
		score := 0
		switch {
		case named && (e.Kind == FoundStep || e.Kind == FoundWeight):
			if score = rankName(strings.ToLower(text), e.Name); score == 0 && isTerm(text, e.Name) {
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
	at := strings.IndexAny(text, "._")
	return at > 0 && at < len(text)-1 && !strings.ContainsAny(text, " ") && text[0] > '9'
}

// isTerm reports whether the text is one of the terms that papers have for a step or weight: "W_O".
func isTerm(text, name string) bool {
	for term := range strings.SplitSeq(model.Info{Name: name}.Term(), ", ") {
		if strings.EqualFold(term, text) {
			return true
		}
	}
	return false
}

// rankName says how well a name fits the beginning, or another part, of one.
func rankName(sought, name string) int {
	switch {
	case sought == name:
		return 30000
	case strings.HasPrefix(name, sought):
		return 20000
	case strings.Contains(name, sought):
		return 10000
	}
	return 0
}

// offered is what stands there before anything is typed: the stages and the glossary.
func (f *Finder) offered(s State) (list []FoundGroup, count int) {
	for _, k := range []FoundKind{FoundStage, FoundWord} {
		g := FoundGroup{Kind: k}
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
		list = append(list, g)
	}
	return list, count
}
