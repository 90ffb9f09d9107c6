package browser

import "syscall/js"

// A Clock calls Draw on animation frames while it asks for more, and never otherwise.
type Clock struct {
	Draw    func(now float64) (again bool)
	Guard   Guard
	pending bool
	fn      js.Func

	frozen   bool // no frames, whoever asks for them
	deferred bool // one was asked for meanwhile

	OnFrameTime func(seconds float64) // gets the times that TimeFrame measures
	timing      bool
	begun       float64 // when that frame began
	timeFn      js.Func

	later   func() // what AfterRender is to call
	waiting bool
	laterFn js.Func
}

// Wake asks for a frame.
func (c *Clock) Wake() {
	if c.frozen {
		c.deferred = true
		return
	}
	if c.pending {
		return
	}
	if c.fn.IsUndefined() {
		c.fn = c.Guard.Function("a frame", func(args []js.Value) {
			if c.pending = false; c.frozen {
				c.deferred = true
			} else if c.Draw(args[0].Float() / 1000) {
				c.Wake()
			}
		})
	}
	c.pending = true
	js.Global().Call("requestAnimationFrame", c.fn)
}

// Due reports whether a frame is pending.
func (c *Clock) Due() bool { return c.pending || c.waiting }

// Freeze stops the frames, or lets them go on with the one that is owed.
func (c *Clock) Freeze(on bool) {
	if c.frozen = on; !on && c.deferred {
		c.deferred = false
		c.Wake()
	}
}

// AfterRender calls f on the next frame, behind the rendering that was asked for before.
func (c *Clock) AfterRender(f func()) {
	if c.later = f; c.waiting {
		return
	}
	if c.laterFn.IsUndefined() {
		c.laterFn = c.Guard.Function("arranging the page", func([]js.Value) {
			c.waiting = false
			c.later()
		})
	}
	c.waiting = true
	js.Global().Call("requestAnimationFrame", c.laterFn)
}

// TimeFrame measures how long the frame that began at a time takes until the browser is ready for the next.
func (c *Clock) TimeFrame(begun float64) {
	if c.timing {
		return
	}
	if c.timeFn.IsUndefined() {
		c.timeFn = c.Guard.Function("timing a frame", func(args []js.Value) {
			c.timing = false
			c.OnFrameTime(args[0].Float()/1000 - c.begun)
		})
	}
	c.begun, c.timing = begun, true
	js.Global().Call("requestAnimationFrame", c.timeFn)
}

// After calls f once when the time has passed.
func (c *Clock) After(millis int, f func()) {
	js.Global().Call("setTimeout", c.Once("a timer", f), millis)
}

// Once returns a JavaScript function that calls f and is released by its first call.
func (c *Clock) Once(where string, f func()) js.Func {
	var fn js.Func
	fn = c.Guard.Function(where, func([]js.Value) {
		fn.Release()
		f()
	})
	return fn
}
