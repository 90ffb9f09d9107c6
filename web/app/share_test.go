package app

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"glassbox/web/address"
	"glassbox/web/run"
)

func TestTheCopiedLinkOpensTheWholePage(t *testing.T) {
	r := open(t, "").send(PromptChanged{"CAB"}, StageChosen{run.StageSoftmax})
	for address, want := range map[string]string{
		"https://x.example/a/":                       "https://x.example/a/",
		"https://x.example/?ui=embed&hide=strip#old": "https://x.example/",
		"https://x.example/?file=7&theme=dark&id":    "https://x.example/?file=7&id",
		"file:///tmp/a b/index.html?start=poster":    "file:///tmp/a b/index.html",
	} {
		if got := r.s.FullLink(address); got != want+"#text=CAB&stage=softmax" {
			t.Errorf("from %s the link is %s", address, got)
		}
	}
}

func TestTheReaderHearsWhatBecameOfTheLink(t *testing.T) {
	r := open(t, "").send(LinkPressed{})
	r.expect("links to copy", count[CopyLink](r), 1).expect("the notice", r.s.Notice, "")
	r.send(LinkCopied{"u#a", true}).expect("the notice", r.s.Notice, "Link copied. It opens this view with this text.")
	r.send(PanelChosen{"ln_f"}, CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 2}}, LinkPressed{}, LinkCopied{"u#a", true})
	r.expect("the notice", r.s.Notice, "Link copied. It opens this cell with this text.").expect("the link to copy", r.s.LinkText, "")
	r.send(LinkCopied{"u#a", false}).expect("the link to copy", r.s.LinkText, "u#a")
	r.send(KeyPressed(r.s, "Escape")).expect("the link to copy", r.s.LinkText, "")
	r.expect("the cell", *r.s.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 2})
	if r.send(LinkCopied{}); !strings.Contains(r.s.Notice, "no address") {
		t.Errorf("without an address the notice is %q", r.s.Notice)
	}
}

func TestTheHostsThemeHoldsUntilTheReaderChooses(t *testing.T) {
	r := &reader{t: t, s: New(choices())}
	r.send(Hosted{"?theme=dark&ui=stage&motion=fast"}).expect("the theme", r.s.ThemeShown(), address.ThemeDark)
	r.expect("the interface", r.s.Host.UI, address.UIStage).expect("the link", r.s.Hash(), "")
	if !strings.Contains(r.s.Notice, "fast") || !strings.Contains(r.s.Notice, "otion") {
		t.Errorf("a wrong setting gives the notice %q", r.s.Notice)
	}
	before := r.s.Notice
	r.slow = true
	r.send(Navigated{"#k=many"})
	if !strings.HasPrefix(r.s.Notice, before) || !strings.Contains(r.s.Notice, "many") {
		t.Errorf("with a wrong hash as well the notice is %q", r.s.Notice)
	}
	r.send(ThemeChosen{address.ThemeLight}).expect("the theme", r.s.ThemeShown(), address.ThemeLight)
}

func TestCellsMakeEntriesOfTheHistoryAndArrowsDoNot(t *testing.T) {
	r := open(t, "").send(PanelChosen{"ln_f"}, CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 2}})
	r.expect("an entry", lastOf[SetHash](r).Push, true)
	r.send(CellMoved{&run.Cell{Name: "ln_f", Row: 1, Col: 3}}).expect("an entry", lastOf[SetHash](r).Push, false)
	r.expect("the cell", *r.s.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 3})
	r.send(SamplingChanged{run.Sampling{Temperature: 1, TopP: 1, Seed: 1}}).expect("an entry", lastOf[SetHash](r).Push, false)
	r.send(StepPressed{}).expect("an entry", lastOf[SetHash](r).Push, false)
}

func TestTheTokenizeStageStandsInTheLink(t *testing.T) {
	r := open(t, "").send(StageChosen{run.StageTokenize}, TokenizerChosen{"gpt2"})
	hash := lastOf[SetHash](r).Hash
	again := open(t, hash).expect("the tokenizer", r.s.Tokenizer, "gpt2")
	again.expect("the probe", again.s.Probe, gpt2Probe).expect("tokens", len(again.s.Tokenized.Tokens), 3)
	r.send(ProbeChanged{"so & so"})
	again.send(Navigated{lastOf[SetHash](r).Hash}).expect("the probe", again.s.Probe, "so & so")
	again.expect("tokens", len(again.s.Tokenized.Tokens), len(r.s.Tokenized.Tokens))
	again.send(Navigated{"#stage=tokenize&probe=CAB"}).expect("the tokenizer", again.s.Tokenizer, "letters")
	again.expect("tokens", len(again.s.Tokenized.Tokens), 3)
	again.send(Navigated{"#text=ABC"}).expect("the probe", again.s.Probe, "ABC")
}

func TestTheLinkOfAnySessionOpensIt(t *testing.T) {
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 11))
		r := open(t, "")
		for range 40 {
			r.send(anyMessage(random, r.s))
		}
		if r.s.Phase != Ready || r.s.TextError != "" {
			continue // the page shows what ran before, which no link says
		}
		again := open(t, r.s.Hash())
		if got, want := again.s.Link(), r.s.Link(); !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: the link %s opens as %s", seed, r.s.Hash(), again.s.Hash())
		}
		if !reflect.DeepEqual(again.s.Tokens, r.s.Tokens) || again.s.Guide != r.s.Guide {
			t.Errorf("seed %d: %s shows %v; expected %v", seed, r.s.Hash(), again.s.Tokens, r.s.Tokens)
		}
	}
}
