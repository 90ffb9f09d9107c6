package engine

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"glassbox/model/lab"
)

// edited runs a text with edits.
func edited(t testing.TB, e *Engine, id int, show Show, since int, specs ...string) *Ran {
	t.Helper()
	r := greedy("CBABBC")
	r.Edits, r.Show, r.Since = specs, show, since
	return ask(t, e, Request{ID: id, Run: r}).Ran
}

func TestARunWithEditsShowsWhatTheyDo(t *testing.T) {
	e := sorter(t)
	before := edited(t, e, 1, ShowAfter, 0)
	if before.Compared != nil || len(before.Edits) != 0 {
		t.Errorf("a run without edits has %v, %v", before.Edits, before.Compared)
	}
	after := edited(t, e, 2, ShowAfter, 1, "off:h.2.mlp", "h.0.ln_1[9]=0")
	if d := after.Edits; len(d) != 2 || d[0].Fault != nil || d[0].Places[0].Name != "h.2.mlp.down" || d[0].Waits || !d[1].Waits {
		t.Errorf("the edits are %+v", after.Edits)
	}
	if v := find(t, after.Values, "h.2.mlp.down"); v.From != 0 || v.Max != 0 || v.Min != 0 {
		t.Errorf("what is off ranges from %v to %v, from row %d", v.Min, v.Max, v.From)
	}
	changed := 0
	for _, s := range after.Steps {
		if s.Changed {
			changed++
		}
	}
	if changed == 0 || changed == len(after.Steps) {
		t.Errorf("%d of %d steps change", changed, len(after.Steps))
	}
	if after.Compared == nil || after.Compared.Bits <= 0 || len(after.Compared.Tokens) != 3 {
		t.Fatalf("compared: %+v", after.Compared)
	}
	for _, p := range after.Compared.Tokens {
		for _, c := range []struct {
			of  *Ran
			was float32
		}{{before, p.Before}, {after, p.After}} {
			i := slices.IndexFunc(c.of.Candidates, func(k Candidate) bool { return k.ID == p.ID })
			if c.of.Candidates[i].Probability != c.was {
				t.Errorf("token %d had %v; the run says %v", p.ID, c.was, c.of.Candidates[i].Probability)
			}
		}
	}
	again := edited(t, e, 3, ShowBefore, 2, "off:h.2.mlp", "h.0.ln_1[9]=0")
	if !slices.Equal(again.Candidates, before.Candidates) || again.Compared == nil {
		t.Errorf("before the edits: %v; expected %v", again.Candidates, before.Candidates)
	}
}

func TestADifferenceIsWhatAnEditAdds(t *testing.T) {
	e := sorter(t)
	before := edited(t, e, 1, ShowAfter, 0)
	after := edited(t, e, 2, ShowAfter, 0, "h.1.residual_1*=0.5")
	difference := edited(t, e, 3, ShowDifference, 2, "h.1.residual_1*=0.5")
	for _, name := range []string{"h.0.ln_1", "h.1.residual_1", "h.2.attn.head.1.attention", "logits"} {
		was, is, by := find(t, before.Values, name), find(t, after.Values, name), find(t, difference.Values, name)
		for i, v := range by.Data {
			if v != is.Data[i]-was.Data[i] && !(math.IsNaN(float64(v)) && math.IsNaN(float64(was.Data[i]))) {
				t.Fatalf("%s: %v − %v is %v", name, is.Data[i], was.Data[i], v)
			}
		}
		if name == "h.0.ln_1" && (by.Min != 0 || by.Max != 0) {
			t.Errorf("above the edit the differences range from %v to %v", by.Min, by.Max)
		}
		part := ask(t, e, Request{ID: 4, Tensor: &Tensor{Name: name, From: 2, To: 3}}).Values
		if part.Data[1] != by.Data[2*by.Cols+1] {
			t.Errorf("%s: a row that is asked for is not that of the run", name)
		}
	}
}

// An edited weight comes with the run, and as it was once the edit is gone.
func TestAnEditedWeightComesAndGoes(t *testing.T) {
	e := sorter(t)
	was := find(t, edited(t, e, 1, ShowAfter, 0, "wpe.weight[0,0]*=1").Values, "wpe.weight").Data[0]
	for i, spec := range []string{"wpe.weight[0,0]=7", ""} {
		var specs []string
		want := was
		if spec != "" {
			specs, want = []string{spec}, 7
		}
		if got := find(t, edited(t, e, 2+i, ShowAfter, 1+i, specs...).Values, "wpe.weight").Data[0]; got != want {
			t.Errorf("with %q the weight is %v; expected %v", spec, got, want)
		}
	}
	for _, v := range edited(t, e, 9, ShowAfter, 3).Values {
		if v.Name == "wpe.weight" {
			t.Error("a weight comes that did not change")
		}
	}
}

func TestAnEditOfAWeightWaitsForNoToken(t *testing.T) {
	e := sorter(t)
	const row = 40 // of the weight; the text has six tokens
	after := edited(t, e, 1, ShowAfter, 0, "h.2.mlp.c_fc.weight[40,3]=2")
	if d := after.Edits[0]; d.Fault != nil || d.Waits || d.Places[0].Row != row {
		t.Errorf("the edit is %+v", d)
	}
}

func TestAnEditThatCantBeMadeLeavesTheOthers(t *testing.T) {
	e := sorter(t)
	ran := edited(t, e, 1, ShowAfter, 0, "h.9.ln_1=0", "off:h.1.attn", "nonsense", "off:mask", "h.0.attn.head.0.attention=mean")
	for i, bad := range []bool{true, false, true, false, true} {
		if (ran.Edits[i].Fault != nil) != bad {
			t.Errorf("edit %s: %v", ran.Edits[i].Spec, ran.Edits[i].Fault)
		}
	}
	if ran.Compared == nil {
		t.Error("nothing was changed")
	}
	again := edited(t, e, 3, ShowAfter, 0, "h.0.attn.head.0.attention=from:0,1,2,0,1,2", "off:mask", "off:h.1.attn")
	if f := again.Edits[1].Fault; again.Edits[0].Fault != nil || f == nil || f.Kind != "editRowsDiffer" || again.Edits[2].Fault != nil {
		t.Errorf("what was taken from a text has no place where tokens see later ones: %+v", again.Edits)
	}
	edited(t, e, 4, ShowAfter, 0, "h.9.ln_1=0", "off:h.1.attn", "nonsense", "off:mask", "h.0.attn.head.0.attention=mean")
	x := ask(t, e, Request{ID: 5, Explain: &Explain{Name: "h.1.attn.proj", Row: 1, Col: 1}}).Explained
	if len(x.Edits) != 1 || x.Edits[0].After != 0 || x.Value != 0 {
		t.Errorf("the number is %v, with %v", x.Value, x.Edits)
	}
}

// A link may hold thousands of edits, of which one can't be made.
func TestManyEditsAreMadeAtOnce(t *testing.T) {
	e := sorter(t)
	var specs []string
	for i := range 4000 {
		specs = append(specs, fmt.Sprintf("h.%d.mlp.down[%d]=from:0,1,2,0,1,2", i%3, i%6), fmt.Sprintf("h.0.mlp.c_fc.weight[%d,%d]=1", i%48, i%192))
	}
	specs[3001] = "h.9.ln_1=0"
	e.Memory = 1 << 30 // so that it is asked whether memory holds them
	ran := edited(t, e, 1, ShowAfter, 0, specs...)
	for i, d := range ran.Edits {
		if (d.Fault != nil) != (i == 3001) || d.Waits {
			t.Fatalf("edit %d is %+v", i, d)
		}
	}
}

// What was taken from a text stays as it is while the model writes on, and the link says from how much of it.
func TestAnEditSaysWithHowManyTokensItWasMade(t *testing.T) {
	e := sorter(t)
	r := greedy("CBABBC")
	r.Edits = []string{"h.0.mlp.down=mean"}
	ask(t, e, Request{ID: 1, Run: r})
	r.Generated, r.Since = []int{0}, 1
	if got := ask(t, e, Request{ID: 2, Run: r}).Ran.Edits[0].Spec; got != "h.0.mlp.down=mean@6" {
		t.Errorf("the edit is %s", got)
	}
}

// What is typed is another text: its mean is that of all its tokens, and the numbers of the first ones are others as well.
func TestATextThatIsTypedOnHasAMeanOfItsOwn(t *testing.T) {
	run := func(e *Engine, id int, text string) *Ran {
		r := greedy(text)
		r.Edits, r.Since = []string{"h.0.mlp.down=mean"}, id-1
		return ask(t, e, Request{ID: id, Run: r}).Ran
	}
	e := sorter(t)
	run(e, 1, "CBA")
	got := run(e, 2, "CBAC")
	want := run(sorter(t), 1, "CBAC")
	if spec := got.Edits[0].Spec; spec != "h.0.mlp.down=mean" {
		t.Errorf("the edit is %s", spec)
	}
	for _, name := range []string{"h.0.mlp.down", "ln_f"} {
		if v, w := find(t, got.Values, name), find(t, want.Values, name); v.From != 0 || !slices.Equal(v.Data, w.Data) {
			t.Errorf("%s comes from row %d on, %v; expected %v", name, v.From, v.Data[:3], w.Data[:3])
		}
	}
}

func TestTooLittleMemoryForTwoRunsIsSaid(t *testing.T) {
	e := sorter(t)
	c := e.base.Model.Config
	r := greedy("CBABBC")
	ask(t, e, Request{ID: 1, Run: r})
	e.Memory = e.base.Model.Bytes() + 24<<20 + mostGarbage + c.Kept(8)
	r.Edits = []string{"off:mask"}
	if d := ask(t, e, Request{ID: 2, Run: r}).Ran.Edits[0]; d.Fault == nil || d.Fault.Kind != "editBeyondMemory" {
		t.Errorf("the edit is %+v", d)
	}
	table := int64(4 * 48 * 192) // as the edit of a weight copies it
	e.Memory = e.base.Model.Bytes() + 24<<20 + mostGarbage + 2*c.Kept(6) + table
	r.Edits = []string{"h.0.ln_1=0", "h.0.mlp.c_fc.weight=0", "h.1.mlp.c_fc.weight=0", "nonsense"}
	for i, d := range ask(t, e, Request{ID: 5, Run: r}).Ran.Edits {
		if (d.Fault != nil) != (i >= 2) || i == 2 && d.Fault.Kind != "editBeyondMemory" || i == 3 && d.Fault.Kind == "editBeyondMemory" {
			t.Errorf("edit %d is %+v", i, d)
		}
	}
	e.Memory = e.base.Model.Bytes() + 24<<20 + mostGarbage + c.Kept(8)
	if d := try(t, e, Request{ID: 3, Lab: &Lab{Cost: &Cost{Anew: 6}}}); d.Fault == nil || d.Fault.Kind != "costBeyondMemory" {
		t.Errorf("it is computed anew: %+v", d)
	}
	e.Memory += c.Kept(5)
	for spec, fits := range map[string]bool{"off:mask": true, "h.1.mlp.c_fc.bias*=2": true, "h.1.mlp.c_fc.weight[3,4]=2": false} {
		r.Edits = []string{spec}
		if d := ask(t, e, Request{ID: 4, Run: r}).Ran.Edits[0]; (d.Fault == nil) != fits {
			t.Errorf("beside a copy of its weights the edit is %+v", d)
		}
	}
}

// A model that is left, and runs of it, stay in memory for nothing.
func TestAnotherModelLeavesNothingOfTheOneBefore(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	patch := Request{ID: 3, Lab: &Lab{Patch: &Patch{Corrupt: "CBCBBC", Token: -1, Against: -1, Site: lab.SiteStream}}}
	search := Request{ID: 4, Lab: &Lab{Search: &Search{Texts: []string{"CBABBC"}, Answers: []string{"A"}}}}
	ask(t, e, patch)
	ask(t, e, search)
	if ask(t, e, Request{ID: 5, Run: greedy("CBABB")}); e.patching != nil || e.searching == nil {
		t.Errorf("behind another text there is the patching %v, the search %v", e.patching, e.searching)
	}
	ask(t, e, Request{ID: 6, Load: &Load{Name: "sort.safetensors", File: weights(t)}})
	if e.searching != nil {
		t.Error("the search is still there with another model")
	}
	ask(t, e, Request{ID: 7, Run: greedy("CBABBC")})
	ask(t, e, search)
	e.Memory = e.base.Model.Bytes() + 24<<20 + mostGarbage + e.base.Model.Config.Kept(11)
	if ask(t, e, Request{ID: 8, Run: greedy("CBABBCA")}); e.searching != nil {
		t.Error("the search takes the room of a text")
	}
}
