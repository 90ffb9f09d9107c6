package lens_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/lens"
	"glassbox/web/run"
)

// drawn returns the grid as it stands on a reader's page; what it wishes of the browser comes to act.
func drawn(r *apptest.Reader, act func(Action)) *lens.Grid {
	c := &lens.Grid{Screen: &Screen{State: &r.S, OnMsg: func(m Msg) { r.Send(m) }, OnAction: act}}
	c.Compute(nil)
	return c
}

// asked counts the places that were asked of the engine.
func asked(r *apptest.Reader) (n int) {
	for _, c := range r.Commands {
		if s, ok := c.(Send); ok && s.Request.Lab != nil && s.Request.Lab.Lens != nil {
			l := s.Request.Lab.Lens
			n += (l.Last - l.Step) * (l.To - l.Row)
		}
	}
	return n
}

func TestTheLastRowOfTheLensIsTheModelsAnswer(t *testing.T) {
	r := apptest.Open(t, "").Send(lens.Toggled{})
	c := drawn(r, nil)
	r.Expect("rows", len(c.Rows()), 7).Expect("columns", len(c.Columns()), 6).Expect("places that were computed", asked(r), 43) // the answer twice: its rank is asked for once it is known
	best := r.S.Candidates[0]
	for _, x := range r.S.Candidates {
		if x.Probability > best.Probability {
			best = x
		}
	}
	r.Expect("the last row says", c.Word(6, 5), best.Text)
	if at := lens.At(&r.S); at != (lens.Spot{Step: 6, Row: 5}) {
		t.Errorf("it opens at %+v", at)
	}
	p := &lens.Place{Screen: c.Screen}
	p.Compute(nil)
	r.Expect("the chance", p.Share(p.Top()[0]), p.Chance()).Expect("the rank", p.Way()[3].Value, "1")
	if _, place := Spoken(r.S); !strings.Contains(place, "after feed-forward in block 3, at") {
		t.Errorf("read aloud is %q", place)
	}
}

func TestArrowKeysGoFromPlaceToPlaceAndTheLinkFollows(t *testing.T) {
	r := apptest.Open(t, "").Send(lens.Toggled{})
	var focus string
	c := drawn(r, func(a Action) { focus = a.(Focus).ID })
	press := func(key string) *apptest.Event {
		c.Compute(nil)
		e := &apptest.Event{Key: key, ID: "lens-6-5"}
		c.Key(e)
		return e
	}
	for _, key := range []string{"ArrowUp", "ArrowUp", "ArrowLeft"} {
		if !press(key).Prevented {
			t.Errorf("the page scrolls at %s", key)
		}
	}
	r.Expect("the link", r.S.Hash(), "#lens=4.4").Expect("the focus", focus, "lens-4-4").Expect("an entry", apptest.LastOf[SetHash](r).Push, false)
	press("PageDown")
	press("ArrowDown") // the last row stays
	press("Home")
	r.Expect("the link", r.S.Hash(), "#lens=6.0")
	press("ArrowLeft")
	r.Expect("the link", r.S.Hash(), "#lens=6.0")
	if press("x").Prevented {
		t.Error("another key is taken")
	}
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape", r.S.Mode, "")
}

func TestALinkOpensTheLensAtItsPlace(t *testing.T) {
	r := apptest.Open(t, "#lens=3.2&lens-token=1")
	r.Expect("the place", lens.At(&r.S), lens.Spot{Step: 3, Row: 2}).Expect("the token", lens.Of(&r.S).Token, 1).Expect("the link", r.S.Hash(), "#lens=3.2&lens-token=1")
	r = apptest.Open(t, "#lens=99.99&lens-token=7")
	r.Expect("beyond the end", lens.At(&r.S), lens.Spot{Step: 6, Row: 5}).Expect("no token", lens.Of(&r.S).Token, -1)
	r = apptest.Open(t, "#lens=x")
	r.Expect("what is no place", r.S.Mode, "")
	if !strings.Contains(r.S.Notice, "no place of the logit lens") {
		t.Errorf("the notice is %q", r.S.Notice)
	}
}

func TestAnotherTextIsComputedFromWhereItIsAnother(t *testing.T) {
	r := apptest.Open(t, "").Send(lens.Toggled{})
	before := asked(r)
	r.Send(PromptChanged{Text: "CBABBA"}).Wait()
	if n := asked(r) - before; n != 8 {
		t.Errorf("after another last letter %d places are computed; expected its 7, the answer twice", n)
	}
	before = asked(r)
	r.Slow = true
	r.Send(PromptChanged{Text: "ABABBA"}).Wait()
	r.DeliverOne()
	if c := drawn(r, nil); c.Word(3, 0) == "" || !strings.Contains(c.CellClass(3, 0), "stale") {
		t.Errorf("until it comes anew, %q stands there with the class %q", c.Word(3, 0), c.CellClass(3, 0))
	}
	r.Slow = false
	r.Deliver()
	if n := asked(r) - before; n != 43 {
		t.Errorf("after another first letter %d places are computed; expected all 42, the answer twice", n)
	}
	before = asked(r)
	r.Send(EditsChanged{Edits: []run.Edit{{Spec: "off:h.0.mlp"}}}).Wait()
	if n := asked(r) - before; n != 43 {
		t.Errorf("after an edit %d places are computed; expected all 42, the answer twice", n)
	}
}

func TestALongComputationTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(lens.Toggled{})
	for _, timer := range r.Timers {
		r.Send(timer.Msg)
	}
	c := drawn(r, nil)
	r.Expect("it tells", c.Slow(), true).Expect("how far", c.Done(), "0").Expect("in words", c.Left(), "42 places to come")
	r.DeliverOne()
	c.Compute(nil)
	if c.Done() == "0" || !strings.Contains(c.Left(), "about") {
		t.Errorf("after a first answer %s %% are done; %s", c.Done(), c.Left())
	}
	c.StopNow()
	r.Deliver()
	sent := asked(r)
	c.Compute(nil)
	r.Expect("stopped", c.Halted(), true).Expect("slow", c.Slow(), false)
	if !strings.Contains(c.Why(), "left") {
		t.Errorf("stopped, it says %q", c.Why())
	}
	c.GoOn()
	r.Slow = false
	r.Deliver()
	if c.Compute(nil); c.Halted() || asked(r) == sent || c.Hidden() != 0 {
		t.Errorf("it does not go on: %d places of %d were asked for", asked(r), sent)
	}
}

func TestWhatCannotBeComputedSaysSo(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(lens.Toggled{})
	r.Mail = nil
	for _, c := range r.Commands {
		if s, ok := c.(Send); ok && s.Request.Lab != nil {
			r.Send(Replied{Reply: engine.Reply{ID: s.Request.ID, Error: "memory is full"}})
		}
	}
	c := drawn(r, nil)
	r.Expect("halted", c.Halted(), true).Expect("why", c.Why(), "This could not be computed. Memory is full.")
	c.GoOn()
	r.Expect("asked again", len(r.Mail), 1)
}

func TestRowsOutOfViewComeWhenTheyAreLookedAt(t *testing.T) {
	r := apptest.Open(t, "").Send(lens.Scrolled{First: 0, Last: 2}, lens.Toggled{})
	c := drawn(r, nil)
	r.Expect("rows that wait", c.Hidden(), 3)
	r.Send(lens.Scrolled{First: 1, Last: 3})
	c.Compute(nil)
	r.Expect("rows that wait", c.Hidden(), 2)
	c.Complete()
	c.Compute(nil)
	r.Expect("rows that wait", c.Hidden(), 0).Expect("the first row above the last says", c.Word(5, 0) != "", true)
}

func TestTheRankOfAnyTokenIsPlotted(t *testing.T) {
	r := apptest.Words(t).Send(lens.Toggled{})
	said := drawn(r, nil)
	last := len(said.Rows()) - 1
	r.Expect("the answer's rank", said.Rank(last), "1")
	r.Send(lens.Sought{Text: " red"})
	c := drawn(r, nil)
	r.Expect("the title", c.RankTitle(), "rank of ·red").Expect("plotted in each row", c.Ranked(0) && c.Ranked(last), true)
	if !strings.Contains(r.S.Hash(), "lens-token=") {
		t.Errorf("the link is %s", r.S.Hash())
	}
	if ticks := c.Ticks(); len(ticks) < 2 || ticks[0].Text != "1" {
		t.Errorf("the scale has %v", ticks)
	}
	r.Send(lens.Sought{Text: "no such token"})
	if !strings.Contains(r.S.Notice, "No token holds") {
		t.Errorf("the notice is %q", r.S.Notice)
	}
	r.Slow = true
	r.Send(lens.Sought{Text: " red"}, lens.Sought{Text: " blue"})
	r.Slow = false
	r.Deliver()
	r.Expect("of two that were looked for", drawn(r, nil).RankTitle(), "rank of ·blue")
	r.Send(lens.TokenChosen{ID: lens.Of(&r.S).Token}).Expect("pressed again", lens.Of(&r.S).Token, -1)
}

func TestTheGridIsSavedAsATableAndAsAPicture(t *testing.T) {
	r := apptest.Open(t, "").Send(lens.Toggled{})
	var saved []SaveText
	c := drawn(r, func(a Action) { saved = append(saved, a.(SaveText)) })
	c.Take("csv")
	c.Take("svg")
	if len(saved) != 2 {
		t.Fatalf("%d files were saved", len(saved))
	}
	rows, err := csv.NewReader(strings.NewReader(saved[0].Text)).ReadAll()
	if err != nil || len(rows) != 1+42*3 {
		t.Errorf("the table has %d lines, %v; expected %d", len(rows), err, 1+42*3)
	}
	svg := xml.NewDecoder(strings.NewReader(saved[1].Text))
	for {
		if _, err := svg.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(saved[1].Text, "<rect"); n != 43 {
		t.Errorf("the picture has %d rectangles", n)
	}
}

func TestToolsOfTheLabOfferTheLens(t *testing.T) {
	r := apptest.Open(t, "")
	tools := lens.Feature().Tools(&r.S)
	r.Send(tools[0].Go).Expect("the mode", r.S.Mode, "lens").Expect("in use", lens.Feature().Tools(&r.S)[0].On, true)
	r.Send(tools[0].Go).Expect("the mode", r.S.Mode, "")
}

// Nobody waits for a grid that is closed, and one that goes on after a rest tells so again.
func TestTheTimeOfAClosedGridIsNotCounted(t *testing.T) {
	r := apptest.Open(t, "")
	tick := func() {
		timers := r.Timers
		r.Timers = nil
		for _, timer := range timers {
			r.Send(timer.Msg)
		}
	}
	r.Slow = true
	r.Send(lens.Toggled{}, lens.Paused{On: true})
	tick()
	r.Expect("ticks of what is stopped", len(r.Timers), 0)
	r.Send(lens.Paused{})
	r.DeliverOne()
	tick()
	r.Expect("it tells when it goes on", drawn(r, nil).Slow(), true)
	r.Send(lens.Toggled{})
	tick()
	tick()
	r.Expect("ticks of what is closed", len(r.Timers), 0)
}
