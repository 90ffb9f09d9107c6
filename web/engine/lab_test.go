package engine

import (
	"math"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/lab"
)

func TestTheLabLooksBehindTheRunOnThePage(t *testing.T) {
	e := sorter(t)
	ran := edited(t, e, 1, ShowAfter, 0)
	lenses := ask(t, e, Request{ID: 2, Lab: &Lab{Lens: &Lens{Step: 5, Last: 7, Row: 4, To: 6, Top: 2, Token: 1}}}).Lab.Lens
	if len(lenses.Streams) != 7 || len(lenses.Cells) != 4 || len(lenses.Cells[0].Top) != 2 {
		t.Fatalf("the lenses are %+v", lenses)
	}
	best := ran.Candidates[0]
	if last := lenses.Cells[3]; last.Top[0].ID != best.ID || last.Top[0].Probability != best.Probability {
		t.Errorf("the last lens sees %+v; the model says %+v", last.Top[0], best)
	}
	a := ask(t, e, Request{ID: 3, Lab: &Lab{Attribute: &Attribute{Row: 5, Token: 1, Against: 2, Block: -1}}}).Lab.Attribute
	if len(a.Parts) != 18 || math.Abs(a.Sum-a.Logit) > 1e-4 {
		t.Errorf("%d parts sum to %v; the difference is %v", len(a.Parts), a.Sum, a.Logit)
	}
	n := ask(t, e, Request{ID: 4, Lab: &Lab{Attribute: &Attribute{Row: 5, Token: 1, Against: 2, Block: 1}}}).Lab.Attribute
	if len(n.Neurons) != 192 || len(n.Parts) != 1 || math.Abs(n.Sum-n.Logit) > 1e-4 {
		t.Errorf("%d neurons sum to %v; the block adds %v", len(n.Neurons), n.Sum, n.Logit)
	}
	s := ask(t, e, Request{ID: 5, Lab: &Lab{Surprise: &Surprise{}}}).Lab.Surprise
	if len(s.Bits) != 5 || s.Lost != nil || s.Perplexity <= 1 {
		t.Errorf("surprise: %+v", s)
	}
	h := ask(t, e, Request{ID: 6, Lab: &Lab{Heads: &Heads{Half: 5, Seed: 3}}}).Lab.Heads
	if len(h.Half) != 5 || len(h.Scores) != 9 {
		t.Errorf("heads: %+v", h)
	}
	half := ""
	for _, w := range h.Half {
		half += w.Text
	}
	if h.Written != half+half {
		t.Errorf("%q is written as %q", half, h.Written)
	}
	if own := ask(t, e, Request{ID: 7, Lab: &Lab{Heads: &Heads{}}}).Lab.Heads; len(own.Half) != 0 || len(own.Scores) != 9 {
		t.Errorf("heads on the text: %+v", own)
	}
}

func TestPatchingIsAskedForPieceByPiece(t *testing.T) {
	e := sorter(t)
	edited(t, e, 1, ShowAfter, 0)
	whole := ask(t, e, Request{ID: 2, Lab: &Lab{Patch: &Patch{Corrupt: "CBCBBC", Token: -1, Against: -1, Site: lab.SiteStream, To: 1000}}}).Lab.Patch
	if len(whole.Scores) != 18 || whole.Cells != 6 || len(whole.Tokens) != 6 || whole.Token.ID == whole.Against.ID {
		t.Fatalf("patching is %+v", whole)
	}
	part := ask(t, e, Request{ID: 3, Lab: &Lab{Patch: &Patch{Corrupt: "CBCBBC", Token: whole.Token.ID, Against: whole.Against.ID, Site: lab.SiteStream, From: 7, To: 9}}}).Lab.Patch
	if len(part.Scores) != 2 || part.Scores[0] != whole.Scores[7] || part.Scores[1] != whole.Scores[8] {
		t.Errorf("a piece is %v of %v", part.Scores, whole.Scores)
	}
	heads := ask(t, e, Request{ID: 4, Lab: &Lab{Patch: &Patch{Corrupt: "CBCBBC", Token: -1, Against: -1, Site: lab.SiteHead, To: 1000}}}).Lab.Patch
	if heads.Cells != 3 || len(heads.Scores) != 9 {
		t.Errorf("of heads it is %+v", heads)
	}
}

func TestWhatTheLabCantAnswerIsSaid(t *testing.T) {
	e := sorter(t)
	if r := try(t, e, Request{ID: 1, Lab: &Lab{Surprise: &Surprise{}}}); r.Fault == nil || r.Fault.Kind != "labNoText" {
		t.Errorf("without a text: %s", r.Error)
	}
	edited(t, e, 2, ShowAfter, 0)
	for kind, q := range map[string]Lab{
		"requestEmpty":    {},
		"lensBeyond":      {Lens: &Lens{Last: 8, To: 2}},
		"labNoID":         {Attribute: &Attribute{Row: 5, Token: 9, Against: -1, Block: -1}},
		"labNoToken":      {Attribute: &Attribute{Row: 9, Token: 1, Against: -1, Block: -1}},
		"labNoBlock":      {Attribute: &Attribute{Row: 5, Token: 1, Against: -1, Block: 9}},
		"labLengths":      {Patch: &Patch{Corrupt: "CBA", Token: -1, Against: -1, Site: lab.SiteHead}},
		"siteUnknown":     {Patch: &Patch{Corrupt: "CBCBBC", Token: -1, Against: -1, Site: "x"}},
		"labNoDifference": {Patch: &Patch{Corrupt: "CBABBC", Token: 0, Against: 1, Site: lab.SiteHead}},
		"halfRange":       {Heads: &Heads{Half: 6}},
	} {
		if r := try(t, e, Request{ID: 3, Lab: &q}); r.Fault == nil || r.Fault.Kind != kind {
			t.Errorf("%+v: %s; expected %s", q, r.Error, kind)
		}
	}
}

// TestRandomTokensNeedNoText: they are of the engine's choice.
func TestRandomTokensNeedNoText(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 1, Run: &Run{}})
	if h := ask(t, e, Request{ID: 2, Lab: &Lab{Heads: &Heads{Half: 2, Seed: 3}}}).Lab.Heads; len(h.Scores) != 9 {
		t.Errorf("there are %d scores", len(h.Scores))
	}
	if r := try(t, e, Request{ID: 3, Lab: &Lab{Heads: &Heads{}}}); r.Fault == nil || r.Fault.Kind != "labNoText" {
		t.Errorf("heads on no text: %+v", r)
	}
}

// TestATextThatIsCutOtherwiseIsNoneOfTheseTokens: "ba", "ll" make "ball", which is one token.
func TestATextThatIsCutOtherwiseIsNoneOfTheseTokens(t *testing.T) {
	e, _ := withOwn(t)
	tok, err := e.tokenizer()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{" ball red": true, "ba|ll": false} {
		var ids []int
		for _, part := range strings.Split(text, "|") {
			pieces, err := tok.Encode(part)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pieces {
				ids = append(ids, p.ID)
			}
		}
		if got := e.written(ids); (got == text) != want || !want && got != "" {
			t.Errorf("%v of %q are written as %q", ids, text, got)
		}
	}
}

func TestASearchGoesHeadByHead(t *testing.T) {
	e := sorter(t)
	q := Search{Texts: []string{"CBABBC", "CAB"}, Answers: []string{"A", "C"}}
	all := ask(t, e, Request{ID: 1, Lab: &Lab{Search: &q}}).Lab.Search
	if len(all.Left) != 9 || all.Chance <= 0 {
		t.Fatalf("the search says %+v", all)
	}
	q.Off = all.Left[7:]
	if some := ask(t, e, Request{ID: 2, Lab: &Lab{Search: &q}}).Lab.Search; len(some.Left) != 7 || some.Chance == all.Chance {
		t.Errorf("with two heads off it says %+v", some)
	}
	for kind, q := range map[string]Search{
		"searchNothing": {}, "searchText": {Texts: []string{"CBABBC"}, Answers: []string{""}},
	} {
		if r := try(t, e, Request{ID: 3, Lab: &Lab{Search: &q}}); r.Fault == nil || r.Fault.Kind != kind {
			t.Errorf("%+v: %s; expected %s", q, r.Error, kind)
		}
	}
}

func TestTheDrawStandsOnTheBarOfTheChances(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 1, Run: &Run{Text: "CBABBC", Sampling: model.Sampling{Temperature: 4, TopK: 2, TopP: 1, Seed: 3}}})
	d := ask(t, e, Request{ID: 2, Lab: &Lab{Draws: &Draws{N: 1000}}}).Lab.Draws
	if len(d.Bars) != 4 || d.Bars[2].Left != 2 {
		t.Fatalf("the bars are %+v", d.Bars)
	}
	sum, at := 0.0, -2
	for _, p := range d.Bars[3].Parts {
		if sum += p.Share; at == -2 && sum > float64(d.Random) {
			at = p.Token
		}
	}
	if at != d.Drawn || math.Abs(sum-1) > 1e-5 {
		t.Errorf("%v lies in token %d of a bar of %v; drawn is %d", d.Random, at, sum, d.Drawn)
	}
	drawn := 0
	for _, w := range d.Tokens {
		if drawn += w.Count; w.Sampled == 0 && w.Count > 0 {
			t.Errorf("%q was drawn though it was cut", w.Text)
		}
	}
	if drawn != 1000 {
		t.Errorf("%d draws are counted", drawn)
	}
}
