package attention_test

import (
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/run"
)

// pointing is an event of the pointer over a plot of 60 by 60 pixels.
type pointing struct {
	apptest.Event
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
func over(s *apptest.Page, kind string, e vugu.DOMEvent) *apptest.Page {
	s.T.Helper()
	return s.On(kind, "id", "plot", e)
}

func TestHeadsStandSideBySide(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.StageChosen{Stage: run.PartStage(1, model.PartAttention)})
	s.Press("id", "attention-open").Last(attention.Toggled{})
	if html := s.HTML(); strings.Count(html, `data-head="h.1.attn.head.`) != 3 || !strings.Contains(html, "Head 1 of 3") || strings.Contains(html, `id="lesson"`) {
		t.Error("the heads do not stand there")
	}
	s.Press("data-head", "h.1.attn.head.2").Last(attention.HeadChosen{Head: "h.1.attn.head.2"})
	s.Press("data-look", "masked").Last(attention.LookChosen{Look: attention.LookMasked})
	if html := s.HTML(); !strings.Contains(html, "15 of the 36 pairs are left out") {
		t.Error("the mask is not explained")
	}
	for _, look := range attention.Looks() {
		s.Send(attention.LookChosen{Look: look})
		if html := s.HTML(); strings.Contains(html, `d=""></path><path vg`) || strings.Count(html, `class="pair"`) != 1 {
			t.Errorf("%s is not drawn", look.Label())
		}
	}
	s.Press("id", "attention-close").Last(attention.Toggled{})
	if attention.Of(&s.State).Head != "" {
		t.Error("the view stays open")
	}
}

func TestAPairIsPickedByPointerAndKeys(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.Navigated{Hash: "#attention=h.0.attn.head.1"})
	cell := func(row, col int) *run.Cell {
		return &run.Cell{Name: "h.0.attn.head.1.attention", Row: row, Col: col}
	}
	over(s, "mousemove", &pointing{x: 15, y: 45}).Last(feature.CellHovered{Cell: cell(4, 1)})
	over(s, "click", &pointing{x: 15, y: 45, presses: 1}).Last(feature.CellChosen{Cell: cell(4, 1)})
	over(s, "mouseleave", &pointing{}).Last(feature.CellHovered{})
	n := len(s.Sent)
	for _, c := range []struct {
		key  string
		want *run.Cell
	}{{"ArrowRight", cell(4, 2)}, {"ArrowUp", cell(3, 2)}, {"Home", cell(3, 0)}, {"End", cell(3, 3)}} {
		e := &apptest.Event{Key: c.key, ID: "plot"}
		s.On("keydown", "id", "attention", e).Last(feature.CellMoved{Cell: c.want})
		if !e.Prevented {
			t.Errorf("%s also moves the scene", c.key)
		}
	}
	s.On("keydown", "id", "attention", &apptest.Event{Key: "ArrowUp", ID: "look"})
	if len(s.Sent) != n+4 {
		t.Error("keys move the pair from elsewhere")
	}
	over(s, "click", &pointing{x: 1, y: 1}).Last(feature.CellChosen{Cell: cell(3, 3)})
	s.Press("data-query", "5").Last(feature.CellChosen{Cell: cell(5, 3)})
	s.Press("data-key", "2").Last(feature.CellChosen{Cell: cell(5, 2)})
}

func TestAPairIsShownNumberByNumber(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.Navigated{Hash: "#attention=h.0.attn.head.1&pair=4.2"})
	html := s.HTML()
	for _, want := range []string{"Query of 4 B × key of 2 A", `data-channel="query-15"`, "÷ √16", "exp(scaled − largest) ÷ sum"} {
		if !strings.Contains(html, want) {
			t.Errorf("the pair lacks %s", want)
		}
	}
	s.Press("data-channel", "key-3").Last(feature.CellVisited{Cell: run.Cell{Name: "h.0.attn.head.1.key", Row: 2, Col: 3}})
	s.Press("data-line", "attention").Last(feature.CellVisited{Cell: run.Cell{Name: "h.0.attn.head.1.attention", Row: 4, Col: 2}})
	if attention.Of(&s.State).Head == "" || *attention.Of(&s.State).Pair != (attention.Pair{Query: 4, Key: 2}) {
		t.Errorf("the view is %+v", attention.Of(&s.State))
	}
}

// TestThePairOfALongTextIsNamed below the matrix, beside which there is no room for its tokens.
func TestThePairOfALongTextIsNamed(t *testing.T) {
	text := strings.Repeat("%20Anna%20has%20a%20ball.", 5)
	s := apptest.OpenShipped(t, "#text="+text+"&stage=block.0.attention").Send(attention.Toggled{}, attention.HeadChosen{Head: "h.0.attn.head.0"})
	at := run.Cell{Name: "h.0.attn.head.0.attention", Row: 21, Col: 3}
	html := s.Send(feature.CellHovered{Cell: &at}).HTML()
	_, named, _ := strings.Cut(html, `id="plot-pair"`)
	named, _, _ = strings.Cut(named, "</p>")
	if !strings.Contains(named, s.State.Tag(21)) || !strings.Contains(named, s.State.Tag(3)) {
		t.Errorf("below the matrix of %d tokens stands %q", len(s.State.Tokens), named)
	}
}
