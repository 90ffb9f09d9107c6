package engine

import (
	"runtime/debug"

	"glassbox/model"
	"glassbox/model/fault"
)

// PageMemory is how many bytes a model and its text may take in a page: 1.5 GB. A program of WebAssembly has 4 GB at most, and while a
// file is read, the model before is still there. It is also what a laptop of 4 GB can spare for one page.
const PageMemory = 3 << 29

// mostGarbage is how many bytes of what nobody needs any more may lie beside a large model, before they are collected. Go's
// collector would let as many of them gather as the model takes, and a page never gives back what it once took.
const mostGarbage = 32 << 20

// collectEarly sets the collector to the size of the model.
func collectEarly(m *model.Model) {
	live := m.Bytes() + model.Budget
	debug.SetGCPercent(int(min(100, max(5, 100*mostGarbage/live))))
}

// checkMemory refuses a text whose rows take more memory than the model leaves.
func (e *Engine) checkMemory(tokens int) error {
	c := e.trace.Model.Config
	if e.Memory == 0 || tokens > c.Context { // which is refused for itself
		return nil
	}
	room := e.Memory - e.trace.Model.Bytes() - model.Budget - mostGarbage
	if c.Kept(tokens) <= room {
		return nil
	}
	fit := int(max(0, room) / max(1, c.Kept(1)))
	return fault.New("textBeyondMemory", "the text has %d token(s), which take %s of memory beside the model; there is room for %d: remove %d to go on",
		tokens, fault.Bytes(c.Kept(tokens)), fit, tokens-fit)
}
