package twin

import (
	"runtime"
	"unsafe"

	"glassbox/model/kernel"
	"glassbox/model/quant"
)

// The imports of module "kernel", which kernel.js provides. Pointers are used during the call only.

//go:wasmimport kernel ready
func jsReady() int32

//go:wasmimport kernel linear
func jsLinear(out, x, w, bias unsafe.Pointer, rows, k, n, stride int32, panels unsafe.Pointer)

//go:wasmimport kernel matMulT
func jsMatMulT(out, x, w unsafe.Pointer, rows, k, n int32, scratch unsafe.Pointer)

//go:wasmimport kernel packed
func jsPacked(out, x, w unsafe.Pointer, as, rows, k, n, size int32, scratch unsafe.Pointer)

//go:wasmimport kernel dot
func jsDot(a, b unsafe.Pointer, n int32, scratch unsafe.Pointer) float32

// Use puts the twin in the place of Go's, if it is there, and reports whether it is.
func Use() bool {
	if jsReady() == 0 {
		return false
	}
	kernel.Use(worth(kernel.Go(), byHand()))
	return true
}

// few is how many products Go has done before a call out of it returns.
const few = 256

// worth returns what is faster of Go's own functions and those that are written by hand, for each size.
func worth(own, hand kernel.Table) kernel.Table {
	best := hand
	best.Linear = func(out, x, w, bias []float32, rows, k, n, stride int) {
		if rows*k*n < few || rows > 1 && rows < 6 { // Go adds to two rows at once, and needs no panels
			own.Linear(out, x, w, bias, rows, k, n, stride)
			return
		}
		hand.Linear(out, x, w, bias, rows, k, n, stride)
	}
	best.MatMulT = func(out, x, w []float32, rows, k, n int) {
		if rows*k*n < few {
			own.MatMulT(out, x, w, rows, k, n)
			return
		}
		hand.MatMulT(out, x, w, rows, k, n)
	}
	best.Packed = func(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
		if !unpacked(as) || rows*k*n < few {
			own.Packed(out, x, scratch, as, w, rows, k, n)
			return
		}
		hand.Packed(out, x, scratch, as, w, rows, k, n)
	}
	best.Dot = func(a, b []float32) float32 {
		if len(a) < few {
			return own.Dot(a, b)
		}
		return hand.Dot(a, b)
	}
	return best
}

// unpacked reports whether the module can make float32 of a type: see decode in kernel.wat.
func unpacked(as quant.Type) bool {
	switch as {
	case quant.F16, quant.BF16, quant.Q4_0, quant.Q4_1, quant.Q5_0, quant.Q5_1, quant.Q8_0, quant.Q4_K, quant.Q5_K, quant.Q6_K:
		return true
	}
	return false
}

// byHand returns the functions of the module, for all sizes but 0, and the types that it can unpack. A slice that is too
// short panics, as in Go: the module would read and write beyond it.
func byHand() kernel.Table {
	scratch := make([]float32, scratchLen)
	return kernel.Table{
		Name: "wasm by hand",
		Linear: func(out, x, w, bias []float32, rows, k, n, stride int) {
			if bias != nil {
				bias = bias[:n]
			}
			out, x, w = out[:rows*n], x[:rows*k], w[:(k-1)*stride+n]
			jsLinear(at(out), at(x), at(w), at(bias), int32(rows), int32(k), int32(n), int32(stride), at(scratch))
			keep(out, x, w, bias)
		},
		MatMulT: func(out, x, w []float32, rows, k, n int) {
			out, x, w = out[:rows*n], x[:rows*k], w[:n*k]
			jsMatMulT(at(out), at(x), at(w), int32(rows), int32(k), int32(n), at(scratch))
			keep(out, x, w)
		},
		Packed: func(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
			size, err := as.RowBytes(k)
			if err != nil {
				panic("twin: " + err.Error())
			}
			out, x, w, scratch = out[:rows*n], x[:rows*k], w[:n*size], scratch[:4*k+32]
			jsPacked(at(out), at(x), unsafe.Pointer(unsafe.SliceData(w)), int32(as), int32(rows), int32(k), int32(n), int32(size), at(scratch))
			keep(out, x, scratch)
			runtime.KeepAlive(w)
		},
		Dot: func(a, b []float32) float32 {
			b = b[:len(a)]
			sum := jsDot(at(a), at(b), int32(len(a)), at(scratch))
			keep(a, b)
			return sum
		},
	}
}

// scratchLen is the room of 64 panels of 128 rows of eight columns, and 16 numbers between them: see pack in kernel.wat.
const scratchLen = 64 * (128*8 + 16)

// at returns where a slice begins.
func at(s []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(s)) }

// keep holds the slices of a call until it has returned.
func keep(slices ...[]float32) { runtime.KeepAlive(slices) }
