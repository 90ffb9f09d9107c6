package page

import (
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/engine"
)

// do carries out a command of Update.
func (p *Page) do(c app.Command) {
	switch c := c.(type) {
	case app.Send:
		p.worker.send(c.Request)
	case app.LoadModel:
		p.worker.sendFile(engine.Request{ID: c.Request, Load: &engine.Load{Name: c.ID}}, "data-model-"+c.ID)
	case app.LoadTable:
		p.worker.sendFile(engine.Request{ID: c.Request, Load: &engine.Load{}}, "data-table-gpt2")
	case app.RestartWorker:
		p.worker.restart()
	case app.ShowSteps:
		p.scene.SetSteps(p.state.Config, p.state.Steps)
	case app.ShowValues:
		for _, v := range c.Values {
			p.scene.SetValues(v.Name, v.From, v.Rows, v.Cols, v.Data)
		}
	case app.Fly:
		p.fly(c.Names)
	case app.SetHash:
		p.setHash(c.Hash, c.Push)
	case app.After:
		p.clock.after(c.Millis, func() { p.Send(c.Msg) })
	case app.CopyLink:
		p.copy(js.Global().Get("location").Get("href").String())
	}
}

// fly moves the camera to the named tensors, or shows the whole model.
func (p *Page) fly(names []string) {
	if len(names) == 0 {
		p.scene.Fit(now())
	} else {
		p.scene.FlyTo(names, now())
	}
	p.clock.wake()
}

// copy puts text on the clipboard, where the browser allows it.
func (p *Page) copy(text string) {
	clipboard := js.Global().Get("navigator").Get("clipboard")
	if clipboard.IsUndefined() {
		copyBySelection(text)
		return
	}
	clipboard.Call("writeText", text).Call("catch", once(func() { copyBySelection(text) }))
}

// copyBySelection copies through a text field, for pages that have no clipboard: those
// opened from a disk in some browsers, and frames without the permission.
func copyBySelection(text string) {
	document := js.Global().Get("document")
	field := document.Call("createElement", "textarea")
	field.Set("value", text)
	field.Get("style").Call("setProperty", "position", "fixed")
	document.Get("body").Call("append", field)
	field.Call("select")
	document.Call("execCommand", "copy")
	field.Call("remove")
}

// once is a JavaScript function that may be called one time.
func once(f func()) js.Func {
	var fn js.Func
	fn = js.FuncOf(func(js.Value, []js.Value) any {
		fn.Release()
		f()
		return nil
	})
	return fn
}
