package scene

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/scenetest"
)

// inOrder are some parts of the tower from top to bottom.
var inOrder = [][]string{{"embed.token", "embed.position"}, {"h.0.attn.concat"}, {"h.0.mlp.up"}, {"h.1.attn.concat"}, {"h.2.mlp.up"}, {"logits"}}

func TestBandsShowTheTowerFromTopToBottom(t *testing.T) {
	s := framed(t, 1080, 724)
	far := s.Bands(inOrder)
	for i, b := range far {
		if b.X < 0 || b.Y < 0 || b.W <= 0 || b.H <= 0 || b.X+b.W > 1.001 || b.Y+b.H > 1.001 {
			t.Errorf("%v is at %+v", inOrder[i], b)
		}
		if i > 0 && b.Y <= far[i-1].Y {
			t.Errorf("%v at %v is not below %v at %v", inOrder[i], b.Y, inOrder[i-1], far[i-1].Y)
		}
		if got := Nearest(far, b.X+b.W/2, b.Y+b.H/2); got != i {
			t.Errorf("the middle of %v is in band %d", inOrder[i], got)
		}
	}
	layout := s.Layout()
	s.SetMotion(false)
	for i, names := range inOrder[1:] {
		s.FlyTo(names, 0)
		s.Frame(0)
		from, to := s.SeenSpan()
		if got := Nearest(far, s.SeenAcross(), (from+to)/2); got != i+1 {
			t.Errorf("in front of %v, the middle is in band %d", names, got)
		}
	}
	s.FlyTo([]string{"h.1.attn.head.1.scores"}, 0)
	s.Frame(0)
	for i, b := range s.Bands(inOrder) {
		if s.Layout() == layout && b != far[i] {
			t.Errorf("from close by, %v is at %+v; from afar at %+v", inOrder[i], b, far[i])
		}
	}
	if got := s.Bands([][]string{{"none"}}); got[0] != (Band{}) || Nearest(got, 0.5, 0.5) != -1 {
		t.Errorf("what is not there is at %+v", got[0])
	}
}

func TestTheCameraMovesAlongTheTower(t *testing.T) {
	s := framed(t, 1080, 724)
	s.SetInsets(0, 40, 0, 120)
	s.Frame(0)
	if from, to := s.SeenSpan(); from > 0.02 || to < 0.98 {
		t.Errorf("of the whole, %.2f to %.2f is seen", from, to)
	}
	s.SetMotion(false)
	s.FlyTo([]string{"h.0.mlp.gelu"}, 0)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		s.Orbit(random.Float32()*100-50, random.Float32()*20-10)
		span, share := s.pose.Span, 0.3+0.4*random.Float32()
		s.MoveTo(share)
		from, to := s.SeenSpan()
		if math.Abs(float64((from+to)/2-share)) > 0.01 || s.pose.Span != span {
			t.Errorf("moved to %.3f, the camera sees %.3f to %.3f", share, from, to)
		}
	}
	for _, share := range []float32{-3, 7, float32(math.NaN()), float32(math.Inf(1))} {
		s.MoveTo(share)
		if from, to := s.SeenSpan(); !(from <= to && from >= 0 && to <= 1) {
			t.Errorf("moved to %v, the camera sees %v to %v", share, from, to)
		}
	}
}

func TestBandsOfAnyModelStayOnThePicture(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		c := model.Config{Vocab: 2 + random.IntN(300), Context: 1 + random.IntN(40), Heads: 1 + random.IntN(6), Blocks: 1 + random.IntN(8)}
		c.Width = c.Heads * (1 + random.IntN(12))
		s := New()
		s.SetSteps(c, scenetest.Outline(t, c, 1+random.IntN(c.Context)))
		for i, b := range s.Bands([][]string{{"embed.token"}, {"h.0.mlp.up"}, {"logits"}}) {
			if b.X < -0.001 || b.Y < 0 || b.W <= 0 || b.H <= 0 || b.X+b.W > 1.001 || b.Y+b.H > 1.001 {
				t.Errorf("%+v: band %d is at %+v", c, i, b)
			}
		}
	}
}

func TestAFlightToACellShowsItsNumber(t *testing.T) {
	s := framed(t, 1080, 724)
	c := Cell{"h.1.mlp.gelu", 4, 130}
	s.FlyToCell(c, 0)
	for now := 0.0; now < 1.2; now += 0.05 {
		s.Frame(now)
	}
	r, ok := s.CellRect(c)
	if mid := r.X + r.W/2; !ok || r.W < numberFrom || mid < 400 || mid > 680 || r.Y < 200 || r.Y > 500 {
		t.Errorf("the cell is at %+v", r)
	}
	if p := s.plan.Panels[s.panelOf(c, "")]; p.Layer != 0 {
		t.Errorf("its slab stands behind %d others", p.Layer)
	}
	if _, held := s.Goal(); held {
		t.Error("the camera would go back to the panel")
	}
	s.FlyToCell(Cell{"none", 0, 0}, 2)
	s.FlyToCell(Cell{"h.1.mlp.gelu", 4000, 0}, 2)
	s.Frame(4)
}

// TestTheFocusIsSeenFromAfar holds the ring of the selected panel and of the pinned cell.
func TestTheFocusIsSeenFromAfar(t *testing.T) {
	s := framed(t, 1080, 724)
	b, _ := s.Frame(0)
	none, version := len(b.Marks.Data), b.Marks.Version
	s.Select("h.1.mlp.gelu")
	s.Frame(1)
	if len(b.Marks.Data) <= none || b.Marks.Version == version {
		t.Errorf("the selected panel has no ring: %d floats of marks after %d", len(b.Marks.Data), none)
	}
	panel := len(b.Marks.Data)
	s.Hover(&Cell{"h.1.mlp.gelu", 4, 130}, nil)
	s.Frame(2)
	if len(b.Marks.Data) != 2*panel {
		t.Errorf("%d floats of marks with a cell, %d with the panel alone", len(b.Marks.Data), panel)
	}
	if px := 2 * s.leastRing() * s.h / s.pose.Span; px < 9.99 {
		t.Errorf("from afar the ring of a cell is %.1f pixels wide", px)
	}
	s.Hover(nil, nil)
	s.Select("")
	if s.Frame(3); len(b.Marks.Data) != none {
		t.Error("the ring stays")
	}
}

// TestTheBandOfTheOutputIsAtTheEnd though the table that it reads, which is tied, stands at the beginning as well: also in a
// tower of many blocks, which is folded.
func TestTheBandOfTheOutputIsAtTheEnd(t *testing.T) {
	for _, blocks := range []int{2, 24} {
		c := likeLanguage
		c.Blocks = blocks
		s := madeUp(t, c, 5)
		s.SetSize(1080, 604, 1)
		if b := s.Bands([][]string{{"logits", "wte.weight"}})[0]; b.Y < 0.5 {
			t.Errorf("%d blocks: the band begins at %.2f", blocks, b.Y)
		}
	}
}
