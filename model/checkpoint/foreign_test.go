package checkpoint

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
)

// What the files of others hold beside a GPT-2.

// with adds tensors of zeros, all of 4 numbers.
func with(names ...string) func(*safetensors.File) {
	return func(f *safetensors.File) {
		for _, name := range names {
			f.Tensors = append(f.Tensors, safetensors.FromFloat32(name, []int{2, 2}, make([]float32, 4)))
		}
	}
}

// metadata sets an entry of the metadata.
func metadata(key, value string) func(*safetensors.File) {
	return func(f *safetensors.File) { f.Metadata[key] = value }
}

// renamed replaces a part of all names.
func renamed(old, new string) func(*safetensors.File) {
	return func(f *safetensors.File) {
		for i := range f.Tensors {
			f.Tensors[i].Name = strings.ReplaceAll(f.Tensors[i].Name, old, new)
		}
	}
}

func TestWhatTakesNoPartIsLeftOutAndNamed(t *testing.T) {
	type edits = []func(*safetensors.File)
	for note, c := range map[string]edits{
		"":                                   {},
		"h.*.attn.bias and h.*.attn.masked_": {withBuffers},
		"transformer.h.*.attn.mask":          {named("transformer."), with("transformer.h.0.attn.mask", "transformer.h.1.attn.mask")},
		"score.weight":                       {named("transformer."), with("score.weight")},
		"classifier.weight":                  {with("classifier.weight")},
		"v_head.summary.weight":              {named("transformer."), with("v_head.summary.weight", "v_head.summary.bias")},
		"value_head.*.weight":                {named("module.model.transformer."), with("module.value_head.0.weight", "module.value_head.2.weight")},
		"h.*.attn.rotary_emb.inv_freq":       {with("h.0.attn.rotary_emb.inv_freq", "h.0.attn.rotary_emb.cos_cached")},
		"optimizer.state":                    {named("_orig_mod.transformer."), with("optimizer.state")},
		"ema.transformer.wte.weight":         {named("model.transformer."), with("ema.transformer.wte.weight")},
	} {
		m := wide(t, true)
		f := file(t, m)
		for _, edit := range c {
			edit(f)
		}
		i, err := Import("others", encoded(t, f), Options{})
		if err != nil {
			t.Errorf("%s: %v", note, err)
			continue
		}
		sameWeights(t, note, i.Model, m)
		if note != "" && !remarks(i, note) || remarks(i, "take no part") != (note != "") {
			t.Errorf("expected %q in the notes %q", note, i.Notes)
		}
	}
}

func TestAnyPrefixBeforeAllNamesIsTakenOff(t *testing.T) {
	for _, before := range []string{"model.transformer.", "gpt.", "module.", "_orig_mod.module.transformer.", "net.0.h.", "a.b.c.d."} {
		for _, tied := range []bool{true, false} {
			m := wide(t, tied)
			f := file(t, m)
			withoutConfig(f)
			outIn(f)
			named(before)(f)
			for i := range f.Tensors {
				if f.Tensors[i].Name == published.HeadName { // which stands beside the transformer, or within
					f.Tensors[i].Name = before[:strings.IndexByte(before, '.')+1] + published.HeadName
				}
			}
			i, err := Import(before, encoded(t, f), Options{})
			if err != nil || i.Model.Config != m.Config {
				t.Errorf("%s: %v", before, err)
				continue
			}
			sameWeights(t, before, i.Model, m)
		}
	}
}

func TestTheOutputIsFoundWhereverItStands(t *testing.T) {
	for _, head := range []string{"lm_head.weight", "transformer.lm_head.weight", "model.lm_head.weight", "generator.lm_head.weight"} {
		m := wide(t, false)
		f := file(t, m)
		withoutConfig(f)
		named("model.transformer.")(f)
		for i := range f.Tensors {
			if f.Tensors[i].Name == published.HeadName {
				f.Tensors[i].Name = head
			}
		}
		i, err := Import(head, encoded(t, f), Options{})
		if err != nil || i.Model.Config.Tied {
			t.Errorf("%s: %+v, %v", head, i, err)
			continue
		}
		sameWeights(t, head, i.Model, m)
	}
}

func TestOtherNamesOfTheSameParts(t *testing.T) {
	for name, edit := range map[string][]func(*safetensors.File){
		"gains g":     {renamed("h.", "blocks."), renamed("ln_1.weight", "ln_1.g"), renamed("ln_1.bias", "ln_1.b")},
		"picoGPT":     {renamed("h.", "blocks."), renamed("wte.weight", "wte"), renamed("wpe.weight", "wpe"), renamed(".weight", ".w"), renamed(".bias", ".b")},
		"TensorFlow":  {renamed("h.", "model.layers."), renamed("w", "model.w"), renamed("ln_f", "model.ln_f"), renamed("_1.model.weight", "_1.gamma"), renamed(".model.weight", ".w")},
		"lists of h.": {renamed("h.", "decoder.block."), renamed("wte", "decoder.wte"), renamed("wpe", "decoder.wpe"), renamed("ln_f", "decoder.ln_f")},
	} {
		m := wide(t, true)
		f := file(t, m)
		for _, e := range edit {
			e(f)
		}
		i, err := Import(name, encoded(t, f), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sameWeights(t, name, i.Model, m)
	}
}

func TestSomeBiasesMayBeMissing(t *testing.T) {
	for _, missing := range []string{"h.0.ln_1.bias", "ln_f.bias", "attn.c_proj.bias", "ln_", "mlp.c_fc.bias"} {
		m := wide(t, true)
		f := file(t, m)
		f.Tensors = slices.DeleteFunc(f.Tensors, func(t safetensors.Tensor) bool { return model.IsBias(t.Name) && strings.Contains(t.Name, missing) })
		i, err := Import("some", encoded(t, f), Options{})
		if err != nil {
			t.Errorf("without %s: %v", missing, err)
			continue
		}
		for _, p := range m.Parameters() {
			if model.IsBias(p.Name) && strings.Contains(p.Name, missing) {
				clear(p.Data())
			}
		}
		sameWeights(t, missing, i.Model, m)
		if !remarks(i, "lacks some biases, which count as zero: ") {
			t.Errorf("without %s the notes are %q", missing, i.Notes)
		}
	}
}

func TestTheInnerSizeFollowsFromTheShapes(t *testing.T) {
	for _, inner := range []int{32, 64, 96, 128, 1000} {
		for _, edits := range [][]func(*safetensors.File){{}, {withoutConfig}, {withoutConfig, outIn}} {
			m, err := model.New(model.Config{Vocab: 7, Context: 5, Width: 64, Heads: 1, Blocks: 2, Tied: true, Inner: inner})
			if err != nil {
				t.Fatal(err)
			}
			m.Randomize(1)
			f := file(t, m)
			for _, edit := range edits {
				edit(f)
			}
			i, err := Import("inner", encoded(t, f), Options{})
			if err != nil || i.Model.Config != m.Config {
				t.Errorf("an inner size of %d: %+v, %v", inner, i, err)
				continue
			}
			sameWeights(t, "inner", i.Model, m)
			tr, err := i.Model.Forward([]int{1, 2})
			if err != nil || tr.Step("h.0.mlp.gelu").Cols != inner || tr.Step("h.0.mlp.gelu").ColAxis != model.AxisInner {
				t.Errorf("an inner size of %d: %v", inner, err)
			}
			if c := m.Config; c.Account().Parameters() != c.Parameters() {
				t.Errorf("the account of an inner size of %d has %d parameters; expected %d", inner, c.Account().Parameters(), c.Parameters())
			}
		}
	}
}

func TestDoublesAreReadAndNoted(t *testing.T) {
	m := wide(t, true)
	f := file(t, m)
	for i := range f.Tensors {
		v, _ := f.Tensors[i].Float32()
		f.Tensors[i].DType, f.Tensors[i].Data = safetensors.F64, nil
		for _, x := range v {
			f.Tensors[i].Data = binary.LittleEndian.AppendUint64(f.Tensors[i].Data, math.Float64bits(float64(x)))
		}
	}
	i, err := Import("doubles", encoded(t, f), Options{})
	if err != nil || !remarks(i, "64 bits") {
		t.Fatalf("read as %+v, %v", i, err)
	}
	sameWeights(t, "doubles", i.Model, m)
}

func TestMetadataOfOthersCountForNothingAgainstTheShapes(t *testing.T) {
	for config, want := range map[string]struct {
		heads int // in the model; 0: the file does not say
		note  string
	}{
		`{"vocab_size": 7, "n_positions": 5, "n_embd": 64, "n_layer": 2, "n_head": 4, "architectures": ["GPT2LMHeadModel"], "task_specific_params": {"a": [1]}}`: {4, ""},
		`{"n_head": 2}`:                {2, ""},
		`{"num_attention_heads": 8}`:   {8, ""},
		`{"n_head": 4, "bias": true}`:  {4, ""},
		`gpt2-small`:                   {0, `"gpt2-small", is no configuration`},
		`{"n_head": 4`:                 {0, "is no configuration"},
		`["n_head"]`:                   {0, "is no configuration"},
		``:                             {0, "is no configuration"},
		`{"n_head": 5}`:                {0, "does not divide C = 64"},
		`{"n_head": 0}`:                {0, "does not divide C = 64"},
		`{"n_head": -4}`:               {0, "does not divide C = 64"},
		`{"n_head": 2.5}`:              {0, "does not divide C = 64"},
		`{"n_head": null}`:             {0, ""},
		`{"n_head": "4"}`:              {4, ""},
		`{"n_embd": 32, "n_head": 4}`:  {0, "contradict its metadata in n_embd = 32; the shapes count"},
		`{"n_layer": 12, "n_head": 4}`: {0, "n_layer = 12"},
		`{"n_positions": 1024, "vocab_size": 8, "n_head": 4}`: {4, "vocab_size = 8 and n_positions = 1024"},
		`{"block_size": 5, "vocab_size": 7.5, "n_head": 4}`:   {4, "vocab_size = 7.5"},
		`{"vocab_size": 1e300}`:                               {0, "vocab_size = 1e+300"},
		`{"n_head": 4, "alphabet": "abc"}`:                    {4, "does not have 7 different characters"},
		`{"n_head": 4, "alphabet": "aabcdef"}`:                {4, "does not have 7 different characters"},
	} {
		f := file(t, wide(t, true))
		metadata("config", config)(f)
		metadata("format", "pt")(f)
		b := encoded(t, f)
		i, err := Import("others", b, Options{})
		if err != nil {
			t.Errorf("%s: %v", config, err)
			continue
		}
		heads := max(want.heads, 1) // C/64
		if c := (model.Config{Vocab: 7, Context: 5, Width: 64, Heads: heads, Blocks: 2, Tied: true}); i.Model.Config != c || !remarks(i, want.note) && want.note != "" {
			t.Errorf("%s: %+v with the notes %q; expected %d heads, %q", config, i.Model.Config, i.Notes, heads, want.note)
		}
		most := 0
		if remarks(i, "tanh form of GELU is assumed") {
			most++
		}
		if remarks(i, "C/64 is assumed") != (want.heads == 0) || want.note == "" && want.heads != 0 && len(i.Notes) > most {
			t.Errorf("%s: the notes are %q", config, i.Notes)
		}
		seen, err := Inspect("others", b, int64(len(b)))
		if err != nil || seen.Asserted != (want.heads != 0) || seen.Config.Heads != heads || fmt.Sprint(seen.Notes) != fmt.Sprint(i.Notes) {
			t.Errorf("%s: its header says %+v, %v", config, seen, err)
		}
		for _, n := range i.Notes {
			if strings.Contains(n.Error(), "nil") {
				t.Errorf("%s: %v", config, n)
			}
		}
	}
}

func TestHeadsThatAreAskedForReplaceThoseOfTheFile(t *testing.T) {
	f := file(t, wide(t, true))
	i, err := Import("file", encoded(t, f), Options{Heads: 8})
	if err != nil || i.Model.Config.Heads != 8 || !remarks(i, "in its metadata is 1; 8 was asked for") {
		t.Errorf("read as %+v, %v", i, err)
	}
}

func TestAnotherFamilyIsNamed(t *testing.T) {
	for want, edits := range map[string][]func(*safetensors.File){
		"the family GPT-Neo":                   {renamed("attn.c_attn", "attn.attention.q_proj")},
		"the family GPT-1":                     {renamed("wte", "tokens_embed"), renamed("wpe", "positions_embed")},
		"the family OPT":                       {func(f *safetensors.File) { f.Tensors = nil }, with("decoder.layers.0.fc1.weight", "decoder.layers.0.self_attn.q_proj.weight")},
		"model.embed_tokens.weight is missing": {func(f *safetensors.File) { f.Tensors = nil }, with("model.layers.0.self_attn.q_proj.weight")},
		"an adapter (LoRA)":                    {named("base_model.model.transformer."), with("base_model.model.transformer.h.0.attn.c_attn.lora_A.weight")},
		"rounded to few":                       {renamed("mlp.c_fc.weight", "mlp.c_fc.qweight")},
	} {
		f := file(t, wide(t, true))
		withoutConfig(f)
		for _, edit := range edits {
			edit(f)
		}
		b := encoded(t, f)
		_, err := Import("others", b, Options{})
		_, early := Inspect("others", b, int64(len(b)))
		if err == nil || !strings.Contains(err.Error(), want) || early == nil || early.Error() != err.Error() {
			t.Errorf("refused with %v, and by the header with %v; expected %s", err, early, want)
		}
	}
}

func TestAFileThatIsNoSafetensorsIsNamed(t *testing.T) {
	b := encoded(t, file(t, wide(t, true)))
	for want, content := range map[string][]byte{
		"weights: this is an image (PNG)":                      []byte("\x89PNG\r\n\x1a\n\x00\x00"),
		"weights: the file is empty":                           {},
		"weights: the file is incomplete: it ends after 3 byt": b[:3],
		"weights: the file is incomplete: it ends after 8 byt": b[:8],
		"weights: the file is incomplete: it ends inside of i": b[:200],
		"of 405840 B only 405839 B are here (missing: 1 B)":    b[:len(b)-1],
		"of 396.3 kB only 390.6 kB are here (missing: 5.7 kB)": b[:400000],
	} {
		_, err := Import("weights", content, Options{})
		_, early := Inspect("weights", content, int64(len(content)))
		if err == nil || !strings.Contains(err.Error(), want) || early == nil || early.Error() != err.Error() {
			t.Errorf("refused with %v, and by the header with %v; expected %s", err, early, want)
		}
	}
}
