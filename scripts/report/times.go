//go:build !js

package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// times are the events in which tests end, without those of their parts, with the run in which they did.
type times []timed

type timed struct {
	event
	run string
}

// add takes the next event of a run.
func (t *times) add(run string, e event) {
	if e.ends() && e.Test != "" && !strings.Contains(e.Test, "/") {
		*t = append(*t, timed{e, run})
	}
}

// print lists those that took longest.
func (t times) print(w io.Writer, n int) error {
	slices.SortStableFunc(t, func(a, b timed) int { return cmp.Compare(b.Elapsed, a.Elapsed) })
	for _, e := range t[:min(n, len(t))] {
		if _, err := fmt.Fprintf(w, "%7.1f s  %s: %s  %s\n", e.Elapsed, e.run, e.Package, e.Test); err != nil {
			return err
		}
	}
	return nil
}
