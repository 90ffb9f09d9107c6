package scene

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// likeLanguage is a model like the language model, with a context of 128.
var likeLanguage = model.Config{Vocab: 97, Context: 128, Width: 128, Heads: 4, Blocks: 2, Tied: true}

// reading returns its scene with a text of T tokens.
func reading(t testing.TB, T, w, h int) *Scene {
	s := madeUp(t, likeLanguage, T)
	s.SetMotion(false)
	s.SetSize(w, h, 1)
	tokens := make([]Token, T)
	for i := range tokens {
		tokens[i] = Token{Text: "·" + strings.Repeat("w", 1+i%5)}
	}
	s.SetTokens(tokens)
	s.Frame(0)
	return s
}

// TestRowsLookAndColumnsAreLookedAt: the later the token that looks, the lower its row, and what is masked is the upper triangle.
func TestRowsLookAndColumnsAreLookedAt(t *testing.T) {
	s := framed(t, 1080, 724)
	for _, step := range []string{"scores", "scaled", "attention"} {
		name := "h.1.attn.head.0." + step
		s.FlyTo([]string{name}, 0)
		s.Frame(0)
		at := func(row, col int) (x, y float32) {
			r, ok := s.CellRect(Cell{name, row, col})
			if !ok {
				t.Fatalf("%s has no cell (%d, %d)", name, row, col)
			}
			return r.X + r.W/2, r.Y + r.H/2
		}
		x0, y0 := at(8, 3)
		if _, y := at(9, 3); y <= y0 {
			t.Errorf("%s: token 9 looks from %.0f, above token 8 at %.0f", name, y, y0)
		}
		if x, _ := at(8, 4); x <= x0 {
			t.Errorf("%s: token 4 is looked at at %.0f, left of token 3 at %.0f", name, x, x0)
		}
	}
}

// TestAPairOfTokensHasRoomInItsStage: at least pairCell pixels, as many tokens as there are; where not all fit, so many of them
// round the chosen one, and the others are counted.
func TestAPairOfTokensHasRoomInItsStage(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {920, 560}, {700, 620}} {
		for _, T := range []int{1, 3, 9, 14, 22, 47, 128} {
			s := reading(t, T, size[0], size[1])
			for _, chosen := range []int{-1, T / 2} {
				s.Pin(nil)
				if chosen >= 0 {
					s.Pin(&Cell{"h.1.attn.head.0.attention", chosen, chosen})
				}
				stage := names(t, likeLanguage, "h.1.attn.head.")
				s.Current(stage)
				s.FlyTo(stage, 0)
				b, _ := s.Frame(9)
				row := T - 1
				if chosen >= 0 {
					row = chosen
				}
				r, ok := s.CellRect(Cell{"h.1.attn.head.0.attention", row, row})
				if !ok || r.W < pairCell*0.93 || r.H < pairCell*0.93 || r.X < 0 || r.Y < 0 || r.X+r.W > float32(size[0]) || r.Y+r.H > float32(size[1]) {
					t.Errorf("%v, %d tokens, token %d: its cell measures %.1f × %.1f at (%.0f, %.0f)", size, T, chosen, r.W, r.H, r.X, r.Y)
				}
				p := s.pairs()
				counted := slices.ContainsFunc(b.Labels, func(l paint.Label) bool { return strings.HasPrefix(l.Text, "+") && len(l.Text) > 1 })
				if p.Count < T != counted {
					t.Errorf("%v, %d tokens: %d have room; the others are counted: %t", size, T, p.Count, counted)
				}
				if row < p.First || row >= p.First+p.Count {
					t.Errorf("%d tokens: those from %d to %d have room, not the chosen one, %d", T, p.First, p.First+p.Count-1, row)
				}
			}
		}
	}
}

// TestTheTokensOfAPanelOfPairsStandAtBothAxes, the chosen one lit.
func TestTheTokensOfAPanelOfPairsStandAtBothAxes(t *testing.T) {
	s := reading(t, 9, 1080, 724)
	s.SelectToken(8)
	stage := names(t, likeLanguage, "h.1.attn.head.")
	s.FlyTo(stage, 0)
	b, _ := s.Frame(9)
	r, _ := s.CellRect(Cell{"h.1.attn.head.0.attention", 8, 0})
	top, _ := s.CellRect(Cell{"h.1.attn.head.0.attention", 0, 8})
	left, above := false, false
	for _, l := range b.Labels {
		lit := l.Text == s.tokens[8].Text && l.Bold
		left = left || lit && l.Align == 1 && l.X < r.X && l.Y > r.Y && l.Y < r.Y+r.H+8
		above = above || lit && l.X > top.X && l.X < top.X+top.W+8 && l.Y < top.Y
	}
	if !left || !above {
		t.Errorf("the chosen token stands at the left: %t, above: %t", left, above)
	}
}

// TestAFewTokensAreNoHairlines: their columns are at least a tenth of the model's width together, whatever the text.
func TestAFewTokensAreNoHairlines(t *testing.T) {
	for T := 1; T <= 128; T += 1 + T/4 {
		s := reading(t, T, 1080, 724)
		b := s.boundOf([]string{"h.0.ln_1"})
		if w := b.Max.X - b.Min.X; w < 0.16*s.plan.S || w > 1.01*s.plan.S {
			t.Errorf("%d tokens are %.2f of the model wide", T, w/s.plan.S)
		}
	}
}

// TestAHeadingStandsOverItsOwnPanels, and leads to their part of the block.
func TestAHeadingStandsOverItsOwnPanels(t *testing.T) {
	for _, size := range [][2]int{{1080, 724}, {700, 560}, {960, 500}} {
		s := reading(t, 9, size[0], size[1])
		for _, stage := range [][]string{nil, names(t, likeLanguage, "h.0.attn.head."), names(t, likeLanguage, "h.1.mlp")} {
			s.Current(stage)
			s.FlyTo(stage, 0)
			b, _ := s.Frame(9)
			l := s.lens()
			found := 0
			for _, k := range b.Labels {
				r := slices.IndexFunc(s.headings, func(h heading) bool { return h.full != "" && (h.full == k.Text || h.low == k.Text) })
				if r < 0 || s.plan.Rows[r].Tail {
					continue
				}
				found++
				h := &s.headings[r]
				x0, y0, _ := l.Project(camera.V(h.from, h.top, 0))
				x1, y1, _ := l.Project(camera.V(h.to, h.top, 0))
				y0 += (y1 - y0) * (float64(k.X) - x0) / (x1 - x0)
				if k.Text == h.low { // beside its row
					if float64(k.X) > x0 || float64(k.Y) < y0-10 {
						t.Errorf("%v: %q stands at (%.0f, %.0f), its row begins at %.0f below %.0f", size, k.Text, k.X, k.Y, x0, y0)
					}
					continue
				}
				if float64(k.X) < max(x0, 0)-10 || float64(k.X) > min(x1, s.w)+10 || float64(k.Y) > y0 {
					t.Errorf("%v: %q stands at (%.0f, %.0f), its panels from %.0f to %.0f below %.0f", size, k.Text, k.X, k.Y, x0, x1, y0)
				}
				hit, ok := s.TargetAt(k.X+10*(-k.Align), k.Y-5, 0)
				if !ok || !strings.Contains(hit.Names[0], strings.ToLower(map[bool]string{true: "attn", false: "mlp"}[strings.Contains(k.Text, "Attention")])) {
					t.Errorf("%v: pressing %q leads to %v", size, k.Text, hit)
				}
				if grey := k.Ink == s.colours.Ink3.Alpha(1); len(stage) > 0 && grey == s.isCurrent(&s.headings[r]) {
					t.Errorf("%v: %q is grey: %t", size, k.Text, grey)
				}
			}
			if found == 0 {
				t.Errorf("%v: there is no heading", size)
			}
		}
	}
}

// TestTokensWithoutAChipAreCounted, no two chips overlap, each holds its text, and none is cut by the canvas.
func TestTokensWithoutAChipAreCounted(t *testing.T) {
	for _, T := range []int{9, 40, 128} {
		for _, w := range []int{1080, 700, 390, 360} {
			s := reading(t, T, w, 600)
			b, _ := s.Frame(9)
			chips, hidden := 0, 0
			end := float32(-1)
			for _, l := range b.Labels {
				if l.High != 30 {
					continue
				}
				if strings.HasPrefix(l.Text, "+") {
					hidden = 0
					for _, d := range l.Text[1:] {
						hidden = 10*hidden + int(d-'0')
					}
				} else {
					chips++
				}
				if l.X-l.Wide/2 < end {
					t.Fatalf("%d tokens, %d px: the chip %q begins at %.0f, the one before ends at %.0f", T, w, l.Text, l.X-l.Wide/2, end)
				}
				end = l.X + l.Wide/2
				if wide := s.width(l.Text, l.Size, l.Bold, l.Mono) + 2*l.Pad; wide > l.Wide {
					t.Errorf("%d tokens, %d px: %q is %.0f wide in a chip of %.0f", T, w, l.Text, wide, l.Wide)
				}
				if l.X-l.Wide/2 < 0 || end > float32(w) {
					t.Errorf("%d tokens, %d px: the canvas cuts the chip %q from %.0f to %.0f", T, w, l.Text, l.X-l.Wide/2, end)
				}
			}
			if chips+hidden != T {
				t.Errorf("%d tokens, %d px: %d have a chip, %d are counted", T, w, chips, hidden)
			}
		}
	}
}

// TestEachPairOfTokensIsDrawnOnceWhereverTheWindowIs, between nothing and all of them.
func TestEachPairOfTokensIsDrawnOnceWhereverTheWindowIs(t *testing.T) {
	infos := scenetest.Outline(t, likeLanguage, 40)
	for _, p := range []layout.Pairs{{}, {Count: 40, Room: 9}, {First: 0, Count: 12, Room: 9}, {First: 13, Count: 12, Room: 9}, {First: 28, Count: 12, Room: 9}, {First: 90, Count: 12, Room: 9}} {
		plan := layout.New(likeLanguage, infos, nil, 1.3, nil, p)
		for _, spread := range []float64{0, 0.5, 1} {
			plan.Open(spread)
			seen := map[[2]int]int{}
			for _, i := range plan.ByName["h.0.attn.head.2.scores"] {
				q := &plan.Panels[i]
				for r := q.Row; r < q.Row+q.Rows; r++ {
					for c := q.Col; c < q.Col+q.Cols; c++ {
						seen[[2]int{r, c}]++
					}
				}
			}
			for at, n := range seen {
				if n != 1 {
					t.Fatalf("%+v: %v is drawn %d times", p, at, n)
				}
			}
			if len(seen) != 40*40 {
				t.Errorf("%+v: %d pairs are drawn", p, len(seen))
			}
		}
	}
}

// TestANoteStandsBesideTheHeadingOfItsRow, in the place of its sentence.
func TestANoteStandsBesideTheHeadingOfItsRow(t *testing.T) {
	const text = "here ·is looks at ·red: 77.3 %"
	s := reading(t, 9, 1080, 640)
	if !s.SetNote("h.1.attn.head.3.attention", text) || s.SetNote("h.1.attn.head.3.attention", text) {
		t.Error("a note is not told from the one before")
	}
	b, _ := s.Frame(9)
	heading, note := -1, -1
	for i, l := range b.Labels {
		switch l.Text {
		case "Block 2 · Attention":
			heading = i
		case text:
			note = i
		}
	}
	if heading < 0 || note < 0 {
		t.Fatalf("heading %d, note %d of %d labels", heading, note, len(b.Labels))
	}
	if h, n := b.Labels[heading], b.Labels[note]; n.X < h.X+20 || n.Ink[0] != s.colours.Signal.Alpha(1)[0] || n.Y > h.Y+1 || n.Y < h.Y-30 {
		t.Errorf("the note stands at (%.0f, %.0f), the heading at (%.0f, %.0f)", n.X, n.Y, h.X, h.Y)
	}
}

// TestNothingMovesUnderThePointer: what is hovered, or pinned where it stands, leaves the pairs that have room as they are.
func TestNothingMovesUnderThePointer(t *testing.T) {
	s := reading(t, 90, 1080, 724)
	s.FlyTo([]string{"h.1.attn.head.0.attention"}, 0)
	s.Frame(9)
	before := s.pairs()
	for _, row := range []int{89, 80, 3, 40} {
		s.SelectToken(row)
		s.Hover(&Cell{"h.1.attn.head.0.attention", row, 2}, nil)
		if s.Frame(10); s.pairs() != before {
			t.Fatalf("over token %d the room moves from %+v to %+v", row, before, s.pairs())
		}
	}
	for _, row := range []int{before.First, before.First + before.Count - 1} {
		if s.Pin(&Cell{"h.1.attn.head.0.attention", row, row}); s.pairs() != before {
			t.Errorf("with token %d pinned the room moves to %+v", row, s.pairs())
		}
	}
	s.Pin(&Cell{"h.1.attn.head.0.attention", 20, 1})
	if s.Frame(11); s.pairs().First > 20 || s.pairs().First+s.pairs().Count <= 20 {
		t.Errorf("a pinned token has no room: %+v", s.pairs())
	}
}
