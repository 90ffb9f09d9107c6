package lessons

import (
	"glassbox/web/feature"
	"glassbox/web/lesson"
	"glassbox/web/say"
)

// Print is all stops of a part of the walk, one after another, for paper.
type Print struct{ Screen *feature.Screen }

// At counts the stops.
func (c *Print) At(i int) string { return stopName(c.Screen, c.part().first+i) }

// part is the part of the walk where the reader is.
func (c *Print) part() part {
	w := Of(c.Screen.State)
	return w.part(w.Walk)
}

// Stops returns the lessons of that part, as they are for this model.
func (c *Print) Stops() (pages []lesson.Page) {
	p := c.part()
	for stop := p.first; stop <= p.last; stop++ {
		pages = append(pages, stopFor(c.Screen.State, stop))
	}
	return pages
}

// Pictured reports whether the production line belongs to stop i.
func (c *Print) Pictured(i int) bool { return c.Stops()[i].Picture == pictureLine }

// Run says which run the numbers are of.
func (c *Print) Run() string {
	text := ""
	for _, t := range c.Screen.State.Tokens {
		text += t.Text
	}
	return say.Lessons.PrintedRun(c.Screen.State.Choice().Label, text)
}
