package kernel

import (
	"glassbox/model/kernel/fused"
	"glassbox/model/quant"
)

// packedRows is how many rows of w are made float32 at a time.
const packedRows = 16

// packedLen is the room that one core needs: rows of w, and their products.
func packedLen(rows, k int) int { return packedRows * (k + rows) }

// matMulPacked multiplies one row of x while it unpacks w, where that can be done with rows of this type; otherwise it unpacks first.
func matMulPacked(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
	size, err := as.RowBytes(k)
	if err != nil {
		panic("kernel: " + err.Error())
	}
	out, x, w = out[:rows*n], x[:rows*k], w[:n*size]
	if dots := fused.For(as); dots != nil && rows == 1 {
		multiplyFused(out, x, scratch[:2*k], w, dots, size)
		return
	}
	unpackAndMultiply(out, x, scratch, as, w, rows, k, n, size)
}

// multiplyFused multiplies x, one row, with two rows of w at a time, each of so many bytes.
func multiplyFused(out, x, scratch []float32, w []byte, dots fused.Dots, size int) {
	fused.Spread(scratch, x)
	columns := func(_, from, to int) {
		half := (to - from + 1) / 2 // far rows, as in simdMatMulT; of an odd number one is computed twice
		for j := from; j < from+half; j++ {
			far := min(j+half, to-1)
			out[j], out[far] = dots(scratch, w[j*size:][:size], w[far*size:][:size])
		}
	}
	if workers := cores(len(x) * len(out)); workers > 1 {
		share(workers, partsFor(1), len(out), columns)
		return
	}
	columns(0, 0, len(out))
}

// unpackAndMultiply makes some rows of w float32, multiplies all rows of x with these, and goes on.
func unpackAndMultiply(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n, size int) {
	each := packedLen(rows, k)
	if workers := min(cores(rows*k*n), len(scratch)/max(1, each)); workers > 1 {
		share(workers, 4, n, func(worker, from, to int) {
			part := scratch[worker*each:][:each]
			for at := from; at < to; at += packedRows {
				m := min(packedRows, to-at)
				quant.Decode(part[:m*k], as, w[at*size:][:m*size])
				matMulTPart(out[at:], x, part[:m*k], rows, k, m, n)
			}
		})
		return
	}
	values, products := scratch[:packedRows*k], scratch[packedRows*k:][:packedRows*rows]
	for at := 0; at < n; at += packedRows {
		m := min(packedRows, n-at)
		quant.Decode(values[:m*k], as, w[at*size:][:m*size])
		used.MatMulT(products, x, values, rows, k, m)
		for r := range rows {
			copy(out[r*n+at:][:m], products[r*m:][:m])
		}
	}
}
