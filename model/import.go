package model

import (
	"bytes"
	"slices"

	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// Options say what a file leaves open.
type Options struct {
	// Heads is H, for a file without a configuration: no shape tells it. 0 stands for C/64,
	// which all published GPT-2 models have.
	Heads int
}

// Imported is a model from a file, and what there is to say about the file.
type Imported struct {
	Model    *Model
	Metadata map[string]string
	Notes    []*fault.Fault // what was inferred or filled in: remarks, worded like errors
}

// Import reads a model from the bytes of a safetensors file that holds a GPT-2 under one
// of these names and layouts. name is the file's name.
//
//	ours          h.0.attn.c_attn.weight (in, out), the configuration under "config" in the metadata
//	published     the same names, with or without "transformer." before them, without a configuration
//	nanoGPT, minGPT  transformer.h.0.attn.c_attn.weight (out, in), as PyTorch's linear layers are stored
//
// The buffers attn.bias and attn.masked_bias, which hold no weights, are left out. A
// lm_head.weight that equals wte.weight, or is missing, means that the two are tied. Where
// all biases are missing, as nanoGPT may leave them out, they are zero. F16 and BF16 are
// widened. Without a configuration V, C, L and the context follow from the shapes.
//
// A square matrix does not tell its layout. The layout is therefore that of the whole
// file, and the matrices that are not square decide it.
//
// Where the file has a wte.index, (V) whole numbers, tokens share rows: wte.weight holds D
// rows, and the index says which of them each token has. See [Sharing].
//
// A file that is no such model is refused with a [*safetensors.FormatError] that names
// the tensor, its shape and the shape that was expected.
func Import(name string, b []byte, o Options) (*Imported, error) {
	f, err := safetensors.Decode(name, b)
	if err != nil {
		return nil, err
	}
	s, m, err := identify(name, f, o)
	if err != nil {
		return nil, err
	}
	if err := s.fill(m); err != nil {
		return nil, err
	}
	return &Imported{m, f.Metadata, s.notes}, nil
}

// An Inspection is what the header of a file says about its model.
type Inspection struct {
	Config   Config // Heads is 0 if the file does not say and C is no multiple of 64
	Asserted bool   // the file says how many heads there are
	Metadata map[string]string
	Notes    []*fault.Fault
}

// Inspect reads what Import would read, from the header alone: head holds the first bytes
// of a file of size bytes, the header among them. It refuses what Import would refuse
// before it looks at values. Whether an lm_head.weight equals wte.weight can't be told
// yet; it is taken for a matrix of its own.
func Inspect(name string, head []byte, size int64) (*Inspection, error) {
	f, err := safetensors.DecodeHead(name, head, size)
	if err != nil {
		return nil, err
	}
	o, asserted := Options{}, f.Metadata["config"] != ""
	if s, err := newSource(name, f); err != nil {
		return nil, err
	} else if c, err := s.sizes(); err == nil && c.Width%gpt2Head != 0 {
		o.Heads = 1
	}
	s, m, err := identify(name, f, o)
	if err != nil {
		return nil, err
	}
	i := &Inspection{m.Config, asserted, f.Metadata, s.notes}
	if o.Heads != 0 && !asserted {
		i.Config.Heads = 0
	}
	return i, nil
}

// identify returns the model that a file holds, without values. It checks that all its
// tensors are there in the right shapes.
func identify(name string, f *safetensors.File, o Options) (*source, *Model, error) {
	s, err := newSource(name, f)
	if err != nil {
		return nil, nil, err
	}
	c, err := s.config(f.Metadata["config"], o)
	if err != nil {
		return nil, nil, err
	}
	m, err := skeleton(c)
	if err != nil {
		return nil, nil, s.refuse(fault.New("inSizes", "the sizes: %w", err))
	}
	s.orient(m)
	return s, m, s.check(m)
}

// config returns the sizes of the model: those of the metadata, or else of the shapes.
func (s *source) config(text string, o Options) (c Config, err error) {
	if text == "" {
		c, err = s.inferredConfig(o)
	} else {
		c, err = s.statedConfig(text)
	}
	if err == nil {
		err = s.applyIndex(&c, text != "")
	}
	return c, err
}

// statedConfig returns the sizes that the metadata give.
func (s *source) statedConfig(text string) (Config, error) {
	c, err := parseConfig(text)
	if err == nil {
		err = c.Validate()
	}
	if err != nil {
		return c, s.refuse(fault.New("inConfiguration", "the configuration in the metadata: %w", err))
	}
	if c.Tied {
		err = s.tie()
	}
	return c, err
}

// inferredConfig returns the sizes that follow from the shapes.
func (s *source) inferredConfig(o Options) (Config, error) {
	c, err := s.sizes()
	if err != nil {
		return c, err
	}
	_, indexed := s.tensors[indexName] // only tied weights are
	if c.Tied = indexed || s.tied(); c.Tied {
		err = s.tie()
	}
	if err == nil {
		c.Heads, err = s.heads(c.Width, o)
	}
	return c, err
}

// gpt2Head is A in every published GPT-2.
const gpt2Head = 64

// heads returns H of a file that does not say it.
func (s *source) heads(width int, o Options) (int, error) {
	switch {
	case o.Heads > 0:
		return o.Heads, nil
	case width%gpt2Head != 0 || width == 0:
		return 0, s.refuse(fault.New("headsUnknown", "the file does not say how many heads its blocks have, and C = %d is no multiple of 64; "+
			"expected their number to be given", width))
	}
	h := width / gpt2Head
	s.note(fault.New("headsAssumed", "The file does not say how many heads a block has: %d are assumed, C/64 as in GPT-2.", h))
	return h, nil
}

// tie makes wte.weight the only one of the two tied matrices. A file may hold both if they
// are equal.
func (s *source) tie() error {
	head, hasHead := s.tensors["lm_head.weight"]
	wte, hasWTE := s.tensors["wte.weight"]
	switch {
	case hasHead && !hasWTE:
		s.tensors["wte.weight"] = head
	case hasHead && head.Data != nil && !s.tied():
		return s.refuse(fault.New("tiedDiffer", "%s differs from %s; expected the same values, for they are tied", head.Name, wte.Name))
	}
	return nil
}

// tied reports whether the output projection is the token embedding again. Files of tied
// weights may hold them once under either name, or twice.
func (s *source) tied() bool {
	head, hasHead := s.tensors["lm_head.weight"]
	wte, hasWTE := s.tensors["wte.weight"]
	return !hasHead || !hasWTE ||
		head.Data != nil && head.DType == wte.DType && equal(head.Shape, wte.Shape) && bytes.Equal(head.Data, wte.Data)
}

// orient finds out, by the matrices that are not square, whether all are stored transposed.
func (s *source) orient(m *Model) {
	votes := 0
	for _, p := range m.Parameters() {
		t, ok := s.tensors[p.Name]
		switch {
		case !ok || !isLinear(p.Name) || p.Rows == p.Cols:
		case equal(t.Shape, []int{p.Rows, p.Cols}):
			votes++
		case equal(t.Shape, []int{p.Cols, p.Rows}):
			votes--
		}
	}
	if s.transposed = votes < 0; s.transposed {
		s.note(fault.New("matricesTransposed", "Its matrices are stored (out, in), as PyTorch does; they were transposed."))
	}
}

// storedShape returns the shape in which the file must hold a weight.
func (s *source) storedShape(m *Model, p *Tensor) []int {
	want := m.publishedShape(p)
	if s.transposed && len(want) == 2 && isLinear(p.Name) {
		slices.Reverse(want)
	}
	return want
}

// check returns an error unless the file holds the weights of m, and nothing else.
func (s *source) check(m *Model) error {
	expected := map[string]bool{"lm_head.weight": true, indexName: m.Config.Distinct > 0} // or else tied, or none shared
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := s.tensors[p.Name]
		if !ok && !(s.unbiased && isBias(p.Name)) {
			return s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", p.Name, shapeText(s.storedShape(m, p))))
		}
		if want := s.storedShape(m, p); ok && !equal(t.Shape, want) {
			return s.refuse(fault.New("shapeDiffers", "%s is %s; expected %s", t.Name, shapeText(t.Shape), shapeText(want)))
		}
		if ok && !slices.Contains([]string{safetensors.F32, safetensors.F16, safetensors.BF16}, t.DType) {
			return s.refuse(fault.New("numbersNotFloat", "%s holds numbers of the type %s; expected F32, F16 or BF16", t.Name, t.DType))
		}
	}
	for _, t := range s.order {
		if name, _ := canonical(t.Name); !expected[name] {
			return s.refuseTensor(t, fault.New("tensorUnknown", "is no tensor of a GPT-2 with L = %d, tied: %t", m.Config.Blocks, m.Config.Tied))
		}
	}
	if s.unbiased {
		s.note(fault.New("biasesZero", "The file has no biases: they are zero."))
	}
	return nil
}

// fill reads the values of the weights.
func (s *source) fill(m *Model) error {
	for _, p := range m.Parameters() {
		t, ok := s.tensors[p.Name]
		if !ok {
			p.data = make([]float32, m.size(p))
			continue
		}
		if err := t.CheckFinite(); err != nil {
			return err
		}
		v, err := t.Float32()
		if err != nil {
			return err
		}
		if s.transposed && isLinear(p.Name) {
			v = transpose(v, p.Cols, p.Rows)
		}
		p.data = v
	}
	if m.Config.Distinct > 0 {
		sharing, err := s.sharing(m.Config)
		if err != nil {
			return err
		}
		m.share(sharing)
	}
	return nil
}

// transpose returns the values of a (rows, cols) matrix as those of a (cols, rows) one.
func transpose(v []float32, rows, cols int) []float32 {
	out := make([]float32, len(v))
	for r := range rows {
		for c, x := range v[r*cols : (r+1)*cols] {
			out[c*rows+r] = x
		}
	}
	return out
}
