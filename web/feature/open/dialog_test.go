package open_test

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
)

// asking returns a reader whose file leaves open what its tokens and heads are.
func asking(t *testing.T, vocab int) *apptest.Page {
	t.Helper()
	s := apptest.OpenPage(t).Send(open.Chosen{Files: []feature.File{feature.File{Number: 1, Name: "mine.safetensors", Size: 4 << 20}}})
	return s.Send(feature.Replied{Reply: engine.Reply{ID: s.State.Request("open"), Inspected: &engine.Inspected{
		Config: model.Config{Vocab: vocab, Context: 16, Width: 32, Blocks: 2, Tied: true},
		Notes:  []*fault.Fault{fault.New("biasesZero", "The file has no biases: they are zero.")}}}})
}

func TestTheDialogSaysWhatAFileHoldsAndAsksForTheRest(t *testing.T) {
	html := asking(t, 65).HTML()
	for _, want := range []string{"Open mine.safetensors", "4.2\u00a0MB, 28k parameters: 2 blocks of width 32, 65 tokens", "no biases",
		"2 heads of 16 numbers each", "0 of 65 characters", "nothing is uploaded", `id="open-confirm" disabled`, `id="open-letters"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the dialog lacks %q", want)
		}
	}
	if strings.Contains(html, `data-words="gpt2"`) {
		t.Error("65 tokens are offered as GPT-2's")
	}
	if html := asking(t, 50304).HTML(); !strings.Contains(html, `data-words="gpt2"`) {
		t.Error("50304 tokens are not offered as GPT-2's")
	}
}

func TestTheDialogShowsHowFarAFileIs(t *testing.T) {
	s := asking(t, 65)
	s.Send(open.Answered{Answers: feature.FileAnswers{Words: "numbers"}}, open.Confirmed{})
	s.Send(feature.FileRead{Request: s.State.Request("open"), Bytes: 1 << 20})
	html := s.HTML()
	for _, want := range []string{`<progress`, `value="25"`, "1.0\u00a0MB of 4.2\u00a0MB", `id="open-cancel"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the dialog lacks %q", want)
		}
	}
	if strings.Contains(html, "open-confirm") || strings.Contains(html, "open-heads") {
		t.Error("it still asks")
	}
}

func TestTheDialogsAnswersAreSent(t *testing.T) {
	s := asking(t, 50304)
	d := &open.Dialog{Screen: &s.Root.Screen}
	d.ChooseWords("gpt2")
	if open.Of(&s.State).Words != "gpt2" || !strings.Contains(d.Explanation(), "47 tokens more than GPT-2") || d.Unready() {
		t.Errorf("after a choice: %+v, %s", open.Of(&s.State).FileAnswers, d.Explanation())
	}
	d.Cancel()
	if open.Of(&s.State) != nil || !strings.Contains(s.State.Notice, "Nothing was replaced") {
		t.Errorf("after a cancel it says %q", s.State.Notice)
	}
}
