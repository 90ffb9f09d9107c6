// Package apptest plays a reader of the page without a browser, for tests: it sends messages, and
// carries out what they command with a real engine.
package apptest

import (
	"os"
	"testing"

	"glassbox/model"
	"glassbox/tokenizer/r50k"
	"glassbox/web/app"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
)

// Reader plays the page: it sends messages, and carries out commands with a real engine.
type Reader struct {
	T        testing.TB
	S        feature.State
	E        *engine.Engine
	Commands []feature.Command // everything that Update asked for
	Mail     []feature.Command // requests that nobody has answered yet
	Timers   []feature.After
	Slow     bool                // answers wait for deliver
	Files    map[int][]byte      // on the reader's disk
	Seen     func(feature.State) // if not nil, is shown what each message makes of the page
	Broken   bool                // models can't be fetched
}

// SortConfig returns the sizes of the model that sorts, the first of Choices.
func SortConfig() model.Config {
	return model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3, Alphabet: "ABC"}
}

// Choices returns the models of its page: one that sorts, and a tiny one.
func Choices() []feature.Choice {
	tiny := model.Config{Vocab: 65, Context: 16, Width: 32, Heads: 4, Blocks: 2, Tied: true}
	return []feature.Choice{
		{ID: "sort", Label: "Sort", Size: "86k", Config: SortConfig(), Letters: 6, Example: "CBABBC"},
		{ID: "tiny", Label: "Tiny", Size: "28k", Config: tiny},
	}
}

// Open returns a reader who opened the page at a hash.
func Open(t testing.TB, hash string) *Reader {
	t.Helper()
	r := &Reader{T: t, S: app.New(Choices()), E: engine.New()}
	r.Send(feature.Navigated{Hash: hash})
	return r
}

// OpenLanguage returns a reader who opened the page with the language model that it is published with, at a hash.
func OpenLanguage(t testing.TB, hash string) *Reader {
	t.Helper()
	r := &Reader{T: t, S: app.New(app.Shipped(func(string) bool { return true })), E: engine.New()}
	r.Send(feature.Navigated{Hash: hash})
	return r
}

// Send sends messages.
func (r *Reader) Send(messages ...feature.Msg) *Reader {
	r.T.Helper()
	for _, m := range messages {
		var commands []feature.Command
		r.S, commands = feature.Update(r.S, m)
		r.Commands = append(r.Commands, commands...)
		if r.Seen != nil {
			r.Seen(r.S)
		}
		for _, c := range commands {
			switch c := c.(type) {
			case feature.Send, feature.LoadModel, feature.LoadTable, open.ReadHead, feature.ReadFile: // their answers come as messages
				r.Mail = append(r.Mail, c)
			case feature.After:
				r.Timers = append(r.Timers, c)
			case feature.RestartWorker:
				r.E = engine.New()
				r.Mail = append(r.Mail[:0], c)
			}
		}
		if !r.Slow {
			r.Deliver()
		}
	}
	return r
}

// Deliver answers everything that waits.
func (r *Reader) Deliver() *Reader {
	r.T.Helper()
	for len(r.Mail) > 0 {
		r.DeliverOne()
	}
	return r
}

// DeliverOne answers what waits longest.
func (r *Reader) DeliverOne() {
	r.T.Helper()
	c := r.Mail[0]
	r.Mail = r.Mail[1:]
	slow := r.Slow
	r.Slow = true
	if _, ok := c.(feature.RestartWorker); ok {
		r.Send(feature.WorkerStarted{})
	} else {
		r.Send(feature.Replied{Reply: r.answer(c)})
	}
	r.Slow = slow
}

func (r *Reader) answer(c feature.Command) engine.Reply {
	r.T.Helper()
	switch c := c.(type) {
	case feature.Send:
		return r.E.Handle(c.Request)
	case feature.LoadTable:
		return r.E.Handle(engine.Request{ID: c.Request, Load: &engine.Load{Table: r50k.Table()}})
	case open.ReadHead, feature.ReadFile:
		return fromDisk(r.E, r.Files, c)
	}
	load := c.(feature.LoadModel)
	if r.Broken {
		return engine.Reply{ID: load.Request, Error: "The file is not there."}
	}
	path := map[string]string{"sort": "/model/testdata/nano-sort/weights.safetensors", "tiny": "/model/testdata/tiny-gpt2/weights.safetensors",
		"language": "/static/models/language.gguf"}[load.ID]
	b, err := os.ReadFile(root() + path)
	if err != nil {
		r.T.Fatal(err)
	}
	return r.E.Handle(engine.Request{ID: load.Request, Beside: load.Beside, Load: &engine.Load{Name: load.ID, File: b}})
}

// fromDisk answers what asks for a file of the reader.
func fromDisk(e *engine.Engine, files map[int][]byte, c feature.Command) engine.Reply {
	if c, ok := c.(open.ReadHead); ok {
		q := engine.Inspect{Held: c.Held, Open: c.Open}
		for _, f := range c.Files {
			b := files[f.Number]
			head := b[:min(len(b), 1<<16)]
			for need := min(len(b), engine.HeadBytes(head, f.Size)); need > len(head); need = min(len(b), engine.HeadBytes(head, f.Size)) {
				head = b[:need]
			}
			q.Files = append(q.Files, engine.FileHead{Name: f.Name, Head: head, Size: f.Size})
		}
		return e.Handle(engine.Request{ID: c.Request, Inspect: &q})
	}
	read := c.(feature.ReadFile)
	for i, f := range read.Files {
		read.Load.File = append(read.Load.File, files[f.Number][:read.Load.Files[i].Bytes]...)
	}
	return e.Handle(engine.Request{ID: read.Request, Beside: read.Beside, Load: &read.Load})
}

// Wait lets the timers ring until none is set.
func (r *Reader) Wait() *Reader {
	r.T.Helper()
	for n := 0; len(r.Timers) > 0; n++ {
		if n > 100 {
			r.T.Fatal("the timers never end")
		}
		next := r.Timers[0]
		r.Timers = r.Timers[1:]
		r.Send(next.Msg)
	}
	return r
}

// Text types a text, letter by letter.
func (r *Reader) Text(text string) *Reader {
	r.T.Helper()
	for i := range text {
		r.Send(feature.PromptChanged{Text: text[:i+1]})
	}
	return r
}

// Expect compares something that the reader sees.
func (r *Reader) Expect(what string, got, want any) *Reader {
	r.T.Helper()
	if got != want {
		r.T.Errorf("%s is %v; expected %v", what, got, want)
	}
	return r
}

// Count returns how many commands of C's type there were.
func Count[C feature.Command](r *Reader) (n int) {
	for _, c := range r.Commands {
		if _, ok := c.(C); ok {
			n++
		}
	}
	return n
}

// LastOf returns the last command of C's type.
func LastOf[C feature.Command](r *Reader) (last C) {
	for _, c := range r.Commands {
		if c, ok := c.(C); ok {
			last = c
		}
	}
	return last
}

// root returns the folder of the repository, wherever below it the test runs.
func root() string {
	for folder := "."; ; folder += "/.." {
		if _, err := os.Stat(folder + "/go.mod"); err == nil || len(folder) > 40 {
			return folder
		}
	}
}
