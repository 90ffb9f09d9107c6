package feature

import "maps"

// A Memory is where a feature keeps a state of its own within State: a value of type T, at first the
// zero value. Like the rest of the state it is replaced, never changed.
type Memory[T any] struct{ name string }

// MemoryOf returns the place for a name, which is that of the feature, with something behind it if it
// keeps more than one value.
func MemoryOf[T any](name string) Memory[T] { return Memory[T]{name} }

// Get returns the state of the feature.
func (k Memory[T]) Get(s *State) (v T) {
	v, _ = s.memories[k.name].(T)
	return v
}

// Set replaces it.
func (k Memory[T]) Set(s *State, v T) {
	if s.memories = maps.Clone(s.memories); s.memories == nil {
		s.memories = map[string]any{}
	}
	s.memories[k.name] = v
}

// Change replaces it by what f makes of it.
func (k Memory[T]) Change(s *State, f func(v *T)) {
	v := k.Get(s)
	f(&v)
	k.Set(s, v)
}
