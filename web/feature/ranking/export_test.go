package ranking

import "glassbox/web/feature"

// Put opens the table at what a test says.
func Put(s *feature.State, t State) { memory.Set(s, t) }
