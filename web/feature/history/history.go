// Package history is the feature that keeps what the model wrote as a tree: whoever goes back to a token and draws another keeps both
// continuations, can go from one to the other, and can compare them. The tree lasts as long as the prompt.
package history

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// name is that of the feature, of its mode, of its memory and of its property.
const name = "history"

// forChances is what the engine is asked for: the chances of tokens that were not drawn here.
const forChances feature.Purpose = name

// What the reader does there.
type (
	// Toggled opens the tree, and closes it.
	Toggled struct{}
	// Chosen makes the continuation that ends with a node the present one; 0: the prompt alone.
	Chosen struct{ Node int }
	// Pointed moves the focus to a node.
	Pointed struct{ Node int }
	// Redrawn draws the last token of the present continuation again.
	Redrawn struct{}
	// Taken goes on with a candidate, whatever would be drawn.
	Taken struct{ ID int }
	// Folded hides the branches behind a node, or shows them again.
	Folded struct {
		Node int
		On   bool
	}
	// Unrolled shows all tokens of a long branch, which begins with a node.
	Unrolled struct{ Node int }
	// Compared picks the two ends that are compared: nodes, or 0 for what is picked without a choice.
	Compared struct{ A, B int }
)

// Leads tells that back goes to what stood there before.
func (Toggled) Leads() {}

// Silent tells that the reader did nothing but point.
func (Pointed) Silent() {}

// State is what is known of the tree.
type State struct {
	Tree     Tree
	At       int          // the node that has the focus
	Folded   map[int]bool // the nodes whose branches are hidden
	Unrolled map[int]bool // the nodes with which branches begin that are shown whole
	A, B     int          // what is compared

	before *State // of the prompt before, for undo to come back to; nil: it had none
	saw    saw

	at    place // where the reader was when it was opened
	asked int   // the run whose chances were asked for
}

// saw is what the tree was made of last.
type saw struct {
	run        int
	text, form string
	generated  []int
	last       *engine.Candidate
}

func (a saw) equal(b saw) bool {
	return a.run == b.run && a.text == b.text && a.form == b.form && a.last == b.last && slices.Equal(a.generated, b.generated)
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
		Holds:   func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Told:    told,
		Properties: address.Table{{Name: name, Type: "choice", Placed: true, Allowed: on, Doc: say.History.Doc(),
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
			return []feature.Tool{{Title: say.History.Tool(), Hint: say.History.ToolHint(), Order: 95, Go: Toggled{}, On: s.Mode == name}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 64, When: func(c *feature.Screen) bool { return c.State.Floor() == name },
				Build: func(c *feature.Screen) vugu.Builder { return &Panel{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 117, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Offer{Screen: c} }},
		},
		Random: random,
		Check:  sound,
	}
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	list := []feature.Msg{Toggled{}, Redrawn{}, Chosen{r.IntN(9)}, Pointed{r.IntN(9)}, Folded{r.IntN(9), r.IntN(2) == 0}, Unrolled{r.IntN(9)},
		Compared{r.IntN(9), r.IntN(9)}, Taken{r.IntN(9)}}
	if n := len(s.Candidates); n > 0 {
		list = append(list, Taken{s.Candidates[r.IntN(n)].ID})
	}
	return list
}

// on is what a link says to open it.
const on = "on"

func check(v string) error {
	if v != "" && v != on {
		return errors.New(say.History.OnlyOn(on))
	}
	return nil
}

// offers reports whether the page leads to the tree: beside the settings of the draw, once something is written.
func offers(c *feature.Screen) bool {
	return view.Predicts(c) && c.Live() && !c.State.Guided() && len(Of(c.State).Tree.Nodes) > 0
}

func handle(u *feature.Change, m feature.Msg) (done bool) {
	h := Of(&u.State)
	switch m := m.(type) {
	case Toggled:
		if u.Mode == name {
			u.Mode = ""
			break
		}
		open(u)
	case Chosen:
		choose(u, h.Tree, m.Node)
	case Pointed:
		h.At = m.Node
		memory.Set(&u.State, h)
	case Redrawn:
		redraw(u, h.Tree)
	case Taken:
		take(u, m.ID)
	case Folded:
		h.Folded = put(h.Folded, m.Node, m.On)
		memory.Set(&u.State, h)
	case Unrolled:
		h.Unrolled = put(h.Unrolled, m.Node, true)
		memory.Set(&u.State, h)
	case Compared:
		h.A, h.B = m.A, m.B
		memory.Set(&u.State, h)
	default:
		return false
	}
	return true
}

// put returns a set with a node in it, or without.
func put(set map[int]bool, key int, in bool) map[int]bool {
	all := map[int]bool{}
	for k := range set {
		all[k] = true
	}
	if all[key] = true; !in {
		delete(all, key)
	}
	return all
}

// choose makes the continuation that ends with a node the present one.
func choose(u *feature.Change, t Tree, key int) {
	x := t.index()
	if t.node(x, key) == nil && key != 0 {
		return
	}
	u.GoOn(written(t.path(x, key)))
	memory.Change(&u.State, func(h *State) {
		if h.At = key; h.Folded[key] {
			h.Folded = put(h.Folded, key, false)
		}
	})
}

// written returns the tokens of a path, and the one for which the context has no room.
func written(path []Node) (generated []int, last *engine.Candidate) {
	for _, n := range path {
		if n.Full {
			c := n.Candidate
			return generated, &c
		}
		generated = append(generated, n.ID)
	}
	return generated, nil
}

// redraw draws the last token of the present continuation again.
func redraw(u *feature.Change, t Tree) {
	switch n := len(u.Generated); {
	case u.Phase != feature.Ready:
	case u.Last != nil:
		u.DrawAgain(u.Generated)
	case n > 0:
		u.DrawAgain(u.Generated[: n-1 : n-1])
	}
}

// candidates are what may follow the run that the page shows, the one that would be drawn among them; none while the run is not that of
// the text.
func candidates(s *feature.State) []engine.Candidate {
	if s.Next == nil || s.Waits(feature.ForRun) || !s.Ran.Equal(s.Input()) {
		return nil
	}
	list := s.Candidates
	if !slices.ContainsFunc(list, func(c engine.Candidate) bool { return c.ID == s.Next.ID }) {
		list = append(slices.Clip(list), *s.Next)
	}
	return list
}

// take goes on with a candidate of the run that the page shows.
func take(u *feature.Change, id int) {
	offered := candidates(&u.State)
	i := slices.IndexFunc(offered, func(c engine.Candidate) bool { return c.ID == id })
	if i < 0 {
		return
	}
	c := offered[i]
	u.Notice = say.History.Took(c.Text)
	if len(u.Tokens) >= u.Config.Context {
		u.GoOn(u.Generated, &c)
		return
	}
	u.GoOn(append(slices.Clip(u.Generated), id), nil)
}

// open shows the tree where the reader is.
func open(u *feature.Change) {
	u.Uncover()
	u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	memory.Change(&u.State, func(h *State) { h.at = here(&u.State) })
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
	return say.History.Title()
}

// settle keeps the tree true to what is written.
func settle(u *feature.Change) {
	h := Of(&u.State)
	now := saw{u.Applied, u.Text, u.Form, u.Generated, u.Last}
	if !h.saw.equal(now) {
		h = h.ofPrompt(u.Text, u.Form).grown(u)
		h.saw = now
		memory.Set(&u.State, h)
	}
	ask(u, h)
}

// ofPrompt returns what is known of a prompt. Of the one before, what was written last is kept, for undo to come back to.
func (h State) ofPrompt(text, form string) State {
	is := func(t Tree) bool { return t.Text == text && t.Form == form }
	if is(h.Tree) {
		return h
	}
	before := h.before
	if len(h.Tree.Nodes) > 0 {
		kept := h
		kept.before = nil
		before = &kept
	}
	if before != nil && is(before.Tree) {
		back := *before
		back.at, back.asked = h.at, h.asked
		return back
	}
	return State{Tree: Tree{Text: text, Form: form}, before: before, at: h.at, asked: h.asked}
}

// grown returns it with what was written since.
func (h State) grown(u *feature.Change) State {
	if u.Applied == 0 || u.Ran.Text != u.Text || u.Ran.Form != u.Form {
		return h
	}
	ran := u.Ran.Generated
	n := len(ran)
	if n > len(u.Tokens) {
		return h
	}
	t, key := h.Tree, 0
	t.Nodes = slices.Clone(t.Nodes)
	x := t.index()
	for i, token := range u.Tokens[len(u.Tokens)-n:] {
		if next := t.child(x, key, ran[i], false); next != 0 {
			key = next
			continue
		}
		key = t.add(x, key, Node{Candidate: engine.Candidate{ID: ran[i], Text: token.Text}})
	}
	switch {
	case len(u.Generated) == n+1 && slices.Equal(u.Generated[:n], ran):
		key = t.add(x, key, drawn(&u.State, u.Generated[n], false))
	case slices.Equal(u.Generated, ran) && u.Last != nil:
		key = t.add(x, key, drawn(&u.State, u.Last.ID, true))
	default:
		if present, _ := t.find(x, u.Generated, u.Last); present != 0 {
			key = present
			t.turn++
			t.node(x, key).seen = t.turn
		}
	}
	h.Tree = t.bounded(key)
	for _, n := range t.path(x, key) { // what is written is in view
		if h.Folded[n.Parent] {
			h.Folded = put(h.Folded, n.Parent, false)
		}
	}
	return h
}

// drawn is a token that follows the run on the page, with its chances there.
func drawn(s *feature.State, id int, full bool) Node {
	n := Node{Candidate: engine.Candidate{ID: id, Text: s.WordText(id)}, Full: full}
	of := func(c engine.Candidate) {
		n.Candidate, n.Drawn, n.Scored = c, true, true
		n.Taken = s.Drawn == nil || s.Drawn.ID != id
		n.Edited = len(run.Made(s.Ran.Edits)) > 0
	}
	for _, c := range s.Candidates {
		if c.ID == id {
			of(c)
		}
	}
	if s.Drawn != nil && s.Drawn.ID == id {
		of(*s.Drawn)
	}
	return n
}

// ask asks for the chances of the tokens that were not drawn here, once the run that the page shows is done: a link brought them.
func ask(u *feature.Change, h State) {
	if u.Mode != name || u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || u.Waits(forChances) ||
		h.asked == u.Applied || !u.Ran.Equal(u.Input()) || len(unscored(h.Tree, u.Generated)) == 0 {
		return
	}
	memory.Change(&u.State, func(h *State) { h.asked = u.Applied })
	u.Ask(forChances, engine.Request{Lab: &engine.Lab{Surprise: &engine.Surprise{}}})
}

// unscored returns the places of the tokens of a path whose chances are not known.
func unscored(t Tree, generated []int) (places []int) {
	x := t.index()
	key, _ := t.find(x, generated, nil)
	for i, n := range t.path(x, key) {
		if !n.Scored {
			places = append(places, i)
		}
	}
	return places
}

// answer takes over what was asked for. The page had it told before any later run, so it is of the run that the page shows.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	if p != forChances || r.Lab == nil || r.Lab.Surprise == nil {
		return
	}
	h := Of(&u.State)
	x := h.Tree.index()
	key, whole := h.Tree.find(x, u.Ran.Generated, nil)
	bits, first := r.Lab.Surprise.Bits, len(u.Tokens)-len(u.Ran.Generated)
	if !whole || h.asked != u.Applied || len(bits) != len(u.Tokens)-1 {
		return
	}
	path := h.Tree.path(x, key)
	h.Tree.Nodes = slices.Clone(h.Tree.Nodes)
	for i, n := range path {
		if token := first + i; !n.Scored && token > 0 {
			is := h.Tree.node(x, n.Key)
			is.Probability, is.Scored = float32(math.Exp2(-bits[token-1])), true
			is.Edited = len(run.Made(u.Ran.Edits)) > 0
		}
	}
	memory.Set(&u.State, h)
}

// present returns the node where the continuation on the page ends.
func (h State) present(s *feature.State, x index) int {
	key, _ := h.Tree.find(x, s.Generated, s.Last)
	return key
}

// sound reports what is wrong with the tree while nothing is under way.
func sound(s *feature.State) error {
	h := Of(s)
	if n := len(h.Tree.Nodes); n > max(MostNodes, s.Config.Context+1) {
		return fmt.Errorf("%d nodes", n)
	}
	if s.Applied == 0 || s.TextError != "" || !s.Ran.Equal(s.Input()) {
		return nil
	}
	if _, whole := h.Tree.find(h.Tree.index(), s.Generated, s.Last); !whole || h.Tree.Text != s.Text {
		return fmt.Errorf("%v without a node", s.Generated)
	}
	return nil
}

// bits is what a chance holds.
func bits(p float32) float64 { return -math.Log2(float64(p)) }
