package checkpoint

import (
	"os"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
)

// refusedFor fails unless an error names all of these.
func refusedFor(t *testing.T, what string, err error, names ...string) {
	t.Helper()
	for _, name := range names {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v; expected that it is refused for %s", what, err, name)
		}
	}
}

func TestNumbersMayBeWrittenAsTexts(t *testing.T) {
	want, err := importWith(t, "tiny-llama3", nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := importWith(t, "tiny-llama3", map[string]string{"hidden_size": `"24"`, "num_attention_heads": `" 4"`, "rms_norm_eps": `"1e-05"`, "vocab_size": `"31"`,
		"tie_word_embeddings": "1", "attention_bias": "0"})
	if err != nil || len(got.Notes) != 0 {
		t.Fatalf("%v, %v", got, err)
	}
	if got.Model.Config != want.Model.Config {
		t.Errorf("read as %+v; expected %+v", got.Model.Config, want.Model.Config)
	}
}

func TestSettingsOfTheWrongKindAreRefusedByName(t *testing.T) {
	for name, values := range map[string][]string{
		"hidden_size": {`"many"`, "[48]", "true"}, "num_attention_heads": {"2.5", "0", "-6", `"six"`, "[6]"}, "max_position_embeddings": {"0", "1.5", "{}"},
		"rms_norm_eps": {"[1e-5]", "true"}, "rope_theta": {`"fast"`, "false"}, "tie_word_embeddings": {`"yes"`, "2", "[]"}, "model_type": {"3"},
		"hidden_act": {"1", "[]"}, "layer_types": {`"full_attention"`, "{}"}, "sliding_window": {"-1", "2.5", `"wide"`}, "max_window_layers": {"-1"},
		"rope_scaling": {`"linear"`, "2", "[]", "true"}, "rope_parameters": {"10000", `[{}]`}, "num_key_value_heads": {`"few"`},
		"rope_scaling.factor":                           {`{"rope_type": "linear", "factor": "x"}`, `{"rope_type": "linear", "factor": [2]}`},
		"rope_parameters.rope_theta":                    {`{"rope_type": "default", "rope_theta": true}`},
		"rope_parameters.rope_type":                     {`{"rope_type": 3}`},
		"rope_scaling.original_max_position_embeddings": {`{"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": {}}`},
		"final_logit_softcapping":                       {`"30"`, "[30]"}, "partial_rotary_factor": {`"0.5"`}, "residual_multiplier": {"true"}, "alibi": {`"yes"`}, "num_experts": {`"8"`},
	} {
		for _, value := range values {
			setting, _, _ := strings.Cut(name, ".")
			_, err := importWith(t, "tiny-llama3", map[string]string{setting: value})
			refusedFor(t, setting+" = "+value, err, name)
		}
	}
	for _, name := range []string{"rope_scaling", "sliding_window", "final_logit_softcapping", "head_dim"} {
		if _, err := importWith(t, "tiny-llama3", map[string]string{name: "null"}); err != nil {
			t.Errorf("%s = null: %v", name, err)
		}
	}
	for _, config := range []string{`{"n_head": [4]}`, `{"n_head": 4, "activation_function": 3}`, `{"n_head": 4, "layer_norm_epsilon": "small"}`} {
		f := file(t, wide(t, true))
		metadata("config", config)(f)
		_, err := Import("gpt2", encoded(t, f), Options{})
		refusedFor(t, config, err, "can't be understood")
	}
}

func TestAFactorWithoutAKindOfRotationIsRefused(t *testing.T) {
	_, err := importWith(t, "tiny-llama", map[string]string{"rope_scaling": `{"factor": 4}`})
	refusedFor(t, "a factor", err, "rope_scaling.factor = 4")
}

// The old object counts as a whole, as it does to transformers.
func TestRotationsAreReadInTheOldPlaceAndInTheNew(t *testing.T) {
	for _, c := range []struct {
		settings map[string]string
		theta    float64
		slow     model.Slowing
	}{
		{map[string]string{"rope_theta": "500"}, 500, model.SlowNone},
		{map[string]string{"rope_theta": "", "rope_parameters": `{"rope_type": "default", "rope_theta": 700}`}, 700, model.SlowNone},
		{map[string]string{"rope_theta": "500", "rope_parameters": `{"rope_type": "linear", "factor": 2, "rope_theta": 700}`}, 700, model.SlowLinear},
		{map[string]string{"rope_theta": "500", "rope_scaling": `{"type": "linear", "factor": 2}`, "rope_parameters": `{"rope_type": "default", "rope_theta": 700}`}, 500, model.SlowLinear},
		{map[string]string{"rope_theta": "500", "rope_scaling": "{}", "rope_parameters": `{"rope_type": "linear", "factor": "2", "rope_theta": "700"}`}, 700, model.SlowLinear},
	} {
		i, err := importWith(t, "tiny-llama", c.settings)
		if err != nil {
			t.Fatalf("%v: %v", c.settings, err)
		}
		if r := i.Model.Config.Rotary; r.Theta != c.theta || r.Slow != c.slow {
			t.Errorf("%v is read as %+v", c.settings, r)
		}
	}
}

func TestSettingsThatAreUnknownAreNamed(t *testing.T) {
	i, err := importWith(t, "tiny-llama3", map[string]string{"gate_softness": "2", "attention_dropout": "0.1", "residual_multiplier": "1"})
	if err != nil || len(i.Notes) != 1 || !remarks(i, "unknown here, and were left out: gate_softness.") {
		t.Errorf("%v, %v", i, err)
	}
}

func TestAnOutputThatIsAssumedToBeTiedIsSaid(t *testing.T) {
	i, err := importWith(t, "tiny-llama3", map[string]string{"tie_word_embeddings": ""})
	if err != nil || !i.Model.Config.Tied || len(i.Notes) != 1 || !remarks(i, "no lm_head.weight, and does not say") {
		t.Errorf("%v, %v", i, err)
	}
	f := file(t, wide(t, true))
	metadata("config", `{"n_head": 1, "model_type": "gpt2", "tie_word_embeddings": false}`)(f)
	_, err = Import("gpt2", encoded(t, f), Options{})
	refusedFor(t, "an untied GPT-2 without an output", err, "lm_head.weight is missing")
}

// changedLlama returns a small Llama with a configuration, after a change of its tensors.
func changedLlama(t *testing.T, config string, change func(f *safetensors.File)) []File {
	t.Helper()
	b, err := os.ReadFile("../testdata/tiny-llama3/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("model.safetensors", b)
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	return []File{{Name: "model.safetensors", Bytes: encoded(t, f)}, text("config.json", config)}
}

func TestModelsOfOtherTasksAreRefusedByName(t *testing.T) {
	for _, head := range []string{"score.weight", "classifier.weight", "classifier.dense.weight", "qa_outputs.weight", "model.v_head.summary.weight"} {
		_, err := ImportFiles(changedLlama(t, `{"model_type": "llama"}`, with(head)), Options{})
		refusedFor(t, head, err, head, "another task")
	}
	for _, program := range []string{"LlamaForSequenceClassification", "Qwen2ForTokenClassification", "MistralForQuestionAnswering"} {
		_, err := importWith(t, "tiny-llama3", map[string]string{"architectures": `["` + program + `"]`})
		refusedFor(t, program, err, "architectures = "+program)
	}
	f := file(t, wide(t, true))
	metadata("config", `{"n_head": 1, "model_type": "gpt2", "architectures": ["GPT2ForSequenceClassification"]}`)(f)
	_, err := Import("gpt2", encoded(t, f), Options{})
	refusedFor(t, "a classifier", err, "architectures = GPT2ForSequenceClassification")
}

func TestFilesOfGGUFThatAreNoModelsAreRefusedByTheirType(t *testing.T) {
	for _, kind := range []string{"adapter", "mmproj", "imatrix", "vocab"} {
		b := ggufWith(t, "tiny-llama3", func(f *gguf.File) { f.Set("general.type", gguf.Of(kind)) })
		_, err := Import("model.gguf", b, Options{})
		refusedFor(t, kind, err, "of the type "+kind)
	}
	if _, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(f *gguf.File) { f.Set("general.type", gguf.Of("model")) }), Options{}); err != nil {
		t.Error(err)
	}
}

func TestSettingsOfGGUFOfTheWrongKindAreRefusedByName(t *testing.T) {
	for key, value := range map[string]gguf.Value{"rope.scaling.factor": gguf.Of("four"), "rope.scaling.type": gguf.Of(uint32(2)), "rope.dimension_count": gguf.Of("all"),
		"rope.freq_base": gguf.Of("fast"), "rope.freq_base_swa": gguf.Of(float32(1e4)), "rope.scaling.alpha": gguf.Of(float32(4)), "attention.output_scale": gguf.Of(float32(2))} {
		_, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(f *gguf.File) { f.Set("llama."+key, value) }), Options{})
		refusedFor(t, key, err, key)
	}
	without := func(f *gguf.File) {
		for i, e := range f.Metadata {
			if e.Key == "llama.attention.head_count" {
				f.Metadata[i].Key = "llama.left_out"
			}
		}
	}
	_, err := Import("model.gguf", ggufWith(t, "tiny-llama3", without), Options{})
	refusedFor(t, "no heads", err, "llama.attention.head_count", "does not have this key")
}

// splitGGUF returns a model as llama.cpp splits it: n parts with all tensors among them, the first with the metadata.
func splitGGUF(t *testing.T, folder string, n int) (files []File) {
	t.Helper()
	for no := range n {
		b := ggufWith(t, folder, func(f *gguf.File) {
			var mine []gguf.Tensor
			for i, tensor := range f.Tensors {
				if i*n/len(f.Tensors) == no {
					mine = append(mine, tensor)
				}
			}
			if f.Tensors = mine; no > 0 {
				f.Metadata = nil
			}
			f.Set("split.no", gguf.Of(uint16(no)))
			f.Set("split.count", gguf.Of(uint16(n)))
		})
		files = append(files, File{Name: strings.Replace("m-0000#-of-00003.gguf", "#", string(rune('1'+no)), 1), Bytes: b})
	}
	return files
}

func TestAModelInSeveralPartsOfGGUFIsJoined(t *testing.T) {
	whole, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(*gguf.File) {}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	parts := splitGGUF(t, "tiny-llama3", 3)
	for _, order := range [][]File{parts, {parts[2], parts[0], parts[1]}} {
		i, err := ImportFiles(order, Options{})
		if err != nil || i.Model.Config != whole.Model.Config || len(i.Notes) > 0 {
			t.Fatalf("%v, %v", i, err)
		}
		sameWeights(t, "parts", i.Model, whole.Model)
		if seen, err := InspectFiles(order); err != nil || seen.Config != whole.Model.Config || len(seen.Members) != 3 {
			t.Errorf("their headers say %+v, %v", seen, err)
		}
	}
	_, err = ImportFiles(parts[1:], Options{})
	refusedFor(t, "two of three", err, "files are missing: m-00001-of-00003.gguf")
	if seen, err := InspectFiles(parts[:1]); err != nil || strings.Join(seen.Missing, " ") != "m-00002-of-00003.gguf m-00003-of-00003.gguf" {
		t.Errorf("one of three: %+v, %v", seen, err)
	}
	_, err = ImportFiles([]File{parts[0], parts[0]}, Options{})
	refusedFor(t, "one part twice", err, "several models")
	_, err = ImportFiles([]File{parts[0], {Name: "whole.gguf", Bytes: ggufWith(t, "tiny-qwen2", func(*gguf.File) {})}}, Options{})
	refusedFor(t, "two models", err, "several models")
}
