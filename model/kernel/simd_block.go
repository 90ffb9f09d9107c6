//go:build goexperiment.simd

package kernel

import "simd"

// A block is the part of out that multiplyBlocks keeps in registers while it runs along k: four
// rows of two vectors. Each number that is loaded is used at least twice, and eight sums run side by
// side, enough to hide how long an addition takes.
const (
	blockRows  = 4
	panelDepth = 256       // rows of w that stand in a panel at once: 32 KiB with the widest vectors
	panelWide  = 2 * Lanes // columns of a panel, at most: two vectors
	fewRows    = 16        // with fewer, a panel costs more than it saves
)

// multiplyBlocks adds x·w to out in blocks. rows is a multiple of blockRows, n is one of two vectors.
// The columns of a block stand far apart in w; they are first copied into a panel, where one follows
// the other, and all rows use it.
func multiplyBlocks(out, x, w []float32, rows, k, n, outStride, stride int) {
	var panel [panelDepth * panelWide]float32
	wide := 2 * simd.Float32s{}.Len()
	for j := 0; j < n; j += wide {
		for i := 0; i < k; i += panelDepth {
			d := min(panelDepth, k-i)
			fillPanel(panel[:d*wide], w[i*stride+j:], wide, stride)
			for r := 0; r < rows; r += blockRows {
				addBlock(out[r*outStride+j:], x[r*k+i:], panel[:d*wide], d, k, outStride)
			}
		}
	}
}

// fillPanel copies the first wide columns of w.
func fillPanel(panel, w []float32, wide, stride int) {
	for i := 0; i < len(panel); i += wide {
		copy(panel[i:i+wide], w[i/wide*stride:])
	}
}

// addBlock adds four rows of x, d long and k apart, times the panel to four rows of out, in the order
// of k.
func addBlock(out, x, panel []float32, d, k, stride int) {
	x0, x1, x2, x3 := x[:d], x[k:][:d], x[2*k:][:d], x[3*k:][:d]
	v := simd.Float32s{}.Len()
	o0, o1, o2, o3 := out[:2*v], out[stride:][:2*v], out[2*stride:][:2*v], out[3*stride:][:2*v]
	a0, b0 := simd.LoadFloat32s(o0[:v]), simd.LoadFloat32s(o0[v:])
	a1, b1 := simd.LoadFloat32s(o1[:v]), simd.LoadFloat32s(o1[v:])
	a2, b2 := simd.LoadFloat32s(o2[:v]), simd.LoadFloat32s(o2[v:])
	a3, b3 := simd.LoadFloat32s(o3[:v]), simd.LoadFloat32s(o3[v:])
	for i := range x0 {
		end := (i + 1) * 2 * v
		p, q := simd.LoadFloat32s(panel[end-2*v:end-v]), simd.LoadFloat32s(panel[end-v:end])
		s := simd.BroadcastFloat32s(x0[i])
		a0, b0 = a0.Add(p.Mul(s)), b0.Add(q.Mul(s))
		s = simd.BroadcastFloat32s(x1[i])
		a1, b1 = a1.Add(p.Mul(s)), b1.Add(q.Mul(s))
		s = simd.BroadcastFloat32s(x2[i])
		a2, b2 = a2.Add(p.Mul(s)), b2.Add(q.Mul(s))
		s = simd.BroadcastFloat32s(x3[i])
		a3, b3 = a3.Add(p.Mul(s)), b3.Add(q.Mul(s))
	}
	a0.Store(o0[:v])
	b0.Store(o0[v:])
	a1.Store(o1[:v])
	b1.Store(o1[v:])
	a2.Store(o2[:v])
	b2.Store(o2[v:])
	a3.Store(o3[:v])
	b3.Store(o3[v:])
}
