package app

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/run"
)

// confirmed fails unless each number of the way was made from the next.
func confirmed(t *testing.T, r *reader) {
	t.Helper()
	for i, b := range r.s.Trail {
		next := *r.s.Cell
		if i+1 < len(r.s.Trail) {
			next = r.s.Trail[i+1].Cell
		}
		x := open(t, "").send(CellChosen{&b.Cell}).s.Explained
		if x == nil || !b.Known || x.Value != b.Value || !readsCell(x, r.s, next) {
			t.Errorf("number %d of the way, %+v, was not made from %+v", i, b, next)
		}
	}
}

func TestTheLargestTermsLeadFromTheDrawnTokenToTheText(t *testing.T) {
	for _, hash := range []string{"", "#text=CBABBCA&temperature=1.5"} {
		r := open(t, hash)
		r.send(TraceStarted{r.s.Candidates[0].ID}).expect("the cell", r.s.Cell.Name, "probabilities")
		for n := 0; ; n++ {
			if end, token := r.s.View().End(); end != "" {
				if !strings.Contains(end, r.s.TokenName(token)) {
					t.Errorf("the end %q names no token of the text", end)
				}
				break
			}
			before := *r.s.Cell
			if r.send(LargestFollowed{}); n > 100 || *r.s.Cell == before {
				t.Fatalf("after %d numbers the way stands still at %+v", n, before)
			}
		}
		if n := len(r.s.Trail); n < 8 || !strings.HasPrefix(r.s.Cell.Name, "embed.") {
			t.Errorf("after %d numbers the way is at %+v", n, r.s.Cell)
		}
		r.expect("the panel", r.s.Panel, r.s.Cell.Name).expect("an entry of the history", lastOf[SetHash](r).Push, true)
		if hash == "" {
			confirmed(t, r)
		}
		end := *r.s.Cell
		again := open(t, lastOf[SetHash](r).Hash)
		if !reflect.DeepEqual(again.s.Trail, r.s.Trail) || *again.s.Cell != end {
			t.Errorf("the link leads to %+v; the way was %+v", again.s.Trail, r.s.Trail)
		}
		r.send(CrumbChosen{2}).expect("numbers before", len(r.s.Trail), 2)
		r.send(CrumbChosen{0}).expect("the way", len(r.s.Trail), 0).expect("the cell", r.s.Cell.Name, "probabilities")
	}
}

func TestTheLargestTermIsTheLargest(t *testing.T) {
	r := open(t, "").send(CellChosen{&run.Cell{Name: "h.0.mlp.up", Row: 4, Col: 17}})
	c, ok := r.s.View().Largest()
	x, w := r.s.Explained.Values[0], r.s.Explained.Values[1]
	best := 0
	for i := range x {
		if math.Abs(float64(x[i]*w[i])) > math.Abs(float64(x[best]*w[best])) {
			best = i
		}
	}
	if !ok || c != (run.Cell{Name: "h.0.ln_2", Row: 4, Col: best}) {
		t.Errorf("it is %+v; expected number %d", c, best)
	}
	r.send(CellChosen{&run.Cell{Name: "h.0.attn.head.1.mix", Row: 4, Col: 3}})
	if c, ok = r.s.View().Largest(); !ok || c.Name != "h.0.attn.head.1.value" || c.Col != 3 || c.Row > 4 {
		t.Errorf("of the mix it is %+v", c)
	}
	r.send(CellChosen{&run.Cell{Name: "wte.weight", Row: 1, Col: 1}})
	if c, ok = r.s.View().Largest(); ok {
		t.Errorf("a weight was made from %+v", c)
	}
}

func TestAPressOnAnOperandInTheSceneGoesOn(t *testing.T) {
	r := open(t, "").send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}}, CellHovered{&run.Cell{Name: "h.0.attn.head.0.key", Row: 2, Col: 5}})
	r.send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.key", Row: 2, Col: 5}}).expect("the way", len(r.s.Trail), 1)
	r.send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}}).expect("the way back", len(r.s.Trail), 0)
	r.send(CellChosen{&run.Cell{Name: "h.0.attn.head.0.key", Row: 3, Col: 5}}).expect("what was not read begins anew", len(r.s.Trail), 0)
	r.send(LargestFollowed{}).expect("the way", len(r.s.Trail), 1)
	r.send(StageChosen{run.StageNorm}).expect("elsewhere", len(r.s.Trail), 0)
	r.send(CellHovered{&run.Cell{Name: "h.0.attn.head.0.scaled", Row: 4, Col: 2}}, LargestFollowed{})
	r.expect("from what is under the pointer", *r.s.Cell, run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}).expect("the way", len(r.s.Trail), 1)
	n := r.s.Cell
	r.send(OperandFollowed{run.Cell{Name: "logits", Row: 0, Col: 0}}).expect("what was not read", r.s.Cell, n)
}

func TestAWayThatIsNoneIsLeftOut(t *testing.T) {
	r := open(t, "#panel=logits&cell=5.1&trail=ln_f-5-1~probabilities-5-1")
	r.expect("the way", len(r.s.Trail), 1).expect("its number", r.s.Trail[0].Cell, run.Cell{Name: "probabilities", Row: 5, Col: 1})
	if !strings.Contains(r.s.Notice, "left out") {
		t.Errorf("it says %q", r.s.Notice)
	}
	r = open(t, "#panel=logits&cell=5.1&trail=none-9-9~probabilities-5-1").expect("the way", len(r.s.Trail), 1)
	r.send(PromptChanged{"CBABB"}).expect("without its token", r.s.Cell == nil && r.s.Trail == nil, true)
	for _, bad := range []string{"trail=x-1", "trail=logits-5-1", "panel=logits&cell=5.1&trail=a-b-c", "panel=logits&cell=5.1&trail=-1-1"} {
		if l, w := Properties().Parse("#" + bad); len(w) != 1 || l.Trail != nil {
			t.Errorf("%s reads as %+v with %v", bad, l.Trail, w)
		}
	}
}

func TestTheWayIsSpoken(t *testing.T) {
	r := open(t, "").send(TraceStarted{1}, LargestFollowed{})
	if _, place := Spoken(r.s); !strings.Contains(place, "Number 2 on the way from Probabilities") {
		t.Errorf("it says %q", place)
	}
}

func TestTheCurveGoesThroughTheNumber(t *testing.T) {
	r := open(t, "").send(CellChosen{&run.Cell{Name: "h.1.mlp.gelu", Row: 3, Col: 40}})
	c, ok := r.s.View().GELUCurve()
	if !ok || math.Abs(c.Y-gelu(c.X)) > 1e-5 || c.X < c.Low.X || c.X > c.Top.X || len(c.Points) < 50 {
		t.Errorf("the curve is %+v", c)
	}
	if _, ok = r.send(CellChosen{&run.Cell{Name: "h.1.mlp.up", Row: 3, Col: 40}}).s.View().GELUCurve(); ok {
		t.Error("a linear layer has a curve")
	}
}

func TestCellsOfOperandsAreWhatTheModelRead(t *testing.T) {
	r := open(t, "")
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		i := r.s.Steps[random.IntN(len(r.s.Steps))]
		if i.Rows == 0 || i.Op == model.OpWeight {
			continue
		}
		r.send(CellChosen{&run.Cell{Name: i.Name, Row: random.IntN(i.Rows), Col: random.IntN(i.Cols)}})
		c, _ := r.s.View().Calculation()
		for _, term := range append(c.Terms, c.Rest...) {
			for k, want := range []float64{term.A, term.B} {
				if at := term.Cells[k]; at.Name != "" {
					if v, ok := r.s.At(at.Name, at.Row, at.Col); !ok || float64(v) != want {
						t.Fatalf("%s: the term %+v does not stand at %+v", i.Name, term, at)
					}
				}
			}
		}
	}
}

func TestAPressBeforeTheAnswerIsNotLost(t *testing.T) {
	r := open(t, "")
	r.slow = true
	r.send(TraceStarted{1}, LargestFollowed{}).expect("before the answer", r.s.Cell.Name, "probabilities")
	r.deliver().expect("behind it", r.s.Cell.Name, "logits").expect("an entry of the history", lastOf[SetHash](r).Push, true)
	r.send(CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 1}}, LargestFollowed{}, CellChosen{&run.Cell{Name: "ln_f", Row: 1, Col: 2}})
	r.deliver().expect("what the reader does next counts", *r.s.Cell, run.Cell{Name: "ln_f", Row: 1, Col: 2})
}

// gelu is the function in the form that GPT-2 uses.
func gelu(x float64) float64 {
	return 0.5 * x * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
}
