package gl

// A Pace decides in which resolution a scene in motion is drawn. Where frames take long, as on a machine without a
// graphics processor, they have less than half of the pixels along each axis while the camera moves, or numbers come one
// after the other as somebody types, and all of them at rest. Its zero value is ready.
type Pace struct {
	slow     int     // frames of the present motion that took too long, one after the other
	coarse   bool    // the frames of this motion are coarse
	moved    float64 // when the camera was last seen to move
	renewed  float64 // when there were other numbers to draw; 0: never
	sluggish bool    // sharp frames took too long on this machine
	took     float64 // what the last frame that was timed did
}

// The thresholds of a pace, in seconds.
const (
	slowFrame = 0.045 // a frame that takes longer is slow; two in a row are too many
	minRest   = 0.15  // without a move before the picture gets sharp
	minCalm   = 0.3   // without other numbers before it does: somebody who types has longer pauses
	minWait   = 0.5   // that a picture waits for numbers that are on their way,
	maxWait   = 2     // and the most, even if
	waitShare = 8     // a picture takes more than a part of that wait
)

// coarseShare is the share of the pixels along an axis that a coarse frame has.
const coarseShare = 0.43

// Observe takes how long a frame of a moving camera, or with other numbers, took until the browser was ready for another.
func (p *Pace) Observe(seconds float64) {
	sharp := !p.coarse
	p.took = seconds
	if seconds <= slowFrame {
		if p.slow = 0; sharp {
			p.sluggish = false
		}
		return
	}
	if p.slow++; p.slow >= 2 {
		p.coarse, p.sluggish = true, true
	}
}

// Wait returns how long a picture that nobody moves waits for numbers that are on their way, in seconds: so long that a model
// that writes one token after the other has at least eight parts of nine of the time for itself.
func (p *Pace) Wait() float64 { return min(max(minWait, waitShare*p.took), maxWait) }

// Renew tells that there are other numbers to draw.
func (p *Pace) Renew(now float64) { p.renewed = now }

// Fresh reports whether there were other numbers to draw a moment ago.
func (p *Pace) Fresh(now float64) bool { return p.renewed > 0 && now-p.renewed < minCalm }

// Begin returns which share of the pixels along an axis a frame at the time now has, given whether the camera has
// moved since the frame before. again says that another frame must follow, to make the picture sharp.
func (p *Pace) Begin(now float64, moved bool) (share float32, again bool) {
	if moved {
		p.moved = now
	} else if now-p.moved >= minRest {
		if p.coarse {
			p.slow = 1 // one slow frame of the next motion is enough
		}
		p.coarse = false
	}
	if p.coarse || p.sluggish && p.Fresh(now) {
		return coarseShare, true
	}
	return 1, false
}
