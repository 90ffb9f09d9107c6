package checkpoint

import (
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/bundle"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	"glassbox/model/quant"
)

// A model in a GGUF file: its names, layouts and keys as llama.cpp writes them, turned into the published ones.

// ggufsOf returns the files of GGUF among those that a reader has; none, if there are weights in safetensors too.
func ggufsOf(files []File) (list []File) {
	for _, file := range files {
		if published.IsGGUF(file.Bytes) {
			list = append(list, file)
		} else if kind, _ := foreign.Classify(file.Name, file.Bytes, file.Of()); kind == foreign.Weights && len(files) > 1 {
			return nil
		}
	}
	return list
}

// joined returns the files of a model in GGUF as one: the only one, or the parts into which llama.cpp has split it, of which
// the first has the metadata. missing names the parts that are not there. Several models are refused.
func joined(files []File, decode func(File) (*gguf.File, error)) (f *gguf.File, missing []string, err error) {
	parts := map[int]*gguf.File{}
	count := 0
	for _, file := range files {
		part, err := decode(file)
		if err != nil {
			return nil, nil, err
		}
		no, of := partOf(part)
		if _, twice := parts[no]; twice || of != count && count != 0 || no >= of {
			return nil, nil, severalGGUF(files)
		}
		parts[no], count = part, of
	}
	for no := range count {
		if parts[no] == nil {
			missing = append(missing, bundle.NameOfPart(files[0].Base(), no+1, count))
		}
	}
	if missing != nil {
		return nil, missing, nil
	}
	f = parts[0]
	for no := 1; no < count; no++ {
		f.Tensors = append(f.Tensors, parts[no].Tensors...)
	}
	return f, nil, nil
}

// mostParts is how many parts a model in GGUF has at most, as in the names of files.
const mostParts = 1000

// partOf returns which part of how many a file is, counted from 0; 0 of 1: it is the whole.
func partOf(f *gguf.File) (no, of int) {
	count, err := f.Uint("split.count")
	if err != nil || count < 2 || count > mostParts {
		return 0, 1
	}
	n, err := f.Uint("split.no")
	if err != nil {
		return 0, int(count)
	}
	return int(min(n, mostParts)), int(count)
}

// severalGGUF is the error about several models.
func severalGGUF(files []File) error {
	var names fault.List
	for _, file := range files {
		names = append(names, safetensors.Legible(file.Name))
	}
	return fault.New("ggufSeveral", "these are several models in GGUF: %s; open one of them", names)
}

// besideGGUF notes the files that lie beside those of GGUF, which have all that belongs to their model.
func besideGGUF(files []File) (notes []*fault.Fault) {
	var others fault.List
	for _, f := range files {
		if !published.IsGGUF(f.Bytes) {
			others = append(others, safetensors.Legible(f.Name))
		}
	}
	if others != nil {
		notes = append(notes, fault.New("filesLeftOut", "Files that take no part in the model were left out: %s.", others))
	}
	return notes
}

// importGGUFOf reads a model from its files of GGUF, some of several.
func importGGUFOf(ggufs, files []File, o Options) (*Imported, error) {
	f, missing, err := joined(ggufs, func(file File) (*gguf.File, error) { return gguf.Decode(file.Name, file.Bytes) })
	if err != nil {
		return nil, err
	}
	if missing != nil {
		return nil, fault.New("partsMissing", "of the model's weights these files are missing: %s; expected them beside the others", fault.List(missing))
	}
	i, err := importGGUF(f, ggufs[0].Name, o)
	if err == nil {
		i.GGUF, i.Notes = f, append(i.Notes, besideGGUF(files)...)
	}
	return i, err
}

// inspectGGUFOf reads what importGGUFOf would read, from the first bytes of the files.
func inspectGGUFOf(ggufs, files []File) (i *Inspection, err error) {
	f, missing, err := joined(ggufs, func(file File) (*gguf.File, error) { return gguf.DecodeHead(file.Name, file.Bytes, file.Of()) })
	if err != nil {
		return nil, err
	}
	if i = (&Inspection{Missing: missing}); missing == nil {
		if i, err = inspectGGUF(f, ggufs[0].Name); err != nil {
			return nil, err
		}
	}
	i.GGUF, i.Packed, i.Notes = f, true, append(i.Notes, besideGGUF(files)...)
	for _, other := range files {
		m := Member{Role: foreign.Weights}
		if !published.IsGGUF(other.Bytes) {
			_, is := foreign.Classify(other.Name, other.Bytes, other.Of())
			m = Member{Is: is}
		}
		i.Members = append(i.Members, m)
	}
	i.Name = strings.TrimSuffix(ggufs[0].Base(), ".gguf")
	return i, nil
}

// importGGUF reads a model from a file of GGUF.
func importGGUF(f *gguf.File, file string, o Options) (*Imported, error) {
	g, err := published.ReadGGUF(f, file)
	if err != nil {
		return nil, err
	}
	var i *Imported
	if g.Arch == "gpt2" {
		i, err = importGPT2OfGGUF(g, o)
	} else {
		i, err = importLlama(file, g.Tensors, ggufConfig(g), o)
	}
	if err != nil {
		return nil, err
	}
	for _, p := range i.Model.Parameters() {
		p.Alias = g.Names[p.Name]
	}
	i.Metadata, i.Notes = g.Metadata(), append(i.Notes, unread(g)...)
	return i, nil
}

// unread notes the settings of a file that are unknown here.
func unread(g *published.GGUF) []*fault.Fault {
	if g.Unread == nil {
		return nil
	}
	return []*fault.Fault{fault.New("settingsUnknown", "It has settings that are unknown here, and were left out: %s.", published.Summary(g.Unread))}
}

// inspectGGUF reads from the header of a file what importGGUF would read.
func inspectGGUF(f *gguf.File, file string) (i *Inspection, err error) {
	g, err := published.ReadGGUF(f, file)
	if err != nil {
		return nil, err
	}
	if g.Arch == "gpt2" {
		w, c := gpt2OfGGUF(g, Options{})
		m, err := model.Skeleton(c)
		if err == nil {
			err = w.check(m)
		}
		if err != nil {
			return nil, err
		}
		i = &Inspection{Config: c, Asserted: true, Activates: true}
	} else if i, err = inspectLlama(file, g.Tensors, ggufConfig(g)); err != nil {
		return nil, err
	}
	i.Metadata, i.Notes = g.Metadata(), append(i.Notes, unread(g)...)
	return i, nil
}

// ggufConfig is what a file of GGUF says of a Llama.
func ggufConfig(g *published.GGUF) llamaConfig {
	return llamaConfig{fields: g.Fields, from: fault.New("configMetadata", "its metadata"), whole: true}
}

// gpt2OfGGUF returns the weights and the sizes of a GPT-2.
func gpt2OfGGUF(g *published.GGUF, o Options) (*weightFile, model.Config) {
	w := &weightFile{file: g.File, tensors: map[string]published.Tensor{}, turned: true}
	for _, t := range g.Tensors {
		w.tensors[t.Name] = t
	}
	side := func(name string, at int) int {
		if shape := w.tensors[name].Shape; at < len(shape) {
			return shape[at]
		}
		return 0
	}
	c := model.Config{Vocab: side("wte.weight", 0), Width: side("wte.weight", 1), Context: side("wpe.weight", 0), Heads: published.Size(g.Fields, "num_attention_heads"),
		Blocks: published.Size(g.Fields, "num_hidden_layers"), Inner: side("h.0.mlp.c_fc.weight", 0)}
	if c.Inner == 4*c.Width {
		c.Inner = 0
	}
	if o.Heads > 0 {
		c.Heads = o.Heads
	}
	if o.Activation != nil {
		c.Activation = *o.Activation
	}
	if e, ok := published.Number(g.Fields, "layer_norm_epsilon"); ok && float32(e) != model.Epsilon {
		c.Epsilon = float32(e)
	}
	_, untied := w.tensors[published.HeadName]
	c.Tied = !untied
	if g.Rows != nil {
		c.Vocab, c.Distinct = len(g.Rows), c.Vocab
	}
	return w, c
}

// importGPT2OfGGUF reads a GPT-2.
func importGPT2OfGGUF(g *published.GGUF, o Options) (*Imported, error) {
	w, c := gpt2OfGGUF(g, o)
	m, err := model.Skeleton(c)
	if err != nil {
		return nil, g.Refuse(fault.New("inSizes", "the sizes: %w", err))
	}
	if err := w.check(m); err != nil {
		return nil, err
	}
	if err := w.fill(m); err != nil {
		return nil, err
	}
	if g.Rows != nil {
		if err := m.ShareRows(g.Rows); err != nil {
			return nil, g.RefuseKey(published.RowsKey, fault.Of(err))
		}
	}
	return &Imported{Model: m}, nil
}

// weightFile is what a file holds for a model of the family of Llama, or a file of GGUF for one of GPT-2: its tensors by
// our names.
type weightFile struct {
	file    string
	tensors map[string]published.Tensor
	turned  bool // the matrices of linear layers lie the other way round than in the model
}

// check returns an error unless the file holds the weights of m, and nothing else.
func (w *weightFile) check(m *model.Model) error {
	expected := map[string]bool{published.HeadName: true} // or else tied
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := w.tensors[p.Name]
		want := w.shapeOf(m, p)
		switch {
		case !ok:
			return w.refuse(fault.New("tensorMissing", "%s is missing; expected %s", p.Name, published.ShapeText(want)))
		case !equal(t.Shape, want):
			return w.refuse(fault.New("shapeDiffers", "%s is %s; expected %s", safetensors.Legible(t.Name), published.ShapeText(t.Shape), published.ShapeText(want)))
		}
		if _, known := quant.Parse(t.Typed); !known {
			return w.refuse(fault.New("numbersNotFloat", "%s holds numbers of the type %s; expected F32, F16, BF16 or F64: "+
				"load the model in Python, make it float32 by model.float(), and write it again", safetensors.Legible(t.Name), t.Typed))
		}
	}
	unknown := ""
	for ours, t := range w.tensors {
		if !expected[ours] && (unknown == "" || t.Name < unknown) {
			unknown = t.Name
		}
	}
	if unknown != "" {
		return &safetensors.FormatError{File: w.file, Tensor: unknown, Offset: -1,
			Reason: fault.New("tensorOfOther", "is no tensor of a %s with L = %d", m.Config.Family.Name(), m.Config.Blocks)}
	}
	return nil
}

// shapeOf returns the shape in which the file must hold a weight.
func (w *weightFile) shapeOf(m *model.Model, p *model.Tensor) []int {
	want := m.StoredShape(p)
	if w.turned && published.IsLinear(p.Name) {
		want[0], want[1] = want[1], want[0]
	}
	return want
}

// fewWeights is how many weights a model has at most that are made float32 when it is read, 16 MB.
const fewWeights = 4 << 20

// fill gives the weights of m their values: vectors and float32 as they are computed with, everything else as it is held,
// and of a model of few weights as float32 too.
func (w *weightFile) fill(m *model.Model) error {
	few := m.Config.Parameters() <= fewWeights
	for _, p := range m.Parameters() {
		t := w.tensors[p.Name]
		t.Arrange()
		if err := w.checkFinite(t); err != nil {
			return err
		}
		if m.Llama != nil && p == m.Slower {
			if err := w.checkPositive(t); err != nil {
				return err
			}
		}
		turned := w.turned && published.IsLinear(p.Name)
		if !m.Vector(p) && t.As != quant.F32 && t.As != quant.F64 {
			p.Hold(t.As, t.Data, turned)
			if few {
				p.Unpack()
			}
			continue
		}
		values := make([]float32, size(m, p))
		quant.Decode(values, t.As, t.Data)
		p.Set(values, turned)
	}
	return nil
}

// checkFinite returns an error that names the first value which is no finite number.
func (w *weightFile) checkFinite(t published.Tensor) error {
	cols := t.Shape[len(t.Shape)-1]
	size, err := t.As.RowBytes(cols)
	if err != nil {
		return w.refuse(fault.New("rowNoBlocks", "a row of %s has %d number(s), which are no whole blocks of %s", safetensors.Legible(t.Name), cols, t.Typed))
	}
	row := make([]float32, cols)
	for r := 0; size > 0 && (r+1)*size <= len(t.Data); r++ {
		quant.Decode(row, t.As, t.Data[r*size:][:size])
		for c, v := range row {
			if v-v != 0 { // true of ±Inf and NaN alone
				return w.refuse(fault.New("weightNotFinite", "%s has %v at (%d, %d); expected a finite number", safetensors.Legible(t.Name), v, r, c))
			}
		}
	}
	return nil
}

// checkPositive returns an error that names the first value by which nothing can be divided.
func (w *weightFile) checkPositive(t published.Tensor) error {
	values := make([]float32, t.Shape[0])
	quant.Decode(values, t.As, t.Data)
	for i, v := range values {
		if !(v > 0) {
			return w.refuse(fault.New("factorNotPositive", "%s has %v at %d; expected numbers above 0", safetensors.Legible(t.Name), v, i))
		}
	}
	return nil
}

// refuse returns an error about the file.
func (w *weightFile) refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: w.file, Reason: reason, Offset: -1}
}
