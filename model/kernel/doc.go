// Package kernel does the arithmetic of the transformer on slices of float32: matrix products,
// softmax, layer norm and GELU. It knows nothing of tensors or traces; package model does.
//
// # Matrices
//
// A matrix of r rows and c columns is a slice of r·c numbers, row after row: element (i, j) is
// m[i·c+j]. In the signatures out comes first, then the inputs, the weights and the sizes. The
// names of the sizes are those of the loops:
//
//	rows  rows of the result, one per token (T)
//	n     columns of the result
//	k     length of the sum behind each element of the result
//
// A slice may be longer than its sizes ask for; one that is too short panics. out must not overlap
// an input, except the bias of one row, and in the functions that go element by element (Add, Multiply, Scale, Exp, Tanh, GELU,
// ErfGELU, ReLU, SiLU, Softmax, Normalize, RMSNormalize), where it may be the same slice.
//
// # Two twins, one answer, and a third
//
// Every kernel is written twice: plain Go, and vectors from package simd where the build has
// GOEXPERIMENT=simd and the machine has the instructions. Each element of a result is rounded in
// the same order by both, so they give the same bits, whatever the width of the vectors, in a
// browser or outside. The rules that make it so:
//
//   - A product is rounded before it is added. Nothing here is a fused multiply-add: in plain Go the
//     conversion float32(x*y) forbids it. (In package fused one operation makes d·q + m of a packed number, whose product needs no
//     rounding.)
//   - Linear adds its products in the order of k, beginning from the bias.
//   - Every other sum over a slice (Dot, MatMulT, SumExp, Mean, Std) runs in Lanes partial sums:
//     element i goes to lane i mod Lanes, and the lanes are folded in halves at the end.
//   - Exp is a polynomial of our own, not the machine's function; all the curves are made from it.
//
// In the page the products (Linear, MatMulT, Dot) are computed by a third twin, written by hand in WebAssembly, which package
// wasm/twin puts in the place of these by [Use]. It keeps the same rules.
//
// MatMulPacked makes the rows of a packed weight float32 as quant.Decode does, which is d·q and then + m, each rounded, and
// multiplies as MatMulT: so the sums of quantised rows have the order of all others, whatever unpacks them. Natively package fused does
// both at once for one row of x.
//
// So an element depends on its own operands and the length of its sum alone, never on the number of
// rows computed with it, on its column, or on its place in a block: a key/value cache that adds one
// row gives the numbers of a full run, bit for bit, and the cores of a machine share the columns of a product.
//
// # Files
//
//	kernel.go         the functions, documented
//	table.go          those of them that a program may have faster ones for
//	packed.go         products with rows that are unpacked on the way
//	share.go          how cores share a product
//	scalar.go         exp and the curves made from it, of one number, the fold of the lanes
//	plain.go          the plain twin, always compiled: the measure of the other
//	simd_linear.go    the twin in vectors: products of rows and columns,
//	simd_block.go     the same for many rows, in blocks that stay in registers,
//	simd_matmult.go   products of rows and rows,
//	simd_sums.go      sums and the maximum,
//	simd_elements.go  what goes element by element,
//	simd_scalar.go    the same of each element
//	twin_*.go         which twin this build runs
//	upper_*.go        what amd64 wants between vectors and scalars
//
// The benchmarks run both: go test -bench . ./model/kernel, with GOEXPERIMENT=simd.
package kernel
