package checkpoint

import (
	"bytes"
	"maps"
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	"glassbox/model/quant"
)

// A llamaSource is a file that holds a Llama, and what is known of it.
type llamaSource struct {
	weightFile
	from  *fault.Fault // where its configuration stands, as a part of a sentence
	other bool         // that configuration is another model's
	names []string     // of all its tensors
	notes []*fault.Fault
}

// newLlamaSource returns the tensors of a file by their published names, without those that take no part in the model.
func newLlamaSource(file string, tensors []published.Tensor) (*llamaSource, error) {
	s := &llamaSource{from: fault.New("configMetadata", "its metadata"), weightFile: weightFile{file: file, tensors: map[string]published.Tensor{}}}
	var leftOut []string
	for _, t := range tensors {
		s.names = append(s.names, t.Name)
		_, ours, ok := published.LlamaName(t.Name)
		switch {
		case ok:
		case published.NoWeight(t.Name):
			leftOut = append(leftOut, t.Name)
			continue
		default:
			ours = t.Name // check refuses it
		}
		if other, twice := s.tensors[ours]; twice {
			return nil, s.refuse(fault.New("tensorsTwice", "%s and %s both stand for %s; expected one of them",
				safetensors.Legible(other.Name), safetensors.Legible(t.Name), ours))
		}
		s.tensors[ours] = t
	}
	if leftOut != nil {
		s.note(fault.New("tensorsLeftOut", "It holds tensors that take no part in the model, and were left out: %s.", published.Summary(leftOut)))
	}
	return s, nil
}

func (s *llamaSource) note(n *fault.Fault) { s.notes = append(s.notes, n) }

// matrix returns the two sizes of a matrix.
func (s *llamaSource) matrix(name string) (rows, cols int, err error) {
	t, ok := s.tensors[name]
	switch {
	case !ok:
		return 0, 0, s.refuse(fault.New("matrixMissing", "%s is missing", name))
	case len(t.Shape) != 2 || t.Shape[0] < 1 || t.Shape[1] < 1:
		return 0, 0, s.refuse(fault.New("notAMatrix", "%s is %s; expected two sizes", safetensors.Legible(t.Name), published.ShapeText(t.Shape)))
	}
	return t.Shape[0], t.Shape[1], nil
}

// packed reports whether most of its weights stay in memory as the file has them.
func (s *llamaSource) packed() bool {
	t := s.tensors[model.LayerName(0)+"self_attn.q_proj.weight"]
	return t.As != quant.F32 && t.As != quant.F64
}

// has reports whether the file has a tensor in its first block.
func (s *llamaSource) has(part string) bool {
	_, ok := s.tensors[model.LayerName(0)+part]
	return ok
}

// shapes returns what the shapes tell of the sizes: V, C, L, the inner size, which layers have biases, whether heads are
// normed; and the rows of all queries and of all keys, H·A and K·A.
func (s *llamaSource) shapes() (c model.Config, queries, keys int, err error) {
	c.Family = model.FamilyLlama
	if _, ok := s.tensors["model.embed_tokens.weight"]; !ok && s.tensors[published.HeadName].Name != "" {
		s.tensors["model.embed_tokens.weight"] = s.tensors[published.HeadName]
	}
	if c.Vocab, c.Width, err = s.matrix("model.embed_tokens.weight"); err != nil {
		return c, 0, 0, err
	}
	if queries, _, err = s.matrix(model.LayerName(0) + "self_attn.q_proj.weight"); err != nil {
		return c, 0, 0, err
	}
	if keys, _, err = s.matrix(model.LayerName(0) + "self_attn.k_proj.weight"); err != nil {
		return c, 0, 0, err
	}
	if c.Inner, _, err = s.matrix(model.LayerName(0) + "mlp.gate_proj.weight"); err != nil {
		return c, 0, 0, err
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
		if s.has(part) {
			c.Biases |= layer
		}
	}
	c.HeadNorms = s.has("self_attn.q_norm.weight")
	_, c.Rotary.Listed = s.tensors["rope_freqs.weight"]
	return c, queries, keys, nil
}

// tie reports whether the output projection is the token embedding again. Of a header alone it takes what was stated.
func (s *llamaSource) tie(stated *bool) bool {
	embed, head := s.tensors["model.embed_tokens.weight"], s.tensors[published.HeadName]
	switch {
	case head.Name == "" || head.Name == embed.Name:
		return true
	case head.Data == nil:
		return stated != nil && *stated
	}
	same := head.Typed == embed.Typed && equal(head.Shape, embed.Shape) && bytes.Equal(head.Data, embed.Data)
	if !same && stated != nil && *stated {
		s.note(fault.New("tiedIgnored", "In %w the output is the token embedding again, but %s differs from %s; it is taken for a matrix of its own.",
			s.from, safetensors.Legible(head.Name), safetensors.Legible(embed.Name)))
	}
	return same && (stated == nil || *stated)
}

// apply reads a configuration into c, which has what the shapes tell already: queries rows of all queries, keys of all
// keys. Of heads without a statement, H is 0. asked is the number of heads that the reader wants, or 0.
func (s *llamaSource) apply(fields map[string]any, c *model.Config, queries, keys, asked int) error {
	if list := published.NotComputed(fields, func(name string) bool { _, known := model.ActivationOf(name); return known }); list != nil {
		return s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", list))
	}
	if unknown := published.Unknown(fields); unknown != nil {
		s.note(fault.New("settingsUnknown", "It has settings that are unknown here, and were left out: %s.", published.Summary(unknown)))
	}
	if c.Heads = asked; c.Heads == 0 {
		c.Heads = published.Size(fields, "num_attention_heads")
	}
	if c.Heads == 0 {
		c.Heads = usualHeads(queries, keys, max(published.Size(fields, "head_dim"), s.normedHead()))
		s.note(fault.New("headsAssumedLlama", "The file does not say how many heads a block has: H = %d and A = %d are assumed.", c.Heads, queries/max(1, c.Heads)))
	}
	if c.Heads > 0 && queries%c.Heads == 0 {
		A := queries / c.Heads
		if c.HeadWidth = A; c.Heads*A == c.Width {
			c.HeadWidth = 0
		}
		if keys%A != 0 {
			return s.refuse(fault.New("keysNoHeads", "k_proj makes %d number(s), which are no whole heads of A = %d", keys, A))
		}
		if c.KeyValues = keys / A; c.KeyValues == c.Heads {
			c.KeyValues = 0
		}
	} else {
		return s.refuse(fault.New("queriesNoHeads", "q_proj makes %d number(s), which are no whole heads of H = %d", queries, c.Heads))
	}
	if err := s.ordered(c); err != nil {
		return err
	}
	if family, ok := fields["model_type"].(string); ok { // only this one has norms at its heads, and it always has them
		c.HeadNorms = family == "qwen3"
	}
	s.biases(fields, c)
	s.context(fields, c)
	if err := s.applyNumbers(fields, c); err != nil {
		return err
	}
	s.contradict(fields, *c)
	return s.window(fields, c)
}

// biases adds those that the configuration asks for, so that they are missed if they are not there.
func (s *llamaSource) biases(fields map[string]any, c *model.Config) {
	attention, network := published.Biased(fields)
	if attention {
		c.Biases |= model.BiasQKV | model.BiasProj
	}
	if network {
		c.Biases |= model.BiasMLP
	}
}

// ordered returns an error if rows that are to be put into another order have it for other heads than the model has.
func (s *llamaSource) ordered(c *model.Config) error {
	for part, heads := range map[string]int{"self_attn.q_proj.weight": c.Heads, "self_attn.k_proj.weight": c.Groups()} {
		if t := s.tensors[model.LayerName(0)+part]; t.Permuted != 0 && t.Permuted != heads {
			return s.refuse(fault.New("headsOrder", "the rows of %s are in the order of %d head(s), as the file's keys say, and its shape makes %d of them; expected the same",
				safetensors.Legible(t.Name), t.Permuted, heads))
		}
	}
	return nil
}

// normedHead returns A as the norms of the heads tell it; 0 if there are none.
func (s *llamaSource) normedHead() int {
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

// context sets how many tokens a run can hold.
func (s *llamaSource) context(fields map[string]any, c *model.Config) {
	const assumed = 2048
	if c.Context = published.Size(fields, "max_position_embeddings"); c.Context == 0 {
		c.Context = assumed
		s.note(fault.New("contextAssumed", "The file does not say how long a text may be: a context of %d is assumed.", c.Context))
	}
	c.Context = min(c.Context, model.MaxContext)
}

// applyNumbers reads ε, θ, the scaling and the activation.
func (s *llamaSource) applyNumbers(fields map[string]any, c *model.Config) error {
	if e, ok := published.Number(fields, "rms_norm_eps"); ok {
		if c.Epsilon = float32(e); !(c.Epsilon > 0) {
			return s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", fault.List{"rms_norm_eps = " + strconv.FormatFloat(e, 'g', 6, 64)}))
		}
	} else {
		if c.Epsilon = model.Epsilon; fields["model_type"] != nil {
			c.Epsilon = 1e-6 // which the published programs of all kin take, if their configuration does not say it
		}
		s.note(fault.New("epsilonAssumed", "The file does not say what is added in its norms: %v is assumed.", c.Epsilon))
	}
	rope := published.Rope(fields)
	theta, ok := published.Number(rope, "rope_theta")
	if !ok {
		theta, ok = published.Number(fields, "rope_theta")
	}
	if c.Rotary.Theta = theta; !ok {
		c.Rotary.Theta = 10000
		s.note(fault.New("thetaAssumed", "The file does not say how fast queries and keys turn: rope_theta = 10000 is assumed."))
	}
	kind, _ := rope["rope_type"].(string)
	if kind == "" {
		kind, _ = rope["type"].(string)
	}
	r := &c.Rotary
	switch kind {
	case "linear":
		r.Slow = model.SlowLinear
	case "llama3":
		r.Slow = model.SlowLlama3
	}
	if r.Slow != model.SlowNone {
		r.Factor, _ = published.Number(rope, "factor")
	}
	if r.Slow == model.SlowLlama3 {
		r.Low, _ = published.Number(rope, "low_freq_factor")
		r.High, _ = published.Number(rope, "high_freq_factor")
		r.Original, _ = published.Number(rope, "original_max_position_embeddings")
	}
	c.Activation = model.SiLU
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok {
			c.Activation, _ = model.ActivationOf(act)
		}
	}
	return nil
}

// ofOther reports whether a configuration is that of another model, for its width or its blocks differ; it says so.
func (s *llamaSource) ofOther(fields map[string]any, c model.Config) bool {
	var against fault.List
	for _, f := range []struct {
		name string
		is   int
	}{{"hidden_size", c.Width}, {"num_hidden_layers", c.Blocks}} {
		if v, ok := published.Number(fields, f.name); ok && v != float64(f.is) {
			against = append(against, f.name+" = "+strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	if against != nil {
		s.note(fault.New("sizesIgnored", "The shapes of its tensors contradict %w in %s; the shapes count.", s.from, against))
	}
	return against != nil
}

// contradict notes what a configuration says against the shapes, which count.
func (s *llamaSource) contradict(fields map[string]any, c model.Config) {
	var against fault.List
	for _, f := range []struct {
		name string
		is   int
	}{{"vocab_size", c.Vocab}, {"hidden_size", c.Width}, {"intermediate_size", c.Wide()}, {"num_hidden_layers", c.Blocks},
		{"num_attention_heads", c.Heads}, {"num_key_value_heads", c.Groups()}, {"head_dim", c.HeadSize()}} {
		if v, ok := published.Number(fields, f.name); ok && v != float64(f.is) {
			against = append(against, f.name+" = "+strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	for _, f := range []struct {
		name   string
		layers model.Biases
	}{{"attention_bias", model.BiasQKV | model.BiasProj}, {"mlp_bias", model.BiasMLP}} {
		if has, ok := fields[f.name].(bool); ok && !has && c.Biases&f.layers != 0 {
			against = append(against, f.name+" = false")
		}
	}
	if against != nil {
		s.note(fault.New("sizesIgnored", "The shapes of its tensors contradict %w in %s; the shapes count.", s.from, against))
	}
}

// window sets how far tokens look back, and from which block on.
func (s *llamaSource) window(fields map[string]any, c *model.Config) error {
	n, from := published.Window(fields)
	if layers := published.KindsOfLayers(fields); layers != nil {
		if from = slices.Index(layers, "sliding_attention"); from < 0 {
			from = len(layers)
		}
		other := func(than string) func(string) bool { return func(kind string) bool { return kind != than } }
		if from < len(layers) && len(layers) != c.Blocks || slices.ContainsFunc(layers[:from], other("full_attention")) || slices.ContainsFunc(layers[from:], other("sliding_attention")) {
			return s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", fault.List{"layer_types = …"}))
		}
	}
	if n > 0 && from < c.Blocks {
		c.Window, c.WindowFrom = n, from
	}
	return nil
}

// importLlama reads a Llama from the tensors of a file and the fields of its configuration, by the published names.
func importLlama(file string, tensors []published.Tensor, says llamaConfig, o Options) (*Imported, error) {
	m, s, err := identifyLlama(file, tensors, says, o)
	if err != nil {
		return nil, err
	}
	if err := s.fill(m); err != nil {
		return nil, err
	}
	return &Imported{Model: m, Notes: s.notes}, nil
}

// inspectLlama reads from the header of a file what importLlama would read.
func inspectLlama(file string, tensors []published.Tensor, says llamaConfig) (*Inspection, error) {
	m, s, err := identifyLlama(file, tensors, says, Options{})
	if err != nil {
		return nil, err
	}
	return &Inspection{Config: m.Config, Asserted: published.Size(says.fields, "num_attention_heads") > 0 && !s.other, Packed: s.packed(), Activates: true, Notes: s.notes}, nil
}

// readLlama returns the sizes of the model in a file.
func readLlama(file string, tensors []published.Tensor, says llamaConfig, o Options) (*llamaSource, model.Config, error) {
	s, err := newLlamaSource(file, tensors)
	if err != nil {
		return nil, model.Config{}, err
	}
	s.from, s.notes = says.from, append(s.notes, says.notes...)
	c, queries, keys, err := s.shapes()
	if err != nil {
		return nil, c, err
	}
	fields := says.fields
	if n := published.Size(fields, "num_hidden_layers"); n > c.Blocks && published.Size(fields, "hidden_size") == c.Width {
		return nil, c, s.refuse(fault.New("blocksMissing", "its configuration says that there are %d block(s), and the file has %d; expected all of them: "+
			"the file, or its download, is not complete", n, c.Blocks))
	}
	if s.other = s.ofOther(fields, c); s.other {
		fields = published.Fields{}
	} else if says.wrong != nil {
		return nil, c, s.refuse(fault.New("settingsWrong", "its configuration can't be understood: %s", says.wrong))
	}
	if err := s.apply(fields, &c, queries, keys, o.Heads); err != nil {
		return nil, c, err
	}
	if o.Activation != nil {
		c.Activation = *o.Activation
	}
	var stated *bool
	if tied, ok := fields["tie_word_embeddings"].(bool); ok {
		stated = &tied
	}
	_, hasHead := s.tensors[published.HeadName]
	if other := published.OtherHeads(s.names); !hasHead && other != nil {
		return nil, c, s.refuse(fault.New("headOfOtherTask", "it has no %s, but the output of another task: %s; expected a model that writes texts", published.HeadName, other))
	}
	if !hasHead && stated == nil && !says.whole {
		s.note(fault.New("tiedAssumed", "The file has no %s, and does not say that the output is the token embedding again: that is assumed.", published.HeadName))
	}
	if c.Tied = s.tie(stated); c.Tied && stated != nil && !*stated {
		missing := published.HeadName
		if s.tensors["model.embed_tokens.weight"].Name == s.tensors[missing].Name {
			missing = "model.embed_tokens.weight"
		}
		return nil, c, s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", missing, published.ShapeText([]int{c.Vocab, c.Width})))
	}
	return s, c, nil
}

// identifyLlama returns the model that a file holds, without values. It checks that all its
// tensors are there in the right shapes. Of another family whose files have some of the same names, it says which.
func identifyLlama(file string, tensors []published.Tensor, says llamaConfig, o Options) (m *model.Model, s *llamaSource, err error) {
	s, c, err := readLlama(file, tensors, says, o)
	if err == nil {
		if m, err = model.Skeleton(c); err != nil {
			err = s.refuse(fault.New("inSizes", "the sizes: %w", err))
		} else {
			err = s.check(m)
		}
	}
	if err == nil {
		return m, s, nil
	}
	var names []string
	for _, t := range tensors {
		names = append(names, t.Name)
	}
	if is := foreign.Family(names); is != nil {
		err = &safetensors.FormatError{File: file, Reason: is, Offset: -1}
	}
	return nil, nil, err
}

// tensorsOf returns the tensors of a safetensors file.
func tensorsOf(f *safetensors.File) (list []published.Tensor) {
	for _, t := range f.Tensors {
		list = append(list, published.TensorOf(t))
	}
	return list
}

// hasLlama reports whether a file holds a model of Llama's family.
func hasLlama(f *safetensors.File) bool {
	return slices.ContainsFunc(f.Tensors, func(t safetensors.Tensor) bool { return published.IsLlama(t.Name) })
}

// A llamaConfig is what the configurations of a Llama say.
type llamaConfig struct {
	fields published.Fields
	wrong  fault.List     // what of them is of the wrong kind
	from   *fault.Fault   // where, as a part of a sentence
	notes  []*fault.Fault // on what can't be read
	whole  bool           // what the file does not have, such as an output, is not missing, but says what the model is
}

// llamaConfigOf returns the configuration that stands beside a file, if there is one, and over it what the file's metadata say.
func llamaConfigOf(metadata map[string]string, config *File) (all llamaConfig) {
	all = llamaConfig{fields: published.Fields{}, from: fault.New("configMetadata", "its metadata")}
	for _, say := range sayings(metadata, config) {
		fields, wrong, err := published.Settings(say.text)
		switch {
		case err == nil:
			maps.Copy(all.fields, fields)
			all.from, all.wrong = say.from, append(all.wrong, wrong...)
		case say.file == "":
			all.notes = append(all.notes, fault.New("configForeign", "What its metadata have under \"config\", %.40q, is no configuration of a model, and was ignored.", say.text))
		default:
			all.notes = append(all.notes, fault.New("configUnread", "%s can't be read, and was ignored: %w.", say.file, safetensors.ReasonOf(err)))
		}
	}
	return all
}
