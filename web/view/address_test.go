package view_test

import (
	"strings"
	"testing"

	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/help"
	. "glassbox/web/view"
)

// TestEachPartCanBeHidden holds the style sheets equal to the table of parts.
func TestEachPartCanBeHidden(t *testing.T) {
	css, parts := style(t), apptest.OpenPage(t).State.Parts()
	for _, p := range parts {
		if !strings.Contains(css, `:root[data-hide~="`+p.Name+`"]`) {
			t.Errorf("no style sheet has a rule that hides %s", p.Name)
		}
	}
	for _, rest := range strings.Split(css, `[data-hide~="`)[1:] {
		name, _, _ := strings.Cut(rest, `"`)
		if _, warnings := address.ParseQuery("hide="+name, parts, nil); len(warnings) > 0 {
			t.Errorf("a style sheet hides %s: %v", name, warnings)
		}
	}
	for _, ui := range []address.Interface{address.UIEmbed, address.UIStage} {
		if !strings.Contains(css, `:root[data-ui="`+string(ui)+`"]`) {
			t.Errorf("no style sheet has a rule for ui=%s", ui)
		}
	}
}

// TestTheHelpCardListsEveryRow holds the help equal to the tables of the parsers.
func TestTheHelpCardListsEveryRow(t *testing.T) {
	s := apptest.OpenPage(t).Send(help.Toggled{})
	html := s.HTML()
	var names []string
	for _, p := range app.Properties() {
		names = append(names, p.Name)
	}
	for _, p := range address.Settings(nil) {
		names = append(names, p.Name)
	}
	for _, p := range s.State.Parts() {
		names = append(names, p.Name)
	}
	for _, name := range names {
		if !strings.Contains(html, `<code translate="no">`+name+"</code>") {
			t.Errorf("the help card lacks %s", name)
		}
	}
}

// TestTheLinkIsShownWhereItCanNotBeCopied follows the reader from the button to the card
// and back.
func TestTheLinkIsShownWhereItCanNotBeCopied(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.LinkPressed{}, feature.LinkCopied{Link: "file:///page.html#text=CAB"})
	if html := s.HTML(); !strings.Contains(html, `id="link-text"`) {
		t.Error("the card does not stand there")
	}
	(&LinkCard{Screen: &s.Root.Screen}).Close()
	if html := s.HTML(); strings.Contains(html, "link-card") || s.Acts[len(s.Acts)-1] != (feature.Focus{ID: "link"}) {
		t.Error("the card still stands there, or the focus is lost")
	}
}
