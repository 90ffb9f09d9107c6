package view_test

import (
	"os"
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/help"
	"glassbox/web/feature/lessons"
	"glassbox/web/feature/number"
	"glassbox/web/feature/outline"
	"glassbox/web/feature/sampling"
	"glassbox/web/feature/text"
	"glassbox/web/feature/tokenize"
	"glassbox/web/run"
	. "glassbox/web/view"
)

// TestPages holds the whole page, in the states that readers meet, equal to the golden
// files. Numbers that depend on the order of summation are not in them.
func TestPages(t *testing.T) {
	for name, s := range map[string]*apptest.Page{
		"empty":   apptest.OpenPage(t).Send(feature.PromptChanged{Text: ""}),
		"loading": apptest.NewPage(t),
		"ready":   apptest.OpenPage(t),
		"wrong":   apptest.OpenPage(t).Send(feature.PromptChanged{Text: "CBAX"}),
		"full":    full(t),
	} {
		apptest.Golden(t, name, s.HTML())
	}
}

// full returns a reader whose context is full: six letters, and five answers.
func full(t testing.TB) *apptest.Page {
	s := apptest.OpenPage(t)
	for range 5 {
		s.Send(feature.StepPressed{})
	}
	return s
}

// TestFirstPicture holds what index.html shows before the program runs equal to the first
// thing that the program draws, so that nothing jumps.
func TestFirstPicture(t *testing.T) {
	const path = "../../static/index.html"
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	state := app.New(app.Shipped(func(id string) bool {
		_, err := os.Stat("../../static/models/" + app.ModelFile(id))
		return err == nil
	}))
	want := apptest.Draw(t, &Root{Screen: feature.Screen{State: &state, OnAction: func(feature.Action) {}}})
	before, rest, _ := strings.Cut(string(file), `<div id="app">`)
	is, after, ok := strings.Cut(rest, "</div>\n\n<!-- The canvases")
	if !ok {
		t.Fatal("index.html has no #app before its canvases")
	}
	if *apptest.Update {
		is = want
		page := before + `<div id="app">` + is + "</div>\n\n<!-- The canvases" + after
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if is != want {
		t.Error("#app of index.html is not what the program draws first; go test ./web/view -update writes it anew")
	}
}

// TestNothingPanics draws each component, and presses nothing, for states in which next to
// everything is missing.
func TestNothingPanics(t *testing.T) {
	states := map[string]*feature.State{
		"nil":       nil,
		"zero":      {},
		"explained": {Explained: &engine.Explained{}},
		"lost":      {Panel: "h.9.scores", Cell: &run.Cell{Name: "none", Row: 3}, Sheet: 9, Stage: "nowhere"},
		"merging":   merging(),
		"problem":   {Problem: &feature.Problem{}},
	}
	for name, s := range states {
		t.Run(name, func(t *testing.T) {
			apptest.Draw(t, &Root{Screen: feature.Screen{State: s}})
			apptest.Draw(t, &Root{Screen: feature.Screen{State: s, Card: &feature.CardInfo{Visible: true}, Legend: &feature.LegendInfo{Name: "x"}, OnAction: func(feature.Action) {}}})
		})
	}
}

// merging returns a state in which the merges of a token are asked for that is not there.
func merging() *feature.State {
	s := app.New(nil)
	s.Stage = run.StageTokenize
	s, _ = feature.Update(s, tokenize.MergesToggled{Token: 2})
	return &s
}

// TestEachComponentDraws draws every component by itself for a reader with everything on
// the screen.
func TestEachComponentDraws(t *testing.T) {
	s := full(t).Send(feature.PanelChosen{Name: "h.0.attn.head.0.scores"}, feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 9, Col: 4}})
	s.State.Problem = &feature.Problem{Title: "A problem"}
	s.Root.Card = &feature.CardInfo{Visible: true, Pinned: true}
	calculation, _ := s.State.View().Calculation()
	for want, c := range map[string]vugu.Builder{
		`<header`:           &Header{Screen: &s.Root.Screen},
		`aria-current`:      &StageBar{Screen: &s.Root.Screen},
		`negative`:          &Legend{Screen: &s.Root.Screen},
		`id="fit"`:          &Tools{Screen: &s.Root.Screen},
		`card pinned`:       &number.HoverCard{Screen: &s.Root.Screen},
		`A problem`:         &ProblemCard{Screen: &s.Root.Screen},
		`id="next"`:         &sampling.Next{Screen: &s.Root.Screen},
		`id="tokenizing"`:   &tokenize.Trial{Screen: &s.Root.Screen},
		`id="chips"`:        &text.Strip{Screen: &s.Root.Screen},
		`data-token="3"`:    &text.Chip{Screen: &s.Root.Screen, Index: 3},
		`id="help-card"`:    &help.Card{Screen: &s.Root.Screen},
		`id="lesson"`:       &lessons.Stage{Screen: &s.Root.Screen},
		`56,016`:            &Parameters{Screen: &s.Root.Screen},
		`head.Scores(`:      &number.SourceCode{Screen: &s.Root.Screen},
		`h.0.attn.head.0.s`: &number.Subject{Screen: &s.Root.Screen},
		`id="working"`:      &number.Working{Screen: &s.Root.Screen},
		`smaller terms`:     &TermTable{Screen: &s.Root.Screen, Of: &calculation},
		`data-role="query"`: &number.OperandStrip{Screen: &s.Root.Screen, Of: calculation.Operands[0]},
		`M8 3.5v9`:          &Icon{Name: "plus"},
		`id="temperature"`:  &sampling.Controls{Screen: &s.Root.Screen},
		`id="try"`:          &lessons.Try{Screen: &s.Root.Screen},
		`id="values"`:       &number.ValueTable{Screen: &s.Root.Screen},
		`id="inspector"`:    &Inspector{Screen: &s.Root.Screen},
		`class="math"`:      &Formula{Screen: &s.Root.Screen, List: calculation.Whole()},
		`data-exact`:        &number.Answer{Screen: &s.Root.Screen},
		`id="turn-left"`:    &Pad{Screen: &s.Root.Screen},
		`id="outline-fold"`: &outline.List{Screen: &s.Root.Screen},
		`id="spoken-place"`: &Spoken{Screen: &s.Root.Screen},
	} {
		if html := apptest.Draw(t, c); !strings.Contains(html, want) {
			t.Errorf("%T lacks %s", c, want)
		}
	}
}
