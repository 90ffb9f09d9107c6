package patching

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/model/lab"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Detail is what there is to say about the map and the chosen place, in the inspector.
type Detail struct {
	Screen *feature.Screen

	state State
}

// BeforeBuild takes over the state.
func (c *Detail) BeforeBuild() { c.state = Of(c.Screen.State) }

// Text is the corrupt text.
func (c *Detail) Text() string { return c.state.Text }

// Typed takes over what the reader writes.
func (c *Detail) Typed(event vugu.DOMEvent) {
	c.Screen.Send(Typed{event.PropString("target", "value")})
}

// Said says how the texts differ; what is wrong with them stands in the place of the map.
func (c *Detail) Said() string {
	chart := c.state.chart
	switch {
	case c.Made():
		return say.Patching.OnPage()
	case why(c.Screen.State) != "" || chart.begun == nil || chart.stale:
		return ""
	}
	n := 0
	for i, t := range chart.begun.Tokens {
		if i < len(chart.clean) && t.ID != chart.clean[i].ID {
			n++
		}
	}
	return say.Patching.Differ(n)
}

// Written reports whether the model has written behind the clean text, which makes it too long.
func (c *Detail) Written() bool {
	return !c.Made() && c.state.chart.mismatch() && len(c.Screen.State.Generated) > 0
}

// Reset takes back what it has written.
func (c *Detail) Reset() { c.Screen.Send(feature.ResetPressed{}) }

// Made reports whether a place is an edit of the run on the page.
func (c *Detail) Made() bool { return c.state.Made != nil }

// MadeStory says what the page has now.
func (c *Detail) MadeStory() string {
	return say.Patching.MadeStory(c.state.Text, c.state.Made.Clean)
}

// Now says what the model says to that.
func (c *Detail) Now() string {
	s := c.Screen.State
	if c.state.Made.Edit == "" || len(s.Candidates) == 0 || s.Compared == nil || s.Ran.Text != c.state.Text {
		return ""
	}
	best := s.Candidates[0]
	return say.Patching.Now(best.Text, say.Percent(best.Probability))
}

// Back goes back to the clean text, and takes the focus along.
func (c *Detail) Back() {
	c.Screen.Send(BackPressed{})
	c.Screen.Do(feature.Focus{ID: fieldID})
}

// Model closes the map, so that the model is seen with the edit.
func (c *Detail) Model() {
	if e, err := model.ParseEdit(c.state.Made.Edit); err == nil {
		c.Screen.Follow(e.Name)
		return
	}
	c.Screen.Send(Toggled{})
}

// Mapped reports whether a place can be chosen.
func (c *Detail) Mapped() bool { return len(c.state.chart.scores) > 0 && !c.state.chart.stale }

// at is the place that is spoken of.
func (c *Detail) at() (Spot, bool) {
	if c.state.At == nil {
		return Spot{}, false
	}
	return *c.state.At, true
}

// Known reports whether the score of the place is here.
func (c *Detail) Known() bool {
	at, ok := c.at()
	if ok {
		_, _, ok = c.state.chart.at(c.state.Site, at)
	}
	return ok
}

// Title names the place.
func (c *Detail) Title() string {
	at, ok := c.at()
	switch {
	case !ok:
		return say.Patching.ChooseTitle()
	case c.state.Site == lab.SiteHead:
		return say.Patching.TitleHead(at.Block+1, at.Cell+1)
	}
	return say.Patching.TitleToken(at.Block+1, tokenName(c.Screen.State, at.Cell))
}

// Story says how much of the answer it brings back.
func (c *Detail) Story() string {
	if _, ok := c.at(); !ok {
		return say.Patching.ChooseHint()
	}
	if story := Story(c.Screen.State); story != "" {
		return story
	}
	return say.Patching.PlaceComing()
}

// PlaceName names the panel of the place.
func (c *Detail) PlaceName() string {
	_, place, _ := c.place()
	return say.Patching.ShowPlace(place.Step)
}

func (c *Detail) place() (float64, engine.Place, bool) {
	at, _ := c.at()
	return c.state.chart.at(c.state.Site, at)
}

// Follow goes to the panel of the place.
func (c *Detail) Follow() {
	if _, place, ok := c.place(); ok {
		c.Screen.Follow(place.Step)
	}
}

// Edit makes the place an edit of the run, and takes the focus along.
func (c *Detail) Edit() {
	c.Screen.Send(EditPressed{})
	c.Screen.Do(feature.Focus{ID: backID})
}

// CleanDifference, Difference and CorruptDifference are the differences of the logits of both answers.
func (c *Detail) CleanDifference() string { return say.Fixed(c.state.chart.begun.Clean, 4) }

// Difference is described at CleanDifference.
func (c *Detail) Difference() string {
	score, _, _ := c.place()
	b := c.state.chart.begun
	return say.Fixed(b.Corrupt+score*(b.Clean-b.Corrupt), 4)
}

// CorruptDifference is described at CleanDifference.
func (c *Detail) CorruptDifference() string { return say.Fixed(c.state.chart.begun.Corrupt, 4) }

// Compared reports whether what follows both texts is known.
func (c *Detail) Compared() bool {
	b := c.state.chart.begun
	return b != nil && b.Cells > 0 && !c.state.chart.stale
}

// A Following is a token that may follow, and how likely it is after each text.
type Following struct {
	ID             int
	Text           string
	Clean, Corrupt float32
}

// Next are the tokens that follow the texts, those of the clean one first.
func (c *Detail) Next() (list []Following) {
	b := c.state.chart.begun
	for _, x := range b.CleanNext {
		for _, y := range b.CorruptNext {
			if x.ID == y.ID {
				list = append(list, Following{x.ID, x.Text, x.Probability, y.Probability})
			}
		}
	}
	return list
}

// Width is how long the bar of a chance is.
func (c *Detail) Width(p float32) string { return view.Share(float64(p)) }

// Share writes a chance.
func (c *Detail) Share(p float32) string { return say.Percent(p) }

// IsAnswer reports whether a token is the first answer, or the second one.
func (c *Detail) IsAnswer(which, id int) bool {
	b := c.state.chart.begun
	return which == 0 && b.Token.ID == id || which == 1 && b.Against.ID == id
}

// Choose compares another one.
func (c *Detail) Choose(which int, event vugu.DOMEvent) {
	if id, err := strconv.Atoi(event.PropString("target", "value")); err == nil {
		c.Screen.Send(AnswerChosen{which, id})
	}
}

// Measure says what is measured.
func (c *Detail) Measure() string {
	b := c.state.chart.begun
	return say.Patching.Measure(b.Token.Text, b.Against.Text)
}

// Edits reports whether the page's run has edits, which the map leaves out.
func (c *Detail) Edits() bool { return !c.Made() && len(run.Made(c.Screen.State.Edits)) > 0 }
