package page

import (
	"slices"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// A cameraWatch tells Update where the camera is when it has come to rest, for the link.
type cameraWatch struct {
	page  *Page
	last  spot     // of the last frame
	since float64  // when that changed, in seconds
	goal  spot     // when Update last asked for a flight
	names []string // what that flight shows
	timer js.Func
	armed bool
}

// A spot is where the camera is, and what is selected meanwhile.
type spot struct {
	camera camera.State
	stage  run.Stage
	panel  string
}

// restTime is how long the camera stands still before its place is written, in seconds.
const restTime = 0.5

func (r *cameraWatch) spot() spot {
	return spot{r.page.scene.CameraState(), r.page.state.Stage, r.page.state.Panel}
}

// noteFlight notes that Update asked for a flight: its end is no place that the reader chose.
func (r *cameraWatch) noteFlight(names []string) { r.goal, r.names = r.spot(), names }

// isStill reports whether the camera is where it was in the last frame.
func (r *cameraWatch) isStill() bool { return r.page.scene.CameraState() == r.last.camera }

// observe is called with each frame, and reports whether the camera has moved since the one before. It starts the
// timer, unless it runs already.
func (r *cameraWatch) observe(now float64) (moved bool) {
	v := r.spot()
	if v == r.last {
		return false
	}
	moved = v.camera != r.last.camera
	r.last, r.since = v, now
	r.arm(restTime)
	return moved
}

func (r *cameraWatch) arm(seconds float64) {
	if r.armed {
		return
	}
	if r.timer.IsUndefined() {
		r.timer = r.page.Function("the camera", func([]js.Value) {
			r.armed = false
			switch left := r.since + restTime - browser.Now(); {
			case r.page.scene.Flying(): // frames may be further apart than the camera has to rest
				r.arm(restTime)
			case left > 0.005:
				r.arm(left)
			default:
				r.report()
			}
		})
	}
	r.armed = true
	js.Global().Call("setTimeout", r.timer, seconds*1000)
}

// report sends where the camera is, unless it is where the last flight led.
func (r *cameraWatch) report() {
	p := r.page
	if p.scene.FlowLeads() { // the flow comes back to where it leads
		if p.state.Camera != nil {
			p.Send(feature.CameraRested{})
		}
		return
	}
	if p.scene.Glancing() { // it comes back, too
		return
	}
	names, held := p.scene.Goal()
	at := r.spot()
	if held && slices.Equal(names, r.names) && at.stage == r.goal.stage && at.panel == r.goal.panel {
		if p.state.Camera != nil {
			p.Send(feature.CameraRested{})
		}
		return
	}
	p.Send(feature.CameraRested{Camera: &at.camera})
}

// setCamera puts the camera where a link says.
func (p *Page) setCamera(c camera.State, flying bool) {
	if flying {
		p.scene.FlyToState(c, browser.Now())
	} else {
		p.scene.SetCameraState(c)
	}
	p.clock.Wake()
}
