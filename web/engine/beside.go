package engine

import (
	"slices"

	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/model/quant"
)

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
	taken := o.takenAlone()
	if e.base != nil && o.base.Model == e.base.Model {
		taken -= o.base.Model.Bytes()
	}
	return taken
}

// RoundedTypes lists the types of numbers to which the model of the first engine can be rounded for the second, those of most bits first.
func RoundedTypes() (names []string) {
	for _, t := range checkpoint.Written() {
		names = append(names, t.String())
	}
	return names
}

// loadSame makes the model of the first engine that of the second, or what is left of it in another type of numbers.
func (e *Engine) loadSame(l *Load) (*Loaded, error) {
	f := e.first
	if f == nil || f.base == nil {
		return nil, errNoModel
	}
	m := f.base.Model
	if l.As != "" {
		as, ok := quant.Parse(l.As)
		if !ok || !slices.Contains(checkpoint.Written(), as) {
			return nil, fault.New("besideType", "a model can't be rounded to %.20q here; expected one of %s", l.As, fault.List(RoundedTypes()))
		}
		if err := e.roomBeside(checkpoint.RetypedBytes(m, as)); err != nil {
			return nil, err
		}
		var err error
		if m, err = checkpoint.Retyped(m, as); err != nil {
			return nil, err
		}
	}
	loaded := &Loaded{Name: l.Name}
	e.words, e.letters, e.own, e.stops, e.metadata = f.words, f.letters, f.own, f.stops, f.metadata
	e.take(l.Name, m, loaded)
	loaded.Tokenizers = e.tokenizers()
	return loaded, nil
}

// roomBeside refuses a second model of so many bytes where memory can't hold both. What a first one takes is looked at when it is read.
func (e *Engine) roomBeside(bytes int64) error {
	if e.Memory == 0 || e.first == nil || bytes+e.first.takenAlone()+mostGarbage <= e.Memory {
		return nil
	}
	return fault.New("besideBeyondMemory", "the second model takes %s of memory, and there is no room for that beside the first; a smaller one can be compared", fault.Bytes(bytes))
}

// takenAlone is how many bytes the model and the rows of this engine take.
func (e *Engine) takenAlone() int64 {
	return e.base.Model.Bytes() + e.base.Model.Config.Kept(len(e.base.IDs()))
}
