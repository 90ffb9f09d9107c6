package scene

import (
	"math"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/flow"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// strips returns the pieces of the rows that are on their way, as boxes.
func strips(b *paint.Batch) (boxes []camera.Box) {
	for i := 0; i < len(b.Strips.Data); i += paint.QuadFloats {
		f := b.Strips.Data[i:]
		at, u, v := v3(f), v3(f[3:]), v3(f[6:])
		boxes = append(boxes, camera.NoBox().Extend(at).Extend(at.Add(u)).Extend(at.Add(v)).Extend(at.Add(u).Add(v)))
	}
	return boxes
}

// within reports whether a box lies in another one, to within a little.
func within(a, b camera.Box, little float64) bool {
	return a.Min.X >= b.Min.X-little && a.Min.Y >= b.Min.Y-little && a.Max.X <= b.Max.X+little && a.Max.Y <= b.Max.Y+little
}

// rowBox returns the space of a row of a tensor, in its panel in front.
func rowBox(s *Scene, name string, row int) camera.Box {
	p := &s.plan.Panels[s.panelOf(Cell{name, row, 0}, "")]
	a, b := p.Corner(float64(row-p.Row), 0), p.Corner(float64(row-p.Row+1), float64(p.Cols))
	if p.Across {
		a, b = p.Corner(0, float64(row-p.Row)), p.Corner(float64(p.Cols), float64(row-p.Row+1))
	}
	return camera.NoBox().Extend(a).Extend(b)
}

// fetching names the steps that fetch their rows, each with its table.
func fetching(s *Scene) map[string]string {
	found := map[string]string{}
	for i := range s.infos {
		if table, _ := s.source(s.infos[i].Name, 0); table != nil {
			found[s.infos[i].Name] = table.Name
		}
	}
	return found
}

// TestARowFliesFromItsTableIntoItsColumn in a flow: it leaves from the box of its row, lands in that of its column, is there
// until the column is filled, and in between lies in neither.
func TestARowFliesFromItsTableIntoItsColumn(t *testing.T) {
	s, line := flowed(t)
	steps := fetching(s)
	if len(steps) != 2 {
		t.Fatalf("the steps %v fetch their rows", steps)
	}
	for name, table := range steps {
		i, _ := line.Of(name)
		b := &line.Beats[i]
		for row := range 6 {
			leaves := b.Start + float64(row)/b.Speed()
			_, from := s.source(name, row)
			strip := func(at float64) (boxes []camera.Box) {
				s.SetFlow(line, at, 0, false)
				batch, _ := s.Frame(1)
				all := strips(batch)
				n := 3 + s.infoOf(name).Cols // shadow, edge and paper come before the cells
				for k := 0; k+n <= len(all); k += n {
					boxes = append(boxes, all[k+2])
				}
				return boxes
			}
			flying := strip(leaves + 1e-6)
			if n := len(flying); n == 0 || !within(flying[n-1], rowBox(s, table, from), 0.1) {
				t.Errorf("%s: row %d leaves from %v of %v; expected %v", name, row, flying[max(n-1, 0)], n, rowBox(s, table, from))
			}
			column := rowBox(s, name, row)
			for _, at := range []float64{leaves + b.Lead, leaves + b.Lead + 0.9/b.Speed()} {
				flying := strip(at)
				if !slices.ContainsFunc(flying, func(b camera.Box) bool { return within(b, column, 0.1) && within(column, b, 0.1) }) {
					t.Errorf("%s: row %d lands in %v; expected %v", name, row, flying, column)
				}
			}
			if flying := strip(leaves + b.Lead/2); within(flying[len(flying)-1], column, 1) || within(flying[len(flying)-1], rowBox(s, table, from), 1) {
				t.Errorf("%s: half-way, row %d is at %v", name, row, flying)
			}
			if done := line.Done(name, leaves+b.Lead); math.Abs(done-float64(row)) > 1e-6 {
				t.Errorf("%s: when row %d lands, %v rows are there", name, row, done)
			}
		}
		if b.Lead > 1 {
			t.Errorf("%s: a row is on its way for %v s", name, b.Lead)
		}
		s.SetFlow(line, b.End, 0, false)
		if batch, _ := s.Frame(2); len(batch.Strips.Data) > 0 {
			t.Errorf("%s: something is in the air at the end", name)
		}
	}
}

// TestOfManyRowsAFewAreSeenOnTheirWay, so that a long text does not make a frame heavy.
func TestOfManyRowsAFewAreSeenOnTheirWay(t *testing.T) {
	c := model.Config{Vocab: 7, Context: 128, Width: 48, Heads: 3, Blocks: 1}
	s := madeUp(t, c, 128)
	line := flow.NewTimeline(scenetest.Outline(t, c, 128), 0)
	for name := range fetching(s) {
		i, _ := line.Of(name)
		for share := 0.05; share < 1; share += 0.05 {
			s.SetFlow(line, line.Place(i, share), 0, false)
			b, _ := s.Frame(1)
			if n := len(b.Strips.Data) / paint.QuadFloats / (3 + c.Width); n < 1 || n > mostAloft+1 {
				t.Errorf("%s: at %.2f, %d rows are in the air", name, share, n)
			}
		}
	}
}

// TestARowThatIsNotShownComesFromBehindTheEndOfItsTable.
func TestARowThatIsNotShownComesFromBehindTheEndOfItsTable(t *testing.T) {
	s := wordy(t)
	for _, first := range []int{300, 49745} {
		s.show(first)
		s.SetWord(Word{ID: first + 5, Token: 2})
		s.Frame(0)
		for name, table := range fetching(s) {
			info := s.infoOf(table)
			if info.RowAxis != model.AxisWord {
				continue
			}
			for _, id := range []int{0, first - 1, first, first + layout.WindowCells, 50256} {
				at, ok := s.rowStrip(info, id, name)
				box := s.boundOf([]string{name, table})
				if !ok || at.From.Y > box.Max.Y+2 || at.From.Y < box.Min.Y-2 || at.To.X-at.From.X != 96 {
					t.Errorf("of the words from %d on, the row of %d leaves from %v, %t; expected near %v", first, id, at, ok, box)
				}
			}
		}
	}
}

// TestAFetchedRowFliesOnceAndIsJoinedToItsTable outside of a flow; where nothing may move, at once.
func TestAFetchedRowFliesOnceAndIsJoinedToItsTable(t *testing.T) {
	for _, moves := range []bool{true, false} {
		s, line := flowed(t)
		s.SetMotion(moves)
		for name, table := range fetching(s) {
			s.Fetch(name, 5)
			flew, now := 0, 10.0
			for moving := true; moving && now < 20; now += 0.05 {
				var b *paint.Batch
				if b, moving = s.Frame(now); len(b.Strips.Data) > 0 {
					flew++
				}
			}
			if (flew > 10) != moves || (flew == 0) == moves || now > 12 {
				t.Errorf("moving %t: %s flies in %d frames, until %v", moves, name, flew, now)
			}
			_, from := s.source(name, 5)
			if len(s.marks) != 2 || s.plan.Panels[s.marks[0].panel].Name != name || s.plan.Panels[s.marks[1].panel].Name != table {
				t.Fatalf("moving %t: the marks are %+v", moves, s.marks)
			}
			p := &s.plan.Panels[s.marks[1].panel]
			if row, _ := p.Cell(s.marks[1].u, s.marks[1].v); row != from {
				t.Errorf("moving %t: row %d of %s is marked; expected %d", moves, row, table, from)
			}
			s.Spotlight([]string{table})
			if s.Frame(18); len(s.marks) != 2 {
				t.Error("the line goes where its table is in the light")
			}
			s.Spotlight([]string{"ln_f"})
			if s.Frame(19); len(s.marks) != 0 {
				t.Error("the line stays where something else is in the light")
			}
			s.Spotlight(nil)
			s.Hover(&Cell{name, 0, 0}, nil)
			if s.Frame(20); len(s.marks) != 1 {
				t.Error("the line stays while a number is pointed at")
			}
			s.Hover(nil, nil)
			s.SetFlow(line, line.Length/2, 0, false)
			s.Frame(21)
			s.SetFlow(nil, 0, 0, false)
			s.Fetch("", 0)
			if b, _ := s.Frame(22); len(s.marks) != 0 || len(b.Strips.Data) > 0 {
				t.Error("something is left of it")
			}
		}
	}
}

// TestWithoutMotionAFlowDrawsALineInsteadOfAFlight from the row to its column, both marked.
func TestWithoutMotionAFlowDrawsALineInsteadOfAFlight(t *testing.T) {
	s, line := flowed(t)
	s.SetMotion(false)
	for name, table := range fetching(s) {
		i, _ := line.Of(name)
		for _, share := range []float64{0.5, 1} {
			s.SetFlow(line, line.Place(i, share), 1, false)
			b, moving := s.Frame(1)
			found := false
			for _, m := range s.marks[1:] {
				found = found || s.plan.Panels[m.panel].Name == table
			}
			if moving || len(b.Strips.Data) > 0 || s.plan.Panels[s.marks[0].panel].Name != name || !found {
				t.Errorf("%s at %v: the marks are %+v", name, share, s.marks)
			}
		}
	}
}

// TestAFrameWithRowsInTheAirAllocatesNothingMore than any other frame.
func TestAFrameWithRowsInTheAirAllocatesNothingMore(t *testing.T) {
	s, line := flowed(t)
	for name := range fetching(s) {
		i, _ := line.Of(name)
		s.SetFlow(line, line.Place(i, 0.4), 0.0001, false)
		s.Frame(1)
		now := 1.0
		if n := testing.AllocsPerRun(50, func() {
			now += 0.016
			s.Frame(now)
		}); n > 12 {
			t.Errorf("%s: a frame allocates %.0f times", name, n)
		}
	}
}
