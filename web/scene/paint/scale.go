package paint

// Scale says by what the colours of values are measured.
type Scale int

// The scales.
const (
	PerPanel Scale = iota // the values of the panel
	Shared                // the values of all panels of that kind: weights, activations, per row
	Fixed                 // 1
)

// measured names what a tensor's values are measured by: itself, or under a shared scale a kind, which no tensor is named
// like.
func (st *Store) measured(sl *Slot) string {
	if st.Scale == Shared {
		return "=" + string(sl.Info.Kind)
	}
	return sl.Info.Name
}
