package main

import (
	"fmt"
	"os"
	"runtime"
	"time"

	"glassbox/model/kernel"
	"glassbox/model/train"
)

// printStart says what is about to be trained.
func printStart(out *os.File, t *train.Trainer) {
	c, r := t.State.Model.Config, t.Recipe
	fmt.Fprintf(out, "Task %s: %s\n", t.Task.Name(), t.Task.Data())
	fmt.Fprintf(out, "Model: T=%d C=%d H=%d L=%d V=%d, %d weights. Steps %d to %d, %d texts each. Kernels: %s, %s.\n",
		c.Context, c.Width, c.Heads, c.Blocks, c.Vocab, c.Parameters(), t.State.Step, r.Steps, r.Batch,
		kernel.Name(), runtime.GOARCH)
}

// printResult says what came out.
func printResult(out *os.File, name string, size int, report train.Report) {
	for _, f := range report.Facts {
		fmt.Fprintf(out, "%-20s %s\n", f.Name, f.Value)
	}
	fmt.Fprintf(out, "Wrote %s, %d bytes.\n", name, size)
}

// progress shows how far the training is: on a terminal in one line that is written over, elsewhere in
// a line now and then.
type progress struct {
	out      *os.File
	t        *train.Trainer
	terminal bool

	began, shown time.Time
	from         int     // the step that it began with
	loss         float64 // running mean
	tokens       int     // of a step
}

func newProgress(out *os.File, t *train.Trainer) *progress {
	info, err := out.Stat()
	now := time.Now()
	return &progress{out: out, t: t, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0,
		began: now, shown: now, from: t.State.Step, tokens: t.Recipe.Batch * t.State.Model.Config.Context}
}

// step notes that a step was taken, and shows it if the last line is old.
func (p *progress) step(loss float64) {
	if p.t.State.Step == p.from+1 {
		p.loss = loss
	}
	p.loss += (loss - p.loss) / 20
	pause := 5 * time.Second
	if p.terminal {
		pause = time.Second / 5
	}
	if time.Since(p.shown) >= pause {
		p.show()
	}
}

func (p *progress) show() {
	p.shown = time.Now()
	taken, left := p.t.State.Step-p.from, p.t.Recipe.Steps-p.t.State.Step
	each := time.Since(p.began) / time.Duration(max(1, taken))
	end := "\n"
	if p.terminal {
		end = "\r"
	}
	fmt.Fprintf(p.out, "step %*d/%d  loss %.5f  %7.0f tokens/s  %8s left %s", len(fmt.Sprint(p.t.Recipe.Steps)),
		p.t.State.Step, p.t.Recipe.Steps, p.loss, float64(p.tokens)/each.Seconds(),
		(each * time.Duration(left)).Round(time.Second), end)
}

// end shows the last step.
func (p *progress) end() {
	if p.t.State.Step == p.from {
		return
	}
	p.show()
	if p.terminal {
		fmt.Fprintln(p.out)
	}
}
