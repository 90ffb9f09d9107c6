package view

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
)

// Components returns the components that stand in a slot now, from the top down: the shell's and those of
// the features.
func Components(c *feature.Screen, slot feature.Slot) (list []vugu.Builder) {
	all := slices.Concat(shell(), c.State.Components())
	slices.SortStableFunc(all, func(a, b feature.Component) int {
		return cmp.Or(cmp.Compare(a.Slot, b.Slot), cmp.Compare(a.Order, b.Order))
	})
	for i, p := range all {
		if i > 0 && all[i-1].Slot == p.Slot && all[i-1].Order == p.Order {
			panic(fmt.Sprintf("two components have place %d of slot %s", p.Order, p.Slot)) // each drawing asks this, so tests find it
		}
		if p.Slot == slot && (p.When == nil || p.When(c)) {
			list = append(list, c.Component(p))
		}
	}
	return list
}

// shell lists what the shell itself shows: legend, camera tools, minimap, notes, and where the parameters are.
func shell() []feature.Component {
	in := func(order int, show func(c *feature.Screen) bool, build func(c *feature.Screen) vugu.Builder) feature.Component {
		return feature.Component{Slot: feature.SlotInspector, Order: order, When: show, Build: build}
	}
	on := func(order int, show func(c *feature.Screen) bool, build func(c *feature.Screen) vugu.Builder) feature.Component {
		return feature.Component{Slot: feature.SlotScene, Order: order, When: show, Build: build}
	}
	return []feature.Component{
		on(10, nil, func(c *feature.Screen) vugu.Builder { return &Legend{Screen: c} }),
		on(20, (*feature.Screen).Live, func(c *feature.Screen) vugu.Builder { return &Tools{Screen: c} }),
		on(30, (*feature.Screen).Live, func(c *feature.Screen) vugu.Builder { return &Pad{Screen: c} }),
		on(40, func(c *feature.Screen) bool { return c.Map != nil && c.Live() }, func(c *feature.Screen) vugu.Builder { return &Minimap{Screen: c} }),
		on(90, flatNoted, func(c *feature.Screen) vugu.Builder { return &FlatNote{Screen: c} }),
		on(100, func(c *feature.Screen) bool { return c.State.Problem != nil }, func(c *feature.Screen) vugu.Builder { return &ProblemCard{Screen: c} }),
		on(110, func(c *feature.Screen) bool { return c.State.LinkText != "" }, func(c *feature.Screen) vugu.Builder { return &LinkCard{Screen: c} }),
		in(160, Overview, func(c *feature.Screen) vugu.Builder { return &Parameters{Screen: c} }),
	}
}

// floor reports whether the inspector is for the model's own: no feature has taken it over.
func floor(c *feature.Screen) bool { return c.State.Floor() == "" }

// Staged reports whether no step or weight is selected, so that the stage is described.
func Staged(c *feature.Screen) bool { return !c.Selected() && floor(c) }

// Overview reports whether nothing is selected, so that the whole model is described.
func Overview(c *feature.Screen) bool {
	return Staged(c) && c.State.Stage == run.StageOverview && len(c.State.Facts) > 0
}

// Predicts reports whether the next token belongs here: everywhere, but where a feature has the
// inspector only at the last stages.
func Predicts(c *feature.Screen) bool {
	return floor(c) || c.State.Guided() && (c.State.Stage == run.StageSoftmax || c.State.Stage == run.StageSample)
}
