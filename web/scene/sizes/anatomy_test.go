package sizes

import (
	"fmt"
	"testing"

	"glassbox/model"
)

// TestAnAnatomyHasEachLayerOnceInTheOrderOfThePass: 96 heads make one matrix of queries, and
// a tied table stands where it is read first.
func TestAnAnatomyHasEachLayerOnceInTheOrderOfThePass(t *testing.T) {
	a := anatomyOf(model.Config{Vocab: 50257, Context: 2048, Width: 12288, Heads: 96, Blocks: 96, Tied: true})
	got := ""
	for _, layers := range [][]*layer{a.before, a.inside, a.after} {
		for _, l := range layers {
			for _, w := range l.weights {
				got += fmt.Sprintf("%s: %s %d × %d\n", l.part, w.Title(), w.Rows, w.cols)
			}
		}
	}
	if want := `token: Token table 50257 × 12288
position: Position table 2048 × 12288
norm_1: Norm 1 2 × 12288
attention: Query weights 12288 × 12288
attention: Query bias 1 × 12288
attention: Key weights 12288 × 12288
attention: Key bias 1 × 12288
attention: Value weights 12288 × 12288
attention: Value bias 1 × 12288
projection: Projection weights 12288 × 12288
projection: Projection bias 1 × 12288
norm_2: Norm 2 2 × 12288
feed_forward: Widening weights 12288 × 49152
feed_forward: Widening bias 1 × 49152
feed_forward: Narrowing weights 49152 × 12288
feed_forward: Narrowing bias 1 × 12288
norm: Final norm 2 × 12288
`; got != want {
		t.Errorf("the layers are\n%sexpected\n%s", got, want)
	}
	if a.stream.Rows != MostTokens || a.stream.cols != 12288 || a.scores.Rows != MostTokens || a.scores.cols != MostTokens {
		t.Errorf("the stream is %+v, the scores are %+v", *a.stream, *a.scores)
	}
}
