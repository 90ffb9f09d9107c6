package lessons_test

import (
	"slices"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/run"
)

// TestEveryTieOfTheShippedLessonsNamesPanels of one kind, in each of the shipped models, and no stop has too many.
func TestEveryTieOfTheShippedLessonsNamesPanels(t *testing.T) {
	read := shippedLessons(t)
	for _, d := range []*apptest.Reader{apptest.Open(t, ""), apptest.Words(t)} {
		d.Send(read)
		everyTieNamesPanels(t, read, d)
	}
}

const (
	queries = "h.0.attn.head.*.query"
	keys    = "h.0.attn.head.*.key"
)

// TestWhatWordsNameIsLitWhileTheReaderIsAtThem by pointer or focus, and longer if they are pressed.
func TestWhatWordsNameIsLitWhileTheReaderIsAtThem(t *testing.T) {
	d := apptest.Open(t, "").Send(shippedLessons(t), lessons.Moved{Stop: 5})
	lit := func(what, want string) {
		t.Helper()
		var names []string
		if want != "" {
			names = lessons.Named(&d.S, want)
		}
		d.Expect("what is lit "+what, strings.Join(apptest.LastOf[feature.Spotlight](d).Names, " "), strings.Join(names, " "))
	}
	d.Send(lessons.Pointed{Tie: queries})
	lit("at the queries", queries)
	if names := apptest.LastOf[feature.Spotlight](d).Names; len(names) != 3 {
		t.Errorf("the queries of all heads are %v", names)
	}
	d.Send(lessons.Pointed{})
	lit("behind them", "")
	d.Send(lessons.Pressed{Tie: keys})
	lit("when keys were pressed", keys)
	d.Send(lessons.Pointed{Tie: queries})
	lit("at the queries", queries)
	d.Send(lessons.Pointed{})
	lit("behind them", keys)
	d.Send(lessons.Pointed{Tie: keys}, lessons.Pressed{Tie: keys})
	lit("when keys were pressed again", "")
	d.Send(lessons.Pressed{Tie: keys})
	d.Send(feature.KeyPressed(d.S, "Escape"))
	lit("after Escape", "")
	d.Send(lessons.Pressed{Tie: keys}, lessons.Moved{Stop: 6})
	lit("at another stop", "")
	d.Send(lessons.Moved{Stop: 5}, lessons.Pointed{Tie: queries}, lessons.Moved{})
	lit("behind the walk", "")
	if got := apptest.Count[feature.Spotlight](d); got != 12 {
		t.Errorf("the scene was told %d times; expected 12", got)
	}
}

// TestTheLightFollowsTheModel holds that names are those of the model on the page.
func TestTheLightFollowsTheModel(t *testing.T) {
	d := apptest.Open(t, "").Send(shippedLessons(t), lessons.Moved{Stop: 6}, lessons.Pressed{Tie: "h.*.mlp.gelu"})
	if names := apptest.LastOf[feature.Spotlight](d).Names; !slices.Equal(names, []string{"h.0.mlp.gelu", "h.1.mlp.gelu", "h.2.mlp.gelu"}) {
		t.Errorf("%v are lit", names)
	}
	if names := lessons.Named(&d.S, "h.last.mlp.gelu"); !slices.Equal(names, []string{"h.2.mlp.gelu"}) {
		t.Errorf("in the last block it is %v", names)
	}
	if names := lessons.Named(&d.S, "h.*,*"); !slices.Equal(names, []string{"tokens", "ln_f", "logits", "probabilities"}) {
		t.Errorf("names of one part are %v", names)
	}
}

// TestTiedWordsAreButtonsInTheColourOfWhatTheyName, and light up where that is pointed at in the scene.
func TestTiedWordsAreButtonsInTheColourOfWhatTheyName(t *testing.T) {
	s := walking(t, 6)
	drawn := func(word, pressed, class string) bool {
		return strings.Contains(s.HTML(), `<button aria-pressed="`+pressed+`" class="tie `+class+`" data-tie="h.0.mlp.`+word+`"`)
	}
	if !drawn("gelu", "false", "activation") || !drawn("c_fc.weight,h.0.mlp.c_proj.weight", "false", "weight") || !strings.Contains(s.HTML(), ">GELU</button>") {
		t.Error("the words do not have the colours of what they name")
	}
	s.On("mouseenter", "data-tie", "h.0.mlp.gelu", &apptest.Event{}).Last(lessons.Pointed{Tie: "h.0.mlp.gelu"})
	if !drawn("gelu", "false", "activation lit") || !drawn("up", "false", "activation") {
		t.Error("the word is not lit, or not alone")
	}
	s.On("mouseleave", "data-tie", "h.0.mlp.gelu", &apptest.Event{}).On("focus", "data-tie", "h.0.mlp.up", &apptest.Event{}).Last(lessons.Pointed{Tie: "h.0.mlp.up"})
	s.On("blur", "data-tie", "h.0.mlp.up", &apptest.Event{}).Press("data-tie", "h.0.mlp.gelu")
	if !drawn("gelu", "true", "activation lit") {
		t.Error("the word that was pressed is not lit")
	}
	if s.Press("data-tie", "h.0.mlp.gelu"); !drawn("gelu", "false", "activation") {
		t.Error("the word that was pressed twice is lit")
	}
	s.Send(feature.CellHovered{Cell: &run.Cell{Name: "h.0.mlp.down", Row: 1, Col: 1}})
	if !drawn("down", "false", "activation lit") {
		t.Error("the word of the panel under the pointer is not lit")
	}
}

// TestTheScoreOfWhichTheStopTellsIsMarked: the largest of its row, and the share that became of it.
func TestTheScoreOfWhichTheStopTellsIsMarked(t *testing.T) {
	r := apptest.OpenLanguage(t, "").Send(shippedLessons(t), lessons.Moved{Stop: 5})
	told := lessons.Told(&r.S)
	if len(told) != 2 || told[0].Name != "h.0.attn.head.2.scores" || told[1].Name != "h.0.attn.head.2.attention" || told[0].Row != len(r.S.Tokens)-1 {
		t.Fatalf("it tells of %v", told)
	}
	largest, _ := r.S.At(told[0].Name, told[0].Row, told[0].Col)
	for k := range told[0].Row + 1 {
		if v, _ := r.S.At(told[0].Name, told[0].Row, k); v > largest {
			t.Errorf("the score of token %d, %v, is larger than %v", k, v, largest)
		}
	}
	if r.Send(lessons.Moved{}); len(lessons.Told(&r.S)) > 0 {
		t.Error("no stop tells of something")
	}
}
