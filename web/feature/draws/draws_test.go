package draws_test

import (
	"math"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/draws"
	"glassbox/web/say"
)

func TestEachFilterHasABarAndTheDrawALine(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.Navigated{Hash: "#text=CBABBC&temperature=4&k=2&draws=1000"})
	c := &draws.Panel{Screen: &s.Root.Screen}
	var titles []string
	for _, b := range c.Bars() {
		titles = append(titles, b.Title())
		end := 0.0
		for _, p := range b.Parts() {
			end += p.Share
		}
		if math.Abs(end-1) > 1e-5 {
			t.Errorf("%s ends at %v", b.Title(), end)
		}
	}
	if got := strings.Join(titles, ", "); got != "As the model gives them, Temperature 4, Top-k 2, What is drawn from" {
		t.Errorf("the bars are %s", got)
	}
	html := s.HTML()
	if strings.Count(html, `class="needle"`) != 1 || !strings.Contains(html, "2 tokens, "+say.Exactly(1)) || !strings.Contains(html, ">cut<") {
		t.Error("the page lacks the line of the draw, what a filter leaves, or what is cut")
	}
}

func TestTheCountsAreOfAllDraws(t *testing.T) {
	s := apptest.OpenShipped(t, "#model=language&text=Anna has a&temperature=1&draws=100")
	c := &draws.Panel{Screen: &s.Root.Screen}
	list := c.Rows()
	n, chance := 0, 0.0
	for _, l := range list {
		n += l.Count
		chance += l.Sampled
	}
	if n != 100 || math.Abs(chance-1) > 1e-6 || len(list) < 9 || list[len(list)-1].Text == "" {
		t.Errorf("%d of 100 draws are counted, of chances that sum to %v", n, chance)
	}
	s.Press("data-draws", "10000")
	s.Last(draws.Counted{N: 10000})
	if !strings.Contains(s.State.Hash(), "draws=10000") || !draws.Of(&s.State).Fresh(&s.State) {
		t.Errorf("the link is %s", s.State.Hash())
	}
	s.Press("id", "draws-save")
	file, ok := s.Acts[len(s.Acts)-1].(feature.SaveText)
	if !ok || !strings.HasPrefix(file.Text, "id,token,model,chance,draws\r\n") || strings.Count(file.Text, "\r\n") != len(list)+1 {
		t.Errorf("saved is %+v", file)
	}
}

func TestAtTemperatureZeroThePageSaysThatThereIsNoDraw(t *testing.T) {
	s := apptest.OpenPage(t).Send(draws.Toggled{})
	c := &draws.Panel{Screen: &s.Root.Screen}
	if !c.Greedy() || !strings.Contains(c.Told(), "nothing is left to chance") {
		t.Errorf("it says %q", c.Told())
	}
	s.Press("id", "draws-warm")
	if s.State.Sampling.Temperature != 1 || c.Greedy() || !strings.Contains(c.Told(), "The random number is 0.") {
		t.Errorf("at temperature %v it says %q", s.State.Sampling.Temperature, c.Told())
	}
}

func TestDrawsFollowTheText(t *testing.T) {
	r := apptest.Open(t, "#draws=10&temperature=1")
	r.Slow = true
	r.Send(feature.PromptChanged{Text: "CBA"})
	r.DeliverOne()
	r.Expect("fresh before the answer", draws.Of(&r.S).Fresh(&r.S), false)
	r.Deliver().Expect("fresh", draws.Of(&r.S).Fresh(&r.S), true)
	r.Send(feature.PromptChanged{Text: ""}).Deliver()
	r.Send(feature.KeyPressed(r.S, "Escape")).Expect("the mode after Escape", r.S.Mode, "")
	if r := apptest.Open(t, "#draws=7"); !strings.Contains(r.S.Notice, "draws") {
		t.Errorf("7 draws are taken without a word: %q", r.S.Notice)
	}
}

func TestAnEmptyTextSaysWhyThereIsNothing(t *testing.T) {
	s := apptest.OpenPage(t).Send(draws.Toggled{}, feature.PromptChanged{Text: ""})
	if c := (&draws.Panel{Screen: &s.Root.Screen}); c.Some() || !strings.Contains(c.Why(), "There is no text") {
		t.Errorf("it says %q", c.Why())
	}
}
