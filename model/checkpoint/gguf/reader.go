package gguf

import (
	"encoding/binary"
	"unicode/utf8"

	"glassbox/model/fault"
)

// reader reads the header of a file from its start. After the first error it reads nothing but zeros.
type reader struct {
	file   string // names for errors
	key    string
	tensor string

	b    []byte // the bytes that are here
	size int64  // how many the whole file has
	pos  int    // the next byte of b
	err  error
	need int64 // how many bytes have to be here, if the file has more than are and these did not do
}

// fail keeps the first error, and says that it was noticed at a byte.
func (r *reader) fail(at int, reason *fault.Fault) {
	if r.err == nil {
		r.err = &FormatError{File: r.file, Key: r.key, Tensor: r.tensor, Reason: reason, Offset: int64(at)}
	}
}

// failWhole is fail for what concerns the file as a whole.
func (r *reader) failWhole(reason *fault.Fault) {
	if r.err == nil {
		r.err = &FormatError{File: r.file, Reason: reason, Offset: -1}
	}
}

// take returns the next n bytes, nil after an error.
func (r *reader) take(n uint64) []byte {
	if r.err != nil {
		return nil
	}
	if n > uint64(len(r.b)-r.pos) {
		if left := r.size - int64(r.pos); n <= uint64(left) {
			r.need = int64(r.pos) + int64(n)
		}
		r.failWhole(fault.New("headerCut", "the file is incomplete: it ends after %d byte(s), inside of its header; most likely the download was not finished; fetch it again", len(r.b)))
		return nil
	}
	b := r.b[r.pos : r.pos+int(n) : r.pos+int(n)]
	r.pos += int(n)
	return b
}

func (r *reader) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) uint64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// name reads a key or the name of a tensor.
func (r *reader) name() string {
	at := r.pos
	n := r.uint64()
	if n > maxKeyBytes {
		r.fail(at, fault.New("nameTooLong", "a name is said to have %d bytes, expected at most %d", n, maxKeyBytes))
	}
	return string(r.take(n))
}

// value reads a value of a kind. Depth says how many lists it may be in.
func (r *reader) value(kind Kind, depth int) Value {
	at := r.pos
	v := Value{kind: kind}
	switch {
	case !kind.known():
		r.fail(at, fault.New("kindUnknown", "a value is of the kind %s, which is unknown; expected 0 to %d", kind, len(kinds)-1))
	case kind == Text:
		v.data = r.text()
	case kind == List:
		r.list(&v, depth)
	default:
		v.data = r.take(uint64(kind.size()))
		if kind == Bool {
			r.bools(at, v.data)
		}
	}
	return v
}

// text reads the bytes of a text.
func (r *reader) text() []byte {
	at := r.pos
	n := r.uint64()
	if n > maxTextBytes {
		r.fail(at, fault.New("textTooLarge", "a text is said to have %d bytes, expected at most %d", n, maxTextBytes))
	}
	return r.take(n)
}

// list reads a list, and of its items only where they end.
func (r *reader) list(v *Value, depth int) {
	at := r.pos
	kind, n := Kind(r.uint32()), r.uint64()
	switch {
	case r.err != nil:
	case !kind.known():
		r.fail(at, fault.New("kindUnknown", "a value is of the kind %s, which is unknown; expected 0 to %d", kind, len(kinds)-1))
	case n > maxItems:
		r.fail(at, fault.New("itemsTooMany", "a list is said to have %d items, expected at most %d", n, maxItems))
	case kind == List && depth >= maxDepth:
		r.fail(at, fault.New("listsTooDeep", "lists stand in one another more than %d deep", maxDepth))
	}
	if r.err != nil {
		return
	}
	v.items, v.n = kind, int(n)
	start := r.pos
	if size := kind.size(); size > 0 {
		r.take(n * uint64(size))
	}
	for i := uint64(0); i < n && kind.size() == 0 && r.err == nil; i++ {
		r.value(kind, depth+1)
	}
	if r.err != nil {
		return
	}
	if v.data = r.b[start:r.pos:r.pos]; kind == Bool {
		r.bools(start, v.data)
	}
}

// bools holds that each of the bytes from one on is a yes or no.
func (r *reader) bools(from int, b []byte) {
	for i, c := range b {
		if c > 1 {
			r.fail(from+i, fault.New("boolInvalid", "true or false is stored as %d, expected 1 or 0", c))
			return
		}
	}
}

// validName returns why a key or the name of a tensor can't be one, nil if it can.
func validName(name string) *fault.Fault {
	switch {
	case name == "":
		return fault.New("nameEmpty", "a name is empty")
	case !utf8.ValidString(name):
		return fault.New("nameInvalid", "the name is not UTF-8")
	case len(name) > maxKeyBytes:
		return fault.New("nameTooLong", "a name is said to have %d bytes, expected at most %d", len(name), maxKeyBytes)
	}
	return nil
}
