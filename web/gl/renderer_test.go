package gl

import (
	"slices"
	"strings"
	"testing"

	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

// drawn returns a renderer over a fake device that has drawn a batch once.
func drawn(t *testing.T, b *paint.Batch) (*Renderer, *fake) {
	t.Helper()
	f := newFake()
	r := newRenderer(f)
	r.Draw(b)
	return r, f
}

const sixDraws = `draw 1 × -4, state 4
draw 2 × 24, state 3
draw 2 × -4, state 5
draw 1 × -4, state 5
draw 1 × -4, state 4
draw 1 × -4, state 4`

func TestFirstFrameSendsEverything(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	for _, data := range [][]float32{b.Quads.Data, b.Boxes.Data, b.Lines.Data, b.Heads.Data, b.Strips.Data, b.Marks.Data} {
		found := false
		for _, sent := range f.arrays {
			found = found || slices.Equal(sent, data)
		}
		if !found {
			t.Errorf("an array of %d floats did not arrive", len(data))
		}
	}
	if !slices.Equal(f.texture0[:len(b.Values.Data)], b.Values.Data) {
		t.Error("the values did not arrive")
	}
	if got := f.texts[int(f.labelled[labelHead])]; got != b.Labels[0].Text {
		t.Errorf("the label says %q, expected %q", got, b.Labels[0].Text)
	}
	if s := r.Stats(); s.DrawCalls != 6 || s.Programs != 5 || s.Instances != 8 || s.Labels != 2 || s.Frames != 1 {
		t.Errorf("odd counts: %+v", s)
	}
}

func TestLayersMatchTheLayoutsOfScene(t *testing.T) {
	for i, spec := range layerSpecs {
		sum := 0
		for _, size := range spec.sizes {
			sum += int(size)
		}
		if sum != spec.floats {
			t.Errorf("layer %d has attributes of %d floats, an instance has %d", i, sum, spec.floats)
		}
	}
}

func TestFrameInWhichOnlyTheCameraMovedSendsTheMatrix(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	f.take()
	b.View.Matrix[12] += 0.5
	r.Draw(b)
	if got, want := f.take(), "block\nclear\n"+sixDraws; got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if f.matrix[12] != b.View.Matrix[12] {
		t.Error("the matrix that arrived is not the camera's")
	}
	if s := r.Stats(); s.BytesUploaded != 4*blockFloats || s.Calls != 8 {
		t.Errorf("%d bytes in %d calls, expected %d in 8", s.BytesUploaded, s.Calls, 4*blockFloats)
	}
}

func TestFrameInWhichNothingChangedSendsNothing(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	f.take()
	r.Draw(b)
	if got, want := f.take(), "clear\n"+sixDraws; got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}

func TestAPictureThatIsThereIsShownAndNotDrawnAgain(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	was := r.Stats()
	shown := func(what, want string) {
		t.Helper()
		f.take()
		r.Show(b)
		if got := f.take(); got != want {
			t.Errorf("%s: got\n%s\nexpected\n%s", what, got, want)
		}
	}
	shown("the same", "")
	if s := r.Stats(); s.DrawCalls != was.DrawCalls || s.BytesUploaded != was.BytesUploaded || s.Frames != was.Frames+1 {
		t.Errorf("the counts are %+v, expected those of the frame that was drawn, %+v", s, was)
	}
	b.Labels[0].X++
	shown("a label elsewhere", "labels")
	b.Seen = []paint.Span{{From: 0, To: 1}}
	shown("fewer boxes", "clear\n"+strings.Replace(sixDraws, "draw 2 × 24", "draw 1 × 24", 1))
	shown("the same fewer", "")
	b.Seen = []paint.Span{}
	shown("no boxes", "clear\n"+strings.Replace(sixDraws, "draw 2 × 24, state 3\n", "", 1))
	b.Seen = nil
	shown("all boxes", "clear\n"+sixDraws)
	b.Quads.Data, b.Quads.Version = nil, b.Quads.Version+1
	shown("no quads", "clear\n"+strings.Join(strings.Split(sixDraws, "\n")[1:], "\n"))
	b.Values.Changed = append(b.Values.Changed, paint.Span{From: 0, To: 1})
	shown("another value", "texels 0: rows 0+1, width 12\nclear\n"+strings.Join(strings.Split(sixDraws, "\n")[1:], "\n"))
	r.lost = true
	r.contextRestored()
	r.requestFrame = func() {}
	if f.take(); r.Stats().Restored != 1 {
		t.Error("not restored")
	}
	r.build()
	f.take()
	r.Show(b)
	if got := f.take(); !strings.Contains(got, "clear\ndraw") {
		t.Errorf("after all objects were made anew: got\n%s", got)
	}
}

func TestNewVersionSendsThatArrayAlone(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	f.take()
	b.Heads.Data, b.Heads.Version = nil, b.Heads.Version+1
	b.Marks.Data = append(b.Marks.Data, b.Marks.Data...)
	b.Marks.Version++
	r.Draw(b)
	want := "upload 24 floats\nclear\n" + strings.Join(strings.Split(sixDraws, "\n")[:3], "\n") + "\ndraw 1 × -4, state 4\ndraw 2 × -4, state 4"
	if got := f.take(); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}

func TestOnlyTheBoxesThatAreSeenAreDrawn(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	for _, c := range []struct {
		seen []paint.Span
		want string
	}{
		{[]paint.Span{{From: 1, To: 2}}, "from 1 on\ndraw 1 × 24, state 3, hollow\n"},
		{[]paint.Span{{From: 0, To: 1}, {From: 1, To: 9}}, "draw 1 × 24, state 3\nfrom 1 on\ndraw 1 × 24, state 3, hollow\n"},
		{[]paint.Span{}, ""},
	} {
		f.take()
		b.Seen = c.seen
		r.Draw(b)
		if got, want := f.take(), "clear\n"+strings.Replace(sixDraws, "draw 2 × 24, state 3\n", c.want, 1); got != want {
			t.Errorf("%v: got\n%s\nexpected\n%s", c.seen, got, want)
		}
	}
}

func TestRestoreAfterLossSendsEverythingAgain(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	first := f.take()
	r.lost = true
	b.View.Matrix[12]++
	r.Draw(b)
	if got := f.take(); got != "" {
		t.Errorf("a lost context was told\n%s", got)
	}
	if !r.Lost() {
		t.Error("Lost is false")
	}
	r.contextRestored()
	// All but the size of the canvas, which it keeps.
	want := "reset\n" + strings.Replace(first, "resize 400 300 1 × 1\n", "", 1)
	if got := f.take(); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if r.Lost() || r.Stats().Restored != 1 {
		t.Errorf("lost %v, restored %d times", r.Lost(), r.Stats().Restored)
	}
}

func TestRestoreAsksForAFrame(t *testing.T) {
	r, f := drawn(t, known.Grid(paint.Light))
	asked := 0
	r.requestFrame = func() { asked++ }
	r.lost = true
	f.take()
	r.contextRestored()
	if asked != 1 || strings.Contains(f.take(), "draw") {
		t.Errorf("asked %d times for a frame, expected once and no drawing before it", asked)
	}
}

func TestResizeClearsTheOverlaySoLabelsAreDrawnAgain(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	f.take()
	b.View.Ratio = 2
	r.Draw(b)
	if got, want := f.take(), "resize 400 300 2 × 1\nblock\nclear\n"+sixDraws+"\nlabels"; got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}

func TestThemeSendsRampAndColours(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	f.take()
	b.Theme, b.Ramp = paint.Dark, known.Ramp(paint.Dark)
	r.Draw(b)
	if got, want := f.take(), "texels 1: rows 0+1, width 256\nblock\nclear\n"+sixDraws+"\nlabels"; got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}

func TestDrawAllocatesNothing(t *testing.T) {
	b := known.Tower(paint.Light, 40, 800, 600, 1, 1, 0)
	r, f := drawn(t, b)
	silent := &quiet{f}
	r.dev = silent
	changed := make([]paint.Span, 0, 4)
	angle := 0.0
	got := testing.AllocsPerRun(100, func() {
		angle++
		b.View.Matrix[0] = float32(angle)
		b.Labels[0].X = float32(angle)
		b.Values.Changed = append(changed, paint.Span{From: 10, To: 3000})
		b.Lines.Version++
		r.Draw(b)
	})
	if got != 0 {
		t.Errorf("a frame allocates %v times", got)
	}
}

// quiet is a device that keeps nothing, so that only the renderer's own allocations are counted.
type quiet struct{ *fake }

func (quiet) upload(handle, []float32)                  {}
func (quiet) texels(int, int, int, int, []float32)      {}
func (quiet) block([]float32)                           {}
func (quiet) clear([3]float32)                          {}
func (quiet) draw(handle, handle, state, int, int, int) {}
func (quiet) labels([]float32)                          {}

func TestCloseEndsTheRenderer(t *testing.T) {
	b := known.Grid(paint.Light)
	r, f := drawn(t, b)
	closed := false
	r.close = func() { closed = true }
	r.Close()
	f.take()
	r.Draw(b)
	if got := f.take(); !closed || got != "" {
		t.Errorf("closed %v, told afterwards %q", closed, got)
	}
}
