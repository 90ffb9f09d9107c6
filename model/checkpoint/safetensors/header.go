package safetensors

import (
	"bytes"
	"math"

	"glassbox/model/fault"
)

// entry is what a header says about one tensor: fields as they stand there, not yet checked.
type entry struct {
	name       string
	dtype      string
	shape      []int
	begin, end int64 // the bytes of the data that it claims
	pos        int   // the byte of the header at which it begins
}

// header is what a header says.
type header struct {
	metadata map[string]string
	entries  []entry // in the order in which the header names them
}

// header reads the whole header.
func (r *reader) header() (*header, error) {
	h := &header{metadata: map[string]string{}}
	err := r.Object(inHeader, func(key string) error {
		if key == metadataKey {
			return r.metadata(h.metadata)
		}
		e, err := r.entry(key)
		h.entries = append(h.entries, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.Space(); r.Pos < len(r.Text) {
		return nil, r.RefuseNext(fault.New("headerFollowed", "expected only spaces after the header's last '}'"))
	}
	return h, nil
}

// metadata reads the map from text to text. Some programs write null for an empty one.
func (r *reader) metadata(into map[string]string) error {
	if r.Space(); bytes.HasPrefix(r.Text[r.Pos:], []byte("null")) {
		r.Pos += len("null")
		return nil
	}
	return r.Object(inMetadata, func(key string) error {
		value, err := r.Str()
		into[key] = value
		return err
	})
}

// entry reads what the header says about the tensor of that name.
func (r *reader) entry(name string) (entry, error) {
	r.Space()
	e := entry{name: name, pos: r.Pos}
	if name == "" {
		return e, r.Refuse(fault.New("tensorUnnamed", "a tensor has no name"))
	}
	r.tensor = name
	fields := 0
	err := r.Object(inEntry, func(key string) (err error) {
		fields++
		switch key {
		case "dtype":
			e.dtype, err = r.Str()
		case "shape":
			e.shape, err = r.shape()
		case "data_offsets":
			e.begin, e.end, err = r.offsets()
		default:
			err = r.Refuse(fault.New("fieldUnknown", "unknown field %s, expected dtype, shape and data_offsets", Legible(key)))
		}
		return err
	})
	if err == nil && fields != 3 { // known ones, and no two alike
		err = r.RefuseAt(e.pos, fault.New("fieldMissing", "a field is missing, expected dtype, shape and data_offsets"))
	}
	r.tensor = ""
	return e, err
}

// shape reads a list of dimensions.
func (r *reader) shape() ([]int, error) {
	numbers, err := r.Integers("shape", maxRank)
	if err != nil {
		return nil, err
	}
	shape := make([]int, len(numbers))
	for i, n := range numbers {
		if n > math.MaxInt {
			return nil, r.Refuse(fault.New("dimensionTooLarge", "shape %s has a dimension above %d", list(numbers), math.MaxInt))
		}
		shape[i] = int(n)
	}
	return shape, nil
}

// offsets reads the first byte of a tensor and the byte behind its last, both counted in the data.
func (r *reader) offsets() (begin, end int64, err error) {
	numbers, err := r.Integers("data_offsets", 2)
	if err != nil {
		return 0, 0, err
	}
	if len(numbers) != 2 {
		return 0, 0, r.Refuse(fault.New("offsetsCount", "data_offsets %s has %d number(s), expected [begin, end]", list(numbers), len(numbers)))
	}
	return numbers[0], numbers[1], nil
}
