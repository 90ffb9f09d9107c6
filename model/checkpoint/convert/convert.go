// Package convert writes a model that was read from one format in another, or in other types of numbers: safetensors with
// the published names and our configuration, or GGUF with the names, keys and layouts of llama.cpp.
//
// A weight that is held in the type that is asked for keeps its bits. Nothing is written that would be another model: what
// a format has no word for is an error, or, where it only concerns those who read the file elsewhere, a note.
package convert

import (
	"fmt"
	"slices"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/quant"
)

// Types are those in which matrices can be written: the first three in safetensors, all in GGUF.
var Types = []quant.Type{quant.F32, quant.F16, quant.BF16, quant.Q8_0, quant.Q4_0, quant.Q4_1}

// plain is how many of them safetensors have.
const plain = 3

// Written is a model as the bytes of a file.
type Written struct {
	Bytes      []byte
	Tensors    int
	Parameters int
	Types      string   // of the tensors, and how many have each: "Q8_0 × 12, F32 × 9"
	Notes      []string // what was left out, or is otherwise than it was asked for; sentences
}

// count sets Tensors and Types.
func (w *Written) count(types []string) {
	w.Tensors = len(types)
	number := map[string]int{}
	var order []string
	for _, t := range types {
		if number[t]++; number[t] == 1 {
			order = append(order, t)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return number[b] - number[a] })
	for i, t := range order {
		order[i] = fmt.Sprintf("%s × %d", t, number[t])
	}
	w.Types = strings.Join(order, ", ")
}

func (w *Written) note(format string, args ...any) {
	w.Notes = append(w.Notes, fmt.Sprintf(format, args...))
}

// Safetensors writes a model as safetensors, its matrices in a type: F32, F16 or BF16; nil: as the source has them, if that is
// one of these for all, or else F32.
func Safetensors(i *checkpoint.Imported, as *quant.Type) (*Written, error) {
	m := i.Model
	t := quant.F32
	switch has := m.Types(); {
	case as != nil && !slices.Contains(Types[:plain], *as):
		return nil, fmt.Errorf("safetensors have no %s; expected F32, F16 or BF16, or a file of GGUF", *as)
	case as != nil:
		t = *as
	case len(has) == 1 && slices.Contains(Types[:plain], has[0]):
		t = has[0]
	}
	w := &Written{Parameters: m.Config.Parameters()}
	var err error
	if w.Bytes, err = checkpoint.SaveAs(m, t.String(), i.Metadata); err != nil {
		return nil, err
	}
	f, err := safetensors.Decode("", w.Bytes)
	if err != nil {
		return nil, err
	}
	var types []string
	for _, tensor := range f.Tensors {
		types = append(types, tensor.DType)
	}
	w.count(types)
	if m.Config.Rotary.Listed {
		w.note("The numbers by which pairs turn slower stand in rope_freqs.weight, as in GGUF; other programs expect them as rope_scaling in config.json.")
	}
	if i.GGUF != nil && i.GGUF.Has(tokenizerKey+"tokens") {
		w.note("The tokenizer is left out, for safetensors have no place for it; it is carried along into GGUF.")
	}
	return w, nil
}

// tokenizerKey begins the keys of a tokenizer in GGUF.
const tokenizerKey = "tokenizer.ggml."
