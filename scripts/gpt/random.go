package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/convert"
	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// A shape is that of a published model, by its name.
type shape struct {
	name   string
	config model.Config
}

// shapes are those of which there can be random models.
var shapes = []shape{
	{"gpt2-124m", model.Config{Vocab: tokenizer.GPT2Vocab, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true}},
	{"smollm2-135m", llamaShape(model.Config{Vocab: 49152, Context: 8192, Width: 576, Heads: 9, KeyValues: 3, Blocks: 30, Inner: 1536, Epsilon: 1e-5,
		Rotary: model.Rotary{Theta: 100_000}})},
	{"qwen3-0.6b", llamaShape(model.Config{Vocab: 151936, Context: 40960, Width: 1024, Heads: 16, KeyValues: 8, HeadWidth: 128, HeadNorms: true, Blocks: 28, Inner: 3072, Epsilon: 1e-6,
		Rotary: model.Rotary{Theta: 1_000_000}})},
	{"llama-3.2-1b", llamaShape(model.Config{Vocab: 128256, Context: 131072, Width: 2048, Heads: 32, KeyValues: 8, Blocks: 16, Inner: 8192, Epsilon: 1e-5,
		Rotary: model.Rotary{Theta: 500_000, Slow: model.SlowLlama3, Factor: 32, Low: 1, High: 4, Original: 8192}})},
}

// llamaShape returns a configuration with what all of these have in common.
func llamaShape(c model.Config) model.Config {
	c.Family, c.Activation, c.Tied = model.FamilyLlama, model.SiLU, true
	return c
}

// randomModel writes a model that has learned nothing.
func randomModel(args []string, _ io.Reader, out io.Writer) error {
	var names fault.List
	for _, s := range shapes {
		names = append(names, s.name)
	}
	fs := newFlagSet("random", "", "Writes a model of the shape of a published one, with random weights, as GGUF: to measure with, or to see how large\n"+
		"it is. It has learned nothing, and brings no tokenizer. It is written piece by piece, and needs no memory of its size.", out)
	name := fs.String("shape", "", "the `shape`: "+names.String())
	typ := fs.String("type", "Q8_0", "the `type` of the matrices: F32, F16, BF16, Q8_0, Q4_0 or Q4_1")
	to := fs.String("o", "", "the `file` to write, .gguf")
	seed := fs.Uint64("seed", 1, "of the random numbers")
	force := fs.Bool("f", false, "write over a file that is there")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	var c *model.Config
	for _, s := range shapes {
		if strings.EqualFold(s.name, *name) {
			c = &s.config
		}
	}
	if c == nil {
		return fmt.Errorf("-shape is %q; expected %s", *name, names)
	}
	if strings.ToLower(filepath.Ext(*to)) != ".gguf" {
		return fmt.Errorf("-o is %q; expected a name that ends in .gguf", *to)
	}
	as, err := typeOf("-type", *typ)
	if err != nil {
		return err
	}
	if as == nil {
		return fmt.Errorf("-type is empty; expected one such as Q8_0")
	}
	if err := mayWrite(*to, *force); err != nil {
		return err
	}
	var written *convert.Written
	err = writeAs(*to, func(w io.Writer) (err error) {
		written, err = convert.Random(w, *c, *as, "random "+strings.ToLower(*name), *seed)
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d tensors (%s), %d parameters\n", *to, written.Tensors, written.Types, written.Parameters)
	return err
}
