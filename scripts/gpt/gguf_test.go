package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/quant"
)

// wideFile writes a random model whose rows are whole blocks, and of which most tokens share one; it returns its path.
func wideFile(t *testing.T) (path string, m *model.Model) {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 40, Context: 9, Width: 32, Heads: 2, Blocks: 2, Tied: true, Distinct: 5})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(4)
	b, err := checkpoint.Save(m, map[string]string{"license": "MIT", "made_by": "a test", "probe_sum": "90 %"})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "wide.safetensors")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, m
}

func TestASharedModelIsWrittenAsGGUF(t *testing.T) {
	from, m := wideFile(t)
	for _, c := range []struct {
		as     quant.Type
		flags  []string
		within float32 // of the largest weight
	}{{quant.F32, nil, 0}, {quant.F16, []string{"-shared"}, 1e-3}, {quant.BF16, nil, 5e-3}, {quant.Q8_0, nil, 5e-3}, {quant.Q8_0, []string{"-shared"}, 5e-3}, {quant.Q4_0, nil, 0.1}} {
		to := filepath.Join(t.TempDir(), "x.gguf")
		if out, err := gpt(t, "", append([]string{"convert", "-model", from, "-type", strings.ToLower(c.as.String()), "-o", to}, c.flags...)...); err != nil || !strings.Contains(out, c.as.String()) {
			t.Fatalf("convert says %q, %v", out, err)
		}
		b, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		i, err := checkpoint.Import(to, b, checkpoint.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if shared := i.Model.Sharing != nil; shared != (c.flags != nil) || i.Model.Config.Expanded() != m.Config.Expanded() {
			t.Errorf("%s %v gives %+v", c.as, c.flags, i.Model.Config)
		}
		for n, p := range m.Parameters() {
			got := i.Model.Parameters()[n]
			if matrix := !m.Vector(p) && p != m.WPE; matrix && got.Type() != c.as || !matrix && got.Type() != quant.F32 {
				t.Errorf("%s is held as %s", p.Name, got.Type())
			}
			for r := range p.Rows {
				for col, want := range p.Row(r) {
					if v := got.Row(r)[col]; max(v-want, want-v) > c.within {
						t.Fatalf("%s %v: %s (%d, %d) is %v; expected %v", c.as, c.flags, p.Name, r, col, v, want)
					}
				}
			}
		}
		measured, by := "probe_sum", "a test"
		if c.as != quant.F32 {
			measured, by = "unrounded_probe_sum", strings.Join(append([]string{"a test, then go run ./scripts/gpt convert -type", c.as.String()}, c.flags...), " ")
		}
		if d := i.Metadata; len(d) != 4 || d["name"] != "wide" || d["license"] != "MIT" || d[measured] != "90 %" || d["made_by"] != by {
			t.Errorf("the metadata are %v", d)
		}
		if f, err := gguf.Decode(to, b); err != nil || f.Has(published.RowsKey) != (c.flags != nil) {
			t.Errorf("%s has rows: %v", to, err)
		}
	}
}

func TestWhatGGUFCannotSayIsRefused(t *testing.T) {
	wide, _ := wideFile(t)
	to := filepath.Join(t.TempDir(), "x.gguf")
	for want, args := range map[string][]string{
		"its activation is relu": {"-model", wide, "-activation", "relu", "-type", "Q8_0"},
		"-type is \"Q2_K\"":      {"-model", wide, "-type", "Q2_K"},
		"-type is \"many\"":      {"-model", wide, "-type", "many"},
	} {
		if _, err := gpt(t, "", append([]string{"convert", "-o", to}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v gives %v; expected %s", args, err, want)
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("a file was written all the same")
	}
}
