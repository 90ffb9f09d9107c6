package convert

import (
	"io"
	"math/rand/v2"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/quant"
)

// randomDeviation is that of random weights, as before training.
const randomDeviation = 0.02

// randomRow is how many values are made at a time, or a row, if that is longer.
const randomRow = 1 << 16

// Random writes a model of a configuration as GGUF, with weights as they are before training: normal, gains one, biases zero; the same
// bytes for the same seed. Its matrices are of a type; what is said of types at [GGUF] holds here, too. It is written piece by piece, so
// that its size is bound by the disk alone. Bytes of what is returned is nil.
func Random(out io.Writer, c model.Config, as quant.Type, name string, seed uint64) (*Written, error) {
	m, err := model.Skeleton(c)
	if err != nil {
		return nil, err
	}
	g := &writer{Written: &Written{Parameters: c.Parameters()}, as: &as, arch: archOf(c), fields: fieldsOf(c)}
	if err := g.check(c); err != nil {
		return nil, err
	}
	if err := g.shapes(m); err != nil {
		return nil, err
	}
	if err := g.metadata(&checkpoint.Imported{Model: m}, name, nil); err != nil {
		return nil, err
	}
	head, alignment, err := gguf.EncodeHead(&g.file)
	if err != nil {
		return nil, err
	}
	if _, err := out.Write(head); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(seed, 0))
	for _, t := range g.file.Tensors {
		if err := writeRandom(out, t, r, alignment); err != nil {
			return nil, err
		}
	}
	return g.Written, nil
}

// shapes lists the weights without their values.
func (g *writer) shapes(m *model.Model) error {
	for _, p := range m.Parameters() {
		t, _, _, err := g.empty(m, p)
		if err != nil {
			return err
		}
		g.file.Tensors = append(g.file.Tensors, t)
	}
	return g.listed(m.Config)
}

// writeRandom writes the data of a tensor: what it has, or random numbers.
func writeRandom(out io.Writer, t gguf.Tensor, r *rand.Rand, alignment int) error {
	written := len(t.Data)
	if t.Data != nil {
		if _, err := out.Write(t.Data); err != nil {
			return err
		}
	}
	row := t.Shape[len(t.Shape)-1]
	values := make([]float32, max(1, randomRow/row)*row)
	for left := t.Len(); left > 0 && t.Data == nil; {
		some := values[:min(left, len(values))]
		for i := range some {
			switch {
			case len(t.Shape) > 1:
				some[i] = float32(r.NormFloat64() * randomDeviation)
			case model.IsBias(t.Name):
				some[i] = 0
			default:
				some[i] = 1
			}
		}
		size, err := t.Type.RowBytes(len(some))
		if err != nil {
			return err
		}
		b := make([]byte, size)
		if err := quant.Encode(b, t.Type, some); err != nil {
			return err
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
		left -= len(some)
		written += size
	}
	_, err := out.Write(make([]byte, -written&(alignment-1)))
	return err
}
