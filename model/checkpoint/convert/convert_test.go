package convert

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/quant"
)

const fixtures = "../../../../shared/fixtures"

// fixture reads a model of the shared fixtures; a folder with its configuration.
func fixture(t *testing.T, path string) *checkpoint.Imported {
	t.Helper()
	path = filepath.Join(fixtures, path)
	names := []string{path}
	if info, err := os.Stat(path); err != nil {
		t.Skip("the shared fixtures are not here")
	} else if info.IsDir() {
		names = []string{filepath.Join(path, "model.safetensors"), filepath.Join(path, "config.json")}
	}
	var files []checkpoint.File
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, checkpoint.File{Name: filepath.Base(name), Bytes: b})
	}
	i, err := checkpoint.ImportFiles(files, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// random returns a model of a configuration, all of whose numbers differ.
func random(t *testing.T, c model.Config) *checkpoint.Imported {
	t.Helper()
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	for n, p := range m.Parameters() {
		for i := range p.Data() {
			switch {
			case model.IsBias(p.Name):
				p.Data()[i] = float32((i+n)%7-3) / 20
			case p.Name == "rope_freqs.weight":
				p.Data()[i] = 1 + float32(i)/2
			case m.Vector(p):
				p.Data()[i] = 1 + float32((i+n)%5)/10
			default:
				p.Data()[i] *= 10
			}
		}
	}
	return &checkpoint.Imported{Model: m}
}

// read reads what was written.
func read(t *testing.T, w *Written, err error) *checkpoint.Imported {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	i, err := checkpoint.Import("written", w.Bytes, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func asGGUF(t *testing.T, i *checkpoint.Imported, as *quant.Type) *checkpoint.Imported {
	t.Helper()
	w, err := GGUF(i, as, "test", nil)
	return read(t, w, err)
}

func asSafetensors(t *testing.T, i *checkpoint.Imported, as *quant.Type) *checkpoint.Imported {
	t.Helper()
	w, err := Safetensors(i, as)
	return read(t, w, err)
}

func typ(t quant.Type) *quant.Type { return &t }

// logits returns those of all tokens of a text.
func logits(t *testing.T, m *model.Model) (all []float32) {
	t.Helper()
	ids := make([]int, min(10, m.Config.Context))
	for i := range ids {
		ids[i] = i * 7 % m.Config.Vocab
	}
	tr, err := m.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	for i := range ids {
		all = append(all, tr.Step("logits").Row(i)...)
	}
	return all
}

// alike fails unless logits differ by no more than a part of the largest.
func alike(t *testing.T, what string, got, want []float32, most float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d logits; expected %d", what, len(got), len(want))
	}
	for i, v := range got {
		if d := math.Abs(float64(v - want[i])); !(d <= most) {
			t.Fatalf("%s: logit %d is %v; expected %v", what, i, v, want[i])
		}
	}
}

func llama(change func(c *model.Config)) model.Config {
	c := model.Config{Family: model.FamilyLlama, Vocab: 11, Context: 64, Width: 16, Heads: 4, KeyValues: 2, Blocks: 2, Inner: 32, Tied: true,
		Activation: model.SiLU, Epsilon: 1e-6, Rotary: model.Rotary{Theta: 500}}
	change(&c)
	return c
}

// kin are models of every kind that is written.
func kin() map[string]model.Config {
	return map[string]model.Config{
		"llama":      llama(func(c *model.Config) {}),
		"wide heads": llama(func(c *model.Config) { c.HeadWidth, c.Tied = 6, false }),
		"qwen2":      llama(func(c *model.Config) { c.Biases = model.BiasQKV }),
		"qwen3":      llama(func(c *model.Config) { c.HeadNorms = true }),
		"biases":     llama(func(c *model.Config) { c.Biases = model.BiasQKV | model.BiasProj | model.BiasMLP }),
		"gated":      llama(func(c *model.Config) { c.Biases = model.BiasMLP }),
		"mistral":    llama(func(c *model.Config) { c.Window = 3 }),
		"linear":     llama(func(c *model.Config) { c.Rotary.Slow, c.Rotary.Factor = model.SlowLinear, 4 }),
		"llama 3.1": llama(func(c *model.Config) {
			c.Rotary = model.Rotary{Theta: 500, Slow: model.SlowLlama3, Factor: 8, Low: 1, High: 4, Original: 32}
		}),
		"listed": llama(func(c *model.Config) { c.Rotary.Listed = true }),
		"gpt2":   {Vocab: 11, Context: 12, Width: 16, Heads: 4, Blocks: 2, Tied: true},
		"untied": {Vocab: 11, Context: 12, Width: 16, Heads: 4, Blocks: 2, Inner: 24},
		"shared": {Vocab: 11, Context: 12, Width: 16, Heads: 4, Blocks: 2, Tied: true, Distinct: 5, Alphabet: "abcdefghijk"},
	}
}

func TestBothFormatsOfAModelGiveTheSameLogits(t *testing.T) {
	check := func(t *testing.T, i *checkpoint.Imported) {
		want := logits(t, i.Model)
		g, s := asGGUF(t, i, typ(quant.F32)), asSafetensors(t, i, typ(quant.F32))
		alike(t, "GGUF", logits(t, g.Model), want, 1e-5)
		alike(t, "safetensors", logits(t, s.Model), want, 1e-5)
		alike(t, "GGUF of safetensors", logits(t, asGGUF(t, s, nil).Model), want, 1e-5)
		alike(t, "safetensors of GGUF", logits(t, asSafetensors(t, g, nil).Model), want, 1e-5)
	}
	for name, c := range kin() {
		t.Run(name, func(t *testing.T) { check(t, random(t, c)) })
	}
	for _, path := range []string{"tiny-llama", "tiny-llama-untied", "stories260K", "stories260K/stories260K.gguf", "tiny-gpt2/weights.safetensors", "tiny-gpt2-untied/weights.safetensors",
		"gguf/llama-q8_0.gguf", "gguf/llama-q4_1.gguf", "gguf/llama-q4_k_m.gguf", "gguf/gpt2-q8_0.gguf"} {
		t.Run(path, func(t *testing.T) { check(t, fixture(t, path)) })
	}
}

func TestNothingIsLeftOpenInWhatIsWritten(t *testing.T) {
	for name, c := range kin() {
		for format, i := range map[string]*checkpoint.Imported{"GGUF": asGGUF(t, random(t, c), nil), "safetensors": asSafetensors(t, random(t, c), nil)} {
			for _, n := range i.Notes {
				t.Errorf("%s as %s: %s", name, format, n)
			}
			want := c
			if format == "GGUF" {
				want.Alphabet = ""
				if want.Rotary.Slow == model.SlowLlama3 {
					want.Rotary = model.Rotary{Theta: c.Rotary.Theta, Listed: true}
				}
			}
			if i.Model.Config != want {
				t.Errorf("%s as %s has the configuration %+v; expected %+v", name, format, i.Model.Config, want)
			}
		}
	}
}

func TestThereAndBackEveryValueIsTheSame(t *testing.T) {
	same := func(t *testing.T, i *checkpoint.Imported, as *quant.Type) {
		once, err := GGUF(i, as, "test", nil)
		back := asSafetensors(t, read(t, once, err), typ(quant.F32))
		twice, err := GGUF(back, as, "test", nil)
		if err != nil {
			t.Fatal(err)
		}
		sameTensors(t, twice.Bytes, once.Bytes)
	}
	for name, c := range kin() {
		for _, as := range Types[:plain] {
			t.Run(name+" "+as.String(), func(t *testing.T) { same(t, random(t, c), typ(as)) })
		}
	}
	for _, path := range []string{"stories260K/stories260K.gguf", "gguf/llama-q4_k_m.gguf", "gguf/gpt2-q8_0.gguf"} {
		t.Run(path, func(t *testing.T) { same(t, fixture(t, path), typ(quant.F32)) })
	}
}

// sameTensors fails unless two files of GGUF hold the same tensors, bit for bit, in whatever order.
func sameTensors(t *testing.T, got, want []byte) {
	t.Helper()
	g, err := gguf.Decode("got", got)
	if err != nil {
		t.Fatal(err)
	}
	w, err := gguf.Decode("want", want)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Tensors) != len(w.Tensors) {
		t.Errorf("there are %d tensors; expected %d", len(g.Tensors), len(w.Tensors))
	}
	for _, x := range w.Tensors {
		y, _ := g.Tensor(x.Name)
		if y.Type != x.Type || !slices.Equal(y.Shape, x.Shape) || !bytes.Equal(y.Data, x.Data) {
			t.Errorf("%s is %s %v, or of other values; expected %s %v", x.Name, y.Type, y.Shape, x.Type, x.Shape)
		}
	}
}

// TestAFileOfTheReferenceIsWrittenAsItWas: names, types, layouts, values and keys.
func TestAFileOfTheReferenceIsWrittenAsItWas(t *testing.T) {
	for _, path := range []string{"stories260K/stories260K.gguf", "gguf/llama-q8_0.gguf", "gguf/llama-q4_1.gguf", "gguf/llama-q4_k_m.gguf", "gguf/gpt2-q8_0.gguf"} {
		t.Run(path, func(t *testing.T) {
			i := fixture(t, path)
			w, err := GGUF(i, nil, "other", nil)
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(filepath.Join(fixtures, path))
			if err != nil {
				t.Fatal(err)
			}
			sameTensors(t, w.Bytes, b)
			f, err := gguf.Decode(path, w.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range i.GGUF.Metadata {
				v, there := f.Value(e.Key)
				if !there || v.Kind() != e.Value.Kind() || v.String() != e.Value.String() {
					t.Errorf("%s is %s; expected %s", e.Key, v, e.Value)
				}
			}
		})
	}
}

// TestTheReferencesBlocksComeOutAgain takes the values of quantised files for those of a model: the largest of a block in Q8_0
// is 127 steps, so each block has one way to be written.
func TestTheReferencesBlocksComeOutAgain(t *testing.T) {
	for _, path := range []string{"gguf/llama-q8_0.gguf", "gguf/gpt2-q8_0.gguf"} {
		b, err := os.ReadFile(filepath.Join(fixtures, path))
		if err != nil {
			t.Skip("the shared fixtures are not here")
		}
		w, err := GGUF(asSafetensors(t, fixture(t, path), typ(quant.F32)), typ(quant.Q8_0), "test", nil)
		if err != nil {
			t.Fatal(err)
		}
		sameTensors(t, w.Bytes, b)
	}
}

func TestFewerBitsGiveNearlyTheSameLogits(t *testing.T) {
	i := fixture(t, "stories260K")
	want := logits(t, i.Model)
	largest := 0.0
	for _, v := range want {
		largest = max(largest, math.Abs(float64(v)))
	}
	for as, most := range map[quant.Type]float64{quant.F16: 0.002, quant.BF16: 0.01, quant.Q8_0: 0.02, quant.Q4_1: 0.3, quant.Q4_0: 0.3} {
		g := asGGUF(t, i, typ(as))
		alike(t, as.String(), logits(t, g.Model), want, most*largest)
		if types := g.Model.Types(); types[0] != as {
			t.Errorf("%s is held as %v", as, types)
		}
	}
}

func TestRowsOfALlamaLieInPairs(t *testing.T) {
	for arch, change := range map[string]func(c *model.Config){"llama": func(*model.Config) {}, "qwen2": func(c *model.Config) { c.Biases = model.BiasQKV }} {
		i := random(t, llama(change))
		w, err := GGUF(i, nil, "test", nil)
		if err != nil {
			t.Fatal(err)
		}
		f, err := gguf.Decode("written", w.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if is, err := f.Text("general.architecture"); is != arch || err != nil {
			t.Errorf("the architecture is %s, %v", is, err)
		}
		for name, ours := range map[string]*model.Tensor{"blk.1.attn_q.weight": i.Model.Layers[1].Query.Weight, "blk.1.attn_k.weight": i.Model.Layers[1].Key.Weight, "blk.1.attn_v.weight": i.Model.Layers[1].Value.Weight} {
			x, _ := f.Tensor(name)
			v, err := x.Float32()
			if err != nil {
				t.Fatal(err)
			}
			order := []int{0, 1, 2, 3}
			if arch == "llama" && !strings.Contains(name, "_v") {
				order = []int{0, 2, 1, 3} // A = 4: number i turns with i + 2
			}
			for r, from := range order {
				if !slices.Equal(v[r*16:][:16], ours.Row(from)) {
					t.Errorf("%s: row %d of %s is not row %d", arch, r, name, from)
				}
			}
		}
	}
}

func TestWhatIsOtherwiseThanAskedForIsSaid(t *testing.T) {
	notes := func(c model.Config, as *quant.Type) string {
		w, err := GGUF(random(t, c), as, "test", nil)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(w.Notes, "\n") + "\n" + w.Types
	}
	slowed := model.Rotary{Theta: 10000, Slow: model.SlowLlama3, Factor: 8, Low: 1, High: 4, Original: 16}
	for want, got := range map[string]string{
		"no whole blocks of Q4_0 are written as F16, as llama.cpp does: token_embd.weight, blk.*.attn_q.weight, blk.*.attn_k.weight": notes(llama(func(*model.Config) {}), typ(quant.Q4_0)),
		"F16 × 13, F32 × 5, Q4_0 × 2":                      notes(llama(func(*model.Config) {}), typ(quant.Q4_0)),
		"look back 3 tokens":                               notes(llama(func(c *model.Config) { c.Window = 3 }), nil),
		"as no qwen3 of llama.cpp has: that program does":  notes(llama(func(c *model.Config) { c.HeadNorms, c.Biases = true, model.BiasQKV|model.BiasProj }), nil),
		"llama.cpp expects in no qwen3: that program does": notes(llama(func(c *model.Config) { c.HeadNorms, c.Rotary = true, slowed }), nil),
		"llama.cpp expects in no qwen2: that program does": notes(llama(func(c *model.Config) { c.Biases, c.Rotary = model.BiasQKV, slowed }), nil),
		"letters that its tokens stand for are left out":   notes(kin()["shared"], nil),
		"without a tokenizer, which llama.cpp needs":       notes(kin()["gpt2"], nil),
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	if plain := notes(llama(func(c *model.Config) { c.Biases, c.Rotary = model.BiasQKV|model.BiasProj, slowed }), nil); strings.Contains(plain, "does not load") {
		t.Errorf("a Llama has the note %q", plain)
	}
	w, err := Safetensors(random(t, kin()["listed"]), nil)
	if err != nil || len(w.Notes) != 1 || !strings.Contains(w.Notes[0], "rope_freqs.weight") {
		t.Errorf("notes %v, %v", w.Notes, err)
	}
	w, err = Safetensors(fixture(t, "stories260K/stories260K.gguf"), nil)
	if err != nil || len(w.Notes) != 1 || !strings.Contains(w.Notes[0], "The tokenizer is left out") || !strings.HasPrefix(w.Types, "F16 × ") {
		t.Errorf("notes %v, types %s, %v", w.Notes, w.Types, err)
	}
}

func TestWhatAFormatHasNoWordForIsRefused(t *testing.T) {
	into := map[string]func(i *checkpoint.Imported) error{
		"GGUF":        func(i *checkpoint.Imported) error { _, err := GGUF(i, nil, "test", nil); return err },
		"Q4_0":        func(i *checkpoint.Imported) error { _, err := Safetensors(i, typ(quant.Q4_0)); return err },
		"safetensors": func(i *checkpoint.Imported) error { _, err := Safetensors(i, nil); return err },
		"F16":         func(i *checkpoint.Imported) error { _, err := GGUF(i, typ(quant.F16), "test", nil); return err },
	}
	gpt2 := func(change func(c *model.Config)) model.Config { c := kin()["gpt2"]; change(&c); return c }
	for want, c := range map[string]struct {
		format string
		config model.Config
	}{
		"its activation is relu":                {"GGUF", gpt2(func(c *model.Config) { c.Activation = model.ReLU })},
		"a llama is computed with silu there":   {"GGUF", llama(func(c *model.Config) { c.Activation = model.ReLU })},
		"scaled otherwise than by √A":           {"GGUF", gpt2(func(c *model.Config) { c.PerBlock = true })},
		"look back 3 tokens from block 1 on":    {"GGUF", llama(func(c *model.Config) { c.Window, c.WindowFrom = 3, 1 })},
		"for which GGUF has no word in a qwen2": {"GGUF", llama(func(c *model.Config) { c.Window, c.Biases = 3, model.BiasQKV })},
		"both by a list and by the way of Llama": {"GGUF", llama(func(c *model.Config) {
			c.Rotary = model.Rotary{Theta: 500, Listed: true, Slow: model.SlowLlama3, Factor: 8, Low: 1, High: 4, Original: 32}
		})},
		"safetensors have no Q4_0": {"Q4_0", kin()["gpt2"]},
	} {
		if err := into[c.format](random(t, c.config)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", c.format, err, want)
		}
	}
	large := random(t, kin()["gpt2"])
	large.Model.WTE.Data()[3] = 70000
	if err := into["F16"](large); err == nil || !strings.Contains(err.Error(), "wte.weight: the value at (3) is 70000, which is too large for F16") {
		t.Errorf("it says %v", err)
	}
}

func TestMetadataGoAlong(t *testing.T) {
	i := random(t, kin()["gpt2"])
	i.Metadata = map[string]string{"name": "small one", "license": "MIT", "task": "none"}
	g := asGGUF(t, i, nil)
	if g.Metadata["name"] != "small one" || g.Metadata["license"] != "MIT" {
		t.Errorf("the metadata are %v", g.Metadata)
	}
	s, err := Safetensors(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("written", s.Bytes)
	if err != nil || f.Metadata["name"] != "small one" || f.Metadata["license"] != "MIT" {
		t.Errorf("the metadata are %v, %v", f.Metadata, err)
	}
}
