package number

import "glassbox/web/feature"

// Brief is the number that the reader points at, in a line at the top of the inspector.
type Brief struct{ Screen *feature.Screen }
