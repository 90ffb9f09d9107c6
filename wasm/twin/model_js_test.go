package twin

import (
	"flag"
	"os"
	"testing"
	"time"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/kernel"
)

var file = flag.String("model", "../../static/models/language.gguf", "the model of BenchmarkModel, a `file`")

// BenchmarkModel measures a model with Go's twin and with what is used in its place, in turn: tokens in a second of a prompt
// of 64, and of those that it writes behind it; of the fastest turn of each.
func BenchmarkModel(b *testing.B) {
	own, hand := used(b)
	bytes, err := os.ReadFile(*file)
	if err != nil {
		b.Fatal(err)
	}
	m, _, err := checkpoint.Load(*file, bytes)
	if err != nil {
		b.Fatal(err)
	}
	defer kernel.Use(own)
	var read, written [2]float64
	for b.Loop() {
		for i, table := range []kernel.Table{own, hand} {
			kernel.Use(table)
			prefill, decode := speeds(b, m)
			read[i], written[i] = max(read[i], prefill), max(written[i], decode)
		}
	}
	for name, speed := range map[string][2]float64{"prefill": read, "decode": written} {
		b.ReportMetric(speed[0], "own-"+name)
		b.ReportMetric(speed[1], "hand-"+name)
		b.ReportMetric(speed[1]/speed[0], "ratio-"+name)
	}
	b.ReportMetric(0, "ns/op")
}

// speeds returns how many tokens of a prompt a model reads in a second, and how many it writes.
func speeds(b *testing.B, m *model.Model) (prefill, decode float64) {
	prompt, writes := min(64, m.Config.Context/2), 16
	ids := make([]int, prompt)
	for i := range ids {
		ids[i] = (i*7919 + 13) % m.Config.Vocab
	}
	begin := time.Now()
	tr, err := m.Forward(ids)
	if err != nil {
		b.Fatal(err)
	}
	tr.Step("logits").Row(prompt - 1)
	prefill = float64(prompt) / time.Since(begin).Seconds()
	begin = time.Now()
	for draw := range writes {
		id, err := tr.Sample(model.Sampling{Temperature: 1, TopK: 40, Seed: 1, Draw: draw})
		if err != nil {
			b.Fatal(err)
		}
		ids = append(ids, id)
		if err := tr.Run(ids); err != nil {
			b.Fatal(err)
		}
	}
	return prefill, float64(writes) / time.Since(begin).Seconds()
}
