package app

import (
	"math"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/run"
)

func TestAttentionOpensWhereTheReaderIsAndClosesBehindThem(t *testing.T) {
	r := open(t, "").send(PanelChosen{"h.1.attn.head.2.key"}, AttentionToggled{})
	r.expect("the head", r.s.Attention.Head, "h.1.attn.head.2").expect("the panel", r.s.Panel, "h.1.attn.head.2.key")
	if _, place := Spoken(r.send(StageChosen{run.PartStage(1, model.PartAttention)}).s); !strings.Contains(place, "Attention of block 2, 3 heads side by side, head 3 large") {
		t.Errorf("it says %q", place)
	}
	r.send(StageChosen{run.PartStage(0, model.PartAttention)}).expect("in another block", r.s.Attention.Head, "")
	r.send(HeadChosen{"h.2.attn.head.1"}).expect("the stage", r.s.Stage, run.PartStage(2, model.PartAttention)).expect("an entry of the history", lastOf[SetHash](r).Push, true)
	r.send(HeadChosen{"h.9.attn.head.1"}).expect("no such head", r.s.Attention.Head, "h.2.attn.head.1")
	r.send(LookChosen{"none"}).expect("no such step", r.s.Attention.Look, LookShares)
	r.send(KeyPressed(r.s, "Escape")).expect("after Escape", r.s.Attention.Head, "")
}

func TestALinkOpensAHeadAtItsStage(t *testing.T) {
	r := open(t, "#attention=h.1.attn.head.0.masked&pair=4.1")
	r.expect("the stage", r.s.Stage, run.PartStage(1, model.PartAttention)).expect("the step", r.s.Attention.Look, LookMasked)
	r.expect("the pair", *r.s.Attention.Pair, TokenPair{4, 1})
	if p, ok := PairShown(r.s); !ok || p != (TokenPair{4, 1}) {
		t.Errorf("the pair shown is %v", p)
	}
	again := open(t, r.s.Hash())
	again.expect("the hash", again.s.Hash(), r.s.Hash()).expect("the pair", *again.s.Attention.Pair, TokenPair{4, 1})
	r.send(PromptChanged{"CBA"}).expect("without its token the pair is the last", r.s.Attention.Pair == nil, true)
	open(t, "#attention=h.7.attn.head.0").expect("a head that is not there", r.s.Attention.Head, "h.1.attn.head.0")
	for _, bad := range []string{"attention=x", "attention=h.01.attn.head.0", "attention=h.0.attn.head.0.value", "attention=h.0.attn.head.-1", "pair=1.2"} {
		if l, w := Properties().Parse("#" + bad); len(w) != 1 || l.Says("attention") {
			t.Errorf("%s reads as %+v with %v", bad, l, w)
		}
	}
}

func TestTheWorkingOfAPairIsThatOfTheModel(t *testing.T) {
	r := open(t, "#attention=h.1.attn.head.2")
	p, _ := PairShown(r.s)
	for k := range 6 {
		if r.s.numberAt("h.1.attn.head.2.attention", 5, k) > r.s.numberAt("h.1.attn.head.2.attention", 5, p.Key) {
			t.Errorf("the first pair is %v, but token 5 looks more at %d", p, k)
		}
	}
	r.send(CellChosen{&run.Cell{Name: "h.1.attn.head.2.scores", Row: 3, Col: 1}})
	w, ok := r.s.PairDetail()
	if !ok || w.TokenPair != (TokenPair{3, 1}) || len(w.Channels) != 16 || math.Abs(w.Sum-w.Score) > 1e-4 ||
		math.Abs(w.Score/4-w.Scaled) > 1e-5 || math.Abs(math.Exp(w.Scaled-w.Max)/w.SumExp-w.Share) > 1e-6 {
		t.Errorf("the working is %+v", w)
	}
	r.send(CellHovered{&run.Cell{Name: "h.1.attn.head.2.attention", Row: 2, Col: 4}})
	if w, ok = r.s.PairDetail(); !ok || !w.Masked || !math.IsNaN(w.Share) {
		t.Errorf("a masked pair has the working %+v", w)
	}
	r.send(CellHovered{}, CellChosen{&run.Cell{Name: "h.1.attn.head.0.attention", Row: 4, Col: 2}})
	r.expect("the head of a pinned number", r.s.Attention.Head, "h.1.attn.head.0").expect("its pair", *r.s.Attention.Pair, TokenPair{4, 2})
	r.send(CellVisited{run.Cell{Name: "h.1.attn.head.0.query", Row: 4, Col: 7}}).expect("the panel", r.s.Panel, "h.1.attn.head.0.query")
	r.expect("the pair stays", *r.s.Attention.Pair, TokenPair{4, 2}).expect("the view stays", r.s.Attention.Head, "h.1.attn.head.0")
	for _, l := range Looks() {
		if v, ok := LookValues(r.s, r.s.Attention.Head, l); !ok || v.Rows != 6 || l.Label() == "" || l.Text(6, 16) == "" {
			t.Errorf("%s shows %d rows", l.Label(), v.Rows)
		}
	}
}
