// Package sizes is the feature that compares models by size, in the place of the model: those of the
// page, those that were published, and one that the reader types.
package sizes

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
	drawn "glassbox/web/scene/sizes"
)

// What the reader does with the comparison of sizes.
type (
	// Toggled opens or closes the comparison.
	Toggled struct{}
	// Chosen goes to one of the sizes; to the one that is chosen already: back to all.
	Chosen struct{ ID string }
	// OwnTyped changes one field of the configuration that the reader types: V, T, C, H or
	// L, 0 … 4.
	OwnTyped struct {
		Field int
		Text  string
	}
	// OwnTied says whether its output weights are the token embedding again.
	OwnTied struct{ On bool }
	// OwnRemoved takes it away.
	OwnRemoved struct{}
)

// Leads tells that the comparison is another place.
func (Toggled) Leads() {}

// Leads tells that a size is another place.
func (Chosen) Leads() {}

// Show puts sizes in the place of the model in the scene; none: the model again.
type Show struct{ Sizes []drawn.Size }

// What State.At says beside the ID of a size: all of them are shown. And the ID of what the
// reader types.
const (
	All   = "all"
	Yours = "own"
)

// State is the comparison.
type State struct {
	At string // All, or the ID of the size that is looked at; "" it is closed

	list  list         // what can be compared
	shown []drawn.Size // what the scene shows instead of the model
}

// mode is that of the comparison, and the name of the feature.
const mode = "sizes"

var memory = feature.MemoryOf[State](mode)

// Of returns the comparison of a state.
func Of(s *feature.State) State {
	c := memory.Get(s)
	if s.Mode != mode {
		c.At = ""
	}
	return c
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       mode,
		Handle:     handle,
		Settle:     settle,
		Covers:     true,
		Framed:     framed,
		Prepare:    show,
		Holds:      holds,
		Properties: properties(),
		Link: func(s *feature.State, put func(property, value string)) {
			put("sizes", Of(s).At)
			put("own", OwnOf(s).join())
		},
		Follow: follow,
		Lacks:  lacks,
		Undone: ownName,
		Keys:   []feature.Key{{Key: "z", Label: "Z", Does: say.Sizes.KeyDoes(), Msg: feature.Always(Toggled{})}},
		Escape: escape,
		Spoken: spoken,
		Components: []feature.Component{
			{Slot: feature.SlotMenu, Order: 10, Build: func(c *feature.Screen) vugu.Builder { return &Entry{Screen: c} }},
			{Slot: feature.SlotFacts, Order: 10, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 50, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Table{Screen: c} }},
		},
		Random: random,
		Check:  check,
	}
}

func isOpen(c *feature.Screen) bool { return Of(c.State).At != "" }

// holds reports whether the inspector is for the comparison, where there is one.
func holds(s *feature.State) bool { return s.Mode == mode && !s.Host.Bare() }

func properties() address.Table {
	name := func(v string) (string, error) { return v, address.Identifier(v) }
	return address.Table{
		{Name: "sizes", Type: "name", Placed: true, Allowed: say.Sizes.SizesAllowed(),
			Doc: say.Sizes.SizesDoc(), Check: name},
		{Name: "own", Type: "list", Allowed: say.Sizes.OwnAllowed(), Doc: say.Sizes.OwnDoc(),
			Check: func(v string) (string, error) { o, err := parseOwn(v); return o.join(), err }},
	}
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	return []feature.Msg{Toggled{}, Chosen{pick("gpt3", "own", "tiny", "x")},
		OwnTyped{r.IntN(6) - 1, pick("12", "96", "", "1e9", "x")}, OwnTied{r.IntN(2) == 0}, OwnRemoved{}}
}

// check holds that the size that is looked at is there.
func check(s *feature.State) error {
	if at := Of(s).At; at != "" && at != All && !has(s, at) {
		return fmt.Errorf("there is no size %s", at)
	}
	return nil
}

// handle handles what the reader does there. The panels of a comparison are sizes.
func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		toggle(u)
	case Chosen:
		choose(u, m.ID)
	case feature.PanelChosen:
		id, ok := drawn.IDOf(m.Name)
		if ok {
			choose(u, id)
		}
		return ok
	case OwnTyped, OwnTied, OwnRemoved:
		write(u, m)
	default:
		return false
	}
	return true
}

func toggle(u *feature.Change) {
	if u.Mode == mode {
		u.Uncover()
		u.Frame()
		return
	}
	open(u, All)
}

// choose goes to a size, and from there back to all.
func choose(u *feature.Change, id string) {
	if id == Of(&u.State).At {
		id = All
	}
	if id == All || has(&u.State, id) {
		open(u, id)
	}
}

// open shows the comparison in the place of the model.
func open(u *feature.Change, id string) {
	if u.Mode != mode {
		u.Cover(mode)
	}
	look(u, id)
	u.Frame()
}

// look makes a size the one that is looked at.
func look(u *feature.Change, id string) {
	memory.Change(&u.State, func(c *State) { c.At = id })
}

// follow takes over what a link says of the comparison, which stands in the place of stages and panels.
func follow(u *feature.Change, l address.Link) {
	own, _ := parseOwn(l.Value("own")) // the parser of the link has checked it
	typed.Set(&u.State, own)
	id := l.Value("sizes")
	if id == "" {
		return
	}
	if id != All && !has(&u.State, id) {
		u.AddNotice(say.Sizes.Unknown(id))
		id = All
	}
	u.Cover(mode)
	look(u, id)
}

// lacks returns the size of a link that is none of those that the page can compare.
func lacks(s *feature.State, l address.Link) (what, name string) {
	if id := l.Value("sizes"); id != "" && id != All && id != Yours && !has(s, id) {
		return say.Sizes.LackedSize(), id
	}
	return "", ""
}

// settle goes back to all when undo took away what was typed, and keeps the scene true.
func settle(u *feature.Change) {
	if Of(&u.State).At == Yours && !has(&u.State, Yours) {
		look(u, All)
	}
	show(u)
}

// show hands the scene what is to be compared, when that changed.
func show(u *feature.Change) {
	c := Of(&u.State)
	var sizes []drawn.Size
	if c.At != "" {
		if !c.list.of(&u.State) {
			c.list = list{u.Models, OwnOf(&u.State), say.Spoken(), listOf(&u.State)}
			memory.Set(&u.State, c)
		}
		for _, z := range c.list.sizes {
			sizes = append(sizes, drawn.Size{ID: z.ID, Label: z.Label, Note: z.Note(), Config: z.Config})
		}
	}
	if !slices.Equal(sizes, c.shown) {
		c.shown = sizes
		memory.Set(&u.State, c)
		u.Do(Show{sizes})
	}
}

// framed returns the size that the camera shows; none: all of them.
func framed(s *feature.State) []string {
	if at := Of(s).At; at != All {
		return []string{drawn.Name(at)}
	}
	return nil
}

func escape(s *feature.State) feature.Msg {
	switch Of(s).At {
	case "":
		return nil
	case All:
		return Toggled{}
	}
	return Chosen{All}
}

func spoken(s *feature.State) string {
	switch Of(s).At {
	case "":
		return ""
	case All:
		return say.Sizes.SpokenAll()
	}
	z := Shown(s)
	if z.Here {
		return say.Sizes.Spoken(z.Label, z.Config.Parameters())
	}
	return say.Sizes.SpokenStructure(z.Label, z.Config.Parameters())
}
