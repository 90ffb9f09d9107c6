package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"glassbox/model/train"
)

// train trains, evaluates and saves. It returns whether the model can do its task. The error is
// context.Canceled if ctx ended first; the checkpoint then holds all that was done.
func (o *options) train(ctx context.Context, out *os.File) (passed bool, err error) {
	t, err := o.begin()
	if err != nil {
		return false, err
	}
	introduce(out, t)
	if err := o.takeSteps(ctx, t, out); err != nil {
		return false, err
	}
	report, err := t.Task.Evaluate(t.State.Model)
	if err != nil {
		return false, err
	}
	b, err := t.State.Model.Save(provenance(t, o.seed, report))
	if err != nil {
		return false, err
	}
	if err := writeFile(o.out, b); err != nil {
		return false, err
	}
	conclude(out, o.out, len(b), report)
	if !o.keep {
		err = os.Remove(o.checkpoint)
	}
	return report.Passed, err
}

// begin returns the training that the options describe, at its first step or where a checkpoint left it.
func (o *options) begin() (*train.Trainer, error) {
	if o.resume != "" {
		c, task, err := readCheckpoint(o.resume)
		if err != nil {
			return nil, err
		}
		if err := o.adopt(c); err != nil {
			return nil, err
		}
		return train.New(task, c.recipe, c.state, o.workers)
	}
	task, err := train.Open(o.task, o.seed)
	if err != nil {
		return nil, err
	}
	r := task.Recipe()
	if o.steps > 0 {
		r.Steps = o.steps
	}
	s, err := train.NewState(task.Config(), o.seed)
	if err != nil {
		return nil, err
	}
	return train.New(task, r, s, o.workers)
}

// adopt takes task and seed from a checkpoint, and refuses flags that say otherwise.
func (o *options) adopt(c *checkpoint) error {
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
	saved := "no checkpoint has been written yet"
	for t.State.Step < t.Recipe.Steps && ctx.Err() == nil {
		loss, err := t.Step()
		if err != nil {
			return fmt.Errorf("%w; %s", err, saved)
		}
		show.step(loss)
		if t.State.Step%o.every == 0 {
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

// save writes the checkpoint.
func (o *options) save(t *train.Trainer) error {
	return checkpoint{t.Task.Name(), o.seed, t.Recipe, t.State}.write(o.checkpoint)
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
	for _, f := range report.Facts {
		metadata[f.Name] = f.Value
	}
	return metadata
}
