package scene

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

func TestAFrameInWhichOnlyTheCameraMovesSendsAMatrixAndAllocatesLittle(t *testing.T) {
	s := framed(t, 1080, 724)
	b, _ := s.Frame(1)
	versions := func() []int {
		return []int{b.Boxes.Version, b.Quads.Version, b.Lines.Version, b.Heads.Version, b.Marks.Version, b.Values.Version}
	}
	before, matrix := versions(), b.View.Matrix
	s.Pan(3, 2)
	s.Frame(2)
	if !reflect.DeepEqual(before, versions()) {
		t.Errorf("panning changes the arrays %v to %v", before, versions())
	}
	if matrix == b.View.Matrix {
		t.Error("panning does not change the matrix")
	}
	now := 3.0
	if n := testing.AllocsPerRun(50, func() {
		s.Pan(0.5, 0.1)
		now += 0.016
		s.Frame(now)
	}); n > 12 {
		t.Errorf("a frame allocates %.0f times", n)
	}
}

func TestTheSameInputsGiveTheSameFrame(t *testing.T) {
	frame := func() *paint.Batch {
		s := framed(t, 1080, 724)
		s.FlyTo([]string{"h.0.attn.head.1.scores"}, 0)
		b, _ := s.Frame(1)
		return b
	}
	a, b := frame(), frame()
	if !reflect.DeepEqual(a, b) {
		t.Error("two scenes with the same history differ")
	}
}

func TestAnEmptyTextShowsWeightsAndOutlines(t *testing.T) {
	s := New()
	s.SetSteps(scenetest.Nano, scenetest.Outline(t, scenetest.Nano, 0))
	s.SetSize(1080, 724, 1)
	b, _ := s.Frame(0)
	if len(b.Boxes.Data) == 0 || len(b.Boxes.Data)%paint.BoxFloats != 0 {
		t.Fatalf("%d floats of boxes", len(b.Boxes.Data))
	}
	for i := 0; i < len(b.Boxes.Data); i += paint.BoxFloats {
		if f := b.Boxes.Data[i:]; f[3] < 1 || f[4] < 1 {
			t.Fatalf("box %d is %v × %v cells", i/paint.BoxFloats, f[3], f[4])
		}
	}
	for _, v := range b.Lines.Data {
		if !finite(float64(v)) {
			t.Fatal("a line leads to infinity")
		}
	}
	s.Hover(&Cell{"wte.weight", 0, 0}, nil)
	s.Frame(1)
	if New().plan == nil {
		t.Error("a scene without a model can't be drawn")
	}
	New().Frame(0)
}

func TestLabelsStandClearOfOneAnotherAndOfTheInterface(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {390, 400}} {
		s := framed(t, size[0], size[1])
		occupied := []camera.Rect{{X: 16, Y: float32(size[1]) - 90, W: 246, H: 80}}
		s.SetOccupied(occupied)
		for _, stage := range [][]string{nil, names(t, scenetest.Nano, "h.0.attn"), names(t, scenetest.Nano, "h.1.mlp"), {"logits", "probabilities"}} {
			s.FlyTo(stage, 0)
			s.Current(stage)
			b, _ := s.Frame(0)
			if len(b.Labels) < 3 {
				t.Errorf("%v: %d labels", size, len(b.Labels))
			}
			var placed []camera.Rect
			for _, l := range b.Labels {
				if l.Fill[3] > 0 || l.Edge[3] > 0 {
					continue // chips, rings and numbers have places of their own
				}
				w := s.width(l.Text, l.Size, l.Bold, l.Mono)
				r := camera.Rect{X: l.X - w*(1+l.Align)/2, Y: l.Y - l.Size*0.8, W: w, H: l.Size}
				for i, q := range placed {
					if r.Overlaps(q) {
						t.Errorf("%v, stage %.1s: %q overlaps label %d", size, stage, l.Text, i)
					}
				}
				if r.Overlaps(occupied[0]) {
					t.Errorf("%v: %q stands on the legend", size, l.Text)
				}
				placed = append(placed, r)
			}
		}
	}
}

func TestTheOverviewNamesTheLandmarks(t *testing.T) {
	s := framed(t, 1080, 724)
	b, _ := s.Frame(1)
	var all []string
	for _, l := range b.Labels {
		all = append(all, l.Text)
	}
	text := strings.Join(all, "|")
	for _, want := range []string{"Block 1 · Attention", "Block 3 · Feed-forward", "Residual stream", "columns read from earlier columns", "scores", "Output",
		"token table", "position table", "attention result", "feed-forward result", "probabilities", "C  96.4 %"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q among %s", want, text)
		}
	}
}

// scoresHovered returns a scene in which a score and what it read are marked.
func scoresHovered(t testing.TB) *Scene {
	s := framed(t, 1080, 724)
	s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
	s.Hover(&Cell{"h.0.attn.head.0.scores", 9, 4}, []model.Operand{
		{Role: "query", Tensor: "h.0.attn.head.0.query", Start: 9 * 16, Stride: 1, Count: 16},
		{Role: "key", Tensor: "h.0.attn.head.0.key", Start: 4 * 16, Stride: 1, Count: 16}})
	s.Frame(1)
	return s
}

func TestHoverRingsTheCellAndEachPanelThatWasRead(t *testing.T) {
	s := scoresHovered(t)
	if len(s.marks) != 3 || s.marks[1].h != 16 || s.marks[1].w != 1 || s.marks[1].u != 9 || s.marks[2].u != 4 {
		t.Fatalf("the marks are %+v", s.marks)
	}
	tags := 0
	for _, l := range s.batch.Labels {
		if l.Text == "9 B" || l.Text == "4 B" {
			tags++
		}
	}
	if tags < 2 {
		t.Errorf("%d of the two tokens have tags", tags)
	}
	// A column of weights: in a view of c_attn, one panel; down a folded matrix, four.
	s.Hover(&Cell{"h.0.mlp.down", 2, 5}, []model.Operand{
		{Role: "x", Tensor: "h.0.mlp.gelu", Start: 2 * 192, Stride: 1, Count: 192},
		{Role: "weight", Tensor: "h.0.mlp.c_proj.weight", Start: 5, Stride: 48, Count: 192},
		{Role: "bias", Tensor: "h.0.mlp.c_proj.bias", Start: 5, Stride: 1, Count: 1}})
	s.Frame(2)
	cells := 0
	for _, m := range s.marks[1:] {
		cells += m.w * m.h
	}
	if len(s.marks) != 1+4+4+1 || cells != 192+192+1 {
		t.Errorf("%d marks ring %d cells; expected 10 marks round 385", len(s.marks), cells)
	}
	s.Hover(nil, nil)
	if b, _ := s.Frame(3); len(b.Marks.Data) > 0 {
		t.Error("marks stay after the pointer has left")
	}
}

func TestTheTiedTableIsMarkedWhereItIsRead(t *testing.T) {
	c := scenetest.Nano
	c.Tied = true
	s := New()
	s.SetSteps(c, scenetest.Outline(t, c, 5))
	for _, step := range []string{"logits", "embed.token"} {
		s.Hover(&Cell{step, 1, 0}, []model.Operand{{Role: "weight", Tensor: "wte.weight", Start: 0, Stride: 1, Count: 1}})
		s.Frame(0)
		if len(s.marks) != 2 || s.plan.Panels[s.marks[1].panel].Reader != step {
			t.Errorf("%s: marks %+v", step, s.marks)
		}
	}
}

func TestTheCardStandsClearOfWhatItExplains(t *testing.T) {
	s := scoresHovered(t)
	legend := camera.Rect{X: 16, Y: 600, W: 400, H: 100}
	s.SetOccupied([]camera.Rect{legend})
	x, y, ok := s.CardSpot(292, 150, false)
	if !ok {
		t.Fatal("there is no place for the card")
	}
	card := camera.Rect{X: x, Y: y, W: 292, H: 150}
	if x < 0 || y < 0 || x+292 > 1080 || y+150 > 724 || card.Overlaps(legend) {
		t.Errorf("the card stands at (%v, %v)", x, y)
	}
	l := s.lens()
	for _, m := range s.marks {
		if r, _ := area(&l, &s.plan.Panels[m.panel], m.u, m.v, m.w, m.h); card.Overlaps(r) {
			t.Errorf("the card covers %+v", r)
		}
	}
	if _, _, ok := s.CardSpot(2000, 100, false); ok {
		t.Error("a card wider than the canvas has a place")
	}
}

func TestSelectingAHeadBringsItToTheFront(t *testing.T) {
	s := framed(t, 1080, 724)
	s.Select("h.1.attn.head.2.scores")
	s.Frame(1)
	for _, name := range []string{"h.1.attn.head.2.scores", "h.1.attn.head.2.query", "h.1.attn.head.2.attention.max"} {
		if p := s.plan.Panels[s.plan.ByName[name][0]]; p.Layer != 0 || p.Z != 0 {
			t.Errorf("%s is layer %d at z %v", name, p.Layer, p.Z)
		}
	}
	if p := s.plan.Panels[s.plan.ByName["h.0.attn.head.0.scores"][0]]; p.Layer != 0 {
		t.Error("another block has turned too")
	}
	if f := box(t, s, "h.1.attn.head.2.scores", 0); int(f[15])&paint.FlagSignal == 0 {
		t.Error("the selected panel has no signal edge")
	}
}

func TestTheLegendFollowsTheHoveredPanel(t *testing.T) {
	s := framed(t, 1080, 724)
	if l := s.Legend(); l.Name != "" {
		t.Errorf("without a panel the legend is %+v", l)
	}
	fill(s, "h.0.ln_1", func(r, c int) float32 { return float32(c) })
	s.Select("probabilities")
	if l := s.Legend(); l.Title != "probabilities" || l.Norm != 1 || l.Hovered {
		t.Errorf("the legend of the selected panel is %+v", l)
	}
	s.Hover(&Cell{"h.0.ln_1", 2, 40}, nil)
	if l := s.Legend(); l.Name != "h.0.ln_1" || l.Value != 40 || !l.Hovered || l.Norm != 46 || !l.Clamped {
		t.Errorf("the legend of the hovered panel is %+v", l)
	}
}

func TestNumbersHaveThreeSignificantDigits(t *testing.T) {
	for v, want := range map[float32]string{0: "0", 1: "1", 0.9996: "1.00", -0.4094: "−0.409", 12.345: "12.3", 123.4: "123", 0.0123: "0.0123",
		-999.6: "−1000", 0.00001234: "1.23·10⁻⁵", 12345: "12345", 31234.5: "31234", 123456: "1.23·10⁵", -0.0004: "−4.00·10⁻⁴"} {
		if got := say.Brief(v); got != want {
			t.Errorf("%v is printed as %q; expected %q", v, got, want)
		}
	}
}

func TestNumbersArePrintedInLargeCellsOnly(t *testing.T) {
	s := framed(t, 1080, 724)
	s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
	b, _ := s.Frame(1)
	before := len(b.Labels)
	r, _ := s.CellRect(Cell{"h.0.attn.head.0.scores", 5, 2})
	s.ZoomAt(r.X, r.Y, 60/r.W)
	b, _ = s.Frame(2)
	v, _ := s.store.At("h.0.attn.head.0.scores", 5, 2)
	found := false
	for _, l := range b.Labels {
		found = found || l.Text == say.Brief(v)
	}
	if !found || len(b.Labels) < before {
		t.Errorf("%q is not printed in its cell", say.Brief(v))
	}
}

// TestNumbersFitTheirCells: no wider than most of a cell, and no larger than they have to be read.
func TestNumbersFitTheirCells(t *testing.T) {
	for _, cell := range []float32{40, 60, 120, 300} {
		s := framed(t, 1080, 724)
		s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
		s.Frame(1)
		r, _ := s.CellRect(Cell{"h.0.attn.head.0.scores", 5, 2})
		s.ZoomAt(r.X, r.Y, cell/r.W)
		b, _ := s.Frame(2)
		r, _ = s.CellRect(Cell{"h.0.attn.head.0.scores", 5, 2})
		seen := 0
		for _, l := range b.Labels {
			if l.Fill[3] != 0.01 {
				continue // only numbers stand on the colour of their cell
			}
			wide := s.width(l.Text, l.Size, false, false)
			if seen++; wide > 0.85*r.W || l.Size > 16 || l.Size < 11 && wide < 0.75*r.W || r.W > 100 && l.Size < 16 {
				t.Errorf("in cells %.0f pixels wide, %q is %.1f wide in size %.1f", r.W, l.Text, wide, l.Size)
			}
		}
		if v, ok := s.store.At("h.0.attn.head.0.scores", 5, 2); !ok || seen == 0 {
			t.Errorf("in cells %.0f pixels wide nothing is printed; expected %v", r.W, v)
		}
	}
}

func TestShapesAreWrittenInTheLettersOfTheLegend(t *testing.T) {
	s := framed(t, 1080, 724)
	want := map[string]string{"h.0.attn.head.0.scores": "T × T", "h.0.attn.head.0.query": "T × A", "h.0.attn.c_attn.weight": "C × A",
		"h.0.mlp.c_fc.weight": "C × 4C", "h.0.mlp.c_proj.weight": "4C × C", "h.0.mlp.gelu": "T × 4C", "logits": "T × V", "h.0.ln_1": "T × C",
		"lm_head.weight": "V × C", "sample.top_k": "1 × V", "h.0.attn.c_proj.weight": "C × C"}
	for _, k := range s.caps {
		if len(k.Tensors) > 0 && want[k.Tensors[0]] != "" && k.Shape != want[k.Tensors[0]] && !k.Back {
			t.Errorf("%s is %q; expected %q", k.Tensors[0], k.Shape, want[k.Tensors[0]])
		}
	}
}

func TestNothingInABatchIsNotANumber(t *testing.T) {
	for _, c := range scenetest.Configs(12) {
		if c.Width > 2000 {
			continue
		}
		for _, T := range scenetest.TokenCounts(c) {
			s := New()
			s.SetSteps(c, scenetest.Outline(t, c, T))
			s.SetTokens(make([]Token, T))
			b, _ := s.Frame(0)
			for _, a := range [][]float32{b.Boxes.Data, b.Quads.Data, b.Lines.Data, b.Heads.Data, b.View.Matrix[:]} {
				for i, v := range a {
					if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
						t.Fatalf("%+v, %d tokens: float %d is %v", c, T, i, v)
					}
				}
			}
		}
	}
}

func TestAVeryLargeTowerKeepsItsPlacesDuringAFlight(t *testing.T) {
	c := model.Config{Vocab: 50257, Context: 1024, Width: 1600, Heads: 25, Blocks: 48, Tied: true}
	s := New()
	s.SetSteps(c, scenetest.Outline(t, c, 4))
	b, _ := s.Frame(0)
	s.FlyTo([]string{"h.7.attn.head.3.scores"}, 1)
	s.Frame(1.2)
	boxes := b.Boxes.Version
	for now := 1.2; now < 2.5; now += 0.1 {
		s.Frame(now)
	}
	if b.Boxes.Version != boxes {
		t.Errorf("%d panels were sent again during the flight", len(s.plan.Panels))
	}
	if _, ok := s.CellRect(Cell{"h.7.attn.head.3.scores", 1, 1}); !ok {
		t.Error("the cell is not on the canvas at the end of the flight")
	}
}

func TestHoveringAlongAPanelSendsOnlyMarks(t *testing.T) {
	s := scoresHovered(t)
	b := &s.batch
	boxes, marks := b.Boxes.Version, b.Marks.Version
	s.Hover(&Cell{"h.0.attn.head.0.scores", 9, 5}, append([]model.Operand(nil), s.operands...))
	s.Frame(2)
	if b.Boxes.Version != boxes || b.Marks.Version == marks {
		t.Errorf("boxes went from version %d to %d, marks from %d to %d", boxes, b.Boxes.Version, marks, b.Marks.Version)
	}
}

func TestTheTokensAreSeenWithTheirChips(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {390, 400}} {
		s := framed(t, size[0], size[1])
		s.Current([]string{"tokens"})
		s.FlyTo([]string{"tokens"}, 0)
		b, _ := s.Frame(1)
		chips := 0
		for _, l := range b.Labels {
			if l.High == 30 && l.X > 0 && l.X < float32(size[0]) && l.Y > 0 && l.Y < float32(size[1]) {
				chips++
			}
		}
		if chips != 11 {
			t.Errorf("%v: %d chips of 11 are on the canvas", size, chips)
		}
	}
}

// TestWhatMostStepsBelongToNamesThemAll: a heading over steps of several parts of the network is that of the most of them.
func TestWhatMostStepsBelongToNamesThemAll(t *testing.T) {
	s := framed(t, 1080, 724)
	for _, c := range []struct {
		names []string
		first string
	}{
		{[]string{"h.0.ln_1", "h.0.attn.head.0.query", "h.0.attn.head.0.scores"}, "h.0.attn.head.0.scores"},
		{[]string{"h.0.attn.head.0.query", "h.0.ln_1", "h.0.attn.head.0.scores"}, "h.0.attn.head.0.query"},
		{[]string{"h.0.attn.c_attn.weight", "h.0.mlp.gelu", "h.0.ln_1"}, "h.0.mlp.gelu"},
		{[]string{"none", "h.0.ln_1"}, "h.0.ln_1"},
	} {
		all := strings.Join(c.names, ", ")
		if s.sortByPart(c.names); c.names[0] != c.first {
			t.Errorf("of %s the first is %s; expected %s", all, c.names[0], c.first)
		}
	}
}

// TestNothingCanNotBeSeen: where no panel stands there is nothing to number.
func TestNothingCanNotBeSeen(t *testing.T) {
	s := framed(t, 1080, 724)
	l := s.lens()
	if s.visible(&l, camera.NoBox()) || !s.visible(&l, s.plan.All) {
		t.Error("an empty box is seen, or the tower is not")
	}
}
