package app

import (
	"strings"

	"glassbox/model"
)

// A SourceLine is a line of the program that computes the numbers.
type SourceLine struct {
	Number  int // in its file, from 1
	Text    string
	Current bool // this line recorded the step
}

// SourceFile returns the file in which a step is recorded; "" for a weight.
func SourceFile(info model.Info) string {
	switch {
	case info.Line == 0:
		return ""
	case strings.HasPrefix(info.Name, "sample."):
		return "model/sample.go"
	}
	return "model/forward.go"
}

// SourceLines returns the line that recorded a step and those next to it, without their
// common indent; none for a weight.
func SourceLines(info model.Info) []SourceLine {
	text := model.Source
	if SourceFile(info) == "model/sample.go" {
		text = model.SampleSource
	}
	all := strings.Split(text, "\n")
	if info.Line < 1 || info.Line > len(all) {
		return nil
	}
	var lines []SourceLine
	indent := -1
	for n := max(1, info.Line-1); n <= min(len(all), info.Line+1); n++ {
		line := all[n-1]
		if line == "" && n != info.Line {
			continue
		}
		tabs := len(line) - len(strings.TrimLeft(line, "\t"))
		if indent < 0 || tabs < indent {
			indent = tabs
		}
		lines = append(lines, SourceLine{n, line, n == info.Line})
	}
	for i := range lines {
		lines[i].Text = strings.ReplaceAll(lines[i].Text[indent:], "\t", "    ")
	}
	return lines
}
