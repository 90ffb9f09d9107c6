package model

import (
	"bytes"
	"slices"

	"glassbox/model/bundle"
	"glassbox/model/fault"
	"glassbox/model/foreign"
	"glassbox/model/gguf"
	"glassbox/model/safetensors"
)

// Options say what a file leaves open.
type Options struct {
	// Heads is H: no shape tells it. 0 stands for what the file says, or else for C/64,
	// which all published GPT-2 models have.
	Heads int

	// Activation is that of the feed-forward networks, which no shape tells either. nil stands for what the file says, or
	// else for GELU's tanh form, as in GPT-2.
	Activation *Activation
}

// Imported is a model from a file, and what there is to say about the file.
type Imported struct {
	Model    *Model
	Metadata map[string]string
	Notes    []*fault.Fault // what was inferred or filled in: remarks, worded like errors
	Beside   []Companion    // files that belong to the model and were not read with its weights
	GGUF     *gguf.File     // the file itself, whose metadata hold a tokenizer; nil for other formats
}

// Import reads a model from the bytes of a safetensors file that holds a GPT-2 under one
// of these names and layouts. name is the file's name.
//
//	ours          h.0.attn.c_attn.weight (in, out), the configuration under "config" in the metadata
//	published     the same names, without a configuration
//	nanoGPT, minGPT  transformer.h.0.attn.c_attn.weight (out, in), as PyTorch's linear layers are stored
//
// Any prefix may stand before all names: "transformer.", "_orig_mod.module.". What takes no part is left out: masks such
// as attn.bias, the heads of other tasks, whatever stands beside the transformer. A
// lm_head.weight that equals wte.weight, or is missing, means that the two are tied.
// Biases that are missing, as nanoGPT may leave them out, are zero. F16 and BF16 are
// widened, F64 is rounded.
//
// V, C, L, the context and the inner size follow from the shapes. The metadata are asked for
// what no shape tells, H and the alphabet; what they say against the shapes counts for nothing.
//
// A square matrix does not tell its layout. The layout is therefore that of the whole
// file, and the matrices that are not square decide it.
//
// Where the file has a wte.index, (V) whole numbers, tokens share rows: wte.weight holds D
// rows, and the index says which of them each token has. See [Sharing].
//
// All of this that was inferred, filled in or left out stands in the notes. A file that is no such model is refused with
// a [*safetensors.FormatError]: it names what the file is instead, or the tensor, its shape and the shape that was expected.
func Import(name string, b []byte, o Options) (*Imported, error) {
	return ImportFiles([]File{{Name: name, Bytes: b}}, o)
}

// What the files of a model are, see package bundle.
type (
	File      = bundle.File
	Companion = bundle.Companion
	Member    = bundle.Member
)

// ImportFiles reads a model from several files, in any order, as Import reads it from one: the parts of its weights, the
// index that names them, the configuration, and what belongs to a tokenizer, which is handed on. Files that take no part
// are left out, and named in the notes; of those Bytes may be the first ones only.
//
// It refuses what lacks a part, holds a tensor in two, or is two models, and names them.
func ImportFiles(files []File, o Options) (*Imported, error) {
	if f, ok := theGGUF(files); ok {
		return importGGUFOf(f, o)
	}
	b, err := gather(files)
	if err != nil {
		return nil, err
	}
	i, err := imported(b.FileName(), b.Weights(), b.Config(), o)
	if err != nil {
		return nil, err
	}
	i.Notes = append(i.Notes, b.Notes...)
	i.Beside = b.Companions()
	return i, nil
}

// gather returns the files of a whole model.
func gather(files []File) (*bundle.Bundle, error) {
	b, err := bundle.Gather(files, canonical)
	if err == nil {
		err = b.Complete()
	}
	return b, err
}

// canonical returns the published name of a tensor, whatever stands before it.
func canonical(name string) string {
	if _, ours, ok := published(name); ok {
		return ours
	}
	if _, ours, ok := publishedLlama(name); ok {
		return ours
	}
	return name
}

// imported reads the model whose tensors stand in f; config is the file of its configuration, or nil.
func imported(name string, f *safetensors.File, config *File, o Options) (*Imported, error) {
	if hasLlama(f) {
		i, err := importLlama(name, tensorsOf(f), fieldsOf(f.Metadata, config), o)
		if err == nil {
			i.Metadata = f.Metadata
		}
		return i, err
	}
	s, c, _, err := read(name, f, config, o)
	if err == nil && c.Heads == 0 {
		err = s.refuse(fault.New("headsUnknown", "the file does not say how many heads its blocks have, and C = %d is no multiple of 64; "+
			"expected their number to be given", c.Width))
	}
	if err != nil {
		return nil, err
	}
	m, err := s.identify(c)
	if err != nil {
		return nil, err
	}
	if err := s.fill(m); err != nil {
		return nil, err
	}
	return &Imported{Model: m, Metadata: f.Metadata, Notes: s.notes}, nil
}

// An Inspection is what the header of a file says about its model.
type Inspection struct {
	Config    Config // Heads is 0 if the file does not say and C is no multiple of 64
	Asserted  bool   // the file says how many heads there are
	Activates bool   // the file says which activation there is
	Metadata  map[string]string
	Notes     []*fault.Fault

	// Of several files.
	Name       string   // what the model is called, as their names say
	Members    []Member // what each of them is, in their order
	Missing    []string // files with weights that are not there; the Config is then zero
	Weightless bool     // there are no weights at all

	GGUF *gguf.File // the header, whose metadata hold a tokenizer; nil for other formats
}

// Inspect reads what Import would read, from the header alone: head holds the first bytes
// of a file of size bytes, the header among them; see [HeadBytes]. It refuses what
// Import would refuse before it looks at values. Whether an lm_head.weight equals wte.weight can't be told
// yet; it is taken for a matrix of its own.
func Inspect(name string, head []byte, size int64) (*Inspection, error) {
	files := []File{{Name: name, Bytes: head, Size: size}}
	if IsGGUF(head) {
		return InspectFiles(files)
	}
	if _, err := gather(files); err != nil {
		return nil, err
	}
	return InspectFiles(files)
}

// InspectFiles reads what ImportFiles would read, from the first bytes of each file, at least as many as [HeadBytes]
// asks for. What is not all there yet is no error: it is named in Missing, and the Config is zero.
func InspectFiles(files []File) (*Inspection, error) {
	if f, ok := theGGUF(files); ok {
		return inspectGGUFOf(f, files)
	}
	b, err := bundle.Gather(files, canonical)
	if err != nil {
		return nil, err
	}
	i := &Inspection{}
	if len(b.Missing) == 0 {
		if i, err = inspected(b.FileName(), b.Weights(), b.Config()); err != nil {
			return nil, err
		}
	}
	i.Name, i.Members, i.Missing, i.Weightless = b.Title(), b.Members, b.Missing, b.Weightless()
	i.Notes = append(i.Notes, b.Notes...)
	return i, nil
}

// inspected reads from the header of a file what imported would read.
func inspected(name string, f *safetensors.File, config *File) (*Inspection, error) {
	if hasLlama(f) {
		i, err := inspectLlama(name, tensorsOf(f), fieldsOf(f.Metadata, config))
		if err == nil {
			i.Metadata = f.Metadata
		}
		return i, err
	}
	s, c, says, err := read(name, f, config, Options{})
	if err != nil {
		return nil, err
	}
	i := &Inspection{Config: c, Asserted: says.heads != 0, Activates: says.activation != nil, Metadata: f.Metadata}
	c.Heads = max(c.Heads, 1)
	if _, err := s.identify(c); err != nil {
		return nil, err
	}
	i.Notes = s.notes
	return i, nil
}

// HeadBytes returns how many of the first bytes of a file of size bytes Inspect and InspectFiles need, of which head are some: as
// many as there are, or more if the header is longer, and the whole of a configuration or an index.
func HeadBytes(head []byte, size int64) int64 {
	if IsGGUF(head) {
		return max(gguf.HeadBytes(head, size), int64(len(head)))
	}
	return bundle.HeadBytes(head, size)
}

// read returns the sizes of the model in a file, and what its metadata and its configuration say; H is 0 if nothing tells it.
func read(name string, f *safetensors.File, config *File, o Options) (s *source, c Config, st statement, err error) {
	if s, err = newSource(name, f); err != nil {
		return s, c, st, err
	}
	if c, err = s.sizes(); err != nil {
		return s, c, st, s.family(err)
	}
	if err = s.applyIndex(&c); err != nil {
		return s, c, st, err
	}
	st = s.statement(f.Metadata, config, c)
	if c.Tied, err = s.tie(st.tied, c.Distinct > 0); err != nil {
		return s, c, st, err
	}
	if st.other != nil {
		return s, c, st, s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", st.other))
	}
	c.Alphabet, c.Unscaled, c.PerBlock = st.alphabet, st.unscaled, st.perBlock
	c.Heads = s.heads(c.Width, st.heads, o.Heads)
	c.Activation = s.activation(st.activation, o.Activation)
	return s, c, st, nil
}

// family returns an error that names the family of the model, if that is known, or else err.
func (s *source) family(err error) error {
	if is := foreign.Family(s.names); is != nil {
		return s.refuse(is)
	}
	return err
}

// identify returns the model that a file holds, without values. It checks that all its
// tensors are there in the right shapes.
func (s *source) identify(c Config) (*Model, error) {
	m, err := skeleton(c)
	if err != nil {
		return nil, s.refuse(fault.New("inSizes", "the sizes: %w", err))
	}
	s.orient(m)
	if err := s.check(m); err != nil {
		return nil, s.family(err)
	}
	return m, nil
}

// isAlphabet reports whether a text has as many characters as there are tokens, each once.
func isAlphabet(text string, vocab int) bool {
	seen := map[rune]bool{}
	for _, r := range text {
		if seen[r] {
			return false
		}
		seen[r] = true
	}
	return len(seen) == vocab
}

// gpt2Head is A in every published GPT-2.
const gpt2Head = 64

// heads returns H: as it was asked for, as the file states it, or as in GPT-2; 0 if nothing tells.
func (s *source) heads(width, stated, asked int) int {
	switch {
	case asked > 0 && stated > 0 && asked != stated:
		s.note(fault.New("headsOverridden", "The number of heads in %w is %d; %d was asked for, and is taken.", s.saying(func(st statement) bool { return st.heads == stated }), stated, asked))
		return asked
	case asked > 0:
		return asked
	case stated > 0 || width%gpt2Head != 0:
		return stated
	}
	h := width / gpt2Head
	s.note(fault.New("headsAssumed", "The file does not say how many heads a block has: as in GPT-2, C/64 is assumed, %d.", h))
	return h
}

// activation returns the nonlinearity: as it was asked for, as the file states it, or as in GPT-2.
func (s *source) activation(stated, asked *Activation) Activation {
	switch {
	case asked != nil:
		return *asked
	case stated != nil:
		return *stated
	}
	s.note(fault.New("activationAssumed", "The file does not say which activation its feed-forward networks have: the tanh form of GELU is assumed, as in GPT-2; "+
		"other programs train with its form by erf."))
	return TanhGELU
}

// tie reports whether the output projection is the token embedding again: the file has only one of them, or both are
// equal and the metadata do not say that they are two. wte.weight is then the only one. Where tokens share rows it must be.
func (s *source) tie(stated *bool, shared bool) (bool, error) {
	head, hasHead := s.tensors[headName]
	wte, hasWTE := s.tensors["wte.weight"]
	if hasHead && !hasWTE {
		s.tensors["wte.weight"] = head
	}
	if !hasHead || !hasWTE {
		return true, nil
	}
	if head.Data == nil { // only the header is here
		return shared || stated != nil && *stated, nil
	}
	same := head.DType == wte.DType && equal(head.Shape, wte.Shape) && bytes.Equal(head.Data, wte.Data)
	if !same && shared {
		return false, s.refuse(fault.New("tiedDiffer", "%s differs from %s; expected the same values, for tokens share its rows", safetensors.Legible(head.Name), safetensors.Legible(wte.Name)))
	}
	if !same && stated != nil && *stated {
		s.note(fault.New("tiedIgnored", "In %w the output is the token embedding again, but %s differs from %s; it is taken for a matrix of its own.",
			s.saying(func(st statement) bool { return st.tied != nil }), safetensors.Legible(head.Name), safetensors.Legible(wte.Name)))
	}
	return same && (shared || stated == nil || *stated), nil
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
	expected := map[string]bool{headName: true, indexName: m.Config.Distinct > 0} // or else tied, or none shared
	doubles := false
	var zero []string
	var unknown *safetensors.Tensor
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := s.tensors[p.Name]
		want := s.storedShape(m, p)
		switch {
		case !ok && isBias(p.Name):
			zero = append(zero, p.Name)
		case !ok:
			return s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", p.Name, shapeText(want)))
		case !equal(t.Shape, want):
			return s.refuse(fault.New("shapeDiffers", "%s is %s; expected %s", safetensors.Legible(t.Name), shapeText(t.Shape), shapeText(want)))
		case !safetensors.IsFloat(t.DType):
			return s.refuse(fault.New("numbersNotFloat", "%s holds numbers of the type %s; expected F32, F16, BF16 or F64: "+
				"load the model in Python, make it float32 by model.float(), and write it again", safetensors.Legible(t.Name), t.DType))
		}
		doubles = doubles || t.DType == safetensors.F64
	}
	for name, t := range s.tensors {
		if !expected[name] && (unknown == nil || t.Name < unknown.Name) {
			unknown = &t
		}
	}
	if unknown != nil {
		return s.refuseTensor(*unknown, fault.New("tensorUnknown", "is no tensor of a GPT-2 with L = %d, tied: %t", m.Config.Blocks, m.Config.Tied))
	}
	switch {
	case s.unbiased:
		s.note(fault.New("biasesZero", "The file has no biases: they are zero."))
	case zero != nil:
		s.note(fault.New("biasesMissing", "The file lacks some biases, which count as zero: %s.", summary(zero)))
	}
	if doubles {
		s.note(fault.New("doublesRounded", "Its numbers have 64 bits; they were rounded to float32."))
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
