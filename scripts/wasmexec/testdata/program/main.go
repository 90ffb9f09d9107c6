// Command program reads, prints and fails as tests do.
package main

import (
	"fmt"
	"os"
)

func main() {
	b, err := os.ReadFile("testdata/program/file.txt")
	fmt.Printf("%v: %s%v\n", os.Args[1:], b, err)
	_, err = os.ReadFile("testdata/none")
	fmt.Fprintln(os.Stderr, os.IsNotExist(err), os.WriteFile("testdata/new", nil, 0o600) != nil)
	f, err := os.CreateTemp("", "")
	if err == nil {
		fmt.Fprint(f, "of its own")
		b, err = os.ReadFile(f.Name())
	}
	fmt.Fprintln(os.Stderr, string(b), err, f.Close(), os.Remove(f.Name()))
	os.Exit(3)
}
