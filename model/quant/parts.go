package quant

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Parts says how a value of a row is made. Which of its numbers count is a matter of the type:
//
//	F32 F16 BF16 F64       D
//	Q4_0 Q5_0 Q8_0 IQ4_NL  D · Level
//	Q4_1 Q5_1              D · Level + M
//	Q3_K Q6_K IQ4_XS       (D · Scale) · Level
//	Q2_K Q4_K Q5_K         (D · Scale) · Level − M · Min
//
// Those that do not count are 0. All is float32, rounded after each operation; only the last addition can lose anything,
// for the products have fewer than 24 bits.
type Parts struct {
	Type  Type
	Block int // which block of the row
	Place int // which value of the block
	Sub   int // which sub-block of the block, if these have scales

	D float32 // the block's scale; the value itself, if each stands alone
	M float32 // what is added; with sub-blocks, the scale of their mins (dmin)

	Scale     int // of the sub-block, ScaleBits − ScaleLess
	ScaleBits int // as it is stored
	ScaleLess int // what is subtracted from it: 32 or 0
	Min       int // of the sub-block, as it is stored

	Level int // what the quant stands for: Q − Less, or the number in the table
	Q     int // the quant as it is stored; of Q8_0 with its sign
	Less  int // what is subtracted from it: 4, 8, 16, 32 or 0
}

// Form is a formula by which a value is made of its parts.
type Form int

// Forms, in the order in which the comment of Parts lists them.
const (
	Alone       Form = iota // the value itself
	Scaled                  // D · Level
	Shifted                 // D · Level + M
	SuperScaled             // (D · Scale) · Level
	SuperMin                // (D · Scale) · Level − M · Min
)

// Form returns by which formula values of a type are made.
func (t Type) Form() Form {
	switch t {
	case Q4_0, Q5_0, Q8_0, IQ4_NL:
		return Scaled
	case Q4_1, Q5_1:
		return Shifted
	case Q3_K, Q6_K, IQ4_XS:
		return SuperScaled
	case Q2_K, Q4_K, Q5_K:
		return SuperMin
	}
	return Alone
}

// FromTable reports whether the quant is the number of a level in a table, and not itself a level.
func (t Type) FromTable() bool { return t == IQ4_NL || t == IQ4_XS }

// Value computes the value, with the bits that [Decode] gives.
func (p Parts) Value() float32 {
	level := float32(p.Level)
	switch p.Type.Form() {
	case Scaled:
		return p.D * level
	case Shifted:
		return float32(p.D*level) + p.M
	case SuperScaled:
		return p.D * float32(p.Scale) * level
	case SuperMin:
		return float32(p.D*float32(p.Scale)*level) - float32(p.M*float32(p.Min))
	}
	return p.D
}

// Explain returns how value i of a row is made. It panics if the type is not computed here, or i is not among
// the whole blocks of the row.
func Explain(t Type, row []byte, i int) Parts {
	if !t.Known() || i < 0 || i/t.BlockLen() >= len(row)/t.BlockBytes() {
		panic(fmt.Sprintf("quant: there is no value %d in %d bytes of %s", i, len(row), t))
	}
	p := Parts{Type: t, Block: i / t.BlockLen(), Place: i % t.BlockLen()}
	b := row[p.Block*t.BlockBytes():][:t.BlockBytes()]
	switch {
	case !t.Quantised():
		p.D = alone(t, b)
	case t.BlockLen() == small:
		p.small(b)
	default:
		p.super(b)
	}
	p.Level = p.Q - p.Less
	if t.FromTable() {
		p.Level = int(levels[p.Q])
	}
	p.Scale = p.ScaleBits - p.ScaleLess
	return p
}

// alone reads a value that stands by itself.
func alone(t Type, b []byte) float32 {
	switch t {
	case F16:
		return half(b)
	case BF16:
		return WidenBrain(binary.LittleEndian.Uint16(b))
	case F64:
		return float32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(b))
}

// small reads a value of a block with one scale.
func (p *Parts) small(b []byte) {
	j := p.Place
	p.D = half(b)
	switch p.Type {
	case Q4_0:
		p.Q, p.Less = nibble(b[2:], j, small/2), 8
	case Q4_1:
		p.Q, p.M = nibble(b[4:], j, small/2), half(b[2:])
	case Q5_0:
		p.Q, p.Less = nibble(b[6:], j, small/2)|bit(b[2:6], j)<<4, 16
	case Q5_1:
		p.Q, p.M = nibble(b[8:], j, small/2)|bit(b[4:8], j)<<4, half(b[2:])
	case Q8_0:
		p.Q = int(int8(b[2+j]))
	case IQ4_NL:
		p.Q = nibble(b[2:], j, small/2)
	}
}

// nibble returns number j of the 4-bit numbers of b, of which each n bytes hold n in their lower halves and then n in
// their upper ones.
func nibble(b []byte, j, n int) int {
	return int(b[j/(2*n)*n+j%n]>>(j/n%2*4)) & 15
}

// bit returns bit j of b, the lowest of its first byte being 0.
func bit(b []byte, j int) int { return int(b[j/8]>>(j%8)) & 1 }

// super reads a value of a block with sub-blocks. Quants of 2 bits take turns as those of 4 do: 32 bytes hold a first bit
// pair of 32 values, then a second one of the next 32, and so on.
func (p *Parts) super(b []byte) {
	j := p.Place
	side, turn, at := j/128, j/32%4, j%32 // 128 values have 32 bytes of bit pairs
	switch p.Type {
	case Q2_K:
		p.Sub = j / 16
		p.D, p.M = half(b[80:]), half(b[82:])
		p.ScaleBits, p.Min = int(b[p.Sub]&15), int(b[p.Sub]>>4)
		p.Q = int(b[16+32*side+at]>>(2*turn)) & 3
	case Q3_K:
		p.Sub = j / 16
		p.D = half(b[108:])
		p.ScaleBits, p.ScaleLess = int(scalesQ3_K((*[12]byte)(b[96:]))[p.Sub]), 32
		p.Q = int(b[32+32*side+at]>>(2*turn))&3 | int(b[at]>>(j/32)&1)<<2
		p.Less = 4
	case Q4_K, Q5_K:
		p.Sub = j / 32
		p.D, p.M = half(b), half(b[2:])
		scale, min := scaleAndMin((*[12]byte)(b[4:]), p.Sub)
		p.ScaleBits, p.Min = int(scale), int(min)
		if p.Type == Q4_K {
			p.Q = nibble(b[16:], j, 32)
		} else {
			p.Q = nibble(b[48:], j, 32) | int(b[16+at]>>p.Sub&1)<<4
		}
	case Q6_K:
		p.Sub = j / 16
		p.D, p.ScaleBits = half(b[208:]), int(int8(b[192+p.Sub]))
		p.Q = nibble(b, j, 64) | int(b[128+32*side+at]>>(2*turn)&3)<<4
		p.Less = 32
	case IQ4_XS:
		p.Sub = j / 32
		p.D = half(b)
		p.ScaleBits, p.ScaleLess = scaleIQ4_XS((*[bytesIQ4_XS]byte)(b), p.Sub), 32
		p.Q = nibble(b[8:], j, 16)
	}
}
