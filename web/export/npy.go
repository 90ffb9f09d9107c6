package export

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// magic begins a file of version 1.0; the length of the header follows in two bytes. See
// "NPY format" in NumPy's documentation (numpy.lib.format).
const magic = "\x93NUMPY\x01\x00"

// align divides the length of everything before the numbers.
const align = 64

// npy appends the rows as float32 in little endian, row by row. A masked cell is NaN.
func (r Rows) npy(b []byte, t Table) []byte {
	if r.From == 0 {
		b = t.npyHeader(b)
	}
	for i := range r.count(t) {
		for k, v := range r.Data[i*t.Cols:][:t.Cols] {
			if r.Masked(r.From+i, k) {
				v = float32(math.NaN())
			}
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b
}

// npyHeader appends what stands before the numbers: the magic string, the length of what
// follows, and a Python literal that describes the array, padded with spaces and ended by a
// line feed.
func (t Table) npyHeader(b []byte) []byte {
	says := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", t.Rows, t.Cols)
	before := len(magic) + 2
	n := (before+len(says)+1+align-1)/align*align - before
	b = binary.LittleEndian.AppendUint16(append(b, magic...), uint16(n))
	b = append(b, says...)
	b = append(b, strings.Repeat(" ", n-len(says)-1)...)
	return append(b, '\n')
}
