package lessons_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/lesson"
)

// shippedLessons reads the walk that the page carries.
func shippedLessons(t testing.TB) (read lessons.Read) {
	t.Helper()
	paths, err := filepath.Glob("../../../static/lessons/walk/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatal("there are no lessons", err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := lesson.Parse(path, string(b))
		if err = lesson.Join(err, app.CheckLesson(p, len(paths))); err != nil {
			t.Fatal(err)
		}
		read.Pages = append(read.Pages, p)
	}
	return read
}

// TestEveryNumberOfTheShippedLessonsIsKnown holds for the first text, and for one that is
// full.
func TestEveryNumberOfTheShippedLessonsIsKnown(t *testing.T) {
	everyNumberIsKnown(t, apptest.Open(t, ""), 6)
	everyNumberIsKnown(t, apptest.Words(t), 3)
}

// everyNumberIsKnown walks, then lets the model write a token, and walks again.
func everyNumberIsKnown(t *testing.T, d *apptest.Reader, times int) {
	t.Helper()
	read := shippedLessons(t)
	d.Send(read)
	for range times {
		for _, p := range read.Pages {
			p.For(lessons.Audience(&d.S)...).Values(func(v lesson.Part) {
				if v.Words[0] == "told" {
					return // what a tool finds is known where it is open: see everyToolTells
				}
				if text, known, err := lessons.Live(&d.S, v.Words); !known || text == "" || err != nil {
					t.Errorf("%s:%d: {%s} is %q, %t, %v", p.File, v.Line, strings.Join(v.Words, " "), text, known, err)
				}
			})
		}
		d.Send(StepPressed{})
	}
}

func TestEveryToolTellsWhatItFindsAtItsStop(t *testing.T) {
	everyToolTells(t, apptest.Open(t, "").Send(shippedLessons(t)))
	everyToolTells(t, apptest.OpenLanguage(t, "").Send(shippedLessons(t)))
}

// everyToolTells walks through the lab: each stop opens its tool, and says what that finds.
func everyToolTells(t *testing.T, d *apptest.Reader) {
	t.Helper()
	for i := range lessons.Of(&d.S).Pages {
		d.Send(lessons.Moved{Stop: i + 1})
		page, _ := lessons.Stop(&d.S)
		if lab := i >= 10; lab != d.S.Tooled() {
			t.Errorf("%s: a tool is open: %t", page.File, !lab)
		}
		page.Values(func(v lesson.Part) {
			if text, known, err := lessons.Live(&d.S, v.Words); v.Words[0] == "told" && (!known || text == "" || err != nil) {
				t.Errorf("%s:%d: {%s} is %q, %t, %v", page.File, v.Line, strings.Join(v.Words, " "), text, known, err)
			}
		})
	}
	if d.Send(lessons.Moved{Stop: 10}); len(d.S.Edits) > 0 || d.S.Tooled() {
		t.Errorf("back from the lab %v is changed", d.S.Edits)
	}
	d.Send(lessons.Moved{})
}

func TestEveryLinkOfTheShippedLessonsLeadsWhereItSays(t *testing.T) {
	read := shippedLessons(t)
	letters, words := apptest.Open(t, "").Send(read, lessons.Moved{2}), apptest.Words(t).Send(read, lessons.Moved{2})
	everyLinkLeadsWhereItSays(t, read, letters)
	everyLinkLeadsWhereItSays(t, read, words)
}

// everyLinkLeadsWhereItSays follows the links of the lessons for the reader's model, each
// from the same place.
func everyLinkLeadsWhereItSays(t *testing.T, read lessons.Read, from *apptest.Reader) {
	t.Helper()
	follow := func(file, link string, line int) {
		copied := *from
		d := copied.Send(LinkFollowed{Hash: link})
		want := d.S.Patched(link)
		if d.S.Problem != nil || strings.Contains(d.S.Notice, "no s") || strings.Contains(d.S.Notice, "not there") || d.S.TextError != "" {
			t.Errorf("%s:%d: %s says %q, %q", file, line, link, d.S.Notice, d.S.TextError)
		}
		got := d.S.Link()
		if got.Stage != want.Stage || got.Panel != want.Panel || (got.Cell == nil) != (want.Cell == nil) || want.Typed && d.S.Text != want.Text {
			t.Errorf("%s:%d: %s leads to %+v", file, line, link, got)
		}
	}
	for _, p := range read.Pages {
		p = p.For(lessons.Audience(&from.S)...)
		if p.Place != "" {
			follow(p.File, p.Place, 1)
		}
		p.Links(func(link string, line int) {
			if strings.HasPrefix(link, "#") {
				follow(p.File, link, line)
			}
		})
	}
}

func TestTheTeachersGuideListsAllLiveValuesVerbsAndKinds(t *testing.T) {
	b, err := os.ReadFile("../../../static/lessons/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range lessons.LiveValues() {
		if row := "| `" + v.Usage() + "` | " + v.Doc() + " |"; !strings.Contains(string(b), row) {
			t.Errorf("static/lessons/README.md lacks the row\n%s", row)
		}
	}
	for _, verb := range Verbs() {
		if !strings.Contains(string(b), "`#"+verb+"`") {
			t.Errorf("static/lessons/README.md lacks the verb #%s", verb)
		}
	}
	for _, kind := range lessons.Kinds() {
		if !strings.Contains(string(b), "`{for "+kind+"}`") {
			t.Errorf("static/lessons/README.md lacks {for %s}", kind)
		}
	}
}
