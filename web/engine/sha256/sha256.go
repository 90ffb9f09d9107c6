// Package sha256 computes the sum SHA-256 of FIPS 180-4.
package sha256

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// Sum returns the sum. That of the standard library, with the tests of itself that it begins with, is 60 kB
// of the page.
func Sum(b []byte) (sum [32]byte) {
	state, k := fractions(math.Sqrt, 8), fractions(math.Cbrt, 64)
	whole := len(b) &^ 63
	for i := 0; i < whole; i += 64 {
		mix(state, k, b[i:i+64])
	}
	// The end: a one, zeros up to a whole block, and the length in bits.
	end := make([]byte, (len(b)-whole+9+63)&^63)
	end[copy(end, b[whole:])] = 0x80
	binary.BigEndian.PutUint64(end[len(end)-8:], 8*uint64(len(b)))
	for ; len(end) > 0; end = end[64:] {
		mix(state, k, end[:64])
	}
	for i, v := range state {
		binary.BigEndian.PutUint32(sum[4*i:], v)
	}
	return sum
}

// fractions returns the first 32 bits behind the point of the roots of the first n primes: the constants of the sum.
func fractions(root func(float64) float64, n int) (list []uint32) {
	for p := 2; len(list) < n; p++ {
		prime := true
		for d := 2; d*d <= p; d++ {
			prime = prime && p%d != 0
		}
		if prime {
			_, fraction := math.Modf(root(float64(p)))
			list = append(list, uint32(fraction*(1<<32)))
		}
	}
	return list
}

// mix mixes a block of 64 bytes into the state.
func mix(state, k []uint32, block []byte) {
	var w [64]uint32
	for t := range 16 {
		w[t] = binary.BigEndian.Uint32(block[4*t:])
	}
	turn := bits.RotateLeft32
	for t := 16; t < 64; t++ {
		x, y := w[t-15], w[t-2]
		w[t] = w[t-16] + (turn(x, -7) ^ turn(x, -18) ^ x>>3) + w[t-7] + (turn(y, -17) ^ turn(y, -19) ^ y>>10)
	}
	k = k[:64]
	a, b, c, d, e, f, g, h := state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]
	for t := range 64 {
		one := h + (turn(e, -6) ^ turn(e, -11) ^ turn(e, -25)) + (e&f ^ ^e&g) + k[t] + w[t]
		two := (turn(a, -2) ^ turn(a, -13) ^ turn(a, -22)) + (a&b ^ a&c ^ b&c)
		a, b, c, d, e, f, g, h = one+two, a, b, c, d+one, e, f, g
	}
	for i, v := range [8]uint32{a, b, c, d, e, f, g, h} {
		state[i] += v
	}
}
