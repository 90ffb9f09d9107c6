package ranking

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Table is the table of all tokens of a long vocabulary by rank, with a search: a page of
// it at a time, for the page has no more of it.
type Table struct{ Screen *feature.Screen }

// table is what the reader has open.
func (c *Table) table() State { return Of(c.Screen.State) }

// Open reports whether the table is there.
func (c *Table) Open() bool { return c.table().Rank > 0 }

// Expanded says so.
func (c *Table) Expanded() string { return feature.Choose(c.Open(), "true", "false") }

// Title says what the table holds.
func (c *Table) Title() string {
	return say.Ranking.Title(c.Screen.State.Config.Vocab)
}

// Toggle opens or closes the table.
func (c *Table) Toggle() {
	if c.Open() {
		c.show(0)
	} else {
		c.show(1)
	}
}

// show turns to the page of a rank, counted from 1.
func (c *Table) show(rank int) { c.Screen.Send(Moved{rank}) }

// Sought is what is looked for.
func (c *Table) Sought() string { return c.table().Find }

// Typed takes over what is looked for.
func (c *Table) Typed(event vugu.DOMEvent) {
	c.Screen.Send(feature.TokenSought{Find: event.PropString("target", "value")})
}

// Entered goes to the best match.
func (c *Table) Entered(event vugu.DOMEvent) {
	if found := c.Found(); event.PropString("key") == "Enter" && !event.PropBool("isComposing") && len(found) > 0 {
		event.PreventDefault()
		c.show(found[0].Rank + 1)
	}
}

// Found lists what the search found.
func (c *Table) Found() []engine.Ranked {
	if r := c.table().Page; r != nil && c.table().Find != "" {
		return r.Found
	}
	return nil
}

// Answer says where the best match stands, and how many others there are.
func (c *Table) Answer() string {
	t, found := c.table(), c.Found()
	switch {
	case t.Find == "" || t.Page == nil:
		return say.Ranking.NothingSought()
	case len(found) == 0:
		return say.Ranking.NothingFound(t.Find)
	}
	text := say.Ranking.BestMatch(found[0].Text, found[0].Rank+1, t.Page.Total)
	switch others := t.Page.Matches - 1; {
	case others <= 0:
		return text
	case t.Page.Matches > len(found):
		return text + " " + say.Ranking.BestOfOtherMatches(others, len(found)-1)
	default:
		return text + " " + say.Ranking.OtherMatches(others)
	}
}

// Jump goes to a token that was found.
func (c *Table) Jump(i int) {
	if found := c.Found(); i < len(found) {
		c.show(found[i].Rank + 1)
	}
}

// Rows are the ranks of the page.
func (c *Table) Rows() []engine.Ranked {
	if r := c.table().Page; r != nil {
		return r.Rows
	}
	return nil
}

// Caption says which ranks these are, and after what.
func (c *Table) Caption() string {
	s, rows := c.Screen.State, c.Rows()
	if len(rows) == 0 {
		return feature.Choose(len(s.Tokens) == 0, say.Ranking.NoRanks(), say.Ranking.RanksComing())
	}
	first, last, all := rows[0].Rank+1, rows[len(rows)-1].Rank+1, c.table().Page.Total
	text := say.Ranking.Ranks(first, last, all)
	if n := len(s.Tokens); n > 0 {
		text = say.Ranking.RanksAfter(first, last, all, s.Tokens[n-1].Text)
	}
	if s.Sampling.Temperature == 0 {
		return say.Ranking.AllButFirstDropped(text)
	}
	return text
}

// Count writes a rank, counted from 1.
func (c *Table) Count(r engine.Ranked) string { return say.Count(r.Rank + 1) }

// Logit writes the logit of a row.
func (c *Table) Logit(r engine.Ranked) string { return say.Rounded(r.Logit) }

// Share writes its probability, and Sum that of all down to it.
func (c *Table) Share(r engine.Ranked) string { return view.Small(r.Probability) }

// Sum writes the probabilities down to the row, summed.
func (c *Table) Sum(r engine.Ranked) string { return view.Small(r.Cumulative) }

// Class tells what is sought or selected, and what can't be drawn.
func (c *Table) Class(r engine.Ranked) string {
	class := feature.Choose(r.Dropped != "", "cut", "")
	if found := c.Found(); c.chosen(r) || len(found) > 0 && found[0].ID == r.ID {
		class += " this"
	}
	return strings.TrimSpace(class)
}

// chosen reports whether the selected number is about this token.
func (c *Table) chosen(r engine.Ranked) bool {
	s := c.Screen.State
	return s.Cell != nil && s.Cell.Name == c.probabilities() && s.Cell.Col == r.ID && s.Cell.Row == len(s.Tokens)-1
}

// Pressed says so.
func (c *Table) Pressed(r engine.Ranked) string {
	return feature.Choose(c.chosen(r), "true", "false")
}

// probabilities is the step that makes those of the tokens.
func (c *Table) probabilities() string {
	_, name := c.Screen.State.Locate(run.StepOf(model.PartSoftmax, model.OpSoftmax))
	return name
}

// Choose selects the probability of a token, which shows how it was computed.
func (c *Table) Choose(r engine.Ranked) {
	c.Screen.Send(feature.CellChosen{Cell: &run.Cell{Name: c.probabilities(), Row: len(c.Screen.State.Tokens) - 1, Col: r.ID}})
}

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Table) TokenClass(r engine.Ranked) string { return "token" + view.TokenClass(r.Text) }

// ID writes the id of a token.
func (c *Table) ID(r engine.Ranked) string { return strconv.Itoa(r.ID) }

// Dropped says why a token can't be drawn.
func (c *Table) Dropped(r engine.Ranked) string { return DroppedBy(c.Screen.State, r) }

// Remark adds what else is to be said of a token.
func (c *Table) Remark(r engine.Ranked) string {
	switch dropped := c.Dropped(r); {
	case !r.Unseen:
		return dropped
	case dropped == "":
		return say.Ranking.NeverSeen()
	default:
		return say.Ranking.DroppedNeverSeen(dropped)
	}
}

// Small stands below a token: its id, and what else is to be said of it.
func (c *Table) Small(r engine.Ranked) string {
	if said := c.Remark(r); said != "" {
		return c.ID(r) + " · " + said
	}
	return c.ID(r)
}

// Label reads the button of a token aloud.
func (c *Table) Label(r engine.Ranked) string {
	if said := c.Remark(r); said != "" {
		return say.Ranking.TokenRemark(r.Text, r.Rank+1, r.ID, said)
	}
	return say.Ranking.Token(r.Text, r.Rank+1, r.ID)
}

// Key turns the pages: Page Up and Page Down by one, Home and End to the first and last.
func (c *Table) Key(event vugu.DOMEvent) {
	switch event.PropString("key") {
	case "PageUp":
		c.Turn(-1)
	case "PageDown":
		c.Turn(1)
	case "Home":
		c.show(1)
	case "End":
		c.show(c.Screen.State.Config.Vocab)
	default:
		return
	}
	event.PreventDefault()
}

// Edge reports whether there is no page in that direction.
func (c *Table) Edge(pages int) bool {
	rank := c.table().Rank + pages*Rows
	return rank < 1 || rank > c.Screen.State.Config.Vocab
}

// Turn goes on by so many pages.
func (c *Table) Turn(pages int) {
	if !c.Edge(pages) {
		c.show(c.table().Rank + pages*Rows)
	}
}

// First goes to the most likely tokens.
func (c *Table) First() { c.show(1) }

// Last goes to the least likely ones.
func (c *Table) Last() { c.show(c.Screen.State.Config.Vocab) }

// At is what the field of the rank holds.
func (c *Table) At() string { return strconv.Itoa(c.table().Rank) }

// Goes takes over that field; what is no rank leaves the table as it is.
func (c *Table) Goes(event vugu.DOMEvent) {
	if rank, err := strconv.Atoi(strings.TrimSpace(event.PropString("target", "value"))); err == nil && rank > 0 {
		c.show(rank)
	}
}
