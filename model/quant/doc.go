// Package quant reads weights as GGUF files hold them: block by block, in few bits each. It decodes whole rows, reads
// one value of a row, says of what it is made, and writes the simpler types.
//
// The types and their numbers are those of "enum ggml_type" in the GGUF specification, docs/gguf.md of
// https://github.com/ggml-org/ggml; how their bits lie, and how a value is computed from them, is what the reference
// implementation does, src/ggml-common.h and src/ggml-quants.c in the same place. [Decode] gives the same bits, which
// samples in testdata hold.
//
// # One value
//
// To quantise is to count in steps: near each other in a row, weights are alike in size, so a block of them shares one
// step d, and each is stored as a whole number q of steps, its quant. [Explain] returns such parts, and
// [Parts.Value] computes the value again:
//
//	value = d · q            the steps go both ways from 0
//	value = d · q + m        or upwards from the smallest value of the block, m
//	value = (d · scale) · q  in blocks of 256, each 16 or 32 values have a scale, itself a small whole number of steps
//	value = (d · scale) · q − dmin · min
//
// # Numbers that stand alone
//
//	F32, F64  IEEE 754 binary32 and binary64; the latter is rounded to float32
//	F16       IEEE 754 binary16    s eeeee ffffffffff
//	BF16      the upper half of a binary32    s eeeeeeee fffffff
//
// # Blocks of 32 values
//
// All numbers are little-endian; d and m are F16. Below each field stand its bytes. A byte of qs holds two quants: byte j
// that of value j in its lower 4 bits, and that of value j + 16 in its upper ones.
//
//	Q4_0    │ d │ qs             │  value = d · (q − 8)
//	          2   16
//	Q4_1    │ d │ m │ qs         │  value = d · q + m
//	          2   2   16
//	Q5_0    │ d │ qh │ qs        │  value = d · (q − 16); bit j of qh is the fifth bit of value j
//	          2   4    16
//	Q5_1    │ d │ m │ qh │ qs    │  value = d · q + m
//	          2   2   4    16
//	Q8_0    │ d │ qs             │  value = d · q; a byte each, with its sign
//	          2   32
//	IQ4_NL  │ d │ qs             │  value = d · level[q]
//	          2   16
//
// The levels of IQ4_NL are not evenly far from each other: −127 −104 −83 −65 −49 −35 −22 −10 1 13 25 38 53 69 89 113. Most
// weights are near 0, where these are dense.
//
// # Blocks of 256 values
//
// A block is cut into sub-blocks of 16 values (Q2_K, Q3_K, Q6_K) or 32 (Q4_K, Q5_K, IQ4_XS).
//
//	Q2_K    │ scales │ qs │ d │ dmin │          value = (d · scale) · q − dmin · min
//	          16       64   2   2
//	        scales: a byte for each sub-block, its scale in the lower 4 bits, its min in the upper ones.
//	        qs: 32 bytes for each 128 values; byte j has those of j, j + 32, j + 64, j + 96, 2 bits each, lowest first.
//
//	Q3_K    │ hmask │ qs │ scales │ d │         value = (d · (scale − 32)) · (q − 4)
//	          32      64   12       2
//	        qs: the lower 2 bits, as in Q2_K. hmask: the third bit; that of value j is bit j/32 of byte j%32.
//	        scales: 6 bits each; the lower 4 of scale s are in the lower half of byte s, from the eighth on in the upper
//	        half of byte s − 8; the upper 2 are in byte 8 + s%4, lowest bits first.
//
//	Q4_K    │ d │ dmin │ scales │ qs │          value = (d · scale) · q − dmin · min
//	          2   2      12       128
//	        qs: 32 bytes for each 64 values; byte j has that of j in its lower 4 bits, that of j + 32 in its upper ones.
//	        scales: 6 bits for each scale and min. Of sub-blocks 0 to 3, scale s is in byte s and min s in byte s + 4, in
//	        the lower 6 bits; the upper 2 of these bytes are the upper 2 bits of scale s + 4 and min s + 4, whose lower 4
//	        bits share byte s + 8, the scale's below the min's.
//
//	Q5_K    │ d │ dmin │ scales │ qh │ qs │     value = (d · scale) · q − dmin · min
//	          2   2      12       32   128
//	        As Q4_K; the fifth bit of value j is bit j/32 of byte j%32 of qh.
//
//	Q6_K    │ ql │ qh │ scales │ d │            value = (d · scale) · (q − 32)
//	          128  64   16       2
//	        scales: a byte each, with its sign. ql: 64 bytes for each 128 values; byte j has the lower 4 bits of j, and
//	        above them those of j + 64. qh: the upper 2 bits, as in Q2_K.
//
//	IQ4_XS  │ d │ scales_h │ scales_l │ qs │    value = (d · (scale − 32)) · level[q]
//	          2   2          4          128
//	        qs and the levels as in IQ4_NL, 16 bytes for each 32 values. scales_l: the lower 4 bits of the scales, two in
//	        a byte, the first below; scales_h: the upper 2, eight times in 16 bits, the first lowest.
//
// "Q4_K_M" and the like are no types but mixtures: such a file has most tensors in Q4_K, and some in Q6_K.
package quant
