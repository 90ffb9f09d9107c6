package view_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/web/app"
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

var update = flag.Bool("update", false, "write the golden files and the first picture of index.html")

// TestPages holds the whole page, in the states that readers meet, equal to the golden
// files. Numbers that depend on the order of summation are not in them.
func TestPages(t *testing.T) {
	for name, s := range map[string]*session{
		"empty":   opened(t).send(feature.PromptChanged{Text: ""}),
		"loading": start(t),
		"ready":   opened(t),
		"wrong":   opened(t).send(feature.PromptChanged{Text: "CBAX"}),
		"full":    full(t),
	} {
		golden(t, name, s.html())
	}
}

// full returns a reader whose context is full: six letters, and five answers.
func full(t testing.TB) *session {
	s := opened(t)
	for range 5 {
		s.send(feature.StepPressed{})
	}
	return s
}

func golden(t *testing.T, name, html string) {
	t.Helper()
	html = strings.ReplaceAll(html, "><", ">\n<") + "\n"
	path := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(path, []byte(html), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if html == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(html, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s, line %d:\n  is   %s\n  want %s\n(go test ./web/view -update writes it anew)", path, i+1, b[i], a[i])
		}
	}
	t.Fatalf("%s has %d lines, expected %d", path, len(b), len(a))
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
		_, err := os.Stat("../../static/models/" + id + ".safetensors")
		return err == nil
	}))
	want := draw(t, &Root{Screen: feature.Screen{State: &state, OnAction: func(feature.Action) {}}})
	before, rest, _ := strings.Cut(string(file), `<div id="app">`)
	is, after, ok := strings.Cut(rest, "</div>\n\n<!-- The canvases")
	if !ok {
		t.Fatal("index.html has no #app before its canvases")
	}
	if *update {
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
			draw(t, &Root{Screen: feature.Screen{State: s}})
			draw(t, &Root{Screen: feature.Screen{State: s, Card: &feature.CardInfo{Visible: true}, Legend: &feature.LegendInfo{Name: "x"}, OnAction: func(feature.Action) {}}})
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
	s := full(t).send(feature.PanelChosen{Name: "h.0.attn.head.0.scores"}, feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 9, Col: 4}})
	s.state.Problem = &feature.Problem{Title: "A problem"}
	s.root.Card = &feature.CardInfo{Visible: true, Pinned: true}
	calculation, _ := s.state.View().Calculation()
	for want, c := range map[string]vugu.Builder{
		`<header`:           &Header{Screen: &s.root.Screen},
		`aria-current`:      &StageBar{Screen: &s.root.Screen},
		`negative`:          &Legend{Screen: &s.root.Screen},
		`id="fit"`:          &Tools{Screen: &s.root.Screen},
		`card pinned`:       &number.HoverCard{Screen: &s.root.Screen},
		`A problem`:         &ProblemCard{Screen: &s.root.Screen},
		`id="next"`:         &sampling.Next{Screen: &s.root.Screen},
		`id="tokenizing"`:   &tokenize.Trial{Screen: &s.root.Screen},
		`id="chips"`:        &text.Strip{Screen: &s.root.Screen},
		`data-token="3"`:    &text.Chip{Screen: &s.root.Screen, Index: 3},
		`id="help-card"`:    &help.Card{Screen: &s.root.Screen},
		`id="lesson"`:       &lessons.Stage{Screen: &s.root.Screen},
		`56,016`:            &Parameters{Screen: &s.root.Screen},
		`head.Scores(`:      &number.SourceCode{Screen: &s.root.Screen},
		`h.0.attn.head.0.s`: &number.Subject{Screen: &s.root.Screen},
		`id="working"`:      &number.Working{Screen: &s.root.Screen},
		`smaller terms`:     &TermTable{Screen: &s.root.Screen, Of: &calculation},
		`data-role="query"`: &number.OperandStrip{Screen: &s.root.Screen, Of: calculation.Operands[0]},
		`M8 3.5v9`:          &Icon{Name: "plus"},
		`id="temperature"`:  &sampling.Controls{Screen: &s.root.Screen},
		`id="try"`:          &lessons.Try{Screen: &s.root.Screen},
		`id="values"`:       &number.ValueTable{Screen: &s.root.Screen},
		`id="inspector"`:    &Inspector{Screen: &s.root.Screen},
		`class="math"`:      &number.Formula{Screen: &s.root.Screen, List: calculation.Symbols},
		`data-exact`:        &number.Answer{Screen: &s.root.Screen},
		`id="turn-left"`:    &Pad{Screen: &s.root.Screen},
		`id="outline-fold"`: &outline.List{Screen: &s.root.Screen},
		`id="spoken-place"`: &Spoken{Screen: &s.root.Screen},
	} {
		if html := draw(t, c); !strings.Contains(html, want) {
			t.Errorf("%T lacks %s", c, want)
		}
	}
}
