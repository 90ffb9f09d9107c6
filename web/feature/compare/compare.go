// Package compare is the feature that compares the run on the page with a second one: of another text, of another model, or of
// the same model in another type of numbers.
package compare

import (
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// name is that of the feature, of its mode, where its card has the inspector, and of its memory.
const name = "compare"

// State is the comparison.
type State struct {
	Other     run.Run // the second one: what is known of it, as State.Run is of the first
	Name      string  // of the first, for a heading above its picture: "This text"
	OtherName string  // of the second: "The other text"
	Side      bool    // both pictures stand side by side
	Diff      bool    // the scene shows how far the numbers of the first are above those of the second
	Run       int     // counts runs of the second; 0: none yet

	View    View   // that the reader wants
	Problem string // why there is no second run; "" there is, or nothing is wrong

	engine string // the key of the model that the second engine has; "": none
	asked  attempt
	failed attempt // what led to the problem, and is not tried again
	noWord bool    // the table of GPT-2's tokenizer can't be had
	serial int     // of the last run of the second
	taken  int     // the one whose numbers the page's run was asked to take off
	next   run.Run // of the second model, before it has run
	far    averages
	parts  map[engine.Aspect]part
	coming engine.Aspect // that is asked for
	cur    runs          // of what
	paused bool
	unfold map[engine.Aspect]bool // tables that are shown whole
}

// A View is what the scene shows of a comparison.
type View string

// The first run alone, both side by side, or how far the numbers of the first are above those of the second.
const (
	ViewOne  View = ""
	ViewSide View = "side"
	ViewDiff View = "difference"
)

// An attempt is what the second engine was asked for: a model, and what it runs.
type attempt struct {
	model string
	run   *run.Input // nil: the model was asked for
}

// equal reports whether two attempts are the same.
func (a attempt) equal(b attempt) bool {
	return a.model == b.model && (a.run == nil) == (b.run == nil) && (a.run == nil || a.run.Equal(*b.run))
}

// averages says of how many steps of a run of a large second model the scene has averages.
type averages struct{ run, steps int }

// runs are two runs: of the first engine, by the ID of its request, and of the second, as they are counted.
type runs struct{ first, second int }

// A part is what is known of one aspect.
type part struct {
	of      runs
	found   engine.Comparison
	done    bool
	problem string
}

// What the reader does there.
type (
	// Toggled opens the card, or closes it; the comparison stays.
	Toggled struct{}
	// KindChosen compares with something of another kind.
	KindChosen struct{ Kind Kind }
	// Typed changes the other text.
	Typed struct{ Text string }
	// ModelPicked compares with another model.
	ModelPicked struct{ ID string }
	// OwnTyped changes the text that the other model reads.
	OwnTyped struct{ Text string }
	// TypePicked compares with another type of numbers.
	TypePicked struct{ Type string }
	// ViewChosen picks what the scene shows.
	ViewChosen struct{ View View }
	// Paused stops the computing, or goes on with it.
	Paused struct{ On bool }
	// TriedAgain tries again what failed.
	TriedAgain struct{}
	// Unfolded shows the whole table of an aspect, or its first rows.
	Unfolded struct{ Of engine.Aspect }
	// Ended makes an end of comparing.
	Ended struct{}
)

// Leads tells that the card is another place.
func (Toggled) Leads() {}

// Commands to the page.
type (
	// ShowOther hands the second scene a new structure: the steps and tokens of the second run. Its numbers follow.
	ShowOther struct{ Run run.Run }
	// OtherValues hands it numbers.
	OtherValues struct{ List []engine.Values }
	// OtherCoarse hands it averages, of tensors whose numbers are too many.
	OtherCoarse struct{ List []engine.Coarse }
)

var memory = feature.MemoryOf[State](name)

// Of returns the comparison of a state, which is not to be changed.
func Of(s *feature.State) *State {
	c := memory.Get(s)
	c.Name, c.OtherName = names(s)
	c.Side = c.View == ViewSide && c.Run > 0
	c.Diff = c.View == ViewDiff && s.Ran.Show == engine.ShowBeside
	return &c
}

// Differs names the steps and weights that have differences, while those are shown; else it is nil.
func Differs(s *feature.State) map[string]bool {
	c := memory.Get(s)
	if s.Ran.Show != engine.ShowBeside {
		return nil
	}
	list := map[string]bool{}
	weights := withOf(s).Kind != KindText
	for _, i := range s.Steps {
		if o, ok := c.Other.Info(i.Name); ok && o.Rows == i.Rows && o.Cols == i.Cols && o.RowAxis == i.RowAxis && o.ColAxis == i.ColAxis && (weights || i.Kind != weight) {
			list[i.Name] = true
		}
	}
	return list
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   name,
		Handle: handle,
		Settle: settle,
		Forget: func(s *feature.State) {
			memory.Set(s, State{})
			with.Set(s, With{})
		},
		Replied:    answer,
		Holds:      func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Undone:     withName,
		Told:       told,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Compare.Tool(), Hint: say.Compare.ToolHint(), Order: 45, Go: Toggled{}, On: s.Mode == name}}
		},
		Escape: escape,
		Spoken: spoken,
		Adds:   true,
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 6, When: reminds, Build: func(c *feature.Screen) vugu.Builder { return &Reminder{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 59, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Card{Screen: c} }},
			{Slot: feature.SlotScene, Order: 16, When: views, Build: func(c *feature.Screen) vugu.Builder { return &Views{Screen: c} }},
		},
		Random: random,
	}
}

// told says how far the two lie apart after the last token, and where they part; "" is not known yet.
func told(s *feature.State) string {
	c := &Card{Screen: &feature.Screen{State: s}, state: Of(s)}
	next, writing, now := c.part(engine.AspectNext), c.part(engine.AspectWriting), runs{s.Applied, c.state.Run}
	if s.Mode != name || next.of != now || !next.done || writing.of != now || !writing.done && c.parted() < 0 {
		return ""
	}
	if !c.Words() {
		return c.Parts()
	}
	return say.Compare.Told(c.Lost()) + " " + c.Parts()
}

// isOpen reports whether the inspector is for the card.
func isOpen(c *feature.Screen) bool { return c.State.Floor() == name }

// reminds reports whether there is a second run while the inspector is for something else.
func reminds(c *feature.Screen) bool { return Of(c.State).Run > 0 && !isOpen(c) }

// views reports whether there is something else to show on the scene.
func views(c *feature.Screen) bool {
	return c.Live() && Of(c.State).Run > 0 && !c.State.Covered() && !c.State.Replayed()
}

// escape closes the card, once no number is pinned any more.
func escape(s *feature.State) feature.Msg {
	if s.Mode == name && s.Cell == nil {
		return Toggled{}
	}
	return nil
}

func spoken(s *feature.State) string {
	if c := Of(s); c.Run > 0 {
		return say.Compare.Spoken(c.Name, c.OtherName)
	}
	return ""
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	models := []string{"", "none"}
	for _, c := range s.Models {
		models = append(models, c.ID)
	}
	return []feature.Msg{Toggled{}, KindChosen{Kind(pick("text", "type", "model", "x"))}, Typed{pick("", "CBCBBC", "AB", "x")}, ModelPicked{pick(models...)},
		OwnTyped{pick("", "AB", "x")}, TypePicked{pick(append(engine.RoundedTypes(), "x")...)}, ViewChosen{View(pick("", "side", "difference", "x"))},
		Paused{r.IntN(2) == 0}, TriedAgain{}, Unfolded{engine.AspectSteps}, Ended{}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		toggle(u)
	case KindChosen:
		chooseKind(u, m.Kind)
	case Typed:
		if withOf(&u.State).Kind == KindText {
			change(u, name+".text", With{Kind: KindText, Value: feature.Valid(u.Fit(m.Text))})
		}
	case ModelPicked:
		if _, ok := modelOf(&u.State, m.ID); ok {
			change(u, "", With{Kind: KindModel, Value: m.ID})
		}
	case OwnTyped:
		if w := withOf(&u.State); w.Kind == KindModel {
			w.Text = feature.Valid(m.Text)
			change(u, name+".own", w)
		}
	case TypePicked:
		if slices.Contains(engine.RoundedTypes(), m.Type) {
			change(u, "", With{Kind: KindType, Value: m.Type})
		}
	case feature.ShowChosen:
		if m.Show != engine.ShowBeside {
			leaveDifference(u)
		}
		return false
	default:
		return handleRest(u, m)
	}
	return true
}

// leaveDifference has the scene show the numbers themselves.
func leaveDifference(u *feature.Change) {
	memory.Change(&u.State, func(c *State) {
		if c.View == ViewDiff {
			c.View = ViewOne
		}
	})
}

func handleRest(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case ViewChosen:
		if slices.Contains([]View{ViewOne, ViewSide, ViewDiff}, m.View) {
			memory.Change(&u.State, func(c *State) { c.View = m.View })
		}
	case Paused:
		memory.Change(&u.State, func(c *State) { c.paused = m.On })
	case TriedAgain:
		memory.Change(&u.State, func(c *State) {
			c.Problem, c.failed, c.noWord, c.paused = "", attempt{}, false, false
			c.parts = maps.Clone(c.parts)
			maps.DeleteFunc(c.parts, func(_ engine.Aspect, p part) bool { return p.problem != "" })
		})
	case Unfolded:
		memory.Change(&u.State, func(c *State) {
			if c.unfold = maps.Clone(c.unfold); c.unfold == nil {
				c.unfold = map[engine.Aspect]bool{}
			}
			c.unfold[m.Of] = !c.unfold[m.Of]
		})
	case Ended:
		end(u)
	default:
		return false
	}
	return true
}

// toggle opens the card, with the text that stands there to be changed, or closes it.
func toggle(u *feature.Change) {
	if u.Mode == name {
		u.Mode = ""
		if withOf(&u.State).nothing(&u.State) {
			with.Set(&u.State, With{})
		}
		return
	}
	open(u)
}

// open gives the inspector to the card.
func open(u *feature.Change) {
	if u.Uncover() {
		u.Frame()
	}
	u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	if withOf(&u.State).Kind == "" {
		with.Set(&u.State, With{Kind: KindText, Value: u.Text})
	}
}

// chooseKind begins with something of another kind. A type of numbers is proposed where that takes but a moment.
func chooseKind(u *feature.Change, kind Kind) {
	w := With{Kind: kind}
	switch {
	case kind == withOf(&u.State).Kind || !slices.Contains(kinds(), kind):
		return
	case kind == KindText:
		w.Value = u.Text
	case kind == KindType && !feature.Heavy(u.Config):
		w.Value = proposed
	}
	change(u, "", w)
}

// proposed is the type that loses most.
const proposed = "Q4_0"

// change compares with something else; changes of one kind in a row are undone together.
func change(u *feature.Change, kind string, to With) {
	if to == withOf(&u.State) {
		return
	}
	u.Remember(kind)
	with.Set(&u.State, to)
}

// end makes an end of comparing.
func end(u *feature.Change) {
	if u.Mode == name {
		u.Mode = ""
	}
	change(u, "", With{})
}
