package page

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"syscall/js"
	"unsafe"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/run"
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
	set := s.Sampling
	object["sampling"] = map[string]any{"temperature": decimal(set.Temperature), "k": set.TopK, "p": decimal(set.TopP), "min-p": decimal(set.MinP), "seed": float64(set.Seed)}
	object["walk"], object["error"] = lessons.Of(s).Walk, nil
	if s.TextError != "" {
		object["error"] = s.TextError
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
	held := a.page.state.Holds
	object["engine"] = map[string]any{"weights": held.Weights, "rows": held.Rows, "again": held.Again, "memory": held.Program}
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
func (a *api) orbit(args []js.Value) {
	if len(args) == 2 && args[0].Type() == js.TypeNumber && args[1].Type() == js.TypeNumber {
		a.page.scene.Orbit(float32(args[0].Float()), float32(args[1].Float()))
		a.page.clock.Wake()
	}
}

// steps is what steps() promises.
func (a *api) steps() js.Value {
	return a.later(func(resolve func(any), _ func(string)) {
		list := []any{}
		for _, s := range a.page.state.Steps {
			inputs := []any{}
			for _, in := range s.Inputs {
				inputs = append(inputs, in.Name)
			}
			list = append(list, map[string]any{"name": s.Name, "op": string(s.Op), "kind": string(s.Kind),
				"shape": []any{s.Rows, s.Cols}, "block": s.Block, "head": s.Head, "inputs": inputs})
		}
		resolve(list)
	})
}

func (a *api) tensor(args []any) any {
	name := args[0].(string)
	return a.withStep(name, func(info model.Info) js.Value {
		r := engine.Tensor{Name: name, From: 0, To: info.Rows}
		if options, ok := args[1].(map[string]any); ok {
			rows := options["rows"].([]any)
			r.From, r.To = int(rows[0].(float64)), int(rows[1].(float64))
		}
		return a.ask(engine.Request{Tensor: &r}, func(reply engine.Reply) any {
			v := reply.Values
			return map[string]any{"name": v.Name, "shape": []any{info.Rows, info.Cols}, "from": v.From, "data": floats(v.Data)}
		})
	})
}

// withStep returns a promise of what f promises of a step or weight, once the model has run.
func (a *api) withStep(name string, f func(info model.Info) js.Value) js.Value {
	return a.later(func(resolve func(any), reject func(string)) {
		info, ok := a.page.state.Info(name)
		if !ok {
			reject("there is no step or weight named " + name)
			return
		}
		resolve(f(info))
	})
}

func (a *api) explain(args []any) any {
	r := engine.Explain{Name: args[0].(string), Row: int(args[1].(float64)), Col: int(args[2].(float64)), All: true}
	return a.ask(engine.Request{Explain: &r}, func(reply engine.Reply) any {
		e := reply.Explained
		info, _ := a.page.state.Info(e.Name)
		operands := []any{}
		for i, o := range e.Operands {
			operands = append(operands, map[string]any{"role": o.Role, "tensor": o.Tensor, "start": o.Start,
				"stride": o.Stride, "count": o.Count, "values": floats(e.Values[i])})
		}
		return map[string]any{"name": e.Name, "row": e.Row, "col": e.Col, "op": string(e.Op), "formula": run.Formula(info),
			"value": e.Value, "masked": e.Masked, "factor": e.Factor, "limit": e.Limit, "operands": operands}
	})
}

// decimal is the number of which v is the nearest: 0.8 for the float32 of 0.800000012.
func decimal(v float32) float64 {
	d, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
	return d
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

// The verbs of window.glassbox that change what the page shows. Each says what did not come about.

func (a *api) setPrompt(args []any) any {
	return a.send(feature.PromptChanged{Text: args[0].(string)}, func(string) string { return a.whyNotRun() })
}

// whyNotRun says why the text that stands there was not run; "" it was.
func (a *api) whyNotRun() string {
	s := &a.page.state
	if s.TextError == "" && s.Suspended() {
		return "the reader is opening a file; the text runs when that is done"
	}
	return s.TextError
}

func (a *api) step() js.Value {
	return a.write(func() { a.page.Send(feature.StepPressed{}) })
}

func (a *api) play(args []any) any {
	on := args[0] != false
	return a.write(func() {
		if a.page.state.Playing != on {
			a.page.Send(feature.PlayPressed{})
		}
	})
}

// write calls f, which writes tokens, once the model has run, and returns a promise of the state. It is rejected if nothing
// can follow the text.
func (a *api) write(f func()) js.Value {
	return a.later(func(resolve func(any), reject func(string)) {
		before := a.page.state
		f()
		a.await(resolve, reject, &before, a.whyNotWritten)
	})
}

// whyNotWritten says why no token was written, though that was asked for.
func (a *api) whyNotWritten(before *feature.State) string {
	s := &a.page.state
	if s.Playing || before.Playing || len(s.Generated) != len(before.Generated) || s.Last != before.Last {
		return ""
	}
	return s.WhyNoStep()
}

func (a *api) model(args []any) any {
	id := args[0].(string)
	var known []string
	for _, c := range a.page.state.Models {
		if c.ID == id {
			return a.send(feature.ModelChosen{ID: id}, func(string) string {
				if a.page.state.Model != id {
					return "the reader is opening a file; the model stays until that is done"
				}
				return a.page.state.TextError
			})
		}
		if c.Source == nil {
			known = append(known, c.ID)
		}
	}
	return a.refuse("there is no model " + id + "; there are " + strings.Join(known, ", "))
}

// sampling sets what it is given, within the limits of a link.
func (a *api) sampling(args []any) any {
	var parts []string
	given, _ := args[0].(map[string]any)
	for name, v := range given {
		parts = append(parts, name+"="+strconv.FormatFloat(v.(float64), 'f', -1, 64))
	}
	l, warnings := a.page.state.Properties().Parse(strings.Join(parts, "&"))
	if len(warnings) > 0 {
		return a.refuse(warnings[0].String())
	}
	set := a.page.state.Sampling
	for name := range given {
		switch name {
		case "temperature":
			set.Temperature = l.Sampling.Temperature
		case "k":
			set.TopK = l.Sampling.TopK
		case "p":
			set.TopP = l.Sampling.TopP
		case "min-p":
			set.MinP = l.Sampling.MinP
		case "seed":
			set.Seed = l.Sampling.Seed
		}
	}
	return a.send(feature.SamplingChanged{Sampling: set}, nil)
}

func (a *api) walk(args []any) any {
	stop, stops := int(args[0].(float64)), len(lessons.Of(&a.page.state).Pages)
	if stop > stops {
		return a.refuse(fmt.Sprintf("the walk has no stop %d; it has %d, and 0 leaves it", stop, stops))
	}
	return a.send(lessons.Moved{Stop: stop}, nil)
}

// direct goes where a link leads. What of the link can't be used the page says as it does of any link.
func (a *api) direct(args []any) any {
	hash := "#" + strings.TrimPrefix(args[0].(string), "#")
	return a.send(feature.Directed{Hash: hash}, func(notice string) string {
		if notice != "" {
			return notice
		}
		return a.page.state.TextError
	})
}
