//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const passing = `{"Action":"start","Package":"a"}
{"Action":"output","Package":"a","Test":"TestGood","Output":"not to be seen\n"}
{"Action":"pass","Package":"a","Test":"TestGood","Elapsed":1.5}
{"Action":"pass","Package":"a","Elapsed":2}
`

const failing = `{"Action":"start","Package":"b"}
{"Action":"output","Package":"b","Test":"TestBad","Output":"=== RUN   not to be seen\n"}
{"Action":"output","Package":"b","Test":"TestBad/part","Output":"    bad_test.go:7: of the part\n"}
{"Action":"output","Package":"b","Test":"TestBad","Output":"--- FAIL: TestBad (0.10s)\n"}
{"Action":"fail","Package":"b","Test":"TestBad/part","Elapsed":0.1}
{"Action":"fail","Package":"b","Test":"TestBad","Elapsed":3}
{"Action":"output","Package":"b","Output":"exit status 1\n"}
{"Action":"fail","Package":"b","Elapsed":4}
`

func TestTheReportSaysWhatFailed(t *testing.T) {
	for name, c := range map[string]struct {
		stream, problem string
		says            []string
	}{
		"all passed":      {passing, "", []string{"ok    a  2.0 s\n"}},
		"a test failed":   {passing + failing, "tests failed", []string{"of the part", "--- FAIL: TestBad", "exit status 1", "FAIL  b"}},
		"does not build":  {`{"ImportPath":"c","Action":"build-output","Output":"c.go:1: wrong\n"}` + "\n" + `{"ImportPath":"c","Action":"build-fail"}` + "\n", "tests failed", []string{"c.go:1: wrong"}},
		"a crash":         {`{"Action":"start","Package":"d"}` + "\n" + `{"Action":"output","Package":"d","Test":"TestOn","Output":"panic: no\n"}` + "\n" + `{"Action":"fail","Package":"d"}`, "tests failed", []string{"panic: no"}},
		"broken off":      {passing + `{"Action":"start","Package":"d"}` + "\n" + `{"Action":"output","Package":"d","Test":"TestOn","Output":"killed\n"}` + "\n", "no result of d", []string{"killed"}},
		"empty":           {"", "no package was tested", nil},
		"not even events": {"go: no such package\n", "no package was tested", []string{"no such package"}},
	} {
		var said strings.Builder
		err := follow(&said, strings.NewReader(c.stream), "")
		if c.problem == "" && err != nil || c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)) {
			t.Errorf("%s: the problem is %v; expected %q", name, err, c.problem)
		}
		for _, want := range c.says {
			if !strings.Contains(said.String(), want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, said.String())
			}
		}
		if strings.Contains(said.String(), "not to be seen") {
			t.Errorf("%s: it prints whose turn it is, or what a test that passed has said", name)
		}
	}
}

func TestTheSlowestComeFirst(t *testing.T) {
	files := []string{filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")}
	for k, stream := range []string{passing, failing} {
		_ = follow(&strings.Builder{}, strings.NewReader(stream), files[k])
	}
	var said strings.Builder
	if err := list(&said, 20, files); err != nil {
		t.Fatal(err)
	}
	if want := "    3.0 s  b: b  TestBad\n    1.5 s  a: a  TestGood\n"; said.String() != want {
		t.Errorf("got\n%sexpected\n%s", said.String(), want)
	}
	if err := list(&said, 20, []string{filepath.Join(t.TempDir(), "none")}); !os.IsNotExist(err) {
		t.Errorf("a missing stream: %v", err)
	}
}
