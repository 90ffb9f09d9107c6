//go:build js && wasm

// Command page is the program of the browser test: a page with one of everything that a renderer must
// get right, drawn by real Vugu components.
package main

import (
	"syscall/js"
	"time"

	"glassbox/web/dom"
)

func main() {
	state := newState()
	r, err := dom.New("#app", &Page{State: state}, dom.OnError(func(err error) { state.Problem = err.Error() }))
	if err != nil {
		panic(err)
	}
	state.Invalidate = r.Invalidate
	start := time.Now()
	r.RenderNow()
	first := time.Since(start)

	milliseconds := func(d time.Duration) any { return float64(d.Microseconds()) / 1000 }
	js.Global().Set("test", map[string]any{
		"first": milliseconds(first),
		"stats": js.FuncOf(func(js.Value, []js.Value) any {
			s := r.Stats()
			return map[string]any{"renders": s.Renders, "operations": s.Operations, "nodes": s.Nodes,
				"functions": s.Functions, "build": milliseconds(s.Build), "draw": milliseconds(s.Draw)}
		}),
		"many": js.FuncOf(func(_ js.Value, args []js.Value) any {
			state.Many = make([]int, args[0].Int())
			r.RenderNow()
			return nil
		}),
		"one": js.FuncOf(func(_ js.Value, args []js.Value) any {
			state.Many[args[0].Int()]++
			r.RenderNow()
			return nil
		}),
		"close": js.FuncOf(func(js.Value, []js.Value) any {
			r.Close()
			return nil
		}),
	})
	select {}
}
