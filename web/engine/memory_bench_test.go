package engine

import (
	"flag"
	"io"
	"os"
	"runtime"
	"testing"
)

var (
	memoryModel  = flag.String("model", "", "the model of BenchmarkMemory, a `file`")
	memoryTokens = flag.Int("tokens", 256, "the `tokens` of its text")
)

// BenchmarkMemory measures what a model takes of the memory of a page's worker: with a text, the last tokens of which were
// written one by one, and after the page has asked for numbers of every block. That memory never shrinks, so it is the most that was needed.
//
//	GOOS=js GOARCH=wasm go test -exec=wasmexec -run - -bench Memory -benchtime 1x ./web/engine -model FILE -tokens 256
func BenchmarkMemory(b *testing.B) {
	if *memoryModel == "" {
		b.Skip("no -model is given")
	}
	for b.Loop() {
		e := New()
		e.Memory = PageMemory
		handle := func(q Request) Reply {
			r := e.Handle(q)
			if r.Error != "" {
				b.Fatal(r.Error)
			}
			return r
		}
		handle(Request{ID: 1, Load: &Load{Name: *memoryModel, File: pieces(b, *memoryModel), Words: "numbers"}})
		b.ReportMetric(taken(), "MB-loaded")
		prompt := *memoryTokens - min(32, *memoryTokens/2)
		text := "5"
		for n := range prompt - 1 {
			text += " " + string(rune('0'+n%10))
		}
		var written []int
		for n := range *memoryTokens - prompt + 1 {
			r := handle(Request{ID: 2 + n, Run: &Run{Text: text, Generated: written, Want: []string{}, Top: 10, Since: 1 + n}})
			written = append(written, r.Ran.Next.ID)
		}
		b.ReportMetric(taken(), "MB-run")
		for i, s := range e.trace.Steps {
			if i%7 == 0 && s.Cols <= longAxis {
				handle(Request{ID: 5000 + i, Read: &Read{Rows: []Tensor{{Name: s.Name, To: s.Rows}}}})
			}
		}
		b.ReportMetric(taken(), "MB-asked")
	}
}

// taken returns how much memory the program has taken from the browser, in MB.
func taken() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / 1e6
}

// pieces reads a file as a page sends it, 4 MB at a time.
func pieces(b *testing.B, name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	whole := make([]byte, info.Size())
	for at := 0; at < len(whole); {
		n, err := f.Read(whole[at:min(at+4<<20, len(whole))])
		if at += n; err != nil && err != io.EOF {
			b.Fatal(err)
		}
	}
	return whole
}
