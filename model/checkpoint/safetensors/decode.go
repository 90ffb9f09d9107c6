package safetensors

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"glassbox/model/fault"
)

// Decode reads a whole safetensors file from b. The name is the file's, for errors. The tensors share
// the bytes of b, which must not change while they are in use. Errors are of type [*FormatError].
func Decode(name string, b []byte) (*File, error) {
	r := newReader(name)
	data, err := r.split(b)
	if err != nil {
		return nil, err
	}
	f, entries, err := r.tensors(int64(len(data)))
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		// Capped, so that appending to one tensor can't write into the next.
		f.Tensors[i].Data = data[e.begin:e.end:e.end]
	}
	return f, nil
}

// DecodeHead reads what the header says of a file of size bytes, from its first bytes alone: at
// least the header has to be among them. The tensors have no Data. It refuses what
// Decode would refuse of such a file.
func DecodeHead(name string, head []byte, size int64) (*File, error) {
	r := newReader(name)
	if need := HeadBytes(head, size); int64(len(head)) < need && need <= size {
		return nil, r.Refuse(fault.New("headerBytes", "the header has %d byte(s), expected at most %d", need-lengthBytes, max(len(head)-lengthBytes, 0)))
	}
	data, err := r.split(head)
	if err != nil {
		return nil, err
	}
	f, _, err := r.tensors(size - int64(len(head)-len(data)))
	return f, err
}

// HeadBytes returns how many of the first bytes of a file of size bytes DecodeHead needs, as its very first ones
// tell: head holds at least nine of them, or the whole file. What can't be the beginning of safetensors needs no more
// than is there.
func HeadBytes(head []byte, size int64) int64 {
	if len(head) <= lengthBytes || head[lengthBytes] != '{' {
		return int64(len(head))
	}
	n := binary.LittleEndian.Uint64(head)
	if n > maxHeader {
		return int64(len(head))
	}
	return min(lengthBytes+int64(n), size)
}

// tensors reads the header of a file with size bytes of data, and returns its tensors, without
// their values, and where they are.
func (r *reader) tensors(size int64) (*File, []entry, error) {
	h, err := r.header()
	if err != nil {
		return nil, nil, err
	}
	// An empty tensor sorts before the one that begins at the same byte. Several empty ones keep
	// the order in which the header names them.
	slices.SortStableFunc(h.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end))
	})
	if err := r.checkEntries(h.entries, size); err != nil {
		return nil, nil, err
	}
	f := &File{Metadata: h.metadata, Tensors: make([]Tensor, len(h.entries))}
	for i, e := range h.entries {
		f.Tensors[i] = Tensor{Name: e.name, DType: e.dtype, Shape: e.shape, file: r.file}
	}
	return f, h.entries, nil
}

// split cuts a file into the text of its header, which is what the reader then reads, and its data.
func (r *reader) split(b []byte) (data []byte, err error) {
	var length [lengthBytes]byte
	copy(length[:], b)
	n, rest := binary.LittleEndian.Uint64(length[:]), b[min(len(b), lengthBytes):]
	if len(b) < lengthBytes || len(rest) == 0 && n > 0 && n <= maxHeader {
		return nil, r.refuseWhole(fault.New("fileTooShort", "the file is incomplete: it ends after %d byte(s), before its header; most likely the download was not finished; fetch it again", len(b)))
	}
	switch {
	case n > maxHeader:
		return nil, r.Refuse(fault.New("headerTooLong", "the header is said to have %d bytes, expected at most %d", n, maxHeader))
	case n > uint64(len(rest)) && len(rest) > 0 && rest[0] == '{':
		return nil, r.refuseWhole(fault.New("headerEnds", "the file is incomplete: it ends inside of its header (missing of it: %s of %s); most likely the download was not finished; fetch it again",
			fault.Bytes(int64(n)-int64(len(rest))), fault.Bytes(int64(n))))
	case n > uint64(len(rest)):
		n = uint64(len(rest)) // what does not begin right is refused for that
	}
	r.Text, data, r.base = rest[:n], rest[n:], lengthBytes
	if !bytes.HasPrefix(r.Text, []byte{'{'}) {
		return nil, r.RefuseNext(fault.New("headerFirstByte", "expected '{' as the header's first byte"))
	}
	if at := r.NotUTF8(); at >= 0 {
		return nil, r.RefuseAt(at, fault.New("headerNotUTF8", "the header is not UTF-8, found the byte 0x%02X", r.Text[at]))
	}
	return data, nil
}

// checkEntries returns an error unless the entries, sorted by place, are sound and fill the data from
// its first byte to its last without overlap.
func (r *reader) checkEntries(entries []entry, size int64) error {
	filled := int64(0) // bytes of the data that belong to a tensor
	for i, e := range entries {
		r.tensor = e.name
		if err := r.checkEntry(e); err != nil {
			return err
		}
		if e.begin < filled {
			return r.RefuseAt(e.pos, fault.New("offsetsOverlap", "data_offsets [%d, %d] overlap those of %s, which end at %d",
				e.begin, e.end, Legible(entries[i-1].name), filled))
		}
		if e.begin > filled {
			return r.RefuseAt(e.pos, fault.New("offsetsHole", "data_offsets [%d, %d] leave a hole, expected them to begin at %d",
				e.begin, e.end, filled))
		}
		filled = e.end
	}
	r.tensor = ""
	switch head := int64(r.base + len(r.Text)); {
	case filled > size:
		of, here := fault.BytesApart(min(filled, math.MaxInt64-head)+head, head+size)
		return r.refuseWhole(fault.New("fileEnds", "the file is incomplete: of %s only %s are here (missing: %s); most likely the download was not finished; fetch it again",
			of, here, fault.Bytes(filled-size)))
	case filled < size:
		return r.RefuseAt(len(r.Text)+int(filled), fault.New("bytesFollow", "expected nothing behind the last tensor, found %d byte(s)", size-filled))
	}
	return nil
}

// checkEntry returns an error unless the entry agrees with itself.
func (r *reader) checkEntry(e entry) error {
	element := dtypeSize(e.dtype)
	if element == 0 {
		return r.RefuseAt(e.pos, fault.New("dtypeUnknown", "dtype %s is unknown, expected one of %s", Legible(e.dtype), dtypeNames))
	}
	need, ok := byteSize(element, e.shape)
	switch {
	case !ok:
		return r.RefuseAt(e.pos, fault.New("shapeTooLarge", "shape %s of %s is too large to count its bytes", list(e.shape), e.dtype))
	case e.begin > e.end:
		return r.RefuseAt(e.pos, fault.New("offsetsReversed", "data_offsets [%d, %d] end before they begin", e.begin, e.end))
	case int64(need) != e.end-e.begin:
		return r.RefuseAt(e.pos, fault.New("offsetsSize", "shape %s of %s needs %d byte(s), but data_offsets [%d, %d] give %d",
			list(e.shape), e.dtype, need, e.begin, e.end, e.end-e.begin))
	}
	return nil
}
