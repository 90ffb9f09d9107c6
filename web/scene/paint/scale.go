package paint

import (
	"slices"

	"glassbox/model"
)

// Scale says by what the colours of values are measured.
type Scale int

// The scales.
const (
	PerPanel    Scale = iota // the values of the panel
	Shared                   // the values of all panels of that kind: weights, activations, per row
	Fixed                    // 1
	Differences              // of numbers after and before a change: those of all steps; shares of attention and chances by themselves
)

// measured names what a tensor's values are measured by: itself, or under a shared scale a kind, which no tensor is named
// like.
func (st *Store) measured(sl *Slot) string {
	switch {
	case st.Scale == Shared:
		return "=" + string(sl.Info.Kind)
	case st.Scale == Differences && differs(sl.Info):
		return ofDifferences
	}
	return sl.Info.Name
}

// ofDifferences names what differences are measured by, which no tensor is named like.
const ofDifferences = "=difference"

// differs reports whether the differences of a tensor are measured by those of all.
func differs(i *model.Info) bool {
	return i.Kind != model.KindWeight && !i.Op.IsID() && !i.Op.IsShare()
}

// Differs reports whether the differences of a tensor are measured by those of all.
func (st *Store) Differs(name string) bool { return slices.Contains(st.member[ofDifferences], name) }

// DifferenceNorm returns what differences are divided by before they become colours.
func (st *Store) DifferenceNorm() float32 {
	for _, name := range st.member[ofDifferences] {
		return st.Norm(name)
	}
	return 1
}
