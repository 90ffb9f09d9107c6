package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/train"
	"glassbox/scripts/regular"
	"glassbox/scripts/train/quality"
)

// A checkpoint is everything that a training needs to go on: the weights and AdamW's two averages, each
// of the shapes of the weights, as tensors of one safetensors file; the rest in its metadata.
type checkpoint struct {
	task   string
	seed   uint64
	recipe train.Recipe
	state  train.State
	curve  []quality.Point // what the losses were on the way
}

// A part is one of the three models of a state, and what its tensors' names begin with.
type part struct {
	prefix string
	*model.Model
}

func parts(s train.State) []part {
	return []part{{"", s.Model}, {"adamw.mean.", s.Mean}, {"adamw.square.", s.Square}}
}

// write writes the checkpoint; a file of that name is replaced in one instant. Numbers that are not
// finite are refused: nobody could go on from them.
func (c checkpoint) write(name string) error {
	recipe, err := json.Marshal(c.recipe)
	if err != nil {
		return err
	}
	curve, err := json.Marshal(c.curve)
	if err != nil {
		return err
	}
	f := safetensors.File{Metadata: map[string]string{
		"task": c.task, "seed": strconv.FormatUint(c.seed, 10), "step": strconv.Itoa(c.state.Step),
		"recipe": string(recipe), "curve": string(curve),
	}}
	for _, part := range parts(c.state) {
		for _, p := range part.Parameters() {
			t := safetensors.FromFloat32(part.prefix+p.Name, []int{p.Rows, p.Cols}, p.Data())
			if err := t.CheckFinite(); err != nil {
				return err
			}
			f.Tensors = append(f.Tensors, t)
		}
	}
	b, err := safetensors.Encode(&f)
	if err != nil {
		return err
	}
	return writeFile(name, b)
}

// readCheckpoint reads a checkpoint and the task that it belongs to; text is the reader's own file, if
// the training was begun with one.
func readCheckpoint(name, text string) (*checkpoint, train.Task, error) {
	b, err := regular.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	f, err := safetensors.Decode(name, b)
	if err != nil {
		return nil, nil, err
	}
	c := &checkpoint{task: f.Metadata["task"]}
	if c.seed, err = strconv.ParseUint(f.Metadata["seed"], 10, 64); err != nil {
		return nil, nil, fmt.Errorf("%s is no checkpoint: its seed is %q", name, f.Metadata["seed"])
	}
	step, err := strconv.Atoi(f.Metadata["step"])
	if err != nil || step < 0 {
		return nil, nil, fmt.Errorf("%s is no checkpoint: its step is %q", name, f.Metadata["step"])
	}
	if err := json.Unmarshal([]byte(f.Metadata["recipe"]), &c.recipe); err != nil {
		return nil, nil, fmt.Errorf("%s: the recipe: %w", name, err)
	}
	if err := json.Unmarshal([]byte(f.Metadata["curve"]), &c.curve); err != nil {
		return nil, nil, fmt.Errorf("%s: the curve: %w", name, err)
	}
	task, err := openTask(c.task, c.seed, text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	if c.state, err = train.NewState(task.Config(), c.seed); err != nil {
		return nil, nil, err
	}
	c.state.Step = step
	return c, task, c.readTensors(f, name)
}

// readTensors copies the tensors of f into the state.
func (c *checkpoint) readTensors(f *safetensors.File, name string) error {
	for _, part := range parts(c.state) {
		for _, p := range part.Parameters() {
			t, ok := f.Tensor(part.prefix + p.Name)
			if want := []int{p.Rows, p.Cols}; !ok || !slices.Equal(t.Shape, want) {
				return fmt.Errorf("%s: tensor %s has shape %v; expected %v", name, part.prefix+p.Name, t.Shape, want)
			}
			if err := t.CheckFinite(); err != nil {
				return err
			}
			values, err := t.Float32()
			if err != nil {
				return err
			}
			copy(p.Data(), values)
		}
	}
	return nil
}
