package train

import (
	"math"

	"glassbox/model"
)

// reference is the mean loss of a batch in float64, written as plainly as possible and with nothing
// from the trainer: what finite differences are taken of.
type reference struct {
	c model.Config
	w map[string][]float64
}

func newReference(m *model.Model) reference {
	ref := reference{m.Config, map[string][]float64{}}
	for _, p := range m.Parameters() {
		for _, v := range p.Data() {
			ref.w[p.Name] = append(ref.w[p.Name], float64(v))
		}
	}
	return ref
}

func (ref reference) loss(b Batch) float64 {
	total, n := 0.0, 0
	for text := range b.Texts() {
		one := b.texts(text, text+1)
		for t, logits := range ref.logits(one.IDs) {
			if target := one.Targets[t]; target >= 0 {
				sum := 0.0
				for _, x := range logits {
					sum += math.Exp(x)
				}
				total += math.Log(sum) - logits[target]
				n++
			}
		}
	}
	return total / float64(n)
}

func (ref reference) logits(ids []int) [][]float64 {
	x := make([][]float64, len(ids))
	for t, id := range ids {
		x[t] = plus(ref.row("wte.weight", id), ref.row("wpe.weight", t))
	}
	for l := range ref.c.Blocks {
		h := "h." + string(rune('0'+l)) + "."
		mix := ref.attention(h, x)
		for t := range x {
			x[t] = plus(x[t], ref.linear(h+"attn.c_proj", mix[t]))
			u := ref.linear(h+"mlp.c_fc", ref.norm(h+"ln_2", x[t]))
			for i, v := range u {
				u[i] = v / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(v+0.044715*v*v*v)))
			}
			x[t] = plus(x[t], ref.linear(h+"mlp.c_proj", u))
		}
	}
	head := "lm_head.weight"
	if ref.c.Tied {
		head = "wte.weight"
	}
	out := make([][]float64, len(ids))
	for t := range x {
		n := ref.norm("ln_f", x[t])
		for v := range ref.c.Vocab {
			out[t] = append(out[t], product(n, ref.row(head, v)))
		}
	}
	return out
}

func (ref reference) attention(h string, x [][]float64) [][]float64 {
	C, A := ref.c.Width, ref.c.HeadSize()
	qkv, mix := make([][]float64, len(x)), make([][]float64, len(x))
	for t := range x {
		qkv[t] = ref.linear(h+"attn.c_attn", ref.norm(h+"ln_1", x[t]))
		mix[t] = make([]float64, C)
		for col := 0; col < C; col += A {
			sum, e := 0.0, make([]float64, t+1)
			for u := range e {
				e[u] = math.Exp(product(qkv[t][col:col+A], qkv[u][C+col:C+col+A]) / math.Sqrt(float64(A)))
				sum += e[u]
			}
			for u := range e {
				for i := range A {
					mix[t][col+i] += e[u] / sum * qkv[u][2*C+col+i]
				}
			}
		}
	}
	return mix
}

func (ref reference) row(name string, r int) []float64 {
	return ref.w[name][r*ref.c.Width:][:ref.c.Width]
}

func (ref reference) linear(name string, x []float64) []float64 {
	bias, w := ref.w[name+".bias"], ref.w[name+".weight"]
	out := make([]float64, len(bias))
	for j := range out {
		out[j] = bias[j]
		for i, v := range x {
			out[j] += v * w[i*len(bias)+j]
		}
	}
	return out
}

func (ref reference) norm(name string, x []float64) []float64 {
	mean, square := 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		square += (v - mean) * (v - mean) / float64(len(x))
	}
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = (v-mean)/math.Sqrt(square+1e-5)*ref.w[name+".weight"][i] + ref.w[name+".bias"][i]
	}
	return out
}

func plus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] + b[i]
	}
	return out
}

func product(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
