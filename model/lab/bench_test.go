package lab

import (
	"os"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// language returns a run of the page's own language model.
func language(b *testing.B, tokens int) *model.Trace {
	b.Helper()
	data, err := os.ReadFile("../../static/models/language.gguf")
	if err != nil {
		b.Fatal(err)
	}
	imported, err := checkpoint.Import("language.gguf", data, checkpoint.Options{})
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]int, tokens)
	for i := range ids {
		ids[i] = 257 + i*31
	}
	tr, err := imported.Model.Forward(ids)
	if err != nil {
		b.Fatal(err)
	}
	return tr
}

// From an edit to the probabilities that it leads to: at the beginning of the network, at its end, and of a weight.
func BenchmarkEdit(b *testing.B) {
	tr := language(b, 48)
	for _, list := range []string{"embed.sum=0", "off:h.3.mlp", "h.1.attn.head.0.mix[40]=0", "h.0.mlp.c_fc.weight[1,1]=1", "off:mask"} {
		edits, err := model.ParseEdits(list)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(list, func(b *testing.B) {
			for b.Loop() {
				ed, err := tr.Edited(edits)
				if err != nil {
					b.Fatal(err)
				}
				ed.Step("probabilities").Row(47)
			}
		})
	}
}

func BenchmarkAttribute(b *testing.B) {
	tr := language(b, 48)
	for b.Loop() {
		if _, err := Attribute(tr, 47, 257, 300); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLenses(b *testing.B) {
	tr := language(b, 48)
	for b.Loop() {
		for _, l := range Lenses(tr) {
			l.Top(47, 10)
		}
	}
}
