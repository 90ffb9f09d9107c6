package patching

import "glassbox/web/say"

// left counts the cells that are still to come.
func (c *Map) left() int {
	if c.width() == 0 {
		return 0
	}
	return len(c.state.wanted(c.Rows(), c.width()))
}

// Slow reports whether the map is computed for so long that the page tells of it.
func (c *Map) Slow() bool { return c.state.chart.Slow() }

// Done is how much of it is there, in percent.
func (c *Map) Done() string { return c.state.chart.Percent(c.left()) }

// enough is how many places are computed before the page says how long the rest takes.
const enough = 3

// Left says how many cells are still to come, and how long that takes.
func (c *Map) Left() string {
	f, left := c.state.chart, c.left()
	if f.Done < enough {
		return say.Patching.Begins(left)
	}
	run := 0
	for _, i := range c.state.wanted(c.Rows(), c.width()) {
		if !f.free(c.state.Site, i%c.width()) {
			run++
		}
	}
	return say.Patching.Left(left, f.Seconds(run))
}

// Pause stops the computing, or goes on with it.
func (c *Map) Pause(on bool) { c.Screen.Send(Paused{on}) }

// Halted reports whether it is stopped before its end.
func (c *Map) Halted() bool {
	f := c.state.chart
	return !f.stale && (f.Paused || f.Fault != "") && c.left() > 0
}

// Why says why it is.
func (c *Map) Why() string {
	if fault := c.state.chart.Fault; fault != "" {
		return say.Patching.Failed(say.Sentence(fault))
	}
	return say.Patching.Halted(c.left())
}
