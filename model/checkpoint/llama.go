package checkpoint

import (
	"slices"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// llamaFiles is how Llamas and their kin lie in files: as published, or in GGUF.
var llamaFiles = &family{
	called: "Llama", embed: "model.embed_tokens.weight",
	told: []told{
		{name: "vocab_size", of: func(c model.Config) int { return c.Vocab }},
		{name: "hidden_size", of: func(c model.Config) int { return c.Width }, marks: true},
		{name: "intermediate_size", of: model.Config.Wide},
		{name: "num_hidden_layers", of: func(c model.Config) int { return c.Blocks }, marks: true},
		{name: "num_attention_heads", of: func(c model.Config) int { return c.Heads }, late: true},
		{name: "num_key_value_heads", of: model.Config.Groups, late: true},
		{name: "head_dim", of: model.Config.HeadSize, late: true},
	},
	name:   func(_ *source, name string) (string, bool) { return published.AsLlama(name) },
	leaves: func(_ *source, t published.Tensor) bool { return published.NoWeight(t.Name) },
	sizes:  llamaSizes, settle: settleLlama,
}

// matrix returns the two sizes of a matrix.
func (s *source) matrix(name string) (rows, cols int, err error) {
	t, ok := s.tensors[name]
	switch {
	case !ok:
		return 0, 0, s.refuse(fault.New("matrixMissing", "%s is missing", name))
	case len(t.Shape) != 2 || t.Shape[0] < 1 || t.Shape[1] < 1:
		return 0, 0, s.refuse(fault.New("notAMatrix", "%s is %s; expected two sizes above 0", safetensors.Legible(t.Name), published.ShapeText(t.Shape)))
	}
	return t.Shape[0], t.Shape[1], nil
}

// inFirst returns a tensor of the first block.
func (s *source) inFirst(part string) (t published.Tensor, ok bool) {
	t, ok = s.tensors[model.LayerName(0)+part]
	return t, ok
}

// llamaSizes returns what the shapes tell of the sizes: V, C, L, the inner size, which layers have biases, whether heads are
// normed.
func llamaSizes(s *source) (c model.Config, err error) {
	c.Family = model.FamilyLlama
	if !s.has(s.embed) && s.has(published.HeadName) {
		s.tensors[s.embed] = s.tensors[published.HeadName]
	}
	if c.Vocab, c.Width, err = s.matrix(s.embed); err != nil {
		return c, err
	}
	if c.Inner, _, err = s.matrix(model.LayerName(0) + "mlp.gate_proj.weight"); err != nil {
		return c, err
	}
	if c.Inner == 4*c.Width {
		c.Inner = 0
	}
	for name := range s.tensors {
		if l, _, ok := model.OfBlock(name); ok && l < model.MaxBlocks {
			c.Blocks = max(c.Blocks, l+1)
		}
	}
	for part, layer := range map[string]model.Biases{"self_attn.q_proj.bias": model.BiasQKV, "self_attn.o_proj.bias": model.BiasProj, "mlp.gate_proj.bias": model.BiasMLP} {
		if _, ok := s.inFirst(part); ok {
			c.Biases |= layer
		}
	}
	_, c.HeadNorms = s.inFirst("self_attn.q_norm.weight")
	c.Rotary.Listed = s.has("rope_freqs.weight")
	return c, s.cutShort(c)
}

// cutShort returns an error if the configuration is that of this model, and says that it has more blocks.
func (s *source) cutShort(c model.Config) error {
	for _, say := range s.sayings {
		fields := say.read()
		if n := published.Size(fields, "num_hidden_layers"); n > c.Blocks && published.Size(fields, "hidden_size") == c.Width {
			return s.refuse(fault.New("blocksMissing", "its configuration says that there are %d block(s), and the file has %d; expected all of them: "+
				"the file, or its download, is not complete", n, c.Blocks))
		}
	}
	return nil
}

// settleLlama reads what no shape tells of a Llama.
func settleLlama(s *source, fields published.Fields, c *model.Config, o Options) error {
	if list := published.NotComputed(fields, isCurve); list != nil {
		return s.notComputed(list)
	}
	if unknown := published.Unknown(fields); unknown != nil {
		s.note(fault.New("settingsUnknown", "It has settings that are unknown here, and were left out: %s.", published.Summary(unknown)))
	}
	for _, set := range []func(published.Fields, *model.Config, Options) error{s.llamaHeads, s.numbers, s.curve, s.window} {
		if err := set(fields, c, o); err != nil {
			return err
		}
	}
	if family, ok := fields["model_type"].(string); ok { // only this one has norms at its heads, and it always has them
		c.HeadNorms = family == "qwen3"
	}
	attention, network := published.Biased(fields)
	if attention { // so that they are missed if they are not there
		c.Biases |= model.BiasQKV | model.BiasProj
	}
	if network {
		c.Biases |= model.BiasMLP
	}
	return nil
}

// llamaHeads sets H, K and A: H as it was asked for, as it is said, or as is usual; the others follow from the shapes.
func (s *source) llamaHeads(fields published.Fields, c *model.Config, o Options) error {
	queries, _, err := s.matrix(model.LayerName(0) + "self_attn.q_proj.weight")
	if err != nil {
		return err
	}
	keys, _, err := s.matrix(model.LayerName(0) + "self_attn.k_proj.weight")
	if err != nil {
		return err
	}
	stated := published.Size(fields, "num_attention_heads")
	if c.Heads, s.asserted = stated, stated > 0; o.Heads > 0 {
		c.Heads = o.Heads
	}
	if c.Heads == 0 {
		c.Heads = usualHeads(queries, keys, max(published.Size(fields, "head_dim"), s.normedHead()))
		s.note(fault.New("headsAssumedLlama", "The file does not say how many heads a block has: H = %d and A = %d are assumed.", c.Heads, queries/max(1, c.Heads)))
	}
	A := queries / c.Heads
	switch {
	case queries%c.Heads != 0 || A == 0:
		return s.refuse(fault.New("queriesNoHeads", "q_proj makes %d number(s), which are no whole heads of H = %d", queries, c.Heads))
	case keys%A != 0:
		return s.refuse(fault.New("keysNoHeads", "k_proj makes %d number(s), which are no whole heads of A = %d", keys, A))
	}
	if c.HeadWidth = A; c.Heads*A == c.Width {
		c.HeadWidth = 0
	}
	if c.KeyValues = keys / A; c.KeyValues == c.Heads {
		c.KeyValues = 0
	}
	return s.ordered(c)
}

// ordered returns an error if rows that are to be put into another order have it for other heads than the model has.
func (s *source) ordered(c *model.Config) error {
	for part, heads := range map[string]int{"self_attn.q_proj.weight": c.Heads, "self_attn.k_proj.weight": c.Groups()} {
		if t := s.tensors[model.LayerName(0)+part]; t.Permuted != 0 && t.Permuted != heads {
			return s.refuse(fault.New("headsOrder", "the rows of %s are in the order of %d head(s), as the file's keys say, and its shape makes %d of them; expected the same",
				safetensors.Legible(t.Name), t.Permuted, heads))
		}
	}
	return nil
}

// normedHead returns A as the norms of the heads tell it; 0 if there are none.
func (s *source) normedHead() int {
	if shape := s.tensors[model.LayerName(0)+"self_attn.q_norm.weight"].Shape; len(shape) == 1 {
		return shape[0]
	}
	return 0
}

// usualHeads returns H, if nothing tells it: heads have 64 numbers in small models, 128 in large ones, or as many as fit.
func usualHeads(queries, keys, headSize int) int {
	usual := 128
	if queries < 4096 {
		usual = 64
	}
	for _, A := range []int{headSize, usual, 128, 64, 32, 16, 8, 4, 2} {
		if A > 0 && queries%A == 0 && keys%A == 0 {
			return queries / A
		}
	}
	return 1
}

// numbers sets how long a text may be, ε, and how queries and keys turn.
func (s *source) numbers(fields published.Fields, c *model.Config, o Options) error {
	s.context(fields, c, o)
	if err := s.epsilon(fields, c, o); err != nil {
		return err
	}
	rope := published.Rope(fields)
	s.theta(rope, &c.Rotary, o)
	slowed(rope, &c.Rotary)
	return nil
}

// slowed reads by how much queries and keys turn more slowly than they were trained to.
func slowed(rope published.Fields, r *model.Rotary) {
	kind, _ := rope["rope_type"].(string)
	if kind == "" {
		kind, _ = rope["type"].(string)
	}
	number := func(name string) float64 {
		v, _ := published.Number(rope, name)
		return v
	}
	switch kind {
	case "linear":
		r.Slow, r.Factor = model.SlowLinear, number("factor")
	case "llama3":
		r.Slow, r.Factor = model.SlowLlama3, number("factor")
		r.Low, r.High, r.Original = number("low_freq_factor"), number("high_freq_factor"), number("original_max_position_embeddings")
	}
}

// curve sets the activation: as it was asked for, as it is said, or as in Llama, which is assumed only where nothing says that
// it is one.
func (s *source) curve(fields published.Fields, c *model.Config, o Options) error {
	c.Activation, s.activates = model.SiLU, s.gguf != nil || fields["model_type"] != nil
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok {
			c.Activation, _ = model.ActivationOf(act)
			s.activates = true
		}
	}
	switch {
	case o.Activation != nil:
		c.Activation = *o.Activation
	case !s.activates:
		s.note(fault.New("siluAssumed", "The file does not say which activation its feed-forward networks have: SiLU is assumed, as in Llama."))
	}
	return nil
}

// window sets how far tokens look back, and from which block on.
func (s *source) window(fields published.Fields, c *model.Config, _ Options) error {
	n, from := published.Window(fields)
	if s.gguf != nil && s.gguf.Arch == "llama" { // Mistrals are Llamas there, and their window is said by this alone
		n = published.Size(fields, "sliding_window")
	}
	if layers := published.KindsOfLayers(fields); layers != nil {
		if from = slices.Index(layers, "sliding_attention"); from < 0 {
			from = len(layers)
		}
		other := func(than string) func(string) bool { return func(kind string) bool { return kind != than } }
		if from < len(layers) && len(layers) != c.Blocks || slices.ContainsFunc(layers[:from], other("full_attention")) || slices.ContainsFunc(layers[from:], other("sliding_attention")) {
			return s.notComputed(published.Shown(fields, "layer_types"))
		}
	}
	if n > 0 && from < c.Blocks {
		c.Window, c.WindowFrom = n, from
	}
	return nil
}
