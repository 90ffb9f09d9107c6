package gl

import (
	"fmt"
	"slices"
	"strings"
)

// fake is a device that notes what it is told, and keeps what would stand on the GPU.
type fake struct {
	calls     []string
	handles   handle
	texture0  []float32 // of values
	arrays    map[handle][]float32
	matrix    []float32
	texts     map[int]string
	labelled  []float32
	complaint string
	hollow    handle // the program of boxes without numbers
	refused   handle // the program that the complaint is about; 0 all
	compiling bool
	working   bool // on the last frame
	most      int
}

func newFake() *fake {
	return &fake{arrays: map[handle][]float32{}, texts: map[int]string{}, most: 8192}
}

func (f *fake) note(format string, args ...any) {
	f.calls = append(f.calls, fmt.Sprintf(format, args...))
}

// take returns the notes since the last take.
func (f *fake) take() string {
	defer func() { f.calls = nil }()
	return strings.Join(f.calls, "\n")
}

func (f *fake) next() handle { f.handles++; return f.handles }

func (f *fake) program(vertex, fragment string) handle {
	f.note("program")
	if h := f.next(); strings.Contains(fragment, "#define HOLLOW") {
		f.hollow = h
	}
	return f.handles
}

func (f *fake) linked() bool { return !f.compiling }

func (f *fake) check(program handle) string {
	if f.refused != 0 && program != f.refused {
		return ""
	}
	return f.complaint
}

func (f *fake) maxTexture() int { return f.most }

func (f *fake) array(sizes []int32) handle {
	f.note("array %v", sizes)
	return f.next()
}

func (f *fake) upload(array handle, data []float32) {
	f.note("upload %d floats", len(data))
	f.arrays[array] = slices.Clone(data)
}

func (f *fake) texture(unit, channels, width, height int) {
	f.note("texture %d: %d × %d × %d", unit, channels, width, height)
	if unit == valuesUnit {
		f.texture0 = make([]float32, width*height)
	}
}

func (f *fake) texels(unit, y, width, height int, data []float32) {
	if len(data)%(width*height) != 0 {
		f.note("texels of the wrong size: %d for %d × %d", len(data), width, height)
	}
	f.note("texels %d: rows %d+%d, width %d", unit, y, height, width)
	if unit == valuesUnit {
		copy(f.texture0[y*valueColumns:], data)
	}
}

func (f *fake) block(data []float32) {
	f.note("block")
	f.matrix = slices.Clone(data)
}

func (f *fake) resize(width, height int, ratio, share float32) {
	f.note("resize %d %d %v × %v", width, height, ratio, share)
}
func (f *fake) clear([3]float32) { f.note("clear") }

func (f *fake) draw(program, array handle, state state, vertices, first, count int) {
	if first > 0 {
		f.note("from %d on", first)
	}
	how := ""
	if program == f.hollow {
		how = ", hollow"
	}
	f.note("draw %d × %d, state %d%s", count, vertices, state, how)
}

func (f *fake) fence()     {}
func (f *fake) busy() bool { return f.working }

func (f *fake) text(number int, text string) {
	f.note("text %q", text)
	if number == 0 {
		clear(f.texts)
		return
	}
	f.texts[number] = text
}

func (f *fake) labels(data []float32) {
	f.note("labels")
	f.labelled = slices.Clone(data)
}

func (f *fake) measure(text string, size float32, flags int) float32 {
	return float32(len(text)) * size / 2
}

func (f *fake) reset() {
	f.note("reset")
	f.texture0, f.matrix = nil, nil
	clear(f.arrays)
}
