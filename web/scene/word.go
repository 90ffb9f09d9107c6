package scene

import (
	"strconv"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// A Word is the word of the vocabulary that is in use: its row of the tables stands in front and is lit, in the column
// of its token.
type Word struct {
	ID    int // −1: none
	Text  string
	Token int
}

// SetWord says which word is in use.
func (s *Scene) SetWord(w Word) {
	if w == s.inUse {
		return
	}
	s.inUse, s.stale.marks = w, true
	s.wordForward()
}

// Pin says which cell the reader keeps; what it stands in comes to the front. nil: none.
func (s *Scene) Pin(c *Cell) {
	if c == nil {
		s.pinned = Cell{}
		return
	}
	if *c != s.pinned {
		s.pinned = *c
		s.bringForward(c.Name)
		s.bringSlab(*c)
	}
}

// wordForward turns the slabs of the rows that show the vocabulary so that the word in use stands in the first one.
func (s *Scene) wordForward() {
	if s.inUse.ID < 0 || s.compared != nil {
		return
	}
	for i := range s.infos {
		info := &s.infos[i]
		if rows, cols := overWords(info); rows || cols {
			s.bringSlab(s.wordCell(info))
		}
	}
}

// overWords reports which axis of a tensor is that of the vocabulary.
func overWords(i *model.Info) (rows, cols bool) {
	return i.RowAxis == model.AxisWord, i.ColAxis == model.AxisWord
}

// wordCell returns the first cell of the word in use: in the row of its token where rows are tokens.
func (s *Scene) wordCell(i *model.Info) Cell {
	switch rows, _ := overWords(i); {
	case rows:
		return Cell{i.Name, s.inUse.ID, 0}
	case perToken(i):
		return Cell{i.Name, s.inUse.Token, s.inUse.ID}
	}
	return Cell{i.Name, 0, s.inUse.ID}
}

// lit returns the rings round the word in use, in the tensors of the current stage, while nothing else is pointed at.
func (s *Scene) lit() (marks []mark) {
	if s.inUse.ID < 0 || s.hover != nil || s.flow != nil || s.compared != nil {
		return nil
	}
	for i := range s.infos {
		info := &s.infos[i]
		if rows, cols := overWords(info); !rows && !cols || !s.looksAt(info.Name) {
			continue
		}
		c := s.wordCell(info)
		for _, k := range s.plan.ByName[info.Name] {
			p := &s.plan.Panels[k]
			u, v, ok := p.Spot(c.Row, c.Col)
			if !ok || p.Layer > 0 {
				continue
			}
			m := mark{panel: k, u: u, v: v, w: 1, h: 1, row: -1}
			if info.RowAxis == model.AxisWord {
				if m.h = p.Cols; p.Across {
					m.w, m.h = p.Cols, 1
				}
			}
			marks = append(marks, m)
		}
	}
	return marks
}

// looksAt reports whether a tensor belongs to the stage or is selected.
func (s *Scene) looksAt(name string) bool { return s.current[name] || s.selected == name }

// wireLit draws the rings of the word in use.
func (s *Scene) wireLit(w *wire, signal, paper [4]float32) {
	for _, m := range s.lit() {
		out := s.ringOut() * 0.5
		w.ring(&s.plan.Panels[m.panel], m, out, 5, paper)
		w.ring(&s.plan.Panels[m.panel], m, out, 2, signal)
	}
}

// labelWords numbers the words of the tables of the current stage, as many as there is room for, and tags the one that is
// in use.
func (s *Scene) labelWords() {
	b := &s.labels
	if b.unit < wordsFrom {
		return
	}
	for _, m := range s.lit() {
		p := &s.plan.Panels[m.panel]
		if x, y, ok := s.besideWord(p, m.v); ok && s.inside(x, y) && p.Kind == model.KindWeight && p.Across {
			s.tag(strconv.Itoa(s.inUse.ID)+" "+s.inUse.Text, x-8, y, 1)
		}
	}
	for i := range s.infos {
		if rows, cols := overWords(&s.infos[i]); (rows || cols) && s.looksAt(s.infos[i].Name) {
			for _, k := range s.plan.ByName[s.infos[i].Name] {
				if s.plan.Panels[k].Layer == 0 {
					s.numberWords(&s.plan.Panels[k])
				}
			}
		}
	}
}

// wordsFrom is the size of a cell in CSS pixels from which words are numbered.
const wordsFrom = 1.2

// numberWords numbers the words of a front from top to bottom where cells are too small for each to have its number.
func (s *Scene) numberWords(p *layout.Panel) {
	b := &s.labels
	w, h := p.Size()
	px := b.lens.Scale(camera.V(p.X+float64(w)/2, p.Y-float64(h)/2, p.Z))
	if h < 2 || px >= indexFrom || !s.visible(&b.lens, p.Box()) {
		return
	}
	every := 1
	for float64(every)*px < 20 {
		every = nextRound(every)
	}
	for v := range h {
		row, col := p.Cell(0, v)
		if !p.Across {
			row = col
		}
		if row%every != 0 {
			continue
		}
		if x, y, ok := s.besideWord(p, v); ok {
			s.index(b, strconv.Itoa(row), x-6, y+3.5, 1, indexFull)
		}
	}
}

// nextRound returns the next of 1, 2, 5, 10, 20, 50, …
func nextRound(n int) int {
	for k := n; ; k /= 10 {
		if k < 10 {
			if k == 2 {
				return n / 2 * 5
			}
			return n * 2
		}
	}
}

// besideWord returns where the left end of row v of a front stands on the canvas.
func (s *Scene) besideWord(p *layout.Panel, v int) (x, y float64, ok bool) {
	l := &s.labels.lens
	at := camera.V(p.X-layout.Margin, p.Y-float64(v)-0.5, p.Z)
	x, y, ok = l.Project(at)
	at.Z -= s.deep(p)
	if back, _, seen := l.Project(at); seen {
		x = min(x, back)
	}
	return x, y, ok
}

// deep returns how far what stands behind a front reaches back.
func (s *Scene) deep(p *layout.Panel) float64 {
	z := layout.Depth + 0.0
	for _, k := range s.plan.ByName[p.Name] {
		if q := &s.plan.Panels[k]; q.InRow == p.InRow && q.Place == p.Place {
			z = max(z, layout.Depth-q.Z)
		}
	}
	return z
}
