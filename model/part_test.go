package model_test

import (
	"testing"

	. "glassbox/model"
)

// TestANameHoldsForAnyModel: whatever GPT-2 has and a Llama has as well is found under its name there.
func TestANameHoldsForAnyModel(t *testing.T) {
	gpt2 := Config{Vocab: 9, Context: 4, Width: 12, Heads: 6, Blocks: 3}
	relu := gpt2
	relu.Activation = ReLU
	llama := Config{Family: FamilyLlama, Vocab: 9, Context: 4, Width: 12, Heads: 6, KeyValues: 2, Blocks: 3, Activation: SiLU, Rotary: Rotary{Theta: 100}}
	for name, want := range map[string][3]string{
		"tokens":                      {"tokens", "tokens", "tokens"},
		"wte.weight":                  {"wte.weight", "wte.weight", "model.embed_tokens.weight"},
		"lm_head.weight":              {"lm_head.weight", "lm_head.weight", "lm_head.weight"},
		"embed.sum":                   {"embed.sum", "embed.sum", "embed.token"},
		"ln_f":                        {"ln_f", "ln_f", "norm_f"},
		"ln_f.weight":                 {"ln_f.weight", "ln_f.weight", "model.norm.weight"},
		"h.0.ln_1":                    {"h.0.ln_1", "h.0.ln_1", "h.0.norm_1"},
		"h.last.ln_2":                 {"h.2.ln_2", "h.2.ln_2", "h.2.norm_2"},
		"h.1.ln_2.weight":             {"h.1.ln_2.weight", "h.1.ln_2.weight", "model.layers.1.post_attention_layernorm.weight"},
		"h.0.mlp.gelu":                {"h.0.mlp.gelu", "h.0.mlp.relu", "h.0.mlp.silu"},
		"h.last.mlp.c_fc.weight":      {"h.2.mlp.c_fc.weight", "h.2.mlp.c_fc.weight", "model.layers.2.mlp.up_proj.weight"},
		"h.0.attn.head.4.key":         {"h.0.attn.head.4.key", "h.0.attn.head.4.key", "h.0.attn.group.1.key"},
		"h.0.attn.head.last.value":    {"h.0.attn.head.5.value", "h.0.attn.head.5.value", "h.0.attn.group.1.value"},
		"h.last.attn.head.last.query": {"h.2.attn.head.5.query", "h.2.attn.head.5.query", "h.2.attn.head.5.query"},
		"h.1.attn.proj":               {"h.1.attn.proj", "h.1.attn.proj", "h.1.attn.proj"},
	} {
		for i, c := range []Config{gpt2, relu, llama} {
			got := c.NameHere(name)
			if got != want[i] {
				t.Errorf("%s is %s in model %d; expected %s", name, got, i, want[i])
			}
			if infos, err := Outline(c, 2); err != nil || !hasName(infos, got) {
				t.Errorf("model %d has no %s (%v)", i, got, err)
			}
		}
	}
}

// TestANameOfAnyBlockOrHeadStaysOne, and what is no name of a step stays as it is.
func TestANameOfAnyBlockOrHeadStaysOne(t *testing.T) {
	llama := Config{Family: FamilyLlama, Vocab: 9, Context: 4, Width: 12, Heads: 6, KeyValues: 2, Blocks: 3, Activation: SiLU, Rotary: Rotary{Theta: 100}}
	for name, want := range map[string]string{
		"h.*.ln_1": "h.*.norm_1", "h.0.attn.head.*.key": "h.0.attn.group.*.key", "h.*.mlp.c_proj.weight": "model.layers.*.mlp.down_proj.weight",
		"h.*.residual_2": "h.*.residual_2", "": "", "h.last": "h.last", "h.": "h.", "h.0.attn.head.x.key": "h.0.attn.group.x.key",
	} {
		if got := llama.NameHere(name); got != want {
			t.Errorf("%q is %q; expected %q", name, got, want)
		}
	}
	if got := (Config{Family: FamilyLlama}).NameHere("h.last.attn.head.last.key"); got != "h.0.attn.group.0.key" {
		t.Errorf("without sizes, it is %q", got)
	}
}

func hasName(infos []Info, name string) bool {
	for _, i := range infos {
		if i.Name == name {
			return true
		}
	}
	return false
}
