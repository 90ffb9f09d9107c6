package published

import (
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// IsGGUF reports whether a file that begins so is one of GGUF.
func IsGGUF(head []byte) bool { return strings.HasPrefix(string(head[:min(4, len(head))]), "GGUF") }

// A GGUF is a file of GGUF in the words of the published models.
type GGUF struct {
	f       *gguf.File
	File    string
	Arch    string            // "llama", "qwen2", "qwen3" or "gpt2"
	Tensors []Tensor          // by their published names
	Names   map[string]string // of each published name, what the file calls the tensor
	Fields  Fields            // the configuration
	Unread  []string          // keys of the configuration that are unknown here
	Rows    []int             // of a model whose tokens share rows: that of each token; else nil
}

// ReadGGUF translates a file.
func ReadGGUF(f *gguf.File, file string) (*GGUF, error) {
	g := &GGUF{f: f, File: file, Names: map[string]string{}, Fields: Fields{}}
	if kind, err := f.Text("general.type"); err == nil && kind != "model" {
		return nil, g.Refuse(fault.New("ggufOther", "this file of GGUF is of the type %s, and no model by itself; expected the file of the model", safetensors.Legible(kind)))
	}
	var err error
	if g.Arch, err = f.Text("general.architecture"); err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"gpt2", "llama", "qwen2", "qwen3"}, g.Arch) {
		return nil, g.Refuse(fault.New("familyOther", "this is a model of the family %s, which is computed differently; supported are GPT-2, "+
			"also as nanoGPT and minGPT train it, and Llama with its kin: Mistral, SmolLM2, TinyLlama, Qwen2 and Qwen3", safetensors.Legible(g.Arch)))
	}
	if err := g.configure(); err != nil {
		return nil, err
	}
	g.Unread = g.unread()
	if g.Arch == "gpt2" && f.Has(RowsKey) {
		if g.Rows, err = f.Ints(RowsKey); err != nil {
			return nil, err
		}
	}
	for _, t := range f.Tensors {
		s := Tensor{Name: g.publishedName(t.Name), Shape: t.Shape, As: t.Type, Typed: t.Type.String(), Data: t.Data}
		if s.Name == "" {
			s.Name = t.Name
		}
		s.Permuted = g.permuted(t.Name)
		g.Names[s.Name] = t.Name
		g.Tensors = append(g.Tensors, s)
	}
	return g, nil
}

// Refuse returns an error about the file.
func (g *GGUF) Refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: g.File, Reason: reason, Offset: -1}
}

// RefuseKey returns an error about a key of the metadata.
func (g *GGUF) RefuseKey(key string, reason *fault.Fault) error {
	return &gguf.FormatError{File: g.File, Key: key, Reason: reason, Offset: -1}
}

// Keys that are ours: other programs leave them out.
const (
	// OwnKeys stands before what metadata of safetensors call a text: "glassbox.made_by".
	OwnKeys = "glassbox."

	// RowsKey is that of a list of whole numbers (V): which row of token_embd.weight, (D, C), each token has.
	RowsKey = OwnKeys + "rows"
)

// ggufKeys are the keys of a configuration, behind the name of the architecture, and what the published ones call them.
var ggufKeys = [][2]string{
	{"context_length", "max_position_embeddings"}, {"embedding_length", "hidden_size"}, {"feed_forward_length", "intermediate_size"},
	{"block_count", "num_hidden_layers"}, {"attention.head_count", "num_attention_heads"}, {"attention.head_count_kv", "num_key_value_heads"},
	{"attention.key_length", "head_dim"}, {"attention.layer_norm_epsilon", "layer_norm_epsilon"}, {"attention.layer_norm_rms_epsilon", "rms_norm_eps"},
	{"rope.freq_base", "rope_theta"}, {"attention.sliding_window", "sliding_window"}, {"vocab_size", "vocab_size"}, {"expert_count", "num_local_experts"},
}

// ggufNeutral are keys that change the numbers, and the values with which they do not. What is computed otherwise with any
// other value is not computed here.
var ggufNeutral = []struct {
	key     string
	neutral []float64
}{
	{"attention.scale", []float64{0}}, {"embedding_scale", []float64{0, 1}}, {"residual_scale", []float64{0, 1}}, {"logit_scale", []float64{0, 1}},
	{"rope.scaling.attn_factor", []float64{0, 1}}, {"attention.max_alibi_bias", []float64{0}}, {"attention.clamp_kqv", []float64{0}},
	{"attn_logit_softcapping", []float64{0}}, {"final_logit_softcapping", []float64{0}}, {"router_logit_softcapping", []float64{0}},
	{"attention.temperature_scale", []float64{0}}, {"attention.temperature_length", []float64{0}}, {"attention.chunk_size", []float64{0}},
	{"attention.shared_kv_layers", []float64{0}}, {"nextn_predict_layers", []float64{0}}, {"expert_shared_count", []float64{0}},
	{"rope.dimension_sections", []float64{0}}, {"attention.sliding_window_pattern", []float64{0, 1}}, {"no_rope_layer_step", []float64{0}},
	{"rope.scaling.alpha", []float64{0, 1}}, {"rope.scaling.yarn_ext_factor", []float64{0, -1}}, {"rope.scaling.yarn_attn_factor", []float64{0, 1}},
	{"rope.freq_base_swa", nil}, {"rope.dimension_count_swa", nil}, {"attention.key_length_swa", nil}, {"attention.value_length_swa", nil},
	{"attention.output_scale", []float64{0, 1}}, {"attention.q_lora_rank", []float64{0}}, {"attention.kv_lora_rank", []float64{0}},
	{"leading_dense_block_count", []float64{0}}, {"moe_every_n_layers", []float64{0}}, {"full_attention_interval", []float64{0, 1}},
	{"embedding_length_per_layer_input", []float64{0}}, {"n_deepstack_layers", []float64{0}}, {"activation_sparsity_scale", []float64{0}},
	{"attention.causal", []float64{1}}, {"use_parallel_residual", []float64{0}}, {"swin_norm", []float64{0}}, {"attention.recurrent_layers", []float64{0}},
}

// ggufKnown are keys of a configuration that are read elsewhere, or change no number of a run.
var ggufKnown = []string{"rope.scaling.type", "rope.scaling.factor", "rope.scale_linear", "rope.scaling.original_context_length", "rope.scaling.finetuned",
	"rope.dimension_count", "attention.value_length", "tensor_data_layout", "pooling_type", "expert_used_count"}

// unread lists the keys of the configuration that are unknown here.
func (g *GGUF) unread() (list []string) {
	known := slices.Clone(ggufKnown)
	for _, k := range ggufKeys {
		known = append(known, k[0])
	}
	for _, k := range ggufNeutral {
		known = append(known, k.key)
	}
	for _, e := range g.f.Metadata {
		if key, ok := strings.CutPrefix(e.Key, g.Arch+"."); ok && !slices.Contains(known, key) {
			list = append(list, e.Key)
		}
	}
	return list
}

// notNeutral lists the keys of ggufNeutral that change the numbers.
func (g *GGUF) notNeutral() (list fault.List) {
	for _, k := range ggufNeutral {
		v, has := g.f.Value(g.Arch + "." + k.key)
		if !has {
			continue
		}
		n, ok := ggufNumber(v)
		if yes, is := v.Bool(); is {
			if n, ok = 0, true; yes {
				n = 1
			}
		}
		if !ok || !slices.Contains(k.neutral, n) {
			list = append(list, g.Arch+"."+k.key+" = "+safetensors.Legible(v.String()))
		}
	}
	return list
}

// configure reads the keys of the configuration.
func (g *GGUF) configure() error {
	if list := g.notNeutral(); list != nil {
		return g.Refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", list))
	}
	g.Fields["model_type"] = g.Arch
	if key := g.Arch + ".attention.head_count"; !g.f.Has(key) { // in which order rows stand depends on it
		_, err := g.f.Uint(key)
		return err
	}
	for _, k := range ggufKeys {
		if !g.f.Has(g.Arch + "." + k[0]) {
			continue
		}
		n, err := g.number(k[0])
		if err != nil {
			return err
		}
		g.Fields[k[1]] = n
	}
	if Size(g.Fields, "sliding_window") > 0 {
		g.Fields["use_sliding_window"], g.Fields["max_window_layers"] = true, 0.0
	}
	if err := g.rotation(); err != nil {
		return err
	}
	if turned, heads, width := Size(g.Fields, "head_dim"), Size(g.Fields, "num_attention_heads"), Size(g.Fields, "hidden_size"); heads > 0 {
		if turned == 0 {
			turned = width / heads
		}
		n, err := g.number("rope.dimension_count")
		if err != nil {
			return err
		}
		if n != 0 && n != float64(turned) {
			g.Fields["partial_rotary_factor"] = n / float64(turned)
		}
	}
	return nil
}

// number returns the value of a key of the architecture that is a number; 0: the file does not have it.
func (g *GGUF) number(key string) (float64, error) {
	v, has := g.f.Value(g.Arch + "." + key)
	if n, ok := ggufNumber(v); ok || !has {
		return n, nil
	}
	return 0, g.Refuse(fault.New("keyNoNumber", "%s is %s; expected one number for all blocks", g.Arch+"."+key, safetensors.Legible(v.String())))
}

// rotation reads how the pairs are slowed down: linearly, if there is only a factor.
func (g *GGUF) rotation() error {
	factor, err := g.number("rope.scaling.factor")
	if err == nil && factor == 0 {
		factor, err = g.number("rope.scale_linear")
	}
	kind := "linear"
	if key := g.Arch + ".rope.scaling.type"; err == nil && g.f.Has(key) {
		kind, err = g.f.Text(key)
	}
	if err != nil || kind == "none" || kind == "linear" && (factor == 0 || factor == 1) {
		return err
	}
	g.Fields["rope_scaling"] = Fields{"rope_type": kind, "factor": factor}
	return nil
}

// ggufNumber returns a value as a number; of a list, that of all its items, if they are alike.
func ggufNumber(v gguf.Value) (n float64, ok bool) {
	if u, ok := v.Uint(); ok {
		return float64(u), true
	}
	if i, ok := v.Int(); ok {
		return float64(i), true
	}
	if f, ok := v.Float(); ok {
		return float64(float32(f)), true
	}
	first := true
	for item := range v.Items() {
		u, whole := item.Uint()
		if !whole || !first && float64(u) != n {
			return 0, false
		}
		n, first = float64(u), false
	}
	return n, !first
}

// ggufParts are the names of a block's layers, and the published ones, of Llama and of GPT-2.
var ggufParts = map[string][2]string{
	"attn_q": {"self_attn.q_proj"}, "attn_k": {"self_attn.k_proj"}, "attn_v": {"self_attn.v_proj"}, "attn_q_norm": {"self_attn.q_norm"},
	"attn_k_norm": {"self_attn.k_norm"}, "ffn_gate": {"mlp.gate_proj"}, "attn_qkv": {"", "attn.c_attn"},
	"attn_output": {"self_attn.o_proj", "attn.c_proj"}, "attn_norm": {"input_layernorm", "ln_1"}, "ffn_norm": {"post_attention_layernorm", "ln_2"},
	"ffn_up": {"mlp.up_proj", "mlp.c_fc"}, "ffn_down": {"mlp.down_proj", "mlp.c_proj"},
}

// ggufWhole are the names of what stands outside of the blocks.
var ggufWhole = map[string][2]string{
	"token_embd.weight": {"model.embed_tokens.weight", "wte.weight"}, "position_embd.weight": {"", "wpe.weight"}, "output.weight": {HeadName, HeadName},
	"output_norm.weight": {"model.norm.weight", "ln_f.weight"}, "output_norm.bias": {"", "ln_f.bias"}, "rope_freqs.weight": {"rope_freqs.weight"},
}

// family returns which of two names counts.
func (g *GGUF) family() int {
	if g.Arch == "gpt2" {
		return 1
	}
	return 0
}

// publishedName returns what the published models call a tensor of the file; "" if they have none.
func (g *GGUF) publishedName(name string) string {
	if whole, ok := ggufWhole[name]; ok {
		return whole[g.family()]
	}
	rest, _ := strings.CutPrefix(name, "blk.")
	l, part, ok := model.ParseBlockName("h." + rest)
	layer, kind, _ := strings.Cut(part, ".")
	published := ggufParts[layer][g.family()]
	if !ok || published == "" || kind != "weight" && kind != "bias" {
		return ""
	}
	if g.Arch == "gpt2" {
		return model.BlockName(l) + published + "." + kind
	}
	return model.LayerName(l) + published + "." + kind
}

// permuted returns how many heads a tensor has whose rows stand in another order than in published models; 0: it is none.
func (g *GGUF) permuted(name string) int {
	_, part, _ := strings.Cut(strings.TrimPrefix(name, "blk."), ".")
	layer, _, _ := strings.Cut(part, ".")
	heads := Size(g.Fields, "num_attention_heads")
	switch {
	case g.Arch != "llama":
		return 0
	case layer == "attn_q":
		return heads
	case layer == "attn_k":
		if shared := Size(g.Fields, "num_key_value_heads"); shared > 0 {
			return shared
		}
		return heads
	}
	return 0
}

// origin lists what a file says of where its model comes from: as metadata of safetensors have it, and GGUF.
var origin = [][2]string{{"name", "general.name"}, {"license", "general.license"}, {"author", "general.author"}, {"source", "general.url"}}

// Metadata returns what the file says of where the model comes from, by the names that metadata of safetensors have.
func (g *GGUF) Metadata() map[string]string {
	list := map[string]string{}
	for _, k := range origin {
		if text, err := g.f.Text(k[1]); err == nil {
			list[k[0]] = text
		}
	}
	for _, e := range g.f.Metadata {
		if ours, own := strings.CutPrefix(e.Key, OwnKeys); own {
			if text, ok := e.Value.Text(); ok {
				list[ours] = text
			}
		}
	}
	return list
}
