package served

import (
	"strconv"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Note says that the program reads the model, or that the way to it is broken.
type Note struct{ Screen *feature.Screen }

// noted reports whether there is something to say.
func noted(c *feature.Screen) bool {
	v := Of(c.State)
	return v.Lost || v.Reading.Of > 0 && c.State.Phase == feature.Loading
}

// Says is what happens.
func (c *Note) Says() string {
	v := Of(c.Screen.State)
	switch {
	case v.Lost:
		return say.Served.Lost(v.Try)
	case v.Reading.Bytes >= v.Reading.Of:
		return say.Served.Making(c.name())
	}
	return say.Served.Reading(c.name(), say.Bytes(v.Reading.Bytes), say.Bytes(v.Reading.Of))
}

func (c *Note) name() string { return say.Harmless(Of(c.Screen.State).Hello.Name) }

// Reads reports whether there is a part of the way to be shown.
func (c *Note) Reads() bool { return !Of(c.Screen.State).Lost }

// Percent is how much of the model has been read.
func (c *Note) Percent() string {
	r := Of(c.Screen.State).Reading
	return strconv.Itoa(int(100 * float64(r.Bytes) / float64(max(1, r.Of))))
}

// About says in the overview of the model what computes it.
type About struct{ Screen *feature.Screen }

// Says names the program, the processor's instructions and the cores.
func (c *About) Says() string {
	h := Of(c.Screen.State).Hello
	return say.Served.Computes(h.Cores, h.Kernel)
}
