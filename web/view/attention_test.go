package view_test

import (
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/run"
)

// pointing is an event of the pointer over a plot of 60 by 60 pixels.
type pointing struct {
	event
	x, y, presses float64
}

func (e *pointing) PropFloat64(keys ...string) float64 {
	switch keys[len(keys)-1] {
	case "offsetX":
		return e.x
	case "offsetY":
		return e.y
	case "detail":
		return e.presses
	}
	return 60
}

// over fires an event of the pointer at the plot.
func (s *session) over(kind string, e vugu.DOMEvent) *session {
	s.t.Helper()
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	built := env.RunBuild(s.root)
	for _, spec := range find(built, built.Out.Out, "id", "plot").DOMEventHandlerSpecList {
		if spec.EventType == kind {
			spec.Func(e)
		}
	}
	return s
}

func TestHeadsStandSideBySide(t *testing.T) {
	s := opened(t).send(feature.StageChosen{Stage: run.PartStage(1, model.PartAttention)})
	s.press("id", "attention-open").last(attention.Toggled{})
	if html := s.html(); strings.Count(html, `data-head="h.1.attn.head.`) != 3 || !strings.Contains(html, "Head 1 of 3") || strings.Contains(html, `id="lesson"`) {
		t.Error("the heads do not stand there")
	}
	s.press("data-head", "h.1.attn.head.2").last(attention.HeadChosen{Head: "h.1.attn.head.2"})
	s.press("data-look", "masked").last(attention.LookChosen{Look: attention.LookMasked})
	if html := s.html(); !strings.Contains(html, "15 of the 36 pairs are left out") {
		t.Error("the mask is not explained")
	}
	for _, look := range attention.Looks() {
		s.send(attention.LookChosen{Look: look})
		if html := s.html(); strings.Contains(html, `d=""></path><path vg`) || strings.Count(html, `class="pair"`) != 1 {
			t.Errorf("%s is not drawn", look.Label())
		}
	}
	s.press("id", "attention-close").last(attention.Toggled{})
	if attention.Of(&s.state).Head != "" {
		t.Error("the view stays open")
	}
}

func TestAPairIsPickedByPointerAndKeys(t *testing.T) {
	s := opened(t).send(feature.Navigated{Hash: "#attention=h.0.attn.head.1"})
	cell := func(row, col int) *run.Cell {
		return &run.Cell{Name: "h.0.attn.head.1.attention", Row: row, Col: col}
	}
	s.over("mousemove", &pointing{x: 15, y: 45}).last(feature.CellHovered{Cell: cell(4, 1)})
	s.over("click", &pointing{x: 15, y: 45, presses: 1}).last(feature.CellChosen{Cell: cell(4, 1)})
	s.over("mouseleave", &pointing{}).last(feature.CellHovered{})
	n := len(s.sent)
	for _, c := range []struct {
		key  string
		want *run.Cell
	}{{"ArrowRight", cell(4, 2)}, {"ArrowUp", cell(3, 2)}, {"Home", cell(3, 0)}, {"End", cell(3, 3)}} {
		e := &event{key: c.key, id: "plot"}
		s.on("keydown", "id", "attention", e).last(feature.CellMoved{Cell: c.want})
		if !e.prevented {
			t.Errorf("%s also moves the scene", c.key)
		}
	}
	s.on("keydown", "id", "attention", &event{key: "ArrowUp", id: "look"})
	if len(s.sent) != n+4 {
		t.Error("keys move the pair from elsewhere")
	}
	s.over("click", &pointing{x: 1, y: 1}).last(feature.CellChosen{Cell: cell(3, 3)})
	s.press("data-query", "5").last(feature.CellChosen{Cell: cell(5, 3)})
	s.press("data-key", "2").last(feature.CellChosen{Cell: cell(5, 2)})
}

func TestAPairIsShownNumberByNumber(t *testing.T) {
	s := opened(t).send(feature.Navigated{Hash: "#attention=h.0.attn.head.1&pair=4.2"})
	html := s.html()
	for _, want := range []string{"Query of 4 B × key of 2 A", `data-channel="query-15"`, "÷ √16", "exp(scaled − largest) ÷ sum"} {
		if !strings.Contains(html, want) {
			t.Errorf("the pair lacks %s", want)
		}
	}
	s.press("data-channel", "key-3").last(feature.CellVisited{Cell: run.Cell{Name: "h.0.attn.head.1.key", Row: 2, Col: 3}})
	s.press("data-line", "attention").last(feature.CellVisited{Cell: run.Cell{Name: "h.0.attn.head.1.attention", Row: 4, Col: 2}})
	if attention.Of(&s.state).Head == "" || *attention.Of(&s.state).Pair != (attention.Pair{Query: 4, Key: 2}) {
		t.Errorf("the view is %+v", attention.Of(&s.state))
	}
}
