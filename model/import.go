package model

import (
	"glassbox/model/bundle"
	"glassbox/model/fault"
	"glassbox/model/gguf"
	"glassbox/model/published"
	"glassbox/model/safetensors"
)

// Options say what a file leaves open.
type Options struct {
	// Heads is H: no shape tells it. 0 stands for what the file says, or else for what is usual: heads of 64 numbers
	// in a GPT-2, as all published ones have, of 64 or 128 in a Llama.
	Heads int

	// Activation is that of the feed-forward networks, which no shape tells either. nil stands for what the file says, or
	// else for GELU's tanh form in a GPT-2, SiLU in a Llama.
	Activation *Activation
}

// Imported is a model from a file, and what there is to say about the file.
type Imported struct {
	Model    *Model
	Metadata map[string]string
	Notes    []*fault.Fault // what was inferred or filled in: remarks, worded like errors
	Beside   []Companion    // files that belong to the model and were not read with its weights
	Settings []byte         // of a config.json, as it stands there; nil: there is none
	GGUF     *gguf.File     // the file itself, whose metadata hold a tokenizer; nil for other formats
}

// Import reads a model from the bytes of a file, in safetensors or GGUF, that holds a GPT-2 or a Llama, or one of Llama's
// kin. name is the file's name. In safetensors these names and layouts are known:
//
//	ours          h.0.attn.c_attn.weight (in, out), the configuration under "config" in the metadata
//	published     the same names, without a configuration
//	nanoGPT, minGPT  transformer.h.0.attn.c_attn.weight (out, in), as PyTorch's linear layers are stored
//	Llama         model.layers.0.self_attn.q_proj.weight (out, in), the configuration in config.json, see ImportFiles
//
// Any prefix may stand before all names: "transformer.", "_orig_mod.module.". What takes no part is left out: masks such
// as attn.bias, the heads of other tasks, whatever stands beside the transformer. A
// lm_head.weight that equals wte.weight, or is missing, means that the two are tied.
// Of a GPT-2 biases that are missing, as nanoGPT may leave them out, are zero, and F16, BF16 and F64 become float32. Of a
// Llama, and of GGUF, all but float32 and F64 stays as the file has it.
//
// V, C, L and the inner size follow from the shapes. The metadata are asked for what no shape tells; what they say against
// the shapes counts for nothing.
//
// A square matrix does not tell its layout. The layout of a GPT-2 is therefore that of the whole
// file, and the matrices that are not square decide it.
//
// Where the file has a wte.index, (V) whole numbers, tokens share rows: wte.weight holds D
// rows, and the index says which of them each token has. See [Sharing].
//
// All of this that was inferred, filled in or left out stands in the notes. A file that is no such model is refused with
// a [*safetensors.FormatError] or a [*gguf.FormatError]: it names what the file is instead, or the tensor, its shape and the
// shape that was expected.
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
	if f, ok, err := theGGUF(files); ok || err != nil {
		if err != nil {
			return nil, err
		}
		return importGGUFOf(f, files, o)
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
	if c := b.Config(); c != nil {
		i.Settings = c.Bytes
	}
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

// canonical returns the published name of a tensor, whatever stands before it, and whether it has one.
func canonical(name string) (ours string, known bool) {
	if _, ours, ok := published.GPT2Name(name); ok {
		return ours, true
	}
	if _, ours, ok := published.LlamaName(name); ok {
		return ours, true
	}
	return name, false
}

// imported reads the model whose tensors stand in f; config is the file of its configuration, or nil.
func imported(name string, f *safetensors.File, config *File, o Options) (*Imported, error) {
	if hasLlama(f) {
		i, err := importLlama(name, tensorsOf(f), llamaConfigOf(f.Metadata, config), o)
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

	Packed bool       // the weights stay in memory as the file has them
	GGUF   *gguf.File // the header, whose metadata hold a tokenizer; nil for other formats
}

// Inspect reads what Import would read, from the header alone: head holds the first bytes
// of a file of size bytes, the header among them; see [HeadBytes]. It refuses what
// Import would refuse before it looks at values. Whether an lm_head.weight equals wte.weight can't be told
// yet; it is taken for a matrix of its own.
func Inspect(name string, head []byte, size int64) (*Inspection, error) {
	files := []File{{Name: name, Bytes: head, Size: size}}
	if published.IsGGUF(head) {
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
	if f, ok, err := theGGUF(files); ok || err != nil {
		if err != nil {
			return nil, err
		}
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
		i, err := inspectLlama(name, tensorsOf(f), llamaConfigOf(f.Metadata, config))
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
	if published.IsGGUF(head) {
		return max(gguf.HeadBytes(head, size), int64(len(head)))
	}
	return bundle.HeadBytes(head, size)
}

// Load reads a model from the bytes of a safetensors file, as Import does, and returns it
// with the file's metadata, which tells where the weights come from.
func Load(name string, b []byte) (*Model, map[string]string, error) {
	i, err := Import(name, b, Options{})
	if err != nil {
		return nil, nil, err
	}
	return i.Model, i.Metadata, nil
}

// Save returns the model as a safetensors file. The configuration is added to the
// metadata. The same model and metadata give the same bytes.
//
// Where tokens share rows, wte.weight holds the D rows that differ and wte.index, of whole
// numbers (V), the row of each token.
func (m *Model) Save(metadata map[string]string) ([]byte, error) {
	return m.SaveAs(safetensors.F32, metadata)
}

// SaveAs is Save with the matrices in the element type dtype: F32, or F16, which takes half
// the room and keeps 11 bits of each weight, rounded to nearest, or BF16, which keeps 8 bits and any size. Gains and
// biases are few and stay F32. It fails if a weight is too large for the type.
func (m *Model) SaveAs(dtype string, metadata map[string]string) ([]byte, error) {
	f := safetensors.File{Metadata: map[string]string{}}
	for k, v := range metadata {
		f.Metadata[k] = v
	}
	f.Metadata["config"] = m.Config.JSON()
	for _, p := range m.Parameters() {
		encode := safetensors.FromFloat32
		switch {
		case dtype != safetensors.F32 && dtype != safetensors.F16 && dtype != safetensors.BF16:
			return nil, fault.New("dtypeNotSaved", "weights can't be saved as %.20q; expected F32, F16 or BF16", dtype)
		case dtype == safetensors.F16 && !m.Vector(p):
			encode = safetensors.FromFloat16
		case dtype == safetensors.BF16 && !m.Vector(p):
			encode = safetensors.FromBrain16
		}
		t := encode(p.Name, m.publishedShape(p), p.Values())
		if err := t.CheckFinite(); err != nil {
			return nil, fault.New("savingAs", "saving as %s: %w", dtype, err)
		}
		f.Tensors = append(f.Tensors, t)
		if m.Sharing != nil && p == m.WTE {
			f.Tensors = append(f.Tensors, m.Sharing.tensor())
		}
	}
	return safetensors.Encode(&f)
}

// publishedShape returns the shape that a weight has in a published file: [n] for a gain or
// bias, [rows, columns] otherwise; D rows for an embedding whose rows tokens share.
func (m *Model) publishedShape(p *Tensor) []int {
	switch {
	case m.Vector(p):
		return []int{p.Cols}
	case m.GPT2 != nil && p == m.WTE:
		return []int{m.Config.Rows(), p.Cols}
	}
	return []int{p.Rows, p.Cols}
}

// size returns the number of values of a weight.
func (m *Model) size(p *Tensor) int {
	n := 1
	for _, d := range m.publishedShape(p) {
		n *= d
	}
	return n
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
