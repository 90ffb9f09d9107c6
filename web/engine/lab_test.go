package engine

import (
	"math"
	"strings"
	"testing"
	"time"

	"glassbox/model"
	"glassbox/model/checkpoint"
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
	for _, cell := range lenses.Cells {
		if p := math.Exp(float64(cell.Logit) - cell.Sum); math.Abs(p-float64(cell.Chance)) > 1e-6 {
			t.Errorf("exp(%v − %v) is %v; the chance is %v", cell.Logit, cell.Sum, p, cell.Chance)
		}
	}
	last, stream := lenses.Cells[3], ask(t, e, Request{ID: 30, Read: &Read{Rows: []Tensor{{Name: lenses.Streams[6], From: 5, To: 6}}}}).Read[0]
	mean, square := 0.0, 0.0
	for _, v := range stream.Data {
		mean += float64(v) / float64(stream.Cols)
	}
	for _, v := range stream.Data {
		square += (float64(v) - mean) * (float64(v) - mean) / float64(stream.Cols)
	}
	if math.Abs(mean-float64(last.Mean)) > 1e-5 || math.Abs(math.Sqrt(square)-float64(last.Scale)) > 1e-4 {
		t.Errorf("the stream has the mean %v and the deviation %v; the lens says %v, %v", mean, math.Sqrt(square), last.Mean, last.Scale)
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
	if at := part.Places[1]; at.Row != 2 || at.Step != whole.Places[6].Step || heads.Places[8].Row != -1 || heads.Places[8].Step == heads.Places[7].Step {
		t.Errorf("the places are %v and %v", part.Places, heads.Places)
	}
	clean, corrupt := whole.CleanNext, whole.CorruptNext
	if clean[0] != whole.Token || corrupt[0].ID == clean[0].ID || clean[0].Logit-whole.Against.Logit != float32(whole.Clean) {
		t.Errorf("after the clean text follows %v, after the other %v, for %v and %v", clean, corrupt, whole.Token, whole.Against)
	}
	if on := ask(t, e, Request{ID: 6, Lab: &Lab{Patch: &Patch{Clean: []int{2, 1, 2, 1, 1, 2}, Corrupt: "CBABBC", Token: -1, Against: -1, Site: lab.SiteStream, To: 1000}}}).Lab.Patch; on.Clean != -whole.Corrupt || on.CleanTokens[2].Text != "C" || on.Tokens[2].Text != "A" {
		t.Errorf("with another clean text it is %+v", on)
	}
	if other := ask(t, e, Request{ID: 5, Lab: &Lab{Patch: &Patch{Corrupt: "CBA", Token: -1, Against: -1, Site: lab.SiteHead, To: 9}}}).Lab.Patch; len(other.Tokens) != 3 || other.Cells != 0 || other.Scores != nil {
		t.Errorf("of a shorter text it is %+v", other)
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

// A file may say of each token that the model has never seen it.
func TestRandomTokensAreThereWhereNoneWasSeen(t *testing.T) {
	m, err := model.New(model.Config{Vocab: 8, Context: 8, Width: 8, Heads: 2, Blocks: 1, Tied: true, Distinct: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := New()
	ask(t, e, Request{ID: 1, Load: &Load{Name: "unseen", File: b}})
	ask(t, e, Request{ID: 2, Run: &Run{}})
	if h := ask(t, e, Request{ID: 3, Lab: &Lab{Heads: &Heads{Half: 2}}}).Lab.Heads; len(h.Half) != 2 {
		t.Errorf("the tokens are %v", h.Half)
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

func TestTheRunIsComputedAnewAndComesToTheSameNumbers(t *testing.T) {
	e := sorter(t)
	for i, text := range []string{"CBAB", "CBABB", "CBABBC"} { // as a reader types: rows are kept
		ask(t, e, Request{ID: 1 + i, Run: &Run{Text: text, Sampling: model.Sampling{TopP: 1}}})
	}
	c := ask(t, e, Request{ID: 4, Lab: &Lab{Cost: &Cost{}}}).Lab.Cost
	steps := e.trace.Steps
	if len(c.All) != len(steps) || len(c.Last) != len(steps) || !c.Keeps || c.Anew != 0 || c.Same.Of != 0 {
		t.Fatalf("the costs are %d and %d steps, %+v", len(c.Last), len(c.All), c.Same)
	}
	for i, s := range c.All {
		if last := c.Last[i]; s.FLOPs < last.FLOPs || s.Written < last.Written || s.Time != 0 {
			t.Errorf("%+v for all rows, %+v for the last", s, last)
		}
	}
	half := ask(t, e, Request{ID: 5, Lab: &Lab{Cost: &Cost{Anew: 3}}}).Lab.Cost
	if half.Anew != 3 || half.Same.Of != 0 || e.renewal == nil {
		t.Errorf("after half of it there is %+v", half)
	}
	for _, q := range []Cost{{Anew: 6}, {Anew: 100}} { // what is left of it, and all at once
		whole := ask(t, e, Request{ID: 6, Lab: &Lab{Cost: &q}}).Lab.Cost
		var all, last time.Duration
		for i := range whole.All {
			all, last = all+whole.All[i].Time, last+whole.Last[i].Time
		}
		if whole.Anew != 6 || whole.Same != (Same{3, 3}) || all <= 0 || last <= 0 || e.renewal != nil {
			t.Errorf("computed anew there is %+v, %v and %v", whole.Same, all, last)
		}
	}
}

func TestARunWithEditsIsComputedAnewWithThem(t *testing.T) {
	e := sorter(t)
	edited(t, e, 1, ShowAfter, 0, "h.0.attn.head.1.mix=mean", "h.1.attn.head.0.mix*=2")
	if c := ask(t, e, Request{ID: 2, Lab: &Lab{Cost: &Cost{Anew: 6}}}).Lab.Cost; c.Same != (Same{3, 3}) {
		t.Errorf("of the logits are the same %+v", c.Same)
	}
	edited(t, e, 3, ShowAfter, 0, "off:mask")
	if c := ask(t, e, Request{ID: 4, Lab: &Lab{Cost: &Cost{Anew: 6}}}).Lab.Cost; c.Keeps || c.Same != (Same{3, 3}) || c.Last[20] != c.All[20] {
		t.Errorf("where tokens look ahead: %+v, rows are kept %v", c.Same, c.Keeps)
	}
}

func TestTimesWhenAStepWasHeldUpAreLeftOut(t *testing.T) {
	var m timings
	add := func(a, b time.Duration) { m.add([]model.StepCost{{Time: a}, {Time: b}}, true) }
	const tick, long = 100 * time.Microsecond, 90 * time.Millisecond
	add(0, 4*time.Millisecond)
	add(tick, long)
	add(0, 5*time.Millisecond)
	add(long, 6*time.Millisecond)
	if got := m.mean(); got[0] != tick/3 || got[1] != 5*time.Millisecond {
		t.Errorf("the means are %v", got)
	}
	m.add([]model.StepCost{{Time: tick}, {}}, false)
	if last := m[3]; last[0] != long+tick || len(m) != 4 {
		t.Errorf("what follows in the same run makes %v", last)
	}
}
