package engine

import (
	"math"
	"os"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/lab"
	"glassbox/model/quant"
)

// pair returns an engine that has run a text, and beside it a model that has run another.
func pair(t *testing.T, text string, second Load, other string) *Engine {
	t.Helper()
	e := sorter(t)
	ask(t, e, Request{ID: 10, Run: greedy(text)})
	ask(t, e, Request{ID: 11, Beside: true, Load: &second})
	ask(t, e, Request{ID: 12, Beside: true, Run: greedy(other)})
	return e
}

// whole asks for all pieces of a comparison.
func whole(t *testing.T, e *Engine, of Aspect) (all Comparison) {
	t.Helper()
	for n := 0; ; n++ {
		c := ask(t, e, Request{ID: 20 + n, Lab: &Lab{Compare: &Compare{Of: of, From: all.To, Top: 3}}}).Lab.Compare
		c.Bits, c.Differences = append(all.Bits, c.Bits...), append(all.Differences, c.Differences...)
		if all = *c; c.To >= c.All {
			return all
		}
		if n > 10_000 {
			t.Fatalf("%s does not end: %d of %d", of, c.To, c.All)
		}
	}
}

func TestASecondEngineHasARunOfItsOwn(t *testing.T) {
	e := pair(t, "CBABBC", Load{Name: "same", Same: true}, "ABCABC")
	first := ask(t, e, Request{Tensor: &Tensor{Name: "logits", To: 6}})
	second := ask(t, e, Request{Beside: true, Tensor: &Tensor{Name: "logits", To: 6}})
	if first.Beside || !second.Beside || slices.Equal(first.Values.Data, second.Values.Data) {
		t.Errorf("both engines say the same: %v, %v", first.Beside, second.Beside)
	}
	alone := sorter(t)
	ask(t, alone, Request{ID: 1, Run: greedy("ABCABC")})
	if want := ask(t, alone, Request{Tensor: &Tensor{Name: "logits", To: 6}}); !slices.Equal(want.Values.Data, second.Values.Data) {
		t.Error("the second engine computes other numbers than one that stands alone")
	}
	if e.beside.base.Model != e.base.Model {
		t.Error("the same model is there twice")
	}
	if r := try(t, e, Request{Beside: true, Run: greedy("xyz")}); r.Error == "" || !r.Beside {
		t.Errorf("a text that can't be read: %+v", r)
	}
	if d := DamagedReply(Request{ID: 3, Beside: true, Load: &Load{Name: "x"}}); !d.Beside || d.ID != 3 {
		t.Errorf("what is damaged is answered with %+v", d)
	}
	ask(t, e, Request{ID: 30, Load: &Load{Name: "sort", File: weights(t)}})
	if r := try(t, e, Request{Beside: true, Tensor: &Tensor{Name: "logits", To: 1}}); r.Fault == nil || r.Fault.Kind != "noModel" {
		t.Errorf("beside another model the second still stands: %+v", r)
	}
}

func TestTheSameRunTwiceDiffersInNothing(t *testing.T) {
	e := pair(t, "CBABBC", Load{Name: "same", Same: true}, "CBABBC")
	next, bits := whole(t, e, AspectNext), whole(t, e, AspectBits)
	if !next.Words || next.Lost != 0 || len(next.Next) != 3 || next.Next[0].Before != next.Next[0].After {
		t.Errorf("what follows: %+v", next)
	}
	if len(bits.Bits) != 6 || slices.Max(bits.Bits) != 0 {
		t.Errorf("the bits are %v", bits.Bits)
	}
	for _, of := range []Aspect{AspectSteps, AspectWeights} {
		c := whole(t, e, of)
		if len(c.Differences) != c.All || c.All == 0 {
			t.Errorf("%s: %d of %d were compared", of, len(c.Differences), c.All)
		}
		for _, d := range c.Differences {
			if d.RMS != 0 || d.Largest != 0 {
				t.Errorf("%s: %+v", of, d)
			}
		}
	}
	if w := whole(t, e, AspectWriting); !slices.Equal(w.Written.Tokens, w.Other.Tokens) || len(w.Written.Tokens) == 0 {
		t.Errorf("they write %v and %v", w.Written, w.Other)
	}
}

// TestBothWriteWhatTheyWouldAlone: each goes on with what a run of the text so far says.
func TestBothWriteWhatTheyWouldAlone(t *testing.T) {
	e := pair(t, "CBABBC", Load{Name: "same", Same: true}, "ABCABA")
	w := whole(t, e, AspectWriting)
	alone := sorter(t)
	for text, written := range map[string]Written{"CBABBC": w.Written, "ABCABA": w.Other} {
		var ids []int
		for i, token := range written.Tokens {
			ran := ask(t, alone, Request{ID: 100 + i, Run: greedy(text, ids...)}).Ran
			if ran.Next.ID != token.ID || ran.Next.Text != token.Text {
				t.Errorf("%s: token %d is %v; expected %v", text, i, token, ran.Next)
			}
			ids = append(ids, token.ID)
		}
	}
}

func TestOtherNumbersOfAModelCostWhatTheTypeCosts(t *testing.T) {
	b, err := os.ReadFile("../../static/models/language.gguf")
	if err != nil {
		t.Fatal(err)
	}
	e := withTable(t, New())
	ask(t, e, Request{ID: 1, Load: &Load{Name: "language", File: b}})
	ask(t, e, Request{ID: 2, Run: greedy("Anna has a red ball. The ball is")})
	lost := -1.0
	for i, as := range []string{"Q8_0", "Q4_0"} {
		loaded := ask(t, e, Request{ID: 3 + 2*i, Beside: true, Load: &Load{Name: "language", Same: true, As: as}}).Loaded
		if loaded.Stored[0] != as || loaded.Config != e.base.Model.Config {
			t.Errorf("it is held as %v", loaded.Stored)
		}
		ask(t, e, Request{ID: 4 + 2*i, Beside: true, Run: greedy("Anna has a red ball. The ball is")})
		next := whole(t, e, AspectNext)
		if !next.Words || next.Lost < 0 || next.Lost < lost {
			t.Errorf("as %s it loses %g bits", as, next.Lost)
		}
		lost = next.Lost
		weights := whole(t, e, AspectWeights)
		as, _ := quant.Parse(as)
		other, err := checkpoint.Retyped(e.base.Model, as)
		if err != nil {
			t.Fatal(err)
		}
		for n, w := range e.base.Model.Parameters() {
			want, _ := lab.DifferWeights(e.base.Model, other, w, other.Parameters()[n])
			if got := weights.Differences[n]; got != want {
				t.Errorf("%s as %s: %+v; expected %+v", w.Name, as, got, want)
			}
		}
	}
	if lost <= 0 {
		t.Errorf("Q4_0 loses %g bits", lost)
	}
	if r := try(t, e, Request{Beside: true, Load: &Load{Name: "x", Same: true, As: "Q6_K"}}); r.Fault == nil || r.Fault.Kind != "besideType" {
		t.Errorf("a type that is not written here gives %+v", r)
	}
	if r := try(t, e, Request{Load: &Load{Name: "x", Same: true}}); r.Fault == nil || r.Fault.Kind != "noModel" {
		t.Errorf("the first engine takes itself: %+v", r)
	}
}

func TestTheSceneShowsByHowMuchTheFirstIsAbove(t *testing.T) {
	e := pair(t, "CBABBC", Load{Name: "q", Same: true, As: "Q4_0"}, "CBABBA")
	run := greedy("CBABBC")
	plain := ask(t, e, Request{ID: 13, Run: run}).Ran
	run.Show, run.Since = ShowBeside, 13
	shown := ask(t, e, Request{ID: 14, Run: run}).Ran
	check := func(shown *Ran, second func(name string) Values) {
		t.Helper()
		for _, v := range plain.Values {
			got, off := find(t, shown.Values, v.Name), second(v.Name)
			for i, x := range v.Data {
				if want := x - off.Data[i]; got.Data[i] != want && (want == want || got.Data[i] == got.Data[i]) {
					t.Fatalf("%s: number %d is %v; expected %v − %v", v.Name, i, got.Data[i], x, off.Data[i])
				}
			}
		}
	}
	second := func(name string) Values {
		s := e.beside.trace.Tensor(name)
		return values(s, 0, s.Rows)
	}
	check(shown, second)
	weight := e.trace.Model.Parameters()[0].Name
	w := find(t, shown.Values, weight)
	if w.Max == 0 && w.Min == 0 {
		t.Errorf("%s differs in nothing", weight)
	}
	read := ask(t, e, Request{Read: &Read{Rows: []Tensor{{Name: weight, To: 1}}, Coarse: []string{weight}, Side: 64}})
	if !slices.Equal(read.Read[0].Data, w.Data[:w.Cols]) {
		t.Error("rows that are read are others than those of the run")
	}
	if size := read.Coarse[0].Blocks[1]; size <= 0 || size > 0.1 {
		t.Errorf("the mean size of a difference is %v", size)
	}
	// The second runs something else: all comes again.
	ask(t, e, Request{ID: 15, Beside: true, Run: greedy("AAABBB")})
	run.Since = 14
	check(ask(t, e, Request{ID: 16, Run: run}).Ran, second)
	// A text of another length has only weights in common.
	ask(t, e, Request{ID: 17, Beside: true, Run: greedy("AB")})
	run.Since = 16
	other := ask(t, e, Request{ID: 18, Run: run}).Ran
	for _, x := range find(t, other.Values, "logits").Data {
		if !math.IsNaN(float64(x)) {
			t.Fatalf("the logits of 6 tokens less those of 2 are %v", x)
		}
	}
	if c := whole(t, e, AspectSteps); len(c.Differences) != 0 {
		t.Errorf("6 tokens were compared with 2: %+v", c.Differences)
	}
	if c := whole(t, e, AspectBits); len(c.Bits) != 2 {
		t.Errorf("the bits after the tokens of both are %v", c.Bits)
	}
	// Back to what it was.
	run.Show, run.Since = ShowAfter, 18
	back := ask(t, e, Request{ID: 19, Run: run}).Ran
	for _, v := range append(plain.Values, values(e.trace.Tensor(weight), 0, e.trace.Tensor(weight).Rows)) {
		got := find(t, back.Values, v.Name)
		for i, x := range v.Data {
			if got.Data[i] != x && x == x {
				t.Fatalf("%s: number %d is %v; expected %v", v.Name, i, got.Data[i], x)
			}
		}
	}
}

func TestModelsOfOtherWordsAreComparedByWhatTheySay(t *testing.T) {
	e := withTable(t, sorter(t))
	ask(t, e, Request{ID: 10, Run: greedy("CBABBC")})
	b, err := os.ReadFile("../../static/models/language.gguf")
	if err != nil {
		t.Fatal(err)
	}
	ask(t, e, Request{ID: 11, Beside: true, Load: &Load{Name: "language", File: b}})
	ask(t, e, Request{ID: 12, Beside: true, Run: greedy("Anna has a red ball.")})
	next := whole(t, e, AspectNext)
	if next.Words || next.Next != nil || len(next.First) != 3 || len(next.Second) != 3 || next.Second[0].Text == "" {
		t.Errorf("what follows: %+v", next)
	}
	if c := whole(t, e, AspectBits); c.All != 0 {
		t.Errorf("bits of other words: %v", c.Bits)
	}
	if w := whole(t, e, AspectWriting); len(w.Other.Tokens) == 0 {
		t.Error("the second writes nothing")
	}
}

func TestNothingIsComparedWithNothing(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 10, Run: greedy("CBABBC")})
	if r := try(t, e, Request{Lab: &Lab{Compare: &Compare{Of: AspectNext}}}); r.Fault == nil || r.Fault.Kind != "besideNothing" {
		t.Errorf("without a second run it says %+v", r)
	}
	ask(t, e, Request{ID: 11, Beside: true, Load: &Load{Name: "same", Same: true}})
	ask(t, e, Request{ID: 12, Beside: true, Run: greedy("A")})
	if r := try(t, e, Request{Lab: &Lab{Compare: &Compare{Of: "x"}}}); r.Fault == nil || r.Fault.Kind != "aspectUnknown" {
		t.Errorf("an unknown aspect gives %+v", r)
	}
}

func TestASecondModelCountsInMemory(t *testing.T) {
	e := pair(t, "CBABBC", Load{Name: "same", Same: true}, "CB")
	rows := e.base.Model.Config.Kept(2)
	e.Memory = e.base.Model.Bytes() + model.Budget + mostGarbage + e.base.Model.Config.Kept(6) + rows
	if e.room() != e.base.Model.Config.Kept(6) {
		t.Errorf("there is room for %d bytes of rows; expected %d", e.room(), e.base.Model.Config.Kept(6))
	}
	if r := try(t, e, Request{ID: 30, Beside: true, Load: &Load{Name: "q", Same: true, As: "F32"}}); r.Error != "" {
		t.Errorf("float32 numbers, which are there already: %s", r.Error)
	}
	e.Memory = e.takenAlone() + mostGarbage + 1
	if r := try(t, e, Request{ID: 31, Beside: true, Load: &Load{Name: "sort", File: weights(t)}}); r.Fault == nil || r.Fault.Kind != "besideBeyondMemory" {
		t.Errorf("a second model for which there is no room: %+v", r.Fault)
	}
	e.Memory = 0
	ask(t, e, Request{ID: 33, Beside: true, Run: greedy("CB")})
	e.Memory = e.takenAlone() + mostGarbage + 1
	if r := try(t, e, Request{ID: 32, Lab: &Lab{Compare: &Compare{Of: AspectWriting}}}); r.Fault == nil || r.Fault.Kind != "writingBeyondMemory" {
		t.Errorf("writing on without room: %+v", r.Fault)
	}
}
