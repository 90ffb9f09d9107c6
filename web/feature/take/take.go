// Package take is the feature that takes what the reader sees out of the page: the numbers of a step or
// weight as a file, its picture, or a picture of the view.
package take

import (
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is the file on its way out, if there is one.
type State struct {
	File  *File // nil: none, or it is saved
	turns int   // files that were asked for
}

// A File is one on its way out of the page.
type File struct {
	Turn    int    // tells one from the next
	Of      string // the step or weight; "": the view
	Format  export.Format
	Name    string // of the file
	Done    int    // rows that are written
	Rows    int    // of all
	Offered bool   // it is written, but the frame may forbid to save it: the reader is asked
	Size    int    // of what is offered, in bytes
	ByHand  string // its text, to be copied by hand, for the clipboard was refused; "" none
}

var memory = feature.MemoryOf[State]("take")

// Of returns what a state has on its way out.
func Of(s *feature.State) State { return memory.Get(s) }

// What happens to a file on its way out.
type (
	// Pressed asks for a step or weight as a file, its numbers or its picture, or for a PNG of
	// the view, whose name is "".
	Pressed struct {
		Name   string
		Format export.Format
	}
	// Closed stops the writing, or puts away what is offered.
	Closed struct{}
	// Grew says that so many rows are written.
	Grew struct{ Turn, Rows int }
	// Made says that all are, in so many bytes. Framed: the page stands in a frame that may
	// forbid to save files, so nothing was saved yet.
	Made struct {
		Turn, Bytes int
		Framed      bool
	}
	// Failed says why there is no file.
	Failed struct {
		Turn   int
		Reason string
	}
	// Copied says that the file is on the clipboard, or else brings its text.
	Copied struct {
		Turn int
		Text string // "": it is on the clipboard
	}
)

// Silent tells that the writing goes on without the reader.
func (Grew) Silent() {}

// Silent tells that the file was written without the reader.
func (Made) Silent() {}

// Silent tells that the reader wanted no failure.
func (Failed) Silent() {}

// Silent tells that this is the answer of the clipboard.
func (Copied) Silent() {}

// Make is the command to write the file of State piece by piece, as long as that has this turn, and
// then to save it unless a frame may forbid that. It comes back as Grew, then Made or Failed.
type Make struct{ Turn int }

// The actions: Save saves the file that is offered, Copy puts it on the clipboard.
type (
	Save struct{}
	Copy struct{}
)

// mostCopied is how large a file may be, in bytes, to go through a clipboard.
const mostCopied = 8 << 20

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "take",
		Handle: handle,
		Forget: func(s *feature.State) { memory.Change(s, func(t *State) { t.File = nil }) },
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: Of(s).File != nil, Close: Closed{}, Order: 40}
		},
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 230, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Offer{Screen: c} }},
			{Slot: feature.SlotScene, Order: 120, When: asks, Build: func(c *feature.Screen) vugu.Builder { return &Card{Screen: c} }},
		},
		Random: random,
	}
}

// offers reports whether what is seen can leave the page, where there is a page.
func offers(c *feature.Screen) bool {
	return !c.State.Guided() && c.Live() && c.State.Phase == feature.Ready
}

// asks reports whether a file is offered, for the page can't save it by itself.
func asks(c *feature.Screen) bool { f := Of(c.State).File; return f != nil && f.Offered }

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	turn := Of(s).turns
	return []feature.Msg{Pressed{pick("logits", s.Panel, "none"), export.Format(pick("csv", "npy", "xls"))}, Closed{},
		Grew{turn, r.IntN(12) - 1}, Made{turn, r.IntN(1 << 20), r.IntN(2) == 0}, Failed{turn, "broken"},
		Copied{turn - r.IntN(2), pick("", "1,2")}}
}

// handle handles what happens to a file on its way out.
func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Pressed:
		begin(u, m.Name, m.Format)
	case Closed:
		stop(u)
	case Grew:
		change(u, m.Turn, func(f *File) { f.Done = min(max(m.Rows, 0), f.Rows) })
	case Made:
		change(u, m.Turn, func(f *File) { f.Done, f.Size, f.Offered = f.Rows, m.Bytes, true })
		if f := Of(&u.State).of(m.Turn); f != nil && !m.Framed {
			end(u, say.Take.Saved(f.Name, say.Bytes(f.Size)))
		}
	case Failed:
		if Of(&u.State).of(m.Turn) != nil {
			end(u, "")
			u.Problem = &feature.Problem{Title: say.Take.Failed(), Detail: m.Reason}
		}
	case Copied:
		change(u, m.Turn, func(f *File) { f.ByHand = m.Text })
		if f := Of(&u.State).of(m.Turn); f != nil && m.Text == "" {
			end(u, say.Take.Copied(f.Name))
		}
	default:
		return false
	}
	return true
}

// begin begins a file. One is written at a time: another one takes its place.
func begin(u *feature.Change, name string, format export.Format) {
	i, ok := u.Info(name)
	if name == "" {
		ok = format == export.PNG
	}
	if !ok || !format.Known() && !format.Picture() || u.Phase != feature.Ready || u.Applied == 0 || u.Suspended() {
		return
	}
	turn := Of(&u.State).turns + 1
	memory.Set(&u.State, State{&File{Turn: turn, Of: name, Format: format, Rows: i.Rows, Name: FileName(&u.State, name, format)}, turn})
	u.Do(Make{turn})
}

// stop ends the writing, or puts away what is offered.
func stop(u *feature.Change) {
	switch f := Of(&u.State).File; {
	case f == nil:
	case f.Offered:
		end(u, "")
	default:
		end(u, say.Take.Stopped(f.Name))
	}
}

// end puts the file away, and says what became of it if there is anything to say.
func end(u *feature.Change, notice string) {
	memory.Change(&u.State, func(t *State) { t.File = nil })
	if notice != "" {
		u.Notice = notice
	}
}

// of returns the file of a turn, or nil if it is on its way no more.
func (t State) of(turn int) *File {
	if t.File == nil || t.File.Turn != turn {
		return nil
	}
	return t.File
}

// change changes the file of a turn, in a copy.
func change(u *feature.Change, turn int, by func(f *File)) {
	if f := Of(&u.State).of(turn); f != nil {
		file := *f
		by(&file)
		memory.Change(&u.State, func(t *State) { t.File = &file })
	}
}

// FileName is what the file of a step or weight is called, or of the view, where the name is "".
func FileName(s *feature.State, name string, format export.Format) string {
	if name == "" {
		name = "view"
	}
	return export.FileName(s.FilesOf(), name, string(format))
}

// Copyable reports whether a clipboard can hold the file.
func (f File) Copyable() bool { return f.Format.Text() && f.Size <= mostCopied }
