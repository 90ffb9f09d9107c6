package train

import (
	"glassbox/model"
	"glassbox/model/kernel"
)

// norm is what a layer norm leaves for the way back.
type norm struct {
	out       []float32 // (R, C)
	mean, std []float32 // (R)
}

func newNorm(R, C int) norm {
	return norm{make([]float32, R*C), make([]float32, R), make([]float32, R)}
}

// forward sets out = (x − mean)/std·gain + bias, row by row: (R, C).
func (n *norm) forward(x []float32, w model.Norm) {
	C := w.Gain.Cols
	for r := range n.mean {
		row := x[r*C:][:C]
		n.mean[r] = kernel.Mean(row)
		n.std[r] = kernel.Std(row, n.mean[r], model.Epsilon)
		kernel.Normalize(n.out[r*C:][:C], row, n.mean[r], n.std[r], w.Gain.Data(), w.Bias.Data())
	}
}

// backward inverts
//
//	out = x̂·gain + bias    with x̂ = (x − mean)/std
//
// The gain and the bias are shared by all rows:
//
//	dgain = Σ_r dout·x̂
//	dbias = Σ_r dout
//
// Each x moves out directly, and also through the mean and the std of its row. With g = dout·gain:
//
//	dx = (g − mean(g) − x̂·mean(g·x̂))/std
//
// The norm is always a branch off the residual stream, so dx is added to what is there.
func (n *norm) backward(dx []float32, dw model.Norm, dout, x []float32, w model.Norm) {
	C := w.Gain.Cols
	gain, dgain, dbias := w.Gain.Data(), dw.Gain.Data(), dw.Bias.Data()
	clear(dgain)
	sumRows(dbias, dout)
	for r, mean := range n.mean {
		x, dx, dout := x[r*C:][:C], dx[r*C:][:C], dout[r*C:][:C]
		inverse := 1 / n.std[r]
		var sum, along float32 // Σ g, Σ g·x̂
		for i, d := range dout {
			h := float32((x[i] - mean) * inverse)
			dgain[i] += float32(d * h)
			g := float32(d * gain[i])
			sum += g
			along += float32(g * h)
		}
		sum, along = sum/float32(C), along/float32(C)
		for i, d := range dout {
			h := float32((x[i] - mean) * inverse)
			g := float32(d * gain[i])
			dx[i] += float32((g - sum - float32(h*along)) * inverse)
		}
	}
}
