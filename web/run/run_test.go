package run

import (
	"math"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/tokenizer"
	"glassbox/web/engine"
)

// TestEveryPartHasItsLabel holds the table of labels to the parts of the model.
func TestAMarkOfASentenceHasQuotesInOne(t *testing.T) {
	for token, want := range map[string]string{".": "“.”", "·,": "“·,”", "·girl": "·girl", "7": "7", "·é": "·é"} {
		if is := Quoted(token); is != want {
			t.Errorf("%s reads %s; expected %s", token, is, want)
		}
	}
}

func TestEveryPartHasItsLabel(t *testing.T) {
	for _, p := range model.Parts() {
		if l, ok := LabelOf(p); !ok || l.Label == "" || l.Brief == "" || l.Short == "" {
			t.Errorf("%s has the label %+v", p, l)
		}
		if (partWords[p].ofBlock != nil) != p.InBlock() {
			t.Errorf("%s is named as a part of a block, or should be", p)
		}
	}
	if len(partWords) != len(model.Parts()) {
		t.Errorf("%d labels for %d parts", len(partWords), len(model.Parts()))
	}
}

// TestStagesAreThoseOfThePipeline: parts of a block stand in blocks, all others by themselves.
func TestStagesAreThoseOfThePipeline(t *testing.T) {
	for g, want := range map[Stage]bool{
		"": true, "softmax": true, "sample": true, "block.0": true, "block.7.attention": true, "block.0.feed_forward": true,
		"attention": false, "norm_1": false, "feed_forward": false, "block.0.softmax": false, "block.1.sample": false,
		"block": false, "block.": false, "block.-1": false, "block.01": false, "block.0.": false, "block.0.nothing": false, "nothing": false,
	} {
		if err := g.Check(); (err == nil) != want {
			t.Errorf("%q is a stage: %v", g, err)
		}
	}
}

// TestWhatWasNotDrawnYetIsLookedForAtItsStage holds for the steps of sampling, which an outline
// does not have.
func TestWhatWasNotDrawnYetIsLookedForAtItsStage(t *testing.T) {
	steps, err := model.Outline(model.Config{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1}, 2)
	if err != nil {
		t.Fatal(err)
	}
	s := Run{}.WithSteps(steps)
	if stage, panel := s.Locate(StepOf(model.PartSample, model.OpTopK)); stage != StageSample || panel != "" {
		t.Errorf("top-k is looked for at %q of %q", panel, stage)
	}
	if stage, panel := s.Locate(ReadBy(model.PartAttention, model.OpScores, "key")); stage != PartStage(0, model.PartAttention) || panel == "" {
		t.Errorf("the key is looked for at %q of %q", panel, stage)
	}
}

// longVocabulary is a run of a model with a vocabulary of 50,257 words, of which those from 20,000 on are in the window.
func longVocabulary(t *testing.T) Run {
	t.Helper()
	c := model.Config{Vocab: 50257, Context: 4, Width: 2, Heads: 1, Blocks: 1, Tied: true}
	steps, err := model.Outline(c, 3)
	if err != nil {
		t.Fatal(err)
	}
	s := Run{Config: c}.WithSteps(steps)
	s.FirstWord = 20000
	return s
}

// TestWhatLiesBesideTheWindowIsLeftOut, by one word already.
func TestWhatLiesBesideTheWindowIsLeftOut(t *testing.T) {
	s := longVocabulary(t)
	for _, c := range []struct {
		what  string
		v     engine.Values
		stays bool
	}{
		{"the whole window of the table", engine.Values{Name: "wte.weight", From: 20000, Rows: Window, Cols: 2}, true},
		{"a part of it", engine.Values{Name: "wte.weight", From: 20100, Rows: 100, Cols: 2}, true},
		{"its last word", engine.Values{Name: "wte.weight", From: 20000 + Window - 1, Rows: 1, Cols: 2}, true},
		{"the word before it", engine.Values{Name: "wte.weight", From: 19999, Rows: 10, Cols: 2}, false},
		{"the word after it", engine.Values{Name: "wte.weight", From: 20000 + Window - 1, Rows: 2, Cols: 2}, false},
		{"the window of the logits", engine.Values{Name: "logits", Rows: 3, Col: 20000, Cols: Window}, true},
		{"one that is a word too far", engine.Values{Name: "logits", Rows: 3, Col: 20001, Cols: Window}, false},
		{"one of another place", engine.Values{Name: "logits", Rows: 3, Cols: Window}, false},
		{"what has no vocabulary", engine.Values{Name: "ln_f", Rows: 3, Cols: 2}, true},
	} {
		if kept := s.OfWindow([]engine.Values{c.v}); (len(kept) == 1) != c.stays {
			t.Errorf("%s stays: %t", c.what, !c.stays)
		}
	}
}

// TestANumberIsThatOfItsRowAndColumn, in a part of a tensor as in all of it.
func TestANumberIsThatOfItsRowAndColumn(t *testing.T) {
	s := longVocabulary(t).WithValues([]engine.Values{
		{Name: "ln_f", Rows: 3, Cols: 2, Data: []float32{0, 1, 10, 11, 20, 21}},
		{Name: "wte.weight", From: 20000, Rows: 2, Cols: 2, Data: []float32{0, 1, 10, 11}},
		{Name: "logits", Rows: 2, Col: 20000, Cols: 3, Data: []float32{0, 1, 2, 10, 11, 12}},
	})
	s.Page = engine.Values{Name: "logits", From: 1, Rows: 2, Col: 500, Cols: 2, Data: []float32{100, 101, 110, 111}}
	for c, want := range map[Cell]float32{
		{"ln_f", 2, 1}: 21, {"ln_f", 0, 1}: 1, {"ln_f", 1, 0}: 10,
		{"wte.weight", 20001, 0}: 10, {"wte.weight", 20000, 1}: 1,
		{"logits", 0, 20002}: 2, {"logits", 1, 20000}: 10,
		{"logits", 1, 501}: 101, {"logits", 2, 500}: 110,
	} {
		if got, ok := s.At(c.Name, c.Row, c.Col); !ok || got != want {
			t.Errorf("%v is %v, %t; expected %v", c, got, ok, want)
		}
	}
	for _, c := range []Cell{{"ln_f", 3, 0}, {"ln_f", 0, 2}, {"ln_f", -1, 1}, {"wte.weight", 19999, 1}, {"wte.weight", 20002, 0},
		{"logits", 0, 20003}, {"logits", 2, 20000}, {"logits", 0, 500}, {"logits", 3, 500}, {"logits", 1, 502}, {"logits", 1, 499}} {
		if got, ok := s.At(c.Name, c.Row, c.Col); ok {
			t.Errorf("%v, which is not here, is %v", c, got)
		}
	}
}

// TestRowsThatComeAreJoinedToThoseBefore, if they follow them; else nobody could say what lies between.
func TestRowsThatComeAreJoinedToThoseBefore(t *testing.T) {
	s := longVocabulary(t).WithValues([]engine.Values{{Name: "ln_f", Rows: 2, Cols: 2, Data: []float32{0, 1, 10, 11}}})
	for _, c := range []struct {
		from int
		data []float32
		want []float32
	}{
		{2, []float32{20, 21}, []float32{0, 1, 10, 11, 20, 21}},
		{1, []float32{5, 6}, []float32{0, 1, 5, 6}},
		{0, []float32{7, 8}, []float32{7, 8}},
		{3, []float32{30, 31}, []float32{0, 1, 10, 11}},
	} {
		v := s.WithValues([]engine.Values{{Name: "ln_f", From: c.from, Rows: 1, Cols: 2, Data: c.data}}).Held("ln_f")
		if v.Rows*2 != len(c.want) || !slices.Equal(v.Data, c.want) {
			t.Errorf("with a row from %d on, %d rows are here: %v; expected %v", c.from, v.Rows, v.Data, c.want)
		}
	}
	if v := s.Held("ln_f"); !slices.Equal(v.Data, []float32{0, 1, 10, 11}) {
		t.Errorf("the run before has changed: %v", v.Data)
	}
	s.FirstWord = 20000
	s = s.WithValues([]engine.Values{{Name: "wte.weight", From: 20000, Rows: 1, Cols: 2, Data: []float32{0, 1}}})
	s = s.WithValues([]engine.Values{{Name: "wte.weight", From: 20001, Rows: 1, Cols: 2, Data: []float32{10, 11}}})
	if v := s.Held("wte.weight"); v.From != 20000 || !slices.Equal(v.Data, []float32{0, 1, 10, 11}) {
		t.Errorf("rows of a window are joined to %v from row %d on", v.Data, v.From)
	}
}

// TestANewRunKeepsTheNumbersThatStillHold: weights, and the rows of the first tokens, the last one's left out.
func TestANewRunKeepsTheNumbersThatStillHold(t *testing.T) {
	three := []float32{0, 1, 10, 11, 20, 21}
	s := longVocabulary(t).WithValues([]engine.Values{
		{Name: "ln_f", Rows: 3, Cols: 2, Data: three},
		{Name: "ln_f.weight", Rows: 1, Cols: 2, Data: []float32{7, 8}},
		{Name: "h.0.attn.head.0.scores", Rows: 3, Cols: 3, Data: make([]float32, 9)},
		{Name: "logits", Rows: 3, Col: 20000, Cols: 2, Data: three},
	})
	for _, c := range []struct {
		kept, tokens int
		all          bool
		norm, logits int // rows
	}{
		{3, 4, true, 3, 3}, {2, 4, true, 2, 2}, {3, 3, true, 2, 2}, {0, 3, true, 0, 0}, {2, 3, false, 3, 2}, {0, 3, false, 3, 0},
	} {
		f := s.WithFresh(c.kept, c.tokens, c.all)
		if n, l := f.Held("ln_f"), f.Held("logits"); n.Rows != c.norm || l.Rows != c.logits || len(n.Data) != 2*c.norm || len(l.Data) != 2*c.logits {
			t.Errorf("of %d tokens %d stay, all dropped %t: %d rows of the norm and %d of the logits are kept; expected %d and %d",
				c.tokens, c.kept, c.all, n.Rows, l.Rows, c.norm, c.logits)
		}
		if f.Held("ln_f.weight").Rows != 1 || (f.Held("h.0.attn.head.0.scores").Rows == 0) != c.all {
			t.Errorf("of %d tokens %d stay, all dropped %t: the weight has %d rows, the scores %d",
				c.tokens, c.kept, c.all, f.Held("ln_f.weight").Rows, f.Held("h.0.attn.head.0.scores").Rows)
		}
	}
}

// letters is a run of three letters, "CAB", of a model with two heads.
func letters(t *testing.T) Run {
	t.Helper()
	c := model.Config{Vocab: 3, Context: 4, Width: 4, Heads: 2, Blocks: 2, Alphabet: "ABC"}
	steps, err := model.Outline(c, 3)
	if err != nil {
		t.Fatal(err)
	}
	s := Run{Config: c}.WithSteps(steps)
	s.Tokens = []engine.Token{{ID: 2, Text: "C"}, {ID: 0, Text: "A"}, {ID: 1, Text: "B"}}
	return s
}

// TestWhereSaysWhichTokenWordOrNumberIsMeant: rows before columns, a query before the key that it looks at.
func TestWhereSaysWhichTokenWordOrNumberIsMeant(t *testing.T) {
	s := letters(t)
	for c, want := range map[Cell]string{
		{"h.0.attn.head.1.scores", 2, 0}: "query *2 B* → key *0 C*",
		{"h.1.mlp.up", 1, 7}:             "token *1 A*, number *7*",
		{"probabilities", 0, 1}:          "token *0 C*, vocabulary *B*",
		{"ln_f.mean", 1, 0}:              "token *1 A*",
		{"wte.weight", 2, 3}:             "vocabulary *C*, number *3*",
		{"wpe.weight", 3, 1}:             "place *3*, number *1*",
		{"h.0.mlp.c_fc.weight", 3, 12}:   "in *3* → out *12*",
		{"h.0.mlp.c_fc.bias", 0, 12}:     "number *12*",
		{"ln_f", 3, 1}:                   "token *3*, number *1*", // beyond the text
		{"nothing", 0, 0}:                "",
	} {
		got := ""
		for _, w := range s.Where(c) {
			if w.Strong {
				w.Text = "*" + w.Text + "*"
			}
			got += w.Text
		}
		if got != want {
			t.Errorf("%v is %q; expected %q", c, got, want)
		}
	}
}

// TestRowsAndColumnsHaveTheirOwnHeadings.
func TestRowsAndColumnsHaveTheirOwnHeadings(t *testing.T) {
	s := letters(t)
	for _, c := range []struct{ name, row, column, rows, cols string }{
		{"probabilities", "2 B", "C", "token", "vocabulary"},
		{"h.0.attn.head.0.scores", "2 B", "2 B", "looking", "looked at"},
		{"wte.weight", "C", "2", "vocabulary", "number"},
		{"wpe.weight", "2", "2", "place", "number"},
		{"ln_f.std", "2 B", "2", "token", "value"},
		{"h.0.mlp.c_fc.bias", "2", "2", "value", "number"},
	} {
		row, column := s.Heading(c.name, 2, false), s.Heading(c.name, 2, true)
		rows, cols := s.Axes(c.name)
		if row != c.row || column != c.column || rows != c.rows || cols != c.cols {
			t.Errorf("row 2 of %s is headed %q, column 2 %q, and they are a %s and a %s; expected %+v", c.name, row, column, rows, cols, c)
		}
	}
}

// TestATokenIsNamedWithItsPlace, and by its place alone where the text has none there.
func TestATokenIsNamedWithItsPlace(t *testing.T) {
	s := letters(t)
	for n, want := range map[int][2]string{0: {"0 C", "token 0 (C)"}, 2: {"2 B", "token 2 (B)"}, 3: {"3", "token 3"}, -1: {"-1", "token −1"}} {
		if tag, name := s.Tag(n), s.TokenName(n); tag != want[0] || name != want[1] {
			t.Errorf("token %d is %q and %q; expected %q", n, tag, name, want)
		}
	}
	s.Config.Alphabet = ""
	s = s.WithWords([]engine.TokenText{{ID: 7, Text: "·ball"}})
	for id, want := range map[int]string{2: "C", 7: "·ball", 8: "#8"} {
		if got := s.WordText(id); got != want {
			t.Errorf("word %d is %q; expected %q", id, got, want)
		}
	}
	s = letters(t)
	for id, want := range map[int]string{0: "A", 2: "C", 3: "#3", -1: "#-1"} {
		if got := s.WordText(id); got != want {
			t.Errorf("letter %d is %q; expected %q", id, got, want)
		}
	}
}

// TestAStepOfAHeadIsThatOfThisHead, and is titled so, counted from 1.
func TestAStepOfAHeadIsThatOfThisHead(t *testing.T) {
	s := letters(t)
	i := s.InHead("h.1.attn.head.1", model.OpMix)
	if i.Name != "h.1.attn.head.1.mix" || HeadTitle(i) != "Mixed values, head 2" {
		t.Errorf("the mix of head 2 of block 2 is %s, titled %q", i.Name, HeadTitle(i))
	}
	for name, want := range map[string]string{"h.0.attn.head.1.key": "key", "h.1.mlp.up": "feature", "h.1.mlp.down": "", "h.0.attn.proj": ""} {
		info, _ := s.Info(name)
		if got := s.Use(info); got != want {
			t.Errorf("%s is used as %q; expected %q", name, got, want)
		}
	}
	for name, want := range map[string]Stage{"h.1.attn.head.0.key": "block.1.attention", "h.0.mlp.c_fc.bias": "block.0.feed_forward",
		"ln_f.std": StageNorm, "wpe.weight": StagePosition, "logits": StageOutput, "nothing": StageOverview} {
		if got := s.StageOf(name); got != want {
			t.Errorf("%s belongs to %q; expected %q", name, got, want)
		}
	}
}

// TestTheStagesBeforeTheReadersAreBehindThem, in the list and within a block.
func TestTheStagesBeforeTheReadersAreBehindThem(t *testing.T) {
	s := letters(t)
	for here, want := range map[Stage]string{
		"":                  "",
		StageTokenize:       "",
		"block.0":           "tokenize token position",
		"block.1":           "tokenize token position block.0",
		"block.1.attention": "tokenize token position block.0 block.1.norm_1",
		StageSample:         "tokenize token position block.0 block.1 norm output softmax",
	} {
		passed, current := "", 0
		for _, g := range s.Stages(here) {
			if g.Passed {
				passed += " " + string(g.ID)
			}
			if g.Current {
				current++
			}
			for _, p := range g.Parts {
				if p.Passed {
					passed += " " + string(p.ID)
				}
			}
		}
		if passed = strings.TrimPrefix(passed, " "); passed != want || current > 1 || (current == 0) != (here == "") {
			t.Errorf("at %q the reader has passed %q and is at %d stages; expected %q", here, passed, current, want)
		}
	}
	for g, want := range map[Stage]bool{"": true, StageSample: true, "block.1": true, "block.2": false, "block.1.attention": true, "block.2.attention": false} {
		if got := s.HasStage(g); got != want {
			t.Errorf("the model has %q: %t", g, got)
		}
	}
}

// TestStatisticsAreOfTheNumbersThatAreThere.
func TestStatisticsAreOfTheNumbersThatAreThere(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		data []float32
		want Stat
	}{
		{[]float32{nan, 2, nan, 4, 6}, Stat{2, 6, 4}},
		{[]float32{-3, -1}, Stat{-3, -1, -2}},
		{[]float32{5, nan}, Stat{5, 5, 5}},
		{[]float32{nan}, Stat{}},
		{nil, Stat{}},
	} {
		if got := StatOf(engine.Values{Rows: 1, Cols: len(c.data), Data: c.data}); got != c.want {
			t.Errorf("%v has the statistics %+v; expected %+v", c.data, got, c.want)
		}
	}
}

// TestSettingsAreKeptInTheirRanges.
func TestSettingsAreKeptInTheirRanges(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct{ set, want Sampling }{
		{Sampling{-1, -1, -1, -1, 5}, Sampling{0, 0, 0, 0, 5}},
		{Sampling{nan, 3, nan, nan, 0}, Sampling{0, 3, 0, 0, 0}},
		{Sampling{11, MostTopK + 1, 1.5, 2, 1}, Sampling{10, MostTopK, 1, 1, 1}},
		{Sampling{10, MostTopK, 1, 1, 1}, Sampling{10, MostTopK, 1, 1, 1}},
		{Sampling{0.7, 2, 0.9, 0.1, 9}, Sampling{0.7, 2, 0.9, 0.1, 9}},
	} {
		if got := c.set.Clamped(); got != c.want {
			t.Errorf("%+v becomes %+v; expected %+v", c.set, got, c.want)
		}
	}
}

// TestACellIsOneOfItsTensor.
func TestACellIsOneOfItsTensor(t *testing.T) {
	s := letters(t)
	for c, want := range map[Cell]bool{{"ln_f", 0, 0}: true, {"ln_f", 2, 3}: true, {"ln_f", 3, 0}: false, {"ln_f", 0, 4}: false,
		{"ln_f", -1, 0}: false, {"ln_f", 0, -1}: false, {"nothing", 0, 0}: false} {
		if got := s.Has(&c); got != want {
			t.Errorf("there is a cell %v: %t", c, got)
		}
	}
	if s.Has(nil) {
		t.Error("no cell is one")
	}
}

// TestASeatIsTheFirstStepOfItsPart that does the operation, or what that step reads.
func TestASeatIsTheFirstStepOfItsPart(t *testing.T) {
	s := letters(t)
	for _, c := range []struct {
		at    Location
		stage Stage
		panel string
	}{
		{StepOf(model.PartSoftmax, model.OpSoftmax), StageSoftmax, "probabilities"},
		{StepOf(model.PartAttention, model.OpSoftmax), "block.0.attention", "h.0.attn.head.0.attention"},
		{StepOf(model.PartNorm, model.OpNorm), StageNorm, "ln_f"},
		{StepOf(model.PartNorm2, model.OpStd), "block.0.norm_2", "h.0.ln_2.std"},
		{StepOf(model.PartFeedForward, model.OpLinear), "block.0.feed_forward", "h.0.mlp.up"},
		{StepOf(model.PartSample, model.OpDraw), StageSample, ""},
		{StepOf(model.PartSoftmax, model.OpDraw), StageSoftmax, ""},
		{StepOf(model.PartAttention, model.OpGELU), "block.0.attention", ""},
		{ReadBy(model.PartAttention, model.OpMix, "value"), "block.0.attention", "h.0.attn.head.0.value"},
		{ReadBy(model.PartNorm, model.OpNorm, "gain"), StageNorm, "ln_f.weight"},
		{ReadBy(model.PartNorm, model.OpNorm, "key"), StageNorm, ""},
		{AtStage(StageOutput), StageOutput, ""},
	} {
		if stage, panel := s.Locate(c.at); stage != c.stage || panel != c.panel {
			t.Errorf("%+v is %q at %q; expected %q at %q", c.at, panel, stage, c.panel, c.stage)
		}
	}
	if name := s.TokenIDs(); name != "tokens" {
		t.Errorf("the ids of the text stand in %q", name)
	}
}

func TestWhatIsShownReadsBack(t *testing.T) {
	for _, text := range []string{" red ball.\nThe", "\tÄh — 日本語 🙂", "a < 0x2 <0xZZ> b", ""} {
		if got := Plain(tokenizer.Visible([]byte(text))); got != text {
			t.Errorf("%q reads back as %q", text, got)
		}
	}
	if got := Plain("<0xF0><0x9F>" + "<0x99><0x82> <0xFF>"); got != "🙂 \uFFFD" {
		t.Errorf("a character in two tokens, and half of one: %q", got)
	}
}
