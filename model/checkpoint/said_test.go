package checkpoint

import (
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

// tensorsNamed returns a file of small tensors of these names.
func tensorsNamed(t *testing.T, names string) []byte {
	t.Helper()
	f := &safetensors.File{}
	for name := range strings.FieldsSeq(names) {
		f.Tensors = append(f.Tensors, safetensors.FromFloat32(name, []int{2, 2}, []float32{1, 2, 3, 4}))
	}
	return encoded(t, f)
}

// TestARefusedModelIsNamedAsItsConfigurationSays, and not after another family whose tensors have such names.
func TestARefusedModelIsNamedAsItsConfigurationSays(t *testing.T) {
	const (
		embed     = "model.embed_tokens.weight "
		attention = embed + "model.layers.0.self_attn.q_proj.weight model.layers.0.self_attn.k_proj.weight "
		experts   = attention + "model.layers.0.mlp.experts.0.gate_proj.weight"
		gated     = attention + "model.layers.0.mlp.gate_up_proj.weight"
		upDown    = attention + "model.layers.0.mlp.up_proj.weight model.layers.0.mlp.down_proj.weight"
		whole     = upDown + " model.layers.0.mlp.gate_proj.weight model.layers.0.post_feedforward_layernorm.weight"
		mixing    = attention + "model.layers.1.linear_attn.A_log"
		latent    = attention + "model.layers.0.self_attn.kv_a_proj_with_mqa.weight"
		mixture   = attention + "model.layers.0.block_sparse_moe.gate.weight"
		twoSides  = "model.encoder.layers.0.self_attn.q_proj.weight model.decoder.layers.0.self_attn.q_proj.weight model.decoder.layers.0.encoder_attn.q_proj.weight model.decoder.layers.0.fc1.weight"
		ownNames  = "transformer.wte.weight transformer.h.0.attn.c_q.weight transformer.h.0.attn.c_k.weight"
	)
	for family, names := range map[string]string{
		"glm": gated, "glm4": gated, "nemotron": upDown, "apertus": upDown, "arcee": upDown, "lfm2": embed + "model.layers.0.conv.conv.weight", "llama4_text": experts,
		"nanochat": ownNames, "jais2": upDown, "xglm": embed + "model.layers.0.fc1.weight model.layers.0.self_attn.q_proj.weight", "persimmon": embed + "model.layers.0.self_attn.query_key_value.weight",
		"moshi": "decoder.model.layers.0.self_attn.q_proj.linear.weight", "jetmoe": embed + "model.layers.0.self_attention.experts.router.layer.weight",
		"recurrent_gemma": embed + "model.layers.0.temporal_block.linear_x.weight", "minimax": mixture, "whisper": twoSides, "gpt_oss": experts, "olmoe": experts, "afmoe": experts,
		"qwen3_next": mixing, "jamba": mixing, "falcon_h1": mixing, "exaone4": whole, "olmo3": whole, "mistral4": latent, "youtu": latent, "bart": twoSides,
		"granitemoe": mixture, "phimoe": mixture,
	} {
		config := `{"model_type": "` + family + `", "hidden_size": 2, "num_hidden_layers": 1, "num_attention_heads": [1, 2]}`
		files := []File{{Name: "model.safetensors", Bytes: tensorsNamed(t, names)}, {Name: "config.json", Bytes: []byte(config)}}
		want := "config.json says model_type = " + family + ": "
		if _, err := ImportFiles(files, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is refused so:\n%v", family, err)
		}
		if _, err := InspectFiles(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is refused by its header so:\n%v", family, err)
		}
	}
}

// TestAModelOfASupportedFamilyIsRefusedForWhatIsWrongWithIt: its configuration explains nothing.
func TestAModelOfASupportedFamilyIsRefusedForWhatIsWrongWithIt(t *testing.T) {
	for _, family := range []string{"llama", "mistral", "qwen2", "qwen3", "gpt2"} {
		files := []File{{Name: "model.safetensors", Bytes: tensorsNamed(t, "model.embed_tokens.weight model.layers.0.self_attn.q_proj.weight")},
			{Name: "config.json", Bytes: []byte(`{"model_type": "` + family + `", "hidden_size": 2, "num_hidden_layers": 1}`)}}
		if _, err := ImportFiles(files, Options{}); err == nil || !strings.Contains(err.Error(), "mlp.gate_proj.weight is missing") {
			t.Errorf("%s is refused so:\n%v", family, err)
		}
	}
}
