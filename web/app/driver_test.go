package app

import (
	"os"
	"testing"

	"glassbox/model"
	"glassbox/tokenizer/r50k"
	"glassbox/web/engine"
)

// reader plays the page: it sends messages, and carries out commands with a real engine.
type reader struct {
	t      testing.TB
	s      State
	e      *engine.Engine
	done   []Command // everything that Update asked for
	mail   []Command // requests that nobody has answered yet
	timers []After
	slow   bool           // answers wait for deliver
	files  map[int][]byte // on the reader's disk
	broken bool           // models can't be fetched
}

func sortConfig() model.Config {
	return model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3, Alphabet: "ABC"}
}

func choices() []Choice {
	tiny := model.Config{Vocab: 65, Context: 16, Width: 32, Heads: 4, Blocks: 2, Tied: true}
	return []Choice{
		{ID: "sort", Label: "Sort", Size: "86k", Config: sortConfig(), Letters: 6, Example: "CBABBC"},
		{ID: "tiny", Label: "Tiny", Size: "28k", Config: tiny},
	}
}

// open returns a reader who opened the page at a hash.
func open(t testing.TB, hash string) *reader {
	t.Helper()
	r := &reader{t: t, s: New(choices()), e: engine.New()}
	r.send(Navigated{hash})
	return r
}

func (r *reader) send(messages ...Msg) *reader {
	r.t.Helper()
	for _, m := range messages {
		var commands []Command
		r.s, commands = Update(r.s, m)
		r.done = append(r.done, commands...)
		for _, c := range commands {
			switch c := c.(type) {
			case Send, LoadModel, LoadTable, ReadHead, ReadFile: // their answers come as messages
				r.mail = append(r.mail, c)
			case After:
				r.timers = append(r.timers, c)
			case RestartWorker:
				r.e = engine.New()
				r.mail = append(r.mail[:0], c)
			}
		}
		if !r.slow {
			r.deliver()
		}
	}
	return r
}

// deliver answers everything that waits.
func (r *reader) deliver() *reader {
	r.t.Helper()
	for len(r.mail) > 0 {
		c := r.mail[0]
		r.mail = r.mail[1:]
		slow := r.slow
		r.slow = true
		if _, ok := c.(RestartWorker); ok {
			r.send(WorkerStarted{})
		} else {
			r.send(Replied{r.answer(c)})
		}
		r.slow = slow
	}
	return r
}

func (r *reader) answer(c Command) engine.Reply {
	r.t.Helper()
	switch c := c.(type) {
	case Send:
		return r.e.Handle(c.Request)
	case LoadTable:
		return r.e.Handle(engine.Request{ID: c.Request, Load: &engine.Load{Table: r50k.Table()}})
	case ReadHead:
		b := r.files[c.File.Number]
		return r.e.Handle(engine.Request{ID: c.Request, Inspect: &engine.Inspect{Name: c.File.Name, Head: b[:min(len(b), 1<<20)], Size: c.File.Size}})
	case ReadFile:
		b := r.files[c.File.Number]
		c.Load.File = b
		return r.e.Handle(engine.Request{ID: c.Request, Load: &c.Load})
	}
	load := c.(LoadModel)
	if r.broken {
		return engine.Reply{ID: load.Request, Error: "The file is not there."}
	}
	folder := map[string]string{"sort": "nano-sort", "tiny": "tiny-gpt2"}[load.ID]
	b, err := os.ReadFile("../../model/testdata/" + folder + "/weights.safetensors")
	if err != nil {
		r.t.Fatal(err)
	}
	return r.e.Handle(engine.Request{ID: load.Request, Load: &engine.Load{Name: load.ID, File: b}})
}

// wait lets the timers ring until none is set.
func (r *reader) wait() *reader {
	r.t.Helper()
	for n := 0; len(r.timers) > 0; n++ {
		if n > 100 {
			r.t.Fatal("the timers never end")
		}
		next := r.timers[0]
		r.timers = r.timers[1:]
		r.send(next.Msg)
	}
	return r
}

// text types a text, letter by letter.
func (r *reader) text(text string) *reader {
	r.t.Helper()
	for i := range text {
		r.send(PromptChanged{text[:i+1]})
	}
	return r
}

// expect compares something that the reader sees.
func (r *reader) expect(what string, got, want any) *reader {
	r.t.Helper()
	if got != want {
		r.t.Errorf("%s is %v; expected %v", what, got, want)
	}
	return r
}

// count returns how many commands of C's type there were.
func count[C Command](r *reader) (n int) {
	for _, c := range r.done {
		if _, ok := c.(C); ok {
			n++
		}
	}
	return n
}

// lastOf returns the last command of C's type.
func lastOf[C Command](r *reader) (last C) {
	for _, c := range r.done {
		if c, ok := c.(C); ok {
			last = c
		}
	}
	return last
}
