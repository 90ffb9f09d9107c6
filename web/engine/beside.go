package engine

// A second engine stands beside the first, made by the first request that is Beside. It answers those as the first answers all others:
// it has a model, a run and its numbers. A Load of the first one is its end, for what it was compared with is gone.

// second returns it.
func (e *Engine) second() *Engine {
	if e.beside == nil {
		e.beside = New()
	}
	b := e.beside
	b.first, b.Memory, b.held, b.gpt2 = e, e.Memory, e.held, e.gpt2
	return b
}

// handleBeside answers a request to it.
func (e *Engine) handleBeside(q Request) Reply {
	q.Beside = false
	r := e.second().Handle(q)
	r.Beside = true
	return r
}

// other returns the engine beside this one that holds a model; nil: there is none.
func (e *Engine) other() *Engine {
	for _, o := range []*Engine{e.beside, e.first} {
		if o != nil && o.trace != nil {
			return o
		}
	}
	return nil
}

// takenBeside is how many bytes the model and the rows of the other engine take; of weights that both share, none.
func (e *Engine) takenBeside() int64 {
	o := e.other()
	if o == nil {
		return 0
	}
	rows := o.base.Model.Config.Kept(len(o.base.IDs()))
	if e.base != nil && o.base.Model == e.base.Model {
		return rows
	}
	return rows + o.base.Model.Bytes()
}
