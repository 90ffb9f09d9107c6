package feature

import (
	"slices"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/sizes"
)

// What the reader does with the comparison of sizes.
type (
	// SizesToggled opens or closes the comparison.
	SizesToggled struct{}
	// SizeChosen goes to one of the sizes; to the one that is chosen already: back to all.
	SizeChosen struct{ ID string }
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

// ShowSizes puts sizes in the place of the model in the scene; none: the model again.
type ShowSizes struct{ Sizes []sizes.Size }

// A Size is a model to compare.
type Size struct {
	ID, Label string
	Config    model.Config
	Account   model.Account
	Here      bool   // its weights are in this page; otherwise there is nothing but its sizes
	From      string // where its sizes are published, or whose they are
}

// What Sizes says beside the ID of a size: all of them are shown. And the ID of what the
// reader types.
const (
	AllSizes = "all"
	OwnSize  = "own"
)

// Published returns the sizes whose weights the page does not carry: those of GPT-2 as
// they were released, and the largest GPT-3.
func Published() []Size {
	const two = "the configurations of the released checkpoints of GPT-2 (Radford et al., 2019)"
	gpt2 := func(id, label string, C, H, L int) Size {
		return Size{ID: id, Label: label, From: two, Config: model.Config{Vocab: GPT2Vocab, Context: 1024, Width: C, Heads: H, Blocks: L, Tied: true}}
	}
	return []Size{
		gpt2("gpt2", "GPT-2 small", 768, 12, 12), gpt2("gpt2-medium", "GPT-2 medium", 1024, 16, 24),
		gpt2("gpt2-large", "GPT-2 large", 1280, 20, 36), gpt2("gpt2-xl", "GPT-2 XL", 1600, 25, 48),
		{ID: "gpt3", Label: "GPT-3", From: "table 2.1 of Brown et al., 2020; here with every head of every block seeing all tokens",
			Config: model.Config{Vocab: GPT2Vocab, Context: 2048, Width: 12288, Heads: 96, Blocks: 96, Tied: true}},
	}
}

// sizeList is what can be compared, as long as the models of the page and what the reader typed
// are these: accounts of large models are not made for every picture.
type sizeList struct {
	models []Choice
	own    Own
	list   []Size
}

// of reports whether the list is that of a state.
func (l sizeList) of(s State) bool {
	same := func(a, b Choice) bool { return a.ID == b.ID && a.Label == b.Label && a.Config == b.Config }
	return len(l.list) > 0 && l.own == s.Own && slices.EqualFunc(l.models, s.Models, same)
}

// AllOf returns what can be compared, the smallest first: the models of the page, those
// that were published, and what the reader typed, if that is a model.
func (s State) AllOf() []Size {
	if s.comparable.of(s) {
		return s.comparable.list
	}
	return s.sizeList()
}

// sizeList makes the list of AllOf.
func (s State) sizeList() []Size {
	var list []Size
	for _, c := range s.Models {
		list = append(list, Size{ID: c.ID, Label: c.Label, Config: c.Config, Here: true, From: "the weights in this page"})
	}
	for _, z := range Published() {
		if !slices.ContainsFunc(list, func(h Size) bool { return h.ID == z.ID }) {
			list = append(list, z)
		}
	}
	if c, err := s.Own.Config(); err == nil {
		list = append(list, Size{ID: OwnSize, Label: "Yours", Config: c, From: "what you typed"})
	}
	for i := range list {
		list[i].Account = list[i].Config.Account()
	}
	slices.SortStableFunc(list, func(a, b Size) int { return a.Account.Parameters() - b.Account.Parameters() })
	return list
}

// SizeShown returns the size that the reader looks at, with all in view that of the model
// that runs.
func (s State) SizeShown() Size {
	list := s.AllOf()
	for _, id := range []string{s.Sizes, s.Model} {
		if i := slices.IndexFunc(list, func(z Size) bool { return z.ID == id }); i >= 0 {
			return list[i]
		}
	}
	if len(list) == 0 {
		return Size{}
	}
	return list[0]
}

// Note says beside the name of a size how large it is, and plainly if nothing but that is
// known here.
func (z Size) Note() string {
	n := say.Amount(z.Account.Parameters(), "")
	if z.Here {
		return n
	}
	return n + ", structure only"
}

// syncSizes hands the scene what is to be compared, when that changed.
func (u *Change) syncSizes() {
	var list []sizes.Size
	if u.Sizes != "" {
		if !u.comparable.of(u.State) {
			u.comparable = sizeList{u.Models, u.Own, u.sizeList()}
		}
		for _, z := range u.AllOf() {
			list = append(list, sizes.Size{ID: z.ID, Label: z.Label, Note: z.Note(), Config: z.Config})
		}
	}
	if !slices.Equal(list, u.compared) {
		u.compared = list
		u.Do(ShowSizes{list})
	}
}

// handleSizes handles what the reader does there.
func (u *Change) handleSizes(m Msg) {
	switch m := m.(type) {
	case SizesToggled:
		if u.Sizes != "" {
			u.Sizes = ""
			u.Frame()
		} else {
			u.openSizes(AllSizes)
		}
	case SizeChosen:
		if m.ID == u.Sizes {
			m.ID = AllSizes
		}
		if m.ID == AllSizes || u.sized(m.ID) {
			u.openSizes(m.ID)
		}
	case OwnTyped:
		if m.Field >= 0 && m.Field < len(u.Own.Fields) {
			own := u.ownFrom()
			own.Fields[m.Field] = UpTo(Valid(m.Text), mostOwn)
			u.typeOwn(own, "own "+ownFields[m.Field].Letter)
		}
	case OwnTied:
		own := u.ownFrom()
		own.Tied = m.On
		u.typeOwn(own, "own tied")
	case OwnRemoved:
		u.typeOwn(Own{}, "")
	}
}

// sized reports whether there is such a size.
func (s State) sized(id string) bool {
	return slices.ContainsFunc(s.AllOf(), func(z Size) bool { return z.ID == id })
}

// openSizes shows the comparison in the place of the model.
func (u *Change) openSizes(id string) {
	if u.Sizes == "" {
		u.Stage, u.Panel, u.Cell, u.Hover, u.Explained, u.Walk, u.trip = run.StageOverview, "", nil, nil, nil, 0, nil
		u.Sheet = max(u.Sheet, SheetHalf)
	}
	u.Sizes = id
	u.Frame()
}

// typeOwn takes over what the reader typed. While it is a model, the scene shows it.
func (u *Change) typeOwn(own Own, kind string) {
	if own == u.Own {
		return
	}
	u.Remember(kind)
	u.Own = own
	was := u.Sizes
	if _, err := own.Config(); err != nil && u.Sizes == OwnSize {
		u.Sizes = AllSizes
	} else if err == nil && u.Sizes != "" {
		u.Sizes = OwnSize
	}
	if u.Sizes != was || was == OwnSize {
		u.Frame()
	}
}

// followSizes takes over what a link says of the comparison, which stands in the place of
// stages, panels and the walk.
func (u *Change) followSizes(l *address.Link) {
	u.Own, _ = parseOwn(l.Value("own")) // the parser of the link has checked it
	if u.Sizes = l.Value("sizes"); stopOf(*l) > 0 || u.Sizes == "" {
		u.Sizes = ""
		return
	}
	l.Stage, l.Panel, l.Cell = run.StageOverview, "", nil
	if id := u.Sizes; id != AllSizes && !u.sized(id) {
		u.Sizes = AllSizes
		u.AddNotice("There is no size " + id + " to compare.")
	}
	u.Sheet = max(u.Sheet, SheetHalf)
}
