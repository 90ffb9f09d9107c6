package app

import (
	"errors"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/lesson"
	"glassbox/web/run"
	"glassbox/web/say"
)

// lessons are three stops of a walk.
func lessons(t testing.TB) LessonsRead {
	t.Helper()
	var read LessonsRead
	for _, text := range []string{
		"---\ntitle: One\n---\nText",
		"---\ntitle: Two\nplace: #panel=h.0.ln_1&cell=5.0\n---\n{value h.0.ln_1 5 0}",
		"---\ntitle: Three\nplace: #stage=softmax\n---\nText",
	} {
		p, err := lesson.Parse("x.md", text)
		if err != nil {
			t.Fatal(err)
		}
		read.Pages = append(read.Pages, p)
	}
	return read
}

func TestTheWalkLeadsToItsPlacesAndBack(t *testing.T) {
	d := open(t, "#panel=h.1.attn.proj").send(lessons(t), WalkMoved{1})
	if d.s.Walk != 1 || d.s.Stage != run.StageOverview || d.s.Panel != "" || d.s.Sheet != SheetHalf {
		t.Errorf("the first stop is %d at %q, %q", d.s.Walk, d.s.Stage, d.s.Panel)
	}
	d.send(KeyPressed(d.s, "n"))
	if d.s.Panel != "h.0.ln_1" || d.s.Stage != run.PartStage(0, model.PartNorm1) || d.s.Cell == nil || d.s.Explained == nil {
		t.Errorf("the second stop is at %q, %q, %v", d.s.Stage, d.s.Panel, d.s.Cell)
	}
	d.send(WalkMoved{99})
	if d.s.Walk != 3 || d.s.Stage != run.StageSoftmax || d.s.Cell != nil || KeyPressed(d.s, "n") != nil {
		t.Errorf("the last stop is %d at %q", d.s.Walk, d.s.Stage)
	}
	if hash := d.s.Hash(); hash != "#stage=softmax&walk=3" {
		t.Errorf("the link is %s", hash)
	}
	d.send(KeyPressed(d.s, "b"), WalkMoved{0})
	if d.s.Walk != 0 || d.s.Panel != "h.1.attn.proj" || d.s.Cell != nil || KeyPressed(d.s, "n") != nil {
		t.Errorf("after the walk the reader is at %q, %q", d.s.Stage, d.s.Panel)
	}
}

func TestALinkOpensAStopOfTheWalk(t *testing.T) {
	d := &reader{t: t, s: New(choices()), e: engine.New()}
	d.send(lessons(t), Navigated{"#walk=2"})
	if d.s.Walk != 2 || d.s.Panel != "h.0.ln_1" || d.s.Cell == nil || d.s.Sheet != SheetHalf {
		t.Errorf("the link leads to %d, %q, %v", d.s.Walk, d.s.Panel, d.s.Cell)
	}
	if d.send(Navigated{"#walk=1"}); d.s.Walk != 1 || d.s.Stage != run.StageOverview || d.s.Panel != "" {
		t.Errorf("the first stop, which names no place, shows %q, %q", d.s.Stage, d.s.Panel)
	}
	d.send(Navigated{"#walk=2&stage=output"})
	if d.s.Walk != 2 || d.s.Stage != run.StageOutput {
		t.Errorf("a link with a place leads to %q", d.s.Stage)
	}
	if d.send(WalkMoved{0}); d.s.Walk != 0 || d.s.Stage != run.StageOutput {
		t.Errorf("who came by a link stays at %q", d.s.Stage)
	}
	if d.send(Navigated{"#walk=50"}); d.s.Walk != 3 {
		t.Errorf("a stop that is not there leads to %d", d.s.Walk)
	}
}

func TestALinkOfALessonKeepsWhatItDoesNotName(t *testing.T) {
	d := open(t, "#stage=output").send(lessons(t), StepPressed{}, LinkFollowed{"#text=CCCAAA"})
	if d.s.Text != "CCCAAA" || len(d.s.Generated) != 0 || d.s.Stage != run.StageOutput || !d.s.CanUndo {
		t.Errorf("the text is %q with %v at %q", d.s.Text, d.s.Generated, d.s.Stage)
	}
	d.send(LinkFollowed{"#panel=logits"}, LinkFollowed{"#temperature=1.5&step"})
	if d.s.Panel != "logits" || d.s.Sampling.Temperature != 1.5 || len(d.s.Generated) != 1 || d.s.Text != "CCCAAA" {
		t.Errorf("at %q with %+v, wrote %v", d.s.Panel, d.s.Sampling, d.s.Generated)
	}
	d.send(LinkFollowed{"#panel=h.last.ln_2&cell=last.3"})
	if d.s.Panel != "h.2.ln_2" || d.s.Cell == nil || d.s.Cell.Row != 6 {
		t.Errorf("\"last\" leads to %q, %v", d.s.Panel, d.s.Cell)
	}
	d.send(LinkFollowed{"#reset"}, LinkFollowed{"#undo"}, LinkFollowed{"#walk=3"})
	if len(d.s.Generated) != 1 || d.s.Walk != 3 || d.s.Stage != run.StageSoftmax {
		t.Errorf("wrote %v, at stop %d, %q", d.s.Generated, d.s.Walk, d.s.Stage)
	}
}

func TestALessonsTextGoesWithTheLesson(t *testing.T) {
	d := open(t, "#text=BBBAAA").send(lessons(t), WalkMoved{1}, LinkFollowed{"#text=CCCAAA"}, WalkMoved{0})
	if d.s.Text != "BBBAAA" {
		t.Errorf("after the walk the text is %q", d.s.Text)
	}
	d.send(WalkMoved{1}, LinkFollowed{"#text=CCCAAA"}, PromptChanged{"ACACAC"}, WalkMoved{2}, WalkMoved{0})
	if d.s.Text != "ACACAC" {
		t.Errorf("after a walk on which the reader typed, the text is %q", d.s.Text)
	}
}

func TestLiveValuesAreThoseOfTheRun(t *testing.T) {
	d := open(t, "")
	for words, want := range map[string]string{
		"tokens": "6", "last": "5", "token 1": "B", "token last": "C", "id last": "2", "width": "48", "wide": "192",
		"next": "A", "candidate 1": "A", "chance": say.Percent(1), "temperature": "0", "top-k": "all", "rows probabilities": "6",
		"value tokens last 0": say.Number(float32(2)), "rows h.last.ln_1": "6", "total probabilities last": "1.0000",
		"looks-at h.0.attn.head.0.attention 0": "token 0 (C)", "share h.0.attn.head.0.attention 0": "100.0\u00a0%",
	} {
		if got, known, err := d.s.Live(strings.Fields(words)); got != want || !known || err != nil {
			t.Errorf("{%s} is %q, %t, %v; expected %q", words, got, known, err, want)
		}
	}
	for _, words := range []string{"token 6", "value h.9.ln_1 0 0", "value logits 0 3", "candidate 4", "candidate 0"} {
		if got, known, err := d.s.Live(strings.Fields(words)); known || err != nil {
			t.Errorf("{%s} is %q, %t, %v; it can't be known", words, got, known, err)
		}
	}
	for _, words := range []string{"", "nothing", "token", "token x", "token -1", "value logits 0", "rows a/b"} {
		if _, _, err := d.s.Live(strings.Fields(words)); err == nil {
			t.Errorf("{%s} is no error", words)
		}
	}
}

func TestAnAdditionInALessonAddsUp(t *testing.T) {
	got, known, err := open(t, "").s.Live(strings.Fields("addition embed.sum last"))
	if !known || err != nil || !strings.Contains(got, " = ") {
		t.Errorf("the addition is %q, %t, %v", got, known, err)
	}
}

func TestMistakesInALessonAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"place: #stage=nowhere\n---\nText":       "x.md:1: the link #stage=nowhere: stage:",
		"---\n{token}":                           "x.md:4: {token}; expected {token TOKEN}",
		"---\n[x](#text=A&stage=tokenize&step)":  "",
		"---\n[x](#cell=1.1)":                    "",
		"---\na\n[x](#leap)":                     `x.md:5: the link #leap: there is no "leap"`,
		"---\n[x](#stages=token)":                `there is no "stages=token"`,
		"---\n[x](https://example.org/#nothing)": "",
	} {
		p, err := lesson.Parse("x.md", "---\ntitle: A\n"+text)
		if err != nil {
			t.Fatal(err)
		}
		err = CheckLesson(p)
		var located *lesson.Error
		if (err == nil) != (want == "") || err != nil && (!errors.As(err, &located) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q gives %v; expected %q", text, err, want)
		}
	}
}

// TestALessonNamesWhatEveryModelHas: a place that one of the shipped models lacks is found when
// the page is built.
func TestALessonNamesWhatEveryModelHas(t *testing.T) {
	for text, want := range map[string]string{
		"---\n[x](#panel=h.2.mlp.gelu)":                     "",
		"---\n[x](#panel=h.3.mlp.gelu)":                     "x.md:4: the model sort has no step or weight h.3.mlp.gelu",
		"---\n[x](#panel=h.last.mlp.gelu)":                  "",
		"---\n[x](#panel=lm_head.weight)":                   "x.md:4: the model language has no step or weight lm_head.weight",
		"---\n[x](#panel=sample.top_k&cell=0.last)":         "",
		"---\n[x](#stage=block.9.attention)":                "x.md:4: the model language has no stage block.9.attention",
		"---\n[x](#attention=h.0.attn.head.3)":              "x.md:4: the model sort has no head h.0.attn.head.3",
		"---\n{for words}\n[x](#attention=h.0.attn.head.3)": "",
		"---\n[x](#panel=h.0.ln_1&cell=0.48)":               "x.md:4: the model sort has no cell 0.48 in h.0.ln_1",
		"---\n[x](#panel=wpe.weight&cell=11.0)":             "x.md:4: the model sort has no cell 11.0 in wpe.weight",
		"---\n[x](#flow=h.0.nothing_40)":                    "x.md:4: the model language has no step or weight h.0.nothing",
		"---\n{value h.0.ln_1 last 200}":                    "x.md:4: the model language has no cell last.200 in h.0.ln_1",
		"---\n{value h.0.nothing 0 0}":                      "x.md:4: the model language has no step or weight h.0.nothing",
		"place: #panel=h.0.nothing\n---\nText":              "x.md:1: the model language has no step or weight h.0.nothing",
	} {
		p, err := lesson.Parse("x.md", "---\ntitle: A\n"+text)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range Shipped(func(string) bool { return true }) {
			if failed := CheckLessonIn(p, c); err == nil {
				err = failed
			}
		}
		if (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%q gives %v; expected %q", text, err, want)
		}
	}
}
