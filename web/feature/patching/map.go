package patching

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model/lab"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Map is the map, in the place of the model.
type Map struct {
	Screen *feature.Screen

	state State
	cols  []int
}

// BeforeBuild takes over the state, once for all cells.
func (c *Map) BeforeBuild() {
	c.state = Of(c.Screen.State)
	c.cols = columns(c.Screen.State)
}

// mostColumns is how many tokens the map shows at once.
const mostColumns = 24

// columns returns the tokens that the map shows, or all heads: of a long text the last ones, or those around the chosen one.
func columns(s *feature.State) (list []int) {
	f := Of(s)
	if f.Site == lab.SiteHead {
		for h := range s.Config.Heads {
			list = append(list, h)
		}
		return list
	}
	n := len(f.chart.clean)
	at := n - 1
	if f.At != nil && f.At.Cell < n {
		at = f.At.Cell
	}
	list = view.Page(max(at, 0), mostColumns, n)
	for len(list) > 0 && len(list) < mostColumns && list[0] > 0 {
		list = append([]int{list[0] - 1}, list...)
	}
	return list
}

// Close closes the map.
func (c *Map) Close() { c.Screen.Send(Toggled{}) }

// Some reports whether a score is there.
func (c *Map) Some() bool {
	return len(c.state.chart.scores) > 0 && !c.state.chart.stale
}

// Sites are those that can be mapped.
func (c *Map) Sites() []lab.Site { return lab.Sites() }

// SiteID names a site for the tests and style sheets.
func (c *Map) SiteID(site lab.Site) string { return string(site) }

// SiteName is what readers call it.
func (c *Map) SiteName(site lab.Site) string {
	switch site {
	case lab.SiteAttention:
		return say.Patching.Attention()
	case lab.SiteMLP:
		return say.Patching.FeedForward()
	case lab.SiteHead:
		return say.Patching.Heads()
	}
	return say.Patching.Stream()
}

// SiteHint says what is taken from the clean run.
func (c *Map) SiteHint(site lab.Site) string {
	switch site {
	case lab.SiteAttention:
		return say.Patching.AttentionHint()
	case lab.SiteMLP:
		return say.Patching.FeedForwardHint()
	case lab.SiteHead:
		return say.Patching.HeadsHint()
	}
	return say.Patching.StreamHint()
}

// Pressed reports whether a site is mapped.
func (c *Map) Pressed(site lab.Site) string {
	return feature.Choose(c.state.Site == site, "true", "false")
}

// ChooseSite maps it.
func (c *Map) ChooseSite(site lab.Site) { c.Screen.Send(SiteChosen{site}) }

// Heads reports whether the columns are heads, rather than tokens.
func (c *Map) Heads() bool { return c.state.Site == lab.SiteHead }

// Made reports whether a place is an edit of the run on the page.
func (c *Map) Made() bool { return c.state.Made != nil }

// Back goes back to the clean text.
func (c *Map) Back() { c.Screen.Send(BackPressed{}) }

// Empty says why there is no map; "" there is one, or it is on its way.
func (c *Map) Empty() string { return why(c.Screen.State) }

func why(s *feature.State) string {
	f := Of(s)
	c := f.chart
	switch {
	case s.Phase != feature.Ready || s.Applied == 0:
		return say.Patching.Coming()
	case len(s.Tokens) == 0:
		return say.Patching.NoText()
	case f.Text == "":
		return say.Patching.NoCorrupt()
	case f.Made != nil && f.Made.Edit == "":
		return say.Patching.NoMap()
	case f.Made == nil && f.Text == s.Ran.Text && !s.Waits(feature.ForRun):
		return say.Patching.Same()
	case c.mismatch() && len(s.Generated) > 0:
		return say.Patching.LengthsWritten(len(c.clean), len(s.Generated), len(c.begun.Tokens))
	case c.mismatch():
		return say.Patching.Lengths(len(c.clean), len(c.begun.Tokens))
	case c.Fault != "" && c.stale:
		return say.Patching.Failed(say.Sentence(c.Fault))
	}
	return ""
}

// Mapped reports whether there is a map, though perhaps an old one.
func (c *Map) Mapped() bool {
	return c.width() > 0 && (c.Empty() == "" || c.state.chart.stale && comparable(c.Screen.State))
}

// width is how many cells a block of the map has; 0: there is none.
func (c *Map) width() int {
	switch begun := c.state.chart.begun; {
	case begun == nil || begun.Cells == 0:
		return 0
	case c.Heads():
		return c.Screen.State.Config.Heads
	}
	return len(c.state.chart.clean)
}

// Apart reports whether both texts stand above the map, rather than as its columns.
func (c *Map) Apart() bool {
	return c.state.chart.begun != nil && len(c.CorruptTokens()) > 0 && (c.Heads() && c.Mapped() || c.state.chart.mismatch())
}

// Columns are the tokens that are shown, or the heads.
func (c *Map) Columns() []int { return c.cols }

// Rows is how many blocks there are.
func (c *Map) Rows() int { return c.Screen.State.Config.Blocks }

// RowName names a block.
func (c *Map) RowName(l int) string { return say.Patching.Block(l + 1) }

// HeadName names a column of heads.
func (c *Map) HeadName(h int) string { return say.Patching.Head(h + 1) }

// RowCount and ColumnCount say how large the whole grid is, RowIndex and ColumnIndex where a part of it stands.
func (c *Map) RowCount() string { return strconv.Itoa(c.Rows() + c.headRows()) }

// ColumnCount is described at RowCount.
func (c *Map) ColumnCount() string { return strconv.Itoa(c.width() + 1) }

// RowIndex is described at RowCount.
func (c *Map) RowIndex(l int) string { return strconv.Itoa(l + 1 + c.headRows()) }

// ColumnIndex is described at RowCount.
func (c *Map) ColumnIndex(i int) string { return strconv.Itoa(i + 2) }

func (c *Map) headRows() int {
	if c.Heads() {
		return 1
	}
	return 2
}

// Class are the classes of the grid: numbers are left out where they have no room.
func (c *Map) Class() string {
	return "patching-grid" + feature.Choose(c.Heads(), " by-head", "") + feature.Choose(len(c.cols) > 16, " narrow", "") + feature.Choose(c.Rows() > 12, " many", "")
}

// GridLabel says what the grid is.
func (c *Map) GridLabel() string { return say.Patching.GridLabel(c.SiteName(c.state.Site)) }

// CleanTokens and CorruptTokens are those of the texts.
func (c *Map) CleanTokens() []engine.Token { return c.state.chart.clean }

// CorruptTokens is described at CleanTokens.
func (c *Map) CorruptTokens() []engine.Token {
	if c.state.chart.begun == nil {
		return nil
	}
	return c.state.chart.begun.Tokens
}

func tokenText(list []engine.Token, t int) string {
	if t >= len(list) {
		return ""
	}
	return list[t].Text
}

// CleanToken is a token of the clean text, CorruptToken one of the other.
func (c *Map) CleanToken(t int) string { return tokenText(c.CleanTokens(), t) }

// CorruptToken is described at CleanToken.
func (c *Map) CorruptToken(t int) string { return tokenText(c.CorruptTokens(), t) }

// differ reports whether the texts have different tokens in a place.
func (c *Map) differ(t int) bool { return c.state.chart.differs(t) }

// TokenClass are the classes of a token.
func (c *Map) TokenClass(t int) string {
	return "piece" + feature.Choose(c.differ(t), " differs", "")
}

// CleanClass and CorruptClass are those of a token above its column.
func (c *Map) CleanClass(t int) string {
	return c.TokenClass(t) + feature.Choose(c.Carries(t) == "true", " carried", "")
}

// CorruptClass is described at CleanClass.
func (c *Map) CorruptClass(t int) string {
	return c.TokenClass(t) + feature.Choose(c.Landing(), " landing", "")
}

// CleanID and CorruptID name a token for the focus.
func (c *Map) CleanID(t int) string { return "clean-" + strconv.Itoa(t) }

// CorruptID is described at CleanID.
func (c *Map) CorruptID(t int) string { return "corrupt-" + strconv.Itoa(t) }

// CleanLabel and CorruptLabel read a token aloud.
func (c *Map) CleanLabel(t int) string {
	return say.Patching.CleanLabel(t, c.CleanToken(t))
}

// CorruptLabel is described at CleanLabel.
func (c *Map) CorruptLabel(t int) string {
	if c.Landing() {
		return say.Patching.LandLabel(t, c.CorruptToken(t))
	}
	if c.differ(t) {
		return say.Patching.DifferLabel(t, c.CorruptToken(t))
	}
	return say.Patching.CorruptLabel(t, c.CorruptToken(t))
}

// Carries reports whether a token of the clean row is carried.
func (c *Map) Carries(t int) string {
	return feature.Choose(c.state.Carried != nil && *c.state.Carried == t, "true", "false")
}

// Carry carries it, or puts it back.
func (c *Map) Carry(t int) { c.Screen.Send(Taken{t}) }

// Lift carries it with the pointer.
func (c *Map) Lift(t int) {
	if c.Carries(t) == "false" {
		c.Screen.Send(Taken{t})
	}
}

// Dropped puts it back where it was dropped beside the map.
func (c *Map) Dropped() {
	if f := Of(c.Screen.State); f.Carried != nil {
		c.Screen.Send(Taken{*f.Carried})
	}
}

// Landing reports whether the corrupt row waits for a token.
func (c *Map) Landing() bool { return c.state.Carried != nil }

// Carrying says what becomes of the token that is carried.
func (c *Map) Carrying() string {
	block := 0
	if c.state.At != nil {
		block = c.state.At.Block
	}
	return say.Patching.Carrying(c.CleanToken(*c.state.Carried), block+1)
}

// Over lets a token be dropped.
func (c *Map) Over(event vugu.DOMEvent) {
	if Of(c.Screen.State).Carried != nil {
		event.PreventDefault()
	}
}

// Drop puts it down, at a block, or at that of the chosen cell.
func (c *Map) Drop(event vugu.DOMEvent, block int) {
	event.PreventDefault()
	c.Land(block)
}

// Land puts down what is carried.
func (c *Map) Land(block int) { c.Screen.Send(PutDown{block}) }

func (c *Map) score(l, i int) (float64, bool) {
	v, _, ok := c.state.chart.at(c.state.Site, Spot{l, i})
	return v, ok
}

// Known reports whether a score is there.
func (c *Map) Known(l, i int) bool { _, ok := c.score(l, i); return ok }

// Fill is its colour.
func (c *Map) Fill(l, i int) string {
	v, _ := c.score(l, i)
	return c.Screen.Colour(v)
}

// Number writes it, in percent.
func (c *Map) Number(l, i int) string {
	v, ok := c.score(l, i)
	if !ok {
		return ""
	}
	return percent(v)
}

// percent writes a score in percent, without a sign where it is nothing.
func percent(v float64) string {
	if v = math.Round(v * 100); v == 0 {
		v = 0 // not −0
	}
	return say.Fixed(v, 0)
}

// chosen is the place that the reader has chosen.
func (c *Map) chosen() (Spot, bool) {
	if c.state.At == nil {
		return Spot{}, false
	}
	return *c.state.At, true
}

// CellClass are the classes of a cell.
func (c *Map) CellClass(l, i int) string {
	class := "spot"
	if v, ok := c.score(l, i); !ok {
		class += " coming"
	} else if dark(c.Screen.Colour(v)) {
		class += " dark"
	} else {
		class += " light"
	}
	if at, ok := c.chosen(); ok && at == (Spot{l, i}) {
		class += " this"
	}
	return class + feature.Choose(c.state.chart.stale, " stale", "")
}

// dark reports whether white is better read on a colour than black.
func dark(colour string) bool {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	linear := func(v uint64) float64 { return math.Pow(float64(v&255)/255, 2.2) }
	return err == nil && 0.2126*linear(n>>16)+0.7152*linear(n>>8)+0.0722*linear(n) < 0.18
}

// CellID names a cell for the focus.
func (c *Map) CellID(l, i int) string { return cellID(Spot{l, i}) }

func cellID(at Spot) string {
	return "patch-" + strconv.Itoa(at.Block) + "-" + strconv.Itoa(at.Cell)
}

// Stop says that one cell takes the focus by the key Tab.
func (c *Map) Stop(l, i int) string {
	at, ok := c.chosen()
	if !ok && len(c.cols) > 0 {
		at = Spot{0, c.cols[len(c.cols)-1]}
	}
	return feature.Choose(at == Spot{l, i}, "0", "-1")
}

// Selected reports whether a cell is chosen.
func (c *Map) Selected(l, i int) string {
	at, ok := c.chosen()
	return feature.Choose(ok && at == Spot{l, i}, "true", "false")
}

// Current marks the place that is chosen, for the page to scroll to it.
func (c *Map) Current(l, i int) interface{} {
	at, ok := c.chosen()
	return feature.Mark(ok && at == Spot{l, i}, string(c.state.Site)+c.CellID(l, i))
}

// CellLabel reads it aloud.
func (c *Map) CellLabel(l, i int) string {
	place := say.Patching.CellHead(i+1, l+1)
	if !c.Heads() {
		place = say.Patching.CellToken(l+1, i, c.CleanToken(i), c.CorruptToken(i))
	}
	v, ok := c.score(l, i)
	if !ok {
		return say.Patching.CellComing(place)
	}
	return say.Patching.Cell(place, percent(v))
}

// ConeClass are the classes of what the chosen place can change: later blocks, at the same token and those behind it.
func (c *Map) ConeClass(l, i int) string {
	at, ok := c.chosen()
	if !ok || l <= at.Block || i < at.Cell && !c.Heads() {
		return ""
	}
	return "cone" + feature.Choose(l == at.Block+1, " cone-top", "") + feature.Choose(i == at.Cell && !c.Heads(), " cone-edge", "")
}

// Coned reports whether there are any.
func (c *Map) Coned() bool {
	at, ok := c.chosen()
	return c.Mapped() && ok && at.Block+1 < c.Rows()
}

// Choose looks at a cell.
func (c *Map) Choose(l, i int) { c.Screen.Send(Chosen{Spot{l, i}}) }

// Key goes to the cell beside, or to the end of a row; Enter goes on to what is said of it.
func (c *Map) Key(event vugu.DOMEvent) {
	if !strings.HasPrefix(event.PropString("target", "id"), "patch-") || c.width() == 0 {
		return
	}
	to, ok := c.chosen()
	if !ok {
		to = Spot{0, c.width() - 1}
	}
	from := to
	switch event.PropString("key") {
	case "ArrowLeft":
		to.Cell--
	case "ArrowRight":
		to.Cell++
	case "ArrowUp":
		to.Block--
	case "ArrowDown":
		to.Block++
	case "Home":
		to.Cell = 0
	case "End":
		to.Cell = c.width() - 1
	case "PageUp":
		to.Block = 0
	case "PageDown":
		to.Block = c.Rows() - 1
	case "Enter":
		c.Screen.Send(Chosen{from})
		c.Screen.Do(feature.Focus{ID: storyID})
	default:
		return
	}
	event.PreventDefault()
	if to != from && inside(c.Screen.State, c.state.Site, to) {
		c.Screen.Send(Moved{to})
		c.Screen.Do(feature.Focus{ID: cellID(to)})
	}
}

// Low is the lower end of the scale.
func (c *Map) Low() string { return say.Fixed(-100, 0) }

// Ramp is the colour of part i of 21 of the scale.
func (c *Map) Ramp(i int) string { return c.Screen.Colour(float64(i-10) / 10) }

// More says which tokens of a long text are shown; "" all are.
func (c *Map) More() string {
	if n := len(c.CleanTokens()); c.Mapped() && !c.Heads() && n > len(c.cols) {
		return say.Patching.Columns(view.Span(c.cols), n)
	}
	return ""
}

// Turn looks at the tokens before or behind those that are shown.
func (c *Map) Turn(by int) {
	n := len(c.CleanTokens())
	to := Spot{0, n - 1}
	if c.state.At != nil {
		to = *c.state.At
	}
	to.Cell = min(max(to.Cell+by*mostColumns, 0), n-1)
	c.Screen.Send(Chosen{to})
}

// Edge reports whether there are none in that direction.
func (c *Map) Edge(by int) bool {
	return len(c.cols) == 0 || by < 0 && c.cols[0] == 0 || by > 0 && c.cols[len(c.cols)-1] == len(c.CleanTokens())-1
}
