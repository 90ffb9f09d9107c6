package attention

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Heads is the view of the heads of a block: side by side, one large at one of the steps
// from scores to what it gathers, the pair of tokens that the reader points at as lines on
// the text, and that pair number by number.
type Heads struct {
	Screen     *feature.Screen
	heads      []string // of this build
	rows, cols []int    // the tokens, or numbers, that the matrices show
	values     engine.Values
	here       bool
	pair       Pair
	paired     bool

	labelled, labelledRows []int // those of them that have room for a label
}

// mostTokens is how many tokens a matrix shows at once; of a longer text the page that holds
// the pair. mostLabels is how many have room for their text.
const mostTokens, mostLabels = 48, 20

// Compute asks once for what the methods below read.
func (c *Heads) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.heads = HeadsOf(s)
	c.values, c.here = Of(s).Look.Values(s, Of(s).Head)
	c.here = c.here && c.values.Rows > 0
	c.pair, c.paired = Shown(s)
	c.rows = view.Page(c.pair.Query, mostTokens, len(s.Tokens))
	if c.cols = view.Page(c.pair.Key, mostTokens, len(s.Tokens)); c.mixes() {
		c.cols = view.Page(0, s.Config.HeadSize(), s.Config.HeadSize())
	}
	c.labelled, c.labelledRows = nil, nil
	if len(c.cols) <= mostLabels && !c.mixes() {
		c.labelled = c.cols
	}
	if len(c.rows) <= mostLabels {
		c.labelledRows = c.rows
	}
}

func (c *Heads) state() State { return Of(c.Screen.State) }

// Head is the large one.
func (c *Heads) Head() string { return c.state().Head }

// mixes reports whether columns are numbers of the head rather than tokens.
func (c *Heads) mixes() bool { return c.state().Look == LookMix }

// Kicker says where this is.
func (c *Heads) Kicker() string {
	block, _ := c.state().Place()
	return say.Attention.Place(block)
}

// Title names what is large.
func (c *Heads) Title() string {
	_, head := c.state().Place()
	return say.Attention.Title(head, len(c.heads))
}

// Close goes back to the panels.
func (c *Heads) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Large reports whether a head is the large one.
func (c *Heads) Large(name string) string {
	return feature.Choose(name == c.state().Head, "true", "false")
}

// HeadName numbers a head.
func (c *Heads) HeadName(i int) string { return strconv.Itoa(i + 1) }

// HeadLabel reads its button.
func (c *Heads) HeadLabel(i int) string { return say.Attention.Head(i + 1) }

// Choose makes a head the large one.
func (c *Heads) Choose(name string) { c.Screen.Send(HeadChosen{Head: name}) }

// Looks are the steps.
func (c *Heads) Looks() []Look { return Looks() }

// LookID names a step for the page's tests.
func (c *Heads) LookID(l Look) string {
	return feature.Choose(l == "", "softmax", string(l))
}

// Shown reports whether a step is the one that is shown.
func (c *Heads) Shown(l Look) string {
	return feature.Choose(l == c.state().Look, "true", "false")
}

// Look shows a step.
func (c *Heads) Look(l Look) { c.Screen.Send(LookChosen{Look: l}) }

// Text says what happens in it.
func (c *Heads) Text() string {
	s := c.Screen.State
	look := Of(s).Look
	return look.Text(len(s.Tokens), s.Config.HeadSize(), LookScores.step(s, Of(s).Head).Window)
}

// Here reports whether there is something to be drawn.
func (c *Heads) Here() bool { return c.here && len(c.rows) > 0 && len(c.cols) > 0 }

// Labelled marks a matrix with labels, for the style sheet: letters need less room than words.
func (c *Heads) Labelled() string {
	switch {
	case len(c.labelledRows) == 0:
		return "none"
	case c.Screen.State.Ranks():
		return "words"
	}
	return "letters"
}

// Token is the label of a token.
func (c *Heads) Token(t int) string {
	if t >= len(c.Screen.State.Tokens) {
		return ""
	}
	return c.Screen.State.Tokens[t].Text
}

// Unlabelled reports whether the tokens have no room beside the matrix, so that those of the pair are named below it.
func (c *Heads) Unlabelled() bool { return c.Here() && c.paired && len(c.labelledRows) == 0 }

// LabelClass marks the tokens of the pair.
func (c *Heads) LabelClass(t int, row bool) string {
	return feature.Choose(row && t == c.pair.Query || !row && t == c.pair.Key, "this", "")
}

// Keys says which tokens are shown and how a pair is picked.
func (c *Heads) Keys() string {
	sentences := []string{say.Attention.RowsAndColumns()}
	if c.mixes() {
		sentences[0] = say.Attention.RowsAndNumbers()
	}
	if n := len(c.Screen.State.Tokens); n > mostTokens && len(c.rows) > 0 {
		if c.mixes() {
			sentences = append(sentences, say.Attention.ShownRows(view.Span(c.rows), n))
		} else {
			sentences = append(sentences, say.Attention.ShownRowsAndColumns(view.Span(c.rows), view.Span(c.cols), n))
		}
	}
	if c.state().Look == LookShares {
		sentences = append(sentences, say.Attention.ScaleOfShares(say.Exactly(1)))
	} else {
		sentences = append(sentences, say.Attention.Scale(say.Brief(-lookNorm(c.Screen)), say.LeftToRight("+"+say.Brief(lookNorm(c.Screen)))))
	}
	return strings.Join(append(sentences, say.Attention.ArrowKeys()), " ")
}

// cell is the number of the shown step that the reader points at.
func (c *Heads) cell(row, col int) run.Cell {
	a := c.state()
	return run.Cell{Name: a.Look.step(c.Screen.State, a.Head).Name, Row: row, Col: col}
}

// current is the number of the pair.
func (c *Heads) current() run.Cell {
	s := c.Screen.State
	at := c.cell(c.pair.Query, c.pair.Key)
	if c.mixes() {
		if at.Col = 0; s.Cell != nil && s.Cell.Name == at.Name {
			at = *s.Cell
		}
	}
	return at
}

// PlotLabel reads the matrix aloud: the pair, and its number.
func (c *Heads) PlotLabel() string {
	at, s := c.current(), c.Screen.State
	number := say.Attention.LeftOut()
	if v, ok := s.At(at.Name, at.Row, at.Col); ok {
		number = say.Number(v)
	}
	if c.mixes() {
		return say.Attention.NumberOfMix(Of(s).Look.Label(), s.Tag(at.Row), at.Col, number)
	}
	return say.Attention.NumberOfPair(Of(s).Look.Label(), s.Tag(at.Row), s.Tag(at.Col), number)
}

// under returns the cell under the pointer.
func (c *Heads) under(event vugu.DOMEvent) (run.Cell, bool) {
	wide, high := event.PropFloat64("target", "clientWidth"), event.PropFloat64("target", "clientHeight")
	if wide <= 0 || high <= 0 || !c.Here() {
		return run.Cell{}, false
	}
	i := int(event.PropFloat64("offsetX") / wide * float64(len(c.cols)))
	k := int(event.PropFloat64("offsetY") / high * float64(len(c.rows)))
	return c.cell(c.rows[min(max(k, 0), len(c.rows)-1)], c.cols[min(max(i, 0), len(c.cols)-1)]), true
}

// Moved points at the cell under the pointer, in the scene too.
func (c *Heads) Moved(event vugu.DOMEvent) {
	at, ok := c.under(event)
	if hover := c.Screen.State.Hover; ok && (hover == nil || *hover != at) {
		c.Screen.Send(feature.CellHovered{Cell: &at})
	}
}

// Left points at nothing.
func (c *Heads) Left() { c.Screen.Send(feature.CellHovered{}) }

// Pressed pins the cell under the pointer; a press without one, by a key, that of the pair.
func (c *Heads) Pressed(event vugu.DOMEvent) {
	at, ok := c.under(event)
	if event.PropFloat64("detail") == 0 || !ok {
		at = c.current()
	}
	c.Screen.Send(feature.CellChosen{Cell: &at})
}

// Key moves the pair by one, or to the ends of its row, while the matrix has the focus.
func (c *Heads) Key(event vugu.DOMEvent) {
	if event.PropString("target", "id") != "plot" || !c.Here() {
		return
	}
	at := c.current()
	switch key := event.PropString("key"); {
	case key == "ArrowLeft":
		at.Col--
	case key == "ArrowRight":
		at.Col++
	case key == "ArrowUp":
		at.Row--
	case key == "ArrowDown":
		at.Row++
	case key == "Home":
		at.Col = 0
	case key == "End":
		at.Col = at.Row
		if c.mixes() {
			at.Col = c.values.Cols - 1
		}
	default:
		return
	}
	event.PreventDefault()
	if at.Row >= 0 && at.Row < c.values.Rows && at.Col >= 0 && at.Col < c.values.Cols {
		c.Screen.Send(feature.CellMoved{Cell: &at})
	}
}
