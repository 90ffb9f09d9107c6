package checkpoint

import (
	"glassbox/model"
	"glassbox/model/checkpoint/bundle"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	words "glassbox/tokenizer/published"
)

// Imported is a model from a file, and what there is to say about the file.
type Imported struct {
	Model    *model.Model
	Metadata map[string]string
	Notes    []*fault.Fault // what was inferred or filled in: remarks, worded like errors
	Beside   []Companion    // files that belong to the model and were not read with its weights
	Split    string         // as in Options, in which its tokenizer cuts a text; "": as the files say
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
// Of a GPT-2 biases that are missing, as nanoGPT may leave them out, are zero. Matrices stay as the file has them, but those of F64
// become float32, and so do all vectors.
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
	if ggufs := ggufsOf(files); ggufs != nil {
		return importGGUFOf(ggufs, files, o)
	}
	b, err := gather(files)
	if err != nil {
		return nil, err
	}
	f := b.Weights()
	s, err := ofSafetensors(b.FileName(), f, b.Config())
	if err != nil {
		return nil, err
	}
	i, err := s.imported(f.Metadata, o)
	if err != nil {
		return nil, err
	}
	i.Notes = append(i.Notes, b.Notes...)
	i.Beside = b.Companions()
	if c := b.Config(); c != nil {
		i.Settings = c.Bytes
	}
	i.Notes = append(i.Notes, i.Texts().Unread()...)
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

// ofSafetensors returns the model whose tensors stand in f, to be read; config is the file of its configuration, or nil.
func ofSafetensors(name string, f *safetensors.File, config *File) (*source, error) {
	var tensors []published.Tensor
	for _, t := range f.Tensors {
		tensors = append(tensors, published.TensorOf(t))
	}
	return newSource(name, tensors, sayingsOf(f.Metadata, config), familyOf(tensors))
}

// imported reads a model.
func (s *source) imported(metadata map[string]string, o Options) (*Imported, error) {
	s.owned = o.Owned
	if err := words.CheckSplit(o.Split); err != nil {
		return nil, err
	}
	c, err := s.config(o)
	if err != nil {
		return nil, err
	}
	if c.Heads == 0 {
		return nil, s.refuse(fault.New("headsUnknown", "the file does not say how many heads its blocks have, and C = %d is no multiple of 64; "+
			"expected their number to be given", c.Width))
	}
	m, err := s.identify(c)
	if err != nil {
		return nil, err
	}
	if err := s.fill(m); err != nil {
		return nil, err
	}
	return &Imported{Model: m, Metadata: metadata, Notes: s.notes, Split: o.Split}, nil
}

// Load reads a model from the bytes of a safetensors file, as Import does, and returns it
// with the file's metadata, which tells where the weights come from.
func Load(name string, b []byte) (*model.Model, map[string]string, error) {
	i, err := Import(name, b, Options{})
	if err != nil {
		return nil, nil, err
	}
	return i.Model, i.Metadata, nil
}
