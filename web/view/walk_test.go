package view_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/lesson"
	"glassbox/web/run"
)

// walking returns a reader at a stop of the walk that the page carries.
func walking(t testing.TB, stop int) *session {
	t.Helper()
	paths, err := filepath.Glob("../../static/lessons/walk/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var read lessons.Read
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		page, err := lesson.Parse(path, string(b))
		if err != nil {
			t.Fatal(err)
		}
		read.Pages = append(read.Pages, page)
	}
	return opened(t).send(read, lessons.Moved{Stop: stop})
}

// sketch is a lesson in which everything occurs, and something hostile.
func sketch(t testing.TB) *session {
	t.Helper()
	page, err := lesson.Parse("x.md", "---\ntitle: A <i>title</i>\npicture: line\n---\nOne {tokens} **two {width}** *three* `four <b>`.\n\n"+
		"<script>alert(1)</script> [here](#text=AAAAAA&stage=token) [there](https://example.org/?a=1) {token 99}\n\n## Try\n### More\n- a\n- [b](#type)\n\n1. c\n")
	if err != nil {
		t.Fatal(err)
	}
	return opened(t).send(lessons.Read{Pages: []lesson.Page{page, page}}, lessons.Moved{Stop: 1})
}

func TestALessonIsDrawn(t *testing.T) {
	s := sketch(t)
	golden(t, "lesson", draw(t, &lessons.Walk{Screen: &s.root.Screen})+draw(t, &lessons.Nav{Screen: &s.root.Screen}))
}

func TestMarkupInALessonIsText(t *testing.T) {
	if html := sketch(t).html(); strings.Contains(html, "<script") || strings.Contains(html, "<i>") || strings.Contains(html, "{token") {
		t.Error("text of a lesson became markup")
	}
}

func TestNoStopShowsAPlaceholder(t *testing.T) {
	for stop := range 10 {
		html := draw(t, &lessons.Walk{Screen: &walking(t, stop+1).root.Screen})
		if strings.ContainsAny(html, "{}…") {
			t.Errorf("stop %d shows a placeholder:\n%s", stop+1, html)
		}
	}
}

func TestTheWalkIsFollowedWithTheButtons(t *testing.T) {
	s := opened(t)
	s.send(lessons.Read{Pages: lessons.Of(&walking(t, 1).state).Pages}).press("id", "walk-start")
	if len(s.acts) != 1 || s.acts[0] != (feature.Focus{ID: "walk-title"}) {
		t.Errorf("the start moves the focus by %v", s.acts)
	}
	for stop := 1; stop < 10; stop++ {
		if html := s.html(); lessons.Of(&s.state).Walk != stop || !strings.Contains(html, lessons.Of(&s.state).Pages[stop-1].Title+"</h2>") {
			t.Fatalf("stop %d is drawn as %d", stop, lessons.Of(&s.state).Walk)
		}
		s.press("id", "walk-next")
	}
	if s.press("id", "walk-back"); lessons.Of(&s.state).Walk != 9 {
		t.Errorf("back leads to %d", lessons.Of(&s.state).Walk)
	}
	if s.press("id", "walk-next").press("id", "walk-next"); lessons.Of(&s.state).Walk != 0 || s.state.Stage != run.StageOverview {
		t.Errorf("at the end the reader is at %d, %q", lessons.Of(&s.state).Walk, s.state.Stage)
	}
}

func TestTheArrowsMoveAlongTheWalk(t *testing.T) {
	s := walking(t, 3)
	s.on("keydown", "id", "walk", &event{key: "ArrowRight"}).on("keydown", "id", "walk-nav", &event{key: "ArrowRight"})
	if lessons.Of(&s.state).Walk != 5 {
		t.Errorf("two arrows lead from 3 to %d", lessons.Of(&s.state).Walk)
	}
	if s.on("keydown", "id", "walk", &event{key: "ArrowLeft"}).on("keydown", "id", "walk", &event{key: "x"}); lessons.Of(&s.state).Walk != 4 {
		t.Errorf("an arrow back leads to %d", lessons.Of(&s.state).Walk)
	}
	s.state.LettersOff = true
	if s.on("keydown", "id", "walk", &event{key: "ArrowRight"}); lessons.Of(&s.state).Walk != 5 {
		t.Errorf("where letters are no keys, an arrow leads to %d", lessons.Of(&s.state).Walk)
	}
}

func TestLinksOfALessonDoWhatTheySay(t *testing.T) {
	s := sketch(t)
	e := &event{}
	s.on("click", "data-go", "#text=AAAAAA&stage=token", e)
	if !e.prevented || s.state.Text != "AAAAAA" || s.state.Stage != run.StageToken || lessons.Of(&s.state).Walk != 1 {
		t.Errorf("the link leads to %q at %q", s.state.Text, s.state.Stage)
	}
	if s.press("data-go", "#type"); len(s.acts) == 0 || s.acts[len(s.acts)-1] != (feature.Focus{ID: "prompt"}) {
		t.Errorf("#type does %v", s.acts)
	}
	if html := s.html(); !strings.Contains(html, `href="#text=AAAAAA&amp;stage=token&amp;walk=1"`) {
		t.Error("the link is no address that can be opened elsewhere")
	}
}

func TestAnUnfinishedTextIsOfferedAnother(t *testing.T) {
	s := walking(t, 5).send(feature.PromptChanged{Text: "CB"}).press("id", "walk-example")
	if s.state.Text != "CBABBC" || lessons.Of(&s.state).Walk != 5 {
		t.Errorf("the text is %q", s.state.Text)
	}
}

func TestAllStopsArePrinted(t *testing.T) {
	s := walking(t, 3)
	if strings.Contains(s.html(), "walk-print") {
		t.Error("the stops for paper are drawn on the screen")
	}
	s.root.Printing = true
	if n := strings.Count(s.html(), "<h2>"); n < 10 || !strings.Contains(s.html(), "for the text CBABBC") {
		t.Errorf("%d stops are printed", n)
	}
}

func TestALessonThatCannotBeReadSaysWhere(t *testing.T) {
	html := opened(t).send(lessons.Read{Problem: "walk/03.md:7: a * has no text"}).html()
	if !strings.Contains(html, "walk/03.md:7") || strings.Contains(html, "walk-start") {
		t.Error("the overview does not say why there is no walk")
	}
}
