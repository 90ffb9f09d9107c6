package quant

import (
	"encoding/binary"
	"fmt"
	"math"

	"glassbox/model/fault"
)

// Encode writes values as whole blocks to dst, which has room for just these, as the reference implementation rounds
// them; it panics if it has not. It knows F32, F16, BF16, Q4_0, Q4_1 and Q8_0. A value that is not
// finite, or so large that the type can't hold it, is an error that says its index in src, and leaves dst half written.
func Encode(dst []byte, t Type, src []float32) error {
	encode := encoder(t)
	if encode == nil {
		return fault.New("quantNotWritten", "the element type %s is not written here; written are %s", t, fault.List{"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q8_0"})
	}
	if n, err := t.RowBytes(len(src)); err != nil || n != len(dst) {
		panic(fmt.Sprintf("quant: %d bytes are no room for %d values of %s", len(dst), len(src), t))
	}
	for i, v := range src {
		if v-v != 0 {
			return fault.New("valueNotFinite", "the value at %s is %v, expected a finite number", index(i), v)
		}
	}
	n, size := t.BlockLen(), t.BlockBytes()
	for at := 0; at < len(src); at += n {
		if bad := encode(dst[at/n*size:][:size], src[at:][:n]); bad >= 0 {
			return fault.New("valueBeyondType", "the value at %s is %g, which is too large for %s", index(at+bad), src[at+bad], t)
		}
	}
	return nil
}

// index writes the place of a value as errors about tensors do.
func index(i int) string { return fmt.Sprintf("(%d)", i) }

// An encodeBlock writes the values x as one block. It returns the place of the value that makes it impossible, -1 if none.
type encodeBlock func(b []byte, x []float32) int

// encoder returns what writes a block of a type, nil for types that are not written here.
func encoder(t Type) encodeBlock {
	switch t {
	case F32:
		return encodeF32
	case F16:
		return encodeF16
	case BF16:
		return encodeBF16
	case Q4_0:
		return encodeQ4_0
	case Q4_1:
		return encodeQ4_1
	case Q8_0:
		return encodeQ8_0
	}
	return nil
}

func encodeF32(b []byte, x []float32) int {
	binary.LittleEndian.PutUint32(b, math.Float32bits(x[0]))
	return -1
}

func encodeF16(b []byte, x []float32) int {
	if !putHalf(b, x[0]) {
		return 0
	}
	return -1
}

func encodeBF16(b []byte, x []float32) int {
	h := NarrowBrain(x[0])
	binary.LittleEndian.PutUint16(b, h)
	if h&0x7f80 == 0x7f80 {
		return 0
	}
	return -1
}

// encodeQ8_0 makes the value that is farthest from 0 the quant 127 or −127.
func encodeQ8_0(b []byte, x []float32) int {
	far := farthest(x)
	d := abs(x[far]) / 127
	if !putHalf(b, d) {
		return far
	}
	inverse := invert(d)
	for j, v := range x {
		b[2+j] = byte(int8(math.Round(float64(v * inverse))))
	}
	return -1
}

// encodeQ4_0 makes the value that is farthest from 0 the quant 0, for −8: the one end that reaches so far.
func encodeQ4_0(b []byte, x []float32) int {
	far := farthest(x)
	d := (x[far] + 0) / -8 // a block of zeros of any sign has the scale −0
	if !putHalf(b, d) {
		return far
	}
	inverse := invert(d)
	quant := func(v float32) byte { return byte(min(15, int8(float32(v*inverse)+8.5))) }
	for j := range small / 2 {
		b[2+j] = quant(x[j]) | quant(x[j+small/2])<<4
	}
	return -1
}

// encodeQ4_1 makes the smallest value the quant 0, and the largest 15.
func encodeQ4_1(b []byte, x []float32) int {
	least, most := 0, 0
	for j, v := range x {
		if v < x[least] {
			least = j
		}
		if v > x[most] {
			most = j
		}
	}
	low := x[least]
	d := (x[most] - low) / 15
	if !putHalf(b, d) {
		return farthest(x)
	}
	if !putHalf(b[2:], low) {
		return least
	}
	inverse := invert(d)
	quant := func(v float32) byte { return byte(min(15, int8(float32((v-low)*inverse)+0.5))) }
	for j := range small / 2 {
		b[4+j] = quant(x[j]) | quant(x[j+small/2])<<4
	}
	return -1
}

// putHalf writes an F16, and reports whether it is finite.
func putHalf(b []byte, x float32) bool {
	h := NarrowHalf(x)
	binary.LittleEndian.PutUint16(b, h)
	return h&0x7c00 != 0x7c00
}

// farthest returns the index of the first value that is farthest from 0.
func farthest(x []float32) int {
	far := 0
	for j, v := range x {
		if abs(v) > abs(x[far]) {
			far = j
		}
	}
	return far
}

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// invert returns 1/d; 0 for a d so small that its inverse is infinite, whose F16 is 0 whatever the quants are.
func invert(d float32) float32 {
	if inverse := 1 / d; inverse-inverse == 0 {
		return inverse
	}
	return 0
}
