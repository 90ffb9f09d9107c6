package run

import (
	"slices"
	"strings"

	"glassbox/model"
)

// An Edit is a change that the reader makes in the run.
type Edit struct {
	Spec   string // as model.ParseEdit reads it
	Paused bool   // it stands in the list, and is not made
}

// paused stands before an edit in a link that is not made.
const paused = "~"

// ParseEdits reads the edits of a link: with semicolons between, and ~ before one that is paused.
func ParseEdits(v string) (edits []Edit, err error) {
	for spec := range strings.SplitSeq(v, ";") {
		if strings.Trim(spec, " "+paused) == "" {
			continue
		}
		spec, isPaused := strings.CutPrefix(strings.TrimSpace(spec), paused)
		e, err := model.ParseEdit(spec)
		if err != nil {
			return nil, err
		}
		edits = append(edits, Edit{e.String(), isPaused})
	}
	return edits, nil
}

// JoinEdits writes them.
func JoinEdits(edits []Edit) string {
	specs := make([]string, len(edits))
	for i, e := range edits {
		if specs[i] = e.Spec; e.Paused {
			specs[i] = paused + e.Spec
		}
	}
	return strings.Join(specs, ";")
}

// Made returns the edits that are not paused.
func Made(edits []Edit) (specs []string) {
	for _, e := range edits {
		if !e.Paused {
			specs = append(specs, e.Spec)
		}
	}
	return specs
}

// Respelled returns edits with other words for the same: those of from become those of to.
func Respelled(edits []Edit, from, to []string) []Edit {
	edits = slices.Clone(edits)
	for i, e := range edits {
		if at := slices.Index(from, e.Spec); at >= 0 && !e.Paused {
			edits[i].Spec = to[at]
		}
	}
	return edits
}

// Anew returns the edits for another text: what they take from a run is taken from that.
func Anew(edits []Edit) []Edit {
	edits = slices.Clone(edits)
	for i, e := range edits {
		if m, err := model.ParseEdit(e.Spec); err == nil {
			m.Made = 0
			edits[i].Spec = m.String()
		}
	}
	return edits
}

// LooksAhead reports whether edits let tokens see later ones, so that a new token changes all rows.
func LooksAhead(edits []Edit) bool { return anyMade(edits, model.Edit.Unmasks) }

// anyMade reports whether one of the edits that are made is such.
func anyMade(edits []Edit, is func(e model.Edit) bool) bool {
	return slices.ContainsFunc(Made(edits), func(spec string) bool {
		e, err := model.ParseEdit(spec)
		return err == nil && is(e)
	})
}

// Unvalued returns the run without its numbers.
func (s Run) Unvalued() Run {
	s.values = nil
	return s
}

// InfoHere describes the step or weight that an edit names, by the name that any model has for it.
func (s Run) InfoHere(name string) (model.Info, bool) {
	if i, ok := s.Info(name); ok {
		return i, true
	}
	return s.Info(s.Config.NameHere(name))
}
