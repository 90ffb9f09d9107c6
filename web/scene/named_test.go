package scene

import (
	"math"
	"slices"
	"strings"
	"testing"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
)

// onPhone shows the attention of a text of 41 tokens on the canvas of a phone.
func onPhone(t *testing.T, heads ...string) (*Scene, *paint.Batch) {
	t.Helper()
	s := reading(t, 41, 390, 282)
	long := make([]Token, 41)
	for i := range long {
		long[i].Text = "·" + strings.Repeat("w", 4+i%6)
	}
	s.SetTokens(long)
	stage := names(t, likeLanguage, "h.0.attn")
	s.Current(stage)
	if len(heads) > 0 {
		stage = heads
	}
	s.FlyTo(stage, 0)
	s.Frame(8)
	b, _ := s.Frame(9)
	return s, b
}

// TestNamesOfRowsLieOverNoOtherPanel: on a phone there is no room for them between two panels.
func TestNamesOfRowsLieOverNoOtherPanel(t *testing.T) {
	s, b := onPhone(t)
	l := s.lens()
	seen := 0
	for _, k := range b.Labels {
		if !strings.HasPrefix(k.Text, "·") && !strings.HasPrefix(k.Text, "+") || k.Turned || k.High > 0 || k.Align != 1 {
			continue
		}
		seen++
		r := inked(s, k)
		for i := range s.plan.Panels {
			p := &s.plan.Panels[i]
			w, h := p.Size()
			if q, ok := area(&l, p, 0, 0, w, h); ok && p.Layer == 0 && common(r, q) > 0.25*r.W*r.H {
				t.Errorf("%q at %.0f lies over %s", k.Text, k.X, p.Name)
			}
		}
	}
	if seen == 0 {
		t.Error("no row is named")
	}
}

// TestNamesThatRiseLieOverNoHeadingAndWithinTheCanvas as seen along the whole of each.
func TestNamesThatRiseLieOverNoHeadingAndWithinTheCanvas(t *testing.T) {
	s, b := onPhone(t)
	seen := 0
	for _, k := range b.Labels {
		if !k.Turned {
			continue
		}
		seen++
		for at := float32(0); at < s.width(k.Text, k.Size, k.Bold, false); at++ {
			x, y := k.X+0.71*at, k.Y-0.71*at
			if y < 0 {
				t.Fatalf("the canvas cuts %q", k.Text)
			}
			for _, o := range b.Labels {
				if !o.Turned && strings.HasPrefix(o.Text, "Block") && inked(s, o).Contains(x, y) {
					t.Fatalf("%q lies over %q", k.Text, o.Text)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no name rises")
	}
}

// TestThePinnedCellsCardCoversNeitherItsPanelNorANameWhereTheInspectorTellsTheSame: rather there is none.
func TestThePinnedCellsCardCoversNeitherItsPanelNorANameWhereTheInspectorTellsTheSame(t *testing.T) {
	s := reading(t, 41, 1080, 604)
	placed := 0
	for _, name := range []string{"h.0.attn.head.2.mix", "h.0.attn.head.2.attention", "h.0.mlp.up", "h.1.ln_1"} {
		c := Cell{name, 36, 7}
		s.Select(name)
		s.Pin(&c)
		s.Hover(&c, nil)
		s.FlyTo([]string{name}, 0)
		s.Frame(8)
		s.Frame(9)
		x, y, ok := s.CardSpot(292, 180, true)
		if !ok {
			if _, _, ok := s.CardSpot(292, 180, false); !ok {
				t.Errorf("%s: there is no place at all", name)
			}
			continue
		}
		placed++
		card, l := camera.Rect{X: x, Y: y, W: 292, H: 180}, s.lens()
		p := &s.plan.Panels[s.marks[0].panel]
		w, h := p.Size()
		if own, _ := area(&l, p, 0, 0, w, h); card.Overlaps(own) || !unhindered(card, s.labels.taken) {
			t.Errorf("%s: the card at (%v, %v) covers its panel or a name", name, x, y)
		}
	}
	if placed == 0 {
		t.Error("there is never a card")
	}
}

// TestThePinnedHeadStaysInFront though something is said of another one of its block.
func TestThePinnedHeadStaysInFront(t *testing.T) {
	s := reading(t, 9, 1080, 604)
	s.Select("h.0.attn.head.1.mix")
	s.Frame(1)
	s.SetNote("h.0.attn.head.3.attention", "a note")
	s.Frame(2)
	if p := s.plan.Panels[s.plan.ByName["h.0.attn.head.1.mix"][0]]; p.Layer != 0 {
		t.Errorf("it stands in layer %d", p.Layer)
	}
	s.Select("")
	s.SetNote("", "")
	s.SetNote("h.0.attn.head.3.attention", "a note")
	s.Frame(3)
	if p := s.plan.Panels[s.plan.ByName["h.0.attn.head.3.attention"][0]]; p.Layer != 0 {
		t.Errorf("the head of the note stands in layer %d", p.Layer)
	}
}

// TestALongTableSaysHowMuchOfItIsDrawn, and numbers its rows however small its cells are.
func TestALongTableSaysHowMuchOfItIsDrawn(t *testing.T) {
	s := wordy(t)
	s.SetSize(1080, 604, 1)
	s.show(2202)
	s.SetWord(Word{ID: 2266, Text: "·red", Token: 2})
	s.Current([]string{"wte.weight"})
	s.FlyTo([]string{"wte.weight"}, 0)
	s.Frame(8)
	b, _ := s.Frame(9)
	for _, want := range []string{"⋮ 512 of 50,257 are drawn", "2250", "2266 ·red"} {
		if !slices.ContainsFunc(b.Labels, func(l paint.Label) bool { return l.Text == want }) {
			t.Errorf("there is no %q", want)
		}
	}
}

// TestAPanelWithoutNumbersSaysSo: that they are read where the reader is, and elsewhere that they are not.
func TestAPanelWithoutNumbersSaysSo(t *testing.T) {
	s := wordy(t)
	s.SetSize(1080, 604, 1)
	said := func() (texts []string) {
		s.Frame(8)
		b, _ := s.Frame(9)
		for _, l := range b.Labels {
			if strings.Contains(l.Text, "read") {
				texts = append(texts, l.Text)
			}
		}
		return texts
	}
	s.FlyTo([]string{"h.0.mlp.up"}, 0)
	if is := said(); !slices.Contains(is, "not read yet") || slices.Contains(is, "its numbers are being read") {
		t.Errorf("of what nobody looks at it says %q", is)
	}
	s.FlyTo([]string{"h.0.mlp.up"}, 0)
	s.SetInsets(0, 0, 560, 0) // which cover the right half of it
	s.Stop()
	if is := said(); len(is) == 0 {
		t.Error("of a panel of which half is seen it says nothing")
	}
	s.SetInsets(0, 0, 0, 0)
	s.Current([]string{"h.0.mlp.up"})
	if is := said(); !slices.Contains(is, "its numbers are being read") {
		t.Errorf("of what is looked at it says %q", is)
	}
	full := reading(t, 9, 1080, 604)
	full.FlyTo([]string{"h.0.mlp.up"}, 0)
	if s = full; len(said()) > 0 {
		t.Errorf("of panels with numbers it says %q", said())
	}
}

// TestTheCellOfWhichATextTellsIsMarked in the stage, while nothing else is pointed at.
func TestTheCellOfWhichATextTellsIsMarked(t *testing.T) {
	s := reading(t, 9, 1080, 604)
	s.Current(names(t, likeLanguage, "h.0.attn"))
	s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
	s.Frame(1)
	c := Cell{"h.0.attn.head.0.scores", 8, 3}
	if !s.SetTold([]Cell{c}) || s.SetTold([]Cell{c}) {
		t.Error("a cell is not told of once")
	}
	b, _ := s.Frame(2)
	if len(b.Marks.Data) == 0 {
		t.Fatal("nothing is marked")
	}
	p := &s.plan.Panels[s.panelOf(c, "")]
	u, v, _ := p.Spot(c.Row, c.Col)
	at, x := p.Corner(float64(u), float64(v)), float64(b.Marks.Data[0])
	if math.Abs(x-at.X) > 1+s.leastRing() {
		t.Errorf("the ring begins at %v; expected %v", x, at.X)
	}
	s.Current(nil)
	if b, _ = s.Frame(3); len(b.Marks.Data) > 0 {
		t.Error("it stays marked in another stage")
	}
}
