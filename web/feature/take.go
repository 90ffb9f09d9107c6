package feature

import (
	"strings"

	"glassbox/web/export"
	"glassbox/web/say"
)

// A Taking is a file on its way out of the page. It is nil again once the file is saved.
type Taking struct {
	Turn    int    // tells one from the next
	Name    string // the step or weight; "": the view
	Format  export.Format
	File    string // the name of the file
	Done    int    // rows that are written
	Rows    int    // of all
	Offered bool   // it is written, but the frame may forbid to save it: the reader is asked
	Size    int    // of what is offered, in bytes
	ByHand  string // its text, to be copied by hand, for the clipboard was refused; "" none
}

// What happens to a file on its way out.
type (
	// TakePressed asks for a step or weight as a file, its numbers or its picture, or for a
	// PNG of the view, whose name is "".
	TakePressed struct {
		Name   string
		Format export.Format
	}
	// TakeClosed stops the writing, or puts away what is offered.
	TakeClosed struct{}
	// FileGrew says that so many rows are written.
	FileGrew struct{ Turn, Rows int }
	// FileMade says that all are, in so many bytes. Framed: the page stands in a frame that may
	// forbid to save files, so nothing was saved yet.
	FileMade struct {
		Turn, Bytes int
		Framed      bool
	}
	// FileFailed says why there is no file.
	FileFailed struct {
		Turn   int
		Reason string
	}
	// FileCopied says that the file is on the clipboard, or else brings its text.
	FileCopied struct {
		Turn int
		Text string // "": it is on the clipboard
	}
)

// MakeFile writes the file of State.Taking piece by piece, as long as that has this turn, and
// then saves it unless a frame may forbid that. It comes back as FileGrew, then FileMade or
// FileFailed.
type MakeFile struct{ Turn int }

// mostCopied is how large a file may be, in bytes, to go through a clipboard.
const mostCopied = 8 << 20

// handleExport handles what happens to a file on its way out.
func (u *Change) handleExport(m Msg) {
	switch m := m.(type) {
	case TakePressed:
		u.take(m.Name, m.Format)
	case FileGrew:
		u.taking(m.Turn, func(t *Taking) { t.Done = min(max(m.Rows, 0), t.Rows) })
	case FileMade:
		u.taking(m.Turn, func(t *Taking) { t.Done, t.Size, t.Offered = t.Rows, m.Bytes, true })
		if t := u.Taking; t != nil && t.Turn == m.Turn && !m.Framed {
			u.Taking, u.Notice = nil, "Saved "+t.File+", "+say.Bytes(t.Size)+"."
		}
	case FileFailed:
		if u.Taking != nil && u.Taking.Turn == m.Turn {
			u.Taking = nil
			u.Problem = &Problem{Title: "The file was not written", Detail: m.Reason}
		}
	case FileCopied:
		u.taking(m.Turn, func(t *Taking) { t.ByHand = m.Text })
		if t := u.Taking; t != nil && t.Turn == m.Turn && m.Text == "" {
			u.Taking, u.Notice = nil, "Copied the contents of "+t.File+"."
		}
	case TakeClosed:
		if t := u.Taking; t != nil && !t.Offered {
			u.Notice = t.File + " was not written."
		}
		u.Taking = nil
	}
}

// take begins a file. One is written at a time: another one takes its place.
func (u *Change) take(name string, format export.Format) {
	i, ok := u.Info(name)
	if name == "" {
		ok = format == export.PNG
	}
	if !ok || !format.Known() && !format.Picture() || u.Phase != Ready || u.Applied == 0 || u.Opening != nil {
		return
	}
	u.takings++
	u.Taking = &Taking{Turn: u.takings, Name: name, Format: format, Rows: i.Rows, File: u.FileName(name, format)}
	u.Do(MakeFile{u.takings})
}

// taking changes the file of a turn, in a copy.
func (u *Change) taking(turn int, change func(t *Taking)) {
	if u.Taking != nil && u.Taking.Turn == turn {
		t := *u.Taking
		change(&t)
		u.Taking = &t
	}
}

// FileModel is what files call the model.
func (s State) FileModel() string {
	if f := s.Choice().Source; f != nil {
		return strings.TrimSuffix(f.Name, ".safetensors")
	}
	return s.Model
}

// FileName is what the file of a step or weight is called, or of the view, where the name is "".
func (s State) FileName(name string, format export.Format) string {
	if name == "" {
		name = "view"
	}
	return export.FileName(s.FileModel(), name, string(format))
}

// RunID returns the ID of the run whose numbers the page shows, 0: none yet.
func (s State) RunID() int { return s.Applied }

// Copyable reports whether a clipboard can hold the file.
func (t Taking) Copyable() bool { return t.Format.Text() && t.Size <= mostCopied }
