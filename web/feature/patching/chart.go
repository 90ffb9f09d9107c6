package patching

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/lab"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/view"
)

// A chart is the scores, as far as they have been computed. Like the rest of the state it is replaced, never changed.
type chart struct {
	of     key
	clean  []engine.Token  // as begun has them of the corrupt text
	begun  *engine.Patched // what patching begins with; nil: not here yet
	scores map[lab.Site]scores
	stale  bool // they are of another run, or of other texts
	asked  rect // what is under way

	view.Progress // of the cells that are wanted
}

// A key is what scores are of.
type key struct {
	clean   string // the ids of the text
	text    string
	answers [2]int // −1, −1: what the model says to each text
}

// scores are those of a site, the cells of the first block first.
type scores struct {
	width int // how many a block has
	list  []score
}

// A score is that of one cell, and where that is.
type score struct {
	value float64
	place engine.Place
	here  bool
}

// A rect is some cells of a site, counted from the first of block 0; begins: of no cells, as nothing is known yet.
type rect struct {
	site     lab.Site
	from, to int
}

// list is a list of edits.
type list []run.Edit

// at returns the score of a place, if it is here and a number, which it is not where the patched run became too large for float32.
func (c chart) at(site lab.Site, p Spot) (value float64, place engine.Place, ok bool) {
	of := c.scores[site]
	i := p.Block*of.width + p.Cell
	if p.Block < 0 || p.Cell < 0 || p.Cell >= of.width || i >= len(of.list) || !of.list[i].here || math.IsNaN(of.list[i].value) {
		return 0, engine.Place{}, false
	}
	return of.list[i].value, of.list[i].place, true
}

// keyOf returns what the scores should be of.
func keyOf(s *feature.State) key {
	f := Of(s)
	k := key{"", f.Text, [2]int{-1, -1}}
	for _, id := range cleanIDs(s) {
		k.clean += strconv.Itoa(id) + " "
	}
	if f.Answers != nil {
		k.answers = *f.Answers
	}
	return k
}

// cleanIDs returns the ids of the clean text: those of the run on the page, or, where that has the corrupt one, those from which its
// edit takes; none are known of a link without that edit.
func cleanIDs(s *feature.State) (ids []int) {
	if made := Of(s).Made; made != nil {
		return made.from()
	}
	for _, t := range s.Tokens {
		ids = append(ids, t.ID)
	}
	return ids
}

// settle keeps the map true to both texts, and asks for what it lacks.
func settle(u *feature.Change) {
	if u.Mode != name {
		return
	}
	settleMade(u)
	f := Of(&u.State)
	if u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) {
		return
	}
	if text := suggestion(&u.State); f.Made == nil && !f.typed && f.Text != text {
		f.Text, f.Answers = text, nil
		memory.Set(&u.State, f)
	}
	if f.At != nil && !inside(&u.State, f.Site, *f.At) {
		f.At = nil
		memory.Set(&u.State, f)
	}
	renew(u)
	fetch(u)
	putPending(u)
}

// renew begins with other texts. What stands there stays, greyed, until scores of these come.
func renew(u *feature.Change) {
	f := Of(&u.State)
	k := keyOf(&u.State)
	if f.chart.of == k {
		return
	}
	u.Drop(purpose)
	f.chart.of, f.chart.stale = k, true
	f.chart.Pause(false)
	f.chart.End()
	memory.Set(&u.State, f)
}

const purpose feature.Purpose = name

// suggestion is the corrupt text that stands there first; "" none is known.
func suggestion(s *feature.State) string {
	c := s.Choice()
	switch {
	case c.Corrupt != "" && s.Ran.Text == c.Example:
		return c.Corrupt
	case c.Letters > 0:
		return withoutSmallest(s.Ran.Text, s.Config.Alphabet)
	}
	return ""
}

// withoutSmallest writes the last letter of an alphabet in the place of the first one that a text has: sorted, it begins with another.
func withoutSmallest(text, alphabet string) string {
	letters := []rune(alphabet)
	for _, first := range letters {
		if last := letters[len(letters)-1]; strings.ContainsRune(text, first) && first != last {
			return strings.ReplaceAll(text, string(first), string(last))
		}
	}
	return ""
}

// comparable reports whether there are two texts. The clean one is that which has run last: the field may hold one that can't be run.
func comparable(s *feature.State) bool {
	f := Of(s)
	return len(s.Tokens) > 0 && f.Text != "" && len(cleanIDs(s)) > 0 && (f.Made != nil || f.Text != s.Ran.Text)
}

// check holds that somebody computes what the map lacks.
func check(s *feature.State) error {
	f := Of(s)
	c := f.chart
	if s.Mode != name || s.Phase != feature.Ready || s.Applied == 0 || s.Suspended() || s.Waits(purpose) || s.Waits(feature.ForRun) {
		return nil
	}
	if c.Fault != "" || c.mismatch() || c.Paused || !comparable(s) {
		return nil
	}
	if n := len(f.wanted(s.Config.Blocks, cells(s, f.Site))); n > 0 {
		return fmt.Errorf("nobody computes %d places of the map", n)
	}
	return nil
}

// mismatch reports whether the texts are known to be of different lengths.
func (c chart) mismatch() bool { return !c.stale && c.begun != nil && c.begun.Cells == 0 }

// wanted lists the cells of the site that the map lacks, those that matter first: the one that is chosen; the last token, from which the
// answer is read, and those that differ, in every other block and so on; then the rest, the last tokens first.
func (f State) wanted(blocks, width int) (cells []int) {
	of := f.chart.scores[f.Site]
	seen := make([]bool, blocks*width)
	add := func(l, i int) {
		at := l*width + i
		if l >= blocks || i >= width || seen[at] {
			return
		}
		if seen[at] = true; f.chart.stale || at >= len(of.list) || !of.list[at].here {
			cells = append(cells, at)
		}
	}
	if f.At != nil {
		add(f.At.Block, f.At.Cell)
	}
	order := coarseFirst(blocks)
	if f.Site != lab.SiteHead {
		for _, i := range f.chart.telling() {
			for _, l := range order {
				add(l, i)
			}
		}
	}
	for _, l := range order {
		for i := width - 1; i >= 0; i-- {
			add(l, i)
		}
	}
	return cells
}

// telling lists the last token, and those that differ.
func (c chart) telling() (tokens []int) {
	for i := len(c.clean) - 1; i >= 0; i-- {
		if i == len(c.clean)-1 || c.differs(i) {
			tokens = append(tokens, i)
		}
	}
	return tokens
}

// differs reports whether the texts have different tokens in a place.
func (c chart) differs(i int) bool {
	return c.begun == nil || i >= len(c.begun.Tokens) || i >= len(c.clean) || c.begun.Tokens[i].ID != c.clean[i].ID
}

// free reports whether a cell stands before the first token that differs: there all scores are 0, and nothing has to be run for them.
func (c chart) free(site lab.Site, cell int) bool {
	for i := 0; i <= cell; i++ {
		if site == lab.SiteHead || c.differs(i) {
			return false
		}
	}
	return true
}

// coarseFirst lists the numbers below n so that each stretch of the list covers all of them evenly.
func coarseFirst(n int) (order []int) {
	step := 1
	for step*4 <= n {
		step *= 2
	}
	seen := make([]bool, n)
	for ; step > 0; step /= 2 {
		for i := 0; i < n; i += step {
			if !seen[i] {
				seen[i] = true
				order = append(order, i)
			}
		}
	}
	return order
}

// batch returns how many cells are asked for at once, so that an answer takes some tens of milliseconds.
func batch(s *feature.State) int {
	const products = 64 << 20
	return max(products/max(s.Config.Parameters()*len(s.Tokens), 1), 1)
}

// next returns which cells are asked for next: the first that is wanted, and those before it in its block that follow in the list.
func next(s *feature.State, wanted []int, width int) rect {
	f := Of(s)
	r := rect{f.Site, wanted[0], wanted[0] + 1}
	for _, i := range wanted[1:] {
		if i != r.from-1 || i/width != wanted[0]/width || !f.chart.free(f.Site, i%width) && r.to-r.from >= batch(s) {
			break
		}
		r.from = i
	}
	return r
}

// fetch asks for the next cells that the map lacks.
func fetch(u *feature.Change) {
	f := Of(&u.State)
	c := &f.chart
	if u.Waits(purpose) || c.Fault != "" || c.mismatch() || !comparable(&u.State) || c.Paused && !c.stale {
		return
	}
	width := cells(&u.State, f.Site)
	r := rect{site: f.Site}
	if !c.stale {
		wanted := f.wanted(u.Config.Blocks, width)
		if len(wanted) == 0 {
			c.End()
			memory.Set(&u.State, f)
			return
		}
		r = next(&u.State, wanted, width)
	}
	c.asked = r
	c.Begin(u, ticked)
	memory.Set(&u.State, f)
	q := engine.Patch{Clean: f.Made.from(), Corrupt: f.Text, Form: u.Form, Token: c.of.answers[0], Against: c.of.answers[1], Site: r.site, From: r.from, To: r.to}
	u.Ask(purpose, engine.Request{Lab: &engine.Lab{Patch: &q}})
}

func ticked(turn int) feature.Msg { return Ticked{turn} }

// tick counts the time of a computing that still is under way. Where the reader has left, it goes on when they come back.
func tick(u *feature.Change, turn int) {
	f := Of(&u.State)
	if u.Mode != name {
		f.chart.Rest()
	}
	f.chart.Tick(u, turn, ticked)
	memory.Set(&u.State, f)
}

// answer takes over what was asked for.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	f := Of(&u.State)
	c := &f.chart
	switch {
	case p != purpose || c.of != keyOf(&u.State):
		return
	case r.Lab == nil || r.Lab.Patch == nil:
		c.Fail(r.Error)
		memory.Set(&u.State, f)
		return
	}
	got := *r.Lab.Patch
	if c.stale {
		c.scores, c.stale = nil, false
		c.Warm()
	}
	if c.begun, c.clean = &got, u.Tokens; f.Made != nil {
		c.clean = got.CleanTokens
	}
	c.fill(got, u.Config.Blocks)
	got.Scores, got.Places = nil, nil
	if got.Cells == 0 {
		c.End()
	}
	memory.Set(&u.State, f)
}

// fill puts the scores of an answer into those of its site.
func (c *chart) fill(got engine.Patched, blocks int) {
	if got.Cells == 0 {
		return
	}
	of := scores{got.Cells, slices.Clone(c.scores[c.asked.site].list)}
	if len(of.list) != blocks*got.Cells {
		of.list = make([]score, blocks*got.Cells)
	}
	for i, v := range got.Scores {
		if at := c.asked.from + i; at < len(of.list) && i < len(got.Places) {
			of.list[at] = score{v, got.Places[i], true}
		}
	}
	if c.scores = maps.Clone(c.scores); c.scores == nil {
		c.scores = map[lab.Site]scores{}
	}
	c.scores[c.asked.site] = of
	for i := range got.Scores {
		if !c.free(c.asked.site, (c.asked.from+i)%got.Cells) {
			c.Done++
		}
	}
}
