package gl

import (
	"strconv"
	"strings"
	"testing"
)

func TestShaderErrorShowsFileLineAndSource(t *testing.T) {
	line := 1 + strings.Count(fragmentShader(boxSource)[:strings.Index(fragmentShader(boxSource), "float valueAt")], "\n")
	f := newFake()
	f.complaint = "fragment\nERROR: 0:" + strconv.Itoa(line) + ": 'x' : undeclared\nERROR: 0:9: 'y' : odd\nWARNING: vague\n\x00"
	_, err := compile(f, []string{"box"})
	if err == nil {
		t.Fatal("no error")
	}
	inBox := 1 + strings.Count(boxSource[:strings.Index(boxSource, "float valueAt")], "\n")
	for _, want := range []string{
		"the fragment shader of box.glsl was refused:",
		"box.glsl:" + strconv.Itoa(inBox) + ": 'x' : undeclared\n\tfloat valueAt(ivec2 at) {",
		"frame.glsl:6: 'y' : odd\n\t" + strings.TrimSpace(strings.Split(frameSource, "\n")[5]),
		"WARNING: vague",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from\n%v", want, err)
		}
	}
}

func TestRestoreReportsARefusedShader(t *testing.T) {
	f := newFake()
	r, err := begin(f)
	if err != nil {
		t.Fatal(err)
	}
	r.lost = true
	f.complaint = "link\nno room"
	if err := r.restore(); err == nil || !strings.Contains(err.Error(), "after the graphics context was lost") || !r.Lost() {
		t.Errorf("lost %v, error %v", r.Lost(), err)
	}
}
