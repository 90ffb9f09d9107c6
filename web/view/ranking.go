package view

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Ranking is the table of all tokens of a long vocabulary by rank, with a search: a page of
// it at a time, for the page has no more of it.
type Ranking struct{ Screen *feature.Screen }

// Open reports whether the table is there.
func (c *Ranking) Open() bool { return c.Screen.State.Rank > 0 }

// Expanded says so.
func (c *Ranking) Expanded() string { return feature.Choose(c.Open(), "true", "false") }

// Title says what the table holds.
func (c *Ranking) Title() string {
	return "All " + say.Count(c.Screen.State.Config.Vocab) + " tokens by rank"
}

// Toggle opens or closes the table.
func (c *Ranking) Toggle() { c.show(pick(c.Open(), 0, 1)) }

// show turns to the page of a rank, counted from 1.
func (c *Ranking) show(rank int) { c.Screen.Send(feature.RankingMoved{Rank: rank}) }

// pick is choose for numbers.
func pick(condition bool, a, b int) int {
	if condition {
		return a
	}
	return b
}

// Sought takes over the search.
func (c *Ranking) Sought(event vugu.DOMEvent) {
	c.Screen.Send(feature.TokenSought{Find: event.PropString("target", "value")})
}

// Entered goes to the best match.
func (c *Ranking) Entered(event vugu.DOMEvent) {
	if found := c.Found(); event.PropString("key") == "Enter" && !event.PropBool("isComposing") && len(found) > 0 {
		event.PreventDefault()
		c.show(found[0].Rank + 1)
	}
}

// Found lists what the search found.
func (c *Ranking) Found() []feature.Ranked {
	if r := c.Screen.State.Ranking; r != nil && c.Screen.State.Find != "" {
		return r.Found
	}
	return nil
}

// Answer says where the best match stands, and how many others there are.
func (c *Ranking) Answer() string {
	s := c.Screen.State
	found := c.Found()
	switch {
	case s.Find == "" || s.Ranking == nil:
		return "A token is a word with the space before it, or a part of one. Type a text or an id."
	case len(found) == 0:
		return "No token holds “" + s.Find + "”. Longer words are made of several tokens: the Tokenize stage shows which."
	}
	text := found[0].Text + " has rank " + say.Count(found[0].Rank+1) + " of " + say.Count(s.Ranking.Total) + "."
	if n := s.Ranking.Matches - 1; n > 0 {
		text += " " + say.Count(n) + feature.Choose(n == 1, " other token matches", " other tokens match")
		if more := s.Ranking.Matches - len(found); more > 0 {
			text += ", the best " + strconv.Itoa(len(found)-1) + " of them below"
		}
		text += "."
	}
	return text
}

// Jump goes to a token that was found.
func (c *Ranking) Jump(i int) { c.show(c.Found()[i].Rank + 1) }

// Rows are the ranks of the page.
func (c *Ranking) Rows() []feature.Ranked {
	if r := c.Screen.State.Ranking; r != nil {
		return r.Rows
	}
	return nil
}

// Caption says which ranks these are, and after what.
func (c *Ranking) Caption() string {
	s, rows := c.Screen.State, c.Rows()
	if len(rows) == 0 {
		return feature.Choose(len(s.Tokens) == 0, "No token can follow yet.", "The ranks are on their way.")
	}
	after := ""
	if n := len(s.Tokens); n > 0 {
		after = " after " + s.Tokens[n-1].Text
	}
	greedy := feature.Choose(s.Sampling.Temperature == 0, "; temperature 0 drops all but the first", "")
	return "ranks " + say.Count(rows[0].Rank+1) + "–" + say.Count(rows[len(rows)-1].Rank+1) + " of " + say.Count(s.Ranking.Total) + after + greedy
}

// Count writes a rank, counted from 1.
func (c *Ranking) Count(r feature.Ranked) string { return say.Count(r.Rank + 1) }

// Logit writes the logit of a row.
func (c *Ranking) Logit(r feature.Ranked) string { return Rounded(float64(r.Logit)) }

// Share writes its probability, and Sum that of all down to it.
func (c *Ranking) Share(r feature.Ranked) string { return Small(r.Probability) }

// Sum writes the probabilities down to the row, summed.
func (c *Ranking) Sum(r feature.Ranked) string { return Small(r.Cumulative) }

// Class tells what is sought or selected, and what can't be drawn.
func (c *Ranking) Class(r feature.Ranked) string {
	class := feature.Choose(r.Dropped != "", "cut", "")
	if found := c.Found(); c.chosen(r) || len(found) > 0 && found[0].ID == r.ID {
		class += " this"
	}
	return strings.TrimSpace(class)
}

// chosen reports whether the selected number is about this token.
func (c *Ranking) chosen(r feature.Ranked) bool {
	s := c.Screen.State
	return s.Cell != nil && s.Cell.Name == c.probabilities() && s.Cell.Col == r.ID && s.Cell.Row == len(s.Tokens)-1
}

// Pressed says so.
func (c *Ranking) Pressed(r feature.Ranked) string {
	return feature.Choose(c.chosen(r), "true", "false")
}

// probabilities is the step that makes those of the tokens.
func (c *Ranking) probabilities() string {
	_, name := c.Screen.State.Locate(run.StepOf(model.PartSoftmax, model.OpSoftmax))
	return name
}

// Choose selects the probability of a token, which shows how it was computed.
func (c *Ranking) Choose(r feature.Ranked) {
	c.Screen.Send(feature.CellChosen{Cell: &run.Cell{Name: c.probabilities(), Row: len(c.Screen.State.Tokens) - 1, Col: r.ID}})
}

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Ranking) TokenClass(r feature.Ranked) string { return "token" + TokenClass(r.Text) }

// ID writes the id of a token.
func (c *Ranking) ID(r feature.Ranked) string { return strconv.Itoa(r.ID) }

// Dropped says why a token can't be drawn.
func (c *Ranking) Dropped(r feature.Ranked) string { return c.Screen.State.DroppedBy(r) }

// Remark adds what else is to be said of a token.
func (c *Ranking) Remark(r feature.Ranked) string {
	said := c.Dropped(r)
	if r.Unseen {
		said = feature.Choose(said == "", "", said+", ") + "never seen"
	}
	return said
}

// Small stands below a token: its id, and what else is to be said of it.
func (c *Ranking) Small(r feature.Ranked) string {
	if said := c.Remark(r); said != "" {
		return c.ID(r) + " · " + said
	}
	return c.ID(r)
}

// Label reads the button of a token aloud.
func (c *Ranking) Label(r feature.Ranked) string {
	text := "Token " + r.Text + ", id " + c.ID(r) + ", rank " + c.Count(r)
	if said := c.Remark(r); said != "" {
		text += ", " + said
	}
	return text
}

// Key turns the pages: Page Up and Page Down by one, Home and End to the first and last.
func (c *Ranking) Key(event vugu.DOMEvent) {
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
func (c *Ranking) Edge(pages int) bool {
	rank := c.Screen.State.Rank + pages*feature.RankingRows
	return rank < 1 || rank > c.Screen.State.Config.Vocab
}

// Turn goes on by so many pages.
func (c *Ranking) Turn(pages int) {
	if !c.Edge(pages) {
		c.show(c.Screen.State.Rank + pages*feature.RankingRows)
	}
}

// First goes to the most likely tokens.
func (c *Ranking) First() { c.show(1) }

// Last goes to the least likely ones.
func (c *Ranking) Last() { c.show(c.Screen.State.Config.Vocab) }

// At is what the field of the rank holds.
func (c *Ranking) At() string { return strconv.Itoa(c.Screen.State.Rank) }

// Goes takes over that field; what is no rank leaves the table as it is.
func (c *Ranking) Goes(event vugu.DOMEvent) {
	if rank, err := strconv.Atoi(strings.TrimSpace(event.PropString("target", "value"))); err == nil && rank > 0 {
		c.show(rank)
	}
}
