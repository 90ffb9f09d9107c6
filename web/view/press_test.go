package view_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/feature/help"
	"glassbox/web/feature/tokenize"
	"glassbox/web/run"
	. "glassbox/web/view"
)

// An event is what a browser says about a press or a key, as far as components ask.
type event struct {
	vugu.DOMEvent
	value, key, id string
	composing      bool
	prevented      bool
}

func (e *event) PropString(keys ...string) string {
	switch keys[len(keys)-1] {
	case "value":
		return e.value
	case "key":
		return e.key
	case "id":
		return e.id
	}
	return ""
}

func (e *event) PropBool(...string) bool { return e.composing }
func (e *event) PreventDefault()         { e.prevented = true }

// on fires an event at the first element that has the attribute.
func (s *session) on(kind, attribute, value string, e *event) *session {
	s.t.Helper()
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	built := env.RunBuild(s.root)
	n := find(built, built.Out.Out, attribute, value)
	if n == nil {
		s.t.Fatalf("the page has no element with %s=%q", attribute, value)
	}
	for _, spec := range n.DOMEventHandlerSpecList {
		if spec.EventType == kind {
			spec.Func(e)
			return s
		}
	}
	s.t.Fatalf("%s=%q does not listen to %s", attribute, value, kind)
	return s
}

func (s *session) press(attribute, value string) *session {
	s.t.Helper()
	return s.on("click", attribute, value, &event{})
}

func find(built *vugu.BuildResults, nodes []*vugu.VGNode, attribute, value string) *vugu.VGNode {
	for _, n := range nodes {
		if n.Component != nil {
			if found := find(built, built.ResultFor(n.Component).Out, attribute, value); found != nil {
				return found
			}
		}
		for _, a := range n.Attr {
			if a.Key == attribute && a.Val == value {
				return n
			}
		}
		for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
			if found := find(built, []*vugu.VGNode{kid}, attribute, value); found != nil {
				return found
			}
		}
	}
	return nil
}

// last fails if the last message is another one.
func (s *session) last(want feature.Msg) {
	s.t.Helper()
	if len(s.sent) == 0 {
		s.t.Fatalf("nothing was sent; expected %#v", want)
	}
	if is := s.sent[len(s.sent)-1]; !reflect.DeepEqual(is, want) {
		s.t.Fatalf("sent %#v; expected %#v", is, want)
	}
}

// TestPresses holds what each control sends.
func TestPresses(t *testing.T) {
	cell := run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}
	at := func(t *testing.T) *session {
		return opened(t).send(feature.StepPressed{}, feature.PanelChosen{Name: cell.Name}, feature.CellChosen{Cell: &cell})
	}
	for _, c := range []struct {
		name             string
		attribute, value string
		want             feature.Msg
	}{
		{"step", "id", "step", feature.StepPressed{}},
		{"play", "id", "play", feature.PlayPressed{}},
		{"reset", "id", "reset", feature.ResetPressed{}},
		{"undo", "id", "undo", feature.UndoPressed{}},
		{"link", "id", "link", feature.LinkPressed{}},
		{"help", "id", "help", help.Toggled{}},
		{"theme", "id", "theme", feature.ThemeChosen{Theme: address.ThemeLight}},
		{"stage", "data-stage", "softmax", feature.StageChosen{Stage: run.StageSoftmax}},
		{"sheet", "id", "grip", feature.SheetMoved{Sheet: feature.SheetHalf}},
		{"token", "data-token", "3", feature.CellChosen{Cell: &run.Cell{Name: cell.Name, Row: 3, Col: 2}}},
		{"token before the column", "data-token", "1", feature.CellChosen{Cell: &run.Cell{Name: cell.Name, Row: 1, Col: 1}}},
		{"symbol", "title", "h.0.attn.head.0.key", feature.PanelChosen{Name: "h.0.attn.head.0.key"}},
		{"another draw", "id", "reseed", feature.SamplingChanged{Sampling: run.Sampling{TopP: 1, Seed: 2}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := at(t)
			if set, ok := c.want.(feature.SamplingChanged); ok {
				set.Sampling.TopK, set.Sampling.TopP = s.state.Sampling.TopK, s.state.Sampling.TopP
				set.Sampling.Temperature, set.Sampling.Seed = s.state.Sampling.Temperature, s.state.Sampling.Seed+1
				c.want = set
			}
			s.press(c.attribute, c.value).last(c.want)
		})
	}
}

// TestTableTurns holds that the table of numbers shows the page of the selected cell and
// turns to the next.
func TestTableTurns(t *testing.T) {
	s := opened(t).send(feature.PanelChosen{Name: "h.0.ln_1"})
	s.press("data-cell", "2.3").last(feature.CellChosen{Cell: &run.Cell{Name: "h.0.ln_1", Row: 2, Col: 3}})
	s.press("data-turn", "right").last(feature.CellChosen{Cell: &run.Cell{Name: "h.0.ln_1", Row: 0, Col: 5}})
	if html := s.html(); !strings.Contains(html, "rows 0–5 of 6, columns 5–9 of 48") {
		t.Error("the table does not show the next page")
	}
}

// TestTyping holds what the fields send.
func TestTyping(t *testing.T) {
	s := opened(t).on("input", "id", "prompt", &event{value: "ABC"})
	s.last(feature.PromptChanged{Text: "ABC"})

	s = opened(t)
	enter := &event{key: "Enter"}
	s.on("keydown", "id", "prompt", enter).last(feature.StepPressed{})
	if !enter.prevented {
		t.Error("Enter also does what the browser would do")
	}
	s = opened(t)
	s.on("keydown", "id", "prompt", &event{key: "Enter", composing: true})
	if len(s.sent) > 0 {
		t.Error("Enter that ends a composition of characters writes a token")
	}
	s = opened(t).send(feature.StageChosen{Stage: run.StageTokenize})
	s.on("input", "id", "probe", &event{value: "AB"}).last(tokenize.Typed{Text: "AB"})
	s.press("data-tokenizer", "gpt2").last(tokenize.Chosen{ID: "gpt2"})
}

// TestSliders holds what positions mean: the right end of top k is all of them.
func TestSliders(t *testing.T) {
	for _, c := range []struct {
		id, value string
		change    func(*run.Sampling)
	}{
		{"temperature", "0.8", func(s *run.Sampling) { s.Temperature = 0.8 }},
		{"top-k", "2", func(s *run.Sampling) { s.TopK = 2 }},
		{"top-k", "3", func(s *run.Sampling) { s.TopK = 0 }},
		{"top-p", "0.9", func(s *run.Sampling) { s.TopP = 0.9 }},
	} {
		s := opened(t)
		want := s.state.Sampling
		c.change(&want)
		s.on("input", "id", c.id, &event{value: c.value}).last(feature.SamplingChanged{Sampling: want})
	}
	s := opened(t)
	want := s.state.Sampling
	want.Seed = 99
	s.on("change", "id", "seed", &event{value: " 99 "}).last(feature.SamplingChanged{Sampling: want})
	s.on("change", "id", "seed", &event{value: "many"}).last(feature.SamplingChanged{Sampling: want})
}

// TestActions holds what the page is asked to do beside changes of the state.
func TestActions(t *testing.T) {
	s := opened(t).send(feature.PanelChosen{Name: "embed.sum"})
	s.press("id", "fit").press("id", "zoom-in").press("id", "copy-name").press("id", "help").press("id", "help-close")
	want := []feature.Action{feature.Fit{}, feature.Zoom{By: ZoomStep}, feature.Copy{Text: "embed.sum", What: "The name"}, feature.Focus{ID: "help-close"}, feature.Focus{ID: "help"}}
	if !reflect.DeepEqual(s.acts, want) {
		t.Errorf("asked for %#v; expected %#v", s.acts, want)
	}
	if help.Of(&s.state).Open {
		t.Error("the help card is still open")
	}
}

// TestHelpClosesOutside holds that a press on the veil closes the card, one inside does not.
func TestHelpClosesOutside(t *testing.T) {
	s := opened(t).send(help.Toggled{})
	s.on("click", "id", "help-veil", &event{id: "help-card"})
	if !help.Of(&s.state).Open {
		t.Fatal("a press on the card closes it")
	}
	s.on("click", "id", "help-veil", &event{id: "help-veil"})
	if help.Of(&s.state).Open {
		t.Error("a press beside the card does not close it")
	}
}

// TestProblemCanBeTriedAgain holds that the card offers what can be done.
func TestProblemCanBeTriedAgain(t *testing.T) {
	s := opened(t)
	s.state.Problem = &feature.Problem{Title: "Gone", Retry: true}
	s.press("id", "retry").last(feature.RetryPressed{})
	s.state.Problem = &feature.Problem{Title: "Odd"}
	s.press("id", "dismiss").last(feature.ProblemDismissed{})
}

// BenchmarkBuild measures the page with everything on it, built once per message.
func BenchmarkBuild(b *testing.B) {
	s := full(b).send(feature.PanelChosen{Name: "h.0.attn.head.0.scores"}, feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 9, Col: 4}})
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		env.RunBuild(s.root)
	}
}
