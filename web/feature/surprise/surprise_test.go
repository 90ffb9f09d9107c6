package surprise_test

import (
	"math"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/edits"
	"glassbox/web/feature/surprise"
)

// opened returns a page of the language model with the surprise of a text in it.
func opened(t *testing.T, text string) *apptest.Page {
	t.Helper()
	return apptest.OpenShipped(t, "#model=language&surprise=on&text="+text)
}

func TestEachTokenSaysHowManyBitsItHeld(t *testing.T) {
	s := opened(t, "Anna has a red ball. The ball is red")
	b := surprise.Of(&s.State)
	if n := len(s.State.Tokens); n != 10 || len(b.Answer.Bits) != n-1 || !b.Fresh(&s.State) {
		t.Fatalf("%d tokens hold %v", n, b.Answer.Bits)
	}
	if _, ok := b.Bits(0); ok {
		t.Error("the first token holds bits")
	}
	last, _ := b.Bits(9)
	if p := math.Exp2(-last); !(p > 0.95) {
		t.Errorf("the model gives ·red %v after a text that says so", p)
	}
	html := s.HTML()
	for _, want := range []string{`data-level="0"`, "·red held 0.0 bits: the model gave it 9", "Anna is the first token", "Most of all: "} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	u, ok := s.State.Under(9)
	if !ok || u.Text != "0.0" || u.Level != 0 {
		t.Errorf("below the last token stands %+v", u)
	}
}

// An edit can leave a token no chance at all.
func TestWhatCouldNotComeIsInfinitelySurprising(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.Navigated{Hash: "#surprise=on&edit=probabilities[2]=0&text=CBABBC"})
	c := &surprise.Panel{Screen: &s.Root.Screen}
	a := c.Averages()[0]
	if got := []string{c.Bits(3), c.Chance(3), a.Nats(), a.Perplexity(), c.Width(a), c.Lost(2)}; strings.Join(got, " ") != "∞ < 0.1 % ∞ ∞ 100.00% ∞" {
		t.Errorf("it is said as %q", got)
	}
	list := &edits.Before{Screen: &s.Root.Screen}
	s.Send(edits.Toggled{})
	if got := list.Height(list.Lost()[2]) + " " + list.BarLabel(2, list.Lost()[2]); !strings.HasPrefix(got, "100.00% ") || !strings.Contains(got, "∞ bits") {
		t.Errorf("its bar is %s", got)
	}
}

func TestTheAveragesStandBesideThoseOfAModelThatKnowsNothing(t *testing.T) {
	s := opened(t, "Anna has a red ball.")
	c := &surprise.Panel{Screen: &s.Root.Screen}
	var said []string
	for _, a := range c.Averages() {
		said = append(said, a.Title+" "+a.Nats()+" "+a.Perplexity())
	}
	sum := 0.0
	bits := surprise.Of(&s.State).Answer.Bits
	for _, b := range bits {
		sum += b * math.Ln2 / float64(len(bits))
	}
	if got := c.Averages()[0].Loss; math.Abs(got-sum) > 1e-9 {
		t.Errorf("the loss is %v; the mean of the bits is %v nats", got, sum)
	}
	if got := strings.Join(said[1:], "; "); got != "held-out text 1.25 3.5; held-out text, by trigrams 2.49 12.1; held-out text, by bigrams 3.55 34.7; a model that knows nothing: ln 50,257 10.82 50.3\u00a0k" {
		t.Errorf("the averages are %s", got)
	}
	if !strings.Contains(c.HeldOutNote(), "before its weights were rounded") {
		t.Error("nothing says that the weights were rounded after they were measured: " + c.HeldOutNote())
	}
}

// TestAModelWithoutSuchMetadataSaysNothingOfHeldOutText, and one of letters has a loss all the same.
func TestAModelWithoutSuchMetadataSaysNothingOfHeldOutText(t *testing.T) {
	s := apptest.OpenPage(t).Send(surprise.Toggled{})
	c := &surprise.Panel{Screen: &s.Root.Screen}
	if n := len(c.Averages()); n != 2 || c.HeldOutNote() != "" {
		t.Errorf("%d averages, and %q", n, c.HeldOutNote())
	}
}

func TestATextOfOneTokenSaysWhyThereIsNothing(t *testing.T) {
	for text, want := range map[string]string{"": "There is no text", "A": "The text is A alone"} {
		s := apptest.OpenPage(t).Send(surprise.Toggled{}, feature.PromptChanged{Text: text})
		c := &surprise.Panel{Screen: &s.Root.Screen}
		if c.Some() || !strings.Contains(c.Why(), want) {
			t.Errorf("%q: %q", text, c.Why())
		}
		s.HTML()
	}
}

func TestTheSurpriseIsInTheAddressAndLeavesWithThePlace(t *testing.T) {
	r := apptest.Open(t, "#surprise=on")
	r.Expect("the mode", r.S.Mode, "surprise").Expect("the link", r.S.Hash(), "#surprise=on")
	r.Send(feature.StageChosen{Stage: "softmax"}).Expect("the mode at another stage", r.S.Mode, "")
	r.Send(surprise.Toggled{}).Expect("the link", r.S.Hash(), "#stage=softmax&surprise=on")
	r.Send(feature.KeyPressed(r.S, "Escape")).Expect("the mode after Escape", r.S.Mode, "")
	if r := apptest.Open(t, "#surprise=off"); r.S.Mode != "" || !strings.Contains(r.S.Notice, "surprise") {
		t.Errorf("#surprise=off opens %q and says %q", r.S.Mode, r.S.Notice)
	}
}

// TestBitsAreThoseOfTheTextThatRanLast: while a later one runs, those of before are greyed; then they are asked for anew.
func TestBitsAreThoseOfTheTextThatRanLast(t *testing.T) {
	r := apptest.Open(t, "#surprise=on")
	r.Slow = true
	r.Send(feature.PromptChanged{Text: "CBA"})
	r.DeliverOne()
	if b := surprise.Of(&r.S); b.Fresh(&r.S) || len(b.Tokens) != 6 {
		t.Errorf("before the answer stand %d tokens, fresh %t", len(b.Tokens), b.Fresh(&r.S))
	}
	r.Deliver()
	if b := surprise.Of(&r.S); !b.Fresh(&r.S) || len(b.Tokens) != 3 || len(b.Answer.Bits) != 2 {
		t.Errorf("after the answer stand %d tokens, fresh %t", len(b.Tokens), b.Fresh(&r.S))
	}
}

func TestTheBitsAreSavedAsAFile(t *testing.T) {
	s := apptest.OpenPage(t).Send(surprise.Toggled{})
	s.Press("id", "surprise-save")
	file, ok := s.Acts[len(s.Acts)-1].(feature.SaveText)
	if !ok || !strings.HasPrefix(file.Text, "position,id,token,bits,chance\r\n0,2,C,,\r\n1,1,B,") || strings.Count(file.Text, "\r\n") != 7 {
		t.Errorf("saved is %+v", file)
	}
}

func TestArrowKeysWalkAlongTheTokens(t *testing.T) {
	s := apptest.OpenPage(t).Send(surprise.Toggled{}, surprise.Pointed{Token: 2})
	s.On("keydown", "id", "surprise-strip", &apptest.Event{Key: "ArrowRight"})
	s.Last(surprise.Pointed{Token: 3})
	s.On("keydown", "id", "surprise-strip", &apptest.Event{Key: "End"})
	s.Last(surprise.Pointed{Token: 5})
	if f, ok := s.Acts[len(s.Acts)-1].(feature.Focus); !ok || f.ID != "bits-5" {
		t.Errorf("the focus goes to %v", s.Acts)
	}
}
