package scene

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/scenetest"
)

// pairOf returns two scenes of models with so many tokens, the second of which follows the first.
func pairOf(t testing.TB, a, b model.Config, ta, tb int) (first, second *Scene) {
	t.Helper()
	first, second = madeUp(t, a, ta), madeUp(t, b, tb)
	first.SetMotion(false)
	first.SetSize(540, 620, 1)
	first.SetInsets(0, 0, 50, 40)
	together(first, second, 0)
	return first, second
}

// together draws both at a time.
func together(first, second *Scene, now float64) {
	first.Frame(now)
	second.Follow(first, now)
	second.Frame(now)
}

func TestTwoTowersAlikeAreSeenFromTheSamePlace(t *testing.T) {
	first, second := pairOf(t, scenetest.Nano, scenetest.Nano, 11, 11)
	moves := []func(){
		func() { first.Pan(40, -70) }, func() { first.Orbit(30, -20) }, func() { first.ZoomAt(200, 300, 3) },
		func() { first.FlyTo([]string{"h.1.attn.head.2.scores"}, 0) }, func() { first.Select("h.2.attn.head.1.mix") },
		func() { first.FlyToCell(Cell{"h.0.mlp.up", 3, 7}, 0) }, func() { first.Fit(0) }, func() { first.SetSize(300, 700, 2) },
		func() { first.SetInsets(20, 10, 0, 90) }, func() { first.SetMotion(true); first.FlyTo([]string{"logits"}, 7) },
	}
	for i, move := range moves {
		move()
		for _, now := range []float64{7, 7.1, 9} {
			together(first, second, now)
			if first.pose != second.pose || first.batch.View != second.batch.View {
				t.Fatalf("after move %d at %v the first stands at %+v, the second at %+v", i, now, first.pose, second.pose)
			}
		}
		if !slices.Equal(first.batch.Boxes.Data, second.batch.Boxes.Data) || !slices.Equal(first.batch.Lines.Data, second.batch.Lines.Data) {
			t.Errorf("after move %d the same run is drawn in two ways", i)
		}
	}
}

// others are pairs that are not alike: other texts, other sizes, another family.
func others(t testing.TB, each func(first, second *Scene)) {
	small := scenetest.Nano
	small.Blocks, small.Width, small.Heads = 2, 32, 2
	for _, c := range []struct {
		a, b   model.Config
		ta, tb int
	}{{scenetest.Nano, scenetest.Nano, 11, 4}, {scenetest.Nano, scenetest.Nano, 3, 9}, {scenetest.Nano, small, 11, 8}, {small, scenetest.Nano, 11, 11},
		{scenetest.Nano, scenetest.Models["llama"], 7, 7}, {scenetest.Models["llama"], scenetest.Nano, 7, 11}} {
		first, second := pairOf(t, c.a, c.b, c.ta, c.tb)
		each(first, second)
	}
}

// pictured returns which share of the free canvas the front panels of a tensor cover, and whether they lie on it whole.
func pictured(s *Scene, name string) (share float64, whole bool) {
	l, f := s.lens(), s.free()
	x0, y0, x1, y1, ok := l.Rect(s.frontBound([]string{name}))
	whole = ok && x0 >= float64(f.X)-2 && y0 >= float64(f.Y)-2 && x1 <= float64(f.X+f.W)+2 && y1 <= float64(f.Y+f.H)+2
	return max((x1-x0)/float64(f.W), (y1-y0)/float64(f.H)), whole
}

func TestWhatTheFirstFramesTheSecondFramesAsWell(t *testing.T) {
	others(t, func(first, second *Scene) {
		for _, name := range []string{"embed.sum", "h.0.attn.head.0.scores", "h.1.attn.head.1.mix", "h.1.residual_1", "h.0.mlp.down", "logits"} {
			if second.infoOf(name) == nil || first.infoOf(name) == nil {
				continue // another family
			}
			first.FlyTo([]string{name}, 0)
			together(first, second, 0)
			want, _ := pictured(first, name)
			if got, whole := pictured(second, name); !whole || got < want/3 {
				t.Errorf("%v with %d tokens beside %v with %d: %s fills %.2f of the first picture, and %.2f of the second; whole there: %v",
					first.config.Width, first.plan.Count(), second.config.Width, second.plan.Count(), name, want, got, whole)
			}
		}
		first.Fit(0)
		together(first, second, 0)
		if second.pose != second.overview() {
			t.Error("the first shows the whole tower, the second does not")
		}
	})
}

// inTheMiddle returns what of the plane of the fronts is seen in the middle of the canvas.
func inTheMiddle(s *Scene) camera.Vec {
	l := s.lens()
	return l.Eye.Sub(l.Forward.Mul(l.Eye.Z / l.Forward.Z))
}

func TestWhatALowerTowerLacksItsLastBlockStandsFor(t *testing.T) {
	low := scenetest.Nano
	low.Blocks = 2
	first, second := pairOf(t, scenetest.Nano, low, 9, 6)
	first.FlyTo([]string{"h.2.mlp.up"}, 0)
	together(first, second, 0)
	want, _ := pictured(first, "h.2.mlp.up")
	if got, whole := pictured(second, "h.1.mlp.up"); !whole || got < want/2 {
		t.Errorf("block 3 fills %.2f of the first picture; block 2 fills %.2f of the second, whole there: %v", want, got, whole)
	}
}

func TestTheSecondPictureGoesAlongWithoutAJump(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	others(t, func(first, second *Scene) {
		for _, name := range []string{"h.1.attn.head.1.scores", "h.0.mlp.up", "logits"} {
			first.FlyTo([]string{name}, 0)
			together(first, second, 0)
			for range 150 {
				was, seen := second.pose, inTheMiddle(second)
				switch r.IntN(3) {
				case 0:
					first.Pan(float32(r.NormFloat64()*4), float32(r.NormFloat64()*4))
				case 1:
					first.ZoomAt(270, 300, float32(math.Exp(r.NormFloat64()*0.02)))
				default:
					first.Orbit(float32(r.NormFloat64()*4), 0)
				}
				together(first, second, 0)
				if far := inTheMiddle(second).Sub(seen).Length() / was.Span; far > 0.15 || math.Abs(math.Log(second.pose.Span/was.Span)) > 0.25 {
					t.Fatalf("beside %s one small move takes the second from %+v to %+v", name, was, second.pose)
				}
				if second.pose.Az != first.pose.Az || second.pose.El != first.pose.El {
					t.Fatal("it looks from another side")
				}
			}
		}
	})
}

func TestCloseByBothShowTheSameCell(t *testing.T) {
	others(t, func(first, second *Scene) {
		for _, c := range []Cell{{"h.1.residual_1", 2, 20}, {"h.0.mlp.up", 1, 5}, {"h.0.attn.head.0.query", 0, 3}} {
			first.FlyToCell(c, 0)
			together(first, second, 0)
			at, ok := second.CellRect(c)
			if x, y := at.X+at.W/2, at.Y+at.H/2; !ok || x < 90 || x > 450 || y < 100 || y > 520 || at.H < 10 {
				t.Errorf("%d tokens beside %d: %v stands at %v in the second picture (%v)", first.plan.Count(), second.plan.Count(), c, at, ok)
			}
		}
	})
}

func TestAFlightEndsWhereTheSecondFramesTheSame(t *testing.T) {
	others(t, func(first, second *Scene) {
		first.SetMotion(true)
		first.FlyTo([]string{"h.1.attn.head.1.scores"}, 10)
		var moving bool
		for now := 10.0; now < 12; now += 0.05 {
			first.Frame(now)
			second.Follow(first, now)
			_, moving = second.Frame(now)
		}
		if got, want := second.pose, second.poseFor(first, first.pose); got != want || moving || second.plan.Spread != 0 {
			t.Errorf("it ends at %+v; expected %+v (moving: %v)", got, want, moving)
		}
	})
}

func TestTheSameCellIsMarkedInBoth(t *testing.T) {
	first, second := pairOf(t, scenetest.Nano, scenetest.Nano, 11, 4)
	operands := []model.Operand{{Tensor: "h.0.ln_1", Start: 2 * 48, Stride: 1, Count: 48}, {Tensor: "h.0.attn.head.1.scores", Start: 2 * 11, Stride: 1, Count: 11}}
	first.Hover(&Cell{"h.0.attn.head.1.query", 2, 5}, operands)
	first.Pin(&Cell{"h.1.mlp.up", 3, 9})
	together(first, second, 0)
	if second.hover == nil || *second.hover != *first.hover || second.pinned != first.pinned {
		t.Errorf("the second marks %v and keeps %v", second.hover, second.pinned)
	}
	want := []model.Operand{operands[0], {Tensor: "h.0.attn.head.1.scores", Start: 2 * 4, Stride: 1, Count: 4}}
	if !slices.Equal(second.operands, want) {
		t.Errorf("it was made of %v; expected %v", second.operands, want)
	}
	first.Hover(&Cell{"h.0.attn.head.1.query", 7, 5}, nil) // a token that the second text does not have
	together(first, second, 0)
	if second.hover != nil {
		t.Errorf("the second marks %v", second.hover)
	}
	first.Hover(nil, nil)
	second.PointAlone(&Cell{"h.0.mlp.up", 1, 1})
	together(first, second, 0)
	if second.hover == nil || first.hover != nil {
		t.Error("what the second has alone is not marked")
	}
}

func TestOperandsLieWhereTheOtherTensorHasThem(t *testing.T) {
	for _, c := range []struct {
		o               model.Operand
		was, rows, cols int
		want            model.Operand
		ok              bool
	}{
		{model.Operand{Start: 22, Stride: 1, Count: 11}, 11, 4, 4, model.Operand{Start: 8, Stride: 1, Count: 4}, true},
		{model.Operand{Start: 3, Stride: 11, Count: 11}, 11, 4, 4, model.Operand{Start: 3, Stride: 4, Count: 4}, true},
		{model.Operand{Start: 13, Stride: 1, Count: 2}, 11, 20, 20, model.Operand{Start: 22, Stride: 1, Count: 2}, true},
		{model.Operand{Start: 5, Stride: 1, Count: 1}, 11, 1, 4, model.Operand{}, false},
		{model.Operand{Start: 44, Stride: 1, Count: 1}, 11, 4, 11, model.Operand{}, false},
		{model.Operand{}, 0, 0, 0, model.Operand{}, false},
	} {
		if got, ok := moveOperand(c.o, c.was, c.rows, c.cols); got != c.want || ok != c.ok {
			t.Errorf("%+v in %d columns is %+v, %v in %d × %d; expected %+v, %v", c.o, c.was, got, ok, c.rows, c.cols, c.want, c.ok)
		}
	}
}

func TestWordsOfAnotherVocabularyAreNotTheSame(t *testing.T) {
	other := scenetest.Nano
	other.Vocab = 7
	first, second := pairOf(t, scenetest.Nano, other, 5, 5)
	if c, ok := second.SameCell(first, Cell{"logits", 1, 1}); ok {
		t.Errorf("word 1 of one vocabulary is taken for %v", c)
	}
	if _, ok := second.SameCell(first, Cell{"h.0.mlp.up", 1, 1}); !ok {
		t.Error("a number inside has no counterpart")
	}
}

func TestAColourMeansTheSameInBothPictures(t *testing.T) {
	first, second := pairOf(t, scenetest.Nano, scenetest.Nano, 5, 5)
	data := make([]float32, 5*48)
	for i := range data {
		data[i] = 40
	}
	second.SetValues("h.0.ln_1", 0, 5, 48, data)
	together(first, second, 0)
	together(first, second, 0)
	if a, b := first.store.Norm("h.0.ln_1"), second.store.Norm("h.0.ln_1"); a != 40 || b != 40 {
		t.Errorf("the colours are measured by %v and %v", a, b)
	}
	second.Leave()
	if a := first.store.Norm("h.0.ln_1"); a == 40 {
		t.Error("the first is still measured by the second")
	}
}
