package serve

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/model/kernel"
	"glassbox/web/engine"
)

// A Model is the one that the program was started with.
type Model struct {
	Hello engine.Hello // what is known of it before it is read
	Read  func(tell func(bytes int64)) (*checkpoint.Imported, error)
}

// Describe says what the beginnings of a model's files tell.
func Describe(files []checkpoint.File) (h engine.Hello, err error) {
	q := engine.Inspect{}
	for _, f := range files {
		q.Files = append(q.Files, engine.FileHead{Name: f.Name, Head: f.Bytes, Size: int(f.Of())})
		h.Size += int(f.Of())
	}
	r := engine.New().Handle(engine.Request{Inspect: &q})
	if r.Error != "" {
		return h, errors.New(r.Error)
	}
	switch seen := *r.Inspected; {
	case len(seen.Missing) > 0:
		return h, fmt.Errorf("parts of %s are missing: %s", seen.Name, strings.Join(seen.Missing, ", "))
	case seen.Weightless:
		return h, fmt.Errorf("%s holds no weights; expected safetensors or GGUF", seen.Name)
	default:
		h.Inspected, h.Name = seen, seen.Name
	}
	if h.Name == "" {
		h.Name = files[0].Name
	}
	h.Kernel, h.Cores = kernel.Name(), runtime.GOMAXPROCS(0)
	return h, nil
}

// A machine is the engine. It outlives the pages: what one of them leaves half done is finished before the next is answered.
type machine struct {
	model *Model
	mu    sync.Mutex // held while the engine is at work
	e     *engine.Engine

	bytes atomic.Int64  // of the model that have been read
	ready chan struct{} // closed when all is read, or failed
	err   error         // why
}

// newMachine returns an engine, and begins to read its model.
func newMachine(m *Model) *machine {
	w := &machine{model: m, e: engine.New(), ready: make(chan struct{})}
	go func() {
		defer close(w.ready)
		i, err := m.Read(func(bytes int64) { w.bytes.Store(bytes) })
		if w.err = err; err == nil {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.e.Hold(i)
		}
	}()
	return w
}

// How often a page hears of the reading of the model, and of the work on its request.
const (
	readingEvery = 200 * time.Millisecond
	workingEvery = time.Second
)

// handle answers a request. While that takes, tell tells how far it is.
func (w *machine) handle(ctx context.Context, q engine.Request, tell func(engine.News)) engine.Reply {
	if q.Load != nil && q.Load.Held {
		if err := w.await(ctx, tell); err != nil {
			f := fault.Of(err)
			return engine.Reply{ID: q.ID, Error: f.Sentence(), Fault: f}
		}
	}
	done := make(chan struct{})
	defer close(done)
	go func() {
		tick := time.NewTicker(workingEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				tell(engine.News{})
			}
		}
	}()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.e.Handle(q)
}

// await waits for the model.
func (w *machine) await(ctx context.Context, tell func(engine.News)) error {
	tick := time.NewTicker(readingEvery)
	defer tick.Stop()
	for {
		select {
		case <-w.ready:
			return w.err
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			tell(engine.News{Reading: &engine.Reading{Bytes: int(w.bytes.Load()), Of: w.model.Hello.Size}})
		}
	}
}
