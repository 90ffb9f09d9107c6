package lessons_test

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/feature/ranking"
	"glassbox/web/feature/tokenize"
	"glassbox/web/lesson"
	"glassbox/web/run"
)

// onWalk returns a reader at a stop of the walk, with one of the models that the page carries.
func onWalk(t testing.TB, model string, stop int) *apptest.Page {
	t.Helper()
	return apptest.OpenShipped(t, "#model="+model).Send(shippedLessons(t), lessons.Moved{Stop: stop})
}

// TestEachLinkOfTheWalkDoesWhatItSays presses every link of every stop, as the page draws them, for both models, and holds
// that each word of it is true afterwards.
func TestEachLinkOfTheWalkDoesWhatItSays(t *testing.T) {
	for _, model := range []string{"language", "sort"} {
		pressed := 0
		for stop := 1; stop <= len(shippedLessons(t).Pages); stop++ {
			s := onWalk(t, model, stop)
			at := s.State
			page, _ := lessons.Stop(&s.State)
			page.Links(func(link string, line int) {
				s.State, s.Acts = at, nil
				s.Press("data-go", link)
				pressed++
				for _, wrong := range notDone(s, at, link) {
					t.Errorf("%s:%d: %s with the model %s: %s", page.File, line, link, model, wrong)
				}
				if s.State.Text != at.Text {
					s = onWalk(t, model, stop) // the engine has read another text
					at = s.State
				}
			})
		}
		if pressed < 20 {
			t.Errorf("with the model %s, %d links were pressed", model, pressed)
		}
	}
}

// notDone says what of a link is not true after the reader has pressed it.
func notDone(s *apptest.Page, before feature.State, link string) (wrong []string) {
	after := &s.State
	expect := func(is bool, what string) {
		if !is {
			wrong = append(wrong, what)
		}
	}
	said := map[string]string{}
	for part := range strings.SplitSeq(link[1:], "&") {
		key, value, _ := strings.Cut(part, "=")
		said[key], _ = url.PathUnescape(value)
	}
	has := func(key string) bool { _, ok := said[key]; return ok }
	lastBlock := strconv.Itoa(after.Config.Blocks - 1)
	kept := len(before.Generated)
	if has("text") || has("reset") {
		kept = 0
	}
	for key, value := range said {
		switch key {
		case "text":
			expect(after.Text == value && after.TextError == "", "the text is "+after.Text)
		case "stage":
			expect(after.Stage == run.Stage(strings.Replace(value, "last", lastBlock, 1)), "the stage is "+string(after.Stage))
		case "panel":
			_, there := after.Info(after.Panel)
			expect(there && after.Panel == after.Config.NameHere(value), "the panel is "+after.Panel)
		case "cell":
			info, _ := after.Info(after.Panel)
			row, col, _ := strings.Cut(value, ".")
			row = strings.Replace(row, "last", strconv.Itoa(info.Rows-1), 1)
			c := after.Cell
			expect(c != nil && c.Name == after.Panel && strconv.Itoa(c.Row) == row && strconv.Itoa(c.Col) == col && after.Explains(c), "another cell is pinned")
		case "temperature":
			expect(strconv.FormatFloat(float64(after.Sampling.Temperature), 'f', -1, 32) == value, "the temperature is another")
		case "seed":
			expect(strconv.FormatUint(after.Sampling.Seed, 10) == value, "the seed is another")
		case "rank":
			r := ranking.Of(after)
			expect(strconv.Itoa(r.Rank) == value && r.Page != nil && len(r.Page.Rows) == ranking.Rows, "the ranking is not open")
			expect(after.Reveal == feature.Reveal{ID: "ranking", Turn: before.Reveal.Turn + 1} && strings.Contains(s.HTML(), `id="ranked-caption"`), "it is not shown")
		case "find":
			r := ranking.Of(after)
			expect(r.Page != nil && len(r.Page.Found) > 0 && r.Page.Found[0].Text == strings.ReplaceAll(value, " ", "·"), "nothing is found")
		case "tokenizer":
			k := tokenize.Of(after)
			expect(k.Tokenizer == value && k.Tokenized != nil && after.Reveal.ID == "tokenizing" && strings.Contains(s.HTML(), `id="tokenizing"`), "it is not tried")
		case "walk":
			expect(strconv.Itoa(lessons.Of(after).Walk) == value, "the stop is another")
		case "edit":
			want, err := run.ParseEdits(value)
			expect(err == nil && slices.Equal(want, after.Edits) && (value == "") == (after.Compared == nil), "the edits are "+run.JoinEdits(after.Edits))
		case "lens", "why", "patch", "habits", "search", "draws", "cost":
			told, ok := after.Told(feature.Choose(key == "why", "contributions", feature.Choose(key == "patch", "patching", key)))
			l := after.Link()
			expect(after.Tooled() && l.Says(key) && (told != "" || key == "search" && !ok), "the tool is not open, or finds nothing")
		case "with", "with-show", "compare", "lens-token", "why-order", "patch-text", "habits-by", "costof", "costblock":
			l := after.Link()
			expect(l.Value(key) == value, "it is "+l.Value(key))
		case "k":
			expect(strconv.Itoa(after.Sampling.TopK) == value, "k is another")
		case "p":
			expect(strconv.FormatFloat(float64(after.Sampling.TopP), 'f', -1, 32) == value, "p is another")
		case "step":
			expect(len(after.Generated) == kept+1 && !after.Playing, "no token was written")
		case "play":
			expect(after.Playing && len(after.Generated) >= kept && len(after.Generated) <= kept+1, "nothing runs")
		case "reset":
			expect(has("play") || len(after.Generated) == 0, "what was written is there")
		case "type":
			expect(slices.Contains(s.Acts, feature.Action(feature.Focus{ID: feature.TextFocus})), "the text field has no focus")
		default:
			wrong = append(wrong, "this test does not know "+key)
		}
	}
	if !feature.Placed(link) && !has("walk") {
		expect(after.Stage == before.Stage && after.Panel == before.Panel, "the reader is elsewhere")
	}
	expect(has("walk") || lessons.Of(after).Walk == lessons.Of(&before).Walk, "the stop is another")
	expect(after.Problem == nil && (after.Notice == "" || has("step") || has("play")), "the page says "+after.Notice)
	return wrong
}

func TestAllByRankIsOpenedAndShownAgain(t *testing.T) {
	const all, ball = "#stage=softmax&rank=1", "#stage=softmax&rank=1&find=%20ball"
	s := onWalk(t, "language", 8).Press("data-go", all)
	if r := ranking.Of(&s.State); r.Rank != 1 || r.Page == nil || s.State.Reveal != (feature.Reveal{ID: "ranking", Turn: 1}) {
		t.Errorf("the ranking is %+v, shown %v", r, s.State.Reveal)
	}
	if s.Send(feature.SheetMoved{Sheet: feature.SheetHalf}); s.State.Reveal.ID != "" {
		t.Error("the page would scroll to it after the reader has done something else")
	}
	if s.Press("data-go", all); s.State.Reveal != (feature.Reveal{ID: "ranking", Turn: 2}) {
		t.Errorf("pressed again, it is shown %v", s.State.Reveal)
	}
	s.Press("data-go", ball)
	if r := ranking.Of(&s.State); len(r.Page.Found) == 0 || r.Page.Found[0].Text != "·ball" || s.State.Reveal.Turn != 3 || !strings.Contains(s.HTML(), "data-found=") {
		t.Errorf("·ball is not found, or shown %v", s.State.Reveal)
	}
}

// TestALinkShowsTheRankingFromWhereverTheReaderWent: the table stands at the stages of the answer alone.
func TestALinkShowsTheRankingFromWhereverTheReaderWent(t *testing.T) {
	s := onWalk(t, "language", 8).Send(feature.StageChosen{Stage: run.StageToken})
	if strings.Contains(s.HTML(), `id="ranking"`) {
		t.Fatal("the ranking is there already")
	}
	if s.Press("data-go", "#stage=softmax&rank=1"); !strings.Contains(s.HTML(), `id="ranked-caption"`) {
		t.Error("the ranking is not there")
	}
}

func TestAPinInTheLastRowFollowsTheText(t *testing.T) {
	const link = "#panel=embed.token&cell=last.0"
	pinned := func(s *apptest.Page, row int) {
		t.Helper()
		if c := s.State.Cell; c == nil || *c != (run.Cell{Name: "embed.token", Row: row}) || !s.State.Explains(c) {
			t.Errorf("with %d tokens, %v is pinned; expected row %d", len(s.State.Tokens), c, row)
		}
	}
	s := onWalk(t, "language", 3).Press("data-go", link)
	pinned(s, 8)
	if hash := s.State.Hash(); hash != "#stage=token&panel=embed.token&cell=last.0&walk=3" {
		t.Errorf("the link to it is %s", hash)
	}
	pinned(s.Press("data-go", "#panel=embed.token&text=%20one%20one%20one%20one").Press("data-go", link), 3)
	pinned(s.Send(feature.PromptChanged{Text: "One"}), 0)
	s.Send(feature.PromptChanged{Text: ""})
	if s.State.Cell != nil {
		t.Errorf("without a text, %v is pinned", s.State.Cell)
	}
	pinned(s.Send(feature.PromptChanged{Text: "One ball"}), 1)
	pinned(s.Send(feature.StepPressed{}), 2)
	pinned(s.Send(feature.UndoPressed{}), 1)

	// What the reader pins stays where it is, and nothing comes back that the reader took away.
	pinned(s.Send(feature.CellChosen{Cell: &run.Cell{Name: "embed.token", Row: 0}}, feature.StepPressed{}), 0)
	if s.Press("data-go", link).Send(feature.CellChosen{}, feature.StepPressed{}); s.State.Cell != nil {
		t.Errorf("released, %v is pinned", s.State.Cell)
	}
}

// TestAPlaceInTheLastRowIsKnownOnceTheTextIs: a link to a stop is read before its text is cut into tokens.
func TestAPlaceInTheLastRowIsKnownOnceTheTextIs(t *testing.T) {
	p, err := lesson.Parse("x.md", "---\ntitle: A\nplace: #panel=h.last.ln_1&cell=last.3\n---\nText")
	if err != nil {
		t.Fatal(err)
	}
	for hash, row := range map[string]int{"#model=sort&walk=1": 5, "#walk=1": 8, "#walk=1&text=One%20ball": 1, "#panel=h.3.ln_1&cell=last.3": 8} {
		s := apptest.NewShipped(t).Send(lessons.Read{Pages: []lesson.Page{p}}, feature.Navigated{Hash: hash})
		if c := s.State.Cell; c == nil || c.Row != row || c.Col != 3 || c.Name != s.State.Panel || s.State.Notice != "" {
			t.Errorf("%s leads to %v at %q: %s", hash, c, s.State.Panel, s.State.Notice)
		}
	}
}

func TestAnotherSeedDrawsAnew(t *testing.T) {
	s := onWalk(t, "language", 9)
	written := func(link string) (list []int) {
		t.Helper()
		s.Press("data-go", link)
		if n := len(s.State.Generated); n > 1 || !s.State.Playing {
			t.Errorf("%s leaves %d tokens, playing %t", link, n, s.State.Playing)
		}
		s.Send(feature.PlayPressed{}) // and hold it
		for len(s.State.Generated) < 6 {
			s.Send(feature.StepPressed{})
		}
		return s.State.Generated
	}
	const one, two = "#temperature=1&seed=1&reset&play", "#temperature=1&seed=2&reset&play"
	first, second := written(one), written(two)
	if slices.Equal(first, second) || !slices.Equal(first, written(one)) {
		t.Errorf("seed 1 draws %v, seed 2 %v", first, second)
	}
	s.Press("data-go", "#temperature=0&seed=1&reset")
	if len(s.State.Generated) > 0 || s.State.Sampling != run.DefaultSampling() {
		t.Errorf("back at 0 there are %v with %+v", s.State.Generated, s.State.Sampling)
	}
}

// TestTheIDsThatALessonNamesAreTrue: they are no live values, for they are GPT-2's whatever the model reads.
func TestTheIDsThatALessonNamesAreTrue(t *testing.T) {
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	for text, named := range map[string]string{"How to predict": "[2437 284 4331]", " the": "cell=last.262"} {
		tokens, err := gpt2.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		ids := make([]int, len(tokens))
		for i, token := range tokens {
			ids[i] = token.ID
		}
		if found := fmt.Sprint(ids); !strings.Contains(named, strings.Trim(found, "[]")) {
			t.Errorf("%q is %s; expected %s", text, found, named)
		}
		if !slices.ContainsFunc(shippedLessons(t).Pages, func(p lesson.Page) bool { return strings.Contains(fmt.Sprint(p.Blocks), named) }) {
			t.Errorf("no lesson names %s", named)
		}
	}
}
