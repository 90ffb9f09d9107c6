package finder_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
	"glassbox/scripts/catalogue"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/finder"
	"glassbox/web/feature/help"
	"glassbox/web/feature/ranking"
	"glassbox/web/say"
)

// sought opens the finder and types.
func sought(r *apptest.Reader, text string) *apptest.Reader {
	r.T.Helper()
	if finder.Of(&r.S) == nil {
		r.Send(finder.Toggled{})
	}
	return r.Send(finder.Typed{Text: text})
}

// first is the title and hint of the place at the top of the list.
func first(r *apptest.Reader) string {
	found, ok := finder.Of(&r.S).Picked(0)
	if !ok {
		return ""
	}
	return string(found.Kind) + ": " + found.Title + " | " + found.Hint
}

func TestTheFinderFindsWhatIsMeant(t *testing.T) {
	r := apptest.Open(t, "")
	for text, want := range map[string]string{
		"overview":                 "stage: The whole model | Sort",
		"lens":                     "tool: Logit lens | " + say.Lens.ToolHint(),
		"patching":                 "tool: Patching | " + say.Patching.ToolHint(),
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
		"kv cache":                 "place: Key/value cache | ",
		"residual":                 "place: Residual stream | ",
		"skip connection":          "place: Residual stream | ",
		"atn":                      "place: Attention | How tokens",
		"c":                        "token: C | token 1 of 6, id 2",
		"scores head 2 4 2":        "number: Scores, head 2, query 4 B → key 2 A | Block 1, attention, 6 × 6",
		"h.2.mlp.gelu 5.190":       "number: GELU, token 5 C, number 190 | Block 3, feed-forward, 6 × 192",
		"h.2.mlp.gelu 5.192":       "",
		"c_attn.weight 47,143":     "number: Query, key and value weights, in 47 → out 143 | Block 1, attention, 48 × 144",
		"a name that nobody gives": "",
		"  ":                       "stage: The whole model | Sort",
		"“”":                       "",
	} {
		got := first(sought(r, text))
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%q finds %q first; expected %q", text, got, want)
		}
	}
}

// TestTheFinderFindsWhatIsShownInAnyLanguage holds that English words and names lead there, too.
func TestTheFinderFindsWhatIsShownInAnyLanguage(t *testing.T) {
	r := sought(apptest.Open(t, ""), "scores head 2")
	speak(t, map[string]string{"finder.wholeModel": "Das ganze Modell", "finder.alsoWholeModel": "ganze Modell", "finder.alsoOverview": "Überblick", "finder.alsoToken": "Tokn {index, number}",
		"run.block": "Klotz {n, number}", "run.attentionOfBlock": "Klotz {n, number}, Aufmerksamkeit"})
	r.Send(CellHovered{})
	if got := first(r); got != "step: Scores, head 2 | Klotz 1, Aufmerksamkeit, 6 × 6" {
		t.Errorf("in another language the list still holds %q", got)
	}
	for text, want := range map[string]string{
		"ganze modell":          "stage: Das ganze Modell",
		"über":                  "stage: Das ganze Modell",
		"overview":              "stage: Das ganze Modell",
		"whole model":           "stage: Das ganze Modell",
		"klotz 2 aufmerk":       "stage: Klotz 2, Aufmerksamkeit",
		"block 2 attention":     "stage: Klotz 2, Aufmerksamkeit",
		"block 3 head 2 scores": "step: Scores, head 2 | Klotz 3, Aufmerksamkeit",
		"h.1.attn.head.0.query": "step: Query, head 1 | Klotz 2, Aufmerksamkeit",
		"W_Q":                   "weight: Query, key and value weights | Klotz 1, Aufmerksamkeit",
		"tokn 2":                "token: A | token 3 of 6",
		"token 2":               "token: A | token 3 of 6",
	} {
		if got := first(sought(r, text)); !strings.HasPrefix(got, want) {
			t.Errorf("%q finds %q first; expected %q", text, got, want)
		}
	}
}

// speak has the page speak a language of these texts; the others are English.
func speak(t *testing.T, texts map[string]string) {
	t.Helper()
	english, err := catalogue.Read("../../../static/language/en.json")
	if err != nil {
		t.Fatal(err)
	}
	sources := make([]string, len(english.Program()))
	for i, text := range english.Program() {
		sources[i] = texts[text.Name()]
	}
	l, err := say.NewLanguage("xx", false, say.EnglishLocale{}, sources)
	if err != nil {
		t.Fatal(err)
	}
	say.Speak(l)
	t.Cleanup(func() { say.Speak(say.English) })
}

func TestTheFinderPrefersTheBlockWhereTheReaderIs(t *testing.T) {
	r := apptest.Open(t, "#stage=block.1.attention")
	if got := first(sought(r, "scores")); got != "step: Scores, head 1 | Block 2, attention, 6 × 6" {
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
		r := sought(apptest.Open(t, ""), text)
		_, there := finder.Of(&r.S).Picked(0)
		r.Commands = nil
		r.Send(finder.Picked{At: -1})
		if open := finder.Of(&r.S) != nil; open == there {
			t.Errorf("%q: the finder is open: %v", text, open)
		}
		if got := r.S.Hash(); got != want {
			t.Errorf("%q leads to %q; expected %q", text, got, want)
		}
		pushed := slices.ContainsFunc(r.Commands, func(c Command) bool { h, ok := c.(SetHash); return ok && h.Push })
		if pushed != (want != "") {
			t.Errorf("%q makes an entry of the history: %v", text, pushed)
		}
	}
}

func TestACellOfALargePanelIsLookedAtFromCloseBy(t *testing.T) {
	flies := func(r *apptest.Reader) bool {
		return slices.ContainsFunc(r.Commands, func(c Command) bool { _, ok := c.(FlyToCell); return ok })
	}
	r := sought(apptest.Open(t, ""), "h.1.mlp.gelu 4.100").Send(finder.Picked{At: -1})
	if !flies(r) {
		t.Error("among 192 numbers, nobody finds one from afar")
	}
	if r = sought(apptest.Open(t, ""), "scores 4 2").Send(finder.Picked{At: -1}); flies(r) {
		t.Error("of 6 by 6 numbers all can be seen")
	}
	r.Commands = nil
	if r.Send(CloseUpPressed{}); !flies(r) {
		t.Error("G does not go close to the pinned cell")
	}
	r.Commands = nil
	r.Send(CellChosen{}, CloseUpPressed{})
	if f, ok := r.Commands[len(r.Commands)-1].(Fly); flies(r) || !ok && !slices.ContainsFunc(r.Commands, func(c Command) bool { _, ok := c.(Fly); return ok }) {
		t.Errorf("without a cell, G shows %v", f)
	}
}

func TestArrowsWalkThroughWhatIsFound(t *testing.T) {
	r := sought(apptest.Open(t, ""), "head 2")
	n := finder.Of(&r.S).Listed()
	if n < 6 || finder.Of(&r.S).Count <= n {
		t.Fatalf("%d places are listed of %d", n, finder.Of(&r.S).Count)
	}
	for _, step := range []struct{ by, at int }{{1, 1}, {1, 2}, {-3, n - 1}, {1, 0}, {-1, n - 1}} {
		if r.Send(finder.Moved{By: step.by}); finder.Of(&r.S).At != step.at {
			t.Errorf("%d leads to %d; expected %d", step.by, finder.Of(&r.S).At, step.at)
		}
	}
	if sought(r, "head 3"); finder.Of(&r.S).At != 0 {
		t.Error("a new text begins at the top")
	}
	if r.Send(KeyPressed(r.S, "Escape")); finder.Of(&r.S) != nil {
		t.Error("Escape leaves the finder open")
	}
	if r.Send(finder.Typed{Text: "x"}, finder.Moved{By: 1}, finder.Picked{At: 0}); finder.Of(&r.S) != nil {
		t.Error("typing opens a finder that is closed")
	}
}

func TestOneCardAtATime(t *testing.T) {
	r := apptest.Open(t, "").Send(help.Toggled{}, finder.Toggled{})
	if help.Of(&r.S).Open || finder.Of(&r.S) == nil {
		t.Error("the finder does not replace the help card")
	}
	if r.Send(help.Toggled{}); !help.Of(&r.S).Open || finder.Of(&r.S) != nil {
		t.Error("the help card does not replace the finder")
	}
	if m := KeyPressed(r.S, "Ctrl+k"); m != nil {
		t.Error("under the help card, keys of the page are obeyed")
	}
}

// TestALongVocabularyIsLookedThrough holds that a word of it opens the table of ranks.
func TestALongVocabularyIsLookedThrough(t *testing.T) {
	r := apptest.Open(t, "")
	r.S.Config.Vocab = GPT2Vocab
	sought(r, " ball ")
	n := finder.Of(&r.S).Listed()
	found, _ := finder.Of(&r.S).Picked(n - 1)
	if found.Kind != finder.FoundVocab || found.Title != "Look for “ball” among all 50,257 tokens" {
		t.Fatalf("the last place is %+v", found)
	}
	if r.Send(finder.Picked{At: n - 1}); ranking.Of(&r.S).Find != "ball" || ranking.Of(&r.S).Rank != 1 || r.S.Sheet != SheetHalf {
		t.Errorf("the table is at rank %d and looks for %q", ranking.Of(&r.S).Rank, ranking.Of(&r.S).Find)
	}
}

// TestTheFinderKnowsWeightsByTheNamesOfTheirFile, and still by those of the page.
func TestTheFinderKnowsWeightsByTheNamesOfTheirFile(t *testing.T) {
	b, err := os.ReadFile("../../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("sort", b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.Tensors {
		f.Tensors[i].Name = "_orig_mod.Transformer." + f.Tensors[i].Name
	}
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	r := apptest.Drop(t, map[string][]byte{"mine.safetensors": b}, FileAnswers{})
	for _, text := range []string{"_orig_mod.Transformer.h.1.mlp.c_fc.weight", "transformer.h.1.mlp.c_fc.weight", "h.1.mlp.c_fc.weight"} {
		if got := first(sought(r, text)); !strings.HasPrefix(got, "weight: Widening weights | Block 2") {
			t.Errorf("%q finds %q first", text, got)
		}
	}
	if got, want := first(sought(r, "_orig_mod.transformer.wte.weight 2.5")), "number: Token table, "; !strings.HasPrefix(got, want) {
		t.Errorf("a cell of it finds %q first; expected %q", got, want)
	}
}

func TestTheFinderClosesWhereTheAddressLeadsElsewhere(t *testing.T) {
	r := sought(apptest.Open(t, ""), "softmax")
	if r.Send(Navigated{Hash: "#stage=norm"}); finder.Of(&r.S) != nil {
		t.Error("it stays open over another place")
	}
}

func TestAToolOfTheLabIsOpenedAndStaysSo(t *testing.T) {
	r := apptest.Open(t, "")
	for range 2 {
		sought(r, "logit lens").Send(finder.Picked{At: -1})
		r.Expect("what stands in the place of the model", r.S.Mode, "lens")
	}
}
