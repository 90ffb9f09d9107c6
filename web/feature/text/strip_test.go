package text_test

import (
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
	s = apptest.OpenPage(t).Send(feature.StageChosen{Stage: run.StageTokenize})
	s.On("input", "id", "probe", &apptest.Event{Value: "AB"}).Last(tokenize.Typed{Text: "AB"})
	s.Press("data-tokenizer", "gpt2").Last(tokenize.Chosen{ID: "gpt2"})
}
