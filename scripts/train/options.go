package main

import (
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"

	"glassbox/scripts/train/quality"
)

// options are the flags of the command.
type options struct {
	task       string
	seed       uint64
	steps      int // 0: as many as the task's recipe says
	workers    int
	every      int // steps between two checkpoints
	out        string
	checkpoint string
	resume     string
	keep       bool // the checkpoint was asked for by name, so it stays
	text       string
	given      map[string]bool // the flags that were typed

	curve []quality.Point
}

const help = `Train teaches a model a task from nothing, and writes its weights.

	go run ./scripts/train -task sort -out static/models/sort.safetensors

The same task, seed and number of steps give the same file, bit for bit, on any number of cores, and
also if the training was interrupted (Ctrl-C) and resumed. GOEXPERIMENT=simd makes it faster; the
bits stay the same.

Flags:

`

// parse reads the flags, and reports what is wrong with them.
func parse(args []string, problems io.Writer) (*options, error) {
	o := &options{given: map[string]bool{}}
	f := flag.NewFlagSet("train", flag.ContinueOnError)
	f.SetOutput(problems)
	f.StringVar(&o.task, "task", "sort", "what to learn: "+strings.Join(taskNames(), ", "))
	f.StringVar(&o.text, "text", "", "`file` of your own, UTF-8, that the task language learns from instead of the generated texts")
	f.StringVar(&o.out, "out", "", "`file` for the model, safetensors; must be given")
	f.Uint64Var(&o.seed, "seed", 1, "`number` that the weights, the held-out data and the batches are drawn from")
	f.IntVar(&o.steps, "steps", 0, "`number` of steps; the learning rate falls to its end with the last (default: the task's own)")
	f.IntVar(&o.workers, "workers", runtime.NumCPU(), "`number` of cores to use; changes nothing but the time")
	f.StringVar(&o.checkpoint, "checkpoint", "", "`file` for the state of the training, kept at the end\n"+
		"(default: beside -out, as .checkpoint, removed at the end)")
	f.IntVar(&o.every, "every", 100, "`number` of steps from one checkpoint to the next")
	f.StringVar(&o.resume, "resume", "", "`file`, a checkpoint, to go on from; task, seed and steps are its own")
	f.Usage = func() {
		fmt.Fprint(problems, help)
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	f.Visit(func(given *flag.Flag) { o.given[given.Name] = true })
	if err := o.complete(f.Args()); err != nil {
		fmt.Fprintf(problems, "train: %v; see -h\n", err)
		return nil, err
	}
	return o, nil
}

// complete fills in what follows from the flags, and refuses what makes no sense.
func (o *options) complete(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is no flag", rest[0])
	case o.out == "":
		return fmt.Errorf("-out is missing")
	case o.every < 1:
		return fmt.Errorf("-every is %d; expected 1 or more", o.every)
	case o.steps < 0 || o.given["steps"] && o.steps == 0:
		return fmt.Errorf("-steps is %d; expected 1 or more", o.steps)
	}
	if o.keep = o.given["checkpoint"]; !o.keep {
		o.checkpoint = strings.TrimSuffix(o.out, filepath.Ext(o.out)) + ".checkpoint"
	}
	return nil
}
