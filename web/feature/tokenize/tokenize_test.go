package tokenize_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/tokenize"
	"glassbox/web/run"
)

// of returns what the reader tries.
func of(r *apptest.Reader) tokenize.State { return tokenize.Of(&r.S) }

func TestTheTokenizeStageTriesAnyText(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{Stage: run.StageTokenize})
	r.Expect("the probe", of(r).Probe, "CBABBC").Expect("its tokens", len(of(r).Tokenized.Tokens), 6)
	r.Send(tokenize.Chosen{ID: "gpt2"}).Expect("tables", apptest.Count[LoadTable](r), 1).Expect("the probe", of(r).Probe, "How to predict")
	r.Expect("tokens", len(of(r).Tokenized.Tokens), 3).Send(tokenize.MergesToggled{Token: 2}).Expect("merges of", of(r).Merging, 3)
	r.Send(tokenize.Typed{Text: "a b"}).Expect("tokens", len(of(r).Tokenized.Tokens), 2).Expect("merges of", of(r).Merging, 0)
	r.Send(tokenize.Chosen{ID: "letters"})
	if !strings.Contains(of(r).Error, `"a"`) {
		t.Errorf("the error is %q", of(r).Error)
	}
	r.Send(tokenize.Chosen{ID: "gpt2"}).Expect("tables", apptest.Count[LoadTable](r), 1).Expect("tokens", len(of(r).Tokenized.Tokens), 2)
}

func TestTheTokenizeStageStandsInTheLink(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{Stage: run.StageTokenize}, tokenize.Chosen{ID: "gpt2"})
	hash := apptest.LastOf[SetHash](r).Hash
	again := apptest.Open(t, hash).Expect("the tokenizer", of(r).Tokenizer, "gpt2")
	again.Expect("the probe", of(again).Probe, "How to predict").Expect("tokens", len(of(again).Tokenized.Tokens), 3)
	r.Send(tokenize.Typed{Text: "so & so"})
	again.Send(Navigated{Hash: apptest.LastOf[SetHash](r).Hash}).Expect("the probe", of(again).Probe, "so & so")
	again.Expect("tokens", len(of(again).Tokenized.Tokens), len(of(r).Tokenized.Tokens))
	again.Send(Navigated{Hash: "#stage=tokenize&probe=CAB"}).Expect("the tokenizer", of(again).Tokenizer, "letters")
	again.Expect("tokens", len(of(again).Tokenized.Tokens), 3)
	again.Send(Navigated{Hash: "#text=ABC"}).Expect("the probe", of(again).Probe, "ABC")
}

func TestATableThatIsNotThereIsAskedForOnceAVisit(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{Stage: run.StageTokenize})
	fail := func() {
		r.Slow, r.Mail = true, nil
		r.Send(Replied{Reply: engine.Reply{ID: r.S.Request(ForTable), Error: "The table is damaged."}})
	}
	r.Slow = true
	r.Send(tokenize.Chosen{ID: "gpt2"})
	fail()
	r.Send(CellHovered{}).Expect("the error", of(r).Error, "The table is damaged.").Expect("tables", apptest.Count[LoadTable](r), 1)
	r.Send(StageChosen{Stage: run.StageNorm}, StageChosen{Stage: run.StageTokenize}).Expect("tables", apptest.Count[LoadTable](r), 2)
	r.Deliver().Expect("the error", of(r).Error, "").Expect("tokens", len(of(r).Tokenized.Tokens), 3)
}

func TestTheTextOfTheModelIsTriedUntilAnotherIsTyped(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{Stage: run.StageTokenize}, PromptChanged{Text: "ABC"})
	r.Expect("the probe", of(r).Probe, "ABC").Expect("tokens", len(of(r).Tokenized.Tokens), 3)
	r.Send(tokenize.Typed{Text: "BA"}, PromptChanged{Text: "ABCA"})
	r.Expect("the probe", of(r).Probe, "BA").Expect("tokens", len(of(r).Tokenized.Tokens), 2)
	r.Send(ModelChosen{ID: "tiny"}).Expect("the tokenizer", of(r).Tokenizer, tokenize.GPT2).Expect("the probe", of(r).Probe, "")
}

func TestALongTrialListsItsFirstTokens(t *testing.T) {
	s := apptest.OpenShipped(t, "#stage=tokenize").Send(tokenize.Typed{Text: strings.Repeat("ball ", 1000)})
	html := s.HTML()
	if n := strings.Count(html, "data-piece="); n != 200 || !strings.Contains(html, "The first 200 are listed.") {
		t.Errorf("%d tokens are listed of %d", n, len(tokenize.Of(&s.State).Tokenized.Tokens))
	}
}

// TestWhatIsPutBesideTheTextIsSpokenOf where the text alone is cut.
func TestWhatIsPutBesideTheTextIsSpokenOf(t *testing.T) {
	r := apptest.Chatting(t).Send(StageChosen{Stage: run.StageTokenize})
	note := func() string { return (&tokenize.Trial{Screen: &Screen{State: &r.S}}).Note() }
	r.Expect("of a conversation", strings.Contains(note(), "The text alone is cut here"), true)
	r.Send(FormChosen{Form: ""}).Expect("of a text", strings.Contains(note(), "The text alone is cut here"), false)
}
