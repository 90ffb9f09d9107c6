package lens

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Grid is the lens in the place of the model: a row for each step of the stream, a column for each token, and beside them the rank of
// one token from row to row.
type Grid struct {
	Screen *feature.Screen

	state State // of this build
	at    Spot
	names []string
	cols  []int
	token int
	reach float64 // of the ranks: the logarithm of the largest that the plot shows
}

// Compute asks once for what the methods below read.
func (c *Grid) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.state, c.at, c.names, c.cols, c.token = Of(s), At(s), streams(s), columns(s), plotted(s)
	c.reach = 1
	for step := range c.names {
		if rank, ok := c.rank(step); ok {
			c.reach = max(c.reach, math.Ceil(math.Log10(float64(rank))))
		}
	}
}

// Close goes back to the model.
func (c *Grid) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Empty reports whether there is no text to look at.
func (c *Grid) Empty() bool { return len(c.cols) == 0 }

// Nothing says why there is nothing to look at.
func (c *Grid) Nothing() string {
	if c.Screen.State.Applied == 0 {
		return say.Lens.Coming()
	}
	return say.Lens.NoText()
}

// Columns are the tokens, Rows the steps of the stream.
func (c *Grid) Columns() []int { return c.cols }

// Rows is described at Columns.
func (c *Grid) Rows() []string { return c.names }

// Token is the text of a token, ChipClass the class of its heading. A text that has just become shorter may lack a column of the picture.
func (c *Grid) Token(t int) string {
	if t >= len(c.Screen.State.Tokens) {
		return ""
	}
	return c.Screen.State.Tokens[t].Text
}

// ChipClass is described at Token.
func (c *Grid) ChipClass(t int) string {
	return "column" + view.TokenClass(c.Token(t)) + feature.Choose(t == c.at.Row, " this", "")
}

// ColumnLabel reads the heading of a token aloud.
func (c *Grid) ColumnLabel(t int) string { return say.Lens.Column(c.Screen.State.Tag(t)) }

// ChooseColumn looks at a token.
func (c *Grid) ChooseColumn(t int) { c.Screen.Send(Chosen{c.at.Step, t}) }

// ColumnIndex and RowIndex count from 1, the headings included.
func (c *Grid) ColumnIndex(t int) string { return strconv.Itoa(t + 2) }

// RowIndex is described at ColumnIndex.
func (c *Grid) RowIndex(step int) string { return strconv.Itoa(step + 2) }

// ColumnCount and RowCount are how many there are, the headings included.
func (c *Grid) ColumnCount() string { return strconv.Itoa(len(c.Screen.State.Tokens) + 2) }

// RowCount is described at ColumnCount.
func (c *Grid) RowCount() string { return strconv.Itoa(len(c.names) + 1) }

// Near reports whether a row is drawn: it is in view, or the reader is there.
func (c *Grid) Near(step int) bool {
	const margin = 6
	first, last := c.state.grid.rows(len(c.names))
	return step >= first-margin && step < last+margin || step >= c.at.Step-margin && step <= c.at.Step+margin
}

// Drawn are the places of a row that are drawn.
func (c *Grid) Drawn(step int) []int {
	if c.Near(step) {
		return c.cols
	}
	return nil
}

// Half names the half of a block behind which a step stands, Block its block, at the first of both; "" elsewhere.
func (c *Grid) Half(step int) string { return half(c.Screen.State, step) }

// Block is described at Half.
func (c *Grid) Block(step int) string {
	if info := infoOf(c.Screen.State, step); info.Block >= 0 && info.Part != model.PartFeedForward {
		return say.Run.Block(info.Block + 1)
	}
	return ""
}

// RowClass tells where a block begins, and the row at which the reader looks.
func (c *Grid) RowClass(step int) string {
	class := feature.Choose(step == c.at.Step, "here", "")
	return strings.TrimSpace(class + feature.Choose(c.Block(step) != "", " begins", ""))
}

// infoOf describes a step of the stream.
func infoOf(s *feature.State, step int) model.Info {
	all := streams(s)
	if step < 0 || step >= len(all) {
		return model.Info{Block: -1}
	}
	info, _ := s.Info(all[step])
	return info
}

// half names the half of a block behind which a step of the stream stands.
func half(s *feature.State, step int) string {
	info := infoOf(s, step)
	switch {
	case info.Block < 0 || step == 0:
		return say.Lens.Embedding()
	case info.Part == model.PartFeedForward:
		return say.Lens.FeedForward()
	}
	return say.Lens.Attention()
}

// where names a step of the stream in a sentence: "block 3, after attention".
func where(s *feature.State, step int) string {
	info := infoOf(s, step)
	switch {
	case info.Block < 0 || step == 0:
		return say.Lens.AfterEmbedding()
	case info.Part == model.PartFeedForward:
		return say.Lens.AfterFeedForward(info.Block + 1)
	}
	return say.Lens.AfterAttention(info.Block + 1)
}

func (c *Grid) cell(step, t int) (cell, bool) { return c.state.grid.at(Spot{step, t}) }

// Word is the most likely token in a place, Percent its chance.
func (c *Grid) Word(step, t int) string {
	if x, ok := c.cell(step, t); ok && len(x.Top) > 0 {
		return x.Top[0].Text
	}
	return ""
}

// Percent is described at Word.
func (c *Grid) Percent(step, t int) string {
	if x, ok := c.cell(step, t); ok && len(x.Top) > 0 {
		if p := x.Top[0].Probability; p != p { // an edit left no number
			return say.Fixed(math.NaN(), 0)
		}
		return strconv.Itoa(of(x.Top[0].Probability, 100))
	}
	return ""
}

// levels is in how many steps the fill of a cell tells a chance.
const levels = 20

// Level is the fill of a place; "none": it is not known.
func (c *Grid) Level(step, t int) string {
	x, ok := c.cell(step, t)
	if !ok || len(x.Top) == 0 {
		return "none"
	}
	return strconv.Itoa(of(x.Top[0].Probability, levels))
}

// of is a chance in steps, of which all are the whole; edits can make it anything.
func of(p float32, all int) int {
	if p != p {
		return 0
	}
	return int(math.Round(float64(min(max(p, 0), 1)) * float64(all)))
}

// CellClass tells the place at which the reader looks, and what is of the text of before.
func (c *Grid) CellClass(step, t int) string {
	class := "place" + feature.Choose(c.at == Spot{step, t}, " this", "")
	if x, ok := c.cell(step, t); ok && !x.fresh {
		class += " stale"
	}
	return class
}

// CellID names a place for the focus.
func (c *Grid) CellID(step, t int) string { return cellID(Spot{step, t}) }

func cellID(p Spot) string { return "lens-" + strconv.Itoa(p.Step) + "-" + strconv.Itoa(p.Row) }

// Stop says that one place of the grid takes the focus by the key Tab.
func (c *Grid) Stop(step, t int) string {
	return feature.Choose(c.at == Spot{step, t}, "0", "-1")
}

// Current marks the place at which the reader looks, for the page to scroll to it.
func (c *Grid) Current(step, t int) interface{} {
	return feature.Mark(c.at == Spot{step, t}, c.CellID(step, t))
}

// Selected reports whether the reader looks at a place.
func (c *Grid) Selected(step, t int) string {
	return feature.Choose(c.at == Spot{step, t}, "true", "false")
}

// CellLabel reads a place aloud.
func (c *Grid) CellLabel(step, t int) string {
	x, ok := c.cell(step, t)
	if !ok || len(x.Top) == 0 {
		return say.Lens.CellComing(where(c.Screen.State, step), c.Screen.State.Tag(t))
	}
	return say.Lens.Cell(where(c.Screen.State, step), c.Screen.State.Tag(t), x.Top[0].Text, say.Percent(x.Top[0].Probability))
}

// Choose looks at a place.
func (c *Grid) Choose(step, t int) { c.Screen.Send(Chosen{step, t}) }

// Key goes to the place beside, or to the end of a row; Enter goes on to what is said of the place.
func (c *Grid) Key(event vugu.DOMEvent) {
	if !strings.HasPrefix(event.PropString("target", "id"), "lens-") || c.Empty() {
		return
	}
	to := c.at
	switch event.PropString("key") {
	case "ArrowLeft":
		to.Row--
	case "ArrowRight":
		to.Row++
	case "ArrowUp":
		to.Step--
	case "ArrowDown":
		to.Step++
	case "Home":
		to.Row = 0
	case "End":
		to.Row = len(c.Screen.State.Tokens) - 1
	case "PageUp":
		to.Step = 0
	case "PageDown":
		to.Step = len(c.names) - 1
	case "Enter":
		c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
	default:
		return
	}
	event.PreventDefault()
	if to != c.at && to.Row >= 0 && to.Step >= 0 && to.Row < len(c.Screen.State.Tokens) && to.Step < len(c.names) {
		c.Screen.Send(Moved(to))
		c.Screen.Do(feature.Focus{ID: cellID(to)})
	}
}

// Scrolled says which rows are in view.
func (c *Grid) Scrolled(event vugu.DOMEvent) {
	high, from, part := event.PropFloat64("target", "scrollHeight"), event.PropFloat64("target", "scrollTop"), event.PropFloat64("target", "clientHeight")
	if high <= 0 || len(c.names) == 0 {
		return
	}
	n := float64(len(c.names))
	first, last := int(from/high*n), int(math.Ceil((from+part)/high*n))
	if g := c.state.grid; g.last == 0 || first != g.first || last != g.last {
		c.Screen.Send(Scrolled{first, last})
	}
}

// More says which tokens of a long text are shown; "" all are.
func (c *Grid) More() string {
	if n := len(c.Screen.State.Tokens); n > len(c.cols) {
		return say.Lens.Columns(view.Span(c.cols), n)
	}
	return ""
}

// Turn looks at the tokens before or behind those that are shown.
func (c *Grid) Turn(by int) {
	to := min(max(c.at.Row+by*mostColumns, 0), len(c.Screen.State.Tokens)-1)
	c.Screen.Send(Chosen{c.at.Step, to})
}

// Edge reports whether there are none in that direction.
func (c *Grid) Edge(by int) bool {
	return len(c.cols) == 0 || by < 0 && c.cols[0] == 0 || by > 0 && c.cols[len(c.cols)-1] == len(c.Screen.State.Tokens)-1
}
