package scene

import (
	"glassbox/web/scene/label"
	"glassbox/web/scene/paint"
)

// A Legend is what the key to the colours shows: the panel under the pointer, or else
// the selected one.
type Legend struct {
	Name    string // "" nothing in particular
	Title   string
	Norm    float32 // the ramp runs from −Norm to +Norm; values beyond it have the colour of its end
	Above   bool    // no value can be negative: it runs from 0 on
	Plain   bool    // the values are ids, which have no colours
	Clamped bool    // there are values beyond it
	Value   float32 // of the hovered cell
	Hovered bool    // Value is there
	Differs bool    // they are differences, which are below 0 as well
	Alone   bool    // they have a scale of their own, while most differences share one
}

// Legend returns the key to the colours of this moment.
func (s *Scene) Legend() Legend {
	name := s.selected
	if s.hover != nil {
		name = s.hover.Name
	}
	info := s.infoOf(name)
	if info == nil {
		return s.differenceLegend(Legend{})
	}
	l := Legend{Name: name, Norm: s.store.Norm(name), Above: info.Op.NeverNegative(), Plain: info.Op.IsID()}
	if is := s.plan.ByName[name]; len(is) > 0 {
		l.Title = label.Title(info, s.infoOf(s.plan.Panels[is[0]].Reader))
	}
	l.Clamped = !l.Plain && (s.store.Scale != paint.PerPanel || info.Rows*info.Cols > 60 && l.Norm != 1)
	if s.hover != nil {
		if v, ok := s.store.At(name, s.hover.Row, s.hover.Col); ok && v < paint.NotFinite {
			l.Value, l.Hovered = v, true
		}
	}
	return s.differenceLegend(l)
}

// Framed says how the panel of a step or weight stands: whether x runs along its columns, and
// what its colours are measured by, 0 if nothing of it is here.
func (s *Scene) Framed(name string) (across bool, norm float32) {
	for _, i := range s.plan.ByName[name] {
		across = s.plan.Panels[i].Across
	}
	if s.infoOf(name) == nil {
		return across, 0
	}
	return across, s.store.Norm(name)
}
