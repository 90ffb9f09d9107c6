//go:build !js

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestAProgramReadsPrintsAndEndsAsInAProcess(t *testing.T) {
	program := filepath.Join(t.TempDir(), "program.wasm")
	build := exec.Command("go", "build", "-o", program, "./testdata/program")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=simd,nojsonv2") // as the page
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var stdout, stderr strings.Builder
	status, err := run([]string{program, "-a", "b c"}, &stdout, &stderr)
	if err != nil || status != 3 {
		t.Errorf("its status is %d, %v; expected 3", status, err)
	}
	if got, want := stdout.String(), "[-a b c]: from the disk\n<nil>\n"; got != want {
		t.Errorf("it prints %q; expected %q", got, want)
	}
	if got, want := stderr.String(), "true true\nof its own <nil> <nil> <nil>\n"; got != want {
		t.Errorf("of files that are missing, not to be written and temporary it says %q; expected %q", got, want)
	}
}
