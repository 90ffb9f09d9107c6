package kernel

import (
	"runtime"
	"sync/atomic"
)

// A product of many numbers is shared between the cores of the machine: each of them makes some columns of the result. How
// many cores there are changes nothing in a number, for an element depends neither on its column nor on what is computed with
// it.

const (
	// worthSharing is how many products there must be: to wake a core takes about as long as a tenth of these.
	worthSharing = 1 << 18

	// columnUnit is what the bounds between the parts are multiples of, so that all but the last fill vectors and blocks.
	columnUnit = 4 * Lanes
)

// cores returns how many cores take part in so many products.
func cores(products int) int {
	if products < worthSharing {
		return 1
	}
	return runtime.GOMAXPROCS(0)
}

// helpers counts the goroutines that help at the moment, in all products together. Programs that run models side by side, as a
// trainer does, keep the cores busy by themselves.
var helpers atomic.Int32

// A job is n columns to be computed in parts.
type job struct {
	do       func(worker, from, to int) // columns from … to−1; no two workers of one number at a time
	n, size  int                        // of all, and of a part
	next     atomic.Int32               // the part that nobody has begun
	finished atomic.Int32               // how many are done
	all      chan struct{}              // is closed when all are
}

// share calls do for the columns 0 … n−1 in parts, on as many cores as there are idle, and returns when all are done. Each
// core does some parts, so that one that is slow does fewer.
func share(workers, partsEach, n int, do func(worker, from, to int)) {
	units := (n + columnUnit - 1) / columnUnit
	parts := min(units, workers*partsEach)
	if parts < 2 {
		do(0, 0, n)
		return
	}
	size := (units + parts - 1) / parts * columnUnit
	j := &job{do: do, n: n, size: size, all: make(chan struct{})}
	for worker := 1; worker < workers; worker++ {
		if int(helpers.Add(1)) >= workers {
			helpers.Add(-1)
			break
		}
		go func() {
			j.work(worker)
			helpers.Add(-1)
		}()
	}
	j.work(0)
	<-j.all // who has not begun by now finds nothing to do, and is not waited for
}

// work does parts until none is left.
func (j *job) work(worker int) {
	parts := int32((j.n + j.size - 1) / j.size)
	for part := j.next.Add(1) - 1; part < parts; part = j.next.Add(1) - 1 {
		from := int(part) * j.size
		j.do(worker, from, min(from+j.size, j.n))
		if j.finished.Add(1) == parts {
			close(j.all)
		}
	}
}

// shareLinear is Linear, shared.
func shareLinear(out, x, w, bias []float32, rows, k, n, stride, workers int) {
	share(workers, partsFor(rows), n, func(_, from, to int) {
		var b []float32
		if bias != nil {
			b = bias[from:to]
		}
		linearPart(out[from:], x, w[from:], b, rows, k, to-from, n, stride)
	})
}

// shareMatMulT is MatMulT, shared.
func shareMatMulT(out, x, w []float32, rows, k, n, workers int) {
	share(workers, partsFor(rows), n, func(_, from, to int) {
		matMulTPart(out[from:], x, w[from*k:], rows, k, to-from, n)
	})
}

// partsFor returns how many parts there are for each core. Few rows are as fast as their weights come from memory, and that is
// faster in long stretches.
func partsFor(rows int) int {
	if rows < 4 {
		return 2
	}
	return 4
}

// linear is Linear, by as many cores as are worth it.
func linear(out, x, w, bias []float32, rows, k, n, stride int) {
	if workers := cores(rows * k * n); workers > 1 {
		if bias != nil {
			bias = bias[:n]
		}
		shareLinear(out[:rows*n], x[:rows*k], w[:(k-1)*stride+n], bias, rows, k, n, stride, workers)
		return
	}
	linearPart(out, x, w, bias, rows, k, n, n, stride)
}

// matMulT is MatMulT, by as many cores as are worth it.
func matMulT(out, x, w []float32, rows, k, n int) {
	if workers := cores(rows * k * n); workers > 1 {
		shareMatMulT(out[:rows*n], x[:rows*k], w[:n*k], rows, k, n, workers)
		return
	}
	matMulTPart(out, x, w, rows, k, n, n)
}
