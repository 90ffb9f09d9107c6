package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/golden"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/flow"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
	"glassbox/web/scene/sizes"
)

// A drawn is what a scene shows from one deed to the next, as text for a golden file.
type drawn struct {
	*Scene
	t    testing.TB
	now  float64
	out  strings.Builder
	seen map[string]bool
}

func draws(t testing.TB, s *Scene) *drawn { return &drawn{Scene: s, t: t, seen: map[string]bool{}} }

// after does something, draws a second of frames, and tells what is then another than it ever was.
func (d *drawn) after(what string, do func()) {
	fmt.Fprintf(&d.out, "\n== %s\n", what)
	do()
	var b *paint.Batch
	moving := true
	for n := 0; n < 4 && moving; n++ {
		d.now += 0.3
		b, moving = d.Frame(d.now)
		d.line("camera %v, in motion %v", d.CameraState(), moving)
	}
	d.batch(b)
	d.asked()
}

// line tells something if it was not told before.
func (d *drawn) line(format string, args ...any) {
	for i, a := range args {
		switch a := a.(type) {
		case float32:
			args[i] = strconv.FormatFloat(float64(a), 'g', 4, 32)
		case float64:
			args[i] = strconv.FormatFloat(a, 'g', 4, 32)
		}
	}
	if l := fmt.Sprintf(format, args...); !d.seen[l] {
		d.seen[l] = true
		d.out.WriteString(l + "\n")
	}
}

// batch tells what a frame holds: of arrays, how many there are, and the means of their numbers and of their sizes; labels one by one.
func (d *drawn) batch(b *paint.Batch) {
	for _, a := range []struct {
		name string
		data []float32
		each int
	}{{"quads", b.Quads.Data, paint.QuadFloats}, {"boxes", b.Boxes.Data, paint.BoxFloats}, {"lines", b.Lines.Data, paint.LineFloats},
		{"heads", b.Heads.Data, paint.HeadFloats}, {"marks", b.Marks.Data, paint.LineFloats}} {
		d.line("%d %s: %s", len(a.data)/a.each, a.name, columns(a.data, a.each))
	}
	d.line("seen %v, paper %.2v, clock %v", b.Seen, b.Paper, b.Clock)
	d.line("%d labels", len(b.Labels))
	for _, l := range b.Labels {
		d.line("label %q %q at %v %v%s", l.Text, l.Shape, l.X, l.Y, dress(l))
	}
}

// dress tells how a label looks.
func dress(l paint.Label) (text string) {
	for _, p := range []struct {
		name  string
		value float32
	}{{"align", l.Align}, {"size", l.Size}, {"high", l.High}, {"wide", l.Wide}, {"radius", l.Radius}, {"pad", l.Pad}} {
		if p.value != 0 {
			text += " " + p.name + " " + strconv.FormatFloat(float64(p.value), 'g', 4, 32)
		}
	}
	for _, p := range []struct {
		name string
		is   bool
	}{{"bold", l.Bold}, {"mono", l.Mono}, {"dash", l.Dash}, {"turned", l.Turned}} {
		if p.is {
			text += " " + p.name
		}
	}
	for _, p := range []struct {
		name  string
		value [4]float32
	}{{"ink", l.Ink}, {"fill", l.Fill}, {"edge", l.Edge}, {"swatch", l.Swatch}} {
		if p.value[3] != 0 {
			text += fmt.Sprintf(" %s %.2f", p.name, p.value)
		}
	}
	return text
}

// columns returns the mean of each number of the instances, and that of its square's root.
func columns(data []float32, each int) string {
	var list []string
	n := float64(max(len(data)/each, 1))
	for c := range each {
		var sum, size float64
		for i := c; i < len(data); i += each {
			sum += float64(data[i]) / n
			size += math.Sqrt(math.Abs(float64(data[i]))) * float64(1+i/each%7) / n
		}
		list = append(list, strconv.FormatFloat(sum, 'g', 4, 32)+"/"+strconv.FormatFloat(size, 'g', 4, 32))
	}
	return strings.Join(list, " ")
}

// asked tells what the scene answers when it is asked.
func (d *drawn) asked() {
	d.line("legend %+v", d.Legend())
	names, held := d.Goal()
	d.line("goal %v, held %v, flying %v, layouts %d", names, held, d.Flying(), d.Layout())
	from, to := d.SeenSpan()
	d.line("seen from %v to %v, across %v", from, to, d.SeenAcross())
	x, y, ok := d.CardSpot(200, 120, false)
	d.line("card at %v %v, %v", x, y, ok)
	x, y, ok = d.BelowSpot(300)
	d.line("below at %v %v, %v", x, y, ok)
	for _, name := range []string{"logits", "wte.weight", "h.0.attn.head.1.scores"} {
		x, y, ok = d.LitSpot(name)
		d.line("%s lit at %v %v, %v", name, x, y, ok)
		x, y, ok = d.BesideSpot(name, 220, 180, []camera.Rect{{X: 10, Y: 500, W: 200, H: 60}})
		d.line("beside %s at %v %v, %v", name, x, y, ok)
		across, norm := d.Framed(name)
		row, rows, col, cols := d.Window(name)
		d.line("%s stands across %v, with norm %v, and shows rows %d+%d, columns %d+%d", name, across, norm, row, rows, col, cols)
	}
	for i, b := range d.Bands([][]string{nil, {"wte.weight"}, {"h.0.ln_1", "h.0.attn.head.1.scores"}, {"logits"}}) {
		d.line("band %d %.4v", i, b)
	}
	for _, at := range [][2]float32{{0.5, 0.5}, {0.3, 0.35}, {0.7, 0.6}} {
		x, y := float32(d.w)*at[0], float32(d.h)*at[1]
		hit, ok := d.Pick(x, y)
		d.line("at %v %v is %+v, %v", x, y, hit, ok)
		hit, ok = d.PickNear(x+3, y-3, 12)
		d.line("near %v %v is %+v, %v", x+3, y-3, hit, ok)
		target, ok := d.TargetAt(x, y, 8)
		d.line("at %v %v reacts %+v, %v", x, y, target, ok)
		for _, step := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			next, ok := d.Neighbour(Cell{hit.Name, hit.Row, hit.Col}, step[0], step[1])
			d.line("%v of %s %d %d is %v, %v", step, hit.Name, hit.Row, hit.Col, next, ok)
		}
	}
}

// compare compares what was told with a golden file.
func (d *drawn) compare(name string) {
	d.t.Helper()
	golden.Compare(d.t, "drawn/"+name, d.out.String())
}

// TestATowerIsDrawnAsBefore walks a small model: stages, numbers, the pointer, the camera, sizes of the canvas.
func TestATowerIsDrawnAsBefore(t *testing.T) {
	d := draws(t, madeUp(t, scenetest.Nano, 11))
	stage := names(t, scenetest.Nano, "h.0.attn")
	d.after("a wide canvas", func() {
		d.SetSize(1080, 724, 1)
		d.SetOccupied([]camera.Rect{{X: 16, Y: 660, W: 240, H: 40}})
	})
	d.after("a flight to a stage", func() { d.Current(stage); d.FlyTo(stage, d.now) })
	d.after("a selected panel", func() { d.Select("h.0.attn.head.1.scores"); d.FlyTo([]string{"h.0.attn.head.1.scores"}, d.now) })
	d.after("a hovered number", func() {
		d.Hover(&Cell{"h.0.attn.head.1.scores", 9, 4}, []model.Operand{
			{Role: "query", Tensor: "h.0.attn.head.1.query", Start: 9 * 16, Stride: 1, Count: 16}, {Role: "key", Tensor: "h.0.attn.head.1.key", Start: 4 * 16, Stride: 1, Count: 16}})
	})
	d.after("a pinned number and the way to it", func() {
		d.Pin(&Cell{"h.0.attn.head.1.scores", 9, 4})
		d.SetTrail([]Cell{{"h.0.attn.head.1.attention", 9, 4}, {"h.0.attn.head.1.scores", 9, 4}})
	})
	d.after("no number", func() { d.Hover(nil, nil); d.Pin(nil); d.SetTrail(nil) })
	d.after("a flight to a number", func() { d.FlyToCell(Cell{"h.1.mlp.gelu", 3, 100}, d.now) })
	d.after("a turn of the camera", func() { d.Orbit(120, -40) })
	d.after("a push", func() { d.Pan(60, -30) })
	d.after("coming closer", func() { d.ZoomAt(500, 300, 2.5) })
	d.after("going far", func() { d.ZoomAt(200, 300, 0.1) })
	d.after("the whole", func() { d.Select(""); d.Current(nil); d.Fit(d.now) })
	d.after("a chosen token", func() { d.SelectToken(4) })
	d.after("the other theme and scale", func() { d.SetTheme(paint.Dark); d.SetScale(paint.Shared) })
	d.after("the share of the tower", func() { d.MoveTo(0.7) })
	d.after("insets", func() { d.SetInsets(20, 10, 300, 60); d.FlyTo([]string{"logits", "probabilities"}, d.now) })
	d.after("a note and a muted prediction", func() { d.SetNote("logits", "a note"); d.SetNext("B", 0.31, true) })
	d.after("a phone", func() { d.SetInsets(0, 0, 0, 0); d.SetSize(390, 400, 2); d.Fit(d.now) })
	d.after("a head in front", func() { d.Foreground("h.1.attn.head.2.key"); d.FlyTo([]string{"h.1.attn.head.2.key"}, d.now) })
	d.after("no motion", func() { d.SetMotion(false); d.FlyTo([]string{"embed.sum"}, d.now) })
	d.after("a cell far in the tower", func() { d.FlyToCell(Cell{"h.2.attn.head.1.attention", 10, 0}, d.now) })
	d.SetMotion(true)
	none := float32(math.NaN())
	for what, do := range map[string]func(){
		"no zoom": func() { d.ZoomAt(300, 200, 0) }, "a zoom below zero": func() { d.ZoomAt(300, 200, -2) }, "a zoom by no number": func() { d.ZoomAt(300, 200, none) },
		"a share that is no number": func() { d.MoveTo(none) }, "no camera": func() { d.SetCameraState(camera.State{none}) }, "a flight to no camera": func() { d.FlyToState(camera.State{0, 0, 0, -1}, d.now) },
		"a head that is not there": func() { d.Foreground("h.9.attn.head.2.key") }, "a note on nothing": func() { d.SetNote("none", "a note") },
		"values of nothing": func() { d.SetValues("none", 0, 2, 2, make([]float32, 4)) }, "a window of nothing": func() { d.SetWindow("none", 3, 3) },
	} {
		was := d.CameraState()
		do()
		d.now++
		if d.Frame(d.now); d.CameraState() != was {
			t.Errorf("%s moves the camera from %v to %v", what, was, d.CameraState())
		}
	}
	d.after("a share beyond the end", func() { d.MoveTo(7) })
	d.after("a cell that is not there", func() { d.FlyToCell(Cell{"h.0.ln_1", 99, 99}, d.now) })
	d.after("no text", func() { d.SetSteps(scenetest.Nano, scenetest.Outline(t, scenetest.Nano, 0)) })
	d.compare("tower")
}

// TestALongTextIsDrawnAsBefore: more tokens and words than there is room for.
func TestALongTextIsDrawnAsBefore(t *testing.T) {
	d := draws(t, reading(t, 100, 1080, 724))
	scores := "h.1.attn.head.2.scores"
	d.after("the tower", func() {})
	d.after("pairs of tokens", func() {
		d.Current(names(t, likeLanguage, "h.1.attn"))
		d.Select(scores)
		d.FlyTo([]string{scores}, d.now)
	})
	d.after("a pair", func() { d.Hover(&Cell{scores, 60, 20}, nil) })
	d.after("another token", func() { d.Hover(nil, nil); d.SelectToken(12); d.Pin(&Cell{scores, 12, 3}) })
	d.after("a word", func() { d.SetWord(Word{ID: 40, Text: "·you", Token: 99}); d.FlyTo([]string{"logits"}, d.now) })
	d.after("a table beside", func() { d.SetBeside(260); d.FlyTo([]string{"probabilities"}, d.now) })
	d.after("wider letters", func() {
		d.SetMeasure(func(text string, size float32, bold, mono bool) float32 { return float32(len(text)) * size * 0.8 })
		d.FlyTo([]string{scores}, d.now)
	})
	d.after("a narrow canvas", func() { d.SetSize(420, 700, 2); d.FlyTo(names(t, likeLanguage, "h.0.attn"), d.now) })
	d.compare("text")

	w := draws(t, wordy(t))
	w.after("a long vocabulary", func() { w.SetSize(1080, 724, 1); w.show(2202); w.SetWord(Word{ID: 2266, Text: "·ball", Token: 2}) })
	w.after("its table", func() { w.Current([]string{"wte.weight"}); w.FlyTo([]string{"wte.weight"}, w.now) })
	w.after("its end", func() {
		w.show(50257 - layout.WindowCells)
		w.SetWord(Word{ID: 50256, Text: "end", Token: 1})
		w.FlyTo([]string{"logits"}, w.now)
	})
	w.after("close", func() { w.FlyToCell(Cell{"logits", 2, 50256}, w.now) })
	w.compare("words")
}

// TestARunIsDrawnAsBefore: as it is computed, moment by moment.
func TestARunIsDrawnAsBefore(t *testing.T) {
	s, line := flowed(t)
	d := draws(t, s)
	for _, share := range []float64{0, 0.1, 0.33, 0.5, 0.77, 0.98, 1} {
		d.after(fmt.Sprint(share, " of a flow"), func() { d.SetFlow(line, line.Length*share, 0, share < 0.6) })
		at, runs := d.Flow()
		d.line("flow at %v runs %v leads %v", at, runs, d.FlowLeads())
	}
	d.after("a flow that runs", func() { d.SetFlow(line, 2, 4, true) })
	d.after("a push meanwhile", func() { d.Pan(40, 10) })
	d.after("its end", func() { d.SetFlow(nil, 0, 0, false) })
	later := flow.NewTimeline(scenetest.Outline(t, scenetest.Nano, 6), 4)
	d.after("the last tokens alone", func() { d.SetFlow(later, later.Length/2, 1, true) })
	d.compare("run")
}

// TestSizesAreDrawnAsBefore: side by side, and one of them.
func TestSizesAreDrawnAsBefore(t *testing.T) {
	d := draws(t, madeUp(t, scenetest.Nano, 6))
	d.SetSize(1080, 724, 1)
	list := published()
	d.after("all", func() { d.Compare(list) })
	d.after("one", func() { d.FlyTo([]string{sizes.Name(list[1].ID)}, d.now) })
	d.after("close", func() { d.ZoomAt(540, 360, 30) })
	d.after("fewer", func() { d.Compare(list[:2]) })
	d.after("a phone", func() { d.SetSize(390, 400, 2); d.Fit(d.now) })
	d.after("the model", func() { d.Compare(nil) })
	d.compare("sizes")
}
