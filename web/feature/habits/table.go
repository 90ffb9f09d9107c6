package habits

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/model/lab"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Table shows the scores of all heads, and a name for those that clearly have a habit.
type Table struct{ Screen *feature.Screen }

// Button opens it.
type Button struct{ Screen *feature.Screen }

// Open opens the view, and takes the focus along.
func (c *Button) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// A head has a name if one score is at least clear, and so many times the next one.
const clear, times = 0.4, 2

// Rows is how many heads the table shows at once.
const Rows = 32

func (c *Table) state() State { return Of(c.Screen.State) }

// Close goes back to the panels.
func (c *Table) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Class greys what is no answer to what is asked.
func (c *Table) Class() string {
	return feature.Choose(c.state().Fresh(c.Screen.State), "habits", "habits stale")
}

// Why says why there is nothing new; "" there is.
func (c *Table) Why() string {
	h := c.state()
	switch {
	case h.Error != "":
		return h.Error
	case !h.Fresh(c.Screen.State):
		return say.Habits.Coming()
	case h.Own && len(h.IDs) < 2:
		return say.Habits.NoText()
	}
	return ""
}

// Some reports whether there are scores.
func (c *Table) Some() bool { return len(c.state().Answer.Scores) > 0 && len(c.state().IDs) > 1 }

// Own and Random report on which text the heads are looked at.
func (c *Table) Own() string { return feature.Choose(c.state().Own, "true", "false") }

// Random is the other way round.
func (c *Table) Random() string { return feature.Choose(c.state().Own, "false", "true") }

// ChooseOwn takes the reader's text.
func (c *Table) ChooseOwn() { c.Screen.Send(Asked{0, c.state().Seed + 1}) }

// ChooseRandom takes random tokens.
func (c *Table) ChooseRandom() {
	c.Screen.Send(Asked{c.state().Tokens(c.Screen.State), c.state().Seed + 1})
}

// Half is how many tokens are repeated.
func (c *Table) Half() string { return strconv.Itoa(c.state().Tokens(c.Screen.State)) }

// SetHalf takes over its field; what is no number leaves it as it is.
func (c *Table) SetHalf(event vugu.DOMEvent) {
	if n, err := strconv.Atoi(strings.TrimSpace(event.PropString("target", "value"))); err == nil && n > 0 {
		c.Screen.Send(Asked{n, c.state().Seed + 1})
	}
}

// Seed is that of the random tokens.
func (c *Table) Seed() string { return strconv.FormatUint(c.state().Seed+1, 10) }

// SetSeed takes over its field.
func (c *Table) SetSeed(event vugu.DOMEvent) {
	if n, err := strconv.ParseUint(strings.TrimSpace(event.PropString("target", "value")), 10, 64); err == nil {
		c.Screen.Send(Asked{c.state().Tokens(c.Screen.State), n})
	}
}

// NextSeed takes other tokens.
func (c *Table) NextSeed() {
	c.Screen.Send(Asked{c.state().Tokens(c.Screen.State), c.state().Seed + 2})
}

// Used are the random tokens.
func (c *Table) Used() string {
	var text strings.Builder
	for i, w := range c.state().Answer.Half {
		if i > 0 {
			text.WriteString(" ")
		}
		text.WriteString(w.Text)
	}
	return text.String()
}

// Repeats reports whether the scores are of random tokens.
func (c *Table) Repeats() bool { return len(c.state().Answer.Half) > 0 }

// Writable reports whether the random tokens can stand as a text, and Stands whether they do.
func (c *Table) Writable() bool { return c.state().Answer.Written != "" && !c.Stands() }

// Stands reports whether the text is these tokens.
func (c *Table) Stands() bool {
	s := c.Screen.State
	return c.Repeats() && s.Text == c.state().Answer.Written && len(s.Generated) == 0
}

// EvidenceNote says where a press on a head leads.
func (c *Table) EvidenceNote() string {
	switch {
	case !c.Repeats(), c.Stands():
		return say.Habits.EvidenceHere()
	case c.Writable():
		return say.Habits.EvidenceElsewhere()
	}
	return say.Habits.EvidenceUnwritten()
}

// Write puts them there as the text.
func (c *Table) Write() {
	if text := c.state().Answer.Written; text != "" {
		c.Screen.Send(feature.TextChosen{Text: text})
	}
}

// Edited reports whether the text ran with edits, which are in none of the random ones.
func (c *Table) Edited() bool { return len(run.Made(c.Screen.State.Ran.Edits)) > 0 }

// EditedNote says so.
func (c *Table) EditedNote() string {
	return feature.Choose(c.Repeats(), say.Habits.WithoutEdits(), say.Habits.WithEdits())
}

// Kinds are the columns.
func (c *Table) Kinds() []By { return kinds() }

// Title names a kind, and Means says what such a head looks at.
func (b By) Title() string {
	switch b {
	case ByPrevious:
		return say.Habits.Previous()
	case ByDuplicate:
		return say.Habits.Duplicate()
	case ByInduction:
		return say.Habits.Induction()
	}
	return say.Habits.Sink()
}

// Means says what a head of the kind looks at.
func (b By) Means() string {
	switch b {
	case ByPrevious:
		return say.Habits.PreviousMeans()
	case ByDuplicate:
		return say.Habits.DuplicateMeans()
	case ByInduction:
		return say.Habits.InductionMeans()
	}
	return say.Habits.SinkMeans()
}

// score returns that of a kind.
func (b By) score(h lab.HeadScore) float64 {
	switch b {
	case ByPrevious:
		return h.Previous
	case ByDuplicate:
		return h.Duplicate
	case ByInduction:
		return h.Induction
	}
	return h.Sink
}

// Habit returns the kind of a head; ByHead: it is unclear.
func Habit(h lab.HeadScore) By {
	list := kinds()
	slices.SortStableFunc(list, func(a, b By) int {
		switch d := b.score(h) - a.score(h); {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	if best := list[0].score(h); best >= clear && best >= times*list[1].score(h) {
		return list[0]
	}
	return ByHead
}

// Sorts reports by aria-sort whether the heads stand by a score.
func (c *Table) Sorts(b By) interface{} {
	order := feature.Choose(b == ByHead, "ascending", "descending")
	return feature.Mark(b == c.state().By, order)
}

// Sort sorts by a score, or in the order of the model.
func (c *Table) Sort(b By) { c.Screen.Send(Sorted{b}) }

// sorted are all heads in their order.
func (c *Table) sorted() []lab.HeadScore {
	list := slices.Clone(c.state().Answer.Scores)
	if by := c.state().By; by != ByHead {
		sort.SliceStable(list, func(i, k int) bool { return by.score(list[i]) > by.score(list[k]) })
	}
	return list
}

// Heads are those of the page.
func (c *Table) Heads() []lab.HeadScore {
	list := c.sorted()
	from := min(c.page()*Rows, len(list))
	return list[from:min(from+Rows, len(list))]
}

func (c *Table) page() int { return min(c.state().Page, c.Pages()-1) }

// Pages is how many there are.
func (c *Table) Pages() int { return max(1, (len(c.state().Answer.Scores)+Rows-1)/Rows) }

// Edge reports whether there is no page in that direction.
func (c *Table) Edge(pages int) bool {
	page := c.page() + pages
	return page < 0 || page >= c.Pages()
}

// Turn goes on by so many pages.
func (c *Table) Turn(pages int) {
	if !c.Edge(pages) {
		c.Screen.Send(Turned{c.page() + pages})
	}
}

// Shown says which heads the page has.
func (c *Table) Shown() string {
	n := len(c.state().Answer.Scores)
	from := c.page() * Rows
	return say.Habits.Shown(from+1, min(from+Rows, n), n)
}

// Head writes where a head stands, counted from 1: "2.3".
func (c *Table) Head(h lab.HeadScore) string {
	block, head, _, _ := model.ParseHeadName(h.Head)
	return say.Habits.Head(block+1, head+1)
}

// Label reads its button aloud.
func (c *Table) Label(h lab.HeadScore) string {
	block, head, _, _ := model.ParseHeadName(h.Head)
	return say.Habits.Show(block+1, head+1, c.Name(h))
}

// Name is that of its habit.
func (c *Table) Name(h lab.HeadScore) string {
	if k := Habit(h); k != ByHead {
		return k.Title()
	}
	return say.Habits.Unclear()
}

// NameClass marks those that have one.
func (c *Table) NameClass(h lab.HeadScore) string {
	return feature.Choose(Habit(h) == ByHead, "unclear", "")
}

// Score writes one.
func (c *Table) Score(h lab.HeadScore, b By) string { return say.Fixed(b.score(h), 2) }

// Width is that of its bar.
func (c *Table) Width(h lab.HeadScore, b By) string { return view.Share(b.score(h)) }

// CellClass marks the score that gives a head its name.
func (c *Table) CellClass(h lab.HeadScore, b By) string {
	return feature.Choose(Habit(h) == b, "clear", "")
}

// Go leads to what a head looks at in the text.
func (c *Table) Go(h lab.HeadScore) {
	block, _, _, ok := model.ParseHeadName(h.Head)
	if !ok {
		return
	}
	c.Screen.Send(feature.LinkFollowed{Hash: "#stage=" + string(run.PartStage(block, model.PartAttention)) + "&attention=" + h.Head})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Even is what a head would score that looks at all tokens alike.
func (c *Table) Even() lab.HeadScore { return even(c.state().IDs, len(c.state().Answer.Half)) }

// even returns the scores of a head that looks at all tokens alike, on a text; half is how many tokens are repeated, 0 none.
func even(ids []int, half int) (h lab.HeadScore) {
	var repeated, share float64
	for i := 1; i < len(ids); i++ {
		one := 1 / float64(i+1)
		h.Previous += one / float64(len(ids)-1)
		if n := earlier(ids, i, half); n > 0 {
			repeated++
			share += one * float64(n)
		}
	}
	if h.Sink = h.Previous; repeated > 0 {
		h.Duplicate = share / repeated
		h.Induction = h.Duplicate
	}
	return h
}

// earlier counts the places before a token that are the same.
func earlier(ids []int, i, half int) (n int) {
	if half > 0 {
		return min(max(i-half+1, 0), 1)
	}
	for _, id := range ids[:i] {
		if id == ids[i] {
			n++
		}
	}
	return n
}

// Rule says when a head has a name.
func (c *Table) Rule() string { return say.Habits.Rule(say.Fixed(clear, 1), times) }

// Save writes the scores into a file.
func (c *Table) Save() {
	var text strings.Builder
	text.WriteString(export.Line("head", "previous", "duplicate", "induction", "sink"))
	for _, h := range c.sorted() {
		line := []string{h.Head}
		for _, b := range kinds() {
			line = append(line, strconv.FormatFloat(b.score(h), 'g', -1, 64))
		}
		text.WriteString(export.Line(line...))
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), name, string(export.CSV)), Mime: export.CSV.Mime(), Text: text.String()})
}

// told says which head has the highest score of the habit by which they stand, or of looking at the token before, and whether that is
// its habit; "" while scores are not known.
func told(s *feature.State) string {
	h := Of(s)
	if s.Mode != name || !h.Fresh(s) || len(h.Answer.Scores) == 0 {
		return ""
	}
	by := h.By
	if by == ByHead {
		by = ByPrevious
	}
	best, clear := h.Answer.Scores[0], 0
	for _, x := range h.Answer.Scores {
		if by.score(x) > by.score(best) {
			best = x
		}
		if Habit(x) != ByHead {
			clear++
		}
	}
	block, head, _, _ := model.ParseHeadName(best.Head)
	return say.Habits.Told(by.Title(), say.Fixed(by.score(best), 2), head+1, block+1, len(h.Answer.Scores), clear)
}
