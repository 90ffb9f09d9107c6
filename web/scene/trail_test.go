package scene

import (
	"testing"

	"glassbox/web/scene/paint"
)

func TestTheWayIsDrawnFromCellToCell(t *testing.T) {
	s := scoresHovered(t)
	b, _ := s.Frame(2)
	before := len(b.Marks.Data)
	s.SetTrail([]Cell{{"h.0.attn.head.0.attention", 9, 4}, {"h.0.attn.head.0.scaled", 9, 4}, {"h.0.attn.head.0.scores", 9, 4}})
	b, _ = s.Frame(3)
	if got, want := (len(b.Marks.Data)-before)/paint.LineFloats, 2*2*16+3*2*4; got != want {
		t.Errorf("the way has %d segments; expected %d: two curves and three rings, each with its halo", got, want)
	}
	s.SetTrail([]Cell{{"h.0.attn.head.0.attention", 9, 4}, {"none", 1, 1}, {"h.0.attn.head.0.scores", 9, 4}})
	b, _ = s.Frame(4)
	if got, want := (len(b.Marks.Data)-before)/paint.LineFloats, 2*2*4; got != want {
		t.Errorf("with a cell that is not there it has %d segments; expected %d: no curve leads past it", got, want)
	}
	s.SetTrail([]Cell{{"h.0.attn.head.0.scores", 9, 4}})
	if b, _ = s.Frame(5); len(b.Marks.Data) != before {
		t.Error("one cell is no way")
	}
}
