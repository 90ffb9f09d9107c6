package kernel

import "glassbox/model/quant"

// packedRows is how many rows of w are made float32 at a time.
const packedRows = 16

// packedLen is the room that one core needs: rows of w, and their products.
func packedLen(rows, k int) int { return packedRows * (k + rows) }

// matMulPacked makes some rows of w float32, multiplies all rows of x with these, and goes on.
func matMulPacked(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
	size, err := as.RowBytes(k)
	if err != nil {
		panic("kernel: " + err.Error())
	}
	out, x, w = out[:rows*n], x[:rows*k], w[:n*size]
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
