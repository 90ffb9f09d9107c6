package model

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

// llamas are small models of odd sizes, one for each thing in which the kin of Llama differ.
func llamas() map[string]Config {
	base := Config{Family: FamilyLlama, Vocab: 23, Context: 17, Width: 12, Heads: 6, KeyValues: 3, Blocks: 2, Inner: 20, Tied: true,
		Activation: SiLU, Epsilon: 1e-6, Rotary: Rotary{Theta: 100}}
	list := map[string]Config{"llama": base}
	add := func(name string, change func(*Config)) {
		c := base
		change(&c)
		list[name] = c
	}
	add("untied, A other than C/H", func(c *Config) { c.Tied, c.HeadWidth, c.KeyValues = false, 4, 0 })
	add("one key for all heads, biases", func(c *Config) { c.KeyValues, c.Biases = 1, BiasQKV|BiasProj|BiasMLP })
	add("normed heads", func(c *Config) { c.HeadNorms, c.HeadWidth = true, 6 })
	add("window in the second block", func(c *Config) { c.Window, c.WindowFrom = 5, 1 })
	add("slowed", func(c *Config) {
		c.Rotary = Rotary{Theta: 100, Slow: SlowLlama3, Factor: 4, Low: 1, High: 4, Original: 12}
	})
	add("listed", func(c *Config) { c.Rotary.Listed, c.Inner = true, 0 })
	return list
}

// llamaOf returns a random model of these sizes.
func llamaOf(t testing.TB, c Config) *Model {
	t.Helper()
	m, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(7)
	roughen(m)
	return m
}

func smallLlama(t testing.TB) *Model { return llamaOf(t, llamas()["llama"]) }

// llamaSteps maps the names of the reference's activations of a block to those of our steps; # stands for the head or group.
var llamaSteps = map[string]string{
	"attn_norm": "norm_1", "query": "attn.head.#.query", "key": "attn.group.#.key", "value": "attn.group.#.value",
	"query_rotated": "attn.head.#.query.rotated", "key_rotated": "attn.group.#.key.rotated", "query_normed": "attn.head.#.query.normed",
	"key_normed": "attn.group.#.key.normed", "scaled_scores": "attn.head.#.scaled", "weights": "attn.head.#.attention",
	"mix": "attn.head.#.mix", "proj": "attn.proj", "residual_1": "residual_1", "mlp_norm": "norm_2", "gate": "mlp.gate", "up": "mlp.up",
	"gated": "mlp.gated", "down": "mlp.down", "residual_2": "residual_2",
	"embed": "embed.token", "norm": "norm_f", "logits": "logits", "probabilities": "probabilities",
}

// llamaStep returns the name of our step for a tensor of the reference.
func llamaStep(name string) string {
	if block, of, ok := strings.Cut(name, "."); ok {
		return "h." + block + "." + llamaSteps[of]
	}
	return llamaSteps[name]
}

func TestEveryTensorOfALlamaMatchesTheReference(t *testing.T) {
	for _, folder := range append(kin(), "testdata/tiny-llama", "testdata/tiny-llama-untied", fixtures+"/stories260K") {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			if _, err := os.Stat(folder); err != nil && strings.HasPrefix(folder, "..") {
				t.Skip("the shared fixtures are not here")
			}
			m := loadFolder(t, folder)
			b, err := os.ReadFile(filepath.Join(folder, "activations.safetensors"))
			if err != nil {
				t.Fatal(err)
			}
			f, err := safetensors.Decode(folder, b)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := m.Forward(parseIDs(t, f.Metadata["ids"]))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range f.Tensors {
				compareSteps(t, tr, want, llamaStep(want.Name), maskOf(t, f, want))
			}
		})
	}
}

// kin returns the folders of models that a public implementation has saved, one for each thing in which Llama's kin differ.
func kin() (folders []string) {
	for _, name := range []string{"qwen2", "qwen2-window", "qwen3", "mistral", "llama3", "llama-linear"} {
		folders = append(folders, "testdata/tiny-"+name)
	}
	return folders
}

func TestOldAndNewConfigurationsSayTheSame(t *testing.T) {
	for _, folder := range kin() {
		if now, before := loadFolder(t, folder).Config, loadWith(t, folder, "config.4.json").Config; now != before {
			t.Errorf("%s: %+v\nby the old configuration: %+v", folder, now, before)
		}
	}
}

// maskOf says which cells of the scores of a block the reference masks: those whose share is exactly 0.
func maskOf(t *testing.T, f *safetensors.File, of safetensors.Tensor) (mask []bool) {
	t.Helper()
	block, name, _ := strings.Cut(of.Name, ".")
	if name != "scaled_scores" && name != "weights" {
		return nil
	}
	weights, ok := f.Tensor(block + ".weights")
	if !ok {
		t.Fatalf("the reference has no %s.weights", block)
	}
	for _, v := range numbers(t, weights) {
		mask = append(mask, v == 0)
	}
	return mask
}

// fixtures is where the numbers of the whole project stand that are too many for this one.
const fixtures = "../../shared/fixtures"

// loadFolder reads model.safetensors and config.json of a folder.
func loadFolder(t testing.TB, folder string) *Model {
	t.Helper()
	return loadWith(t, folder, "config.json")
}

// loadWith reads model.safetensors of a folder and a file there as its config.json.
func loadWith(t testing.TB, folder, config string) *Model {
	t.Helper()
	files := map[string][]byte{"model.safetensors": nil, "config.json": nil}
	for as, name := range map[string]string{"model.safetensors": "model.safetensors", "config.json": config} {
		var err error
		if files[as], err = os.ReadFile(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	m, notes, err := Reading(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		t.Errorf("nothing is left open, but a note says: %s", n)
	}
	return m
}
