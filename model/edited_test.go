package model

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// edits reads a list of them.
func edits(t testing.TB, list string) []Edit {
	t.Helper()
	e, err := ParseEdits(list)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// edit runs tr with edits.
func edit(t testing.TB, tr *Trace, list string) *Trace {
	t.Helper()
	ed, err := tr.Edited(edits(t, list))
	if err != nil {
		t.Fatalf("%s: %v", list, err)
	}
	return ed
}

func TestEditsGiveTheLogitsOfTheReference(t *testing.T) {
	for _, folder := range []string{"tiny-gpt2", "nano-sort"} {
		text, err := os.ReadFile("testdata/" + folder + "/lab.json")
		if err != nil {
			t.Fatal(err)
		}
		var want struct {
			IDs   []int
			Edits []struct {
				Edit string
				Last []float64 `json:"logits_last"`
			}
		}
		if err := json.Unmarshal(text, &want); err != nil || len(want.Edits) < 7 {
			t.Fatalf("%s has %d edits, %v", folder, len(want.Edits), err)
		}
		tr, err := load(t, folder).Forward(want.IDs)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range want.Edits {
			got := edit(t, tr, e.Edit).Step("logits").Row(len(want.IDs) - 1)
			for i, v := range e.Last {
				if math.Abs(float64(got[i])-v) > 1e-4*max(1, math.Abs(v)) {
					t.Errorf("%s, %s: logit %d is %v; the reference has %v", folder, e.Edit, i, got[i], v)
				}
			}
		}
	}
}

// lists are edits of every kind, by the names that hold for any model.
var lists = []string{
	"h.1.attn.head.1.mix=0", "h.0.mlp.down=mean", "h.1.ln_1*=0.5", "embed.sum[3,2]=1.5", "h.1.residual_1[20]=mean", "h.0.attn.head.2.attention[30,7]=0.75",
	"h.0.attn.head.0.value[25]*=-2", "wte.weight[5,3]=0.5", "h.1.attn.c_proj.weight=0", "h.0.mlp.c_fc.weight[2,1]*=3", "logits[31,4]=9", "probabilities[31]*=0.5",
	"h.0.ln_1.weight[0,2]=2", "h.1.attn.head.2.attention.sum[28]*=3", "h.0.attn.head.1.query=0;h.1.attn.head.0.key[33]*=2;h.1.attn.head.0.key[33]*=2",
	"off:h.0.attn", "off:h.1.mlp", "off:h.0.attn.head.1", "off:residual", "off:h.1.residual_1", "off:norm", "off:ln_f", "off:positions", "off:scale", "off:mask",
	"off:mask;h.0.attn.head.0.attention[2,9]=0.3;off:scale", "h.0.mlp.down=from:@;h.1.residual_2[12]=from:@",
	"h.0.residual_2+=2*steer:1,2/3-4,5,6", "h.1.residual_1[12]+=-3*steer:7-4/5",
}

// some returns all lists, or, compiled to wasm, where the same code takes five times as long, every fifth.
func some(lists []string) (list []string) {
	every := perStep() / 40
	for i := 0; i < len(lists); i += 6 - every {
		list = append(list, lists[i])
	}
	return list
}

// named puts a list's edits into the words of a model, and as many ids behind from: as the text has.
func named(list string, ids []int) string {
	other := make([]string, len(ids))
	for i, id := range ids {
		other[i] = string(rune('0' + (id+i)%10))
	}
	return strings.ReplaceAll(list, "from:@", "from:"+strings.Join(other, ","))
}

// alone makes a run with edits borrow nothing, and hold all its rows.
func alone(t *testing.T, ed *Trace) {
	t.Helper()
	ids := slices.Clone(ed.ids)
	for _, s := range ed.Steps {
		s.from, s.own = nil, 0
	}
	ed.edited.first, ed.Budget = 0, math.MaxInt
	ed.ids = nil
	if err := ed.Run(ids); err != nil {
		t.Fatal(err)
	}
}

// A run with edits reads from the other whatever they don't change. The bits are those of a run that computes everything, in
// whatever order one asks for them and however few rows are held; also of a text that was written on and changed.
func TestARunWithEditsHasTheBitsOfAFullOne(t *testing.T) {
	for name, m := range rowsModels(t) {
		for _, list := range some(lists) {
			whole := typed(t, m, math.MaxInt)
			list := named(list, whole.ids)
			full := edit(t, whole, list)
			alone(t, full)
			for _, budget := range []int{0, 5_000, 50_000} {
				compareBits(t, name+", "+list, edit(t, typed(t, m, budget), list), full)
			}
			original := NewTrace(m)
			if err := original.Run(full.ids); err != nil {
				t.Fatal(err)
			}
			compareBits(t, name+", in one go, "+list, edit(t, original, list), full)
		}
	}
}

// compareBits compares cells of all steps in random order.
func compareBits(t *testing.T, name string, got, want *Trace) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		i := r.IntN(len(want.Steps))
		a, b := got.Steps[i], want.Steps[i]
		row, col := r.IntN(b.Rows), r.IntN(b.Cols)
		v, ok := a.At(row, col)
		if w, is := b.At(row, col); ok != is || math.Float32bits(v) != math.Float32bits(w) {
			t.Fatalf("%s: %s (%d, %d) is %v, %t; in a full run %v, %t", name, b.Name, row, col, v, ok, w, is)
		}
	}
}

// A text that grows keeps what its edits took, and an edit that stands for all tokens holds for the new ones too.
func TestEditsStayAsATextGrows(t *testing.T) {
	for name, m := range rowsModels(t) {
		ids := someIDs(44, m.Config.Vocab)
		for _, list := range some(lists) {
			list := named(list, ids[:34])
			tr := NewTrace(m)
			if err := tr.Run(ids[:34]); err != nil {
				t.Fatal(err)
			}
			ed := edit(t, tr, list)
			for _, n := range []int{35, 36, 44} {
				if err := ed.Run(ids[:n]); err != nil {
					t.Fatal(err)
				}
			}
			again := NewTrace(m)
			if err := again.Run(ids); err != nil {
				t.Fatal(err)
			}
			compareBits(t, name+", "+list, ed, edit(t, again, FormatEdits(ed.Edits())))
		}
	}
}

// Where tokens see later ones, another last token changes all rows.
func TestWithoutAMaskEveryRowFollowsTheWholeText(t *testing.T) {
	for name, m := range rowsModels(t) {
		ids := someIDs(20, m.Config.Vocab)
		tr := NewTrace(m)
		if err := tr.Run(ids); err != nil {
			t.Fatal(err)
		}
		ed := edit(t, tr, "off:mask")
		ids = slices.Clone(ids)
		ids[19] = (ids[19] + 1) % m.Config.Vocab
		if err := ed.Run(ids); err != nil {
			t.Fatal(err)
		}
		again := NewTrace(m)
		if err := again.Run(ids); err != nil {
			t.Fatal(err)
		}
		compareBits(t, name, ed, edit(t, again, "off:mask"))
	}
}

func TestEveryEditedNumberExplainsItself(t *testing.T) {
	for name, m := range rowsModels(t) {
		tr, err := m.Forward(someIDs(34, m.Config.Vocab))
		if err != nil {
			t.Fatal(err)
		}
		touched := 0
		for _, list := range some(lists) {
			list := named(list, tr.ids)
			ed := edit(t, tr, list)
			if _, err := ed.Sample(Sampling{Temperature: 1, Seed: 1}); err != nil {
				t.Fatal(err)
			}
			checkCells(t, ed, 10)
			for _, s := range ed.Steps {
				for _, c := range s.changes {
					e, err := ed.Explain(s.Name, max(c.row, 0), max(c.col, 0))
					if err != nil || len(e.Edits) == 0 && !e.Masked {
						t.Fatalf("%s, %s: %s has the effects %v, %v", name, list, s.Name, e.Edits, err)
					}
					touched += len(e.Edits)
				}
			}
		}
		if touched < len(some(lists)) {
			t.Errorf("%s: %d effects were looked at", name, touched)
		}
	}
}

// The language model's tokens share rows, and its weights are held in blocks.
func TestEveryEditedNumberOfThePagesModelsExplainsItself(t *testing.T) {
	for name, m := range everyModel(t) {
		T := min(12, m.Config.Context)
		tr, err := m.Forward(someIDs(T, m.Config.Vocab))
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range []string{"h.last.attn.head.0.mix=mean;off:h.0.mlp;h.0.residual_1[4,1]=2", "wte.weight[1,1]*=2;h.0.mlp.c_proj.weight=0", "off:mask;off:norm"} {
			ed, err := tr.Edited(edits(t, list))
			if err != nil {
				if strings.Contains(err.Error(), "never seen") {
					continue
				}
				t.Fatalf("%s, %s: %v", name, list, err)
			}
			checkCells(t, ed, 4)
		}
	}
}

// What a head gathers goes through its rows of the projection: both ways to be rid of it come to the same.
func TestAHeadThatIsOffIsAsItsRowsOfTheProjectionAreZero(t *testing.T) {
	for name, m := range rowsModels(t) {
		tr, err := m.Forward(someIDs(20, m.Config.Vocab))
		if err != nil {
			t.Fatal(err)
		}
		A, list := m.Config.HeadSize(), []string{}
		for i := A; i < 2*A; i++ {
			for o := range m.Config.Width {
				at := Edit{Name: "h.1.attn.c_proj.weight", Row: i, Col: o}
				if m.Llama != nil {
					at.Row, at.Col = o, i
				}
				list = append(list, at.String())
			}
		}
		zero, off := edit(t, tr, strings.Join(list, ";")), edit(t, tr, "off:h.1.attn.head.1")
		want := zero.Step("logits").Row(19)
		for i, v := range off.Step("logits").Row(19) {
			if math.Abs(float64(v-want[i])) > 1e-5 {
				t.Fatalf("%s: logit %d is %v with the head off, and %v with its weights zero", name, i, v, want[i])
			}
		}
	}
}

func TestOnlyWhatLiesDownstreamIsComputed(t *testing.T) {
	for name, m := range rowsModels(t) {
		tr, err := m.Forward(someIDs(34, m.Config.Vocab))
		if err != nil {
			t.Fatal(err)
		}
		ed := edit(t, tr, "h.1.attn.head.1.mix[30]=0")
		for _, s := range ed.Steps {
			for _, h := range s.held {
				if h.from < 30 {
					t.Errorf("%s: %s has rows from %d on of its own", name, s.Name, h.from)
				}
			}
		}
		for _, name := range []string{"embed.token", "h.0.residual_2", "h.1.attn.head.0.mix"} {
			if ed.Step(name).Changed() {
				t.Errorf("%s changes", name)
			}
		}
		for _, name := range []string{"h.1.attn.head.1.mix", "h.1.attn.concat", "h.1.residual_2", "logits"} {
			if !ed.Step(name).Changed() {
				t.Errorf("%s does not change", name)
			}
		}
	}
}

func TestAStepSaysFromWhichRowOnEditsChangeIt(t *testing.T) {
	for name, m := range rowsModels(t) {
		tr, err := m.Forward(someIDs(34, m.Config.Vocab))
		if err != nil {
			t.Fatal(err)
		}
		ed := edit(t, tr, "h.0.attn.head.1.mix[20]=0;h.1.residual_1[12]*=2")
		for step, want := range map[string]int{"h.0.attn.head.1.mix": 20, "h.0.residual_2": 20, "h.1.attn.concat": 20, "h.1.residual_1": 12, "h.1.residual_2": 12, "logits": 12} {
			if got := ed.Step(step).Info().FirstChanged; got != want {
				t.Errorf("%s: %s changes from row %d on; expected %d", name, step, got, want)
			}
		}
		for i, s := range ed.Steps {
			first := s.Info().FirstChanged
			if !s.Changed() {
				first = s.Rows
			}
			for r := range first {
				if !slices.EqualFunc(s.Row(r), tr.Steps[i].Row(r), func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
					t.Errorf("%s: row %d of %s is another, before row %d", name, r, s.Name, first)
				}
			}
		}
		if got := edit(t, tr, "h.1.residual_1[12]*=2;off:mask").Step("logits").Info().FirstChanged; got != 0 {
			t.Errorf("%s: without a mask logits change from row %d on", name, got)
		}
	}
}

func TestAnEditThatCantBeMadeIsRefused(t *testing.T) {
	m := rowsModels(t)["GPT-2"]
	tr, err := m.Forward(someIDs(10, m.Config.Vocab))
	if err != nil {
		t.Fatal(err)
	}
	for list, want := range map[string]string{
		"h.7.ln_1=0":                           "no step or weight",
		"tokens=0":                             "change the text instead",
		"h.0.ln_1[0,12]=0":                     "no cell",
		"h.0.ln_1[90,0]=0":                     "no cell",
		"h.0.attn.head.0.attention[3,4]=0":     "looks there",
		"h.0.attn.head.0.attention=mean":       "a number for each token",
		"h.0.ln_1=from:1,2":                    "2 tokens; expected as many as the text has, 10",
		"h.0.ln_1=from:1,2,3,4,5,6,7,8,9,99":   "id 99",
		"h.0.ln_1=mean@11":                     "11 tokens",
		"wpe.weight=mean":                      "is a weight",
		"wpe.weight[90,0]=1":                   "no cell",
		"off:h.0.attn.head.3":                  "can't be switched off",
		"off:wte.weight":                       "can't be switched off",
		"off:h.0":                              "can't be switched off",
		"off:mask;h.0.attn.head.0.scaled=mean": "a number for each token",
		"h.0.attn.head.0.scaled+=1*steer:1-2":  "a number for each token",
		"h.0.ln_1+=1*steer:1-99":               "id 99",
		"wpe.weight+=1*steer:1-2":              "is a weight",
		"off:mask;h.0.attn.head.0.scaled=from:1,2,3,4,5,6,7,8,9,1": "a number for each token",
	} {
		if _, err := tr.Edited(edits(t, list)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", list, err, want)
		}
	}
	if _, err := NewTrace(m).Edited(edits(t, "h.0.ln_1=mean")); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("the mean of no rows: %v", err)
	}
	s, err := shared(t).Forward([]int{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"wte.weight[4,0]=1", "logits[0,4]=1"} {
		if _, err := s.Edited(edits(t, list)); err == nil || !strings.Contains(err.Error(), "never seen") {
			t.Errorf("%s: %v", list, err)
		}
	}
}

func TestAnEditSaysWhatItChanges(t *testing.T) {
	tr, err := rowsModels(t)["GPT-2"].Forward(someIDs(10, 23))
	if err != nil {
		t.Fatal(err)
	}
	ed := edit(t, tr, "off:h.1.mlp;h.0.ln_1[3,2]=1;wpe.weight[1]*=2;off:mask;off:h.0.attn.head.2")
	for i, want := range [][]Place{{{"h.1.mlp.down", -1, -1}}, {{"h.0.ln_1", 3, 2}}, {{"wpe.weight", 1, -1}}, nil, {{"h.0.attn.head.2.mix", -1, -1}}} {
		got := ed.Places(i)
		if want == nil && len(got) != 6 || want != nil && !slices.Equal(got, want) {
			t.Errorf("edit %d changes %v; expected %v", i, got, want)
		}
	}
	for _, i := range append(ed.infos(10), ed.Weights()...) {
		if i.Changed != (i.Name != "tokens" && i.Name != "embed.token" && i.Op != OpWeight || i.Name == "wpe.weight") {
			t.Errorf("%s changes: %t", i.Name, i.Changed)
		}
	}
}

func TestADirectionLeadsFromTheMeanOfTextsToThatOfOthers(t *testing.T) {
	for name, m := range rowsModels(t) {
		last := func(step string, ids ...int) []float32 {
			tr, err := m.Forward(ids)
			if err != nil {
				t.Fatal(err)
			}
			return tr.Step(step).Row(len(ids) - 1)
		}
		step := "h.0.residual_2"
		a, b, c := last(step, 1, 2), last(step, 3), last(step, 4, 5, 6)
		tr, err := m.Forward([]int{9, 8, 7})
		if err != nil {
			t.Fatal(err)
		}
		ed := edit(t, tr, step+"+=2*steer:1,2/3-4,5,6")
		for r := range 3 {
			was := tr.Step(step).Row(r)
			for i, v := range ed.Step(step).Row(r) {
				if want := was[i] + 2*((a[i]+b[i])/2-c[i]); math.Abs(float64(v-want)) > 1e-5 {
					t.Fatalf("%s: %s (%d, %d) is %v; expected %v", name, step, r, i, v, want)
				}
			}
		}
		edit(t, tr, step+"+=-1*steer:1,2/3-4,5,6")
		if n := len(tr.directions); n != 1 {
			t.Errorf("%s: another factor makes it %d directions", name, n)
		}
		for i := range 2 * directionsKept {
			edit(t, tr, fmt.Sprintf("%s+=1*steer:%d-1", step, i))
		}
		if n := len(tr.directions); n > directionsKept {
			t.Errorf("%s: %d directions are kept", name, n)
		}
	}
}
