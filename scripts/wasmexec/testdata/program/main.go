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
	os.Exit(3)
}
