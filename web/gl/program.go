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

// Shaders returns the two texts of each program, vertex and fragment, for glassboxGL.warm: a page that
// carries them beside the binary lets the driver compile them before the binary runs.
func Shaders() [][2]string {
	var pairs [][2]string
	for _, name := range programNames {
		pairs = append(pairs, [2]string{vertexShader(sourceOf(name)), fragmentShader(sourceOf(name))})
	}
	return pairs
}

// programs are those of a context, in the order of programNames.
type programs struct {
	handles []handle
	checked bool
}

// start begins to compile and link all of them, so that the driver works on them side by side while
// the page goes on.
func (p *programs) start(dev device) {
	*p = programs{}
	for _, name := range programNames {
		source := sourceOf(name)
		p.handles = append(p.handles, dev.program(vertexShader(source), fragmentShader(source)))
	}
}

// check waits until they are done, and explains what the driver refuses.
func (p *programs) check(dev device) error {
	for i, program := range p.handles {
		if complaint := dev.check(program); complaint != "" {
			return explain(programNames[i], sourceOf(programNames[i]), complaint)
		}
	}
	p.checked = true
	return nil
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
