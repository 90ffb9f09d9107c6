package checkpoint

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
)

// importWith reads a model of testdata with some settings of its configuration changed: name to the text of a value in JSON;
// one of "" is left out.
func importWith(t *testing.T, folder string, settings map[string]string) (*Imported, error) {
	t.Helper()
	return importAsked(t, folder, settings, Options{})
}

// importAsked does the same with options.
func importAsked(t *testing.T, folder string, settings map[string]string, o Options) (*Imported, error) {
	t.Helper()
	weights, err := os.ReadFile("../testdata/" + folder + "/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile("../testdata/" + folder + "/config.json")
	if err != nil {
		t.Fatal(err)
	}
	fields, err := safetensors.ParseObject(string(config))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for name, v := range fields {
		switch v := v.(type) {
		case string:
			all[name] = strconv.Quote(v)
		case float64:
			all[name] = strconv.FormatFloat(v, 'g', -1, 64)
		case bool:
			all[name] = strconv.FormatBool(v)
		case safetensors.Nested:
			all[name] = string(v)
		}
	}
	maps.Copy(all, settings)
	var list []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] != "" {
			list = append(list, strconv.Quote(name)+": "+all[name])
		}
	}
	text := "{" + strings.Join(list, ", ") + "}"
	return ImportFiles([]File{{Name: "model.safetensors", Bytes: weights}, {Name: "config.json", Bytes: []byte(text)}}, o)
}

func TestSettingsThatAreNotComputedAreRefusedByName(t *testing.T) {
	for name, value := range map[string]string{
		"model_type": `"mixtral"`, "hidden_act": `"quick_gelu"`, "hidden_activation": `"xielu"`,
		"rope_scaling":          `{"type": "yarn", "factor": 4}`,
		"partial_rotary_factor": "0.5", "rotary_pct": "0.25", "embedding_multiplier": "12", "residual_multiplier": "0.22", "logits_scaling": "8", "logit_scale": "0.0625",
		"attention_multiplier": "0.0078125", "query_pre_attn_scalar": "256", "final_logit_softcapping": "30", "attn_logit_softcapping": "50", "clip_qkv": "8",
		"scale_emb": "12", "scale_depth": "1.4", "dim_model_base": "256", "sliding_window_pattern": "6", "attention_chunk_size": "8192", "rope_local_base_freq": "10000",
		"num_local_experts": "8", "num_experts": "60", "n_routed_experts": "64", "moe_intermediate_size": "1408", "num_nextn_predict_layers": "1", "num_kv_shared_layers": "10",
		"no_rope_layers": "[1, 1, 1, 0]", "no_rope_layer_interval": "4", "quantization_config": `{"quant_method": "gptq", "bits": 4}`, "compression_config": `{"format": "pack"}`,
		"use_qk_norm": "true", "qk_layernorm": "true", "alibi": "true", "use_parallel_residual": "true", "rope_interleaved": "true", "rope_interleave": "true",
		"attn_temperature_tuning": "true", "is_encoder_decoder": "true", "add_cross_attention": "true", "use_bidirectional_attention": "true",
		"is_causal": "false", "scale_attn_weights": "false", "use_rope": "false",
		"layer_types": `["sliding_attention", "full_attention"]`,
	} {
		_, err := importWith(t, "tiny-llama3", map[string]string{name: value})
		if err == nil {
			t.Errorf("%s = %s is ignored", name, value)
			continue
		}
		if value, _ := strconv.Unquote(value); !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), value) {
			t.Errorf("%s = %s is refused without saying so: %v", name, value, err)
		}
	}
}

func TestFamiliesThatAreNotComputedAreRefusedByName(t *testing.T) {
	for _, family := range []string{"mixtral", "gemma", "gemma2", "gemma3_text", "phi3", "cohere", "cohere2", "smollm3", "granite", "olmo2", "gpt_oss", "qwen2_moe",
		"qwen3_moe", "deepseek_v3", "stablelm", "minicpm", "exaone", "llama4_text", "internlm", "mllama"} {
		if _, err := importWith(t, "tiny-llama", map[string]string{"model_type": strconv.Quote(family)}); err == nil || !strings.Contains(err.Error(), "model_type = "+family) {
			t.Errorf("%s: %v", family, err)
		}
	}
	if _, err := importWith(t, "tiny-llama", map[string]string{"model_type": "", "architectures": `["Phi3ForCausalLM"]`}); err == nil || !strings.Contains(err.Error(), "phi3") {
		t.Errorf("a family that only its program names: %v", err)
	}
	refusedAs := func(list, want string) {
		t.Helper()
		if _, err := importWith(t, "tiny-llama", map[string]string{"architectures": list}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", list, err, want)
		}
	}
	refusedAs(`["Llama\u0046orSequenceClassification"]`, "architectures = LlamaForSequenceClassification")
	refusedAs(`["An,other", "LlamaForTokenClassification" ]`, "architectures = LlamaForTokenClassification")
	if _, err := importWith(t, "tiny-llama", map[string]string{"model_type": "", "architectures": `["LlamaForCausalLM"]`}); err != nil {
		t.Errorf("Llama, which only its program names: %v", err)
	}
}

func TestRotationsThatAreNotComputedAreRefusedByName(t *testing.T) {
	for value, want := range map[string]string{
		`{"rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 16}`: "rope_type = yarn",
		`{"type": "dynamic", "factor": 2}`:                                           "type = dynamic",
		`{"rope_type": "longrope", "short_factor": [1], "factor": 4}`:                "rope_type = longrope",
		`{"type": "mrope", "mrope_section": [16, 24, 24]}`:                           "type = mrope",
		`{"type": "linear", "rope_type": "ntk", "factor": 2}`:                        "rope_type = ntk",
		`{"rope_type": "default", "partial_rotary_factor": 0.5}`:                     "partial_rotary_factor = 0.5",
		`{"full_attention": {"rope_type": "default", "rope_theta": 1e6}}`:            "full_attention = …",
		`{"rope_type": "linear"}`:                                                    "factor",
		`{"rope_type": "llama3", "factor": 8}`:                                       "low_freq_factor",
	} {
		for _, name := range []string{"rope_parameters", "rope_scaling"} {
			if _, err := importWith(t, "tiny-llama", map[string]string{name: value}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s = %s: %v; expected %s", name, value, err, want)
			}
		}
	}
}

func TestKindsOfLayersThatAreNotComputedAreRefused(t *testing.T) {
	for _, kinds := range []string{`["sliding_attention", "full_attention"]`, `["full_attention", "chunked_attention"]`, `["linear_attention", "full_attention"]`,
		`["full_attention", "sliding_attention", "sliding_attention"]`} {
		for _, window := range []string{"5", ""} {
			if _, err := importWith(t, "tiny-mistral", map[string]string{"layer_types": kinds, "sliding_window": window}); err == nil || !strings.Contains(err.Error(), "layer_types") {
				t.Errorf("%s: %v", kinds, err)
			}
		}
	}
}

func TestWindowsFollowTheDefaultsOfEachFamily(t *testing.T) {
	for _, c := range []struct {
		folder       string
		settings     map[string]string
		window, from int
	}{
		{"tiny-mistral", map[string]string{"sliding_window": ""}, 4096, 0},
		{"tiny-mistral", map[string]string{"sliding_window": "null"}, 0, 0},
		{"tiny-mistral", map[string]string{"layer_types": `["full_attention", "sliding_attention"]`}, 5, 1},
		{"tiny-qwen2-window", map[string]string{"layer_types": ""}, 5, 1},
		{"tiny-qwen2-window", map[string]string{"layer_types": "", "max_window_layers": ""}, 0, 0},
		{"tiny-qwen2-window", map[string]string{"layer_types": "", "use_sliding_window": ""}, 0, 0},
		{"tiny-qwen2-window", map[string]string{"layer_types": "", "use_sliding_window": "false"}, 0, 0},
		{"tiny-qwen3", map[string]string{"layer_types": "", "sliding_window": "7"}, 0, 0},
	} {
		i, err := importWith(t, c.folder, c.settings)
		if err != nil {
			t.Fatalf("%s with %v: %v", c.folder, c.settings, err)
		}
		if got := i.Model.Config; got.Window != c.window || got.WindowFrom != c.from {
			t.Errorf("%s with %v has a window of %d from block %d; expected %d from %d", c.folder, c.settings, got.Window, got.WindowFrom, c.window, c.from)
		}
	}
}

func TestWhatTheConfigurationAsksForMustBeThere(t *testing.T) {
	for _, c := range []struct{ folder, setting, value, want string }{
		{"tiny-llama3", "attention_bias", "true", "self_attn.q_proj.bias is missing"},
		{"tiny-llama3", "mlp_bias", "true", "mlp.gate_proj.bias is missing"},
		{"tiny-llama3", "tie_word_embeddings", "false", "lm_head.weight is missing"},
	} {
		if _, err := importWith(t, c.folder, map[string]string{c.setting: c.value}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s = %s: %v; expected %s", c.setting, c.value, err, c.want)
		}
	}
	for setting, folder := range map[string]string{"attention_bias": "tiny-llama-linear", "mlp_bias": "tiny-llama-linear", "tie_word_embeddings": "tiny-mistral"} {
		value := "false"
		if setting == "tie_word_embeddings" {
			value = "true"
		}
		i, err := importWith(t, folder, map[string]string{setting: value})
		if err != nil || len(i.Notes) != 1 {
			t.Errorf("%s = %s, which the tensors contradict: %v, expected one note", setting, value, err)
		}
	}
}

func TestWhatIsAddedInNormsIsThatOfTheFamilyIfNothingIsSaid(t *testing.T) {
	for family, want := range map[string]float32{`"llama"`: 1e-6, "": 1e-5} {
		i, err := importWith(t, "tiny-llama3", map[string]string{"model_type": family, "architectures": "", "rms_norm_eps": ""})
		if err != nil {
			t.Fatal(err)
		}
		if got := i.Model.Config.Epsilon; got != want || len(i.Notes) != 1 || !strings.Contains(i.Notes[0].Sentence(), "norms") {
			t.Errorf("of the family %s it is %v, with the notes %v; expected %v and one note", family, got, i.Notes, want)
		}
	}
}

// ggufWith returns a file of testdata with keys changed.
func ggufWith(t *testing.T, folder string, change func(*gguf.File)) []byte {
	t.Helper()
	b, err := os.ReadFile("../testdata/" + folder + "/model.gguf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := gguf.Decode("model.gguf", b)
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	if b, err = gguf.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestKeysOfGGUFThatAreNotComputedAreRefusedByName(t *testing.T) {
	for key, value := range map[string]gguf.Value{
		"general.architecture": gguf.Of("gemma2"), "llama.rope.scaling.type": gguf.Of("yarn"), "llama.rope.dimension_sections": gguf.ListOf([]int32{16, 24, 24, 0}),
		"llama.rope.dimension_count": gguf.Of(uint32(4)), "llama.attention.scale": gguf.Of(float32(0.5)), "llama.attention.causal": gguf.Of(false),
		"llama.embedding_scale": gguf.Of(float32(12)), "llama.residual_scale": gguf.Of(float32(0.22)), "llama.logit_scale": gguf.Of(float32(0.125)),
		"llama.rope.scaling.attn_factor": gguf.Of(float32(1.2)), "llama.attention.max_alibi_bias": gguf.Of(float32(8)), "llama.attention.clamp_kqv": gguf.Of(float32(8)),
		"llama.attn_logit_softcapping": gguf.Of(float32(50)), "llama.final_logit_softcapping": gguf.Of(float32(30)), "llama.expert_count": gguf.Of(uint32(8)),
		"llama.use_parallel_residual": gguf.Of(true), "llama.attention.sliding_window_pattern": gguf.ListOf([]bool{true, false}),
		"llama.attention.head_count_kv": gguf.ListOf([]uint32{2, 4}),
	} {
		_, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(f *gguf.File) { f.Set(key, value) }), Options{})
		named := strings.TrimPrefix(key, "llama.")
		if theirs := map[string]string{"general.architecture": "gemma2", "llama.rope.scaling.type": "rope_type = yarn", "llama.rope.dimension_count": "partial_rotary_factor",
			"llama.expert_count": "num_local_experts"}[key]; theirs != "" {
			named = theirs
		}
		if err == nil || !strings.Contains(err.Error(), named) {
			t.Errorf("%s = %v: %v", key, value, err)
		}
	}
	for _, family := range []string{"gemma", "gemma3", "qwen2moe", "qwen2vl", "phi3", "command-r", "granite", "smollm3", "gpt-oss"} {
		_, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(f *gguf.File) { f.Set("general.architecture", gguf.Of(family)) }), Options{})
		if err == nil || !strings.Contains(err.Error(), family) {
			t.Errorf("%s: %v", family, err)
		}
	}
}

func TestKeysOfGGUFThatChangeNothingAreRead(t *testing.T) {
	i, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(f *gguf.File) {
		for key, value := range map[string]gguf.Value{"attention.scale": gguf.Of(float32(0)), "attention.causal": gguf.Of(true), "logit_scale": gguf.Of(float32(0)),
			"expert_count": gguf.Of(uint32(0)), "rope.scaling.type": gguf.Of("none"), "rope.scaling.factor": gguf.Of(float32(8)),
			"rope.dimension_sections": gguf.ListOf([]uint32{0, 0, 0, 0})} {
			f.Set("llama."+key, value)
		}
	}), Options{})
	if err != nil || len(i.Notes) > 0 || i.Model.Config.Rotary.Slow != model.SlowNone {
		t.Fatalf("%v, %v", i, err)
	}
}

func TestAKeyOfGGUFThatIsUnknownIsNamed(t *testing.T) {
	i, err := Import("model.gguf", ggufWith(t, "tiny-llama3", func(f *gguf.File) { f.Set("llama.attention.gate_softness", gguf.Of(float32(2))) }), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(i.Notes) != 1 || !strings.Contains(i.Notes[0].Sentence(), "llama.attention.gate_softness") {
		t.Errorf("the notes are %v", i.Notes)
	}
}

func TestAFactorWithoutAKindSlowsAllPairs(t *testing.T) {
	i, err := Import("model.gguf", ggufWith(t, "tiny-qwen2", func(f *gguf.File) { f.Set("qwen2.rope.scaling.factor", gguf.Of(float32(4))) }), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := i.Model.Config.Rotary; r.Slow != model.SlowLinear || r.Factor != 4 {
		t.Errorf("the rotation is %+v", r)
	}
}
