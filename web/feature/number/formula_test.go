package number_test

import (
	"regexp"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/number"
	"glassbox/web/run"
)

// TestWhatAFormulaLeadsToIsReachedByKeyboard holds that maths, in which nothing takes the focus, leads by a press to no
// panel that no button beside it leads to.
func TestWhatAFormulaLeadsToIsReachedByKeyboard(t *testing.T) {
	symbol, button := regexp.MustCompile(`<mi class="sym link [a-z]*" title="([^"]*)"`), regexp.MustCompile(`<button[^>]* title="([^"]*)"`)
	s := apptest.OpenPage(t).Send(feature.Navigated{Hash: "#generated=0.1&temperature=0.7&k=2&p=0.9"})
	links := 0
	for _, i := range s.State.Steps {
		if i.Kind == model.KindWeight || i.Rows == 0 {
			continue
		}
		s.Send(feature.PanelChosen{Name: i.Name}, feature.CellChosen{Cell: &run.Cell{Name: i.Name, Row: i.Rows - 1}})
		html := apptest.Draw(t, &number.Working{Screen: &s.Root.Screen})
		math, _, _ := strings.Cut(html, "</math>")
		if strings.Contains(math, "<button") || strings.Contains(math, "tabindex") {
			t.Errorf("%s: a control stands in maths", i.Name)
		}
		var reached []string
		for _, found := range button.FindAllStringSubmatch(html, -1) {
			reached = append(reached, found[1])
		}
		for _, found := range symbol.FindAllStringSubmatch(math, -1) {
			links++
			if !strings.Contains(strings.Join(reached, " ")+" ", found[1]+" ") {
				t.Errorf("%s: no button leads to %s; there are %v", i.Name, found[1], reached)
			}
		}
	}
	if links < 50 {
		t.Errorf("the formulas hold %d links", links)
	}
}
