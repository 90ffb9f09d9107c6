// Package edits is the feature that changes a run: a part of the network is switched off, a number is set, and what the model
// says before and after stands side by side. The edits themselves are the page's, for a run is made with them.
package edits

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "edits"

// What the reader does with edits.
type (
	// Toggled opens the list of edits in the inspector, and closes it.
	Toggled struct{}
	// Offered opens it to change what is selected.
	Offered struct{}
	// Added makes one more edit, as model.ParseEdit reads it.
	Added struct{ Spec string }
	// Replaced makes another edit in the place of one of the list.
	Replaced struct {
		Index int
		Spec  string
	}
	// Paused takes an edit of the list back for a while, or makes it again.
	Paused struct{ Index int }
	// Removed takes it off the list.
	Removed struct{ Index int }
	// Written changes the field in which an edit is typed.
	Written struct{ Text string }
	// TextOpened asks for the other text from whose run an edit takes its numbers; of the one that is asked for already, it
	// stops asking.
	TextOpened struct{ Index int }
	// TextTyped changes that text, and TextTaken takes its numbers.
	TextTyped struct{ Text string }
	// TextTaken is described at TextTyped.
	TextTaken struct{}
)

// Leads tells that the list is another place.
func (Toggled) Leads() {}

// State is what the list shows besides the edits.
type State struct {
	Written string    // in the field for an edit
	Problem string    // why that is none
	Text    textField // for numbers of another run
	Lost    []float64 // bits that are lost after each token; nil: not known

	asked int // the run whose bits were asked for last
}

var memory = feature.MemoryOf[State](name)

// Of returns it.
func Of(s *feature.State) State { return memory.Get(s) }

// forLost is what the engine is asked for.
const forLost feature.Purpose = "edits.lost"

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:    name,
		Handle:  handle,
		Settle:  func(u *feature.Change) { askLost(u); askTokens(u) },
		Forget:  func(s *feature.State) { memory.Set(s, State{}) },
		Replied: answer,
		Holds:   func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Told:    told,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Edits.Title(), Hint: say.Edits.Hint(), Order: 10, Go: Toggled{}, On: s.Mode == name}}
		},
		Properties: address.Table{{Name: "edits", Type: "choice", Placed: true, Allowed: opened, Doc: say.Edits.OpenDoc(), Check: checkOpen}},
		Link: func(s *feature.State, put func(property, value string)) {
			put("edits", feature.Choose(s.Mode == name, opened, ""))
		},
		Follow: follow,
		Keys:   []feature.Key{{Key: "e", Label: "E", Does: say.Edits.KeyDoes(), Msg: feature.Always(Offered{})}},
		Escape: escape,
		Spoken: spoken,
		Adds:   true,
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 5, When: reminds, Build: func(c *feature.Screen) vugu.Builder { return &Reminder{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 35, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &List{Screen: c} }},
			{Slot: feature.SlotSubject, Order: 20, When: changeable, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
			{Slot: feature.SlotScene, Order: 15, When: shows, Build: func(c *feature.Screen) vugu.Builder { return &Show{Screen: c} }},
		},
		Random: random,
	}
}

// opened is the value of the property that opens the list.
const opened = "open"

func checkOpen(v string) (string, error) {
	if v != "" && v != opened {
		return "", errors.New(say.Edits.NoOpen(fmt.Sprintf("%.40q", v), opened))
	}
	return v, nil
}

// isOpen reports whether the inspector is for the list.
func isOpen(c *feature.Screen) bool { return c.State.Floor() == name }

// reminds reports whether edits are there while the inspector is for something else.
func reminds(c *feature.Screen) bool { return len(c.State.Edits) > 0 && !isOpen(c) }

// shows reports whether there is a before and an after on the scene.
func shows(c *feature.Screen) bool {
	return c.Live() && len(run.Made(c.State.Edits)) > 0 && !c.State.Covered() && !c.State.Replayed()
}

// changeable reports whether there is something to change where the reader is.
func changeable(c *feature.Screen) bool {
	return c.Live() && (c.Selected() || c.State.Stage != run.StageOverview) && len(Offers(c.State)) > 0
}

func spoken(s *feature.State) string {
	if made := len(run.Made(s.Edits)); made > 0 {
		return say.Edits.On(made)
	}
	return ""
}

// escape closes the list, once no number is pinned any more.
func escape(s *feature.State) feature.Msg {
	if s.Mode == name && s.Cell == nil {
		return Toggled{}
	}
	return nil
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	specs := []string{"off:mask", "off:norm", model.Off{Block: 0, Head: 1, Part: model.PartAttention}.Spec(), "nonsense", ""}
	if offers := Offers(s); len(offers) > 0 {
		specs = append(specs, offers[r.IntN(len(offers))].Spec)
	}
	shows := []engine.Show{engine.ShowAfter, engine.ShowBefore, engine.ShowDifference}
	return []feature.Msg{Toggled{}, Offered{}, Added{specs[r.IntN(len(specs))]}, Replaced{r.IntN(3) - 1, specs[r.IntN(len(specs))]}, Paused{r.IntN(3) - 1},
		Removed{r.IntN(3) - 1}, Removed{0}, Written{specs[r.IntN(len(specs))]}, TextOpened{r.IntN(3) - 1}, TextTyped{"ABCABC"}, TextTaken{},
		feature.ShowChosen{Show: shows[r.IntN(len(shows))]}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		if u.Mode == name {
			u.Mode = ""
		} else {
			open(u)
		}
	case Offered:
		open(u)
		u.Do(feature.Focus{ID: firstOffer})
	case Added:
		add(u, m.Spec)
	case Replaced:
		if _, err := model.ParseEdit(m.Spec); err != nil { // no link can hold it
			return true
		}
		change(u, m.Index, func(list []run.Edit) []run.Edit { list[m.Index] = run.Edit{Spec: m.Spec}; return list })
	case Paused:
		change(u, m.Index, func(list []run.Edit) []run.Edit { list[m.Index].Paused = !list[m.Index].Paused; return list })
	case Removed:
		change(u, m.Index, func(list []run.Edit) []run.Edit { return slices.Delete(list, m.Index, m.Index+1) })
	case Written:
		memory.Change(&u.State, func(t *State) { t.Written, t.Problem = m.Text, "" })
	case TextOpened, TextTyped, TextTaken:
		handleText(u, m)
	default:
		return false
	}
	return true
}

// open gives the inspector to the list.
func open(u *feature.Change) {
	if u.Covered() {
		u.Uncover()
		u.Frame()
	}
	u.Mode = name
	u.Sheet = max(u.Sheet, feature.SheetHalf)
}

// add makes one more edit, or again one that is paused.
func add(u *feature.Change, spec string) {
	e, err := model.ParseEdit(spec)
	if err != nil {
		memory.Change(&u.State, func(t *State) { t.Written, t.Problem = spec, say.Fault(fault.Of(err)) })
		return
	}
	memory.Change(&u.State, func(t *State) { t.Written, t.Problem = "", "" })
	open(u)
	spec = e.String()
	list := slices.Clone(u.Edits)
	at := slices.IndexFunc(list, func(e run.Edit) bool { return e.Spec == spec })
	if at < 0 {
		list = append(list, run.Edit{Spec: spec})
	} else {
		list[at].Paused = false
	}
	u.Handle(feature.EditsChanged{Edits: list})
	bringForward(u, e)
}

// change puts what f makes of the list in its place, if edit i is there.
func change(u *feature.Change, i int, f func(list []run.Edit) []run.Edit) {
	if i < 0 || i >= len(u.Edits) {
		return
	}
	memory.Change(&u.State, func(t *State) { t.Text = textField{} })
	u.Handle(feature.EditsChanged{Edits: f(slices.Clone(u.Edits))})
}

// bringForward has the head that an edit changes stand in front of the others.
func bringForward(u *feature.Change, e model.Edit) {
	if i, ok := stepOf(&u.State, e); ok && i.Head >= 0 {
		u.Do(feature.Foreground{Name: i.Name})
	}
}

// follow opens the list where a link says so, unless something else stands in the place of panels.
func follow(u *feature.Change, l address.Link) {
	if u.Mode == name {
		u.Mode = ""
	}
	if l.Value("edits") == opened && u.Mode == "" {
		u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	}
	for _, spec := range run.Made(u.Edits) {
		if e, err := model.ParseEdit(spec); err == nil {
			bringForward(u, e)
		}
	}
}

// askLost asks for the bits that are lost after each token, as long as the list is open.
func askLost(u *feature.Change) {
	switch t := Of(&u.State); {
	case u.Compared == nil || u.Mode != name || u.Phase != feature.Ready || u.Suspended() || u.Waits(feature.ForRun) || u.Waits(forLost) || t.asked == u.Applied:
		return
	case len(u.Tokens) > mostBars:
		return
	}
	memory.Change(&u.State, func(t *State) { t.asked = u.Applied })
	u.Ask(forLost, engine.Request{Lab: &engine.Lab{Surprise: &engine.Surprise{}}})
}

// mostBars is the longest text whose bits are drawn token by token.
const mostBars = 1024

// answer takes over what was asked for.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	switch {
	case p == forLost && r.Lab != nil && r.Lab.Surprise != nil:
		memory.Change(&u.State, func(t *State) { t.Lost = r.Lab.Surprise.Lost })
	case p == forTokens:
		takeTokens(u, r)
	}
}
