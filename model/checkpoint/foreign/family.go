package foreign

import (
	"slices"
	"strings"

	"glassbox/model/fault"
)

// Family returns which model has tensors of these names, if it is one that is known and no GPT-2: its name, and what
// is supported. It returns nil if nothing tells.
func Family(names []string) *fault.Fault {
	for _, special := range []struct {
		marks []string
		is    *fault.Fault
	}{
		{[]string{".lora_A.", ".lora_B.", ".lora_a.", ".lora_b.", ".lora_up.", ".lora_down.", ".lora_embedding_A."},
			fault.New("familyAdapter", "this is an adapter (LoRA), which only changes another model; merge it into that with peft in Python "+
				"(model.merge_and_unload()), and write the whole with save_pretrained")},
		{[]string{".qweight.", ".qzeros.", ".SCB.", ".absmax.", ".weight_packed.", ".weight_scale.", ".weight_scale_inv.", ".weight.quant_state."},
			fault.New("familyRounded", "the weights are rounded to few bits (as by GPTQ, AWQ or bitsandbytes); open the model from which it was made, in float32, float16 or bfloat16")},
	} {
		if anyHas(names, special.marks...) {
			return special.is
		}
	}
	for _, f := range families() {
		if f.fits(names) {
			return fault.New("familyOther", "this is a model of the family %s, which is computed differently; supported are GPT-2, "+
				"also as nanoGPT and minGPT train it, and Llama with its kin: Mistral, SmolLM2, TinyLlama, Qwen2 and Qwen3", f.name)
		}
	}
	return nil
}

// A family is a kind of model, and parts of the names of its tensors: some name has each of them.
type family struct {
	name  string
	parts []string // ".wq." is a whole word between points
}

func (f family) fits(names []string) bool {
	return !slices.ContainsFunc(f.parts, func(part string) bool { return !anyHas(names, part) })
}

// anyHas reports whether any of the names has any of the parts.
func anyHas(names []string, parts ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		dotted := "." + name + "."
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(dotted, part) })
	})
}

// families lists the families. The first one that fits counts: one whose names another one has as well stands behind it.
func families() []family {
	return []family{
		{"GPT-Neo", []string{".attn.attention.q_proj."}},
		{"CodeGen", []string{".attn.qkv_proj.", ".mlp.fc_in."}},
		{"GPT-J", []string{".attn.q_proj.", ".mlp.fc_in."}},
		{"GPT-NeoX / Pythia", []string{".attention.query_key_value.", ".mlp.dense_h_to_4h.", ".layers."}},
		{"BLOOM", []string{".word_embeddings_layernorm."}},
		{"BLOOM", []string{".self_attention.query_key_value.", ".post_attention_layernorm.", ".h."}},
		{"Falcon", []string{".self_attention.query_key_value.", ".h."}},
		{"ChatGLM", []string{".self_attention.query_key_value."}},
		{"MPT", []string{".attn.Wqkv.", ".ffn.up_proj."}},
		{"GPT-1", []string{".tokens_embed.", ".attn.c_attn."}},
		{"modded-nanoGPT / nanochat", []string{".attn.c_q.", ".attn.c_k."}},
		{"DistilBERT", []string{".attention.q_lin.", ".ffn.lin1."}},
		{"XLM", []string{".q_lin."}},
		{"ALBERT", []string{".albert_layer_groups."}},
		{"DeBERTa", []string{".query_proj.", ".rel_embeddings."}},
		{"ViT", []string{".embeddings.patch_embeddings."}},
		{"Wav2Vec2", []string{".feature_extractor.conv_layers."}},
		{"BERT / RoBERTa", []string{".attention.self.query."}},
		{"T5", []string{".SelfAttention.q."}},
		{"Whisper", []string{".encoder.conv1.", ".encoder_attn."}},
		{"CLIP", []string{".text_model.", ".vision_model."}},
		{"CLIP", []string{".visual.", ".text_projection."}},
		{"SigLIP / CLIP", []string{".vision_model."}},
		{"BART", []string{".encoder.layers.", ".encoder_attn."}},
		{"OPT", []string{".self_attn.q_proj.", ".fc1.", ".embed_positions."}},
		{"OPT", []string{".decoder.layers.", ".self_attn.q_proj.", ".fc1."}},
		{"Mixtral / GraniteMoE / PhiMoE", []string{".block_sparse_moe."}},
		{"DeepSeek / Mistral 4", []string{".self_attn.kv_a_proj_with_mqa."}},
		{"Qwen-MoE / OLMoE / GPT-OSS", []string{".mlp.experts.", ".self_attn.q_proj."}},
		{"Gemma 3", []string{".pre_feedforward_layernorm.", ".self_attn.q_norm."}},
		{"Gemma 2", []string{".pre_feedforward_layernorm."}},
		{"OLMo 2 / EXAONE 4", []string{".post_feedforward_layernorm.", ".self_attn.q_proj."}},
		{"Phi-3", []string{".self_attn.qkv_proj.", ".mlp.gate_up_proj."}},
		{"Phi", []string{".self_attn.dense.", ".mlp.fc1."}},
		{"Phi", []string{".mixer.Wqkv."}},
		{"StarCoder 2", []string{".self_attn.q_proj.", ".mlp.c_fc."}},
		{"Qwen", []string{".attn.c_attn.", ".mlp.w1.", ".mlp.w2."}},
		{"Llama in Meta’s own format", []string{".attention.wq."}},
		{"Llama in Meta’s own format", []string{".tok_embeddings."}},
		{"Mamba", []string{".mixer.A_log."}},
		{"Mamba / Jamba / Qwen3-Next", []string{".A_log."}},
		{"RWKV", []string{".att.time_decay."}},
		{"RWKV", []string{".attention.time_decay."}},
		{"RWKV", []string{".att.receptance."}},
		{"RWKV", []string{".attention.receptance."}},
		{"RetNet", []string{".retention."}},
		{"Hyena", []string{".mixer.filter_fn."}},
		{"Megatron", []string{".language_model.encoder.layers."}},
		{"Let’s build GPT (Karpathy’s lecture)", []string{".token_embedding_table."}},
		{"Build a Large Language Model (Raschka’s book)", []string{".trf_blocks."}},
		{"TransformerLens", []string{".attn.W_Q."}},
		{"TransformerLens", []string{".W_E."}},
		{"Stable Diffusion", []string{".down_blocks."}},
		{"Stable Diffusion", []string{".model.diffusion_model."}},
		{"Stable Diffusion", []string{".double_blocks."}},
		{"ViT", []string{".patch_embed."}},
		{"ViT", []string{".class_token."}},
		{"ViT", []string{".cls_token."}},
		{"ConvNeXt", []string{".dwconv."}},
		{"ResNet", []string{".layer1.0.conv1."}},
		{"ResNet", []string{".bn1."}},
		{"ResNet", []string{".encoder.stages.0.layers.0."}},
		{"VGG / AlexNet", []string{".features.0."}},
		{"YOLO", []string{".model.0.conv."}},
		{"LSTM", []string{".weight_ih_l0."}},
		{"nn.Transformer (PyTorch)", []string{".self_attn.in_proj_weight."}},
	}
}
