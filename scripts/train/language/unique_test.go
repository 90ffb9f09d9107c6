package language

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestDocumentsWithAStretchInCommonAreLeftOut(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	document := func(n int) (d []word) {
		for range n {
			d = append(d, word{id: r.IntN(1000)})
		}
		return d
	}
	with := func(d []word, at int, part []word) []word {
		copy(d[at:], part)
		return d
	}
	part := document(stretch)
	lists := [][][]word{
		{document(40), with(document(40), 7, part), document(stretch - 1)},
		{with(document(30), 18, part), with(document(30), 3, part[1:]), document(stretch)},
	}
	kept := unique(lists...)
	if got := fmt.Sprint(len(kept[0]), len(kept[1])); got != "2 2" {
		t.Errorf("%s documents are kept; expected 2 of each list", got)
	}
	for i, j := range []int{0, 2} {
		if &kept[0][i][0] != &lists[0][j][0] || &kept[1][i][0] != &lists[1][i+1][0] {
			t.Errorf("document %d is another", i)
		}
	}
}
