package view

import (
	"math"
	"strconv"

	"glassbox/web/feature"
)

// A Progress is how far something has come that is asked of the engine piece by piece. The page tells of it once it takes so long that
// a reader notices, who can stop it and go on with it. The zero value is that of what has not begun.
type Progress struct {
	Paused bool   // by the reader
	Fault  string // why it can't go on; "" nothing is wrong
	Done   int    // pieces that have come since it began

	begun   bool
	ticking bool // the next tick is on its way
	turn    int  // those of a turn before count no more
	ticks   int  // while it was under way
}

// tickMillis is how long something takes before the page tells of it, and how often it tells.
const tickMillis = 500

// Begin counts the time from now on, if it does not already. In that time ticks come as messages of the feature, which has Tick count
// them.
func (p *Progress) Begin(u *feature.Change, tick func(turn int) feature.Msg) {
	if !p.begun {
		p.begun, p.ticks, p.Done = true, 0, 0
	}
	if !p.ticking {
		p.ticking, p.turn = true, p.turn+1
		u.Do(feature.After{Millis: tickMillis, Msg: tick(p.turn)})
	}
}

// Tick counts a tick, and has the next one come.
func (p *Progress) Tick(u *feature.Change, turn int, tick func(turn int) feature.Msg) {
	if p.ticking && turn == p.turn {
		p.ticks++
		u.Do(feature.After{Millis: tickMillis, Msg: tick(turn)})
	}
}

// Warm leaves out the time that went by before the first piece could be begun.
func (p *Progress) Warm() { p.ticks = min(p.ticks, 1) }

// Rest counts no time until it begins again, for nobody waits for what comes.
func (p *Progress) Rest() { p.ticking = false }

// Pause stops it, or has it go on, also where something was wrong.
func (p *Progress) Pause(on bool) { p.Paused, p.Fault, p.ticking = on, "", false }

// Fail stops it because of a fault.
func (p *Progress) Fail(fault string) { p.End(); p.Fault = fault }

// End makes an end of it: everything is there.
func (p *Progress) End() { p.begun, p.ticking = false, false }

// Slow reports whether it takes so long that the page tells of it.
func (p Progress) Slow() bool { return p.begun && p.ticks > 0 && !p.Paused }

// Percent is how much of it is there, if so many pieces are left.
func (p Progress) Percent(left int) string { return strconv.Itoa(100 * p.Done / max(p.Done+left, 1)) }

// Seconds is about how long the rest of it takes, once a piece has come.
func (p Progress) Seconds(left int) int {
	return int(math.Ceil(float64(left) * float64(p.ticks) * tickMillis / 1000 / float64(max(p.Done, 1))))
}
