// Package surprise is the feature that says how many bits each token of the text holds for the model, and what they come to on
// average.
package surprise

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "surprise"

// forBits is what the engine is asked for.
const forBits feature.Purpose = name

// What the reader does there.
type (
	// Toggled opens the view, and closes it.
	Toggled struct{}
	// Pointed points at a token, counted from 0; −1 at none.
	Pointed struct{ Token int }
)

// Leads tells that back goes to what stood there before.
func (Toggled) Leads() {}

// Silent tells that the reader did nothing but point.
func (Pointed) Silent() {}

// State is what is known of the surprise.
type State struct {
	Of     int // the run whose bits these are; 0: none are here
	Tokens []engine.Token
	Answer engine.Surprised
	Error  string // why there are none
	Token  int    // that the reader points at, counted from 1; 0: none

	at    place // where the reader was when it was opened
	asked int   // the run that was asked for last
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
		Name:    name,
		Handle:  handle,
		Settle:  settle,
		Forget:  func(s *feature.State) { memory.Set(s, State{}) },
		Replied: answer,
		Stays:   func(s *feature.State) bool { return Of(s).at == here(s) },
		Holds:   holds,
		Told:    told,
		Properties: address.Table{{Name: name, Type: "choice", Placed: true, Allowed: on, Doc: say.Surprise.Doc(),
			Check: func(v string) (string, error) { return v, check(v) }}},
		Link: func(s *feature.State, put func(property, value string)) {
			if s.Mode == name {
				put(name, on)
			}
		},
		Follow: follow,
		Escape: escape,
		Spoken: spoken,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Surprise.Tool(), Hint: say.Surprise.ToolHint(), Order: 60, Go: Toggled{}, On: s.Mode == name}}
		},
		Under: under,
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 62, When: hasFloor, Build: func(c *feature.Screen) vugu.Builder { return &Panel{Screen: c} }},
			{Slot: feature.SlotSubject, Order: 17, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
		},
		Random: func(r *rand.Rand, _ *feature.State) []feature.Msg {
			return []feature.Msg{Toggled{}, Pointed{r.IntN(9) - 2}}
		},
	}
}

// on is what a link says to open it.
const on = "on"

func check(v string) error {
	if v != "" && v != on {
		return errors.New(say.Surprise.OnlyOn(on))
	}
	return nil
}

// holds reports whether the inspector is for the surprise, where there is one.
func holds(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() }

func hasFloor(c *feature.Screen) bool { return c.State.Floor() == name }

// offers reports whether the reader is where the model gives tokens their chances.
func offers(c *feature.Screen) bool {
	return !c.Selected() && c.State.Stage == run.StageSoftmax || c.OnPanel() && probabilities(c.State) == c.State.Panel
}

// probabilities is the name of the step that makes those of the tokens.
func probabilities(s *feature.State) string {
	_, name := s.Locate(run.StepOf(model.PartSoftmax, model.OpSoftmax))
	return name
}

func handle(u *feature.Change, m feature.Msg) (done bool) {
	switch m := m.(type) {
	case Toggled:
		if u.Mode == name {
			u.Mode = ""
			break
		}
		open(u)
	case Pointed:
		memory.Change(&u.State, func(b *State) { b.Token = max(0, m.Token+1) })
	default:
		return false
	}
	return true
}

// open shows the surprise where the reader is.
func open(u *feature.Change) {
	u.Uncover()
	u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	memory.Change(&u.State, func(b *State) { b.at, b.Token = here(&u.State), 0 })
}

// follow opens it if a link says so, unless something stands in the place of the model.
func follow(u *feature.Change, l address.Link) {
	if u.Mode == name {
		u.Mode = ""
	}
	if l.Value(name) == on && !u.Covered() {
		open(u)
	}
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
	return say.Surprise.Title()
}

// settle asks for the bits of the run that the page shows, once that is done.
func settle(u *feature.Change) {
	b := Of(&u.State)
	if u.Mode != name || u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || u.Waits(forBits) || b.asked == u.Applied {
		return
	}
	b.asked, b.Error = u.Applied, ""
	if len(u.Tokens) == 0 {
		b.Of, b.Tokens, b.Answer = u.Applied, nil, engine.Surprised{}
	} else {
		u.Ask(forBits, engine.Request{Lab: &engine.Lab{Surprise: &engine.Surprise{}}})
	}
	memory.Set(&u.State, b)
}

// answer takes over what was asked for. The page had it told before any later run, so these are still the tokens.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	if p != forBits {
		return
	}
	memory.Change(&u.State, func(b *State) {
		if b.Error = r.Error; r.Lab != nil && r.Lab.Surprise != nil {
			b.Of, b.Tokens, b.Answer = b.asked, slices.Clone(u.Tokens), *r.Lab.Surprise
		}
	})
}

// Fresh reports whether the bits are those of the run that the page shows.
func (b State) Fresh(s *feature.State) bool { return b.Of != 0 && b.Of == s.Applied }

// Bits returns how many bits a token holds; ok is false of the first one, and of those that are not there.
func (b State) Bits(token int) (bits float64, ok bool) {
	if token < 1 || token > len(b.Answer.Bits) || token >= len(b.Tokens) {
		return 0, false
	}
	return b.Answer.Bits[token-1], true
}

// chance is the probability that so many bits stand for.
func chance(bits float64) float32 { return float32(math.Exp2(-bits)) }

// levels are the bits from which on a colour is stronger.
func levels() [feature.MostUnder]float64 { return [...]float64{0.5, 1, 2, 4, 8} }

// level returns that of some bits.
func level(bits float64) (n int) {
	for _, l := range levels() {
		if bits >= l {
			n++
		}
	}
	return n
}

// under says below each token what it holds, as long as that is known.
func under(s *feature.State, token int) (u feature.Under, ok bool) {
	b := Of(s)
	if s.Mode != name || !b.Fresh(s) || token >= len(b.Tokens) {
		return u, false
	}
	return feature.Under{Text: b.written(token), Says: b.Says(token), Level: b.level(token)}, true
}

func (b State) level(token int) int {
	bits, _ := b.Bits(token)
	return level(bits)
}

// written is the number of bits as it stands at a token.
func (b State) written(token int) string {
	bits, ok := b.Bits(token)
	if !ok {
		return "–"
	}
	return say.Fixed(bits, 1)
}

// told says which token holds most, and what all hold on average; "" while that is not known.
func told(s *feature.State) string {
	b := Of(s)
	if s.Mode != name || !b.Fresh(s) || len(b.Answer.Bits) == 0 {
		return ""
	}
	most := 1
	for i := range b.Tokens {
		if v, ok := b.Bits(i); ok && v > b.Answer.Bits[most-1] {
			most = i
		}
	}
	return say.Surprise.Most(b.Says(most)) + " " + say.Surprise.ToldAverage(say.Fixed(b.Answer.Loss, 2), say.Fixed(b.Answer.Perplexity, 1))
}

// Says says what a token holds.
func (b State) Says(token int) string {
	bits, ok := b.Bits(token)
	if !ok {
		return say.Surprise.First(b.Tokens[token].Text)
	}
	return say.Surprise.Held(b.Tokens[token].Text, b.written(token), share(chance(bits)))
}
