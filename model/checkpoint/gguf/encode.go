package gguf

import (
	"encoding/binary"

	"glassbox/model/fault"
)

// Encode writes a file, the same bytes for the same contents: keys and tensors in the order given, the data of each
// tensor, the last one too, padded with zeros up to the alignment.
//
// It refuses with a [*FormatError] whatever [Decode] would not give back: a version that it does not know, two keys or two
// tensors of the same name, one without a name, a value that is none, and a tensor whose type, shape and data do
// not agree.
func Encode(f *File) ([]byte, error) {
	for _, t := range f.Tensors {
		if reason := validName(t.Name); reason != nil {
			return nil, t.refuse(reason)
		}
		if err := t.checkSize(); err != nil {
			return nil, err
		}
	}
	b, alignment, err := EncodeHead(f)
	if err != nil {
		return nil, err
	}
	for _, t := range f.Tensors {
		b = pad(append(b, t.Data...), alignment)
	}
	return b, nil
}

// EncodeHead writes what stands before the data of the tensors, for who writes that tensor by tensor because it does not fit into
// memory. The data of each, whose size follows from its type and shape, is padded with zeros up to the alignment. It refuses what
// [Encode] does, but for data.
func EncodeHead(f *File) (b []byte, alignment int, err error) {
	version := f.Version
	if version == 0 {
		version = 3
	}
	if version != 2 && version != 3 {
		return nil, 0, refuse(fault.New("versionUnknown", "the file is of version %d of GGUF, expected 2 or 3", version))
	}
	if alignment, err = f.Alignment(); err != nil {
		return nil, 0, err
	}
	b = binary.LittleEndian.AppendUint32([]byte(magic), uint32(version))
	b = binary.LittleEndian.AppendUint64(b, uint64(len(f.Tensors)))
	b = binary.LittleEndian.AppendUint64(b, uint64(len(f.Metadata)))
	if b, err = appendMetadata(b, f.Metadata); err != nil {
		return nil, 0, err
	}
	if b, err = appendInfos(b, f.Tensors, alignment); err != nil {
		return nil, 0, err
	}
	return pad(b, alignment), alignment, nil
}

// refuse returns an error that concerns neither a key nor a tensor nor a byte.
func refuse(reason *fault.Fault) error { return &FormatError{Reason: reason, Offset: -1} }

// appendMetadata appends keys and values.
func appendMetadata(b []byte, entries []Entry) ([]byte, error) {
	seen := map[string]bool{}
	if len(entries) > maxKeys {
		return nil, refuse(fault.New("keysTooMany", "the file is said to have %d keys, expected at most %d", len(entries), maxKeys))
	}
	for _, e := range entries {
		reason := validName(e.Key)
		switch {
		case reason != nil:
		case seen[e.Key]:
			reason = fault.New("keyTwice", "the file has this key twice")
		default:
			reason = e.Value.check()
		}
		if reason != nil {
			return nil, &FormatError{Key: e.Key, Reason: reason, Offset: -1}
		}
		seen[e.Key] = true
		b = binary.LittleEndian.AppendUint32(appendText(b, e.Key), uint32(e.Value.kind))
		b = e.Value.append(b)
	}
	return b, nil
}

// append appends a value as a file has it.
func (v Value) append(b []byte) []byte {
	switch v.kind {
	case Text:
		b = binary.LittleEndian.AppendUint64(b, uint64(len(v.data)))
	case List:
		b = binary.LittleEndian.AppendUint32(b, uint32(v.items))
		b = binary.LittleEndian.AppendUint64(b, uint64(v.n))
	}
	return append(b, v.data...)
}

// appendInfos appends what the header says of the tensors.
func appendInfos(b []byte, tensors []Tensor, alignment int) ([]byte, error) {
	seen, begin := map[string]bool{}, 0
	if len(tensors) > maxTensors {
		return nil, refuse(fault.New("tensorsTooMany", "the file is said to have %d tensors, expected at most %d", len(tensors), maxTensors))
	}
	for _, t := range tensors {
		if reason := validName(t.Name); reason != nil {
			return nil, t.refuse(reason)
		}
		if seen[t.Name] {
			return nil, t.refuse(fault.New("tensorTwice", "there are two tensors of this name"))
		}
		seen[t.Name] = true
		if reason := t.checkShape(); reason != nil {
			return nil, t.refuse(reason)
		}
		b = binary.LittleEndian.AppendUint32(appendText(b, t.Name), uint32(len(t.Shape)))
		for d := len(t.Shape) - 1; d >= 0; d-- {
			b = binary.LittleEndian.AppendUint64(b, uint64(t.Shape[d]))
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(t.Type))
		b = binary.LittleEndian.AppendUint64(b, uint64(begin))
		begin = aligned(begin+t.bytes(), alignment)
	}
	return b, nil
}

func appendText(b []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint64(b, uint64(len(s))), s...)
}

// aligned returns the next multiple of the alignment.
func aligned(n, alignment int) int { return (n + alignment - 1) / alignment * alignment }

// pad appends zeros up to a multiple of the alignment.
func pad(b []byte, alignment int) []byte {
	return append(b, make([]byte, aligned(len(b), alignment)-len(b))...)
}
