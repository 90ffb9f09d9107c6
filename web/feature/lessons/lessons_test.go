package lessons_test

import (
	"errors"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/glossary"
	"glassbox/web/feature/lessons"
	"glassbox/web/lesson"
	"glassbox/web/run"
	"glassbox/web/say"
)

// stops are three of a walk.
func stops(t testing.TB) lessons.Read {
	t.Helper()
	var read lessons.Read
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
	d := apptest.Open(t, "#panel=h.1.attn.proj").Send(stops(t), lessons.Moved{1})
	if lessons.Of(&d.S).Walk != 1 || d.S.Stage != run.StageOverview || d.S.Panel != "" || d.S.Sheet != SheetHalf {
		t.Errorf("the first stop is %d at %q, %q", lessons.Of(&d.S).Walk, d.S.Stage, d.S.Panel)
	}
	d.Send(KeyPressed(d.S, "n"))
	if d.S.Panel != "h.0.ln_1" || d.S.Stage != run.PartStage(0, model.PartNorm1) || d.S.Cell == nil || d.S.Explained == nil {
		t.Errorf("the second stop is at %q, %q, %v", d.S.Stage, d.S.Panel, d.S.Cell)
	}
	d.Send(lessons.Moved{99})
	if lessons.Of(&d.S).Walk != 3 || d.S.Stage != run.StageSoftmax || d.S.Cell != nil || KeyPressed(d.S, "n") != nil {
		t.Errorf("the last stop is %d at %q", lessons.Of(&d.S).Walk, d.S.Stage)
	}
	if hash := d.S.Hash(); hash != "#stage=softmax&walk=3" {
		t.Errorf("the link is %s", hash)
	}
	d.Send(KeyPressed(d.S, "b"), lessons.Moved{0})
	if lessons.Of(&d.S).Walk != 0 || d.S.Panel != "h.1.attn.proj" || d.S.Cell != nil || KeyPressed(d.S, "n") != nil {
		t.Errorf("after the walk the reader is at %q, %q", d.S.Stage, d.S.Panel)
	}
}

func TestALinkOpensAStopOfTheWalk(t *testing.T) {
	d := &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: engine.New()}
	d.Send(stops(t), Navigated{Hash: "#walk=2"})
	if lessons.Of(&d.S).Walk != 2 || d.S.Panel != "h.0.ln_1" || d.S.Cell == nil || d.S.Sheet != SheetHalf {
		t.Errorf("the link leads to %d, %q, %v", lessons.Of(&d.S).Walk, d.S.Panel, d.S.Cell)
	}
	if d.Send(Navigated{Hash: "#walk=1"}); lessons.Of(&d.S).Walk != 1 || d.S.Stage != run.StageOverview || d.S.Panel != "" {
		t.Errorf("the first stop, which names no place, shows %q, %q", d.S.Stage, d.S.Panel)
	}
	d.Send(Navigated{Hash: "#walk=2&stage=output"})
	if lessons.Of(&d.S).Walk != 2 || d.S.Stage != run.StageOutput {
		t.Errorf("a link with a place leads to %q", d.S.Stage)
	}
	if d.Send(lessons.Moved{0}); lessons.Of(&d.S).Walk != 0 || d.S.Stage != run.StageOutput {
		t.Errorf("who came by a link stays at %q", d.S.Stage)
	}
	if d.Send(Navigated{Hash: "#walk=50"}); lessons.Of(&d.S).Walk != 3 {
		t.Errorf("a stop that is not there leads to %d", lessons.Of(&d.S).Walk)
	}
}

// TestAWordIsOpenBesideAStop holds that the walk has taken over its part of a link before the glossary
// looks where the reader is, and that on the scene both stand in one caption.
func TestAStopStandsBeforeTheComparisonOfSizes(t *testing.T) {
	d := apptest.Open(t, "").Send(stops(t), Navigated{Hash: "#walk=2&sizes=gpt2"})
	d.Expect("the stop", lessons.Of(&d.S).Walk, 2).Expect("something in the place of the model", d.S.Covered(), false)
}

func TestAWordIsOpenBesideAStop(t *testing.T) {
	d := &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: engine.New()}
	d.Send(Hosted{Query: "?ui=stage"}, stops(t), Navigated{Hash: "#walk=3&word=softmax"})
	if glossary.Of(&d.S).Word != "softmax" || lessons.Of(&d.S).Walk != 3 || !d.S.Captioned() || d.S.Floor() != "" {
		t.Errorf("the link opens %q at stop %d", glossary.Of(&d.S).Word, lessons.Of(&d.S).Walk)
	}
	if d.Send(Hosted{}); d.S.Captioned() || d.S.Floor() != "lessons" {
		t.Errorf("%q has the inspector", d.S.Floor())
	}
}

func TestALinkOfALessonKeepsWhatItDoesNotName(t *testing.T) {
	d := apptest.Open(t, "#stage=output").Send(stops(t), StepPressed{}, LinkFollowed{Hash: "#text=CCCAAA"})
	if d.S.Text != "CCCAAA" || len(d.S.Generated) != 0 || d.S.Stage != run.StageOutput || !d.S.CanUndo {
		t.Errorf("the text is %q with %v at %q", d.S.Text, d.S.Generated, d.S.Stage)
	}
	d.Send(LinkFollowed{Hash: "#panel=logits"}, LinkFollowed{Hash: "#temperature=1.5&step"})
	if d.S.Panel != "logits" || d.S.Sampling.Temperature != 1.5 || len(d.S.Generated) != 1 || d.S.Text != "CCCAAA" {
		t.Errorf("at %q with %+v, wrote %v", d.S.Panel, d.S.Sampling, d.S.Generated)
	}
	d.Send(LinkFollowed{Hash: "#panel=h.last.ln_2&cell=last.3"})
	if d.S.Panel != "h.2.ln_2" || d.S.Cell == nil || d.S.Cell.Row != 6 {
		t.Errorf("\"last\" leads to %q, %v", d.S.Panel, d.S.Cell)
	}
	d.Send(LinkFollowed{Hash: "#reset"}, LinkFollowed{Hash: "#undo"}, LinkFollowed{Hash: "#walk=3"})
	if len(d.S.Generated) != 1 || lessons.Of(&d.S).Walk != 3 || d.S.Stage != run.StageSoftmax {
		t.Errorf("wrote %v, at stop %d, %q", d.S.Generated, lessons.Of(&d.S).Walk, d.S.Stage)
	}
}

func TestALessonsTextGoesWithTheLesson(t *testing.T) {
	d := apptest.Open(t, "#text=BBBAAA").Send(stops(t), lessons.Moved{1}, LinkFollowed{Hash: "#text=CCCAAA"}, lessons.Moved{0})
	if d.S.Text != "BBBAAA" {
		t.Errorf("after the walk the text is %q", d.S.Text)
	}
	d.Send(lessons.Moved{1}, LinkFollowed{Hash: "#text=CCCAAA"}, PromptChanged{Text: "ACACAC"}, lessons.Moved{2}, lessons.Moved{0})
	if d.S.Text != "ACACAC" {
		t.Errorf("after a walk on which the reader typed, the text is %q", d.S.Text)
	}
}

func TestLiveValuesAreThoseOfTheRun(t *testing.T) {
	d := apptest.Open(t, "")
	for words, want := range map[string]string{
		"tokens": "6", "last": "5", "token 1": "B", "token last": "C", "id last": "2", "width": "48", "wide": "192",
		"next": "A", "candidate 1": "A", "chance": say.Exactly(1), "temperature": "0", "top-k": "all", "rows probabilities": "6",
		"value tokens last 0": "2", "exact value tokens last 0": say.Number(float32(2)), "rows h.last.ln_1": "6", "total probabilities last": "1.00", "exact total probabilities last": "1.0000",
		"looks-at h.0.attn.head.0.attention 0": "token 0 (C)", "share h.0.attn.head.0.attention 0": "100\u00a0%",
	} {
		if got, known, err := lessons.Live(&d.S, strings.Fields(words)); got != want || !known || err != nil {
			t.Errorf("{%s} is %q, %t, %v; expected %q", words, got, known, err, want)
		}
	}
	for _, words := range []string{"token 6", "value h.9.ln_1 0 0", "value logits 0 3", "candidate 4"} {
		if got, known, err := lessons.Live(&d.S, strings.Fields(words)); known || err != nil {
			t.Errorf("{%s} is %q, %t, %v; it can't be known", words, got, known, err)
		}
	}
	for _, words := range []string{"", "nothing", "exact", "exact token 1", "candidate 0", "token", "token x", "token -1", "value logits 0", "rows a/b"} {
		if _, _, err := lessons.Live(&d.S, strings.Fields(words)); err == nil {
			t.Errorf("{%s} is no error", words)
		}
	}
}

func TestAnAdditionInALessonAddsUp(t *testing.T) {
	got, known, err := lessons.Live(&apptest.Open(t, "").S, strings.Fields("addition embed.sum last"))
	if !known || err != nil || !strings.Contains(got, " = ") {
		t.Errorf("the addition is %q, %t, %v", got, known, err)
	}
}

func TestMistakesInALessonAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"place: #stage=nowhere\n---\nText":            "x.md:3: the link #stage=nowhere: stage:",
		"picture: tree\n---\nText":                    `x.md:3: there is no picture "tree"; expected line and parameters`,
		"---\n{token}":                                "x.md:4: {token}; expected {token TOKEN}",
		"---\n{candidate 0}":                          "x.md:4: {candidate 0}; expected {candidate PLACE}",
		"---\n{exact tokens}":                         "x.md:4: {exact tokens}; no number is rounded there",
		"---\n{exact length h.0.ln_1 last}":           "",
		"---\n- a\n- {for cats} b":                    "x.md:5: {for cats}; expected {for shipped}, {for own}, {for letters}, ",
		"place: {for cats} #walk=1\n---\nText":        "x.md:3: {for cats}; expected {for shipped}",
		"---\n{for own letters tied} a":               "",
		"---\n{for own tied words untied} a":          "x.md:4: {for own tied words untied} is for nobody: two of these kinds exclude one another",
		"---\n[x](#text=A&stage=tokenize&step)":       "",
		"---\n[x](#cell=1.1)":                         "",
		"---\n[x](#panel=ln_f&cell=last.1)":           "",
		"---\n[x](#panel=ln_f&cell=0.last)":           `x.md:4: the link #panel=ln_f&cell=0.last: cell:`,
		"---\na\n[x](#leap)":                          `x.md:5: the link #leap: there is no "leap"`,
		"---\n[x](#stages=token)":                     `there is no "stages=token"`,
		"---\n[x](#walk=3)":                           "",
		"---\n[x](#walk=4)":                           "x.md:4: the link #walk=4: there is no stop 4: the walk has 3",
		"---\n[x](#word=softmax)":                     "",
		"---\n[x](#word=cat)":                         "x.md:4: the link #word=cat: The glossary has no word cat.",
		"---\n[x](https://example.org/#nothing)":      "",
		"---\n[x](#leap&walk=4)\n{y}\n\n## {for z} a": "x.md:4: the link #leap&walk=4: there is no stop 4: the walk has 3\nx.md:4: the link #leap&walk=4: there is no \"leap\"\nx.md:5: there is no live value {y}\nx.md:7: {for z}",
	} {
		p, err := lesson.Parse("x.md", "---\ntitle: A\n"+text)
		if err != nil {
			t.Fatal(err)
		}
		err = app.CheckLesson(p, 3)
		if located := new(lesson.Error); (err == nil) != (want == "") || err != nil && (!errors.As(err, &located) || !strings.HasPrefix(err.Error(), want) && !strings.Contains(err.Error(), want)) {
			t.Errorf("%q gives %v; expected %q", text, err, want)
		}
	}
}

// TestALessonNamesWhatEveryModelHas holds that what one of the shipped models lacks is found when the page is built, in
// every model for whose readers it is.
func TestALessonNamesWhatEveryModelHas(t *testing.T) {
	both := func(what string) string {
		return "x.md:4: the model language has no " + what + "\nx.md:4: the model sort has no " + what
	}
	for text, want := range map[string]string{
		"---\n[x](#panel=h.2.mlp.gelu)":                          "",
		"---\n[x](#panel=h.3.mlp.gelu)":                          "x.md:4: the model sort has no step or weight h.3.mlp.gelu",
		"---\n[x](#panel=h.last.mlp.gelu)":                       "",
		"---\n[x](#panel=lm_head.weight)":                        "x.md:4: the model language has no step or weight lm_head.weight",
		"---\n{for untied}\n[x](#panel=lm_head.weight)":          "",
		"---\n[x](#panel=sample.top_k&cell=last.0)":              "",
		"---\n[x](#stage=block.9.attention)":                     both("stage block.9.attention"),
		"---\n[x](#attention=h.0.attn.head.3)":                   "x.md:4: the model sort has no head h.0.attn.head.3",
		"---\n{for words}\n[x](#attention=h.0.attn.head.3)":      "",
		"---\n[x](#panel=h.0.ln_1&cell=0.48)":                    "x.md:4: the model sort has no cell 0.48 in h.0.ln_1",
		"---\n[x](#panel=h.0.ln_1&cell=last.48)":                 "x.md:4: the model sort has no cell last.48 in h.0.ln_1",
		"---\n[x](#panel=h.0.ln_1&cell=11.0)":                    "x.md:4: the model sort has no cell 11.0 in h.0.ln_1",
		"---\n[x](#panel=wpe.weight&cell=11.0)":                  "x.md:4: the model sort has no cell 11.0 in wpe.weight",
		"---\n[x](#flow=h.0.nothing_40)":                         both("step or weight h.0.nothing"),
		"---\n[x](#sizes=gpt3&walk=1)":                           "",
		"---\n[x](#sizes=sort)":                                  "",
		"---\n[x](#sizes=gpt9)":                                  both("size to compare: gpt9"),
		"---\n[x](#rank=1)":                                      "x.md:4: the model sort has no token of rank 1",
		"---\n{for words}\n[x](#rank=1&find=ball)":               "",
		"---\n[x](#model=sort&panel=h.2.ln_1)":                   "",
		"---\n[x](#model=sort&panel=lm_head.weight)":             "",
		"---\n[x](#model=sort&panel=h.3.ln_1)":                   "x.md:4: the model sort has no step or weight h.3.ln_1",
		"---\n[x](#model=tort)":                                  "x.md:4: there is no model tort",
		"---\n{for letters}\n[x](#text=ABX)":                     `x.md:5: the model sort reads ABC alone: it can't read the text "ABX"`,
		"---\n{value h.0.ln_1 last 200}":                         both("cell last.200 in h.0.ln_1"),
		"---\n{value h.0.nothing 0 0}":                           both("step or weight h.0.nothing"),
		"---\n{token 11}":                                        "x.md:4: the model sort holds 11 tokens at most: there is no token 11",
		"---\n{candidate 4}":                                     "x.md:4: the model sort lists 3 next tokens at most: there is no place 4",
		"---\n{addition h.0.ln_1 last}":                          "x.md:4: {addition TENSOR ROW} needs a sum of two columns, and h.0.ln_1 is none",
		"---\n{share h.0.ln_1 last}":                             "x.md:4: {share TENSOR ROW} needs scores or shares of a head, and h.0.ln_1 is none",
		"---\n{product h.0.attn.head.0.attention last 1}":        "x.md:4: {product TENSOR ROW PLACE} needs scores of a head, and h.0.attn.head.0.attention is none",
		"---\n[x](=h.*.residual_1,h.last.mlp.gelu,sample.top_k)": "",
		"---\n[x](=embed.sum,h.*.nothing)":                       both("step or weight h.*.nothing"),
		"---\n[x](=lm_head.weight)":                              "x.md:4: the model language has no step or weight lm_head.weight",
		"---\n{for untied}\n[x](=lm_head.weight)":                "",
		"---\n[x](=h.0.attn.head.*)":                             both("step or weight h.0.attn.head.*"),
		"place: #panel=h.0.nothing\n---\nText":                   strings.ReplaceAll(both("step or weight h.0.nothing"), ":4:", ":3:"),
	} {
		p, err := lesson.Parse("x.md", "---\ntitle: A\n"+text)
		if err != nil {
			t.Fatal(err)
		}
		err = app.CheckLesson(p, 3, app.Shipped(func(string) bool { return true })...)
		if (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%q gives\n%v; expected\n%s", text, err, want)
		}
	}
}
