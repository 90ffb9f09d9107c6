//go:build !js

package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// A report prints the events of one stream.
type report struct {
	w       io.Writer
	said    map[string]map[string]*strings.Builder // by package and test
	started map[string]bool                        // packages that have no result yet
	results int
	failed  bool
}

func newReport(w io.Writer) *report {
	return &report{w: w, said: map[string]map[string]*strings.Builder{}, started: map[string]bool{}}
}

// hear takes the next event.
func (r *report) hear(e event) {
	switch {
	case e.Action == "build-output":
		fmt.Fprint(r.w, e.Output)
	case e.Action == "build-fail":
		r.failed = true
	case e.Action == "start":
		r.started[e.Package] = true
	case e.Action == "output":
		r.note(e)
	case e.ends() && e.Test != "":
		r.endTest(e)
	case e.ends():
		r.endPackage(e)
	}
}

// other takes a line that is no event: a command that go runs may print one.
func (r *report) other(line string) { fmt.Fprintln(r.w, line) }

// note keeps what a test or a package says, without the lines by which go test marks whose turn it is.
func (r *report) note(e event) {
	if strings.HasPrefix(e.Output, "=== ") {
		return
	}
	tests := r.said[e.Package]
	if tests == nil {
		tests = map[string]*strings.Builder{}
		r.said[e.Package] = tests
	}
	if tests[e.Test] == nil {
		tests[e.Test] = &strings.Builder{}
	}
	tests[e.Test].WriteString(e.Output)
}

// endTest prints what a failed test has said, and forgets what others have.
func (r *report) endTest(e event) {
	if e.Action == "fail" {
		r.failed = true
		r.print(e.Package, e.Test)
	}
	delete(r.said[e.Package], e.Test)
}

// endPackage prints a line for a package; for one that failed, all that was not printed yet: what the tests have
// said that ran when it broke off, and the package itself.
func (r *report) endPackage(e event) {
	r.results++
	delete(r.started, e.Package)
	switch e.Action {
	case "pass":
		fmt.Fprintf(r.w, "ok    %s  %.1f s\n", e.Package, e.Elapsed)
	case "fail":
		r.failed = true
		r.printAll(e.Package)
		fmt.Fprintf(r.w, "FAIL  %s  %.1f s\n", e.Package, e.Elapsed)
	}
	delete(r.said, e.Package)
}

func (r *report) print(pkg, test string) {
	if said := r.said[pkg][test]; said != nil {
		fmt.Fprint(r.w, said)
	}
}

// printAll prints all that a package has said and that was not printed yet.
func (r *report) printAll(pkg string) {
	for _, test := range slices.Sorted(maps.Keys(r.said[pkg])) {
		r.print(pkg, test)
	}
}

// end says what is wrong with the whole stream. Where it broke off it prints what was said until then: it may tell why.
func (r *report) end() error {
	if unfinished := slices.Sorted(maps.Keys(r.started)); len(unfinished) > 0 {
		for _, pkg := range unfinished {
			r.printAll(pkg)
		}
		return fmt.Errorf("no result of %s: the stream broke off", strings.Join(unfinished, ", "))
	}
	if r.failed {
		return errors.New("tests failed")
	}
	if r.results == 0 {
		return errors.New("no package was tested")
	}
	return nil
}
