package gl

import (
	_ "embed" // the shaders
	"fmt"
	"strconv"
	"strings"
)

// The programs.
const (
	quadProgram = iota
	boxProgram
	lineProgram
	headProgram
	hollowProgram // boxes without numbers
)

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

// A programSpec says what a program is made of.
type programSpec struct {
	file, source string
	define       string // a name that the file asks for, or none
}

var programSpecs = [...]programSpec{
	quadProgram:   {file: "quad", source: quadSource},
	boxProgram:    {file: "box", source: boxSource},
	lineProgram:   {file: "line", source: lineSource},
	headProgram:   {file: "head", source: headSource},
	hollowProgram: {file: "box", source: boxSource, define: "HOLLOW"},
}

// vertex and fragment make the two halves out of the text of one file.
func (s *programSpec) vertex() string   { return s.header("VERTEX", "out") + frameSource + s.source }
func (s *programSpec) fragment() string { return s.header("FRAGMENT", "in") + frameSource + s.source }

func (s *programSpec) header(half, varying string) string {
	head := "#version 300 es\n#define " + half + "\n#define VARYING " + varying + "\n"
	if s.define != "" {
		head += "#define " + s.define + "\n"
	}
	return head
}

// Shaders returns the two texts of each program, vertex and fragment, for glassboxGL.warm: a page that
// carries them beside the binary lets the driver compile them before the binary runs.
func Shaders() [][2]string {
	var pairs [][2]string
	for i := range programSpecs {
		pairs = append(pairs, [2]string{programSpecs[i].vertex(), programSpecs[i].fragment()})
	}
	return pairs
}

// programs are those of a context, in the order of programSpecs.
type programs struct {
	handles []handle
	checked bool
}

// start begins to compile and link all programs: the driver works on them at the same time, while the
// page goes on.
func (p *programs) start(dev device) {
	*p = programs{}
	for i := range programSpecs {
		p.handles = append(p.handles, dev.program(programSpecs[i].vertex(), programSpecs[i].fragment()))
	}
}

// check waits until they are done, and explains what the driver refuses.
func (p *programs) check(dev device) error {
	for i, program := range p.handles {
		if complaint := dev.check(program); complaint != "" {
			return programSpecs[i].explain(complaint)
		}
	}
	p.checked = true
	return nil
}

// explain turns a driver's complaint, whose first line names the half ("vertex", "fragment", "link"),
// into an error that shows the line of the source behind each "ERROR: 0:line: …".
func (s *programSpec) explain(complaint string) error {
	part, log, _ := strings.Cut(complaint, "\n")
	text, head := s.fragment(), strings.Count(s.header("", ""), "\n")
	if part == "vertex" {
		text = s.vertex()
	}
	lines := strings.Split(text, "\n")
	inFile := head + strings.Count(frameSource, "\n")

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
		file, at := s.file, line-inFile
		if at < 1 {
			file, at = "frame", line-head
		}
		said = append(said, fmt.Sprintf("%s.glsl:%d:%s\n\t%s", file, at, what, strings.TrimSpace(lines[line-1])))
	}
	return fmt.Errorf("the %s shader of %s.glsl was refused:\n%s", part, s.file, strings.Join(said, "\n"))
}
