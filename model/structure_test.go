package model

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestEveryOperationHasItsRow reads the names of the operations from the source, so that none
// can be added without a formula and without what it reads.
func TestEveryOperationHasItsRow(t *testing.T) {
	source, err := os.ReadFile("step.go")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`(?m)^\s+Op\w+\s+Op = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(names) != len(operations) || len(names) < 25 {
		t.Errorf("%d operations have a name, %d a row", len(names), len(operations))
	}
	for _, n := range names {
		if o := operations[Op(n[1])]; o.formula == "" || o.reads == nil || Op(n[1]).Formula() != o.formula {
			t.Errorf("%s lacks its formula, or what it reads", n[1])
		}
	}
}

// TestAWeightIsNamedAfterWhatItMakes holds for the layer that makes queries, keys and values.
func TestAWeightIsNamedAfterWhatItMakes(t *testing.T) {
	tr := NewTrace(small(t, true))
	info := map[string]Info{}
	for _, i := range append(tr.infos(4), tr.Weights()...) {
		info[i.Name] = i
	}
	for _, c := range []struct{ weight, reader, want string }{
		{"h.0.attn.c_attn.weight", "h.0.attn.head.1.query", "query.weight"},
		{"h.0.attn.c_attn.bias", "h.0.attn.head.0.value", "value.bias"},
		{"h.0.mlp.c_fc.weight", "h.0.mlp.up", "mlp.c_fc.weight"},
		{"wte.weight", "logits", "wte.weight"},
	} {
		if got := info[c.weight].BaseFor(info[c.reader]); got != c.want {
			t.Errorf("%s, read by %s, is called %q; expected %q", c.weight, c.reader, got, c.want)
		}
	}
}

// TestAxesSayHowLongATensorIs: each axis that has a letter has the length of that letter.
func TestAxesSayHowLongATensorIs(t *testing.T) {
	for name, m := range everyModel(t) {
		c, T := m.Config, m.Config.Context
		long := map[Axis]int{AxisOne: 1, AxisToken: T, AxisQuery: T, AxisKey: T, AxisChannel: c.Width, AxisHeadChannel: c.HeadSize(),
			AxisHeads: c.Width, AxisAllHeads: c.Heads * c.HeadSize(), AxisNeuron: 4 * c.Width, AxisInner: c.Inner, AxisWord: c.Vocab,
			AxisPosition: c.Context, AxisPair: c.HeadSize() / 2}
		for _, i := range everyInfoOf(t, m) {
			rows, cols := i.Rows, i.Cols
			switch {
			case i.Op != OpWeight || strings.Contains(i.Name, "_norm."):
			case i.ColAxis == AxisHeadChannel && c.Family == FamilyGPT2:
				cols /= 3 * c.Heads
			case strings.Contains(i.Name, "q_proj"):
				rows, cols = rows/c.Heads, cols/c.Heads
			case strings.Contains(i.Name, "k_proj") || strings.Contains(i.Name, "v_proj"):
				rows, cols = rows/c.Groups(), cols/c.Groups()
			}
			if strings.HasSuffix(i.Name, "_proj.weight") {
				cols = i.Cols
			} else if strings.HasSuffix(i.Name, "_proj.bias") {
				rows = i.Rows
			}
			if rows != long[i.RowAxis] || cols != long[i.ColAxis] {
				t.Errorf("%s: %s is (%d, %d); its axes are %s × %s", name, i.Name, i.Rows, i.Cols, i.RowAxis.Letter(), i.ColAxis.Letter())
			}
			if i.Causal != (i.ColAxis == AxisKey) {
				t.Errorf("%s: %s is causal: %t", name, i.Name, i.Causal)
			}
		}
	}
}

func everyInfoOf(t *testing.T, m *Model) []Info {
	t.Helper()
	tr := explainable(t, m, Sampling{Temperature: 1})
	infos := append(tr.infos(m.Config.Context), tr.Weights()...)
	for _, s := range tr.Drawn {
		infos = append(infos, s.Info())
	}
	return infos
}

// TestPartsFollowThePipeline: the steps of a part stand together, those of blocks in blocks.
func TestPartsFollowThePipeline(t *testing.T) {
	order := Parts()
	place := map[Part]int{}
	for n, p := range order {
		place[p] = n
	}
	for _, i := range everyInfoOf(t, small(t, false)) {
		if _, known := place[i.Part]; !known {
			t.Errorf("%s belongs to %q", i.Name, i.Part)
		}
		if inBlock := i.Part.InBlock(); inBlock != (i.Block >= 0) || inBlock != strings.HasPrefix(i.Name, "h.") {
			t.Errorf("%s of %q stands in block %d", i.Name, i.Part, i.Block)
		}
	}
	tr := NewTrace(small(t, false))
	for k, s := range tr.Steps[1:] {
		before := tr.Steps[k]
		if s.Block < before.Block && s.Block >= 0 || s.Block == before.Block && place[s.Part] < place[before.Part] {
			t.Errorf("%s of %q follows %s of %q", s.Name, s.Part, before.Name, before.Part)
		}
	}
}

func TestNamesOfHeadsAreReadAsTheyAreWritten(t *testing.T) {
	for _, c := range [][3]any{{0, 0, ""}, {3, 11, "scores"}, {12, 2, "attention.max"}} {
		name := HeadName(c[0].(int), c[1].(int))
		if c[2] != "" {
			name += "." + c[2].(string)
		}
		if l, h, rest, ok := ParseHeadName(name); !ok || l != c[0] || h != c[1] || rest != c[2] {
			t.Errorf("%s is read as %d, %d, %q, %t", name, l, h, rest, ok)
		}
	}
	for _, name := range []string{"", "h.1", "h.1.attn", "h.1.attn.head", "h.1.attn.head.", "h.1.attn.head.x", "h.1.attn.head.01", "h.-1.attn.head.0",
		"h.1.attn.head.-1", "h.1.attn.head.1x", "h.1.mlp.head.1", "h.1.1"} {
		if _, _, _, ok := ParseHeadName(name); ok {
			t.Errorf("%q is read as the name of a head", name)
		}
	}
}

// TestWhatIsCountedOnceIsThereInEveryBlock compares counts from one block with those from all.
func TestWhatIsCountedOnceIsThereInEveryBlock(t *testing.T) {
	for _, c := range []Config{gpt2(96, 4, 5), {Vocab: 7, Context: 9, Width: 12, Heads: 3, Blocks: 4}, {Vocab: 70, Context: 9, Width: 12, Heads: 3, Blocks: 1, Tied: true, Distinct: 11}} {
		m, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		weights, flops, inBlocks := 0, 0, 0
		for _, p := range m.Parameters() {
			weights += len(p.data)
		}
		for _, i := range NewTrace(m).infos(c.Context) {
			if f := operations[i.Op].flops; f != nil {
				flops += f(i)
			}
			if i.Block >= 0 {
				inBlocks += i.Rows * i.Cols
			}
		}
		if a := c.Account(); a.Parameters() != weights || c.Parameters() != weights || a.FLOPs() != flops || a.InBlocks != inBlocks || a.Cached != 2*c.Blocks*c.Context*c.Width {
			t.Errorf("%+v: counted are %d weights, %d operations, %d numbers; there are %d, %d, %d", c, a.Parameters(), a.FLOPs(), a.InBlocks, weights, flops, inBlocks)
		}
	}
	if n := (Config{Vocab: 3}).Parameters(); n != 0 {
		t.Errorf("a configuration that is not valid has %d parameters", n)
	}
}
