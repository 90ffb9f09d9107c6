package page

import (
	"fmt"
	"syscall/js"
)

// The faces of the labels, as gl.js draws them.
const (
	sans = `system-ui, -apple-system, "Segoe UI", Roboto, Inter, "Noto Sans", sans-serif`
	mono = `ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace`
)

// measurer returns a function that tells how wide a text is, in CSS pixels.
func measurer() func(text string, size float32, bold, mono bool) float32 {
	type key struct {
		text       string
		size       float32
		bold, mono bool
	}
	widths := map[key]float32{}
	pen := js.Global().Get("document").Call("createElement", "canvas").Call("getContext", "2d")
	return func(text string, size float32, bold, fixed bool) float32 {
		k := key{text, size, bold, fixed}
		if w, known := widths[k]; known {
			return w
		}
		if len(widths) > 4000 { // numbers printed in cells come and go
			clear(widths)
		}
		pen.Set("font", font(size, bold, fixed))
		w := float32(pen.Call("measureText", text).Get("width").Float())
		widths[k] = w
		return w
	}
}

func font(size float32, bold, fixed bool) string {
	weight, face := 400, sans
	if bold {
		weight = 600
	}
	if fixed {
		face = mono
	}
	return fmt.Sprintf("%d %.1fpx %s", weight, size, face)
}
