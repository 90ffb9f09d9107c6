package patching

import (
	"math"
	"strconv"

	"glassbox/web/say"
)

// left counts the cells that are still to come.
func (c *Map) left() int {
	if c.width() == 0 {
		return 0
	}
	return len(c.state.wanted(c.Rows(), c.width()))
}

// Slow reports whether the map is computed for so long that the page tells of it.
func (c *Map) Slow() bool {
	return c.state.chart.timed && c.state.chart.ticks > 0 && !c.state.chart.paused
}

// Done is how much of it is there, in percent.
func (c *Map) Done() string {
	done := c.state.chart.done
	return strconv.Itoa(100 * done / max(done+c.left(), 1))
}

// enough is how many places are computed before the page says how long the rest takes.
const enough = 3

// Left says how many cells are still to come, and how long that takes.
func (c *Map) Left() string {
	f, left := c.state.chart, c.left()
	if f.done < enough {
		return say.Patching.Begins(left)
	}
	run := 0
	for _, i := range c.state.wanted(c.Rows(), c.width()) {
		if !f.free(c.state.Site, i%c.width()) {
			run++
		}
	}
	seconds := float64(run) * float64(f.ticks) * tickMillis / 1000 / float64(f.done)
	return say.Patching.Left(left, int(math.Ceil(seconds)))
}

// Pause stops the computing, or goes on with it.
func (c *Map) Pause(on bool) { c.Screen.Send(Paused{on}) }

// Halted reports whether it is stopped before its end.
func (c *Map) Halted() bool {
	f := c.state.chart
	return !f.stale && (f.paused || f.fault != "") && c.left() > 0
}

// Why says why it is.
func (c *Map) Why() string {
	if fault := c.state.chart.fault; fault != "" {
		return say.Patching.Failed(say.Sentence(fault))
	}
	return say.Patching.Halted(c.left())
}
