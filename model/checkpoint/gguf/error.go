package gguf

import "glassbox/model/fault"

// FormatError says why a file was refused, or why a tensor or a value can't be read or written.
type FormatError struct {
	File   string       // the file's name as given to Decode; "" where there is none, as in Encode
	Key    string       // the key of the metadata that is to blame, however strange; "" where none is
	Tensor string       // the tensor's name as the file gives it, however strange; "" where none is to blame
	Reason *fault.Fault // what is wrong, and what was expected
	Offset int64        // the byte of the file at which it was noticed; -1 where there is no such byte
}

// Error returns one line such as
//
//	small.gguf: blk.0.ffn_up.weight: the element type IQ2_XXS is not computed here; computed are … (at byte 1148)
//
// in which unprintable names are quoted and long ones are cut.
func (e *FormatError) Error() string { return e.Fault().Error() }

// Fault returns the reason with its place around it.
func (e *FormatError) Fault() *fault.Fault {
	f := e.Reason
	if e.Offset >= 0 {
		f = fault.New("atByte", "%w (at byte %d)", f, e.Offset)
	}
	if e.Tensor != "" {
		f = fault.New("inTensor", "%s: %w", fault.Legible(e.Tensor), f)
	}
	if e.Key != "" {
		f = fault.New("inKey", "metadata %s: %w", fault.Legible(e.Key), f)
	}
	if e.File != "" {
		return fault.New("inFile", "%s: %w", fault.Legible(e.File), f)
	}
	return fault.New("inGGUF", "GGUF: %w", f)
}
