package patching

import (
	"math"
	"slices"
	"testing"

	"glassbox/model/lab"
	"glassbox/web/engine"
)

func TestCellsComeCoarseFirstAndWhatTellsTheTextsApartBeforeTheRest(t *testing.T) {
	if got := coarseFirst(8); !slices.Equal(got, []int{0, 4, 2, 6, 1, 3, 5, 7}) {
		t.Errorf("of 8 blocks the order is %v", got)
	}
	texts := func(ids ...int) (tokens []engine.Token) {
		for _, id := range ids {
			tokens = append(tokens, engine.Token{ID: id})
		}
		return tokens
	}
	f := State{Site: lab.SiteStream, At: &Spot{1, 0}, chart: chart{clean: texts(1, 2, 3, 4), begun: &engine.Patched{Tokens: texts(1, 9, 3, 4)}}}
	want := []int{4, 3, 7, 11, 1, 5, 9, 2, 0, 6, 10, 8}
	if got := f.wanted(3, 4); !slices.Equal(got, want) {
		t.Errorf("the order is %v; expected %v", got, want)
	}
	if c := f.chart; !c.free(lab.SiteStream, 0) || c.free(lab.SiteStream, 1) || c.free(lab.SiteStream, 3) || c.free(lab.SiteHead, 0) {
		t.Error("only before the token that differs nothing has to be run")
	}
}

// A patched run can become too large for float32. It is asked for once.
func TestAScoreThatIsNoNumberIsNotAskedForAgain(t *testing.T) {
	f := State{Site: lab.SiteHead}
	f.chart.asked = rect{lab.SiteHead, 0, 2}
	f.chart.fill(engine.Patched{Cells: 2, Scores: []float64{math.NaN(), 0.5}, Places: make([]engine.Place, 2)}, 2)
	if list := f.wanted(2, 2); len(list) != 2 {
		t.Errorf("it lacks %v", list)
	}
	if _, _, ok := f.chart.at(lab.SiteHead, Spot{0, 0}); ok {
		t.Error("what is no number is shown")
	}
}
