//go:build !js

// Command report reads what `go test -json` writes and prints it for people: a line for each package, all that a
// failed test has said, and nothing of those that passed.
//
//	go test -json ./... | report -keep FILE    its exit status is 1 if anything failed, or broke off
//	report -slowest 20 FILE...                 the tests of kept streams that took longest
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	keep := flag.String("keep", "", "write the `file` that -slowest reads")
	slowest := flag.Int("slowest", 0, "print so `many` of the tests that took longest")
	flag.Parse()
	var err error
	if *slowest > 0 {
		err = list(os.Stdout, *slowest, flag.Args())
	} else {
		err = follow(os.Stdout, os.Stdin, *keep)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// follow reports a stream while it comes, and keeps it in a file if that has a name.
func follow(w io.Writer, stream io.Reader, keep string) error {
	if keep != "" {
		file, err := os.Create(keep)
		if err != nil {
			return err
		}
		defer file.Close()
		stream = io.TeeReader(stream, file)
	}
	r := newReport(w)
	if err := read(stream, r.hear, r.other); err != nil {
		return err
	}
	return r.end()
}

// list prints the tests of kept streams that took longest.
func list(w io.Writer, n int, files []string) error {
	var all times
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		err = read(file, func(e event) { all.add(filepath.Base(name), e) }, func(string) {})
		file.Close()
		if err != nil {
			return err
		}
	}
	return all.print(w, n)
}
