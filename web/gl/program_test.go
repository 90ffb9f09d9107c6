package gl

import (
	"strconv"
	"strings"
	"testing"

	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

func TestShaderErrorShowsFileLineAndSource(t *testing.T) {
	for _, program := range []int{boxProgram, hollowProgram} {
		checkExplained(t, program)
	}
}

func checkExplained(t *testing.T, program int) {
	text := programSpecs[program].fragment()
	line := 1 + strings.Count(text[:strings.Index(text, "float valueAt")], "\n")
	f := newFake()
	f.refused = handle(program) + 1
	f.complaint = "fragment\nERROR: 0:" + strconv.Itoa(line) + ": 'x' : undeclared\nERROR: 0:9: 'y' : odd\nWARNING: vague\n\x00"
	var p programs
	p.start(f)
	err := p.check(f)
	if err == nil {
		t.Fatal("no error")
	}
	head := strings.Count(strings.Split(text, frameSource)[0], "\n")
	inBox := 1 + strings.Count(boxSource[:strings.Index(boxSource, "float valueAt")], "\n")
	for _, want := range []string{
		"the fragment shader of box.glsl was refused:",
		"box.glsl:" + strconv.Itoa(inBox) + ": 'x' : undeclared\n\tfloat valueAt(ivec2 at) {",
		"frame.glsl:" + strconv.Itoa(9-head) + ": 'y' : odd\n\t" + strings.TrimSpace(strings.Split(frameSource, "\n")[8-head]),
		"WARNING: vague",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from\n%v", want, err)
		}
	}
}

func TestRefusedShaderIsReportedOnceAndNothingIsDrawn(t *testing.T) {
	f := newFake()
	r := newRenderer(f)
	var told []error
	r.onError = func(err error) { told = append(told, err) }
	f.complaint = "link\nno room"
	b := known.Grid(paint.Light)
	r.Draw(b)
	r.Draw(b)
	if len(told) != 1 || !strings.Contains(told[0].Error(), "no room") || strings.Contains(f.take(), "draw") {
		t.Errorf("told %v", told)
	}
}

func TestDrawDoesNotWaitForTheShaders(t *testing.T) {
	f := newFake()
	r := newRenderer(f)
	asked := 0
	r.requestFrame = func() { asked++ }
	f.compiling = true
	f.take()
	b := known.Grid(paint.Light)
	r.Draw(b)
	if got := f.take(); asked != 1 || r.Ready() || got != "" {
		t.Errorf("asked %d times for a frame, ready %v, told\n%s", asked, r.Ready(), got)
	}
	f.compiling = false
	r.Draw(b)
	if got := f.take(); asked != 1 || !r.Ready() || r.Stats().DrawCalls != 6 {
		t.Errorf("asked %d times for a frame, ready %v, told\n%s", asked, r.Ready(), got)
	}
}
