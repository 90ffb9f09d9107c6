package engine

import "runtime"

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
