package page

import (
	"math"
	"syscall/js"

	"glassbox/web/page/browser"

	"glassbox/web/feature"
	"glassbox/web/feature/flow"
)

// A flowWatch is what Update was last told of how far the flow has run. It is told at a new
// step or row, but not in each frame.
type flowWatch struct {
	beat, row int
	reported  float64 // when, in seconds
}

// reportInterval is the least time between two words about the flow, in seconds; the end is told
// at once.
const reportInterval = 0.2

// watchReducedMotion follows the system's wish for less motion.
func (p *Page) watchReducedMotion() {
	const query = "(prefers-reduced-motion: reduce)"
	tell := func() {
		if still := browser.Media(query).Get("matches").Bool(); still != p.reducedMotion {
			p.reducedMotion = still
			p.Send(feature.StillnessChanged{Still: still})
		}
	}
	p.Listen(browser.Media(query), "change", false, func(js.Value) { tell() })
	tell()
}

// showFlow carries out flow.Show.
func (p *Page) showFlow(c flow.Show) {
	p.flow = flowWatch{beat: -1, reported: math.Inf(-1)}
	p.scene.SetFlow(c.Line, c.At, c.Rate, c.Lead)
	p.clock.Wake()
}

// reportFlow is called after each frame, and tells Update how far the flow has run.
func (p *Page) reportFlow(now float64) {
	f := flow.Of(&p.state)
	line := f.Timeline()
	if line == nil || !f.Playing {
		return
	}
	at, runs := p.scene.Flow()
	beat, row := line.Row(at)
	w := &p.flow
	if runs && (beat == w.beat && row == w.row || now-w.reported < reportInterval) {
		return
	}
	*w = flowWatch{beat, row, now}
	p.Send(flow.Moved{At: at})
}
