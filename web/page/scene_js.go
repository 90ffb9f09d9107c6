package page

import (
	"math"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/feature/compare"
	"glassbox/web/feature/edits"
	"glassbox/web/feature/flow"
	"glassbox/web/feature/lessons"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene"
	"glassbox/web/scene/paint"
)

// show carries out feature.Show: it tells the scene, the frame and the focus what changed.
func (p *Page) show(c feature.Show) {
	was, is := c.Was, c.Is
	if is.Theme != was.Theme {
		p.applyTheme()
	}
	if is.Stage != was.Stage || is.Steps != was.Steps {
		p.scene.Current(feature.StageNames(p.state))
	}
	p.showEdits()
	if is.Scale != was.Scale {
		p.scene.SetScale(is.Scale.Scene())
	}
	if is.Frozen != was.Frozen {
		p.embed.freeze(is.Frozen)
	}
	if is.Panel != was.Panel {
		p.scene.Select(is.Panel)
	}
	if is.Modal != was.Modal {
		p.focus.Modal(is.Modal)
	}
	p.scene.SetWord(scene.Word{ID: is.Word.ID, Text: is.Word.Text, Token: is.Token})
	p.showTokens()
	p.showHover()
}

// showEdits hands the scene the places that edits change, and in the difference what has one.
func (p *Page) showEdits() {
	s := &p.state
	var list []scene.Edit
	for _, m := range edits.Marks(s) {
		list = append(list, scene.Edit{Name: m.Name, Row: m.Row, Col: m.Col, Off: m.Off, Text: m.Text})
	}
	changed := edits.Changed(s)
	if changed == nil {
		changed = compare.Differs(s)
	}
	p.scene.SetEdits(list, changed)
}

// showTokens hands the scene the tokens and the next one.
func (p *Page) showTokens() {
	s := &p.state
	tokens := make([]scene.Token, len(s.Tokens))
	for i, t := range s.Tokens {
		tokens[i] = scene.Token{Text: t.Text, ID: t.ID, Generated: t.Generated}
	}
	p.scene.SetTokens(tokens)
	if s.Next != nil {
		p.scene.SetNext(s.Next.Text, s.Next.Probability, s.Muted)
	} else {
		p.scene.SetNext("", 0, false)
	}
}

// showNote says on the scene which head sees the next token in the text, and marks the cells of which the walk tells. Numbers may come later than the rest.
func (p *Page) showNote() {
	s, changed := &p.state, false
	if g, ok := attention.AtNext(s); ok {
		changed = p.scene.SetNote(g.Step, say.Attention.Glance(run.Quoted(s.Tokens[g.From].Text), run.Quoted(s.Tokens[g.To].Text), say.Percent(g.Share)))
	} else {
		changed = p.scene.SetNote("", "")
	}
	var told []scene.Cell
	for _, c := range lessons.Told(s) {
		told = append(told, scene.Cell{Name: c.Name, Row: c.Row, Col: c.Col})
	}
	if p.scene.SetTold(told) || changed {
		p.clock.Wake()
	}
}

// showHover marks the cell under the pointer, or else the pinned one, and its operands.
func (p *Page) showHover() {
	s := &p.state
	p.scene.SelectToken(s.Followed())
	p.scene.SetTrail(trail(s))
	if c := s.Cell; c != nil {
		p.scene.Pin(&scene.Cell{Name: c.Name, Row: c.Row, Col: c.Col})
	} else {
		p.scene.Pin(nil)
	}
	cell := s.Pointed()
	if cell == nil {
		p.scene.Hover(nil, nil)
		return
	}
	at := scene.Cell{Name: cell.Name, Row: cell.Row, Col: cell.Col}
	if e := s.Explained; e != nil && e.Name == cell.Name && e.Row == cell.Row && e.Col == cell.Col {
		p.scene.Hover(&at, e.Operands)
		return
	}
	p.scene.Hover(&at, nil)
}

// trail is the way to the pinned cell, as the scene draws it.
func trail(s *feature.State) (cells []scene.Cell) {
	if len(s.Trail) == 0 || s.Cell == nil {
		return nil
	}
	for _, b := range s.Trail {
		cells = append(cells, scene.Cell{Name: b.Name, Row: b.Row, Col: b.Col})
	}
	return append(cells, scene.Cell{Name: s.Cell.Name, Row: s.Cell.Row, Col: s.Cell.Col})
}

// showCoarse hands averages to the scene.
func (p *Page) showCoarse(list []engine.Coarse) {
	for _, c := range list {
		p.scene.SetCoarse(c.Name, c.Rows, c.Cols, paint.LevelOf(c.Side), c.Blocks, c.Norm)
	}
	p.clock.Wake()
}

// pairUp has the picture of a second run stand beside that of the first, or the first alone.
func (p *Page) pairUp() {
	c := compare.Of(&p.state)
	if p.pair.Arrange(c.Run > 0, c.Side && !p.state.Covered(), c.Name, c.OtherName, p.clock.Wake) {
		p.resize()
		p.clock.Wake()
	}
}

// A flowWatch is what Update was last told of how far the flow has run. It is told at a new
// step or row, but not in each frame.
type flowWatch struct {
	beat, row int
	reported  float64 // when, in seconds
}

// reportInterval is the least time between two words about the flow, in seconds; the end is told
// at once.
const reportInterval = 0.2

// showFlow carries out flow.Show.
func (p *Page) showFlow(c flow.Show) {
	p.flow = flowWatch{beat: -1, reported: math.Inf(-1)}
	p.scene.SetFlow(c.Line, c.At, c.Rate, c.Lead)
	p.clock.Wake()
}

// reportFlow is called after each frame, and tells Update how far the flow has run.
func (p *Page) reportFlow(now float64) {
	f := flow.Of(&p.state)
	line := f.Timeline()
	if line == nil || !f.Playing {
		return
	}
	at, runs := p.scene.Flow()
	beat, row := line.Row(at)
	w := &p.flow
	if runs && (beat == w.beat && row == w.row || now-w.reported < reportInterval) {
		return
	}
	*w = flowWatch{beat, row, now}
	p.Send(flow.Moved{At: at})
}
