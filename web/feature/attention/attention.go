// Package attention is the feature that shows the heads of a block side by side: one of them large, at
// each step from scores to what it gathers, and how a pair of tokens comes by its share.
package attention

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "attention"

// State is what the reader looks at.
type State struct {
	Head string // that is large: "h.1.attn.head.0"; "" the heads do not stand there
	Look Look
	Pair *Pair // nil: the last token, and the one that it looks at most
}

var memory = feature.MemoryOf[State](name)

// Of returns what is looked at in a state; the zero value outside of the mode.
func Of(s *feature.State) State {
	if s.Mode != name {
		return State{}
	}
	return memory.Get(s)
}

// What the reader does there.
type (
	// Toggled opens the view at the head, or the block, where the reader is, and closes it.
	Toggled struct{}
	// HeadChosen opens it at a head.
	HeadChosen struct{ Head string }
	// LookChosen shows another step of it.
	LookChosen struct{ Look Look }
)

// Leads tells that back goes to what stood there before.
func (Toggled) Leads() {}

// Leads tells that another head is another place.
func (HeadChosen) Leads() {}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       name,
		Handle:     handle,
		Settle:     settle,
		Stays:      stays,
		Prepare:    bringForward,
		Holds:      holds,
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Lacks:      lacks,
		Keys:       []feature.Key{{Key: "h", Label: "H", Does: say.Attention.KeyDoes(), Msg: feature.Always(Toggled{})}},
		Escape:     escape,
		Spoken:     spoken,
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 60, When: hasFloor, Build: func(c *feature.Screen) vugu.Builder { return &Heads{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 114, When: explained, Build: func(c *feature.Screen) vugu.Builder { return &Why{Screen: c} }},
			{Slot: feature.SlotSubject, Order: 10, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
		},
		Random: random,
	}
}

// bringForward has the large head stand in front of the others on the scene, too.
func bringForward(u *feature.Change) {
	head := Of(&u.State).Head
	if head == "" {
		return
	}
	for i := range u.Steps {
		if strings.HasPrefix(u.Steps[i].Name, head+".") {
			u.Do(feature.Foreground{Name: u.Steps[i].Name})
			return
		}
	}
}

// holds reports whether the heads stand in the place of what there is to say about the panels of
// their block; what stands before it in the list of features comes first.
func holds(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() }

func hasFloor(c *feature.Screen) bool { return c.State.Floor() == name }

// offers reports whether the selected panel belongs to a head, or else the stage is where tokens look
// at one another.
func offers(c *feature.Screen) bool {
	if c.Selected() {
		i, _ := c.State.Info(c.State.Panel)
		return i.Head >= 0 && i.Kind != model.KindWeight
	}
	_, part, ok := c.State.Stage.Block()
	return ok && part == model.PartAttention
}

// escape closes the view, once no number is pinned any more.
func escape(s *feature.State) feature.Msg {
	if s.Mode == name && s.Cell == nil {
		return Toggled{}
	}
	return nil
}

// spoken says what stands there.
func spoken(s *feature.State) string {
	a := Of(s)
	if a.Head == "" {
		return ""
	}
	block, head := a.Place()
	return say.Attention.Spoken(block, s.Config.Heads, head, string(a.Look))
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	looks := []Look{LookShares, LookScores, LookMasked, LookMix, "x"}
	return []feature.Msg{Toggled{}, HeadChosen{model.HeadName(r.IntN(4)-1, r.IntN(4))}, LookChosen{looks[r.IntN(len(looks))]}}
}

// parseHead reads the name of a head, "h.1.attn.head.0".
func parseHead(name string) (block, head int, ok bool) {
	block, head, rest, ok := model.ParseHeadName(name)
	return block, head, ok && rest == ""
}

// Place returns the block and the number of the head that is large, counted from 1.
func (a State) Place() (block, head int) {
	block, head, _ = parseHead(a.Head)
	return block + 1, head + 1
}

// HeadsOf returns the names of the heads that stand side by side.
func HeadsOf(s *feature.State) (names []string) {
	block, _, ok := parseHead(Of(s).Head)
	for h := range s.Config.Heads {
		if ok {
			names = append(names, model.HeadName(block, h))
		}
	}
	return names
}

func handle(u *feature.Change, m feature.Msg) (done bool) {
	switch m := m.(type) {
	case Toggled:
		if u.Mode == name {
			u.Mode = ""
		} else {
			open(u, headHere(&u.State))
			bringForward(u)
		}
	case HeadChosen:
		open(u, m.Head)
		bringForward(u)
	case LookChosen:
		if slices.Contains(Looks(), m.Look) && u.Mode == name {
			memory.Change(&u.State, func(a *State) { a.Look = m.Look })
		}
	default:
		return false
	}
	return true
}

// headHere is the head of the selected panel, or else the first of the block.
func headHere(s *feature.State) string {
	block, _, _ := s.Stage.Block()
	if i, ok := s.Info(s.Panel); ok && i.Head >= 0 {
		return model.HeadName(i.Block, i.Head)
	}
	return model.HeadName(block, 0)
}

// headThere reports whether the model has a head, and to which stage it belongs.
func headThere(s *feature.State, name string) (stage run.Stage, ok bool) {
	block, head, ok := parseHead(name)
	return run.PartStage(block, model.PartAttention), ok && block < s.Config.Blocks && head < s.Config.Heads
}

// open shows a head, at its stage.
func open(u *feature.Change, head string) {
	stage, ok := headThere(&u.State, head)
	if !ok {
		return
	}
	if u.Stage != stage || u.Covered() {
		u.GoTo(stage)
	}
	a := Of(&u.State)
	a.Head = head
	memory.Set(&u.State, a)
	u.Mode = name
	u.Sheet = max(u.Sheet, feature.SheetHalf)
}

// stays reports whether the reader still is at the stage of the heads.
func stays(s *feature.State) bool {
	stage, ok := headThere(s, Of(s).Head)
	return ok && s.Stage == stage
}

// settle takes the pair of a number that the reader pins, and drops one that the text has no more.
func settle(u *feature.Change) {
	a := Of(&u.State)
	had := a
	if a.Head != "" {
		if head, pair, ok := pairOf(&u.State, u.Cell); ok && (a.Head != head || a.Pair == nil || *a.Pair != pair) {
			a.Head, a.Pair = head, &pair
		}
		if p := a.Pair; p != nil && u.Applied != 0 && (p.Query >= len(u.Tokens) || p.Key >= len(u.Tokens)) {
			a.Pair = nil
		}
	}
	if a != had {
		memory.Set(&u.State, a)
	}
}
