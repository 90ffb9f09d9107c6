package feature_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

func TestTheCopiedLinkOpensTheWholePage(t *testing.T) {
	r := apptest.Open(t, "").Send(PromptChanged{"CAB"}, StageChosen{run.StageSoftmax})
	for address, want := range map[string]string{
		"https://x.example/a/":                       "https://x.example/a/",
		"https://x.example/?ui=embed&hide=strip#old": "https://x.example/",
		"https://x.example/?file=7&theme=dark&id":    "https://x.example/?file=7&id",
		"file:///tmp/a b/index.html?start=poster":    "file:///tmp/a b/index.html",
	} {
		if got := r.S.FullLink(address); got != want+"#text=CAB&stage=softmax" {
			t.Errorf("from %s the link is %s", address, got)
		}
	}
}

func TestTheReaderHearsWhatBecameOfTheLink(t *testing.T) {
	r := apptest.Open(t, "").Send(LinkPressed{})
	r.Expect("links to copy", apptest.Count[CopyLink](r), 1).Expect("the notice", r.S.Notice, "")
	r.Send(LinkCopied{"u#a", true}).Expect("the notice", r.S.Notice, "Link copied. It opens this view with this text.")
	r.Send(PanelChosen{"ln_f"}, CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 2}}, LinkPressed{}, LinkCopied{"u#a", true})
	r.Expect("the notice", r.S.Notice, "Link copied. It opens this cell with this text.").Expect("the link to copy", r.S.LinkText, "")
	r.Send(LinkCopied{"u#a", false}).Expect("the link to copy", r.S.LinkText, "u#a")
	r.Send(KeyPressed(r.S, "Escape")).Expect("the link to copy", r.S.LinkText, "")
	r.Expect("the cell", *r.S.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 2})
	if r.Send(LinkCopied{}); !strings.Contains(r.S.Notice, "no address") {
		t.Errorf("without an address the notice is %q", r.S.Notice)
	}
}

func TestTheHostsThemeHoldsUntilTheReaderChooses(t *testing.T) {
	r := &apptest.Reader{T: t, S: app.New(apptest.Choices())}
	r.Send(Hosted{"?theme=dark&ui=stage&motion=fast"}).Expect("the theme", r.S.ThemeShown(), address.ThemeDark)
	r.Expect("the interface", r.S.Host.UI, address.UIStage).Expect("the link", r.S.Hash(), "")
	if !strings.Contains(r.S.Notice, "fast") || !strings.Contains(r.S.Notice, "otion") {
		t.Errorf("a wrong setting gives the notice %q", r.S.Notice)
	}
	before := r.S.Notice
	r.Slow = true
	r.Send(Navigated{"#k=many"})
	if !strings.HasPrefix(r.S.Notice, before) || !strings.Contains(r.S.Notice, "many") {
		t.Errorf("with a wrong hash as well the notice is %q", r.S.Notice)
	}
	r.Send(ThemeChosen{address.ThemeLight}).Expect("the theme", r.S.ThemeShown(), address.ThemeLight)
}

func TestCellsMakeEntriesOfTheHistoryAndArrowsDoNot(t *testing.T) {
	r := apptest.Open(t, "").Send(PanelChosen{"ln_f"}, CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 2}})
	r.Expect("an entry", apptest.LastOf[SetHash](r).Push, true)
	r.Send(CellMoved{&run.Cell{Name: "ln_f", Row: 1, Col: 3}}).Expect("an entry", apptest.LastOf[SetHash](r).Push, false)
	r.Expect("the cell", *r.S.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 3})
	r.Send(SamplingChanged{run.Sampling{Temperature: 1, TopP: 1, Seed: 1}}).Expect("an entry", apptest.LastOf[SetHash](r).Push, false)
	r.Send(StepPressed{}).Expect("an entry", apptest.LastOf[SetHash](r).Push, false)
}

func TestTheLinkOfAnySessionOpensIt(t *testing.T) {
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 11))
		r := apptest.Open(t, "")
		for range 40 {
			r.Send(anyMessage(random, r.S))
		}
		if r.S.Phase != Ready || r.S.TextError != "" {
			continue // the page shows what ran before, which no link says
		}
		again := apptest.Open(t, r.S.Hash())
		if got, want := again.S.Link(), r.S.Link(); !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: the link %s opens as %s", seed, r.S.Hash(), again.S.Hash())
		}
		if !reflect.DeepEqual(again.S.Tokens, r.S.Tokens) || again.S.Guide != r.S.Guide {
			t.Errorf("seed %d: %s shows %v; expected %v", seed, r.S.Hash(), again.S.Tokens, r.S.Tokens)
		}
	}
}
