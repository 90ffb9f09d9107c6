package scene

// Scale says by what the colours of values are measured.
type Scale int

// The scales.
const (
	PerPanel Scale = iota // the values of the panel, those of all heads of a step together
	Shared                // the values of all panels of that kind: weights, activations, per row
	Fixed                 // 1
)

// SetScale changes the scale of all colours.
func (s *Scene) SetScale(k Scale) {
	if s.store.scale != k {
		s.store.scale, s.stale.boxes = k, true
	}
}

// measured names what a tensor's values are measured by together: a group, or under a
// shared scale a kind, which no group is named like.
func (st *store) measured(sl *slot) string {
	if st.scale == Shared {
		return "=" + string(sl.info.Kind)
	}
	return sl.group
}
