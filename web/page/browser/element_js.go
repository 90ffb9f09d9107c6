package browser

import (
	"syscall/js"

	"glassbox/web/scene/camera"
)

// Element returns the element of an id, or null.
func Element(id string) js.Value {
	return js.Global().Get("document").Call("getElementById", id)
}

// Bounds is where an element stands in the window.
func Bounds(e js.Value) camera.Rect {
	r := e.Call("getBoundingClientRect")
	get := func(name string) float32 { return float32(r.Get(name).Float()) }
	return camera.Rect{X: get("left"), Y: get("top"), W: get("width"), H: get("height")}
}

// Media returns a media query.
func Media(query string) js.Value { return js.Global().Call("matchMedia", query) }

// Now is the time on the clock of the frames, in seconds.
func Now() float64 {
	return js.Global().Get("performance").Call("now").Float() / 1000
}
