package model

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/foreign"
	"glassbox/model/gguf"
	"glassbox/model/quant"
	"glassbox/model/safetensors"
)

// A model in a GGUF file: its names, layouts and keys as llama.cpp writes them, turned into the published ones.

// IsGGUF reports whether a file that begins so is one of GGUF.
func IsGGUF(head []byte) bool { return strings.HasPrefix(string(head[:min(4, len(head))]), "GGUF") }

// theGGUF returns the file of GGUF among those that a reader has, if there is one, and no weights in safetensors.
func theGGUF(files []File) (f File, ok bool) {
	n := 0
	for _, file := range files {
		if IsGGUF(file.Bytes) {
			f, n = file, n+1
		} else if kind, _ := foreign.Classify(file.Name, file.Bytes, file.Of()); kind == foreign.Weights && len(files) > 1 {
			return f, false
		}
	}
	return f, n == 1
}

// importGGUFOf reads a model from a file of GGUF.
func importGGUFOf(file File, o Options) (*Imported, error) {
	f, err := gguf.Decode(file.Name, file.Bytes)
	if err != nil {
		return nil, err
	}
	i, err := importGGUF(f, file.Name, o)
	if err == nil {
		i.GGUF = f
	}
	return i, err
}

// inspectGGUFOf reads what importGGUFOf would read, from the first bytes of the file, one of several.
func inspectGGUFOf(file File, files []File) (*Inspection, error) {
	f, err := gguf.DecodeHead(file.Name, file.Bytes, file.Of())
	if err != nil {
		return nil, err
	}
	i, err := inspectGGUF(f, file.Name)
	if err != nil {
		return nil, err
	}
	i.GGUF = f
	for _, other := range files {
		m := Member{Role: foreign.Weights}
		if !IsGGUF(other.Bytes) {
			_, is := foreign.Classify(other.Name, other.Bytes, other.Of())
			m = Member{Is: is}
		}
		i.Members = append(i.Members, m)
	}
	i.Name = strings.TrimSuffix(file.Base(), ".gguf")
	return i, nil
}

// importGGUF reads a model from a file of GGUF.
func importGGUF(f *gguf.File, file string, o Options) (*Imported, error) {
	g, err := readGGUF(f, file)
	if err != nil {
		return nil, err
	}
	var i *Imported
	if g.arch == "gpt2" {
		i, err = g.importGPT2(o)
	} else {
		i, err = importLlama(file, g.tensors, g.fields, o)
	}
	if err != nil {
		return nil, err
	}
	for _, p := range i.Model.Parameters() {
		p.Alias = g.names[p.Name]
	}
	i.Metadata = g.metadata()
	return i, nil
}

// inspectGGUF reads from the header of a file what importGGUF would read.
func inspectGGUF(f *gguf.File, file string) (i *Inspection, err error) {
	g, err := readGGUF(f, file)
	if err != nil {
		return nil, err
	}
	if g.arch == "gpt2" {
		w, c := g.gpt2(Options{})
		m, err := skeleton(c)
		if err == nil {
			err = w.check(m)
		}
		if err != nil {
			return nil, err
		}
		i = &Inspection{Config: c, Asserted: true, Activates: true}
	} else if i, err = inspectLlama(file, g.tensors, g.fields); err != nil {
		return nil, err
	}
	i.Metadata = g.metadata()
	return i, nil
}

// A ggufFile is a file of GGUF in the words of the published models.
type ggufFile struct {
	f       *gguf.File
	file    string
	arch    string            // "llama", "qwen2", "qwen3" or "gpt2"
	tensors []stored          // by their published names
	names   map[string]string // of each published name, what the file calls the tensor
	fields  map[string]any    // the configuration
}

// readGGUF translates a file.
func readGGUF(f *gguf.File, file string) (*ggufFile, error) {
	g := &ggufFile{f: f, file: file, names: map[string]string{}, fields: map[string]any{}}
	var err error
	if g.arch, err = f.Text("general.architecture"); err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"gpt2", "llama", "qwen2", "qwen3"}, g.arch) {
		return nil, g.refuse(fault.New("familyOther", "this is a model of the family %s, which is computed differently; supported are GPT-2, "+
			"also as nanoGPT and minGPT train it, and Llama with its kin: Mistral, SmolLM2, TinyLlama, Qwen2 and Qwen3", safetensors.Legible(g.arch)))
	}
	if err := g.configure(); err != nil {
		return nil, err
	}
	for _, t := range f.Tensors {
		s := stored{name: g.publishedName(t.Name), shape: t.Shape, as: t.Type, typed: t.Type.String(), data: t.Data}
		if s.name == "" {
			s.name = t.Name
		}
		s.permuted = g.permuted(t.Name)
		g.names[s.name] = t.Name
		g.tensors = append(g.tensors, s)
	}
	return g, nil
}

func (g *ggufFile) refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: g.file, Reason: reason, Offset: -1}
}

// ggufKeys are the keys of a configuration, behind the name of the architecture, and what the published ones call them.
var ggufKeys = [][2]string{
	{"block_count", "num_hidden_layers"}, {"embedding_length", "hidden_size"}, {"feed_forward_length", "intermediate_size"},
	{"attention.head_count", "num_attention_heads"}, {"attention.head_count_kv", "num_key_value_heads"}, {"attention.key_length", "head_dim"},
	{"context_length", "max_position_embeddings"}, {"vocab_size", "vocab_size"}, {"expert_count", "num_local_experts"},
	{"attention.layer_norm_rms_epsilon", "rms_norm_eps"}, {"rope.freq_base", "rope_theta"}, {"attention.sliding_window", "sliding_window"},
	{"logit_scale", "logit_scale"}, {"attention.clamp_kqv", "clip_qkv"}, {"final_logit_softcapping", "final_logit_softcapping"},
	{"attn_logit_softcapping", "attn_logit_softcapping"}, {"attention.layer_norm_epsilon", "layer_norm_epsilon"},
}

// configure reads the keys of the configuration.
func (g *ggufFile) configure() error {
	g.fields["model_type"] = g.arch
	for _, k := range ggufKeys {
		v, has := g.f.Value(g.arch + "." + k[0])
		if !has {
			continue
		}
		n, ok := ggufNumber(v)
		if !ok {
			return g.refuse(fault.New("keyNoNumber", "%s is %s; expected one number for all blocks", g.arch+"."+k[0], safetensors.Legible(v.String())))
		}
		g.fields[k[1]] = n
	}
	if kind, err := g.f.Text(g.arch + ".rope.scaling.type"); err == nil && kind != "none" {
		factor, _ := g.f.Float(g.arch + ".rope.scaling.factor")
		g.fields["rope_scaling"] = safetensors.Nested(`{"rope_type": ` + quote(kind) + `, "factor": ` + strconv.FormatFloat(factor, 'g', -1, 64) + `}`)
	} else if factor, err := g.f.Float(g.arch + ".rope.scale_linear"); err == nil && factor != 1 {
		g.fields["rope_scaling"] = safetensors.Nested(`{"rope_type": "linear", "factor": ` + strconv.FormatFloat(factor, 'g', -1, 64) + `}`)
	}
	if turned, heads, width := size(g.fields, "head_dim"), size(g.fields, "num_attention_heads"), size(g.fields, "hidden_size"); heads > 0 {
		if turned == 0 {
			turned = width / heads
		}
		if n, err := g.f.Uint(g.arch + ".rope.dimension_count"); err == nil && n != 0 && int(n) != turned {
			g.fields["partial_rotary_factor"] = float64(n) / float64(turned)
		}
	}
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
	"token_embd.weight": {"model.embed_tokens.weight", "wte.weight"}, "position_embd.weight": {"", "wpe.weight"}, "output.weight": {headName, headName},
	"output_norm.weight": {"model.norm.weight", "ln_f.weight"}, "output_norm.bias": {"", "ln_f.bias"}, "rope_freqs.weight": {"rope_freqs.weight"},
}

// family returns which of two names counts.
func (g *ggufFile) family() int {
	if g.arch == "gpt2" {
		return 1
	}
	return 0
}

// publishedName returns what the published models call a tensor of the file; "" if they have none.
func (g *ggufFile) publishedName(name string) string {
	if whole, ok := ggufWhole[name]; ok {
		return whole[g.family()]
	}
	rest, _ := strings.CutPrefix(name, "blk.")
	l, part, ok := parseBlockName("h." + rest)
	layer, kind, _ := strings.Cut(part, ".")
	published := ggufParts[layer][g.family()]
	if !ok || published == "" || kind != "weight" && kind != "bias" {
		return ""
	}
	if g.arch == "gpt2" {
		return blockName(l) + published + "." + kind
	}
	return layerName(l) + published + "." + kind
}

// permuted returns how many heads a tensor has whose rows stand in another order than in published models; 0: it is none.
func (g *ggufFile) permuted(name string) int {
	_, part, _ := strings.Cut(strings.TrimPrefix(name, "blk."), ".")
	layer, _, _ := strings.Cut(part, ".")
	heads := size(g.fields, "num_attention_heads")
	switch {
	case g.arch != "llama":
		return 0
	case layer == "attn_q":
		return heads
	case layer == "attn_k":
		if shared := size(g.fields, "num_key_value_heads"); shared > 0 {
			return shared
		}
		return heads
	}
	return 0
}

// gpt2 returns the weights and the sizes of a GPT-2.
func (g *ggufFile) gpt2(o Options) (*weightFile, Config) {
	w := &weightFile{file: g.file, tensors: map[string]stored{}, turned: true}
	for _, t := range g.tensors {
		w.tensors[t.name] = t
	}
	side := func(name string, at int) int {
		if shape := w.tensors[name].shape; at < len(shape) {
			return shape[at]
		}
		return 0
	}
	c := Config{Vocab: side("wte.weight", 0), Width: side("wte.weight", 1), Context: side("wpe.weight", 0), Heads: size(g.fields, "num_attention_heads"),
		Blocks: size(g.fields, "num_hidden_layers"), Inner: side("h.0.mlp.c_fc.weight", 0)}
	if c.Inner == 4*c.Width {
		c.Inner = 0
	}
	if o.Heads > 0 {
		c.Heads = o.Heads
	}
	if o.Activation != nil {
		c.Activation = *o.Activation
	}
	if e, ok := number(g.fields, "layer_norm_epsilon"); ok && float32(e) != Epsilon {
		c.Epsilon = float32(e)
	}
	_, untied := w.tensors[headName]
	c.Tied = !untied
	return w, c
}

// importGPT2 reads a GPT-2.
func (g *ggufFile) importGPT2(o Options) (*Imported, error) {
	w, c := g.gpt2(o)
	m, err := skeleton(c)
	if err != nil {
		return nil, g.refuse(fault.New("inSizes", "the sizes: %w", err))
	}
	if err := w.check(m); err != nil {
		return nil, err
	}
	if err := w.fill(m); err != nil {
		return nil, err
	}
	return &Imported{Model: m}, nil
}

// metadata returns what the file says of where the model comes from, by the names that metadata of safetensors have.
func (g *ggufFile) metadata() map[string]string {
	list := map[string]string{}
	for ours, key := range map[string]string{"name": "general.name", "licence": "general.license", "author": "general.author", "source": "general.url"} {
		if text, err := g.f.Text(key); err == nil {
			list[ours] = text
		}
	}
	return list
}

// Types lists the element types of a model's matrices as its file held them, the most frequent first.
func (m *Model) Types() (list []quant.Type) {
	count := map[quant.Type]int{}
	for _, p := range m.Parameters() {
		if !m.Vector(p) {
			count[p.Type()] += p.Rows * p.Cols
		}
	}
	for t := range count {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b quant.Type) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return int(a) - int(b)
	})
	return list
}
