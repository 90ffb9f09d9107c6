package quant

import (
	"encoding/binary"
	"unsafe"
)

// View returns the float32 that bytes hold, in their place: whoever changes one changes the other. ok is false where the
// machine stores numbers in another order than files do, or the bytes don't begin where a float32 may.
func View(b []byte) (values []float32, ok bool) {
	if len(b) == 0 {
		return nil, true
	}
	first := unsafe.Pointer(unsafe.SliceData(b))
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 || uintptr(first)%4 != 0 {
		return nil, false
	}
	return unsafe.Slice((*float32)(first), len(b)/4), true
}
