//go:build !js

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// An event is a line of `go test -json`, as `go doc test2json` describes it.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of what does not compile
	Test        string // none if the event is of the whole package
	Output      string
	FailedBuild string
	Elapsed     float64 // in seconds
}

// ends says whether a test or a package has its result.
func (e event) ends() bool { return e.Action == "pass" || e.Action == "fail" || e.Action == "skip" }

// read calls hear for each event of a stream, and other for each line that is none.
func read(stream io.Reader, hear func(event), other func(line string)) error {
	lines := bufio.NewReader(stream)
	for {
		line, err := lines.ReadString('\n')
		var e event
		if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &e) == nil {
			hear(e)
		} else if line != "" {
			other(strings.TrimSuffix(line, "\n"))
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
