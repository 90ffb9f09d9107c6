package text_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/tokenize"
	"glassbox/web/run"
)

// TestTyping holds what the fields send.
func TestTyping(t *testing.T) {
	s := apptest.OpenPage(t).On("input", "id", "prompt", &apptest.Event{Value: "ABC"})
	s.Last(feature.PromptChanged{Text: "ABC"})

	s = apptest.OpenPage(t)
	enter := &apptest.Event{Key: "Enter"}
	s.On("keydown", "id", "prompt", enter).Last(feature.StepPressed{})
	if !enter.Prevented {
		t.Error("Enter also does what the browser would do")
	}
	s = apptest.OpenPage(t)
	s.On("keydown", "id", "prompt", &apptest.Event{Key: "Enter", Composing: true})
	if len(s.Sent) > 0 {
		t.Error("Enter that ends a composition of characters writes a token")
	}
	s = apptest.OpenPage(t)
	broken := &apptest.Event{Key: "Enter", Shift: true}
	s.On("keydown", "id", "prompt", broken)
	if len(s.Sent) > 0 || broken.Prevented {
		t.Error("Shift and Enter do not break the line")
	}
	s = apptest.OpenPage(t).Send(feature.PromptChanged{})
	alone := &apptest.Event{Key: "Enter"}
	s.On("keydown", "id", "prompt", alone)
	if !alone.Prevented || s.State.Notice == "" {
		t.Error("where nothing can be written, Enter breaks the line, or does not say why")
	}
	s = apptest.OpenPage(t).Send(feature.StageChosen{Stage: run.StageTokenize})
	s.On("input", "id", "probe", &apptest.Event{Value: "AB"}).Last(tokenize.Typed{Text: "AB"})
	s.Press("data-tokenizer", "gpt2").Last(tokenize.Chosen{ID: "gpt2"})
}

// TestWhoWroteWhatStandsApart holds what the field shows after the text of the reader: what the model wrote, and what it
// would write next.
func TestWhoWroteWhatStandsApart(t *testing.T) {
	s := apptest.OpenShipped(t, "#text=Anna%20has%20a%20red%20ball.%20The%20ball%20is")
	added := func() (ins, i string) {
		t.Helper()
		_, mirror, _ := strings.Cut(s.HTML(), `id="mirror"`)
		_, mirror, _ = strings.Cut(mirror, ">")
		mirror, _, _ = strings.Cut(mirror, "</div>")
		text, rest, _ := strings.Cut(mirror, "</span><ins>")
		ins, rest, _ = strings.Cut(rest, "</ins><u>")
		i, _, _ = strings.Cut(rest, "</u>")
		if want := "<span>" + s.State.Text; text != want {
			t.Errorf("below the field stands %q; expected %q", text, want)
		}
		return ins, i
	}
	if ins, next := added(); ins != " " || next != "red" {
		t.Errorf("at first the model adds %q, %q", ins, next)
	}
	s.Send(feature.StepPressed{}, feature.StepPressed{}, feature.StepPressed{})
	if ins, next := added(); ins != " red. The " || next == "" || s.State.Text != "Anna has a red ball. The ball is" {
		t.Errorf("after three steps it has added %q, %q to %q", ins, next, s.State.Text)
	}
	s.On("input", "id", "prompt", &apptest.Event{Value: "Anna has a red ball.\nThe ball is"})
	if ins, next := added(); ins != " " || next == "" || len(s.State.Generated) > 0 {
		t.Errorf("to another text it has added %q, %q", ins, next)
	}
	if s.Send(feature.UndoPressed{}); len(s.State.Generated) != 3 {
		t.Error("undo does not bring back what the model wrote")
	}
	s.Send(feature.PromptChanged{Text: strings.Repeat("ball ", 2000)})
	if html := s.HTML(); !strings.Contains(html, `aria-hidden="true"><span></span><ins></ins><u></u>`) {
		t.Error("a text that no context holds is laid out twice")
	}
}

func TestATextToTryIsOneStepOfUndo(t *testing.T) {
	s := apptest.OpenShipped(t, "").Send(feature.PromptChanged{Text: "A"}, feature.PromptChanged{Text: "Ab"})
	s.Press("data-try", "How to predict").Last(feature.TextChosen{Text: "How to predict"})
	s.Send(feature.PromptChanged{Text: "How to predict the"}, feature.UndoPressed{})
	if s.State.Text != "How to predict" {
		t.Errorf("typing into it and undo lead to %q", s.State.Text)
	}
	if s.Send(feature.UndoPressed{}); s.State.Text != "Ab" {
		t.Errorf("undo leads to %q", s.State.Text)
	}
	s.Press("data-try", "How to predict").Send(feature.StepPressed{}).Press("data-try", "How to predict")
	if len(s.State.Generated) != 0 || s.State.Text != "How to predict" {
		t.Errorf("pressed again, it goes on with %v", s.State.Generated)
	}
}

func TestLinesOfAnAddressAreKept(t *testing.T) {
	for hash, want := range map[string]string{"#text=line1%0Aline2": "line1\nline2", "#text=a%0D%0Ab%0Dc%0A": "a\nb\nc\n"} {
		if s := apptest.OpenShipped(t, hash); s.State.Text != want || s.State.TextError != "" {
			t.Errorf("%s is the text %q: %s", hash, s.State.Text, s.State.TextError)
		} else if again := apptest.OpenShipped(t, s.State.Hash()); again.State.Text != want {
			t.Errorf("its own link %s gives %q", s.State.Hash(), again.State.Text)
		}
	}
}

// TestTheChipOfTheNextTokenLeadsToItsProbability, as whatever looks pressable leads somewhere.
func TestTheChipOfTheNextTokenLeadsToItsProbability(t *testing.T) {
	s := apptest.OpenPage(t)
	s.Press("id", "predicted").Last(feature.TraceStarted{ID: s.State.Next.ID})
	c := s.State.Cell
	if c == nil || c.Row != len(s.State.Tokens)-1 || c.Col != s.State.Next.ID {
		t.Fatalf("a press on the next token leads to %+v", c)
	}
	if v, ok := s.State.At(c.Name, c.Row, c.Col); !ok || v != s.State.Next.Probability {
		t.Errorf("%s holds %v there; the next token has %v", c.Name, v, s.State.Next.Probability)
	}
}
