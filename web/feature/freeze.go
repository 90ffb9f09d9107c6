package feature

import "glassbox/web/address"

// Frozen says that the host of an embedded page took it off the screen, or put it back:
// the article was scrolled, the slide was turned.
type Frozen struct{ On bool }

// freeze holds Play where it is; thawed, it goes on, unless somebody changed its text.
func (u *Change) freeze(on bool) {
	if on == u.Frozen {
		return
	}
	u.Frozen = on
	if on {
		u.resume = nil
		if in := u.Input(); u.Playing {
			u.resume = &in
			u.Stop()
		}
		return
	}
	if in := u.resume; in != nil && in.Equal(u.Input()) && !u.Done() {
		u.Playing = true
		u.turn++
		u.scheduleTick()
	}
	u.resume = nil
}

// Still reports whether nothing may move by itself: the system of the reader, or the host, asks for
// less motion.
func (s State) Still() bool { return s.still || s.Host.Motion != address.MotionFull }
