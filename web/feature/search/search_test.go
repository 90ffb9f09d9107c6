package search_test

import (
	"os"
	"strings"
	"testing"

	"glassbox/model/checkpoint"
	"glassbox/model/lab"
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	. "glassbox/web/feature/search"
	"glassbox/web/run"
)

func TestAReaderSearchesForAHeadAndSwitchesItOff(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	r.Expect("it is open", Of(&r.S).Open, true).Expect("the texts", Of(&r.S).Texts, "CBABBC | A\n")
	if hash := r.S.Hash(); !strings.Contains(hash, "search=names") {
		t.Errorf("the link is %s", hash)
	}
	r.Send(Typed{"CBABBC | A\nCAB | B\n"}, Started{})
	f := Of(&r.S)
	r.Expect("running", f.Running, false).Expect("heads", len(f.Found), 9).Expect("left", len(f.Left), 9)
	for i, d := range f.Found[1:] {
		if d.Chance < f.Found[i].Chance {
			t.Errorf("%s with %v stands behind %v", d.Head, d.Chance, f.Found[i].Chance)
		}
	}
	r.Send(Taken{})
	if g := Of(&r.S); len(g.Off) != 1 || g.Off[0] != f.Found[0].Head || len(g.Found) != 8 || g.Before() != f.Found[0].Chance {
		t.Errorf("the second round has %v off and %d heads, from %v", g.Off, len(g.Found), g.Before())
	}
	c := &Panel{Screen: &feature.Screen{State: &r.S, OnMsg: func(m feature.Msg) { r.Send(m) }}}
	best := f.Found[0]
	c.Switch(best)
	r.Expect("the edit", r.S.Edits[0], run.Edit{Spec: "off:" + best.Head}).Expect("it is off", c.Off(best), true)
	c.Switch(best)
	r.Expect("edits", len(r.S.Edits), 0)
	c.Look(best)
	r.Expect("it is closed", Of(&r.S).Open, false)
	if !strings.HasPrefix(r.S.Panel, best.Head) {
		t.Errorf("the panel is %q", r.S.Panel)
	}
}

func TestTextsWithoutAWordAreSaidToBeUnreadable(t *testing.T) {
	for _, lines := range []string{"", "\n", "CBA", "CBA |", "| A", "CBA | A\nCBA"} {
		r := apptest.Open(t, "#search=names").Send(Typed{lines}, Started{})
		if f := Of(&r.S); f.Error == "" || f.Running {
			t.Errorf("%q is searched with", lines)
		}
	}
	r := apptest.Open(t, "#search=names").Send(Typed{"CBAX | A"}, Started{})
	if f := Of(&r.S); !strings.Contains(f.Error, "Text 1") || f.Running {
		t.Errorf("the error is %q", f.Error)
	}
}

func TestASearchThatIsStoppedKeepsWhatItFound(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{}, Started{})
	r.Send(Stopped{}).Expect("running", Of(&r.S).Running, false).Expect("heads", len(Of(&r.S).Found), 9)
	r.Send(feature.ModelChosen{ID: r.S.Models[1].ID}).Expect("with another model, heads", len(Of(&r.S).Found), 0)
}

// What is still measured for a search that begins anew is not taken for its chance with all heads on.
func TestASearchThatBeginsAnewForgetsWhatIsMeasured(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	r.Slow = true
	r.Send(Started{})
	r.DeliverOne()
	with := Of(&r.S).Before()
	r.Send(Started{})
	r.Slow = false
	r.Deliver()
	r.Expect("with all heads on", Of(&r.S).Before(), with)
}

// Without one head of the first block, the page's language model loses most of the names: at least ten points of their chance, which is
// what the search calls a head that copies.
func TestTheLanguageModelHasAHeadThatCopiesNames(t *testing.T) {
	data, err := os.ReadFile("../../../static/models/language.gguf")
	if err != nil {
		t.Fatal(err)
	}
	imported, err := checkpoint.Import("language.gguf", data, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	words, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	ids := func(text string) []int {
		tokens, err := words.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		return tokenizer.IDs(tokens)
	}
	var prompts []lab.Prompt
	for line := range strings.Lines(Names()) {
		text, name, _ := strings.Cut(strings.TrimSpace(line), " | ")
		if !strings.Contains(text, name) {
			t.Errorf("%q is not in its text", name)
		}
		prompts = append(prompts, lab.Prompt{IDs: ids(text), Answer: ids(" " + name)[0]})
	}
	s, err := lab.NewSearch(imported.Model, prompts)
	if err != nil || len(prompts) != 50 {
		t.Fatalf("%d texts, %v", len(prompts), err)
	}
	on, _ := s.Without()
	off, _ := s.Without("h.0.attn.head.2")
	t.Logf("50 names: %.1f %% with all heads on, %.1f %% without head 3 of block 1", 100*on, 100*off)
	if on < 0.9 || on-off < Enough {
		t.Errorf("the chance of a name falls from %v to %v", on, off)
	}
}
