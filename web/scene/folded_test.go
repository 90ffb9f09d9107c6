package scene

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// deep are models of many blocks.
var deep = map[string]model.Config{
	"12 blocks": scenetest.Models["gpt2"],
	"30 blocks": scenetest.Models["smollm2"],
	"36 blocks": {Vocab: 50257, Context: 1024, Width: 1280, Heads: 20, Blocks: 36, Tied: true},
}

// A frame is a canvas, and what of its edges the interface covers, as the page has it.
type frame struct {
	w, h   int
	insets [4]float32
}

var frames = map[string]frame{
	"1440 × 900":          {1080, 652, [4]float32{0, 0, 62, 44}},
	"1280 × 720":          {920, 487, [4]float32{0, 0, 62, 44}},
	"390 × 844":           {390, 548, [4]float32{0, 0, 0, 64}},
	"embedded, 960 × 640": {640, 406, [4]float32{0, 0, 0, 44}},
	"embedded, 600 × 500": {368, 352, [4]float32{0, 0, 0, 44}},
	"a wide screen":       {1560, 770, [4]float32{0, 0, 62, 44}},
}

// ofText returns the scene of a model and a text of T tokens.
func ofText(t testing.TB, c model.Config, T int) *Scene {
	t.Helper()
	s := New()
	s.SetMotion(false)
	s.SetSteps(c, scenetest.Outline(t, c, T))
	tokens := make([]Token, T)
	for i := range tokens {
		tokens[i] = Token{Text: []string{"Once", "·upon", "·a", "·time", ","}[i%5], ID: i}
	}
	s.SetTokens(tokens)
	s.SetNext("·girl", 0.383, false)
	return s
}

// framedAs gives a scene its canvas and shows all of it.
func framedAs(s *Scene, f frame) *paint.Batch {
	s.SetSize(f.w, f.h, 1)
	s.SetInsets(f.insets[0], f.insets[1], f.insets[2], f.insets[3])
	s.Fit(0)
	s.Frame(0)
	b, _ := s.Frame(9)
	return b
}

// filled returns which share of the free canvas the columns of the tower take: the rectangles round their rows.
func filled(s *Scene) (share float64) {
	l, free := s.lens(), s.free()
	for _, c := range s.plan.Columns {
		box := camera.NoBox()
		for _, b := range s.plan.Boxes[c.First:c.End] {
			box = box.Union(b)
		}
		if x0, y0, x1, y1, ok := l.Rect(box); ok {
			x0, x1 = max(x0, float64(free.X)), min(x1, float64(free.X+free.W))
			y0, y1 = max(y0, float64(free.Y)), min(y1, float64(free.Y+free.H))
			share += max(x1-x0, 0) * max(y1-y0, 0)
		}
	}
	return share / float64(free.W*free.H)
}

// TestAModelOfManyBlocksFillsTheCanvas.
func TestAModelOfManyBlocksFillsTheCanvas(t *testing.T) {
	const least = 0.6
	for name, c := range deep {
		for _, T := range []int{3, 64} {
			s := ofText(t, c, T)
			for size, f := range frames {
				framedAs(s, f)
				share := filled(s)
				t.Logf("%s, %d tokens, %s: %d columns fill %.0f %%", name, T, size, len(s.plan.Columns), 100*share)
				if share < least {
					t.Errorf("%s, %d tokens, %s: %d columns fill %.0f %% of the canvas; expected %.0f %%", name, T, size, len(s.plan.Columns), 100*share, 100*least)
				}
			}
		}
	}
}

// TestAModelOfFewBlocksIsNotFolded, on no canvas: it is seen whole with room to read.
func TestAModelOfFewBlocksIsNotFolded(t *testing.T) {
	for _, blocks := range []int{1, 3, 4, 7} {
		c := scenetest.Nano
		c.Blocks = blocks
		for size, f := range frames {
			s := ofText(t, c, 6)
			if framedAs(s, f); s.plan.Folded() || s.plan.StreamAt(camera.V(1e6, 0, 0)) != 0 {
				t.Errorf("%d blocks on %s stand in %d columns", blocks, size, len(s.plan.Columns))
			}
		}
	}
}

// covers returns what a label covers of the canvas: its tag, or else its letters.
func covers(s *Scene, l paint.Label) camera.Rect {
	if l.High == 0 {
		return inked(s, l)
	}
	w := max(s.width(l.Text, l.Size, l.Bold, l.Mono)+2*l.Pad, l.Wide)
	x := l.X - w*(1+l.Align)/2 + l.Pad*l.Align
	return camera.Rect{X: x, Y: l.Y - 0.36*l.Size - l.High/2, W: w, H: l.High}
}

// TestNothingIsWrittenOverAnotherOrCut, of models with many blocks and texts of many tokens.
func TestNothingIsWrittenOverAnotherOrCut(t *testing.T) {
	for name, c := range deep {
		for _, T := range []int{3, 64} {
			s := ofText(t, c, T)
			for size, f := range frames {
				b := framedAs(s, f)
				where := fmt.Sprintf("%s, %d tokens, %s", name, T, size)
				blocks := false
				for i, l := range b.Labels {
					r := covers(s, l)
					if r.X < -1 || r.X+r.W > float32(f.w)+1 || r.Y < -1 || r.Y+r.H > float32(f.h)+1 {
						t.Errorf("%s: %q is cut: %+v", where, l.Text, r)
					}
					blocks = blocks || strings.Contains(l.Text, "Block")
					for _, other := range b.Labels[:i] {
						if o := covers(s, other); common(r, o) > 1 {
							t.Errorf("%s: %q at %.0f, %.0f lies over %q at %.0f, %.0f", where, l.Text, r.X, r.Y, other.Text, o.X, o.Y)
						}
					}
				}
				if !blocks {
					t.Errorf("%s: no block has a name", where)
				}
			}
		}
	}
}

// TestTokensWithoutABoxAreCounted: the first box says how many have none, and the others are those of the last tokens.
func TestTokensWithoutABoxAreCounted(t *testing.T) {
	for name, c := range map[string]model.Config{"few blocks": likeLanguage, "30 blocks": deep["30 blocks"]} {
		for _, T := range []int{5, 64, 100} {
			c.Context = max(c.Context, T)
			s := ofText(t, c, T)
			for size, f := range frames {
				b := framedAs(s, f)
				shown, hidden := 0, 0
				for _, l := range b.Labels {
					switch {
					case strings.HasPrefix(l.Text, "+") && len(l.Text) > 1:
						if _, err := fmt.Sscanf(l.Text, "+%d", &hidden); err != nil {
							t.Error(err)
						}
					case l.High == 30 && l.Fill[3] > 0:
						shown++
					}
				}
				if shown+hidden != T || shown == 0 {
					t.Errorf("%s, %d tokens, %s: %d boxes, and %d are said to have none", name, T, size, shown, hidden)
				}
			}
		}
	}
}

// TestALongTextIsNotMeasuredInEachFrame, nor what there is no room for.
func TestALongTextIsNotMeasuredInEachFrame(t *testing.T) {
	count := func(T int) (n int) {
		s := ofText(t, deep["30 blocks"], T)
		framedAs(s, frames["1440 × 900"])
		s.SetMeasure(func(text string, size float32, bold, mono bool) float32 {
			n++
			return float32(len(text)) * size / 2
		})
		s.Frame(10)
		n = 0
		s.Orbit(1, 0)
		s.Frame(11)
		return n
	}
	if few, many := count(3), count(64); many > few+3*16 {
		t.Errorf("a frame measures %d texts with 3 tokens, and %d with 64", few, many)
	}
}

// TestALinkLeadsToTheSameBlockOnAnotherCanvas, which folds the tower otherwise.
func TestALinkLeadsToTheSameBlockOnAnotherCanvas(t *testing.T) {
	for _, block := range []int{0, 9, 10, 17, 29} {
		wide, narrow := ofText(t, deep["30 blocks"], 9), ofText(t, deep["30 blocks"], 9)
		framedAs(wide, frames["a wide screen"])
		framedAs(narrow, frames["390 × 844"])
		if len(wide.plan.Columns) == len(narrow.plan.Columns) {
			t.Fatal("both canvases fold the tower alike")
		}
		name := fmt.Sprintf("h.%d.mlp.down", block)
		wide.FlyTo([]string{name}, 10)
		wide.Frame(20)
		link := wide.CameraState()
		wide.SetCameraState(link)
		if back := wide.CameraState(); math.Abs(float64(back[0]-link[0]))+math.Abs(float64(back[1]-link[1])) > 1 {
			t.Errorf("block %d: a link to %v leads to %v", block, link, back)
		}
		narrow.SetCameraState(link)
		narrow.Frame(21)
		best, nearest := math.Inf(1), -1
		for i := range narrow.plan.Panels {
			p := &narrow.plan.Panels[i]
			if d := p.Box().Centre().Sub(narrow.pose.At).Length(); p.Block >= 0 && d < best {
				best, nearest = d, p.Block
			}
		}
		if nearest != block {
			t.Errorf("a link to block %d leads to block %d", block, nearest)
		}
	}
}

// TestTheMapOfAFoldedTowerRunsFromTopToBottom: where the camera moves along it, it is seen there.
func TestTheMapOfAFoldedTowerRunsFromTopToBottom(t *testing.T) {
	s := ofText(t, deep["30 blocks"], 9)
	framedAs(s, frames["1440 × 900"])
	if from, to := s.SeenSpan(); from > 0.02 || to < 0.98 {
		t.Errorf("of the whole tower, %.2f to %.2f is seen", from, to)
	}
	var groups [][]string
	for l := range 30 {
		groups = append(groups, []string{fmt.Sprintf("h.%d.norm_1", l), fmt.Sprintf("h.%d.attn.proj", l)})
	}
	bands := s.Bands(groups)
	for l := 1; l < 30; l++ {
		if bands[l].Y <= bands[l-1].Y+bands[l-1].H || math.Abs(float64(bands[l].X-bands[l-1].X)) > 1e-6 || bands[l].Y+bands[l].H > 1 {
			t.Errorf("block %d is at %+v of the map, the one before at %+v", l+1, bands[l], bands[l-1])
		}
	}
	s.FlyTo([]string{"h.14.attn.proj"}, 10)
	s.Frame(20)
	for _, share := range []float32{0.03, 0.2, 0.45, 0.7, 0.97} {
		s.MoveTo(share)
		s.Frame(21)
		if from, to := s.SeenSpan(); share < from || share > to || to-from > 0.3 {
			t.Errorf("moved to %.2f, %.2f to %.2f is seen", share, from, to)
		}
	}
}
