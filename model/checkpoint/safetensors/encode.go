package safetensors

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"glassbox/model/fault"
)

// Encode writes a file, the same bytes for the same contents: metadata sorted by key, tensors in
// the order given, the header without white space except for the spaces at its end after which
// the data begins at a multiple of 8 bytes.
//
// It refuses with a [*FormatError] whatever [Decode] would not give back: two tensors of
// the same name, one without a name, one whose type, shape and data do not agree, and text that
// is not UTF-8.
func Encode(f *File) ([]byte, error) {
	text, err := appendMetadata([]byte{'{'}, f.Metadata)
	if err != nil {
		return nil, err
	}
	seen, size := map[string]bool{}, 0
	for _, t := range f.Tensors {
		if seen[t.Name] {
			return nil, t.refuse(fault.New("tensorTwice", "there are two tensors of this name"))
		}
		seen[t.Name] = true
		if err := t.checkEncodable(); err != nil {
			return nil, err
		}
		text = appendEntry(text, t, size)
		size += len(t.Data)
	}
	text = append(text, '}')
	for (lengthBytes+len(text))%alignment != 0 {
		text = append(text, ' ')
	}
	if len(text) > maxHeader {
		return nil, refuse(fault.New("headerBytes", "the header has %d byte(s), expected at most %d", len(text), maxHeader))
	}
	out := make([]byte, 0, lengthBytes+len(text)+size)
	out = binary.LittleEndian.AppendUint64(out, uint64(len(text)))
	out = append(out, text...)
	for _, t := range f.Tensors {
		out = append(out, t.Data...)
	}
	return out, nil
}

// refuse returns an error that concerns no tensor and no byte.
func refuse(reason *fault.Fault) error { return &FormatError{Reason: reason, Offset: -1} }

// checkEncodable returns an error if Decode would refuse the tensor.
func (t Tensor) checkEncodable() error {
	switch {
	case t.Name == "":
		return t.refuse(fault.New("tensorUnnamed", "a tensor has no name"))
	case t.Name == metadataKey:
		return t.refuse(fault.New("nameOfMetadata", "this name is set apart for the metadata"))
	case !utf8.ValidString(t.Name):
		return t.refuse(fault.New("nameNotUTF8", "the tensor's name is not UTF-8"))
	case len(t.Shape) > maxRank:
		return t.refuse(fault.New("dimensionsTooMany", "shape has %d dimension(s), expected at most %d", len(t.Shape), maxRank))
	}
	return t.checkSize()
}

// appendMetadata appends the metadata's key and value, nothing if there is none.
func appendMetadata(text []byte, metadata map[string]string) ([]byte, error) {
	for i, key := range slices.Sorted(maps.Keys(metadata)) {
		value := metadata[key]
		if !utf8.ValidString(key) || !utf8.ValidString(value) {
			return nil, refuse(fault.New("metadataNotUTF8", "metadata %s: key or value is not UTF-8", Legible(key)))
		}
		if i == 0 {
			text = append(appendString(text, metadataKey), ":{"...)
		} else {
			text = append(text, ',')
		}
		text = appendString(append(appendString(text, key), ':'), value)
	}
	if len(metadata) > 0 {
		text = append(text, '}')
	}
	return text, nil
}

// appendEntry appends what the header says about a tensor whose data begins at that byte.
func appendEntry(text []byte, t Tensor, begin int) []byte {
	if len(text) > 1 { // there is more in it than its '{'
		text = append(text, ',')
	}
	text = append(appendString(text, t.Name), `:{"dtype":`...)
	text = append(appendString(text, t.DType), `,"shape":`...)
	text = append(appendNumbers(text, t.Shape), `,"data_offsets":`...)
	return append(appendNumbers(text, []int{begin, begin + len(t.Data)}), '}')
}

// appendNumbers appends a JSON list.
func appendNumbers(text []byte, numbers []int) []byte {
	text = append(text, '[')
	for i, n := range numbers {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	return append(text, ']')
}

// appendString appends a JSON string, in which only what must be escaped is.
func appendString(text []byte, s string) []byte {
	text = append(slices.Grow(text, len(s)+2), '"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			text = append(text, '\\', c)
		case c < ' ':
			text = fmt.Appendf(text, `\u%04x`, c)
		default:
			text = append(text, c)
		}
	}
	return append(text, '"')
}
