package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// TestALinkSaysHowTheTextIsRead: what the model wrote goes on with a conversation, and comes back with it.
func TestALinkSaysHowTheTextIsRead(t *testing.T) {
	r := apptest.Chatting(t).Send(StepPressed{})
	hash, file := r.S.Hash(), r.S.Model
	if !strings.Contains(hash, "&form=chat&") {
		t.Fatalf("the link is %s", hash)
	}
	tokens := len(r.S.Tokens)
	r.Send(ModelChosen{ID: "sort"}).Expect("the form of another model", r.S.Form, engine.FormText)
	r.Send(Navigated{Hash: hash}).Expect("the model", r.S.Model, file).Expect("the form", r.S.Form, engine.FormChat).Expect("tokens", len(r.S.Tokens), tokens)
	r.Expect("the link", r.S.Hash(), hash)
}

// TestAFormThatTheModelDoesNotReadIsSaid, and left out.
func TestAFormThatTheModelDoesNotReadIsSaid(t *testing.T) {
	r := apptest.Open(t, "#form=chat")
	r.Expect("the form", r.S.Form, engine.FormText).Expect("the link", r.S.Hash(), "")
	r.Expect("the notice", strings.Contains(r.S.Notice, "can’t read a text in the form chat"), true)
	r = apptest.Open(t, "#form=poem")
	r.Expect("of another", strings.Contains(r.S.Notice, "is no form of a text; expected bare or chat"), true)
}

// TestWhoPutATokenThereIsSaid: the reader, the template, or the model.
func TestWhoPutATokenThereIsSaid(t *testing.T) {
	r := apptest.Chatting(t).Send(StepPressed{})
	met := map[string]string{}
	for i, k := range r.S.Tokens {
		writer := r.S.Writer(i)
		met[writer] += k.Text + " "
		if k.Control && !k.Generated && writer != "template" {
			t.Errorf("%s was put there by the %s", k.Text, writer)
		}
	}
	if got := met["reader"]; got != "What ·is ·it ? " {
		t.Errorf("the reader wrote %q", got)
	}
	if got := met["template"]; !strings.Contains(got, "You ·are ·a") || met["model"] == "" || len(met) != 3 {
		t.Errorf("the writers are %q", met)
	}
	r.Send(CellChosen{Cell: &run.Cell{Name: "embed.token", Row: 3, Col: 5}})
	end, _ := r.S.View().End()
	if !strings.Contains(end, "which the template of conversations put there") {
		t.Errorf("the end of the way is %q", end)
	}
}

// TestAConversationGoesOn: the answer becomes a turn of the text, and undo brings it back as it was.
func TestAConversationGoesOn(t *testing.T) {
	r := apptest.Chatting(t)
	r.Expect("before an answer", r.S.Answered(), false)
	for !r.S.Answered() && len(r.S.Generated) < 20 {
		r.Send(StepPressed{})
	}
	written, before := len(r.S.Generated), len(r.S.Tokens)
	r.Send(TurnAdded{})
	if text := r.S.Text; !strings.HasPrefix(text, "What is it?\nassistant: ") || !strings.HasSuffix(text, "\nuser: ") || len(r.S.Generated) > 0 {
		t.Errorf("the text is %q, with %d tokens behind it", text, len(r.S.Generated))
	}
	r.Expect("the focus", apptest.LastOf[Focus](r).ID, TextFocus)
	ends := 0
	for _, k := range r.S.Tokens {
		if k.Text == "<|im_end|>" {
			ends++
		}
	}
	r.Expect("ended turns", ends, 4).Expect("more tokens", len(r.S.Tokens) > before, true)
	r.Send(UndoPressed{}).Expect("after undo", len(r.S.Generated), written)
}

// TestALinkToAPanelMarksItsStage, also where it does not name it.
func TestALinkToAPanelMarksItsStage(t *testing.T) {
	r := apptest.Open(t, "#panel=h.1.attn.head.0.scores")
	current := ""
	for _, g := range Stages(r.S) {
		if g.Current {
			current += string(g.ID)
		}
	}
	r.Expect("the marked stage", current, "block.1").Expect("the link", r.S.Hash(), "#panel=h.1.attn.head.0.scores")
}

// TestWhatIsReadAloudOfANumberNamesTokens: the question that it answers, and where what was read stands.
func TestWhatIsReadAloudOfANumberNamesTokens(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.0.attn.head.1.attention", Row: 4, Col: 2}})
	words := r.S.View().InWords()
	for _, want := range []string{"Which share of its attention token 4 (B) gives to token 2 (A).", "query 4 B → key 2 A."} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not in %s", want, words)
		}
	}
	if strings.Contains(words, "column") {
		t.Errorf("rows and columns stand in %s", words)
	}
}
