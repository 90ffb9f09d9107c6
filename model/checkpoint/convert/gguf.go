package convert

import (
	"fmt"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/quant"
)

// GGUF writes a model as GGUF, its matrices in one of Types; nil: as the source has each. name is what the model is called, if
// the source does not say it; "": that is left open. Vectors and the table of positions are F32, as llama.cpp has them, and a
// matrix whose rows are no whole blocks is F16, as there. words are the tokenizer of a source that has none in it; nil: there
// is none. Rows that tokens share are written once, with a list that only this project reads: [model.Model.Expanded] has a row
// for each token.
func GGUF(i *checkpoint.Imported, as *quant.Type, name string, words *Words) (*Written, error) {
	m := i.Model
	g := &writer{Written: &Written{Parameters: m.Config.Parameters()}, as: as, arch: archOf(m.Config), fields: fieldsOf(m.Config)}
	if err := g.check(m.Config); err != nil {
		return nil, err
	}
	if err := g.tensors(m); err != nil {
		return nil, err
	}
	if err := g.metadata(i, name, words); err != nil {
		return nil, err
	}
	var err error
	g.Bytes, err = gguf.Encode(&g.file)
	return g.Written, err
}

// A writer makes a file of GGUF.
type writer struct {
	*Written
	file   gguf.File
	as     *quant.Type
	arch   string
	fields published.Fields
}

// archOf returns by which of its architectures llama.cpp computes a model: of Llama's kin that whose tensors it has.
func archOf(c model.Config) string {
	switch {
	case c.Family == model.FamilyGPT2:
		return "gpt2"
	case c.HeadNorms:
		return "qwen3"
	case c.Biases == model.BiasQKV:
		return "qwen2"
	}
	return "llama"
}

// fieldsOf returns a configuration in published words.
func fieldsOf(c model.Config) published.Fields {
	number := func(n int) float64 { return float64(n) }
	epsilon := c.Epsilon
	if epsilon == 0 {
		epsilon = model.Epsilon
	}
	fields := published.Fields{"num_hidden_layers": number(c.Blocks), "hidden_size": number(c.Width), "intermediate_size": number(c.Wide()),
		"num_attention_heads": number(c.Heads), "max_position_embeddings": number(c.Context)}
	if c.Family == model.FamilyGPT2 {
		fields["layer_norm_epsilon"] = float64(epsilon)
		return fields
	}
	fields["vocab_size"] = number(c.Vocab)
	fields["rms_norm_eps"], fields["rope_theta"] = float64(epsilon), c.Rotary.Theta
	fields["num_key_value_heads"], fields["head_dim"] = number(c.Groups()), number(c.HeadSize())
	if c.Window > 0 {
		fields["sliding_window"] = number(c.Window)
	}
	if c.Rotary.Slow == model.SlowLinear {
		fields["rope_type"], fields["factor"] = c.Rotary.Slow.Name(), c.Rotary.Factor
	}
	return fields
}

// check returns an error if GGUF has no word for what the model computes.
func (g *writer) check(c model.Config) error {
	usual := model.TanhGELU
	if c.Family == model.FamilyLlama {
		usual = model.SiLU
	}
	switch {
	case c.Activation != usual:
		return fmt.Errorf("its activation is %s, for which GGUF has no word: a %s is computed with %s there", c.Activation.Name(), g.arch, usual.Name())
	case c.Unscaled || c.PerBlock:
		return fmt.Errorf("its scores are scaled otherwise than by √A, for which GGUF has no word")
	case c.Rotary.Slow == model.SlowLlama3 && c.Rotary.Listed:
		return fmt.Errorf("its pairs are slowed down both by a list and by the way of Llama 3.1, for which GGUF has no word")
	case c.Window > 0 && g.arch != "llama":
		return fmt.Errorf("its tokens look back %d tokens, for which GGUF has no word in a %s", c.Window, g.arch)
	case c.Window > 0 && c.WindowFrom > 0:
		return fmt.Errorf("its tokens look back %d tokens from block %d on, and further before it, for which GGUF has no word", c.Window, c.WindowFrom)
	}
	g.noteElsewhere(c)
	return nil
}

// noteElsewhere says what other programs make of the file.
func (g *writer) noteElsewhere(c model.Config) {
	if c.HeadNorms && c.Biases != 0 {
		g.note("It has biases, as no %s of llama.cpp has: that program does not load the file.", g.arch)
	}
	if (c.Rotary.Slow == model.SlowLlama3 || c.Rotary.Listed) && g.arch != "llama" {
		g.note("Its pairs turn slower by rope_freqs.weight, which llama.cpp expects in no %s: that program does not load the file.", g.arch)
	}
	if c.Window > 0 {
		g.note("Its tokens look back %d tokens, as the key %s.attention.sliding_window says; llama.cpp may not ask for it, and let them look back further.", c.Window, g.arch)
	}
	if c.Alphabet != "" {
		g.note("The letters that its tokens stand for are left out: give them again with -alphabet.")
	}
}

// tensors writes the weights.
func (g *writer) tensors(m *model.Model) error {
	var broken []string
	for _, p := range m.Parameters() {
		t, fell, err := g.tensor(m, p)
		if err != nil {
			return err
		}
		if fell {
			broken = append(broken, t.Name)
		}
		g.file.Tensors = append(g.file.Tensors, t)
	}
	if broken != nil {
		g.note("Rows that are no whole blocks of %s are written as F16, as llama.cpp does: %s.", *g.as, published.Summary(broken))
	}
	return g.listed(m.Config)
}

// listed adds what pairs are slowed down by, which is computed, and counts the tensors.
func (g *writer) listed(c model.Config) error {
	if r := c.Rotary; r.Slow == model.SlowLlama3 && !r.Listed {
		t, err := slower(c)
		if err != nil {
			return err
		}
		g.file.Tensors = append(g.file.Tensors, t)
	}
	var types []string
	for _, t := range g.file.Tensors {
		types = append(types, t.Type.String())
	}
	g.count(types)
	return nil
}

// tensor writes a weight. It says whether that fell back to F16.
func (g *writer) tensor(m *model.Model, p *model.Tensor) (t gguf.Tensor, fell bool, err error) {
	t, l, fell, err := g.empty(m, p)
	if err != nil {
		return t, false, err
	}
	if t.Data, err = l.encode(t.Type); err != nil {
		return t, false, fmt.Errorf("%s: %w", p.Name, err)
	}
	moved := published.Tensor{Shape: t.Shape, Data: t.Data, Permuted: published.Permuted(g.arch, t.Name, g.fields)}
	moved.Rearrange()
	t.Data = moved.Data
	return t, fell, nil
}

// empty returns a weight without its values: its name, shape and type.
func (g *writer) empty(m *model.Model, p *model.Tensor) (t gguf.Tensor, l layout, fell bool, err error) {
	name, ok := published.GGUFName(g.arch, p.Name)
	if !ok {
		return t, l, false, fmt.Errorf("%s has no name in a %s of GGUF", p.Name, g.arch)
	}
	l = layoutOf(m, p)
	t = gguf.Tensor{Name: name, Type: l.held, Shape: l.shape}
	switch {
	case m.Vector(p) || p.Name == "wpe.weight":
		t.Type = quant.F32
	case g.as != nil:
		t.Type = *g.as
	}
	if row := l.shape[len(l.shape)-1]; row%t.Type.BlockLen() != 0 {
		t.Type, fell = quant.F16, true
	}
	return t, l, fell, nil
}

// A layout is a weight as GGUF has it: its shape, and its values row by row, the inputs of an output in a row.
type layout struct {
	weight *model.Tensor
	shape  []int
	turned bool       // rows are columns of the weight
	held   quant.Type // in which the weight is held in this layout; else F32
	data   []byte     // as it is held; nil: as float32, or in the other layout
}

// layoutOf returns how a weight lies in GGUF.
func layoutOf(m *model.Model, p *model.Tensor) layout {
	l := layout{weight: p, shape: []int{p.Rows, p.Cols}, turned: m.GPT2 != nil && published.IsLinear(p.Name)}
	if m.GPT2 != nil && p == m.WTE {
		l.shape[0] = m.Config.Rows()
	}
	switch {
	case m.Vector(p):
		l.shape = []int{p.Cols}
	case l.turned:
		l.shape = []int{p.Cols, p.Rows}
	}
	if as, data, turned := p.Held(); data != nil && turned == l.turned {
		l.held, l.data = as, data
	}
	return l
}

// encode returns the values in a type: the bytes as they are held, if they are of that type.
func (l layout) encode(as quant.Type) ([]byte, error) {
	if l.data != nil && l.held == as {
		return l.data, nil
	}
	values := l.weight.Values()
	if l.turned {
		rows, cols := l.weight.Rows, l.weight.Cols
		turned := make([]float32, len(values))
		for i, v := range values {
			turned[i%cols*rows+i/cols] = v
		}
		values = turned
	}
	size, err := as.RowBytes(len(values))
	if err != nil {
		return nil, err
	}
	b := make([]byte, size)
	return b, quant.Encode(b, as, values)
}

// slower lists what the frequency of each pair is divided by, for the way of Llama 3.1, which has no key.
func slower(c model.Config) (gguf.Tensor, error) {
	even := c.Rotary
	even.Slow = model.SlowNone
	v := make([]float32, c.HeadSize()/2)
	for i := range v {
		v[i] = float32(even.Frequency(i, c.HeadSize()) / c.Rotary.Frequency(i, c.HeadSize()))
	}
	return gguf.FromFloat32("rope_freqs.weight", []int{len(v)}, quant.F32, v)
}

// fileTypes are the numbers under general.file_type that say of what type most weights are (enum llama_ftype).
var fileTypes = map[quant.Type]uint32{quant.F32: 0, quant.F16: 1, quant.Q4_0: 2, quant.Q4_1: 3, quant.Q8_0: 7, quant.BF16: 32}

// metadata writes the keys.
func (g *writer) metadata(i *checkpoint.Imported, name string, words *Words) error {
	set := func(list []gguf.Entry) {
		for _, e := range list {
			g.file.Set(e.Key, e.Value)
		}
	}
	g.file.Set("general.architecture", gguf.Of(g.arch))
	most, quantised := g.mostly()
	if number, ok := fileTypes[most]; ok {
		g.file.Set("general.file_type", gguf.Of(number))
	}
	if quantised {
		g.file.Set("general.quantization_version", gguf.Of(uint32(2)))
	}
	if name != "" {
		set([]gguf.Entry{{Key: "general.type", Value: gguf.Of("model")}, {Key: "general.name", Value: gguf.Of(name)}})
	}
	set(published.GGUFKeys(g.arch, g.fields))
	if s := i.Model.Sharing; s != nil {
		rows, err := rowsOf(s, i.Model.Config)
		if err != nil {
			return err
		}
		g.file.Set(published.RowsKey, rows)
	}
	set(published.GGUFOrigin(i.Metadata))
	if i.GGUF != nil {
		set(carried(i.GGUF.Metadata))
		if pre := i.AskedPre(); pre != "" {
			g.file.Set(tokenizerKey+"pre", gguf.Of(pre))
		}
	}
	if !g.file.Has(tokenizerKey+"tokens") && words != nil {
		set(words.entries(i.Model.Config.Vocab))
	}
	if !g.file.Has(tokenizerKey + "tokens") {
		g.note("It is written without a tokenizer, which llama.cpp needs: the source has none that could be carried along.")
	}
	return nil
}

// rowsOf returns which row each token has, as the list of a key.
func rowsOf(s *model.Sharing, c model.Config) (gguf.Value, error) {
	rows := make([]uint16, c.Vocab)
	for id := range rows {
		row := s.Row(id)
		if rows[id] = uint16(row); int(rows[id]) != row {
			return gguf.Value{}, fmt.Errorf("token %d has row %d; expected at most 65535", id, row)
		}
	}
	return gguf.ListOf(rows), nil
}

// carried returns the keys of a file of GGUF that hold for the model in whatever types: who made it, and its tokenizer.
func carried(entries []gguf.Entry) (list []gguf.Entry) {
	for _, e := range entries {
		switch e.Key {
		case "general.architecture", "general.alignment", "general.file_type", "general.quantization_version":
			continue
		}
		if strings.HasPrefix(e.Key, "general.") || strings.HasPrefix(e.Key, "tokenizer.") {
			list = append(list, e)
		}
	}
	return list
}

// mostly returns the type that most values of matrices have, and whether there are blocks.
func (g *writer) mostly() (most quant.Type, quantised bool) {
	values := map[quant.Type]int{}
	for _, t := range g.file.Tensors {
		if len(t.Shape) > 1 {
			values[t.Type] += t.Shape[0] * t.Shape[1]
			quantised = quantised || t.Type.Quantised()
		}
	}
	for _, t := range quant.Types() {
		if values[t] > values[most] {
			most = t
		}
	}
	return most, quantised
}
