package kernel

import "glassbox/model/quant"

// packedRows is how many rows of w are made float32 at a time.
const packedRows = 16

// matMulPacked makes some rows of w float32, multiplies all rows of x with these, and goes on.
func matMulPacked(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
	size, err := as.RowBytes(k)
	if err != nil {
		panic("kernel: " + err.Error())
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
