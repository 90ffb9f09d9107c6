// Train teaches a model one of the tasks of package model/train, and writes it as a safetensors file.
// Run it with -h for its flags.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what the arguments ask and returns the exit status: 0, 1 after an error or for a model that
// cannot do its task, 2 for arguments that make no sense, 130 after an interrupt.
func run(ctx context.Context, args []string, out, problems *os.File) int {
	o, err := parse(args, problems)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2 // the flag package has said why
	}
	passed, err := o.train(ctx, out)
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(out, "Interrupted. Go on with: go run ./scripts/train -resume %s -out %s\n", o.checkpoint, o.out)
		return 130
	case err != nil:
		fmt.Fprintln(problems, "train:", err)
		return 1
	case !passed:
		fmt.Fprintln(problems, "train: the model cannot do its task yet; try more -steps or another -seed")
		return 1
	}
	return 0
}
