package lessons

import "glassbox/web/say"

// A part of the walk is some stops in a row, counted from 1. The first one has no name.
type part struct {
	name        string
	first, last int
}

// part returns the one in which a stop is.
func (w State) part(stop int) part {
	p := part{"", 1, len(w.Pages)}
	for i, page := range w.Pages {
		switch {
		case page.Part == "" || i == 0:
		case i+1 > stop:
			p.last = i
			return p
		default:
			p.name, p.first = page.Part, i+1
		}
	}
	return p
}

// next returns the part that begins behind a stop; ok is false where none does.
func (w State) next(stop int) (p part, ok bool) {
	if stop >= len(w.Pages) {
		return p, false
	}
	p = w.part(stop + 1)
	return p, p.first == stop+1
}

// at says where in the part a stop is.
func (p part) at(stop int) string {
	if p.name == "" {
		return say.Lessons.StopAt(stop, p.last)
	}
	return say.Lessons.StopIn(p.name, stop-p.first+1, p.last-p.first+1)
}

// spoken says it with the title of the stop.
func (p part) spoken(stop int, title string) string {
	if p.name == "" {
		return say.Lessons.StopSpoken(stop, p.last, title)
	}
	return say.Lessons.StopSpokenIn(p.name, stop-p.first+1, p.last-p.first+1, title)
}
