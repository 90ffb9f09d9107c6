package gl

import (
	_ "embed" // the shaders
	"fmt"
	"strconv"
	"strings"
)

// The programs, by the names of their .glsl files.
const (
	quadProgram = iota
	boxProgram
	lineProgram
	headProgram
)

var programNames = []string{quadProgram: "quad", boxProgram: "box", lineProgram: "line", headProgram: "head"}

//go:embed frame.glsl
var frameSource string

//go:embed quad.glsl
var quadSource string

//go:embed box.glsl
var boxSource string

//go:embed line.glsl
var lineSource string

//go:embed head.glsl
var headSource string

// sourceOf returns the text of a program's file.
func sourceOf(name string) string {
	switch name {
	case "quad":
		return quadSource
	case "box":
		return boxSource
	case "line":
		return lineSource
	default:
		return headSource
	}
}

// vertexShader and fragmentShader make the two halves out of the text of one file.
func vertexShader(source string) string {
	return "#version 300 es\n#define VERTEX\n#define VARYING out\n" + frameSource + source
}

func fragmentShader(source string) string {
	return "#version 300 es\n#define FRAGMENT\n#define VARYING in\n" + frameSource + source
}

// compile starts all programs, so that the driver may work on them side by side, and then asks for
// each whether it is fine.
func compile(dev device, names []string) ([]handle, error) {
	programs := make([]handle, len(names))
	for i, name := range names {
		source := sourceOf(name)
		programs[i] = dev.program(vertexShader(source), fragmentShader(source))
	}
	for i, name := range names {
		if complaint := dev.check(programs[i]); complaint != "" {
			return nil, explain(name, sourceOf(name), complaint)
		}
	}
	return programs, nil
}

// explain turns a driver's complaint, whose first line names the half ("vertex", "fragment", "link"),
// into an error that shows the line of the source behind each "ERROR: 0:line: …".
func explain(name, source, complaint string) error {
	part, log, _ := strings.Cut(complaint, "\n")
	text := fragmentShader(source)
	if part == "vertex" {
		text = vertexShader(source)
	}
	lines := strings.Split(text, "\n")
	inFile := strings.Count(strings.TrimSuffix(text, source), "\n")

	var said []string
	for message := range strings.Lines(strings.TrimRight(log, "\x00\n ")) {
		message = strings.TrimSpace(message)
		_, rest, found := strings.Cut(message, " 0:")
		number, what, _ := strings.Cut(rest, ":")
		line, err := strconv.Atoi(number)
		if !found || err != nil || line < 1 || line > len(lines) {
			said = append(said, message)
			continue
		}
		file, at := name, line-inFile
		if at < 1 {
			file, at = "frame", line-3 // after #version and two #define
		}
		said = append(said, fmt.Sprintf("%s.glsl:%d:%s\n\t%s", file, at, what, strings.TrimSpace(lines[line-1])))
	}
	return fmt.Errorf("the %s shader of %s.glsl was refused:\n%s", part, name, strings.Join(said, "\n"))
}
