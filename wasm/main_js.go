// Command wasm is the page and its engine in one binary: where there is a window it is
// the page, in a worker it is the engine.
package main

import (
	"syscall/js"

	"glassbox/wasm/twin"
	"glassbox/web/engine"
	"glassbox/web/page"
)

func main() {
	if js.Global().Get("window").IsUndefined() {
		twin.Use()
		page.Serve(engine.New())
		return
	}
	page.Run()
}
