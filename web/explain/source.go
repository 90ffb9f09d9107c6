package explain

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

// SourceLines returns the line that recorded a step and those next to it, without their
// common indent; none for a weight.
func SourceLines(info model.Info) []SourceLine {
	_, text := info.Source()
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
