package lens

import "glassbox/web/say"

// Slow reports whether the grid is computed for so long that the page tells of it.
func (c *Grid) Slow() bool { return c.state.grid.Slow() }

// Done is how much of it is there, in percent.
func (c *Grid) Done() string { return c.state.grid.Percent(len(wanted(c.Screen.State))) }

// Left says how many places are still to come, and how long that takes.
func (c *Grid) Left() string {
	g, left := c.state.grid, len(wanted(c.Screen.State))
	if g.Done == 0 {
		return say.Lens.Left(left)
	}
	return say.Lens.LeftSeconds(left, g.Seconds(left))
}

// StopNow stops the computing, GoOn goes on with it.
func (c *Grid) StopNow() { c.Screen.Send(Paused{true}) }

// GoOn is described at StopNow.
func (c *Grid) GoOn() { c.Screen.Send(Paused{false}) }

// Halted reports whether it is stopped before its end.
func (c *Grid) Halted() bool {
	g := c.state.grid
	return (g.Paused || g.Fault != "") && len(wanted(c.Screen.State)) > 0
}

// Why says why it is.
func (c *Grid) Why() string {
	if fault := c.state.grid.Fault; fault != "" {
		return say.Lens.Failed(say.Sentence(fault))
	}
	return say.Lens.Halted(len(wanted(c.Screen.State)))
}

// Hidden counts the rows that are out of view and have not been computed; they come when they are looked at.
func (c *Grid) Hidden() (n int) {
	if c.Slow() || c.Halted() || c.state.grid.all {
		return 0
	}
	for step := range c.state.grid.cells {
		for _, t := range c.cols {
			if !c.state.grid.cells[step][t].fresh {
				n++
				break
			}
		}
	}
	if n > 0 && len(wanted(c.Screen.State)) > 0 {
		return 0 // they are under way
	}
	return n
}

// HiddenText says so.
func (c *Grid) HiddenText() string { return say.Lens.Hidden(c.Hidden()) }

// Complete computes them, too.
func (c *Grid) Complete() { c.Screen.Send(Completed{}) }
