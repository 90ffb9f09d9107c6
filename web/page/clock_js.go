package page

import "syscall/js"

// A clock calls draw on animation frames while it asks for more, and never otherwise.
type clock struct {
	draw    func(now float64) (again bool)
	guard   func(where string, f func()) // stops panics
	pending bool
	fn      js.Func

	frozen bool // no frames, whoever asks for them
	owed   bool // one was asked for meanwhile

	later   func() // what afterRender waits with
	waiting bool
	laterFn js.Func
}

// wake asks for a frame.
func (c *clock) wake() {
	if c.frozen {
		c.owed = true
		return
	}
	if c.pending {
		return
	}
	if c.fn.IsUndefined() {
		c.fn = js.FuncOf(func(_ js.Value, args []js.Value) any {
			if c.pending = false; c.frozen {
				c.owed = true
				return nil
			}
			again := false
			c.guard("a frame", func() { again = c.draw(args[0].Float() / 1000) })
			if again {
				c.wake()
			}
			return nil
		})
	}
	c.pending = true
	js.Global().Call("requestAnimationFrame", c.fn)
}

// due reports whether a frame was asked for that has not come yet.
func (c *clock) due() bool { return c.pending || c.waiting }

// freeze stops the frames, or lets them go on with the one that is owed.
func (c *clock) freeze(on bool) {
	if c.frozen = on; !on && c.owed {
		c.owed = false
		c.wake()
	}
}

// afterRender calls f on the next frame, behind the rendering that was asked for before.
func (c *clock) afterRender(f func()) {
	if c.later = f; c.waiting {
		return
	}
	if c.laterFn.IsUndefined() {
		c.laterFn = js.FuncOf(func(js.Value, []js.Value) any {
			c.waiting = false
			c.guard("arranging the page", c.later)
			return nil
		})
	}
	c.waiting = true
	js.Global().Call("requestAnimationFrame", c.laterFn)
}

// after calls f once when the time has passed.
func (c *clock) after(millis int, f func()) {
	js.Global().Call("setTimeout", once(f), millis)
}

// now is the time on the clock of the frames, in seconds.
func now() float64 {
	return js.Global().Get("performance").Call("now").Float() / 1000
}
