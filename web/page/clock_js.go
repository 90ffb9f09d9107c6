package page

import "syscall/js"

// A clock calls draw on animation frames while it asks for more, and never otherwise.
type clock struct {
	draw     func(now float64) (again bool)
	function func(where string, f func(args []js.Value)) js.Func // that of the page, which stops panics
	pending  bool
	fn       js.Func

	frozen   bool // no frames, whoever asks for them
	deferred bool // one was asked for meanwhile

	onFrameTime func(seconds float64) // gets the times that timeFrame measures
	timing      bool
	begun       float64 // when that frame began
	timeFn      js.Func

	later   func() // what afterRender is to call
	waiting bool
	laterFn js.Func
}

// wake asks for a frame.
func (c *clock) wake() {
	if c.frozen {
		c.deferred = true
		return
	}
	if c.pending {
		return
	}
	if c.fn.IsUndefined() {
		c.fn = c.function("a frame", func(args []js.Value) {
			if c.pending = false; c.frozen {
				c.deferred = true
			} else if c.draw(args[0].Float() / 1000) {
				c.wake()
			}
		})
	}
	c.pending = true
	js.Global().Call("requestAnimationFrame", c.fn)
}

// due reports whether a frame is pending.
func (c *clock) due() bool { return c.pending || c.waiting }

// freeze stops the frames, or lets them go on with the one that is owed.
func (c *clock) freeze(on bool) {
	if c.frozen = on; !on && c.deferred {
		c.deferred = false
		c.wake()
	}
}

// afterRender calls f on the next frame, behind the rendering that was asked for before.
func (c *clock) afterRender(f func()) {
	if c.later = f; c.waiting {
		return
	}
	if c.laterFn.IsUndefined() {
		c.laterFn = c.function("arranging the page", func([]js.Value) {
			c.waiting = false
			c.later()
		})
	}
	c.waiting = true
	js.Global().Call("requestAnimationFrame", c.laterFn)
}

// timeFrame measures how long the frame that began at a time takes until the browser is ready for the next.
func (c *clock) timeFrame(begun float64) {
	if c.timing {
		return
	}
	if c.timeFn.IsUndefined() {
		c.timeFn = c.function("timing a frame", func(args []js.Value) {
			c.timing = false
			c.onFrameTime(args[0].Float()/1000 - c.begun)
		})
	}
	c.begun, c.timing = begun, true
	js.Global().Call("requestAnimationFrame", c.timeFn)
}

// after calls f once when the time has passed.
func (c *clock) after(millis int, f func()) {
	js.Global().Call("setTimeout", c.onceFunc("a timer", f), millis)
}

// onceFunc returns a JavaScript function that calls f and is released by its first call.
func (c *clock) onceFunc(where string, f func()) js.Func {
	var fn js.Func
	fn = c.function(where, func([]js.Value) {
		fn.Release()
		f()
	})
	return fn
}

// now is the time on the clock of the frames, in seconds.
func now() float64 {
	return js.Global().Get("performance").Call("now").Float() / 1000
}
