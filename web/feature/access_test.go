package feature_test

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/explain"
	. "glassbox/web/feature"
	"glassbox/web/feature/help"
	"glassbox/web/run"
	"glassbox/web/say"
)

func TestHeadingsNameTokensAndWords(t *testing.T) {
	r := apptest.Open(t, "#text=CBA")
	for _, c := range []struct {
		name   string
		n      int
		column bool
		want   string
	}{
		{"h.0.attn.head.0.scores", 1, false, "1 B"}, {"h.0.attn.head.0.scores", 2, true, "2 A"},
		{"logits", 2, true, "C"}, {"h.0.ln_1", 7, true, "7"}, {"wte.weight", 1, false, "B"}, {"wpe.weight", 4, false, "4"},
	} {
		if is := r.S.Heading(c.name, c.n, c.column); is != c.want {
			t.Errorf("%s %d is headed %q, expected %q", c.name, c.n, is, c.want)
		}
	}
}

func TestAnnouncementsSayWhatChangedAndNoMore(t *testing.T) {
	r := apptest.Open(t, "")
	said := func() (text, place string) { return Spoken(r.S) }
	text, place := said()
	if !strings.Contains(text, "6 tokens. Next: A") || place != "The whole model." {
		t.Errorf("at first %q, %q", text, place)
	}
	r.Send(CellHovered{&run.Cell{Name: "embed.sum", Row: 1, Col: 1}})
	if a, b := said(); a != text || b != place {
		t.Error("pointing is announced")
	}
	r.Send(CellHovered{}, PanelChosen{"h.0.attn.head.1.scores"})
	if _, place = said(); place != "Block 1, Attention, Head 2, Scores, 6 by 6." {
		t.Errorf("a panel is announced as %q", place)
	}
	r.Send(CellChosen{&run.Cell{Name: "h.0.attn.head.1.scores", Row: 5, Col: 3}})
	v, _ := r.S.At("h.0.attn.head.1.scores", 5, 3)
	if _, place = said(); place != "Scores, head 2, query 5 C → key 3 B: "+say.Number(v)+"." {
		t.Errorf("a cell is announced as %q", place)
	}
	r.Send(StepPressed{})
	if text, _ = said(); !strings.HasPrefix(text, "7 tokens, the last one, A, written by the model. Next:") {
		t.Errorf("a written token is announced as %q", text)
	}
	r.S.Playing = true
	if text, _ = said(); text != "Playing." {
		t.Errorf("playing is announced as %q", text)
	}
}

func TestANumberIsToldAsItIsExplained(t *testing.T) {
	cells(t, "#generated=0.1&temperature=0.7&k=2&p=0.9", func(s State, i model.Info, c explain.Calculation) {
		s.Panel = i.Name
		told := s.View().InWords()
		if c.Masked {
			if told != c.Note {
				t.Errorf("%s: a masked number is told as %q", i.Name, told)
			}
			return
		}
		if !strings.Contains(told, " "+c.Result+" is ") || !strings.HasSuffix(told, ".") || strings.Contains(told, "NaN") {
			t.Errorf("%s: %q", i.Name, told)
		}
		for _, o := range c.Operands {
			if info, _ := s.Info(o.Tensor); !strings.Contains(told, run.HeadTitle(info)) {
				t.Errorf("%s: nothing is told of %s", i.Name, o.Tensor)
			}
		}
	})
	elsewhere := &engine.Explained{}
	elsewhere.Name = "x"
	if told := (State{Explained: elsewhere}).View().InWords(); told != "" {
		t.Errorf("of a number that is not selected it is told %q", told)
	}
}

func TestLettersCanBeTurnedOff(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(LettersToggled{})
	for key, obeyed := range map[string]bool{"s": false, "?": false, "[": false, "Escape": true, "Ctrl+z": true, "Home": true} {
		if is := KeyPressed(r.S, key) != nil; is != obeyed {
			t.Errorf("%s: obeyed is %t", key, is)
		}
	}
	r.Send(LettersToggled{}, help.Toggled{})
	for key, obeyed := range map[string]bool{"s": false, "Home": false, "Escape": true, "?": true} {
		if is := KeyPressed(r.S, key) != nil; is != obeyed {
			t.Errorf("with the help card open, %s: obeyed is %t", key, is)
		}
	}
}
