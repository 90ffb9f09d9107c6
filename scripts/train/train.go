package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"glassbox/model/train"
	"glassbox/scripts/train/quality"
)

// train trains, evaluates and saves. It returns whether the model can do its task. The error is
// context.Canceled if ctx ended first; the checkpoint then holds all that was done.
func (o *options) train(ctx context.Context, out *os.File) (passed bool, err error) {
	t, err := o.newTrainer()
	if err != nil {
		return false, err
	}
	printStart(out, t)
	if err := o.takeSteps(ctx, t, out); err != nil {
		return false, err
	}
	report, err := t.Task.Evaluate(t.State.Model)
	if err != nil {
		return false, err
	}
	b, err := encode(t.Task, t.State.Model, provenance(t, o.seed, report))
	if err != nil {
		return false, err
	}
	if err := writeFile(o.out, b); err != nil {
		return false, err
	}
	printResult(out, o.out, len(b), report)
	if len(o.curve) > 0 {
		if err := writeFile(strings.TrimSuffix(o.out, filepath.Ext(o.out))+".svg", quality.Curve(o.curve)); err != nil {
			return false, err
		}
	}
	if !o.keep {
		err = os.Remove(o.checkpoint)
	}
	return report.Passed, err
}

// newTrainer returns the training that the options describe, at its first step or where a checkpoint left it.
func (o *options) newTrainer() (*train.Trainer, error) {
	if o.resume != "" {
		c, task, err := readCheckpoint(o.resume, o.text)
		if err != nil {
			return nil, err
		}
		if err := o.useCheckpoint(c); err != nil {
			return nil, err
		}
		o.curve = c.curve
		return train.New(task, c.recipe, c.state, o.workers)
	}
	task, err := openTask(o.task, o.seed, o.text)
	if err != nil {
		return nil, err
	}
	r := task.Recipe()
	if o.steps > 0 {
		r = r.WithSteps(o.steps)
	}
	s, err := train.InitialState(task.Config(), r, o.seed)
	if err != nil {
		return nil, err
	}
	return train.New(task, r, s, o.workers)
}

// useCheckpoint takes task and seed from a checkpoint, and refuses flags that say otherwise.
func (o *options) useCheckpoint(c *checkpoint) error {
	for _, f := range []struct{ name, typed, made string }{
		{"task", o.task, c.task},
		{"seed", strconv.FormatUint(o.seed, 10), strconv.FormatUint(c.seed, 10)},
		{"steps", strconv.Itoa(o.steps), strconv.Itoa(c.recipe.Steps)},
	} {
		if o.given[f.name] && f.typed != f.made {
			return fmt.Errorf("-%s is %s, but %s was made with %s", f.name, f.typed, o.resume, f.made)
		}
	}
	o.task, o.seed = c.task, c.seed
	return nil
}

// takeSteps takes the steps that are left. Every so often, at the end and on an interrupt it writes a
// checkpoint; after an error the last one stays as it is.
func (o *options) takeSteps(ctx context.Context, t *train.Trainer, out *os.File) error {
	show := newProgress(out, t)
	defer show.end()
	saved, sum, taken := "no checkpoint has been written yet", 0.0, 0
	for t.State.Step < t.Recipe.Steps && ctx.Err() == nil {
		loss, err := t.Step()
		if err != nil {
			return fmt.Errorf("%w; %s", err, saved)
		}
		show.step(loss)
		sum, taken = sum+loss, taken+1
		if t.State.Step%o.every == 0 {
			if err := o.measure(t, sum/float64(taken)); err != nil {
				return err
			}
			sum, taken = 0, 0
			if err := o.save(t); err != nil {
				return err
			}
			saved = fmt.Sprintf("%s holds the state after step %d", o.checkpoint, t.State.Step)
		}
	}
	if err := o.save(t); err != nil {
		return err
	}
	return ctx.Err()
}

// heldOutTexts is on how many texts the held-out loss is measured while the training goes on.
const heldOutTexts = 128

// measure adds a point to the curve, if the task holds out texts: the mean loss of the steps since the last
// point, which an interrupt may have cut short.
func (o *options) measure(t *train.Trainer, mean float64) error {
	task, ok := t.Task.(train.HeldOutTask)
	if !ok {
		return nil
	}
	loss, err := t.Loss(task.HeldOut(heldOutTexts))
	if err != nil {
		return err
	}
	tokens := t.State.Step * t.Recipe.Batch * t.State.Model.Config.Context
	o.curve = append(o.curve, quality.Point{Step: t.State.Step, Tokens: tokens, Train: mean, HeldOut: loss})
	return nil
}

// save writes the checkpoint.
func (o *options) save(t *train.Trainer) error {
	return checkpoint{t.Task.Name(), o.seed, t.Recipe, t.State, o.curve}.write(o.checkpoint)
}

// provenance returns the metadata that tells a reader of the file where the weights come from. It holds
// nothing of the machine, of the time or of the file's own name, so anyone can make the same bytes.
func provenance(t *train.Trainer, seed uint64, report train.Report) map[string]string {
	metadata := map[string]string{
		"task":  t.Task.Name(),
		"data":  t.Task.Data(),
		"seed":  strconv.FormatUint(seed, 10),
		"steps": strconv.Itoa(t.Recipe.Steps),
		"made_by": fmt.Sprintf("go run ./scripts/train -task %s -seed %d -steps %d -out %[1]s.safetensors",
			t.Task.Name(), seed, t.Recipe.Steps),
		"license": "MIT",
	}
	if _, ok := t.Task.(train.SharingTask); ok {
		metadata["texts"] = strconv.Itoa(t.Recipe.Batch)
	}
	for _, f := range report.Facts {
		metadata[f.Name] = f.Value
	}
	return metadata
}
