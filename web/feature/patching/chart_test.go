package patching

import (
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
	if first := f.chart.first(); first != 1 {
		t.Errorf("the first token that differs is %d", first)
	}
}
