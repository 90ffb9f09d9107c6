package engine

import (
	"runtime"
	"runtime/debug"
	"slices"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/model/quant"
)

// PageMemory is how many bytes a model and its text may take in a page: 1.6 GB. A program of WebAssembly has 4 GB at most, and while a
// file is read, the model before is still there. It is also what a laptop of 4 GB can spare for one page.
const PageMemory = 1_600_000_000

// Fewer returns the type of numbers in which that many weights fit into a page, and how many bytes they take then; "" if there is none
// among those that gpt convert writes.
func Fewer(weights int) (as string, bytes int) {
	for _, t := range []quant.Type{quant.Q8_0, quant.Q4_0} {
		if bytes = weights / t.BlockLen() * t.BlockBytes(); bytes <= PageMemory {
			return t.String(), bytes
		}
	}
	return "", 0
}

// aligned moves the large files among those that stand behind one another in all, to where a float32 may begin, so that their
// weights can stay there. The others, which are shorter than small, get memory of their own.
func aligned(all []byte, files []checkpoint.File, small int) {
	at, taken := 0, 0 // where the next file stands; up to where a large one does
	for i := range files {
		b, to := files[i].Bytes, at&^3
		at += len(b)
		switch {
		case len(b) < small:
			files[i].Bytes = slices.Clone(b)
		case to >= taken:
			files[i].Bytes = all[to:][:copy(all[to:], b)]
			taken = to + len(b)
		default:
			taken = at
		}
	}
}

// mostGarbage is how many bytes of what nobody needs any more may lie beside a large model, before they are collected. Go's
// collector would let as many of them gather as the model takes, and a page never gives back what it once took.
const mostGarbage = 24 << 20

// collectEarly sets the collector to the size of the weights.
func collectEarly(weights int64) {
	live := weights + model.Budget
	debug.SetGCPercent(int(min(100, max(5, 100*mostGarbage/live))))
}

// holds returns what the engine holds.
func (e *Engine) holds() (h Holds) {
	var program runtime.MemStats
	runtime.ReadMemStats(&program)
	h = Holds{Weights: int(e.trace.Model.Bytes()), Program: int(program.Sys)}
	h.Rows, h.Again = e.trace.Holds()
	return h
}

// room returns how many bytes the model leaves for the rows of runs.
func (e *Engine) room() int64 {
	return e.Memory - e.trace.Model.Bytes() - model.Budget - mostGarbage - e.takenBeside()
}

// checkMemory refuses a text whose rows take more memory than the model leaves.
func (e *Engine) checkMemory(tokens int) error {
	c := e.trace.Model.Config
	if e.Memory == 0 || tokens > c.Context { // which is refused for itself
		return nil
	}
	room := e.room()
	if c.Kept(tokens) <= room {
		return nil
	}
	fit := int(max(0, room) / max(1, c.Kept(1)))
	return fault.New("textBeyondMemory", "the text has %d token(s), which take %s of memory beside the model; there is room for %d: remove %d to go on",
		tokens, fault.Bytes(c.Kept(tokens)), fit, tokens-fit)
}
