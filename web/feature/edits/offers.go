package edits

import (
	"slices"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// An Offer is an edit that could be made where the reader is.
type Offer struct{ Label, Spec string }

// Offers returns what can be changed where the reader is: the number that is pinned, the row of its token, the panel and what it
// is a part of; at a stage what that is a part of; and where nothing is selected, what belongs to the whole model.
func Offers(s *feature.State) (list []Offer) {
	if s.Phase != feature.Ready || s.Covered() {
		return nil
	}
	if i, ok := s.Info(s.Panel); ok && s.Panel != "" {
		return append(numbers(s, i), parts(s, i)...)
	}
	if s.Stage == run.StageOverview {
		return kinds(s)
	}
	for _, name := range s.Names(s.Stage) {
		i, _ := s.Info(name)
		for _, o := range parts(s, i) {
			if !slices.Contains(list, o) {
				list = append(list, o)
			}
		}
	}
	return list
}

// numbers offers what a panel consists of.
func numbers(s *feature.State, i model.Info) (list []Offer) {
	if i.Op.IsID() || i.Part == model.PartSample {
		return nil
	}
	add := func(label string, row, col int) {
		list = append(list, Offer{label, model.Edit{Name: i.Name, Row: row, Col: col}.String()})
	}
	if c := s.Cell; c != nil && c.Name == i.Name {
		if !i.Masked(c.Row, c.Col) {
			add(say.Edits.OfferCell(), c.Row, c.Col)
		}
		if i.RowAxis.Tokens() && i.Cols > 1 {
			add(say.Edits.OfferRow(s.TokenName(c.Row)), c.Row, -1)
		}
	}
	if _, adds := i.Adds(); !adds {
		add(say.Edits.OfferAll(), -1, -1)
	}
	return list
}

// parts offers to switch off what a step is a part of.
func parts(s *feature.State, i model.Info) (list []Offer) {
	for _, o := range i.Offs() {
		list = append(list, Offer{offerOff(s, o), o.Spec()})
	}
	return list
}

// kinds offers to switch off what stands in all blocks.
func kinds(s *feature.State) (list []Offer) {
	there := map[model.Off]bool{}
	for _, i := range s.Steps {
		for _, o := range i.Offs() {
			there[o] = true
		}
	}
	for _, k := range model.OffKinds() {
		if o := (model.Off{Kind: k, Block: -1, Head: -1}); there[o] {
			list = append(list, Offer{offerOff(s, o), o.Spec()})
		}
	}
	return list
}

// offerOff says what would be off.
func offerOff(s *feature.State, o model.Off) string {
	switch {
	case o.Kind == "":
		return say.Edits.OfferOff(offName(o))
	case o.Step == "":
		return say.Edits.OfferKind(string(o.Kind))
	}
	return say.Edits.OfferOne(string(o.Kind))
}
