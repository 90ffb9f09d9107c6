package habits_test

import (
	"math"
	"strings"
	"testing"

	"glassbox/model/lab"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/habits"
)

func TestEachHeadHasFourScoresOnRandomTokens(t *testing.T) {
	s := apptest.OpenShipped(t, "#model=language&habits=24.1")
	h := habits.Of(&s.State)
	if len(h.Answer.Scores) != 16 || len(h.Answer.Half) != 24 || !h.Fresh(&s.State) {
		t.Fatalf("there are %d scores on %d tokens", len(h.Answer.Scores), len(h.Answer.Half))
	}
	html := s.HTML()
	for _, want := range []string{`data-habit="h.0.attn.head.0"`, `data-habit="h.3.attn.head.3"`, "looking at all alike", "0.4 or more, and at least 2 times the next one", `id="habits-used"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestAHeadIsNamedOnlyWhereOneScoreIsClear(t *testing.T) {
	for _, c := range []struct {
		score lab.HeadScore
		want  habits.By
	}{
		{lab.HeadScore{Previous: 0.9, Sink: 0.1}, habits.ByPrevious},
		{lab.HeadScore{Induction: 0.4, Duplicate: 0.2}, habits.ByInduction},
		{lab.HeadScore{Induction: 0.39}, habits.ByHead},
		{lab.HeadScore{Sink: 0.5, Previous: 0.26}, habits.ByHead},
		{lab.HeadScore{Duplicate: 0.41, Previous: 0.1, Induction: 0.2}, habits.ByDuplicate},
		{lab.HeadScore{}, habits.ByHead},
	} {
		if got := habits.Habit(c.score); got != c.want {
			t.Errorf("%+v is %q; expected %q", c.score, got, c.want)
		}
	}
}

// TestLookingAtAllAlikeIsWhatAHeadScoresWhoseSharesAreEqual: by the definition of the scores, on a text with a repetition.
func TestLookingAtAllAlikeIsWhatAHeadScoresWhoseSharesAreEqual(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PromptChanged{Text: "ABA"}, habits.Toggled{}, habits.Asked{})
	c := &habits.Table{Screen: &s.Root.Screen}
	e := c.Even()
	for _, pair := range [][2]float64{{e.Previous, (1.0/2 + 1.0/3) / 2}, {e.Sink, (1.0/2 + 1.0/3) / 2}, {e.Duplicate, 1.0 / 3}, {e.Induction, 1.0 / 3}} {
		if math.Abs(pair[0]-pair[1]) > 1e-12 {
			t.Errorf("%+v: %v; expected %v", e, pair[0], pair[1])
		}
	}
	s.Send(habits.Asked{Half: 2, Seed: 1})
	if e = c.Even(); math.Abs(e.Duplicate-(1.0/3+1.0/4)/2) > 1e-12 {
		t.Errorf("of two tokens, twice: %+v", e)
	}
}

func TestTheHeadsStandByTheScoreThatIsChosen(t *testing.T) {
	s := apptest.OpenPage(t).Send(habits.Toggled{})
	s.Press("data-by", "induction")
	s.Last(habits.Sorted{By: habits.ByInduction})
	c := &habits.Table{Screen: &s.Root.Screen}
	list := c.Heads()
	for i := range list[1:] {
		if list[i].Induction < list[i+1].Induction {
			t.Errorf("%v stands before %v", list[i], list[i+1])
		}
	}
	if !strings.Contains(s.HTML(), `aria-sort="descending"`) {
		t.Error("nothing says how they are sorted")
	}
}

func TestTextAndSeedAreInTheAddress(t *testing.T) {
	r := apptest.Open(t, "#habits=4.7&habits-by=sink")
	r.Expect("the mode", r.S.Mode, "habits").Expect("the link", r.S.Hash(), "#habits=4.7&habits-by=sink")
	r.Send(habits.Asked{Half: 3, Seed: 8}).Expect("the link", r.S.Hash(), "#habits=3.8&habits-by=sink")
	r.Send(habits.Asked{Half: 0, Seed: 8}).Expect("the link", r.S.Hash(), "#habits=text&habits-by=sink")
	r.Send(feature.KeyPressed(r.S, "Escape")).Expect("the mode after Escape", r.S.Mode, "")
	for _, hash := range []string{"#habits=1", "#habits=many", "#habits=4.x", "#habits=4.1&habits-by=x"} {
		if r := apptest.Open(t, hash); !strings.Contains(r.S.Notice, "habits") {
			t.Errorf("%s is taken without a word: %q", hash, r.S.Notice)
		}
	}
	if r := apptest.Open(t, "#habits=200.1"); habits.Of(&r.S).Tokens(&r.S) != 5 || habits.Of(&r.S).Error != "" {
		t.Errorf("a context of 11 repeats %d tokens: %s", habits.Of(&r.S).Tokens(&r.S), habits.Of(&r.S).Error)
	}
}

func TestAPressOnAHeadShowsWhereItLooks(t *testing.T) {
	s := apptest.OpenPage(t).Send(habits.Toggled{})
	s.Press("data-habit", "h.1.attn.head.2")
	if s.State.Mode != "attention" || !strings.Contains(s.State.Hash(), "attention=h.1.attn.head.2") || strings.Contains(s.State.Hash(), "habits") {
		t.Errorf("it leads to %s", s.State.Hash())
	}
	if s.Send(feature.Navigated{Hash: "#habits=5.1"}); s.State.Mode != "habits" {
		t.Errorf("back leads to %s", s.State.Hash())
	}
}

// TestTheRandomTokensCanBePutThere, which can be undone.
func TestTheRandomTokensCanBePutThere(t *testing.T) {
	s := apptest.OpenPage(t).Send(habits.Toggled{}, habits.Asked{Half: 3, Seed: 2})
	c := &habits.Table{Screen: &s.Root.Screen}
	if !c.Writable() {
		t.Fatal("letters can't be written")
	}
	s.Press("id", "habits-write")
	want := strings.Repeat(strings.ReplaceAll(c.Used(), " ", ""), 2)
	if s.State.Text != want || !c.Stands() || c.Writable() || s.State.Mode != "habits" {
		t.Errorf("there stands %q; expected %q", s.State.Text, want)
	}
	if s.Send(feature.UndoPressed{}); s.State.Text != "CBABBC" {
		t.Errorf("undone is %q", s.State.Text)
	}
}

func TestOneTokenSaysWhyThereIsNothing(t *testing.T) {
	for _, text := range []string{"", "A"} {
		s := apptest.OpenPage(t).Send(habits.Toggled{}, habits.Asked{}, feature.PromptChanged{Text: text})
		c := &habits.Table{Screen: &s.Root.Screen}
		if c.Some() || !strings.Contains(c.Why(), "looks at nothing but itself") {
			t.Errorf("%q: %q", text, c.Why())
		}
	}
}

func TestScoresOfTheTextFollowTheText(t *testing.T) {
	r := apptest.Open(t, "#habits=text")
	r.Slow = true
	r.Send(feature.PromptChanged{Text: "CBA"})
	r.DeliverOne()
	r.Expect("fresh before the answer", habits.Of(&r.S).Fresh(&r.S), false)
	r.Deliver().Expect("fresh", habits.Of(&r.S).Fresh(&r.S), true).Expect("tokens", len(habits.Of(&r.S).IDs), 3)
}

func TestTheScoresAreSavedAsAFile(t *testing.T) {
	s := apptest.OpenPage(t).Send(habits.Toggled{})
	s.Press("id", "habits-save")
	file, ok := s.Acts[len(s.Acts)-1].(feature.SaveText)
	if !ok || !strings.HasPrefix(file.Text, "head,previous,duplicate,induction,sink\r\nh.0.attn.head.0,") || strings.Count(file.Text, "\r\n") != 10 {
		t.Errorf("saved is %+v", file)
	}
}
