package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"glassbox/model"
	"glassbox/model/kernel"
)

func kernelName() string { return "kernels: " + kernel.Name() }

// benchTokens is how many tokens are run unless more are asked for: the scores of 8192 would take more memory than most machines have.
const benchTokens = 1024

// bench measures a model on this machine: a run of many tokens, a further token
// with the other rows in the cache, and the explanation of a number.
func bench(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("bench", "", "Measures a run of many tokens, a further token, and an explanation: the\nmedian time of each. Compare ratios of one run; times change with the machine's load.", out)
	in.flags(fs)
	tokens := fs.Int("tokens", 0, fmt.Sprintf("how many `tokens` to run; 0: what the context holds, %d at most", benchTokens))
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	if in.ids == "" && in.text == "" {
		in.ids = "0"
	}
	m, _, _, err := in.load()
	if err != nil {
		return err
	}
	if *tokens == 0 {
		*tokens = min(m.Config.Context, benchTokens)
	}
	if *tokens < 1 || *tokens > m.Config.Context {
		return fmt.Errorf("-tokens is %d; expected 1 to %d, which the context holds", *tokens, m.Config.Context)
	}
	if err := checkTrace(m.Config, *tokens, freeMemory()); err != nil {
		return err
	}
	full := make([]int, *tokens)
	for t := range full {
		full[t] = t % m.Config.Vocab
	}
	tr := model.NewTrace(m)
	last := len(full) - 1
	fmt.Fprintf(out, "%s, %s\n", parameters(m.Config), kernelName())
	report := func(what string, d time.Duration) {
		fmt.Fprintf(out, "%-28s %v\n", what, d.Round(100*time.Nanosecond))
	}
	run := func() error {
		err := tr.Run(full)
		tr.Find(model.PartSoftmax, model.OpSoftmax).At(last, 0) // the row is computed when asked for
		return err
	}
	fresh := func() error { tr = model.NewTrace(m); return nil }
	shorter := func() error { return tr.Run(full[:last]) }
	report(fmt.Sprintf("a run of %d tokens", len(full)), median(run, fresh))
	report("a further token", median(run, shorter))
	report("sampling", median(func() error { _, err := tr.Sample(model.Sampling{Temperature: 1, TopP: 0.9}); return err }))
	normed := tr.Find(model.PartNorm, model.OpNorm)
	if normed == nil {
		normed = tr.Find(model.PartNorm, model.OpRMSNorm)
	}
	report("an explanation, with values", median(func() error {
		e, err := tr.Explain(normed.Name, last, 0)
		for _, o := range e.Operands {
			tr.Values(o)
		}
		return err
	}))
	return nil
}

// median returns the median time of f over half a second; before runs untimed each time.
func median(f func() error, before ...func() error) time.Duration {
	var times []time.Duration
	for begin := time.Now(); time.Since(begin) < time.Second/2 || len(times) < 3; {
		for _, b := range before {
			if b() != nil {
				return 0
			}
		}
		start := time.Now()
		if f() != nil {
			return 0
		}
		times = append(times, time.Since(start))
	}
	return middle(times)
}

func middle(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
