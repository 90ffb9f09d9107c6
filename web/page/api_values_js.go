package page

import (
	"runtime"
	"syscall/js"
	"unsafe"

	"glassbox/web/engine"
	"glassbox/web/feature"
)

// state is what state() returns.
func (a *api) state() js.Value {
	s := &a.page.state
	tokens := []any{}
	for _, t := range s.Tokens {
		tokens = append(tokens, map[string]any{"id": t.ID, "text": t.Text, "generated": t.Generated})
	}
	candidates := []any{}
	for _, c := range s.Candidates {
		candidates = append(candidates, candidate(&c))
	}
	generated := []any{}
	for _, id := range s.Generated {
		generated = append(generated, id)
	}
	object := map[string]any{
		"model": s.Model, "text": s.Text, "tokens": tokens, "generated": generated, "guide": s.Guide, "muted": s.Muted,
		"next": candidate(s.Next), "last": candidate(s.Last), "candidates": candidates, "playing": s.Playing, "frozen": s.Frozen,
		"stage": string(s.Stage), "panel": s.Panel, "cell": nil, "problem": nil, "phase": int(s.Phase),
		"busy": feature.Busy(*s), "hash": s.Hash(), // also where the address may not be written
	}
	if s.Cell != nil {
		object["cell"] = map[string]any{"name": s.Cell.Name, "row": s.Cell.Row, "col": s.Cell.Col}
	}
	if s.Problem != nil {
		object["problem"] = map[string]any{"title": s.Problem.Title, "detail": s.Problem.Detail}
	}
	return js.ValueOf(object)
}

func candidate(c *engine.Candidate) any {
	if c == nil {
		return nil
	}
	return map[string]any{"id": c.ID, "text": c.Text, "logit": c.Logit, "probability": c.Probability, "sampled": c.Sampled}
}

// stats is what stats() returns.
func (a *api) stats() js.Value {
	object := map[string]any{
		"firstFrame": a.times.first, "ready": a.times.ready, "frame": a.times.frame, "lastFrame": a.times.last,
		"frames": a.times.frames, "keystroke": a.times.keystroke, "forward": a.page.state.Millis, "computedRows": a.page.state.Computed,
		"load":    js.Global().Get("glassboxBoot").Get("times"),
		"renders": a.page.dom.Stats().Renders, "functions": a.page.dom.Stats().Functions,
		"moving": a.page.clock.Due(),
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	object["heap"], object["memory"], object["references"] = memory.HeapAlloc, memory.Sys, references()
	if g := a.page.gl; g != nil {
		st := g.Stats()
		object["context"] = !g.Lost()
		object["drawCalls"], object["glCalls"], object["bytes"] = st.DrawCalls, st.Calls, st.BytesUploaded
	}
	return js.ValueOf(object)
}

// references counts the JavaScript values that Go holds.
func references() int {
	held := js.Global().Get("glassboxBoot").Get("go")
	return held.Get("_values").Length() - held.Get("_idPool").Length()
}

// orbit turns the scene; the next frame shows it.
func (a *api) orbit(args []js.Value) any {
	if len(args) == 2 && args[0].Type() == js.TypeNumber && args[1].Type() == js.TypeNumber {
		a.page.scene.Orbit(float32(args[0].Float()), float32(args[1].Float()))
		a.page.clock.Wake()
	}
	return nil
}

// steps is what steps() promises.
func (a *api) steps() js.Value {
	list := []any{}
	for _, s := range a.page.state.Steps {
		inputs := []any{}
		for _, in := range s.Inputs {
			inputs = append(inputs, in.Name)
		}
		list = append(list, map[string]any{"name": s.Name, "op": string(s.Op), "kind": string(s.Kind),
			"shape": []any{s.Rows, s.Cols}, "block": s.Block, "head": s.Head, "inputs": inputs})
	}
	return a.page.Promise(func(resolve func(any), _ func(string)) { resolve(list) })
}

func (a *api) tensor(args []js.Value) any {
	name := textArg(args, 0)
	info, ok := a.page.state.Info(name)
	r := engine.Tensor{Name: name, From: 0, To: info.Rows}
	if len(args) > 1 && args[1].Type() == js.TypeObject {
		if rows := args[1].Get("rows"); rows.Type() == js.TypeObject && rows.Length() == 2 {
			r.From, r.To = rows.Index(0).Int(), rows.Index(1).Int()
		}
	}
	if !ok {
		return a.page.Promise(func(_ func(any), reject func(string)) { reject("there is no step or weight named " + name) })
	}
	return a.ask(engine.Request{Tensor: &r}, func(reply engine.Reply) any {
		v := reply.Values
		return map[string]any{"name": v.Name, "shape": []any{info.Rows, info.Cols}, "from": v.From, "data": floats(v.Data)}
	})
}

func (a *api) explain(args []js.Value) any {
	r := engine.Explain{Name: textArg(args, 0), Row: intArg(args, 1), Col: intArg(args, 2), All: true}
	return a.ask(engine.Request{Explain: &r}, func(reply engine.Reply) any {
		e := reply.Explained
		operands := []any{}
		for i, o := range e.Operands {
			operands = append(operands, map[string]any{"role": o.Role, "tensor": o.Tensor, "start": o.Start,
				"stride": o.Stride, "count": o.Count, "values": floats(e.Values[i])})
		}
		return map[string]any{"name": e.Name, "row": e.Row, "col": e.Col, "op": string(e.Op), "formula": e.Op.Formula(),
			"value": e.Value, "masked": e.Masked, "factor": e.Factor, "limit": e.Limit, "operands": operands}
	})
}

// floats copies values into a Float32Array.
func floats(v []float32) js.Value {
	array := js.Global().Get("Float32Array").New(len(v))
	if len(v) > 0 {
		bytes := unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), 4*len(v)) // wasm is little-endian, as the array is
		js.CopyBytesToJS(js.Global().Get("Uint8Array").New(array.Get("buffer")), bytes)
	}
	return array
}
