package model

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

// load reads a model of testdata.
func load(t testing.TB, folder string) *Model {
	t.Helper()
	return loadFile(t, filepath.Join("testdata", folder, "weights.safetensors"))
}

func loadFile(t testing.TB, path string) *Model {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := Reading(map[string][]byte{filepath.Base(path): b})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Reading is checkpoint.ImportFiles: the model in some files, and what there is to say about them. That package imports this
// one, and so a test outside of this one puts it here.
var Reading func(files map[string][]byte) (m *Model, notes []string, err error)

// small returns a random model of odd sizes.
func small(t testing.TB, tied bool) *Model {
	t.Helper()
	m, err := New(Config{Vocab: 23, Context: 17, Width: 12, Heads: 3, Blocks: 2, Tied: tied})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(7)
	roughen(m)
	return m
}

// roughen gives gains and biases values that a mistake would show with, and makes the
// weights large enough for attention to choose.
func roughen(m *Model) {
	for i, p := range m.Parameters() {
		for j := range p.data {
			p.data[j] = p.data[j]*5 + 0.1*float32(math.Sin(float64(7*i+j)))
		}
	}
}

func someIDs(n, vocab int) []int {
	ids := make([]int, n)
	for i := range ids {
		ids[i] = (i*i*5 + 3*i + 1) % vocab
	}
	return ids
}

// fixtureSteps maps the names of the reference's activations to those of our steps; a
// # stands for the head, which the reference keeps in its first dimension.
var fixtureSteps = map[string]string{
	"embed.token": "embed.token", "embed.position": "embed.position", "embed.sum": "embed.sum",
	"ln_1": "ln_1", "attn.query": "attn.head.#.query", "attn.key": "attn.head.#.key", "attn.value": "attn.head.#.value",
	"attn.raw_scores": "attn.head.#.scores", "attn.scaled_scores": "attn.head.#.scaled",
	"attn.weights": "attn.head.#.attention", "attn.mix": "attn.head.#.mix", "attn.proj": "attn.proj",
	"residual_1": "residual_1", "ln_2": "ln_2", "mlp.up": "mlp.up", "mlp.gelu": "mlp.gelu", "mlp.down": "mlp.down",
	"residual_2": "residual_2", "ln_f": "ln_f", "logits": "logits", "probabilities": "probabilities",
}

func TestEveryIntermediateTensorMatchesTheReference(t *testing.T) {
	for _, c := range []struct{ folder, file string }{
		{"nano-sort", "activations_0"}, {"nano-sort", "activations_1"},
		{"tiny-gpt2", "activations"}, {"tiny-gpt2-untied", "activations"},
	} {
		t.Run(c.folder+"/"+c.file, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", c.folder, c.file+".safetensors"))
			if err != nil {
				t.Fatal(err)
			}
			f, err := safetensors.Decode(c.file, b)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := load(t, c.folder).Forward(parseIDs(t, f.Metadata["ids"]))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range f.Tensors {
				compare(t, tr, f, want)
			}
		})
	}
}

func parseIDs(t *testing.T, list string) (ids []int) {
	t.Helper()
	for _, field := range strings.Split(strings.Trim(list, "[]"), ",") {
		id, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// compare holds the steps that one reference tensor of f stands for to 1e-4 of it, and their masks to the reference's.
func compare(t *testing.T, tr *Trace, f *safetensors.File, want safetensors.Tensor) {
	t.Helper()
	prefix, name := "", want.Name
	if strings.HasPrefix(name, "h.") {
		parts := strings.SplitN(name, ".", 3)
		prefix, name = "h."+parts[1]+".", parts[2]
	}
	compareSteps(t, tr, want, prefix+fixtureSteps[name], referenceMask(t, f, prefix, name))
}

// compareSteps holds the steps of a name, in which # stands for the head, to a reference tensor; mask says which cells the
// reference masks, nil: those that are later, if the name is that of scores.
func compareSteps(t *testing.T, tr *Trace, want safetensors.Tensor, name string, mask []bool) {
	t.Helper()
	values := numbers(t, want)
	heads := 1
	if len(want.Shape) == 3 {
		heads = want.Shape[0]
	}
	rows, cols := want.Shape[len(want.Shape)-2], want.Shape[len(want.Shape)-1]
	for h := range heads {
		step := tr.Step(strings.Replace(name, "#", strconv.Itoa(h), 1))
		if step == nil || step.Rows != rows || step.Cols != cols {
			t.Fatalf("%s (%d, %d) has no step of its shape", want.Name, rows, cols)
		}
		for i := range rows * cols {
			v, masked := values[h*rows*cols+i], mask != nil && mask[h*rows*cols+i]
			got, ok := step.At(i/cols, i%cols)
			if ok == masked {
				t.Fatalf("%s (%d, %d) is masked: %t; in the reference: %t", step.Name, i/cols, i%cols, !ok, masked)
			}
			if ok && !(math.Abs(float64(got-v)) <= 1e-4) {
				t.Fatalf("%s (%d, %d) is %v; the reference has %v", step.Name, i/cols, i%cols, got, v)
			}
		}
	}
}

// referenceMask says which cells of a tensor of f the reference masks; nil: none. It takes its scores before the mask,
// so that only its weights show it, by an exact zero: what a softmax gives is above that.
func referenceMask(t *testing.T, f *safetensors.File, prefix, name string) (mask []bool) {
	t.Helper()
	if name != "attn.raw_scores" && name != "attn.scaled_scores" && name != "attn.weights" {
		return nil
	}
	weights, ok := f.Tensor(prefix + "attn.weights")
	if !ok {
		t.Fatalf("the reference has no %sattn.weights", prefix)
	}
	for _, v := range numbers(t, weights) {
		mask = append(mask, v == 0)
	}
	return mask
}

func numbers(t *testing.T, x safetensors.Tensor) []float32 {
	t.Helper()
	values, err := x.Float32()
	if err != nil {
		t.Fatal(err)
	}
	return values
}
