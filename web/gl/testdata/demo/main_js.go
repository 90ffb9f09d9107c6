// Command demo draws batches of package known in a browser, for the browser test of package gl.
package main

import (
	"syscall/js"
	"time"

	"glassbox/web/gl"
	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

func main() {
	demo := js.Global().Get("demo")
	options := []gl.Option{gl.OnError(func(err error) { js.Global().Get("console").Call("error", err.Error()) })}
	if demo.Get("debug").Bool() {
		options = append(options, gl.Debug())
	}
	if demo.Get("plain").Bool() {
		options = append(options, gl.NoAntialias())
	}
	var r *gl.Renderer
	var b *paint.Batch
	if demo.Get("again").Bool() {
		draw := js.FuncOf(func(js.Value, []js.Value) any { r.Draw(b); return nil })
		options = append(options, gl.RequestFrame(func() { js.Global().Call("requestAnimationFrame", draw) }))
	}
	start := time.Now()
	made, err := gl.New(demo.Get("canvas"), demo.Get("overlay"), options...)
	if err != nil {
		demo.Set("failed", err.Error())
		return
	}
	r = made
	demo.Set("startMs", float64(time.Since(start).Microseconds())/1000)
	expose := func(name string, f func(args []js.Value) any) {
		demo.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) }))
	}
	expose("grid", func(args []js.Value) any {
		b = known.Grid(paint.Theme(args[0].Int()))
		renew(b)
		r.Draw(b)
		return nil
	})
	expose("coarse", func(args []js.Value) any {
		b = known.Coarse(paint.Theme(args[0].Int()), float32(args[1].Float()), args[2].Int(), func(i, j int) float32 { return float32(1 - (i+j)%2*2) })
		renew(b)
		r.Draw(b)
		return nil
	})
	expose("checker", func(args []js.Value) any {
		b = known.Checker(paint.Theme(args[0].Int()), float32(args[1].Float()))
		renew(b)
		r.Draw(b)
		return nil
	})
	expose("tower", func(args []js.Value) any {
		b = known.Tower(paint.Theme(args[0].Int()), args[1].Int(), args[2].Int(), args[3].Int(),
			float32(args[4].Float()), args[5].Float(), 0)
		renew(b)
		r.Draw(b)
		return len(b.Values.Data)
	})
	expose("stack", func(args []js.Value) any {
		b = known.Stack(paint.Theme(args[0].Int()), args[1].Float(), args[2].Float(), known.Pile{Cut: args[3].Bool(), Hollow: args[4].Bool()})
		renew(b)
		r.Draw(b)
		return nil
	})
	expose("turn", func(args []js.Value) any {
		v := b.View
		known.Aim(b, v.Width, v.Height, v.Ratio, args[0].Float(), args[1].Float())
		r.Draw(b)
		return nil
	})
	expose("coarsen", func(args []js.Value) any {
		r.Coarsen(float32(args[0].Float()))
		r.Draw(b)
		return nil
	})
	expose("change", func(args []js.Value) any {
		b.Values.Data[args[0].Int()] = float32(args[1].Float())
		b.Values.Changed = append(b.Values.Changed, paint.Span{From: args[0].Int(), To: args[0].Int() + 1})
		r.Draw(b)
		return nil
	})
	expose("measure", func(args []js.Value) any {
		return r.Measure(args[0].String(), float32(args[1].Float()), args[2].Bool(), args[3].Bool())
	})
	expose("stats", func([]js.Value) any {
		s := r.Stats()
		return map[string]any{"drawCalls": s.DrawCalls, "calls": s.Calls, "bytes": s.BytesUploaded,
			"instances": s.Instances, "programs": s.Programs, "restored": s.Restored, "lost": r.Lost()}
	})
	demo.Call("ready")
	select {}
}

// renew gives a new batch versions that no batch before it had.
func renew(b *paint.Batch) {
	stamp := int(time.Now().UnixNano())
	for _, a := range []*paint.Array{&b.Quads, &b.Boxes, &b.Lines, &b.Heads, &b.Strips, &b.Marks} {
		a.Version = stamp
	}
	b.Values.Version = stamp
}
