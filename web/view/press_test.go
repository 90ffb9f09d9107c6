package view_test

import (
	"reflect"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/help"
	"glassbox/web/run"
	. "glassbox/web/view"
)

// TestPresses holds what each control sends.
func TestPresses(t *testing.T) {
	cell := run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}
	at := func(t *testing.T) *apptest.Page {
		return apptest.OpenPage(t).Send(feature.StepPressed{}, feature.PanelChosen{Name: cell.Name}, feature.CellChosen{Cell: &cell})
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
				set.Sampling.TopK, set.Sampling.TopP = s.State.Sampling.TopK, s.State.Sampling.TopP
				set.Sampling.Temperature, set.Sampling.Seed = s.State.Sampling.Temperature, s.State.Sampling.Seed+1
				c.want = set
			}
			s.Press(c.attribute, c.value).Last(c.want)
		})
	}
}

// TestActions holds what the page is asked to do beside changes of the state.
func TestActions(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "embed.sum"})
	s.Press("id", "fit").Press("id", "zoom-in").Press("id", "copy-name").Press("id", "help").Press("id", "help-close")
	want := []feature.Action{feature.Fit{}, feature.Zoom{By: ZoomStep}, feature.Copy{Text: "embed.sum", What: "The name"}, feature.Focus{ID: "help-close"}, feature.Focus{ID: "help"}}
	if !reflect.DeepEqual(s.Acts, want) {
		t.Errorf("asked for %#v; expected %#v", s.Acts, want)
	}
	if help.Of(&s.State).Open {
		t.Error("the help card is still open")
	}
}

// TestProblemCanBeTriedAgain holds that the card offers what can be done.
func TestProblemCanBeTriedAgain(t *testing.T) {
	s := apptest.OpenPage(t)
	s.State.Problem = &feature.Problem{Title: "Gone", Retry: true}
	s.Press("id", "retry").Last(feature.RetryPressed{})
	s.State.Problem = &feature.Problem{Title: "Odd"}
	s.Press("id", "dismiss").Last(feature.ProblemDismissed{})
}

// BenchmarkBuild measures the page with everything on it, built once per message.
func BenchmarkBuild(b *testing.B) {
	s := full(b).Send(feature.PanelChosen{Name: "h.0.attn.head.0.scores"}, feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 9, Col: 4}})
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		env.RunBuild(s.Root)
	}
}
