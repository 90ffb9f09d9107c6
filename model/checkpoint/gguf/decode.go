package gguf

import (
	"cmp"
	"math/bits"
	"slices"

	"glassbox/model/fault"
	"glassbox/model/quant"
)

// Decode reads a whole GGUF file from b. The name is the file's, for errors. The metadata and the tensors share
// the bytes of b, which must not change while they are in use. Errors are of type [*FormatError].
func Decode(name string, b []byte) (*File, error) {
	f, err := DecodeHead(name, b, int64(len(b)))
	if err != nil {
		return nil, err
	}
	for i, t := range f.Tensors {
		end := int(t.Begin) + t.bytes()
		f.Tensors[i].Data = b[t.Begin:end:end] // capped, so that appending to one tensor can't write into the next
	}
	return f, nil
}

// DecodeHead reads what the header says of a file of size bytes, from its first bytes alone: at least the header has to
// be among them, see [HeadBytes]. The tensors have no Data, but the place where it begins. It refuses what Decode would
// refuse of such a file.
func DecodeHead(name string, head []byte, size int64) (*File, error) {
	r := &reader{file: name, b: head[:min(int64(len(head)), size)], size: size}
	f := r.header()
	if r.err != nil {
		return nil, r.err
	}
	if err := r.place(f); err != nil {
		return nil, err
	}
	return f, nil
}

// HeadBytes returns how many of the first bytes of a file of size bytes DecodeHead needs, as far as the first ones tell:
// if these are enough, or can't be the beginning of GGUF, no more than are there; otherwise at least twice as many, with
// which to ask again.
func HeadBytes(head []byte, size int64) int64 {
	r := &reader{b: head[:min(int64(len(head)), size)], size: size}
	if r.header(); r.need > 0 {
		return min(size, max(r.need, 2*int64(len(head))))
	}
	return int64(len(head))
}

// header reads the whole header. The tensors have the places that they claim.
func (r *reader) header() *File {
	f := &File{Version: r.version(), name: r.file}
	tensors, keys := r.uint64(), r.uint64()
	if tensors > maxTensors {
		r.fail(8, fault.New("tensorsTooMany", "the file is said to have %d tensors, expected at most %d", tensors, maxTensors))
	}
	if keys > maxKeys {
		r.fail(16, fault.New("keysTooMany", "the file is said to have %d keys, expected at most %d", keys, maxKeys))
	}
	seen := map[string]bool{}
	for i := uint64(0); i < keys && r.err == nil; i++ {
		f.Metadata = append(f.Metadata, r.entry(seen))
	}
	clear(seen)
	for i := uint64(0); i < tensors && r.err == nil; i++ {
		f.Tensors = append(f.Tensors, r.info(seen))
	}
	return f
}

// version reads what the file begins with, and how its numbers are to be read.
func (r *reader) version() int {
	if r.size == 0 {
		r.failWhole(fault.New("fileIsEmpty", "the file is empty; fetch it again"))
	}
	if start := r.b[:min(len(r.b), len(magic))]; string(start) != magic[:len(start)] {
		r.fail(0, fault.New("magicMissing", "this is no GGUF file: it begins with %q, expected %q", start, magic))
	}
	r.take(uint64(len(magic)))
	switch version := r.uint32(); {
	case r.err != nil:
	case version != 0 && version&0xffff == 0:
		r.fail(len(magic), fault.New("bigEndian", "the numbers of this file are big-endian, as a few machines have them; fetch the little-endian file of the same model"))
	case version != 2 && version != 3:
		r.fail(len(magic), fault.New("versionUnknown", "the file is of version %d of GGUF, expected 2 or 3", version))
	default:
		return int(version)
	}
	return 0
}

// entry reads a key with its value.
func (r *reader) entry(seen map[string]bool) Entry {
	at := r.pos
	key := r.name()
	r.key = key
	r.check(at, key)
	if seen[key] {
		r.fail(at, fault.New("keyTwice", "the file has this key twice"))
	}
	seen[key] = true
	v := r.value(Kind(r.uint32()), 1)
	r.key = ""
	return Entry{key, v}
}

// check fails if a name can't be one.
func (r *reader) check(at int, name string) {
	if reason := validName(name); reason != nil {
		r.fail(at, reason)
	}
}

// info reads what the header says of a tensor; Begin is what it claims, counted in the data.
func (r *reader) info(seen map[string]bool) Tensor {
	at := r.pos
	name := r.name()
	r.tensor = name
	r.check(at, name)
	if seen[name] {
		r.fail(at, fault.New("tensorTwice", "there are two tensors of this name"))
	}
	seen[name] = true
	t := Tensor{Name: name, Shape: r.shape(), file: r.file}
	t.Type = quant.Type(r.uint32())
	begin := r.uint64()
	if begin > maxOffset {
		r.fail(at, fault.New("offsetTooLarge", "its data are said to begin at byte %d, expected at most %d", begin, int64(maxOffset)))
	}
	t.Begin = int64(begin)
	if r.err == nil {
		if reason := t.checkShape(); reason != nil {
			r.fail(at, reason)
		}
	}
	r.tensor = ""
	return t
}

// shape reads the dimensions of a tensor, and turns their order round.
func (r *reader) shape() []int {
	at := r.pos
	rank := r.uint32()
	if rank > maxRank {
		r.fail(at, fault.New("dimensionsTooMany", "shape has %d dimension(s), expected at most %d", rank, maxRank))
	}
	var dims []uint64
	for i := uint32(0); i < rank && r.err == nil; i++ {
		dims = append(dims, r.uint64())
	}
	slices.Reverse(dims)
	shape := make([]int, len(dims))
	for i, d := range dims {
		if d > uint64(maxInt) {
			r.fail(at, fault.New("dimensionTooLarge", "shape %s has a dimension above %d", fault.Numbers(dims), maxInt))
		}
		shape[i] = int(d)
	}
	return shape
}

const maxInt = int(^uint(0) >> 1)

// checkShape returns why the values of such a tensor could not be told, nil if they can.
func (t Tensor) checkShape() *fault.Fault {
	if len(t.Shape) > maxRank {
		return fault.New("dimensionsTooMany", "shape has %d dimension(s), expected at most %d", len(t.Shape), maxRank)
	}
	rows, cols := t.rows()
	row, err := t.Type.RowBytes(cols)
	if err != nil {
		return fault.Of(err)
	}
	for _, d := range rows {
		high, low := bits.Mul64(uint64(max(row, 1)), uint64(d)) // a dimension of 0 excuses no other one
		if d < 0 || high != 0 || low > maxOffset {
			return fault.New("shapeTooLarge", "shape %s of %s is too large to count its bytes", fault.Numbers(t.Shape), t.Type)
		}
		row = int(low)
	}
	return nil
}

// rows returns the sizes of a tensor's outer dimensions, and the size of a row.
func (t Tensor) rows() (rows []int, cols int) {
	if len(t.Shape) == 0 {
		return nil, 1
	}
	last := len(t.Shape) - 1
	return t.Shape[:last], t.Shape[last]
}

// bytes returns the bytes of the values of a tensor whose shape was checked.
func (t Tensor) bytes() int { return t.Len() / t.Type.BlockLen() * t.Type.BlockBytes() }

// Len returns how many values the tensor has by its shape.
func (t Tensor) Len() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// place finds where the data of the tensors begin in the file, and holds that they are there, each by itself.
func (r *reader) place(f *File) error {
	alignment, err := f.Alignment()
	if err != nil {
		return err
	}
	start := (int64(r.pos) + int64(alignment) - 1) / int64(alignment) * int64(alignment)
	order, end := make([]*Tensor, len(f.Tensors)), int64(0)
	for i := range f.Tensors {
		t := &f.Tensors[i]
		if t.Begin%int64(alignment) != 0 {
			return t.refuse(fault.New("offsetMisaligned", "its data are said to begin at byte %d, expected a multiple of %d, the alignment", t.Begin, alignment))
		}
		t.Begin += start
		order[i], end = t, max(end, t.Begin+int64(t.bytes()))
	}
	if end > r.size {
		of, here := fault.BytesApart(end, r.size)
		r.failWhole(fault.New("fileEnds", "the file is incomplete: of %s only %s are here (missing: %s); most likely the download was not finished; fetch it again",
			of, here, fault.Bytes(end-r.size)))
		return r.err
	}
	return apart(order)
}

// apart returns an error if the data of two tensors overlap.
func apart(tensors []*Tensor) error {
	slices.SortStableFunc(tensors, func(a, b *Tensor) int {
		return cmp.Or(cmp.Compare(a.Begin, b.Begin), cmp.Compare(a.bytes(), b.bytes()))
	})
	end, before := int64(0), ""
	for _, t := range tensors {
		if t.bytes() == 0 {
			continue
		}
		if t.Begin < end {
			return t.refuse(fault.New("dataOverlap", "its data begin at byte %d of the file, inside of those of %s, which end at %d", t.Begin, fault.Legible(before), end))
		}
		end, before = t.Begin+int64(t.bytes()), t.Name
	}
	return nil
}

// refuse returns an error that names the tensor and its file.
func (t Tensor) refuse(reason *fault.Fault) error {
	return &FormatError{File: t.file, Tensor: t.Name, Reason: reason, Offset: -1}
}
