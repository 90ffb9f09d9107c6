package page

import (
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/compare"
	"glassbox/web/feature/flow"
	"glassbox/web/feature/open"
	"glassbox/web/feature/sizes"
	"glassbox/web/feature/take"
	"glassbox/web/feature/weights"
	"glassbox/web/page/browser"
	"glassbox/web/scene"
)

// execute carries out a command of Update.
func (p *Page) execute(c feature.Command) {
	switch c := c.(type) {
	case feature.Send:
		p.worker.send(c.Request)
	case feature.LoadModel:
		p.worker.sendFile(engine.Request{ID: c.Request, Beside: c.Beside, Load: &engine.Load{Name: c.ID}}, "data-model-"+c.ID)
	case feature.LoadTable:
		p.worker.sendFile(engine.Request{ID: c.Request, Load: &engine.Load{}}, "data-table-gpt2")
	case open.ReadHead:
		p.opener.readHeads(c)
	case feature.ReadFile:
		p.opener.readFiles(c)
	case weights.Fetch:
		p.opener.places.Fetch(c)
	case weights.Look:
		p.opener.places.Look(c)
	case weights.Leave:
		p.opener.places.Leave()
	case weights.Reload:
		p.opener.places.Reload(c)
	case weights.List:
		p.opener.places.List()
	case weights.Delete:
		p.opener.places.Delete(c)
	case open.StopReading:
		p.opener.stop()
	case feature.RestartWorker:
		p.api.failPending(restarted)
		p.worker.restart()
	case take.Make:
		p.makeFile(c.Turn)
	case feature.Show:
		p.show(c)
	case feature.ShowSteps:
		p.arrivals.DeliverAll(p.scene)
		p.scene.SetSteps(p.state.Config, p.state.Steps)
	case feature.ShowWindow:
		p.arrivals.DeliverAll(p.scene)
		p.scene.SetWindow(c.Name, c.Row, c.Col)
	case sizes.Show:
		p.scene.Compare(c.Sizes)
	case flow.Show:
		p.showFlow(c)
	case feature.ShowValues:
		p.arrivals.Add(c.Values)
	case feature.ShowCoarse:
		p.showCoarse(c.Coarse)
	case compare.ShowOther:
		p.pair.Show(c.Run)
	case compare.OtherValues:
		p.pair.Add(c.List)
		p.clock.Wake()
	case compare.OtherCoarse:
		p.pair.AddCoarse(c.List)
		p.clock.Wake()
	case feature.Fly:
		p.fly(c.Names)
		p.cameraWatch.noteFlight(c.Names)
	case feature.Foreground:
		p.scene.Foreground(c.Name)
	case feature.Spotlight:
		p.scene.Spotlight(c.Names)
	case feature.Fetch:
		p.scene.Fetch(c.Name, c.Row)
	case feature.FlyToCell:
		p.scene.FlyToCell(scene.Cell{Name: c.Cell.Name, Row: c.Cell.Row, Col: c.Cell.Col}, browser.Now())
		p.clock.Wake()
	case feature.SetCamera:
		p.setCamera(c.Camera, c.Flying)
	case feature.SetHash:
		p.address.Set(c.Hash, c.Push)
	case feature.After:
		p.clock.After(c.Millis, func() { p.Send(c.Msg) })
	case feature.OpenScene:
		p.reopenCanvas()
	case feature.Watch:
		p.clock.After(c.Millis, func() { p.Send(feature.Waited{}) })
	case feature.Focus:
		p.perform(c)
	case feature.CopyLink:
		p.copyLink()
	}
}

// fly moves the camera to the named tensors, or shows the whole model.
func (p *Page) fly(names []string) {
	if len(names) == 0 {
		p.scene.Fit(browser.Now())
	} else {
		p.scene.FlyTo(names, browser.Now())
	}
	p.clock.Wake()
}
