package page

import (
	"glassbox/web/app"
	"glassbox/web/engine"
	"glassbox/web/scene"
)

// execute carries out a command of Update.
func (p *Page) execute(c app.Command) {
	switch c := c.(type) {
	case app.Send:
		p.worker.send(c.Request)
	case app.LoadModel:
		p.worker.sendFile(engine.Request{ID: c.Request, Load: &engine.Load{Name: c.ID}}, "data-model-"+c.ID)
	case app.LoadTable:
		p.worker.sendFile(engine.Request{ID: c.Request, Load: &engine.Load{}}, "data-table-gpt2")
	case app.ReadHead:
		p.opener.readHead(c)
	case app.ReadFile:
		p.opener.readFile(c, 0)
	case app.StopReading:
		p.opener.stop()
	case app.RestartWorker:
		p.api.failPending()
		p.worker.restart()
	case app.MakeFile:
		p.makeFile(c.Turn)
	case app.ShowSteps:
		p.arrivals.deliverAll(p.scene)
		p.scene.SetSteps(p.state.Config, p.state.Steps)
	case app.ShowWindow:
		p.arrivals.deliverAll(p.scene)
		p.scene.SetWindow(c.Name, c.Row, c.Col)
	case app.ShowSizes:
		p.scene.Compare(c.Sizes)
	case app.ShowFlow:
		p.showFlow(c)
	case app.ShowValues:
		p.arrivals.add(c.Values)
	case app.Fly:
		p.fly(c.Names)
		p.cameraWatch.noteFlight(c.Names)
	case app.FlyToCell:
		p.scene.FlyToCell(scene.Cell{Name: c.Cell.Name, Row: c.Cell.Row, Col: c.Cell.Col}, now())
		p.clock.wake()
	case app.SetCamera:
		p.setCamera(c.Camera, c.Flying)
	case app.SetHash:
		p.address.set(c.Hash, c.Push)
	case app.After:
		p.clock.after(c.Millis, func() { p.Send(c.Msg) })
	case app.OpenScene:
		p.reopenCanvas()
	case app.Watch:
		p.clock.after(c.Millis, func() { p.Send(app.Waited{}) })
	case app.CopyLink:
		p.copyLink()
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
