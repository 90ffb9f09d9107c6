package engine

import (
	"encoding/hex"
	"runtime"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/web/engine/sha256"
)

// HeadBytes returns how many of the first bytes of a file of size bytes Inspect needs, of which head are some.
func HeadBytes(head []byte, size int) int { return int(checkpoint.HeadBytes(head, int64(size))) }

// name returns the name of the first file.
func (q *Inspect) name() string {
	if len(q.Files) == 0 {
		return displayName("")
	}
	return displayName(q.Files[0].Name)
}

// inspect looks at the beginnings of files.
func (e *Engine) inspect(q *Inspect) (*Inspected, error) {
	var files []checkpoint.File
	for _, f := range q.Files {
		files = append(files, checkpoint.File{Name: displayName(f.Name), Bytes: f.Head, Size: int64(f.Size)})
	}
	if len(files) == 0 || q.Held < 0 || q.Held > len(files) {
		return nil, fault.New("requestEmpty", "the request asks for nothing")
	}
	if q.Open {
		return inspectBeside(files[:q.Held], files[q.Held:])
	}
	all, err := inspectFiles(files)
	if err == nil || q.Held == 0 || q.Held == len(files) {
		return all, err
	}
	// They are no one model. What came replaces what was there if it is one, or else is refused.
	if fresh, own := inspectFiles(files[q.Held:]); own == nil && !fresh.Weightless {
		fresh.Took, fresh.Refused = TookNew, fault.Of(err)
		return fresh, nil
	}
	held, own := inspectFiles(files[:q.Held])
	if own != nil {
		return nil, own
	}
	held.Took, held.Refused = TookHeld, fault.Of(err)
	return held, nil
}

// inspectBeside looks at files that come while a model is open. They are another model, unless they have no weights but
// belong to a model.
func inspectBeside(held, fresh []checkpoint.File) (*Inspected, error) {
	i, err := inspectFiles(fresh)
	if err != nil {
		return nil, err
	}
	if i.Weightless {
		if all, err := inspectFiles(append(held[:len(held):len(held)], fresh...)); err == nil {
			return all, nil
		}
	}
	i.Took = TookNew
	return i, nil
}

func inspectFiles(files []checkpoint.File) (*Inspected, error) {
	i, err := checkpoint.InspectFiles(files)
	if err != nil {
		return nil, err
	}
	words := wordsOf(i.Config)
	if brings(i) {
		words = "own"
	}
	all := &Inspected{Config: i.Config, Asserted: i.Asserted, Activates: i.Activates, Split: i.Split, Words: words, Notes: i.Notes,
		Beside: int(i.Beside), Name: i.Name, Missing: i.Missing, Weightless: i.Weightless}
	for _, m := range i.Members {
		all.Members = append(all.Members, Member{string(m.Role), m.Is})
	}
	return all, nil
}

// besideWeights is how many bytes a file has at most that lies beside the weights of a large model: its tokenizer, its settings.
const besideWeights = 32 << 20

// files returns the files of a model, which share the bytes of File.
func (l *Load) files() (files []checkpoint.File, err error) {
	if l.Files == nil {
		return []checkpoint.File{{Name: displayName(l.Name), Bytes: l.File}}, nil
	}
	rest := l.File
	for _, f := range l.Files {
		if f.Bytes < 0 || f.Bytes > len(rest) {
			return nil, fault.New("filesCut", "the files of %s did not come whole; open them again", displayName(l.Name))
		}
		if err := f.check(rest[:f.Bytes]); err != nil {
			return nil, err
		}
		files = append(files, checkpoint.File{Name: f.Name, Bytes: rest[:f.Bytes:f.Bytes], Size: int64(f.Size)})
		rest = rest[f.Bytes:]
	}
	aligned(l.File, files, besideWeights)
	return files, nil
}

// check returns an error that names the first part of a file whose bytes are not those that its sum was made of. Bytes may be
// the first ones of the file; of those parts that are not all here nothing is said.
func (f FilePiece) check(bytes []byte) error {
	for _, s := range f.Sums {
		if s.Bytes < 0 || s.Bytes > len(bytes) {
			return nil
		}
		if sum := sha256.Sum(bytes[:s.Bytes]); !strings.EqualFold(hex.EncodeToString(sum[:]), s.SHA256) {
			return fault.New("sumDiffers", "%s is not what it was: its bytes have another sum (SHA-256) than the list says; expected %.12s…", s.Name, s.SHA256)
		}
		bytes = bytes[s.Bytes:]
	}
	return nil
}

// Pieces is a file on its way into the engine, which comes piece by piece, each behind the one before. It is held once: what came
// before it and was not asked for is given up before there is room for it. The zero value is ready.
type Pieces struct {
	file []byte
	got  int // of its first bytes, how many have come
}

// Room returns where n bytes belong that stand at byte at of a file of so many bytes; nil if they are none of it, or what
// stands before them has not come. The first piece of a file, which begins at 0, makes an end of the file before.
func (p *Pieces) Room(at, n, of int) []byte {
	if at == 0 {
		if p.file != nil {
			p.file = nil
			runtime.GC() // or both would be there for a while
		}
		p.file, p.got = make([]byte, of), 0
	}
	if at != p.got || n < 0 || at+n > len(p.file) {
		return nil
	}
	p.got += n
	return p.file[at:p.got]
}

// Whole returns the file, and forgets it; nil if some of it has not come.
func (p *Pieces) Whole() []byte {
	b := p.file
	if p.got < len(b) {
		b = nil
	}
	*p = Pieces{}
	return b
}
