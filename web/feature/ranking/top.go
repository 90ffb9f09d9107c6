package ranking

import (
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Top is the table on the scene, beside the panels over the vocabulary: the most likely next tokens in readable rows, and
// the rest counted.
type Top struct{ Screen *feature.Screen }

// A top is what that table holds.
type top struct {
	asked, here after
	page        *engine.Ranking // nil: not here yet
}

// after says after which token of which run.
type after struct{ run, back int }

var tops = feature.MemoryOf[top]("ranking.top")

// forTop is what the engine is asked for.
const forTop feature.Purpose = "ranking.top"

// at reports whether the reader is where the table belongs: where next tokens get their numbers.
func at(s *feature.State) bool {
	switch s.Stage {
	case run.StageOutput, run.StageSoftmax, run.StageSample:
		return s.Mode == "" && s.Applied != 0 && len(s.Tokens) > 0 && !s.Replayed()
	}
	return false
}

// hasTop reports whether the table is there, with the numbers of what is shown.
func hasTop(c *feature.Screen) bool {
	t := tops.Get(c.State)
	return at(c.State) && t.page != nil && len(t.page.Rows) > 0 && t.here.run == c.State.Applied
}

// fetchTop asks for the most likely tokens behind the one in use.
func fetchTop(u *feature.Change) {
	want := after{u.Applied, len(u.Tokens) - 1 - u.TokenInUse()}
	if !at(&u.State) || u.Phase != feature.Ready || u.Suspended() || u.Waits(feature.ForRun) || u.Waits(forTop) || tops.Get(&u.State).asked == want {
		return
	}
	tops.Change(&u.State, func(t *top) { t.asked = want })
	u.Ask(forTop, engine.Request{Rank: &engine.Rank{To: Rows, Back: want.back}})
}

func (c *Top) page() *engine.Ranking { return tops.Get(c.Screen.State).page }

// Rows are the most likely tokens.
func (c *Top) Rows() []engine.Ranked { return c.page().Rows }

// token is the one that they follow.
func (c *Top) token() int { return len(c.Screen.State.Tokens) - 1 - tops.Get(c.Screen.State).here.back }

// Title says after which token.
func (c *Top) Title() string {
	return say.Ranking.TopTitle(c.Screen.State.Tag(c.token()))
}

// Drawn reports whether they follow the last token, of which one is drawn.
func (c *Top) Drawn() bool { return tops.Get(c.Screen.State).here.back == 0 }

// Class tells the style sheet which number the stage is about.
func (c *Top) Class() string {
	return "top-ten " + string(c.column().Stage) + feature.Choose(c.Screen.State.Muted, " muted", "") + feature.Choose(c.More() == "", "", " more")
}

// column is the number that a row leads to: the one that the stage makes.
func (c *Top) column() run.Location {
	switch s := c.Screen.State; {
	case s.Stage == run.StageOutput:
		return run.Location{Stage: s.Stage, Part: model.PartOutput, Op: model.OpUnembed}
	case s.Stage == run.StageSample && c.Drawn():
		return run.Location{Stage: s.Stage, Part: model.PartSample, Op: model.OpShare}
	}
	return run.Location{Stage: run.StageSoftmax, Part: model.PartSoftmax, Op: model.OpSoftmax}
}

// cell is the number of a row.
func (c *Top) cell(r engine.Ranked) run.Cell {
	_, name := c.Screen.State.Locate(c.column())
	info, _ := c.Screen.State.Info(name)
	return run.Cell{Name: name, Row: min(c.token(), info.Rows-1), Col: r.ID}
}

// Panel is the tensor beside which the table stands.
func (c *Top) Panel() string { return c.cell(c.Rows()[0]).Name }

// Choose pins the number of a row, which shows how it came about.
func (c *Top) Choose(r engine.Ranked) {
	cell := c.cell(r)
	c.Screen.Send(feature.CellChosen{Cell: &cell})
}

// Chosen reports whether that is so.
func (c *Top) Chosen(r engine.Ranked) string {
	pinned := c.Screen.State.Cell
	return feature.Choose(pinned != nil && *pinned == c.cell(r), "true", "false")
}

// Follows reports whether a token is the one that was drawn, or that comes next in the text.
func (c *Top) Follows(r engine.Ranked) bool {
	s, t := c.Screen.State, c.token()
	if t+1 < len(s.Tokens) {
		return s.Tokens[t+1].ID == r.ID
	}
	return s.Drawn != nil && s.Drawn.ID == r.ID
}

// RowClass lights the one that follows, and greys those that are cut.
func (c *Top) RowClass(i int) string {
	r := c.Rows()[i]
	class := feature.Choose(c.Follows(r), "this", "")
	if r.Dropped != "" {
		class += feature.Choose(i > 0 && c.Rows()[i-1].Dropped == "", " cut first", " cut")
	}
	return strings.TrimSpace(class)
}

// Label reads the button of a row aloud: what it leads to.
func (c *Top) Label(r engine.Ranked) string {
	switch c.column().Op {
	case model.OpUnembed:
		return say.Ranking.TopLogit(r.Text, c.Rank(r), c.Logit(r))
	case model.OpShare:
		return say.Ranking.TopChance(r.Text, c.Rank(r), c.Cut(r))
	}
	return say.Ranking.TopProbability(r.Text, c.Rank(r), c.Share(r))
}

// Rank counts from 1.
func (c *Top) Rank(r engine.Ranked) string { return say.Count(r.Rank + 1) }

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Top) TokenClass(r engine.Ranked) string { return "token" + view.TokenClass(r.Text) }

// Logit, Share and Cut write the numbers of a row; Cut is the chance with which the token is drawn, or what cuts it.
func (c *Top) Logit(r engine.Ranked) string { return say.Fixed(float64(r.Logit), 2) }

// Share is described at Logit.
func (c *Top) Share(r engine.Ranked) string { return say.Percent(r.Probability) }

// Cut is described at Logit.
func (c *Top) Cut(r engine.Ranked) string {
	if by := DroppedBy(c.Screen.State, r); by != "" {
		return by
	}
	return c.Screen.State.Chance(r.Sampled)
}

// Kept says to a translator that what stands there is a number, "no", or says which filter cut the token.
func (c *Top) Kept(r engine.Ranked) string {
	return feature.Choose(DroppedBy(c.Screen.State, r) == "", "no", "yes")
}

// ShareWidth returns how wide the bar of a probability is.
func (c *Top) ShareWidth(r engine.Ranked) string { return width(float64(r.Probability)) }

// reach returns the numbers at the ends of the bars of logits: 0 lies between them.
func (c *Top) reach() (low, high float64) {
	for _, r := range c.Rows() {
		low, high = min(low, float64(r.Logit)), max(high, float64(r.Logit))
	}
	if low == high {
		high = 1
	}
	return low, high
}

// LogitStart and LogitWidth say where the bar of a logit begins and how wide it is: it reaches from 0 to either side.
func (c *Top) LogitStart(r engine.Ranked) string {
	low, high := c.reach()
	return width((min(float64(r.Logit), 0) - low) / (high - low))
}

// LogitWidth is described at LogitStart.
func (c *Top) LogitWidth(r engine.Ranked) string {
	low, high := c.reach()
	return width(max(float64(r.Logit), -float64(r.Logit)) / (high - low))
}

// LogitClass tells the sign of a logit.
func (c *Top) LogitClass(r engine.Ranked) string {
	return feature.Choose(r.Logit < 0, "logit below", "logit")
}

func width(share float64) string { return view.Share(share) }

// More says how many tokens are left out; "" none.
func (c *Top) More() string {
	if n := c.page().Total - len(c.Rows()); n > 0 {
		return say.Ranking.TopMore(n)
	}
	return ""
}

// Rest writes the probability of those together, RestCut their chance to be drawn.
func (c *Top) Rest() string {
	return say.Percent(max(0, 1-c.last().Cumulative))
}

// RestCut is described at Rest.
func (c *Top) RestCut() string {
	if last := c.last(); last.Dropped != "" { // and so are those behind it
		return DroppedBy(c.Screen.State, last)
	}
	left := float32(1)
	for _, r := range c.Rows() {
		left -= r.Sampled
	}
	return say.Percent(max(0, left))
}

// RestClass tells whether they are cut.
func (c *Top) RestClass() string { return feature.Choose(c.last().Dropped != "", "rest", "") }

func (c *Top) last() engine.Ranked { return c.Rows()[len(c.Rows())-1] }
