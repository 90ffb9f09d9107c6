package take_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/export"
	. "glassbox/web/feature"
	"glassbox/web/feature/take"
	"glassbox/web/run"
)

func TestAPictureSaysWhatItShows(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{}, SamplingChanged{Sampling: run.Sampling{Temperature: 0.5, TopK: 2, TopP: 0.9, Seed: 7}})
	const name = "h.0.attn.head.1.scores"
	v := r.E.Handle(engine.Request{Average: &engine.Average{Name: name, High: 1, Wide: 1, To: 7}}).Values
	p := take.Picture(&r.S, *v, take.Frame{High: 1, Wide: 1})
	r.Expect("its title", p.Title, "Block 1 › Attention › Head 2 › Scores")
	r.Expect("its caption", strings.Join(p.Caption, "|"), name+", 7 × 7; across: looking, down: looked at|Glassbox, model Sort (86k parameters), seed 7, temperature 0.5, top k 2, top p 0.9|Text: CBABBC → A")
	r.Expect("the token of a column", p.XNames[6], "6 A").Expect("its lines", p.H, 7)
	if x, _ := r.S.At(name, 6, 2); p.Data[2*7+6] != x || p.Data[6*7+2] == p.Data[6*7+2] {
		t.Errorf("the key runs down and the query across, as in the scene; expected %g in %v", x, p.Data)
	}
	if !(p.Norm > 1) || !strings.HasPrefix(p.High, "+") || !strings.HasPrefix(p.Low, "−") {
		t.Errorf("the colours go from %s to %s", p.Low, p.High)
	}
	v = r.E.Handle(engine.Request{Average: &engine.Average{Name: name, High: 3, Wide: 2, To: 7}}).Values
	p = take.Picture(&r.S, *v, take.Frame{High: 3, Wide: 2, Across: true, Norm: 0.01})
	if p.Low != "≤ −0.01" || p.High != "≥ +0.01" {
		t.Errorf("there are values beyond the colours, which go from %s to %s", p.Low, p.High)
	}
	if !strings.Contains(p.Caption[0], "averaged: each cell is the mean of a block of 3 × 2") || p.XNames != nil || p.W != 4 || p.H != 3 {
		t.Errorf("averaged it says %q and has %d × %d cells", p.Caption[0], p.W, p.H)
	}
}

func TestTheViewIsAPictureOnly(t *testing.T) {
	r := apptest.Open(t, "").Send(take.Pressed{"", export.CSV})
	r.Expect("files", apptest.Count[take.Make](r), 0)
	r.Send(take.Pressed{"", export.PNG}).Expect("the picture's name", file(r).Name, "sort-view.png")
	r.Send(take.Pressed{"wte.weight", export.SVG}).Expect("the panel's", file(r).Name, "sort-wte.weight.svg")
}
