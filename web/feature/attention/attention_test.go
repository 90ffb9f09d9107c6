package attention_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/run"
)

func TestAttentionOpensWhereTheReaderIsAndClosesBehindThem(t *testing.T) {
	r := apptest.Open(t, "").Send(PanelChosen{Name: "h.1.attn.head.2.key"}, attention.Toggled{})
	r.Expect("the head", attention.Of(&r.S).Head, "h.1.attn.head.2").Expect("the panel", r.S.Panel, "h.1.attn.head.2.key")
	if _, place := Spoken(r.Send(StageChosen{Stage: run.PartStage(1, model.PartAttention)}).S); !strings.Contains(place, "Attention of block 2, 3 heads compared, head 3 large") {
		t.Errorf("it says %q", place)
	}
	r.Send(StageChosen{Stage: run.PartStage(0, model.PartAttention)}).Expect("in another block", attention.Of(&r.S).Head, "")
	r.Send(attention.HeadChosen{"h.2.attn.head.1"}).Expect("the stage", r.S.Stage, run.PartStage(2, model.PartAttention)).Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, true)
	r.Send(attention.HeadChosen{"h.9.attn.head.1"}).Expect("no such head", attention.Of(&r.S).Head, "h.2.attn.head.1")
	r.Send(attention.LookChosen{"none"}).Expect("no such step", attention.Of(&r.S).Look, attention.LookShares)
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape", attention.Of(&r.S).Head, "")
}

func TestALinkOpensAHeadAtItsStage(t *testing.T) {
	r := apptest.Open(t, "#attention=h.1.attn.head.0.masked&pair=4.1")
	r.Expect("the stage", r.S.Stage, run.PartStage(1, model.PartAttention)).Expect("the step", attention.Of(&r.S).Look, attention.LookMasked)
	r.Expect("the pair", *attention.Of(&r.S).Pair, attention.Pair{Query: 4, Key: 1})
	if p, ok := attention.Shown(&r.S); !ok || p != (attention.Pair{Query: 4, Key: 1}) {
		t.Errorf("the pair shown is %v", p)
	}
	again := apptest.Open(t, r.S.Hash())
	again.Expect("the hash", again.S.Hash(), r.S.Hash()).Expect("the pair", *attention.Of(&again.S).Pair, attention.Pair{Query: 4, Key: 1})
	r.Send(PromptChanged{Text: "CBA"}).Expect("without its token the pair is the last", attention.Of(&r.S).Pair == nil, true)
	apptest.Open(t, "#attention=h.7.attn.head.0").Expect("a head that is not there", attention.Of(&r.S).Head, "h.1.attn.head.0")
	for _, bad := range []string{"attention=x", "attention=h.01.attn.head.0", "attention=h.0.attn.head.0.value", "attention=h.0.attn.head.-1", "pair=1.2"} {
		if l, w := app.Properties().Parse("#" + bad); len(w) != 1 || l.Says("attention") {
			t.Errorf("%s reads as %+v with %v", bad, l, w)
		}
	}
}

func TestTheWorkingOfAPairIsThatOfTheModel(t *testing.T) {
	r := apptest.Open(t, "#attention=h.1.attn.head.2")
	p, _ := attention.Shown(&r.S)
	for k := range 6 {
		share, _ := r.S.At("h.1.attn.head.2.attention", 5, k)
		if most, _ := r.S.At("h.1.attn.head.2.attention", 5, p.Key); share > most {
			t.Errorf("the first pair is %v, but token 5 looks more at %d", p, k)
		}
	}
	r.Send(CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.2.scores", Row: 3, Col: 1}})
	w, ok := attention.DetailOf(&r.S)
	if !ok || w.Pair != (attention.Pair{Query: 3, Key: 1}) || len(w.Channels) != 16 || math.Abs(w.Sum-w.Score) > 1e-4 ||
		math.Abs(w.Score/4-w.Scaled) > 1e-5 || math.Abs(math.Exp(w.Scaled-w.Max)/w.SumExp-w.Share) > 1e-6 {
		t.Errorf("the working is %+v", w)
	}
	r.Send(CellHovered{Cell: &run.Cell{Name: "h.1.attn.head.2.attention", Row: 2, Col: 4}})
	if w, ok = attention.DetailOf(&r.S); !ok || !w.Masked || !math.IsNaN(w.Share) {
		t.Errorf("a masked pair has the working %+v", w)
	}
	r.Send(CellHovered{}, CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.0.attention", Row: 4, Col: 2}})
	r.Expect("the head of a pinned number", attention.Of(&r.S).Head, "h.1.attn.head.0").Expect("its pair", *attention.Of(&r.S).Pair, attention.Pair{Query: 4, Key: 2})
	r.Send(CellVisited{Cell: run.Cell{Name: "h.1.attn.head.0.query", Row: 4, Col: 7}}).Expect("the panel", r.S.Panel, "h.1.attn.head.0.query")
	r.Expect("the pair stays", *attention.Of(&r.S).Pair, attention.Pair{Query: 4, Key: 2}).Expect("the view stays", attention.Of(&r.S).Head, "h.1.attn.head.0")
	for _, l := range attention.Looks() {
		if v, ok := l.Values(&r.S, attention.Of(&r.S).Head); !ok || v.Rows != 6 || l.Label() == "" || l.Text(6, 16, 0) == "" {
			t.Errorf("%s shows %d rows", l.Label(), v.Rows)
		}
	}
}

func TestALinkElsewhereLeavesTheHeads(t *testing.T) {
	r := apptest.Open(t, "#stage=block.0.attention&attention=h.0.attn.head.1")
	if r.Send(LinkFollowed{Hash: "#stage=softmax"}); r.S.Mode != "" || r.S.Stage != run.StageSoftmax {
		t.Errorf("a link within the page leads to %q, with the mode %q", r.S.Stage, r.S.Mode)
	}
}

func TestATokenLooksAtItselfAndAtNoneBehindIt(t *testing.T) {
	r := apptest.Open(t, "#attention=h.1.attn.head.2")
	for key := range 6 {
		r.Send(CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.2.scores", Row: 3, Col: key}})
		w, ok := attention.DetailOf(&r.S)
		if !ok || w.Pair != (attention.Pair{Query: 3, Key: key}) || w.Masked != (key > 3) || math.IsNaN(w.Share) != (key > 3) {
			t.Errorf("token 3 looks at %d: %+v", key, w)
		}
		largest := 0.0
		for i, c := range w.Channels {
			if c.Index != i || c.Product != c.Query*c.Key || math.Abs(c.Share) > 1 {
				t.Errorf("channel %d is %+v", i, c)
			}
			largest = max(largest, math.Abs(c.Share))
		}
		if largest != 1 {
			t.Errorf("the largest product of token %d has the share %v", key, largest)
		}
	}
}

// TestAWindowIsWhyAPairIsMasked, where it is not that a token is later: in the list of the pair, at the number, and in how
// many are counted.
func TestAWindowIsWhyAPairIsMasked(t *testing.T) {
	r := apptest.Kin(t, "tiny-mistral") // looks at 5 tokens
	r.Send(TextChosen{Text: "1 2 3 4 5 6 7 8 9"})
	const T, W = 9, 5
	masked := 0
	for query := range T {
		for key := range T {
			c := run.Cell{Name: "h.1.attn.head.0.scores", Row: query, Col: key}
			i, _ := r.S.Info(c.Name)
			if i.Masked(query, key) {
				masked++
			}
			r.Send(CellChosen{Cell: &c})
			working, _ := r.S.View().Calculation()
			if far := key <= query-W; far != strings.Contains(working.Note, "looks at 5 tokens at most") || far == strings.Contains(working.Note, "later") && key != query && i.Masked(query, key) {
				t.Errorf("token %d at %d: %q", query, key, working.Note)
			}
		}
	}
	if text := attention.LookMasked.Text(T, 6, W); !strings.HasPrefix(text, strconv.Itoa(masked)+" of the 81 pairs") {
		t.Errorf("%d are masked, and it says %q", masked, text)
	}
}
