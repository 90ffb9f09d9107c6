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
