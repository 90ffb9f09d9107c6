package lessons_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/lesson"
	"glassbox/web/run"
	"glassbox/web/say"
)

// walking returns a reader at a stop of the walk that the page carries.
func walking(t testing.TB, stop int) *apptest.Page {
	t.Helper()
	paths, err := filepath.Glob("../../../static/lessons/walk/*.md")
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
	return apptest.OpenPage(t).Send(read, lessons.Moved{Stop: stop})
}

// stopsOfTheWalk counts them.
func stopsOfTheWalk(t testing.TB) int { return len(shippedLessons(t).Pages) }

// sketch is a lesson in which everything occurs, and something hostile.
func sketch(t testing.TB) *apptest.Page {
	t.Helper()
	page, err := lesson.Parse("x.md", "---\ntitle: A <i>title</i>\npicture: line\n---\nOne {tokens} **two {width}** *three* `four <b>`.\n\n"+
		"\\<script>alert(1)\\</script> [here](#text=AAAAAA&stage=token) [there](https://example.org/?a=1) {token 99} [tied](=h.0.attn.head.*.query) [nowhere](=h.9.ln_1)\n\n## Try\n### More\n- a\n- [b](#type)\n\n1. c\n")
	if err != nil {
		t.Fatal(err)
	}
	return apptest.OpenPage(t).Send(lessons.Read{Pages: []lesson.Page{page, page}}, lessons.Moved{Stop: 1})
}

func TestALessonIsDrawn(t *testing.T) {
	s := sketch(t)
	apptest.Golden(t, "lesson", apptest.Draw(t, &lessons.Walk{Screen: &s.Root.Screen})+apptest.Draw(t, &lessons.Nav{Screen: &s.Root.Screen}))
}

func TestMarkupInALessonIsText(t *testing.T) {
	if html := sketch(t).HTML(); strings.Contains(html, "<script") || strings.Contains(html, "<i>") || strings.Contains(html, "{token") {
		t.Error("text of a lesson became markup")
	}
}

func TestNoStopShowsAPlaceholder(t *testing.T) {
	for stop := range stopsOfTheWalk(t) {
		html := apptest.Draw(t, &lessons.Walk{Screen: &walking(t, stop+1).Root.Screen})
		if strings.ContainsAny(html, "{}…") {
			t.Errorf("stop %d shows a placeholder:\n%s", stop+1, html)
		}
	}
}

func TestTheWalkIsFollowedWithTheButtons(t *testing.T) {
	s := apptest.OpenPage(t)
	s.Send(lessons.Read{Pages: lessons.Of(&walking(t, 1).State).Pages}).Press("id", "walk-start")
	if len(s.Acts) != 1 || s.Acts[0] != (feature.Focus{ID: "walk-title"}) {
		t.Errorf("the start moves the focus by %v", s.Acts)
	}
	all := stopsOfTheWalk(t)
	for stop := 1; stop < all; stop++ {
		if html := s.HTML(); lessons.Of(&s.State).Walk != stop || !strings.Contains(html, lessons.Of(&s.State).Pages[stop-1].Title+"</h2>") {
			t.Fatalf("stop %d is drawn as %d", stop, lessons.Of(&s.State).Walk)
		}
		s.Press("id", "walk-next")
	}
	if s.Press("id", "walk-back"); lessons.Of(&s.State).Walk != all-1 {
		t.Errorf("back leads to %d", lessons.Of(&s.State).Walk)
	}
	if s.Press("id", "walk-next").Press("id", "walk-next"); lessons.Of(&s.State).Walk != 0 || s.State.Stage != run.StageOverview {
		t.Errorf("at the end the reader is at %d, %q", lessons.Of(&s.State).Walk, s.State.Stage)
	}
}

func TestTheArrowsMoveAlongTheWalk(t *testing.T) {
	s := walking(t, 3)
	s.On("keydown", "id", "walk", &apptest.Event{Key: "ArrowRight"}).On("keydown", "id", "walk-nav", &apptest.Event{Key: "ArrowRight"})
	if lessons.Of(&s.State).Walk != 5 {
		t.Errorf("two arrows lead from 3 to %d", lessons.Of(&s.State).Walk)
	}
	if s.On("keydown", "id", "walk", &apptest.Event{Key: "ArrowLeft"}).On("keydown", "id", "walk", &apptest.Event{Key: "x"}); lessons.Of(&s.State).Walk != 4 {
		t.Errorf("an arrow back leads to %d", lessons.Of(&s.State).Walk)
	}
	s.State.LettersOff = true
	if s.On("keydown", "id", "walk", &apptest.Event{Key: "ArrowRight"}); lessons.Of(&s.State).Walk != 5 {
		t.Errorf("where letters are no keys, an arrow leads to %d", lessons.Of(&s.State).Walk)
	}
}

func TestLinksOfALessonDoWhatTheySay(t *testing.T) {
	s := sketch(t)
	e := &apptest.Event{}
	s.On("click", "data-go", "#text=AAAAAA&stage=token", e)
	if !e.Prevented || s.State.Text != "AAAAAA" || s.State.Stage != run.StageToken || lessons.Of(&s.State).Walk != 1 {
		t.Errorf("the link leads to %q at %q", s.State.Text, s.State.Stage)
	}
	if s.Press("data-go", "#type"); len(s.Acts) == 0 || s.Acts[len(s.Acts)-1] != (feature.Focus{ID: "prompt"}) {
		t.Errorf("#type does %v", s.Acts)
	}
	if html := s.HTML(); !strings.Contains(html, `href="#text=AAAAAA&amp;stage=token&amp;walk=1"`) {
		t.Error("the link is no address that can be opened elsewhere")
	}
}

func TestAnUnfinishedTextIsOfferedAnother(t *testing.T) {
	s := walking(t, 5).Send(feature.PromptChanged{Text: "CB"}).Press("id", "walk-example")
	if s.State.Text != "CBABBC" || lessons.Of(&s.State).Walk != 5 {
		t.Errorf("the text is %q", s.State.Text)
	}
}

func TestAllStopsArePrinted(t *testing.T) {
	s := walking(t, 12)
	if s.Root.Printing = true; strings.Count(s.HTML(), "<h2>") < stopsOfTheWalk(t)-10 || strings.Count(s.HTML(), say.Lessons.OnThePage()) < 5 {
		t.Error("the lab is not printed, or not without what only the page can say")
	}
	s = walking(t, 3)
	if strings.Contains(s.HTML(), "walk-print") {
		t.Error("the stops for paper are drawn on the screen")
	}
	s.Root.Printing = true
	if n := strings.Count(s.HTML(), "<h2>"); n < 10 || strings.Contains(s.HTML(), say.Lessons.OnThePage()) || !strings.Contains(s.HTML(), "for the text CBABBC") {
		t.Errorf("%d stops are printed", n)
	}
}

func TestALessonThatCannotBeReadSaysWhere(t *testing.T) {
	html := apptest.OpenPage(t).Send(lessons.Read{Problem: "walk/03.md:7: a * has no text"}).HTML()
	if !strings.Contains(html, "walk/03.md:7") || strings.Contains(html, "walk-start") {
		t.Error("the overview does not say why there is no walk")
	}
}

// TestEachStopOfAStageSaysWhereOnTheLineItIs, and only those.
func TestEachStopOfAStageSaysWhereOnTheLineItIs(t *testing.T) {
	for n := 1; n <= stopsOfTheWalk(t); n++ {
		s := walking(t, n)
		at := -1
		for i, x := range lessons.Stations(&s.State) {
			if x.Here {
				if at >= 0 {
					t.Errorf("stop %d is at two stations", n)
				}
				at = i
			}
		}
		said := strings.Contains(s.HTML(), fmt.Sprintf("%d of 8 on the line.", at+1))
		if stage := s.State.Stage != run.StageOverview; stage != (at >= 0) || said != stage {
			t.Errorf("stop %d, at the stage %q, is at station %d; it says so: %t", n, s.State.Stage, at, said)
		}
	}
}

// TestTheTextThatEntersIsWholeTokens: ids stand apart, and no control token is cut.
func TestTheTextThatEntersIsWholeTokens(t *testing.T) {
	for want, r := range map[string]*apptest.Reader{">0 1 2 3 4 5<": apptest.Kin(t, "tiny-mistral"), ">…assistant↵<": apptest.Chatting(t)} {
		if html := apptest.Draw(t, &lessons.Line{Screen: &feature.Screen{State: &r.S}}); !strings.Contains(html, want) {
			t.Errorf("%s is not in %s", want, html)
		}
	}
}
