package safetensors

import "glassbox/model/fault"

// FormatError says why a file was refused, or why a tensor can't be read or written.
type FormatError struct {
	File   string       // the file's name as given to Decode; "" where there is none, as in Encode
	Tensor string       // the tensor's name as the file gives it, however strange; "" where none is to blame
	Reason *fault.Fault // what is wrong, and what was expected
	Offset int64        // the byte of the file at which it was noticed; -1 where there is no such byte
}

// Error returns one line such as
//
//	sort.safetensors: h.0.ln_1.bias: shape [48] of F32 needs 192 bytes, but data_offsets [0, 190] give 190 (at byte 8)
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
		f = fault.New("inTensor", "%s: %w", Legible(e.Tensor), f)
	}
	if e.File != "" {
		return fault.New("inFile", "%s: %w", Legible(e.File), f)
	}
	return fault.New("inSafetensors", "safetensors: %w", f)
}

// ReasonOf returns why something was refused without its place, for a sentence that names the file itself.
func ReasonOf(err error) *fault.Fault {
	if e, ok := err.(*FormatError); ok {
		return e.Reason
	}
	return fault.Of(err)
}
