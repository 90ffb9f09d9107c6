package safetensors

import (
	"glassbox/model/fault"
	"glassbox/model/jsontext"
)

// reader reads the JSON of a header.
type reader struct {
	jsontext.Reader
	base int // the byte of the file at which the text begins

	file, tensor string // what is being read, for errors
}

// newReader returns a reader of a file of that name.
func newReader(file string) *reader {
	r := &reader{file: file}
	r.Fail = func(pos int, reason *fault.Fault) error {
		return &FormatError{r.file, r.tensor, reason, int64(r.base + pos)}
	}
	return r
}

// refuseWhole returns an error about the file, and no byte of it.
func (r *reader) refuseWhole(reason *fault.Fault) error {
	return &FormatError{r.file, "", reason, -1}
}
