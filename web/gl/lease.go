package gl

// A lease is the context as something that can be given back for a while: browsers allow a
// page and all its frames only so many (Chromium 16).
type lease struct {
	lose   func() bool // false: this browser has no such thing
	regain func()

	released bool // by Release, until Reclaim
	mine     bool // it was lost by lose, and did not come back yet
	told     bool // the browser has said so; before, it gives nothing back
}

// Release gives the context back, with all that lies in the GPU. Draw does nothing until it
// is here again after Reclaim. A context that is lost anyway is left alone.
func (r *Renderer) Release() {
	l := &r.lease
	switch {
	case l.mine:
		l.released = true
	case l.lose != nil && !r.lost && l.lose():
		l.released, l.mine, l.told = true, true, false
		r.lost = true
	}
}

// Reclaim asks for the context again. When it comes everything is made anew, as after any
// loss.
func (r *Renderer) Reclaim() {
	l := &r.lease
	if l.released && l.told {
		l.regain()
	}
	l.released = false
}

// Taken says that the browser took the context by itself; it comes back when the browser
// likes.
func (r *Renderer) Taken() bool { return r.lost && !r.lease.mine && r.last != nil }

// losing is called when the browser says that the context is gone.
func (r *Renderer) losing() {
	r.lost = true
	l := &r.lease
	l.told = true
	if l.mine && !l.released {
		l.regain() // Reclaim came before the browser had said it
	}
}

// regained is called when the context is here again.
func (r *Renderer) regained() {
	l := &r.lease
	l.mine, l.told = false, false
	if l.released { // meanwhile it is not wanted any more
		l.released = false
		r.Release()
	}
}
