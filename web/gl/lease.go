package gl

// A lease lets a renderer give its context back for a while: browsers allow only so many to a
// page with all its frames (Chromium 16).
type lease struct {
	lose   func() bool // gives the context back; false: this browser can't
	regain func()      // asks for it again

	released   bool // by Release, until Reclaim
	deliberate bool // lose took the context, and it has not come back yet
	confirmed  bool // the browser has reported the loss; it restores nothing before
}

// Release gives the context back, with all that lies in the GPU. Draw does nothing until the
// context is restored after Reclaim. A context that is lost anyway is left alone.
func (r *Renderer) Release() {
	l := &r.lease
	switch {
	case l.deliberate:
		l.released = true
	case l.lose != nil && !r.lost && l.lose():
		l.released, l.deliberate, l.confirmed = true, true, false
		r.lost = true
	}
}

// Reclaim asks for the context again. When it is restored everything is made anew, as after
// any loss.
func (r *Renderer) Reclaim() {
	l := &r.lease
	if l.released && l.confirmed {
		l.regain()
	}
	l.released = false
}

// Taken reports whether the browser took the context by itself. When it comes back is up to
// the browser.
func (r *Renderer) Taken() bool { return r.lost && !r.lease.deliberate && r.last != nil }

// contextLost is called when the browser says that the context is gone.
func (r *Renderer) contextLost() {
	r.lost = true
	l := &r.lease
	l.confirmed = true
	if l.deliberate && !l.released {
		l.regain() // Reclaim came before this event
	}
}

// endLease is called when the context is restored. If Release was called again meanwhile, it
// gives the context back once more.
func (r *Renderer) endLease() {
	l := &r.lease
	l.deliberate, l.confirmed = false, false
	if l.released {
		l.released = false
		r.Release()
	}
}
