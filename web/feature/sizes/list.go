package sizes

import (
	"slices"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// A Size is a model to compare.
type Size struct {
	ID, Label string
	Config    model.Config
	Account   model.Account
	Here      bool   // its weights are in this page; otherwise there is nothing but its sizes
	File      bool   // they came from a file of the reader's
	From      string // where its sizes are published, or whose they are
}

// Published returns the sizes whose weights the page does not carry: those of GPT-2 as
// they were released, and the largest GPT-3.
func Published() []Size {
	gpt2 := func(id, label string, C, H, L int) Size {
		return Size{ID: id, Label: label, From: say.Sizes.FromGPT2(), Config: model.Config{Vocab: feature.GPT2Vocab, Context: 1024, Width: C, Heads: H, Blocks: L, Tied: true}}
	}
	return []Size{
		gpt2("gpt2", "GPT-2 small", 768, 12, 12), gpt2("gpt2-medium", "GPT-2 medium", 1024, 16, 24),
		gpt2("gpt2-large", "GPT-2 large", 1280, 20, 36), gpt2("gpt2-xl", "GPT-2 XL", 1600, 25, 48),
		{ID: "gpt3", Label: "GPT-3", From: say.Sizes.FromGPT3(),
			Config: model.Config{Vocab: feature.GPT2Vocab, Context: 2048, Width: 12288, Heads: 96, Blocks: 96, Tied: true}},
	}
}

// A list is what can be compared, as long as the models of the page, what the reader typed and
// the language are these: accounts of large models are not made for every picture.
type list struct {
	models []feature.Choice
	own    Own
	spoken *say.Language
	sizes  []Size
}

// of reports whether the list is that of a state.
func (l list) of(s *feature.State) bool {
	same := func(a, b feature.Choice) bool { return a.ID == b.ID && a.Label == b.Label && a.Config == b.Config }
	return len(l.sizes) > 0 && l.own == OwnOf(s) && l.spoken == say.Spoken() && slices.EqualFunc(l.models, s.Models, same)
}

// List returns what can be compared, the smallest first: the models of the page, those
// that were published, and what the reader typed, if that is a model.
func List(s *feature.State) []Size {
	if l := memory.Get(s).list; l.of(s) {
		return l.sizes
	}
	return listOf(s)
}

// listOf makes the list of List.
func listOf(s *feature.State) []Size {
	var sizes []Size
	for _, c := range s.Models {
		sizes = append(sizes, Size{ID: c.ID, Label: c.Label, Config: c.Config, Here: true, File: c.Source != nil, From: say.Sizes.FromPage()})
	}
	for _, z := range Published() {
		if !slices.ContainsFunc(sizes, func(h Size) bool { return h.ID == z.ID }) {
			sizes = append(sizes, z)
		}
	}
	if c, err := OwnOf(s).Config(); err == nil {
		sizes = append(sizes, Size{ID: Yours, Label: say.Sizes.Yours(), Config: c, From: say.Sizes.FromReader()})
	}
	for i := range sizes {
		sizes[i].Account = sizes[i].Config.Account()
	}
	slices.SortStableFunc(sizes, func(a, b Size) int { return a.Account.Parameters() - b.Account.Parameters() })
	return sizes
}

// has reports whether there is such a size.
func has(s *feature.State, id string) bool {
	return slices.ContainsFunc(List(s), func(z Size) bool { return z.ID == id })
}

// Shown returns the size that the reader looks at, with all in view that of the model
// that runs.
func Shown(s *feature.State) Size {
	sizes := List(s)
	for _, id := range []string{Of(s).At, s.Model} {
		if i := slices.IndexFunc(sizes, func(z Size) bool { return z.ID == id }); i >= 0 {
			return sizes[i]
		}
	}
	if len(sizes) == 0 {
		return Size{}
	}
	return sizes[0]
}

// Note says beside the name of a size how large it is, and plainly if nothing but that is
// known here.
func (z Size) Note() string {
	n := say.Amount(z.Account.Parameters(), "")
	if z.Here {
		return n
	}
	return say.Sizes.NoteStructure(n)
}
