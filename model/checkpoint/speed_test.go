//go:build unix

package checkpoint_test

import (
	"flag"
	"os"
	"slices"
	"syscall"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/kernel"
	"glassbox/model/quant"
)

var (
	speedModel  = flag.String("model", "../../static/models/language.gguf", "the model of BenchmarkSpeed, a `file`")
	speedTokens = flag.Int("tokens", 100, "how many tokens stand before those that BenchmarkSpeed measures")
)

// BenchmarkSpeed measures a model with packed rows that are unpacked first, and as they are multiplied otherwise, in turn: tokens in
// a second of processor time, those of a prompt of 64 and those that are written behind the text; medians. Measured on one core it says
// what the arithmetic takes, also where other programs run beside it:
//
//	GOMAXPROCS=1 go test -run - -bench Speed -benchtime 7x ./model/checkpoint -model FILE
func BenchmarkSpeed(b *testing.B) {
	bytes, err := os.ReadFile(*speedModel)
	if err != nil {
		b.Fatal(err)
	}
	m, _, err := checkpoint.Load(*speedModel, bytes)
	if err != nil {
		b.Fatal(err)
	}
	usual, first := kernel.Go(), kernel.Go()
	first.Packed = unpackFirst
	defer kernel.Use(usual)
	var read, written [2][]float64
	for b.Loop() {
		for i, table := range []kernel.Table{first, usual} {
			kernel.Use(table)
			prompt, token := speeds(b, m)
			read[i], written[i] = append(read[i], prompt), append(written[i], token)
		}
	}
	for what, speed := range map[string][2][]float64{"prompt": read, "token": written} {
		for i := range speed {
			slices.Sort(speed[i])
		}
		before, now := speed[0][len(speed[0])/2], speed[1][len(speed[1])/2]
		b.ReportMetric(before, "first-"+what)
		b.ReportMetric(now, "usual-"+what)
		b.ReportMetric(now/before, "ratio-"+what)
	}
	b.ReportMetric(0, "ns/op")
}

// unpackFirst is kernel.MatMulPacked of what is unpacked in memory, 16 rows at a time.
func unpackFirst(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
	values, products := scratch[:16*k], scratch[16*k:][:16*rows]
	size := len(w) / n
	for at := 0; at < n; at += 16 {
		m := min(16, n-at)
		quant.Decode(values[:m*k], as, w[at*size:][:m*size])
		kernel.MatMulT(products, x, values, rows, k, m)
		for r := range rows {
			copy(out[r*n+at:][:m], products[r*m:][:m])
		}
	}
}

// speeds returns how many tokens of a prompt a model reads in a second, and how many it writes.
func speeds(b *testing.B, m *model.Model) (prompt, token float64) {
	const reads, writes = 64, 16
	ids := make([]int, max(reads, min(*speedTokens, m.Config.Context-writes)))
	for i := range ids {
		ids[i] = (i*7919 + 13) % m.Config.Vocab
	}
	var tr *model.Trace
	run := func(n int) {
		if err := tr.Run(ids[:n]); err != nil {
			b.Fatal(err)
		}
		tr.Step("logits").Row(n - 1)
	}
	tr = model.NewTrace(m)
	prompt = reads / processorTime(b, func() { run(reads) })
	run(len(ids))
	token = writes / processorTime(b, func() {
		for draw := range writes {
			id, err := tr.Sample(model.Sampling{Temperature: 1, TopK: 40, Seed: 1, Draw: draw})
			if err != nil {
				b.Fatal(err)
			}
			ids = append(ids, id)
			run(len(ids))
		}
	})
	return prompt, token
}

// processorTime returns how many seconds f kept processors busy with this program.
func processorTime(b *testing.B, f func()) float64 {
	seconds := func() float64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return float64(u.Utime.Sec) + float64(u.Utime.Usec)/1e6
	}
	begin := seconds()
	f()
	return seconds() - begin
}
