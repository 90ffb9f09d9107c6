package foreign

import (
	"strings"
	"testing"
)

func TestFamiliesAreKnownByTheNamesOfTheirTensors(t *testing.T) {
	for names, want := range map[string]string{
		"transformer.wte.weight transformer.wpe.weight transformer.h.0.attn.attention.q_proj.weight transformer.h.0.mlp.c_fc.weight": "GPT-Neo,",
		"transformer.wte.weight transformer.h.0.attn.q_proj.weight transformer.h.0.mlp.fc_in.weight":                                 "GPT-J,",
		"transformer.h.0.attn.qkv_proj.weight transformer.h.0.mlp.fc_in.weight":                                                      "CodeGen",
		"gpt_neox.embed_in.weight gpt_neox.layers.0.attention.query_key_value.weight gpt_neox.layers.0.mlp.dense_h_to_4h.weight":     "GPT-NeoX / Pythia",
		"tokens_embed.weight positions_embed.weight h.0.attn.c_attn.weight h.0.ln_1.weight":                                          "GPT-1",
		"model.decoder.embed_positions.weight model.decoder.layers.0.self_attn.q_proj.weight model.decoder.layers.0.fc1.weight":      "OPT",
		"word_embeddings.weight word_embeddings_layernorm.weight h.0.self_attention.query_key_value.weight":                          "BLOOM",
		"transformer.word_embeddings.weight transformer.h.0.self_attention.query_key_value.weight":                                   "Falcon",
		"tok_embeddings.weight layers.0.attention.wq.weight":                                                                         "Llama,",
		"model.layers.0.pre_feedforward_layernorm.weight model.layers.0.self_attn.q_proj.weight":                                     "Gemma 2",
		"model.layers.0.self_attn.dense.weight model.layers.0.mlp.fc1.weight model.layers.0.self_attn.q_proj.weight":                 "Phi,",
		"model.layers.0.self_attn.qkv_proj.weight model.layers.0.mlp.gate_up_proj.weight":                                            "Phi-3",
		"bert.embeddings.word_embeddings.weight bert.encoder.layer.0.attention.self.query.weight":                                    "BERT / RoBERTa",
		"distilbert.transformer.layer.0.attention.q_lin.weight distilbert.transformer.layer.0.ffn.lin1.weight":                       "DistilBERT",
		"shared.weight encoder.block.0.layer.0.SelfAttention.q.weight":                                                               "T5",
		"backbone.layers.0.mixer.A_log backbone.layers.0.mixer.conv1d.weight":                                                        "Mamba",
		"blocks.0.att.time_decay blocks.0.att.key.weight emb.weight":                                                                 "RWKV",
		"base_model.model.transformer.h.0.attn.c_attn.lora_A.weight":                                                                 "an adapter (LoRA)",
		"model.layers.0.self_attn.q_proj.qweight":                                                                                    "rounded to few bits",
		"vit.embeddings.patch_embeddings.projection.weight vit.encoder.layer.0.attention.attention.query.weight":                     "ViT",
		"patch_embed.proj.weight blocks.0.attn.qkv.weight":                                                                           "ViT",
		"text_model.encoder.layers.0.self_attn.q_proj.weight vision_model.encoder.layers.0.self_attn.q_proj.weight":                  "CLIP",
		"conv1.weight layer1.0.conv1.weight":                                                                                         "ResNet",
		"model.encoder.conv1.weight model.decoder.layers.0.encoder_attn.q_proj.weight":                                               "Whisper",
		"token_embedding_table.weight blocks.0.sa.heads.0.key.weight":                                                                "Karpathy",
		"tok_emb.weight trf_blocks.0.att.W_query.weight":                                                                             "Raschka",
		"embed.W_E blocks.0.attn.W_Q": "TransformerLens",
		"rnn.weight_ih_l0":            "LSTM",
	} {
		if f := Family(strings.Fields(names)); f == nil || !strings.Contains(f.Error(), want) {
			t.Errorf("%s is said to be: %v; expected %s", names, f, want)
		}
	}
}

func TestAGPT2IsOfNoOtherFamily(t *testing.T) {
	names := strings.Fields("wte.weight wpe.weight h.0.ln_1.weight h.0.ln_1.bias h.0.attn.c_attn.weight h.0.attn.c_attn.bias h.0.attn.bias " +
		"h.0.attn.masked_bias h.0.attn.c_proj.weight h.0.ln_2.weight h.0.mlp.c_fc.weight h.0.mlp.c_proj.bias ln_f.weight lm_head.weight")
	for _, before := range []string{"", "transformer.", "module.", "_orig_mod.transformer.", "model.transformer.", "gpt."} {
		for i := range names {
			names[i] = before + names[i]
		}
		if f := Family(names); f != nil {
			t.Errorf("%s: %v", before, f)
		}
		for i := range names {
			names[i] = names[i][len(before):]
		}
	}
}

func FuzzFamily(f *testing.F) {
	f.Add("model.embed_tokens.weight", "")
	f.Add(".", "h.0.attn.attention.q_proj")
	f.Fuzz(func(t *testing.T, a, b string) {
		one, both := Family([]string{a, b}), Family([]string{b, a})
		if (one == nil) != (both == nil) || one != nil && one.Error() != both.Error() {
			t.Fatalf("%q and %q are %v, in the other order %v", a, b, one, both)
		}
	})
}
