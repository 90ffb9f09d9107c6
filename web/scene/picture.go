package scene

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
