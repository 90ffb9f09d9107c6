package view_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/scripts/sheets"
	"glassbox/web/address"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/help"
	"glassbox/web/run"
)

// TestPreview writes the page in several states as plain HTML files, to be looked at in a
// browser, into the folder that GLASSBOX_PREVIEW names (else into one that is thrown away).
func TestPreview(t *testing.T) {
	folder := os.Getenv("GLASSBOX_PREVIEW")
	if folder == "" {
		folder = t.TempDir()
	}
	index, err := os.ReadFile("../../static/index.html")
	if err != nil {
		t.Fatal(err)
	}
	write(t, folder, "style.css", style(t))
	first := string(index)
	for i, name := range sheets.Names(first) {
		link := ""
		if i == 0 {
			link = sheets.Link("style.css")
		}
		first = strings.Replace(first, sheets.Link(name), link, 1)
	}
	write(t, folder, "first-paint.html", first)
	before, rest, _ := strings.Cut(first, `<div id="app">`)
	_, after, found := strings.Cut(rest, "\n<!-- The canvases")
	if !found {
		t.Fatal("index.html has no mount before its canvases")
	}
	for name, s := range previews(t) {
		page := before + `<div id="app">` + s.HTML() + "</div>\n<!-- The canvases" + after
		write(t, folder, name+".html", page)
	}
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// previews are states that show each part of the page.
func previews(t *testing.T) map[string]*apptest.Page {
	value := float32(-0.4)
	cell := func(name string, row, col int) *run.Cell { return &run.Cell{Name: name, Row: row, Col: col} }
	five := []feature.Msg{feature.StepPressed{}, feature.StepPressed{}, feature.StepPressed{}, feature.StepPressed{}, feature.StepPressed{}}
	scores := apptest.OpenPage(t).Send(five...).Send(feature.PanelChosen{Name: "h.0.attn.head.0.scores"},
		feature.CellChosen{Cell: cell("h.0.attn.head.0.scores", 9, 4)}, feature.SheetMoved{Sheet: feature.SheetHalf})
	scores.Root.Card = &feature.CardInfo{Visible: true}
	scores.Root.Legend = &feature.LegendInfo{Name: "scores", Norm: 0.78, Value: &value, Clamped: true}
	wrong := apptest.OpenPage(t).Send(feature.PromptChanged{Text: "CBAX"})
	failed := apptest.OpenPage(t).Send(feature.WorkerDied{Reason: "Out of memory"}, feature.WorkerDied{Reason: "Out of memory"}, feature.WorkerDied{Reason: "Out of memory"})
	return map[string]*apptest.Page{
		"overview":  apptest.OpenPage(t),
		"scores":    scores,
		"norm":      apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.ln_1"}, feature.CellChosen{Cell: cell("h.0.ln_1", 3, 7)}),
		"linear":    apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.1.mlp.up"}, feature.CellChosen{Cell: cell("h.1.mlp.up", 3, 7)}),
		"softmax":   apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.attn.head.1.attention"}, feature.CellChosen{Cell: cell("h.0.attn.head.1.attention", 4, 2)}),
		"masked":    apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.attn.head.1.attention"}, feature.CellChosen{Cell: cell("h.0.attn.head.1.attention", 2, 4)}),
		"weight":    apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.attn.c_attn.weight"}),
		"block":     apptest.OpenPage(t).Send(feature.StageChosen{Stage: run.PartStage(0, model.PartAttention)}),
		"tokenize":  apptest.OpenPage(t).Send(feature.StageChosen{Stage: run.StageTokenize}, feature.SheetMoved{Sheet: feature.SheetFull}),
		"sample":    apptest.OpenPage(t).Send(five...).Send(feature.StageChosen{Stage: run.StageSample}),
		"muted":     apptest.OpenPage(t).Send(feature.PromptChanged{Text: "CBA"}),
		"empty":     apptest.OpenPage(t).Send(feature.PromptChanged{Text: ""}),
		"wrong":     wrong,
		"failed":    failed,
		"help":      apptest.OpenPage(t).Send(help.Toggled{}),
		"loading":   apptest.NewPage(t),
		"projector": apptest.OpenPage(t).Send(feature.ThemeChosen{Theme: address.ThemeProjector}),
	}
}
