package model

import (
	"glassbox/model/fault"
	"glassbox/model/quant"
	"glassbox/model/safetensors"
)

// A stored is a tensor as a file holds it, of whatever format.
type stored struct {
	name  string // in the file
	shape []int  // outermost size first
	as    quant.Type
	typed string // what the file calls the type
	data  []byte // nil: only the header is here

	permuted int // heads of a query or key whose rows GGUF has in another order; 0: as published
}

// storedOf returns a tensor of a safetensors file. Its type may be one that holds no numbers of ours: see stored.check.
func storedOf(t safetensors.Tensor) stored {
	as, _ := quant.Parse(t.DType)
	return stored{name: t.Name, shape: t.Shape, as: as, typed: t.DType, data: t.Data}
}

// weightFile is what a file holds for a model of the family of Llama, or a file of GGUF for one of GPT-2: its tensors by
// our names.
type weightFile struct {
	file    string
	tensors map[string]stored
	turned  bool // the matrices of linear layers lie the other way round than in the model
}

// check returns an error unless the file holds the weights of m, and nothing else.
func (w *weightFile) check(m *Model) error {
	expected := map[string]bool{headName: true} // or else tied
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := w.tensors[p.Name]
		want := w.shapeOf(m, p)
		switch {
		case !ok:
			return w.refuse(fault.New("tensorMissing", "%s is missing; expected %s", p.Name, shapeText(want)))
		case !equal(t.shape, want):
			return w.refuse(fault.New("shapeDiffers", "%s is %s; expected %s", safetensors.Legible(t.name), shapeText(t.shape), shapeText(want)))
		}
		if _, known := quant.Parse(t.typed); !known {
			return w.refuse(fault.New("numbersNotFloat", "%s holds numbers of the type %s; expected F32, F16, BF16 or F64: "+
				"load the model in Python, make it float32 by model.float(), and write it again", safetensors.Legible(t.name), t.typed))
		}
	}
	unknown := ""
	for ours, t := range w.tensors {
		if !expected[ours] && (unknown == "" || t.name < unknown) {
			unknown = t.name
		}
	}
	if unknown != "" {
		return &safetensors.FormatError{File: w.file, Tensor: unknown, Offset: -1,
			Reason: fault.New("tensorOfOther", "is no tensor of a %s with L = %d", m.Config.Family.Name(), m.Config.Blocks)}
	}
	return nil
}

// shapeOf returns the shape in which the file must hold a weight.
func (w *weightFile) shapeOf(m *Model, p *Tensor) []int {
	want := m.publishedShape(p)
	if w.turned && isLinear(p.Name) {
		want[0], want[1] = want[1], want[0]
	}
	return want
}

// fill gives the weights of m their values: vectors and float32 as they are computed with, everything else as it is held.
func (w *weightFile) fill(m *Model) error {
	for _, p := range m.Parameters() {
		t := w.tensors[p.Name]
		t.arrange()
		if err := w.checkFinite(t); err != nil {
			return err
		}
		turned := w.turned && isLinear(p.Name)
		if !m.Vector(p) && t.as != quant.F32 && t.as != quant.F64 {
			p.pack(t.as, t.data, turned)
			continue
		}
		p.data = make([]float32, m.size(p))
		quant.Decode(p.data, t.as, t.data)
		if turned {
			p.data = transpose(p.data, p.Cols, p.Rows)
		}
	}
	return nil
}

// checkFinite returns an error that names the first value which is no finite number.
func (w *weightFile) checkFinite(t stored) error {
	cols := t.shape[len(t.shape)-1]
	size, err := t.as.RowBytes(cols)
	if err != nil {
		return w.refuse(fault.New("rowNoBlocks", "a row of %s has %d number(s), which are no whole blocks of %s", safetensors.Legible(t.name), cols, t.typed))
	}
	row := make([]float32, cols)
	for r := 0; size > 0 && (r+1)*size <= len(t.data); r++ {
		quant.Decode(row, t.as, t.data[r*size:][:size])
		for c, v := range row {
			if v-v != 0 { // true of ±Inf and NaN alone
				return w.refuse(fault.New("weightNotFinite", "%s has %v at (%d, %d); expected a finite number", safetensors.Legible(t.name), v, r, c))
			}
		}
	}
	return nil
}

// refuse returns an error about the file.
func (w *weightFile) refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: w.file, Reason: reason, Offset: -1}
}

// arrange brings the rows of a query or key from the order of GGUF's llama, in which number 2i of a head turns with 2i + 1,
// into the published one, in which i turns with i + A/2.
func (t *stored) arrange() {
	if t.permuted == 0 {
		return
	}
	rows := t.shape[0]
	size := len(t.data) / rows
	A := rows / t.permuted
	out := make([]byte, 0, len(t.data))
	for r := range rows {
		h, i := r/A, r%A
		from := h*A + i%(A/2)*2 + i/(A/2)
		out = append(out, t.data[from*size:][:size]...)
	}
	t.data = out
}
