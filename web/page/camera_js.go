package page

import (
	"slices"
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// A rest notices when the camera has come to rest, and tells Update where the reader
// moved it, for the link.
type rest struct {
	page  *Page
	seen  spot     // of the last frame
	since float64  // when that changed, in seconds
	goal  spot     // when Update last asked for a flight
	names []string // what that flight shows
	timer js.Func
	armed bool
}

// A spot is where the camera is, while what is selected.
type spot struct {
	camera camera.State
	stage  run.Stage
	panel  string
}

// pause is how long the camera stands still before its place is written, in seconds.
const pause = 0.5

func (r *rest) spot() spot {
	return spot{r.page.scene.CameraState(), r.page.state.Stage, r.page.state.Panel}
}

// framed notes that Update asked for a flight: where it leads is no place of the reader's.
func (r *rest) framed(names []string) { r.goal, r.names = r.spot(), names }

// still reports whether the camera is where it was in the last frame.
func (r *rest) still() bool { return r.page.scene.CameraState() == r.seen.camera }

// look is called with each frame, and reports whether the camera has moved since the one before. It costs no
// timer while one runs.
func (r *rest) look(now float64) (moved bool) {
	v := r.spot()
	if v == r.seen {
		return false
	}
	moved = v.camera != r.seen.camera
	r.seen, r.since = v, now
	r.arm(pause)
	return moved
}

func (r *rest) arm(seconds float64) {
	if r.armed {
		return
	}
	if r.timer.IsUndefined() {
		r.timer = r.page.function("the camera", func([]js.Value) {
			r.armed = false
			if left := r.since + pause - now(); left > 0.005 {
				r.arm(left)
			} else {
				r.tell()
			}
		})
	}
	r.armed = true
	js.Global().Call("setTimeout", r.timer, seconds*1000)
}

// tell sends where the camera is, unless it is where the last flight led.
func (r *rest) tell() {
	p := r.page
	if p.scene.FlowLeads() { // the flow comes back to where it leads
		if p.state.Camera != nil {
			p.Send(app.CameraRested{})
		}
		return
	}
	names, held := p.scene.Goal()
	at := r.spot()
	if held && slices.Equal(names, r.names) && at.stage == r.goal.stage && at.panel == r.goal.panel {
		if p.state.Camera != nil {
			p.Send(app.CameraRested{})
		}
		return
	}
	p.Send(app.CameraRested{Camera: &at.camera})
}

// setCamera puts the camera where a link says.
func (p *Page) setCamera(c camera.State, flying bool) {
	if flying {
		p.scene.FlyToState(c, now())
	} else {
		p.scene.SetCameraState(c)
	}
	p.clock.wake()
}
