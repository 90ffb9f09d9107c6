package page

import (
	"math"
	"syscall/js"

	"glassbox/web/app"
)

// A flowWatch tells Update how far the flow has run: at a new step or row, but not in each
// frame.
type flowWatch struct {
	beat, row int
	told      float64 // when, in seconds
}

// tellEvery is the least time between two words about the flow, in seconds; the end is told
// at once.
const tellEvery = 0.2

// watchStillness follows the system's wish for less motion.
func (p *Page) watchStillness() {
	const query = "(prefers-reduced-motion: reduce)"
	tell := func() {
		if still := media(query).Get("matches").Bool(); still != p.still {
			p.still = still
			p.Send(app.StillnessChanged{Still: still})
		}
	}
	p.listen(media(query), "change", false, func(js.Value) { tell() })
	tell()
}

// showFlow carries out what Update wants to be seen of the flow.
func (p *Page) showFlow(c app.ShowFlow) {
	p.flow = flowWatch{beat: -1, told: math.Inf(-1)}
	p.scene.SetFlow(c.Line, c.At, c.Rate, c.Lead)
	p.clock.wake()
}

// flowed is called after each frame.
func (p *Page) flowed(now float64) {
	line := p.state.Timeline()
	if line == nil || !p.state.Flow.Playing {
		return
	}
	at, runs := p.scene.Flow()
	beat, row := line.Row(at)
	w := &p.flow
	if runs && (beat == w.beat && row == w.row || now-w.told < tellEvery) {
		return
	}
	*w = flowWatch{beat, row, now}
	p.Send(app.FlowMoved{At: at})
}
