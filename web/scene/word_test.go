package scene

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/scenetest"
)

// wordy is a scene of a model with GPT-2's vocabulary and three tokens.
func wordy(t *testing.T) *Scene {
	t.Helper()
	s := New()
	s.SetMotion(false)
	s.SetSteps(model.Config{Vocab: 50257, Context: 64, Width: 96, Heads: 2, Blocks: 1, Tied: true}, scenetest.Outline(t,
		model.Config{Vocab: 50257, Context: 64, Width: 96, Heads: 2, Blocks: 1, Tied: true}, 3))
	return s
}

// show moves the windows over the vocabulary so that they begin at a word.
func (s *Scene) show(first int) {
	for i := range s.infos {
		row, col := overWords(&s.infos[i])
		at := map[bool]int{true: first}
		s.SetWindow(s.infos[i].Name, at[row], at[col])
	}
}

// TestTheWordInUseStandsInFrontAndIsLit in every table and result over the vocabulary, wherever in the window it is.
func TestTheWordInUseStandsInFrontAndIsLit(t *testing.T) {
	s := wordy(t)
	for _, c := range []struct{ first, word int }{{2202, 2266}, {0, 5}, {49745, 50256}, {49745, 49745}, {300, 300 + layout.WindowCells - 1}} {
		s.show(c.first)
		s.SetWord(Word{ID: c.word, Text: "·red", Token: 2})
		s.Current([]string{"wte.weight", "logits"})
		s.Frame(0)
		marks := s.lit()
		if len(marks) != 3 { // the table at both ends, and the logits
			t.Fatalf("word %d of those from %d on: %d rings", c.word, c.first, len(marks))
		}
		for _, m := range marks {
			p := &s.plan.Panels[m.panel]
			row, col := p.Cell(m.u, m.v)
			switch {
			case p.Layer != 0:
				t.Errorf("word %d stands in layer %d of %s", c.word, p.Layer, p.Name)
			case p.Name == "logits" && (row != 2 || col != c.word || m.w*m.h != 1):
				t.Errorf("of the logits, (%d, %d) and %d cells are lit; expected token 2, word %d", row, col, m.w*m.h, c.word)
			case p.Name == "wte.weight" && (row != c.word || m.w*m.h != 96):
				t.Errorf("of the table, row %d and %d cells are lit; expected those of word %d", row, m.w*m.h, c.word)
			}
		}
		s.Hover(&Cell{"ln_f", 0, 0}, nil)
		if len(s.lit()) > 0 {
			t.Error("it stays lit while another number is pointed at")
		}
		s.Hover(nil, nil)
	}
	if s.Current(nil); len(s.lit()) > 0 {
		t.Error("it is lit at a stage that the vocabulary has no part in")
	}
}

// TestTheLitRowHasItsTagAndItsNeighboursTheirNumbers, which stand where their rows do.
func TestTheLitRowHasItsTagAndItsNeighboursTheirNumbers(t *testing.T) {
	s := wordy(t)
	s.show(2202)
	s.SetWord(Word{ID: 2266, Text: "·red", Token: 2})
	s.Current([]string{"wte.weight"})
	s.FlyTo([]string{"embed.token", "wte.weight"}, 0)
	b, _ := s.Frame(0)
	at, numbers := map[string]float32{}, 0
	for _, l := range b.Labels {
		at[l.Text] = l.Y
		if strings.HasPrefix(l.Text, "22") && !strings.Contains(l.Text, "red") {
			numbers++
		}
	}
	if at["2266 ·red"] == 0 || numbers < 5 {
		t.Errorf("there are %d numbers, and a tag at %v", numbers, at["2266 ·red"])
	}
	if !(at["2230"] < at["2266 ·red"] && at["2266 ·red"] < at["2280"]) {
		t.Errorf("row 2230 stands at %v, 2266 at %v, 2280 at %v", at["2230"], at["2266 ·red"], at["2280"])
	}
}

// TestAPinnedCellStandsInFront, of a folded tensor as of a head.
func TestAPinnedCellStandsInFront(t *testing.T) {
	s := small(t, 5)
	for _, c := range []Cell{{"h.0.mlp.up", 2, 100}, {"h.1.mlp.up", 2, 191}, {"h.0.attn.head.2.scores", 1, 1}, {"h.0.mlp.up", 2, 3}} {
		s.Pin(&c)
		s.Frame(0)
		if i := s.panelOf(c, ""); i < 0 || s.plan.Panels[i].Layer != 0 {
			t.Errorf("%v stands behind", c)
		}
	}
	s.Pin(nil)
}

func TestRoundStepsAre125(t *testing.T) {
	n, got := 1, []int{}
	for range 7 {
		got, n = append(got, n), nextRound(n)
	}
	for i, want := range []int{1, 2, 5, 10, 20, 50, 100} {
		if got[i] != want {
			t.Fatalf("the steps are %v", got)
		}
	}
}

// TestATableBesideAPanelStandsClearOfIt: to the right of the panels of the stage, wholly on the canvas, which leave it the
// room, and above a box that it would cover.
func TestATableBesideAPanelStandsClearOfIt(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {920, 544}, {704, 592}} {
		s := wordy(t)
		s.SetSize(size[0], size[1], 1)
		s.show(2202)
		s.SetWord(Word{ID: 2266, Text: "·red", Token: 2})
		names := []string{"probabilities.max", "probabilities.sum", "probabilities"}
		s.Current(names)
		const w, h = 380, 320
		s.SetBeside(w + besideGap + besideEdge)
		s.FlyTo(names, 0)
		s.Frame(0)
		legend := camera.Rect{X: 16, Y: float32(size[1]) - 130, W: 300, H: 110}
		x, y, ok := s.BesideSpot("probabilities", w, h, []camera.Rect{legend})
		if !ok || x < 0 || y < 0 || x+w > float32(size[0]) || y+h > float32(size[1]) {
			t.Fatalf("on a canvas of %v it stands at (%v, %v), %t", size, x, y, ok)
		}
		cell, seen := s.CellRect(Cell{"probabilities", 2, 2266})
		if !seen || cell.X < 0 || cell.X+cell.W > x {
			t.Errorf("on a canvas of %v the lit cell is at %v, the table at %v", size, cell, x)
		}
		if r := (camera.Rect{X: x, Y: y, W: w, H: h}); r.Overlaps(legend) {
			t.Errorf("on a canvas of %v it covers the legend", size)
		}
	}
	s := wordy(t)
	s.Frame(0)
	s.FlyToCell(Cell{"h.0.ln_1", 1, 1}, 0)
	s.Frame(1)
	if _, _, ok := s.BesideSpot("probabilities", 300, 300, nil); ok {
		t.Error("it stands there though its panel is out of sight")
	}
}

// TestWordsBehindTheEyeAreNotNumbered: where the camera is so close to a number that it looks past the
// table of the stage, no step between its numbers would be wide enough.
func TestWordsBehindTheEyeAreNotNumbered(t *testing.T) {
	for _, first := range []int{0, 2202, 50257 - layout.WindowCells} {
		for _, looked := range []string{"wte.weight", "logits", "probabilities"} {
			s := wordy(t)
			s.SetSize(1080, 724, 1)
			s.show(first)
			s.SetWord(Word{ID: first + 3, Text: "·ball", Token: 1})
			s.Current([]string{"wte.weight"})
			row, rows, col, cols := s.Window(looked)
			s.FlyToCell(Cell{looked, row + rows - 1, col + cols - 1}, 0)
			for range 3 {
				if b, _ := s.Frame(1); len(b.Seen) == 0 {
					t.Errorf("of %s from word %d on nothing is seen", looked, first)
				}
			}
		}
	}
}

// TestMovingAWindowLeavesAllOtherNumbers: nothing was computed anew, so that nobody sends them again.
func TestMovingAWindowLeavesAllOtherNumbers(t *testing.T) {
	s := wordy(t)
	s.SetValues("ln_f", 0, 3, 96, make([]float32, 3*96))
	s.SetPart("logits", 0, 0, 3, layout.WindowCells, make([]float32, 3*layout.WindowCells))
	if !s.store.Slot("ln_f").Full() || !s.store.Slot("logits").Full() {
		t.Fatal("the numbers were not taken")
	}
	s.show(2202)
	if !s.store.Slot("ln_f").Full() {
		t.Error("the numbers of another step are gone")
	}
	if s.store.Slot("logits").Full() {
		t.Error("the logits of other words are taken for those that are shown")
	}
}
