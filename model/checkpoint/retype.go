package checkpoint

import (
	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/fault"
	"glassbox/model/quant"
)

// Written lists the types in which [Retyped] can hold matrices, those of most bits first.
func Written() []quant.Type {
	return []quant.Type{quant.F32, quant.F16, quant.BF16, quant.Q8_0, quant.Q4_1, quant.Q4_0}
}

// Retyped returns a model with its matrices rounded to one of the types that are Written, by the rules of llama.cpp: vectors and the table
// of positions stay as they are, a matrix whose rows are no whole blocks is F16. One that has the type already is not copied.
func Retyped(m *model.Model, as quant.Type) (*model.Model, error) {
	other, err := model.Skeleton(m.Config)
	if err != nil {
		return nil, err
	}
	weights := m.Parameters()
	for i, p := range other.Parameters() {
		from := weights[i]
		p.Alias, p.Turned, p.Paired = from.Alias, from.Turned, from.Paired
		if err := rounded(m, p, from, as); err != nil {
			return nil, fault.New("inTensor", "%s: %w", from.Name, err)
		}
	}
	if m.Sharing == nil {
		return other, nil
	}
	rows := make([]int, m.Config.Vocab)
	for id := range rows {
		rows[id] = m.Sharing.Row(id)
	}
	return other, other.ShareRows(rows)
}

// RetypedBytes is how many bytes the matrices of such a model take beside the first one, at most.
func RetypedBytes(m *model.Model, as quant.Type) (bytes int64) {
	for _, p := range m.Parameters() {
		n := int64(1)
		for _, side := range m.StoredShape(p) {
			n *= int64(side)
		}
		bytes += n * int64(as.BlockBytes()) / int64(as.BlockLen())
	}
	return bytes
}

// rounded makes p hold what from holds, in a type.
func rounded(m *model.Model, p, from *model.Tensor, as quant.Type) error {
	held, data, turned := from.Held()
	outs, ins := from.Rows, from.Cols
	layer := m.GPT2 != nil && published.IsLinear(p.Name)
	if layer {
		outs, ins = ins, outs
	}
	if ins%as.BlockLen() != 0 {
		as = quant.F16
	}
	few := m.Config.Parameters() <= fewWeights
	switch {
	case m.Vector(from) || p.Name == "wpe.weight":
		as = held
		fallthrough
	case held == as && data != nil:
		if p.Set(from.Data(), false); data != nil {
			p.Hold(held, data, turned)
		}
		return nil
	case as == quant.F32:
		p.Set(from.Values(), false)
		return nil
	}
	values := from.Values()
	if layer { // a stored row holds the weights of one output
		values = transposed(values, ins, outs)
	}
	size, err := as.RowBytes(len(values))
	if err != nil {
		return err
	}
	b := make([]byte, size)
	if err := quant.Encode(b, as, values); err != nil {
		return err
	}
	if p.Hold(as, b, layer); few {
		p.Unpack()
	}
	return nil
}

// transposed returns the values of a (rows, cols) matrix as those of a (cols, rows) one.
func transposed(v []float32, rows, cols int) []float32 {
	out := make([]float32, len(v))
	for r := range rows {
		for c, x := range v[r*cols : (r+1)*cols] {
			out[c*rows+r] = x
		}
	}
	return out
}
