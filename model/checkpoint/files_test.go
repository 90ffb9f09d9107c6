package checkpoint

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// half returns a file with those tensors of another that are of its first or second half.
func half(f *safetensors.File, second bool) *safetensors.File {
	at := len(f.Tensors) / 2
	out := &safetensors.File{Metadata: map[string]string{"format": "pt"}, Tensors: f.Tensors[:at]}
	if second {
		out.Tensors = f.Tensors[at:]
	}
	return out
}

// shardsOf returns a model without a configuration in two files, and the text of their index.
func shardsOf(t testing.TB, m *model.Model) (first, second []byte, index string) {
	t.Helper()
	f := file(t, m)
	named("transformer.")(f)
	var list []string
	for i, tensor := range f.Tensors {
		list = append(list, fmt.Sprintf(`"%s": "model-0000%d-of-00002.safetensors"`, tensor.Name, 1+i/(len(f.Tensors)/2)))
		if i == len(f.Tensors)-1 && len(f.Tensors)%2 == 1 {
			list[i] = fmt.Sprintf(`"%s": "model-00002-of-00002.safetensors"`, tensor.Name)
		}
	}
	index = `{"metadata": {"total_size": 1}, "weight_map": {` + strings.Join(list, ", ") + "}}"
	return encoded(t, half(f, false)), encoded(t, half(f, true)), index
}

const (
	firstShard  = "model-00001-of-00002.safetensors"
	secondShard = "model-00002-of-00002.safetensors"
	indexFile   = "model.safetensors.index.json"
)

func text(name, content string) File { return File{Name: name, Bytes: []byte(content)} }

func TestFilesThatBelongTogetherAreOneModel(t *testing.T) {
	m := wide(t, true)
	a, b, index := shardsOf(t, m)
	f := file(t, m)
	withoutConfig(f)
	whole := encoded(t, f)
	adapter := encoded(t, &safetensors.File{Tensors: []safetensors.Tensor{safetensors.FromFloat32("base_model.model.h.0.attn.c_attn.lora_A.weight", []int{1}, []float32{1})}})
	one, two := File{Name: firstShard, Bytes: a}, File{Name: secondShard, Bytes: b}
	for note, files := range map[string][]File{
		"":                                       {one, two},
		"C/64 is assumed":                        {two, one, text(indexFile, index)},
		"README.md":                              {one, two, text("README.md", "# A model\n"), text(".gitignore", "*\n")},
		"cat.png":                                {{Name: "cat.png", Bytes: []byte("\x89PNG\r\n\x1a\n")}, {Name: "model.safetensors", Bytes: whole}},
		"pytorch_model.bin":                      {{Name: "pytorch_model.bin", Bytes: []byte("\x80\x02}q")}, {Name: "m.gguf", Bytes: []byte("GGUF\x03\x00\x00\x00    ")}, {Name: "model.safetensors", Bytes: whole}},
		"left out: pytorch_model.bin.index.json": {text("pytorch_model.bin.index.json", strings.ReplaceAll(index, ".safetensors", ".bin")), {Name: "model.safetensors", Bytes: whole}},
		"left out: " + indexFile:                 {text(indexFile, index), {Name: "w.safetensors", Bytes: encoded(t, func() *safetensors.File { g := file(t, m); named("transformer.")(g); return g }())}},
		"left out: consolidated.safetensors":     {one, two, text(indexFile, index), {Name: "consolidated.safetensors", Bytes: a}},
		"left out: adapter_model.safetensors":    {{Name: "adapter_model.safetensors", Bytes: adapter}, {Name: "model.safetensors", Bytes: whole}},
		"can't be read, and was ignored":         {one, two, text(indexFile, index[:len(index)-3])},
		"left out: gpt/checkpoint-5/model.safe":  {{Name: "gpt/model.safetensors", Bytes: whole}, {Name: "gpt/checkpoint-5/model.safetensors", Bytes: whole}},
	} {
		i, err := ImportFiles(files, Options{})
		if err != nil {
			t.Errorf("%s: %v", note, err)
			continue
		}
		sameWeights(t, note, i.Model, m)
		if note != "" && !remarks(i, note) {
			t.Errorf("expected %q in the notes %q", note, i.Notes)
		}
		seen, err := InspectFiles(headsOf(files))
		if err != nil || len(seen.Missing) > 0 || seen.Config.Width != 64 || len(seen.Members) != len(files) || fmt.Sprint(seen.Notes) != fmt.Sprint(i.Notes) {
			t.Errorf("%s: the headers say %+v, %v", note, seen, err)
		}
	}
}

// headsOf returns files of which only the first bytes are here.
func headsOf(files []File) (heads []File) {
	for _, f := range files {
		first := f.Bytes[:min(len(f.Bytes), 256)]
		heads = append(heads, File{Name: f.Name, Bytes: f.Bytes[:HeadBytes(first, f.Of())], Size: f.Of()})
	}
	return heads
}

func TestShardsAreKnownByWhatTheyHold(t *testing.T) {
	m := wide(t, false)
	a, b, index := shardsOf(t, m)
	for _, files := range [][]File{
		{{Name: "first.safetensors", Bytes: a}, {Name: "second.safetensors", Bytes: b}},
		{{Name: "model-00001-of-00002 (1).safetensors", Bytes: a}, {Name: "download", Bytes: b}, text("index", index)},
		{{Name: firstShard, Bytes: a}, {Name: "download", Bytes: b}},
		{{Name: firstShard, Bytes: a}, {Name: "gpt/" + secondShard, Bytes: b}}, // dropped one by one
	} {
		i, err := ImportFiles(files, Options{})
		if err != nil {
			t.Errorf("%s and %s: %v", files[0].Name, files[1].Name, err)
			continue
		}
		sameWeights(t, files[1].Name, i.Model, m)
	}
}

func TestWhatKeepsFilesFromBeingAModelIsNamed(t *testing.T) {
	m := wide(t, true)
	a, b, index := shardsOf(t, m)
	whole := encoded(t, file(t, m))
	one, two := File{Name: firstShard, Bytes: a}, File{Name: secondShard, Bytes: b}
	extra := encoded(t, &safetensors.File{Tensors: []safetensors.Tensor{safetensors.FromFloat32("more", []int{1}, []float32{1})}})
	pointer := "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5000\n"
	for want, files := range map[string][]File{
		"files are missing: " + secondShard:                    {one},
		"files are missing: " + firstShard:                     {two, text(indexFile, index)},
		"files are missing: " + firstShard + " and ":           {text(indexFile, index)},
		secondShard + ": this is a pointer of Git LFS":         {one, text(secondShard, pointer)},
		secondShard + ": the file is incomplete":               {one, {Name: secondShard, Bytes: b[:len(b)-9]}},
		"is missing, which should be in this file, as model":   {{Name: firstShard, Bytes: b}, {Name: secondShard, Bytes: a}, text(indexFile, index)},
		"stands both in " + firstShard + " and in":             {one, {Name: secondShard, Bytes: a}},
		"this is part 3 of 2; expected 1 to 2":                 {one, two, {Name: "model-00003-of-00002.safetensors", Bytes: extra}},
		"model-00003-of-00003.safetensors: this file is no":    {one, two, text(indexFile, index), {Name: "model-00003-of-00003.safetensors", Bytes: extra}},
		"extra.safetensors: this file is no part of the model": {one, two, text(indexFile, index), {Name: "extra.safetensors", Bytes: extra}},
		"several models: a.safetensors and b.safetensors":      {{Name: "a.safetensors", Bytes: whole}, {Name: "b.safetensors", Bytes: whole}},
		"several models: " + firstShard + " and c":             {{Name: "c.safetensors", Bytes: whole}, one, two},
		"several models: x/model.safetensors and y/model":      {{Name: "x/model.safetensors", Bytes: whole}, {Name: "y/model.safetensors", Bytes: whole}},
		"config.json: this is the configuration of a model":    {text("config.json", `{"n_embd": 64}`)},
		"the weights are missing: there are only config.json":  {text("config.json", `{"n_embd": 64}`), text("merges.txt", "#version: 0.2\n"), text("notes.txt", "hello, reader")},
		"model.safetensors: this is a pointer of Git LFS":      {text("config.json", `{"n_embd": 64}`), text("model.safetensors", pointer)},
		"pytorch_model.bin: this is a pickle":                  {text("config.json", `{"n_embd": 64}`), text("pytorch_model.bin", "\x80\x02}q")},
		"none of these files is a model":                       {text("README.md", "# Hello, reader\n"), {Name: "cat.png", Bytes: []byte("\x89PNG\r\n\x1a\n")}},
	} {
		_, err := ImportFiles(files, Options{Heads: 1})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("refused with %v; expected %q", err, want)
			continue
		}
		seen, early := InspectFiles(headsOf(files))
		if early == nil && len(seen.Missing) == 0 || early != nil && early.Error() != err.Error() {
			t.Errorf("%s: the headers say %+v, %v", want, seen, early)
		}
	}
}

func TestWhatIsMissingIsToldFromTheHeaders(t *testing.T) {
	a, _, index := shardsOf(t, wide(t, true))
	for want, files := range map[string][]File{
		"[" + secondShard + "] false":                   {{Name: "gpt/" + firstShard, Bytes: a}},
		"[" + firstShard + " " + secondShard + "] true": {text(indexFile, index), text("config.json", `{"n_head": 2}`)},
		"[model.safetensors] true":                      {text("tokenizer.json", `{"version": "1.0", "added_tokens": [], "model": {}}`)},
	} {
		seen, err := InspectFiles(files)
		if err != nil {
			t.Errorf("%s: %v", want, err)
		} else if got := fmt.Sprint(seen.Missing, " ", seen.Weightless); strings.ReplaceAll(got, "]  ", "] ") != want {
			t.Errorf("missing are %s; expected %s", got, want)
		}
	}
}

func TestAConfigurationBesideTheWeightsIsReadLikeTheirMetadata(t *testing.T) {
	for config, want := range map[string]struct {
		heads int
		note  string
	}{
		`{"n_head": 4, "activation_function": "relu"}`:                {4, "taken from config.json: n_head = 4 and activation_function = relu."},
		`{"n_head": 4, "n_layer": 12}`:                                {1, "contradict config.json in n_layer = 12; the shapes count"},
		`{"n_head": 5}`:                                               {1, "heads in config.json can't be"},
		`{"n_embd": 64, "n_head": `:                                   {1, "config.json can't be read, and was ignored: "},
		`{"model_type": "gpt2", "n_head": 2, "vocab_size": 7}`:        {2, "activation_function = gelu_new"},
		`{"n_head": 8, "alphabet": "abc"}`:                            {8, "alphabet in config.json does not have 7"},
		`{"n_head": 2, "tied": true, "architectures": ["GPT2Model"]}`: {2, "n_head = 2"},
	} {
		f := file(t, wide(t, true))
		withoutConfig(f)
		i, err := ImportFiles([]File{{Name: "gpt/model.safetensors", Bytes: encoded(t, f)}, text("gpt/config.json", config)}, Options{})
		if err != nil || i.Model.Config.Heads != want.heads || !remarks(i, want.note) {
			t.Errorf("%s: %+v, %v; expected %d heads, %q", config, i, err, want.heads, want.note)
		}
	}
	f := file(t, wide(t, true))
	withoutConfig(f)
	metadata("config", `{"n_head": 4}`)(f)
	i, err := ImportFiles([]File{{Name: "model.safetensors", Bytes: encoded(t, f)}, text("config.json", `{"n_head": 2, "activation_function": "silu"}`)}, Options{})
	if err != nil || i.Model.Config.Heads != 4 || i.Model.Config.Activation != model.SiLU || !remarks(i, "differ in n_head; the metadata count") {
		t.Errorf("of two configurations: %+v, %v", i, err)
	}
	_, err = ImportFiles([]File{{Name: "model.safetensors", Bytes: encoded(t, f)}, text("config.json", `{"n_embd": 64, "layer_norm_epsilon": 5}`)}, Options{})
	if err == nil || !strings.Contains(err.Error(), "layer_norm_epsilon = 5") {
		t.Errorf("what is not computed is refused with %v", err)
	}
}

func TestWhatBelongsToATokenizerIsHandedOn(t *testing.T) {
	f := file(t, wide(t, true))
	i, err := ImportFiles([]File{
		{Name: "model.safetensors", Bytes: encoded(t, f)},
		text("a", `{"version": "1.0", "added_tokens": [], "normalizer": null, "model": {"type": "BPE"}}`),
		text("b", `{"tokenizer_class": "GPT2Tokenizer", "model_max_length": 1024}`),
		text("vocab.json", `{"!": 0, "\"": 1}`), text("d", "#version: 0.2\nĠ t\n"),
		text("e", `{"_from_model_config": true, "eos_token_id": 3}`), text("f", `{"bos_token": "<s>", "eos_token": {"content": "</s>"}}`),
		text("old/tokenizer.json", `{"added_tokens": [], "decoder": null}`), text("g", `{"bos_token": "<t>"}`),
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range i.Beside {
		got = append(got, string(c.Role)+" "+c.File.Name)
	}
	want := "generation e, merges d, special g, tokenizer a, tokenizerConfig b, vocabulary vocab.json"
	if list := strings.Join(got, ", "); list != want || remarks(i, "not read here") || !remarks(i, "left out: f and old/tokenizer.json.") {
		t.Errorf("handed on are %s, with the notes %q; expected %s", list, i.Notes, want)
	}
}

func TestAModelIsNamedAfterItsFolderWhereItsFilesAreNamedLikeAll(t *testing.T) {
	f := file(t, wide(t, true))
	a, b, _ := shardsOf(t, wide(t, true))
	whole := encoded(t, f)
	for want, files := range map[string][]File{
		"gpt2":             {{Name: "gpt2/model.safetensors", Bytes: whole}},
		"deep":             {{Name: "a/deep/" + firstShard, Bytes: a}, {Name: "a/deep/" + secondShard, Bytes: b}},
		"mine.safetensors": {{Name: "gpt2/mine.safetensors", Bytes: whole}},
		"model":            {{Name: firstShard, Bytes: a}, {Name: secondShard, Bytes: b}},
	} {
		if seen, err := InspectFiles(files); err != nil || seen.Name != want {
			t.Errorf("named %+v, %v; expected %s", seen, err, want)
		}
	}
}

func TestAFileIsClassifiedByItsContent(t *testing.T) {
	for content, want := range map[string]foreign.Kind{
		`{"n_embd": 64}`: foreign.Config, `{"a": 0, "b": 1}`: "", `{"tokenizer_class": "X", "n_layer": 3}`: foreign.Config, `[1, 2]`: "",
		`{"` + strings.Repeat(`x", "`, 3): "", `{"error": "not found"}`: "", `{"peft_type": "LORA", "n_layer": 1}`: "",
	} {
		if got, _ := foreign.Classify("file", []byte(content), int64(len(content))); got != want {
			t.Errorf("%s is %q; expected %q", content, got, want)
		}
	}
}

// FuzzImportFiles holds that no index and no configuration makes the import of two parts panic, take a tensor twice, or
// refuse without a reason that reads like one.
func FuzzImportFiles(f *testing.F) {
	m := small(f, true)
	a, b, index := shardsOf(f, m)
	f.Add(firstShard, index, `{"n_head": 2}`)
	f.Add("x.safetensors", `{"weight_map": {"a": "../../x.safetensors"}}`, `{"n_head": "`)
	f.Add("model-00001-of-99999999999.safetensors", `{"weight_map": {"": ""}}`, ``)
	f.Add("-of-1", `{"weight_map": [1]}`, `{"n_layer": 1e9}`)
	f.Fuzz(func(t *testing.T, name, index, config string) {
		files := []File{{Name: name, Bytes: a}, {Name: secondShard, Bytes: b}, text("i", index), text("c", config)}
		seen, early := InspectFiles(files)
		i, err := ImportFiles(files, Options{Heads: 1})
		switch {
		case err != nil && (fault.Of(err).Kind == "" || strings.Contains(err.Error(), "%!")):
			t.Fatalf("refused with %q, which has no kind or is no sentence", err)
		case err == nil && (early != nil || len(seen.Missing) > 0):
			t.Fatalf("the headers lack %v, %v", seen, early)
		case err == nil:
			sameWeights(t, name, i.Model, m)
		case early == nil && len(seen.Missing) == 0 && seen.Config.Width == 0:
			t.Fatalf("the headers say nothing, and the import %v", err)
		}
	})
}
