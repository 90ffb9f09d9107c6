// Package fused multiplies a row of numbers with packed rows without writing down what these unpack to: each number is made in a
// register, right where it is multiplied. One row of x needs each weight once, and to write it, and read it again, takes longer than to
// multiply it: this is about twice as fast.
//
// # The order of the sums
//
// The bits are those of kernel.MatMulT with what quant.Decode makes of the rows. So each number is made by the operations of Decode;
// d·q + m is one operation here, for the product has fewer than 24 bits and is not rounded. Number i of a row is added to lane i mod 16, in
// the order of i, and the lanes are folded as package kernel folds them.
//
// # Two rows in a vector
//
// A vector of eight numbers holds four of one row and the same four of another. Bytes come as they lie in a block, four in each place of
// 32 bits, and a shift takes one of the four: so a vector holds numbers p, p + 4, p + 8 and p + 12 of sixteen, and vectors a0 … a3
// hold the lanes of two sums, p = 0 … 3. [Spread] writes x the same way, once for all rows.
//
//	byte of the block     0 1 2 3   4 5 6 7   8 9 …   | those of the other row
//	byte 1 of each place    1         5         9     | …                       to a1
//
// Nothing is moved from one place of a vector to another, as it would have to be for numbers 0 … 7.
//
// # Between two vectors
//
// no scalar float32 is computed, not even a constant, and no function called that is not compiled in place: where Go's compiler makes older
// instructions of it, the machine waits for the upper halves of its registers, and all is slower by a third.
package fused
