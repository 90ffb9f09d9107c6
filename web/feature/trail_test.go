package feature_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// confirmed fails unless each number of the way was made from the next.
func confirmed(t *testing.T, r *apptest.Reader) {
	t.Helper()
	for i, b := range r.S.Trail {
		next := *r.S.Cell
		if i+1 < len(r.S.Trail) {
			next = r.S.Trail[i+1].Cell
		}
		x := apptest.Open(t, "").Send(CellChosen{&b.Cell}).S.Explained
		if x == nil || !b.Known || x.Value != b.Value || !ReadsCell(x, r.S, next) {
			t.Errorf("number %d of the way, %+v, was not made from %+v", i, b, next)
		}
	}
}

func TestTheLargestTermsLeadFromTheDrawnTokenToTheText(t *testing.T) {
	for _, hash := range []string{"", "#text=CBABBCA&temperature=1.5"} {
		r := apptest.Open(t, hash)
		r.Send(TraceStarted{r.S.Candidates[0].ID}).Expect("the cell", r.S.Cell.Name, "probabilities")
		for n := 0; ; n++ {
			if end, token := r.S.View().End(); end != "" {
				if !strings.Contains(end, r.S.TokenName(token)) {
					t.Errorf("the end %q names no token of the text", end)
				}
				break
			}
			before := *r.S.Cell
			if r.Send(LargestFollowed{}); n > 100 || *r.S.Cell == before {
				t.Fatalf("after %d numbers the way stands still at %+v", n, before)
			}
		}
		if n := len(r.S.Trail); n < 8 || !strings.HasPrefix(r.S.Cell.Name, "embed.") {
			t.Errorf("after %d numbers the way is at %+v", n, r.S.Cell)
		}
		r.Expect("the panel", r.S.Panel, r.S.Cell.Name).Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, true)
		if hash == "" {
			confirmed(t, r)
		}
		end := *r.S.Cell
		again := apptest.Open(t, apptest.LastOf[SetHash](r).Hash)
		if !reflect.DeepEqual(again.S.Trail, r.S.Trail) || *again.S.Cell != end {
			t.Errorf("the link leads to %+v; the way was %+v", again.S.Trail, r.S.Trail)
		}
		r.Send(CrumbChosen{2}).Expect("numbers before", len(r.S.Trail), 2)
		r.Send(CrumbChosen{0}).Expect("the way", len(r.S.Trail), 0).Expect("the cell", r.S.Cell.Name, "probabilities")
	}
}

func TestTheLargestTermIsTheLargest(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.0.mlp.up", Row: 4, Col: 17}})
	c, ok := r.S.View().Largest()
	x, w := r.S.Explained.Values[0], r.S.Explained.Values[1]
	best, most := 0, float32(0)
	for i := range x {
		if p := x[i] * w[i]; p*r.S.Explained.Value > 0 && p*p > most {
			best, most = i, p*p
		}
	}
	if !ok || c != (run.Cell{Name: "h.0.ln_2", Row: 4, Col: best}) {
		t.Errorf("it is %+v; expected number %d", c, best)
	}
	r.Send(CellChosen{&run.Cell{Name: "h.0.attn.head.1.mix", Row: 4, Col: 3}})
	if c, ok = r.S.View().Largest(); !ok || c.Name != "h.0.attn.head.1.value" || c.Col != 3 || c.Row > 4 {
		t.Errorf("of the mix it is %+v", c)
	}
	r.Send(CellChosen{&run.Cell{Name: "wte.weight", Row: 1, Col: 1}})
	if c, ok = r.S.View().Largest(); ok {
		t.Errorf("a weight was made from %+v", c)
	}
}

func TestAPressOnAnOperandInTheSceneGoesOn(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}}, CellHovered{&run.Cell{Name: "h.0.attn.head.0.key", Row: 2, Col: 5}})
	r.Send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.key", Row: 2, Col: 5}}).Expect("the way", len(r.S.Trail), 1)
	r.Send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}}).Expect("the way back", len(r.S.Trail), 0)
	r.Send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.key", Row: 3, Col: 5}}).Expect("what was not read begins anew", len(r.S.Trail), 0)
	r.Send(LargestFollowed{}).Expect("the way", len(r.S.Trail), 1)
	r.Send(StageChosen{run.StageNorm}).Expect("elsewhere", len(r.S.Trail), 0)
	r.Send(CellHovered{&run.Cell{Name: "h.0.attn.head.0.scaled", Row: 4, Col: 2}}, LargestFollowed{})
	r.Expect("from what is under the pointer", *r.S.Cell, run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}).Expect("the way", len(r.S.Trail), 1)
	n := r.S.Cell
	r.Send(OperandFollowed{run.Cell{Name: "logits", Row: 0, Col: 0}}).Expect("what was not read", r.S.Cell, n)
}

func TestAWayThatIsNoneIsLeftOut(t *testing.T) {
	r := apptest.Open(t, "#panel=logits&cell=5.1&trail=ln_f-5-1~probabilities-5-1")
	r.Expect("the way", len(r.S.Trail), 1).Expect("its number", r.S.Trail[0].Cell, run.Cell{Name: "probabilities", Row: 5, Col: 1})
	if !strings.Contains(r.S.Notice, "left out") {
		t.Errorf("it says %q", r.S.Notice)
	}
	r = apptest.Open(t, "#panel=logits&cell=5.1&trail=none-9-9~probabilities-5-1").Expect("the way", len(r.S.Trail), 1)
	r.Send(PromptChanged{"CBABB"}).Expect("without its token", r.S.Cell == nil && r.S.Trail == nil, true)
	for _, bad := range []string{"trail=x-1", "trail=logits-5-1", "panel=logits&cell=5.1&trail=a-b-c", "panel=logits&cell=5.1&trail=-1-1"} {
		if l, w := app.Properties().Parse("#" + bad); len(w) != 1 || l.Trail != nil {
			t.Errorf("%s reads as %+v with %v", bad, l.Trail, w)
		}
	}
}

func TestTheWayIsSpoken(t *testing.T) {
	r := apptest.Open(t, "").Send(TraceStarted{1}, LargestFollowed{})
	if _, place := Spoken(r.S); !strings.Contains(place, "Number 2 on the way from Probabilities") {
		t.Errorf("it says %q", place)
	}
}

func TestTheCurveGoesThroughTheNumber(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "h.1.mlp.gelu", Row: 3, Col: 40}})
	c, ok := r.S.View().Curve()
	if !ok || math.Abs(c.Y-gelu(c.X)) > 1e-5 || c.X < c.Low.X || c.X > c.Top.X || len(c.Points) < 50 {
		t.Errorf("the curve is %+v", c)
	}
	if _, ok = r.Send(CellChosen{&run.Cell{Name: "h.1.mlp.up", Row: 3, Col: 40}}).S.View().Curve(); ok {
		t.Error("a linear layer has a curve")
	}
}

func TestCellsOfOperandsAreWhatTheModelRead(t *testing.T) {
	r := apptest.Open(t, "")
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		i := r.S.Steps[random.IntN(len(r.S.Steps))]
		if i.Rows == 0 || i.Op == model.OpWeight {
			continue
		}
		r.Send(CellChosen{&run.Cell{Name: i.Name, Row: random.IntN(i.Rows), Col: random.IntN(i.Cols)}})
		c, _ := r.S.View().Calculation()
		for _, term := range append(c.Terms, c.Rest...) {
			for k, want := range []float64{term.A, term.B} {
				if at := term.Cells[k]; at.Name != "" {
					if v, ok := r.S.At(at.Name, at.Row, at.Col); !ok || float64(v) != want {
						t.Fatalf("%s: the term %+v does not stand at %+v", i.Name, term, at)
					}
				}
			}
		}
	}
}

func TestAPressBeforeTheAnswerIsNotLost(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(TraceStarted{1}, LargestFollowed{}).Expect("before the answer", r.S.Cell.Name, "probabilities")
	r.Deliver().Expect("behind it", r.S.Cell.Name, "logits").Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, true)
	r.Send(CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 1}}, LargestFollowed{}, CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 2}})
	r.Deliver().Expect("what the reader does next counts", *r.S.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 2})
}

// gelu is the function in the form that GPT-2 uses.
func gelu(x float64) float64 {
	return 0.5 * x * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
}

func TestOfALongWayTheLastNumbersAreKept(t *testing.T) {
	var trail []Crumb
	for n := range address.MostTrail + 5 {
		trail = Longer(trail, &engine.Explained{Explanation: model.Explanation{Name: "ln_f", Row: n, Value: float32(n)}})
		if want := min(n+1, address.MostTrail); len(trail) != want || trail[want-1].Row != n || trail[0].Row != n+1-want {
			t.Fatalf("after %d numbers %d are kept, from number %d to number %d", n+1, len(trail), trail[0].Row, trail[len(trail)-1].Row)
		}
	}
}
