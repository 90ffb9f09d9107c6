package contributions_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	why "glassbox/web/feature/contributions"
	"glassbox/web/feature/lens"
)

// drawn returns the bars as they stand on a reader's page; what it wishes of the browser comes to act.
func drawn(r *apptest.Reader, act func(Action)) *why.Chart {
	c := &why.Chart{Screen: &Screen{State: &r.S, OnMsg: func(m Msg) { r.Send(m) }, OnAction: act}}
	c.Compute(nil)
	return c
}

// told returns what the inspector tells.
func told(r *apptest.Reader) *why.Detail {
	c := &why.Detail{Screen: &Screen{State: &r.S, OnMsg: func(m Msg) { r.Send(m) }}}
	c.Compute(nil)
	return c
}

// total sums the bars.
func total(c *why.Chart) (sum float64) {
	for _, b := range c.Bars() {
		sum += b.Value
	}
	return sum
}

// same reports whether two numbers are the same but for rounding.
func same(a, b float64) bool { return math.Abs(a-b) < 1e-4 }

func TestTheBarsSumToTheDifferenceOfTheLogits(t *testing.T) {
	r := apptest.Open(t, "").Send(why.Toggled{})
	c := drawn(r, nil)
	a, b := r.S.Candidates[0], r.S.Candidates[0] // the two most likely
	for _, x := range r.S.Candidates {
		if x.Probability > a.Probability {
			a, b = x, a
		} else if b.ID == a.ID || x.Probability > b.Probability {
			b = x
		}
	}
	r.Expect("the question", c.Title(), "Why "+a.Text+" rather than "+b.Text+"?").Expect("bars", len(c.Bars()), 18)
	if want := float64(a.Logit) - float64(b.Logit); !same(total(c), want) {
		t.Errorf("the bars sum to %v; the logits differ by %v", total(c), want)
	}
	for i, bar := range c.Bars()[1:] {
		if before := c.Bars()[i]; bar.From != before.To() {
			t.Errorf("bar %d begins at %v; the one before ends at %v", i+1, bar.From, before.To())
		}
	}
	if want := "the 18 bars sum to " + strconv.FormatFloat(float64(a.Logit)-float64(b.Logit), 'f', 4, 64); !strings.HasSuffix(c.Check(), want) {
		t.Errorf("beside them stands %q", c.Check())
	}
	c.ChooseB(&apptest.Event{})
	c.Compute(nil)
	r.Expect("of A alone", c.Title(), "Why "+a.Text+"?").Expect("the link", r.S.Hash(), "#why="+strconv.Itoa(a.ID))
	if !same(total(c), float64(a.Logit)) {
		t.Errorf("the bars sum to %v; the logit is %v", total(c), a.Logit)
	}
}

// Where an edit changes the sum itself, the bars don't come to it, and the page says by how much.
func TestBarsThatAnEditMakesMissTheLogitSaySo(t *testing.T) {
	for edit, misses := range map[string]bool{"off:residual": false, "off:ln_f": true, "logits*=2": true, "off:h.0.mlp": false, "off:mask": false} {
		r := apptest.Open(t, "#edit="+edit).Send(why.Toggled{})
		if c := drawn(r, nil); strings.Contains(c.Check(), "stands in no bar") != misses {
			t.Errorf("%s: beside the bars stands %q", edit, c.Check())
		}
	}
}

func TestSortedBarsBeginWithTheLargest(t *testing.T) {
	r := apptest.Open(t, "").Send(why.Toggled{})
	c := drawn(r, nil)
	sum := total(c)
	c.Sort(true)
	c.Compute(nil)
	for i, bar := range c.Bars()[1:] {
		if before := c.Bars()[i]; math.Abs(bar.Value) > math.Abs(before.Value) || bar.From != 0 {
			t.Errorf("%v from %v stands behind %v", bar.Value, bar.From, before.Value)
		}
	}
	r.Expect("the same parts", same(total(c), sum), true).Expect("the link", r.S.Hash(), "#why=next&why-order=size")
}

func TestABarLeadsToItsHead(t *testing.T) {
	r := apptest.Open(t, "").Send(why.Toggled{})
	for _, b := range drawn(r, nil).Bars() {
		drawn(r, nil).Choose(b)
		d := told(r)
		if !d.Here() || d.Name() != b.Name {
			t.Fatalf("the inspector tells of %q; expected %q", d.Name(), b.Name)
		}
		if b.Kind == why.KindHead {
			shares := 0.0
			for _, row := range d.Looks() {
				v, _ := r.S.At(row.Cell.Name, row.Cell.Row, row.Cell.Col)
				shares += float64(v)
			}
			if len(d.Looks()) != 5 || shares < 0.5 || shares > 1.0001 {
				t.Errorf("%s looks at %v", b.Name, d.Looks())
			}
		}
	}
	r.Send(why.PartChosen{Name: "h.1.attn.head.2"})
	if hash := r.S.Hash(); hash != "#why=next&why-part=h.1.attn.head.2" {
		t.Errorf("the link is %s", hash)
	}
	told(r).Show()
	if !strings.HasPrefix(r.S.Panel, "h.1.attn.head.2") || r.S.Covered() {
		t.Errorf("it leads to %q", r.S.Panel)
	}
}

func TestWhatEditsAddHasABarOfItsOwn(t *testing.T) {
	r := apptest.Open(t, "#model=sort&why=next&edit=h.1.attn.proj*=2;h.0.residual_2[5,0]=9")
	c := drawn(r, nil)
	var titles []string
	for _, b := range c.Bars() {
		if b.Kind == why.KindEdit {
			titles = append(titles, c.Spoken(b))
		}
	}
	if len(titles) != 2 || !strings.HasPrefix(titles[0], "what edits add in block 1: ") || !strings.HasPrefix(titles[1], "what edits add in block 2: ") || strings.Contains(c.Check(), "stands in no bar") {
		t.Errorf("the bars of edits are %q: %s", titles, c.Check())
	}
}

func TestAFeedForwardOpensToItsNeurons(t *testing.T) {
	r := apptest.Open(t, "").Send(why.Toggled{})
	for _, b := range drawn(r, nil).Bars() {
		if b.Kind != why.KindFeedForward {
			continue
		}
		drawn(r, nil).Choose(b)
		d := told(r)
		if !d.Inside() {
			t.Fatalf("%s does not open", b.Name)
		}
		rows, sum := d.Neurons(), 0.0
		for i, row := range rows {
			v, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "+", "", "\u2066", "", "\u2069", "").Replace(row.Number), 64)
			if err != nil {
				t.Fatal(err)
			}
			if sum += v; i < 20 && !d.Leads(row) {
				t.Errorf("%s leads to no number", row.Text)
			}
		}
		if len(rows) != 22 || rows[20].Text != "172 others" || math.Abs(sum-b.Value) > 22*0.0005 {
			t.Errorf("%d rows, %q, sum to %v; the bar is %v", len(rows), rows[20].Text, sum, b.Value)
		}
	}
	d := told(r)
	row := d.Neurons()[0]
	d.Visit(row)
	r.Expect("the number", r.S.Cell.Key(), row.Cell.Key())
}

func TestTheReaderChoosesBothTokens(t *testing.T) {
	r := apptest.Open(t, "").Send(why.TokenPicked{ID: 0}, why.Toggled{})
	r.Send(why.TokenPicked{ID: 0}, why.TokenPicked{ID: 1, Against: true}).Expect("the link", r.S.Hash(), "#why=0.1")
	first := total(drawn(r, nil))
	r.Send(why.TokenPicked{ID: 1}).Expect("they change places", r.S.Hash(), "#why=1.0")
	if second := total(drawn(r, nil)); !same(first, -second) {
		t.Errorf("one way the bars sum to %v, the other way to %v", first, second)
	}
	r.Send(why.RowPicked{Row: 2}).Expect("after another token", r.S.Hash(), "#why=next&why-after=2")
	r.Send(why.TokenPicked{ID: 99}, why.TokenPicked{ID: -1}).Expect("what is no token changes nothing", r.S.Hash(), "#why=next&why-after=2")
}

func TestALinkOpensTheContributions(t *testing.T) {
	for _, hash := range []string{"#why=next", "#why=2", "#why=2.0&why-after=3&why-order=size&why-part=h.0.attn.head.1", "#lens=3.2&why=1.0"} {
		r := apptest.Open(t, hash)
		r.Expect("the link", r.S.Hash(), hash).Expect("they are shown", why.Shown(&r.S), true).Expect("bars", len(drawn(r, nil).Bars()), 18)
	}
	r := apptest.Open(t, "#why=1.2.3")
	r.Expect("three tokens", r.S.Mode, "")
	if !strings.Contains(r.S.Notice, "are no tokens") {
		t.Errorf("the notice is %q", r.S.Notice)
	}
	apptest.Open(t, "#why=99").Expect("tokens that the model lacks", strings.Contains(r.S.Hash(), "99"), false)
}

func TestContributionsStandBelowTheLensAndFollowIt(t *testing.T) {
	r := apptest.Open(t, "#lens=6.5").Send(WhyAsked{Token: 0, Against: -1})
	r.Expect("the lens stays", r.S.Mode, "lens").Expect("they are shown", why.Shown(&r.S), true)
	r.Send(lens.Chosen{Step: 3, Row: 2}).Expect("the link", r.S.Hash(), "#lens=3.2&why=next")
	c := drawn(r, nil)
	r.Expect("after the token of the lens", c.After(), "A")
	lit, sum := 0, 0.0
	for i, b := range c.Bars() {
		if strings.Contains(c.BarClass(i), "lit") {
			lit, sum = lit+1, sum+b.Value
		}
	}
	if lit != 4 { // the heads and the bias
		t.Errorf("%d bars belong to the step of the lens, with %v", lit, sum)
	}
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape, the link", r.S.Hash(), "#lens=3.2")
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape again, the mode", r.S.Mode, "")
}

func TestBarsOfBeforeStandGreyedUntilTheNewOnesCome(t *testing.T) {
	r := apptest.Open(t, "").Send(why.Toggled{})
	r.Slow = true
	r.Send(PromptChanged{Text: "ABCABC"}).Wait()
	r.DeliverOne()
	c := drawn(r, nil)
	r.Expect("they stay", len(c.Bars()), 18).Expect("greyed", strings.Contains(c.Class(), "stale"), true)
	r.Slow = false
	r.Deliver()
	r.Expect("then greyed", strings.Contains(drawn(r, nil).Class(), "stale"), false)
}

func TestWhatCannotBeComputedSaysSo(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(why.Toggled{})
	r.DeliverOne()
	r.Mail = nil
	for _, c := range r.Commands {
		if s, ok := c.(Send); ok && s.Request.Lab != nil {
			r.Send(Replied{Reply: engine.Reply{ID: s.Request.ID, Error: "memory is full"}})
		}
	}
	r.Expect("it says", drawn(r, nil).Nothing(), "This could not be computed. Memory is full.")
}

func TestContributionsAreSavedAsATableAndAsAPicture(t *testing.T) {
	r := apptest.Open(t, "").Send(why.Toggled{})
	var saved []SaveText
	c := drawn(r, func(a Action) { saved = append(saved, a.(SaveText)) })
	c.Take("csv")
	c.Take("svg")
	if len(saved) != 2 {
		t.Fatalf("%d files were saved", len(saved))
	}
	rows, err := csv.NewReader(strings.NewReader(saved[0].Text)).ReadAll()
	if err != nil || len(rows) != 1+18+2 {
		t.Errorf("the table has %d lines, %v", len(rows), err)
	}
	svg := xml.NewDecoder(strings.NewReader(saved[1].Text))
	for {
		if _, err := svg.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// What is found for a token that is looked for no more is not taken for the one that is.
func TestTheLastOfTwoThatWereLookedForIsTaken(t *testing.T) {
	r := apptest.Words(t).Send(why.Toggled{})
	r.Slow = true
	r.Send(why.Sought{Text: " red"}, why.Sought{Text: " blue"})
	r.Slow = false
	r.Deliver()
	r.Expect("the title starts", strings.HasPrefix(drawn(r, nil).Title(), "Why ·blue rather"), true)
}

// While the page shows what an edit changes, it has no shares to tell of.
func TestADifferenceOfSharesIsNoLook(t *testing.T) {
	r := apptest.Open(t, "#edit=off:h.0.mlp&why=next&why-part=h.2.attn.head.0")
	looks := func() (n int) {
		for _, b := range drawn(r, nil).Bars() {
			if b.Look != "" {
				n++
			}
		}
		d := &why.Detail{Screen: &Screen{State: &r.S}}
		d.Compute(nil)
		return n + len(d.Looks())
	}
	if looks() == 0 {
		t.Error("no head looks anywhere")
	}
	r.Send(ShowChosen{Show: engine.ShowDifference}).Expect("looks among differences", looks(), 0)
}
