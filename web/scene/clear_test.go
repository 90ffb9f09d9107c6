package scene

import (
	"math"
	"strings"
	"testing"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
)

// seenPanels returns where each panel stands on the canvas, in CSS pixels: the rectangle round its eight corners.
func seenPanels(s *Scene) (seen []camera.Rect) {
	l := s.lens()
	for i := range s.plan.Panels {
		b := s.plan.Panels[i].Box()
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for k := range 8 {
			p := b.Min
			if k&1 > 0 {
				p.X = b.Max.X
			}
			if k&2 > 0 {
				p.Y = b.Max.Y
			}
			if k&4 > 0 {
				p.Z = b.Max.Z
			}
			if x, y, ok := l.Project(p); ok {
				x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
			}
		}
		if x0 < x1 {
			seen = append(seen, camera.Rect{X: float32(x0), Y: float32(y0), W: float32(x1 - x0), H: float32(y1 - y0)})
		} else {
			seen = append(seen, camera.Rect{Y: -1e6})
		}
	}
	return seen
}

// inked returns what the letters of a label cover.
func inked(s *Scene, l paint.Label) camera.Rect {
	w := s.width(l.Text, l.Size, l.Bold, l.Mono)
	if l.Swatch[3] > 0 {
		w += 11
	}
	return camera.Rect{X: l.X - w*(1+l.Align)/2, Y: l.Y - l.Size*0.74, W: w, H: l.Size * 0.74}
}

func common(a, b camera.Rect) float32 {
	w := min(a.X+a.W, b.X+b.W) - max(a.X, b.X)
	h := min(a.Y+a.H, b.Y+b.H) - max(a.Y, b.Y)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

// TestEachRowHasItsNameInASmallFrame, beside all panels: in frames of articles and on phones as on a desk.
func TestEachRowHasItsNameInASmallFrame(t *testing.T) {
	shipped := likeLanguage
	shipped.Blocks = 4
	for _, size := range [][2]int{{1080, 604}, {850, 340}, {560, 380}, {390, 486}, {360, 404}, {600, 250}} {
		s := madeUp(t, shipped, 9)
		s.SetMotion(false)
		s.SetSize(size[0], size[1], 1)
		s.Fit(0)
		b, _ := s.Frame(9)
		seen, named := seenPanels(s), map[string]int{}
		for _, l := range b.Labels {
			if l.High > 0 || l.Text == "" || l.Text == "+" {
				continue
			}
			r := inked(s, l)
			for i := range seen {
				if c := common(r, seen[i]) / (r.W * r.H); c > 0.1 {
					t.Errorf("%v: %q lies over %s, by %.0f %% of its letters", size, l.Text, s.plan.Panels[i].Name, c*100)
				}
			}
			for _, part := range []string{"Block", "Feed-forward"} {
				if strings.Contains(l.Text, part) {
					named[part]++
				}
			}
		}
		least := shipped.Blocks
		if size[1] < 300 {
			least-- // the drawn token stands where the last name would
		}
		for _, part := range []string{"Block", "Feed-forward"} {
			if named[part] < least {
				t.Errorf("%v: of %d rows, %d are named %s", size, shipped.Blocks, named[part], part)
			}
		}
	}
}

// TestNoNameOfAnotherRowLiesOverTheStream, in a stage of whose neighbours the ends are seen.
func TestNoNameOfAnotherRowLiesOverTheStream(t *testing.T) {
	for _, size := range [][2]int{{1080, 604}, {700, 420}, {390, 486}} {
		for _, part := range []string{"h.0.mlp", "h.1.mlp", "h.0.attn"} {
			s := reading(t, 9, size[0], size[1])
			stage := names(t, likeLanguage, part)
			s.Current(stage)
			s.FlyTo(stage, 0)
			b, _ := s.Frame(9)
			l := s.lens()
			left, _, _ := l.Project(camera.V(-s.plan.Half, s.pose.At.Y, 0))
			right, _, _ := l.Project(camera.V(s.plan.Half, s.pose.At.Y, 0))
			for _, k := range b.Labels {
				if r := inked(s, k); strings.HasPrefix(k.Text, "Block ") && r.X < float32(right)-2 && r.X+r.W > float32(left)+2 {
					t.Errorf("%v, %s: %q lies over the stream, from %.0f to %.0f of %.0f to %.0f", size, part, k.Text, r.X, r.X+r.W, left, right)
				}
			}
		}
	}
}

// TestNumbersInCellsAreNeverHalfSeenAtRest, at any size of a cell.
func TestNumbersInCellsAreNeverHalfSeenAtRest(t *testing.T) {
	s := reading(t, 9, 1080, 604)
	seen := 0
	for zoom := range 24 {
		s.FlyTo([]string{"h.0.attn.head.0.attention"}, 0)
		s.ZoomAt(540, 300, float32(0.4+0.08*float64(zoom)))
		s.Frame(8)
		b, _ := s.Frame(9)
		for _, l := range b.Labels {
			if strings.HasPrefix(l.Text, "0.") {
				if seen++; l.Ink[3] < 1 {
					t.Fatalf("zoomed %d times, %q has an opacity of %.2f", zoom, l.Text, l.Ink[3])
				}
			}
		}
	}
	if seen == 0 {
		t.Error("there are no numbers in cells")
	}
}

// TestTheTokensOfTheirStageAreSeenWhole, also where there is not room for all, and those are counted.
func TestTheTokensOfTheirStageAreSeenWhole(t *testing.T) {
	for _, T := range []int{3, 9, 40} {
		for _, size := range [][2]int{{1080, 604}, {390, 486}, {360, 300}} {
			s := reading(t, T, size[0], size[1])
			s.FlyTo([]string{"tokens"}, 0)
			b, _ := s.Frame(9)
			chips := 0
			for _, l := range b.Labels {
				if l.High != 30 {
					continue
				}
				if chips++; l.X-l.Wide/2 < 0 || l.X+l.Wide/2 > float32(size[0]) {
					t.Errorf("%d tokens, %v: the canvas cuts %q", T, size, l.Text)
				}
			}
			if first, n := s.chipped(); chips != n+min(first, 1) {
				t.Errorf("%d tokens, %v: %d chips are seen of %d, after %d", T, size, chips, n, first)
			}
		}
	}
}
