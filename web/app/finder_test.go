package app

import (
	"slices"
	"strings"
	"testing"
)

// sought opens the finder and types.
func (r *reader) sought(text string) *reader {
	r.t.Helper()
	if r.s.Finder == nil {
		r.send(FinderToggled{})
	}
	return r.send(FinderTyped{text})
}

// first is the title and hint of the place at the top of the list.
func (r *reader) first() string {
	found, ok := r.s.Finder.Picked(0)
	if !ok {
		return ""
	}
	return string(found.Kind) + ": " + found.Title + " | " + found.Hint
}

func TestTheFinderFindsWhatIsMeant(t *testing.T) {
	r := open(t, "")
	for text, want := range map[string]string{
		"overview":                 "stage: The whole model | Sort",
		"block 2":                  "stage: Block 2 | stage 5",
		"block2 att":               "stage: Block 2, attention | part of a block",
		"sampl":                    "stage: Sampling | stage 10",
		"scores head 2":            "step: Scores, head 2 | Block 1, attention, 6 × 6",
		"block 3 head 2 scores":    "step: Scores, head 2 | Block 3, attention, 6 × 6",
		"HEAD 3 block 2 Query":     "step: Query, head 3 | Block 2, attention, 6 × 16",
		"h.1.mlp.ge":               "step: GELU | Block 2, feed-forward, 6 × 192",
		"c_fc.weight":              "weight: Widening weights | Block 1, feed-forward, 48 × 192",
		"W_O":                      "step: Attention result | Block 1, projection",
		"W_Q":                      "weight: Query, key and value weights | Block 1, attention",
		"heads side by side":       "step: Heads joined | Block 1, projection",
		"token table":              "weight: Token table | Token embedding, 3 × 48",
		"kv cache":                 "word: Key/value cache | ",
		"residual":                 "word: Residual stream | ",
		"skip connection":          "word: Residual stream | ",
		"atn":                      "word: Attention | How tokens",
		"c":                        "token: C | token 1 of 6, id 2",
		"scores head 2 4 2":        "number: Scores, head 2, query 4 B → key 2 A | Block 1, attention, 6 × 6",
		"h.2.mlp.gelu 5.190":       "number: GELU, token 5 C, number 190 | Block 3, feed-forward, 6 × 192",
		"h.2.mlp.gelu 5.192":       "",
		"c_attn.weight 47,143":     "number: Query, key and value weights, in 47 → out 143 | Block 1, attention, 48 × 144",
		"a name that nobody gives": "",
		"  ":                       "stage: The whole model | Sort",
		"“”":                       "",
	} {
		got := r.sought(text).first()
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%q finds %q first; expected %q", text, got, want)
		}
	}
}

func TestTheFinderPrefersTheBlockWhereTheReaderIs(t *testing.T) {
	r := open(t, "#stage=block.1.attention")
	if got := r.sought("scores").first(); got != "step: Scores, head 1 | Block 2, attention, 6 × 6" {
		t.Errorf("in block 2, scores are %q", got)
	}
}

func TestTheFinderGoesWhereItSays(t *testing.T) {
	for text, want := range map[string]string{
		"block 2":            "#stage=block.1",
		"whole model":        "",
		"scores head 2":      "#stage=block.0.attention&panel=h.0.attn.head.1.scores",
		"c_fc.bias":          "#stage=block.0.feed_forward&panel=h.0.mlp.c_fc.bias",
		"a":                  "#stage=tokenize&panel=tokens&cell=2.0",
		"h.1.mlp.gelu 4.100": "#stage=block.1.feed_forward&panel=h.1.mlp.gelu&cell=4.100",
		"glossary":           "",
		"softmax":            "#stage=softmax",
		"gelu activation":    "#stage=block.0.feed_forward&panel=h.0.mlp.gelu&word=gelu",
	} {
		r := open(t, "").sought(text)
		_, there := r.s.Finder.Picked(0)
		r.done = nil
		r.send(FinderPicked{-1})
		if open := r.s.Finder != nil; open == there {
			t.Errorf("%q: the finder is open: %v", text, open)
		}
		if got := r.s.Hash(); got != want {
			t.Errorf("%q leads to %q; expected %q", text, got, want)
		}
		pushed := slices.ContainsFunc(r.done, func(c Command) bool { h, ok := c.(SetHash); return ok && h.Push })
		if pushed != (want != "") {
			t.Errorf("%q makes an entry of the history: %v", text, pushed)
		}
	}
}

func TestACellOfALargePanelIsLookedAtFromCloseBy(t *testing.T) {
	flies := func(r *reader) bool {
		return slices.ContainsFunc(r.done, func(c Command) bool { _, ok := c.(FlyToCell); return ok })
	}
	r := open(t, "").sought("h.1.mlp.gelu 4.100").send(FinderPicked{-1})
	if !flies(r) {
		t.Error("among 192 numbers, nobody finds one from afar")
	}
	if r = open(t, "").sought("scores 4 2").send(FinderPicked{-1}); flies(r) {
		t.Error("of 6 by 6 numbers all can be seen")
	}
	r.done = nil
	if r.send(ClosePressed{}); !flies(r) {
		t.Error("G does not go close to the pinned cell")
	}
	r.done = nil
	r.send(CellChosen{}, ClosePressed{})
	if f, ok := r.done[len(r.done)-1].(Fly); flies(r) || !ok && !slices.ContainsFunc(r.done, func(c Command) bool { _, ok := c.(Fly); return ok }) {
		t.Errorf("without a cell, G shows %v", f)
	}
}

func TestArrowsWalkThroughWhatIsFound(t *testing.T) {
	r := open(t, "").sought("head 2")
	n := r.s.Finder.Listed()
	if n < 6 || r.s.Finder.Count <= n {
		t.Fatalf("%d places are listed of %d", n, r.s.Finder.Count)
	}
	for _, step := range []struct{ by, at int }{{1, 1}, {1, 2}, {-3, n - 1}, {1, 0}, {-1, n - 1}} {
		if r.send(FinderMoved{step.by}); r.s.Finder.At != step.at {
			t.Errorf("%d leads to %d; expected %d", step.by, r.s.Finder.At, step.at)
		}
	}
	if r.sought("head 3"); r.s.Finder.At != 0 {
		t.Error("a new text begins at the top")
	}
	if r.send(KeyPressed(r.s, "Escape")); r.s.Finder != nil {
		t.Error("Escape leaves the finder open")
	}
	if r.send(FinderTyped{"x"}, FinderMoved{1}, FinderPicked{0}); r.s.Finder != nil {
		t.Error("typing opens a finder that is closed")
	}
}

func TestOneCardAtATime(t *testing.T) {
	r := open(t, "").send(HelpToggled{}, FinderToggled{})
	if r.s.Help || r.s.Finder == nil {
		t.Error("the finder does not replace the help card")
	}
	if r.send(HelpToggled{}); !r.s.Help || r.s.Finder != nil {
		t.Error("the help card does not replace the finder")
	}
	if m := KeyPressed(r.s, "Ctrl+k"); m != nil {
		t.Error("under the help card, keys of the page are obeyed")
	}
}

// TestALongVocabularyIsLookedThrough holds that a word of it opens the table of ranks.
func TestALongVocabularyIsLookedThrough(t *testing.T) {
	r := open(t, "")
	r.s.Config.Vocab = GPT2Vocab
	r.sought(" ball ")
	n := r.s.Finder.Listed()
	found, _ := r.s.Finder.Picked(n - 1)
	if found.Kind != FoundVocab || found.Title != "Look for “ball” among all 50,257 tokens" {
		t.Fatalf("the last place is %+v", found)
	}
	if r.send(FinderPicked{n - 1}); r.s.Find != "ball" || r.s.Rank != 1 || r.s.Sheet != SheetHalf {
		t.Errorf("the table is at rank %d and looks for %q", r.s.Rank, r.s.Find)
	}
}

func TestWordsMeet(t *testing.T) {
	for _, c := range []struct {
		sought, word string
		want         int
	}{
		{"softmax", "softmax", meetsWhole}, {"soft", "softmax", meetsStart}, {"max", "softmax", meetsInside}, {"smx", "softmax", meetsSpread},
		{"m", "softmax", 0}, {"xs", "softmax", 0}, {"sxm", "softmax", 0}, {"sm", "softmax", 0}, {"1", "12", meetsStart}, {"2", "12", 0},
		{"ä", "ähre", meetsStart}, {"日", "日本", meetsStart},
	} {
		if got := meets(c.sought, c.word); got != c.want {
			t.Errorf("%q meets %q with %d; expected %d", c.sought, c.word, got, c.want)
		}
	}
	if got := fold("h.0.Attn_2-Über  x9y"); !slices.Equal(got, []string{"h", "0", "attn", "2", "über", "x", "9", "y"}) {
		t.Errorf("the words are %q", got)
	}
}
