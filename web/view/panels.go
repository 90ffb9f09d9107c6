package view

import (
	"cmp"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
)

// Panels returns the components that stand in a slot now, from the top down: the shell's and those of
// the features.
func Panels(c *feature.Screen, slot feature.Slot) (list []vugu.Builder) {
	all := slices.Concat(shell(), c.State.Panels())
	slices.SortStableFunc(all, func(a, b feature.Panel) int { return cmp.Compare(a.Order, b.Order) })
	for _, p := range all {
		if p.Slot == slot && (p.Show == nil || p.Show(c)) {
			list = append(list, c.Component(p))
		}
	}
	return list
}

// shell is what the shell itself has to say: about the model, a stage, a step or weight, a number.
func shell() []feature.Panel {
	in := func(order int, show func(c *feature.Screen) bool, build func(c *feature.Screen) vugu.Builder) feature.Panel {
		return feature.Panel{Slot: feature.SlotInspector, Order: order, Show: show, Build: build}
	}
	on := func(order int, show func(c *feature.Screen) bool, build func(c *feature.Screen) vugu.Builder) feature.Panel {
		return feature.Panel{Slot: feature.SlotScene, Order: order, Show: show, Build: build}
	}
	return []feature.Panel{
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
	return floor(c) || c.State.Reading() && (c.State.Stage == run.StageSoftmax || c.State.Stage == run.StageSample)
}
