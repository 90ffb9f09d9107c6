package explain

import (
	"cmp"
	"math"
	"slices"

	"glassbox/model"
	"glassbox/web/say"
)

func (x TokenView) wholeBlock(l int) StageText {
	c := x.Config
	text := StageText{Title: say.Run.Block(l + 1), Try: say.Stages.BlockTry()}
	live := ""
	in, out := x.blockEnds()
	before, ok := x.Length(in)
	after, okAfter := x.Length(out)
	if ok && okAfter {
		live = say.Stages.BlockOfToken(x.TokenName(x.T), say.Brief(before), say.Brief(after))
	}
	text.Lead = x.withLive(say.Stages.Block(), live)
	text.Facts = []Pair{
		{say.Stages.WhichBlock(), say.Stages.BlockOf(l+1, c.Blocks)},
		{say.Stages.Parameters(), say.Count(x.parameters())},
		{say.Stages.Stream(), say.Shape(len(x.Tokens), c.Width)},
	}
	return text
}

// weights returns the weights of the stage.
func (x TokenView) weights() (list []model.Info) {
	for _, name := range x.Names(x.Stage) {
		if i, ok := x.Info(name); ok && i.Kind == model.KindWeight {
			list = append(list, i)
		}
	}
	return list
}

// parameters returns how many numbers the stage has learned.
func (x TokenView) parameters() (n int) {
	for _, w := range x.weights() {
		n += w.Rows * w.Cols
	}
	return n
}

// matrices lists the shapes of the matrices of the stage.
func (x TokenView) matrices() (list []Pair) {
	for _, w := range x.weights() {
		if w.RowAxis != model.AxisOne {
			list = append(list, Pair{say.Title(w.Base()), say.Shape(w.Rows, w.Cols)})
		}
	}
	return list
}

// blockEnds returns the stream before and after the block: the first input of its first
// step, and its last addition.
func (x TokenView) blockEnds() (in, out string) {
	for _, name := range x.Names(x.Stage) {
		i, ok := x.Info(name)
		if !ok || i.Kind == model.KindWeight {
			continue
		}
		if in == "" && len(i.Inputs) > 0 {
			in = i.Inputs[0].Name
		}
		if i.Op == model.OpAdd {
			out = name
		}
	}
	return in, out
}

// mostHeads is how many heads are listed one by one.
const mostHeads = 12

func (x TokenView) attention(l int) StageText {
	c := x.Config
	text := StageText{Title: say.Stages.AttentionTitle(l + 1), Try: say.Stages.AttentionTry()}
	live := ""
	for _, name := range x.Names(x.Stage) {
		i, ok := x.Info(name)
		if !ok || i.Op != model.OpSoftmax {
			continue
		}
		key, share, found := x.LooksAt(i.Name)
		if !found {
			continue
		}
		if live == "" {
			live = x.looksAt(key, i.Head, share)
		}
		if c.Heads <= mostHeads {
			text.Facts = append(text.Facts, Pair{say.Run.Head(i.Head + 1), say.Stages.TokenAndShare(x.TokenName(key), x.ShareText(share))})
		}
	}
	text.Lead = x.withLive(say.Stages.Attention(), live)
	text.Facts = append(headFacts(c, l), text.Facts...)
	return text
}

// headFacts tells of the heads of block l.
func headFacts(c model.Config, l int) []Pair {
	facts := []Pair{{say.Stages.Heads(), say.Stages.HeadsEach(c.Heads, c.HeadSize())}}
	if K := c.Groups(); K != c.Heads {
		facts = append(facts, Pair{say.Stages.SharedKeys(), say.Stages.GroupsOf(K, c.Heads/K)})
	}
	if n := c.LooksBack(l); n > 0 {
		facts = append(facts, Pair{say.Stages.Window(), say.Stages.WindowOf(n)})
	}
	if by := divisor(c, l); by != "" {
		facts = append(facts, Pair{say.Stages.DividedBy(), by})
	}
	return facts
}

// divisor is what the scores of block l are divided by; "" where it is 1.
func divisor(c model.Config, l int) string {
	perBlock := c.PerBlock && l > 0
	switch {
	case c.Unscaled && perBlock:
		return say.Count(l + 1)
	case c.Unscaled:
		return ""
	case perBlock:
		return say.LeftToRight(say.Root(c.HeadSize()) + " · " + say.Count(l+1))
	}
	return say.Root(c.HeadSize())
}

// looksAt says to which token the one in question gives most attention in a head.
func (x TokenView) looksAt(key, head int, share float32) string {
	token := x.TokenName(x.T)
	if key == x.T {
		return say.Stages.AttentionOfItself(head+1, token, x.ShareText(share))
	}
	return say.Stages.AttentionOfToken(head+1, token, x.TokenName(key), x.ShareText(share))
}

// ShareText writes a share of the token's attention; the first token has nothing to look at but itself.
func (x TokenView) ShareText(share float32) string {
	if x.T == 0 {
		return say.Exactly(share)
	}
	return say.Percent(share)
}

// LooksAt returns the token to which the token in question gives most attention.
func (x TokenView) LooksAt(name string) (key int, share float32, ok bool) {
	for k := 0; k <= x.T; k++ {
		if v, there := x.At(name, x.T, k); there && (!ok || v > share) {
			key, share, ok = k, v, true
		}
	}
	return key, share, ok
}

// A Product is of two numbers: A · B = Value. Column is where both stand.
type Product struct {
	A, B, Value float64
	Column      int
}

// Products returns what the largest score of the token is the sum of: query times key, the largest first, which speak for it; none
// while its numbers are not here, and for a step that makes no scores.
func (x TokenView) Products(name string) (list []Product) {
	i, _ := x.Info(name)
	key, _, ok := x.LooksAt(name)
	if !ok || i.Op != model.OpScores {
		return nil
	}
	return x.products(i, key, func(p Product) float64 { return p.Value })
}

// Multiplications returns those of the token in a step that multiplies two others number by number, the largest first; none
// while its numbers are not here, and for another step.
func (x TokenView) Multiplications(name string) []Product {
	i, _ := x.Info(name)
	if i.Op != model.OpMultiply {
		return nil
	}
	return x.products(i, x.T, func(p Product) float64 { return math.Abs(p.Value) })
}

// products multiplies the token's numbers in the first input of a step with those in row of the second, and puts those first
// that count most.
func (x TokenView) products(i model.Info, row int, counts func(Product) float64) (list []Product) {
	first, second := i.Inputs[0], i.Inputs[1]
	for c := range first.Cols {
		a, okA := x.At(first.Name, x.T, first.Col+c)
		b, okB := x.At(second.Name, row, second.Col+c)
		if !okA || !okB {
			return nil
		}
		list = append(list, Product{float64(a), float64(b), float64(a) * float64(b), c})
	}
	slices.SortStableFunc(list, func(a, b Product) int { return cmp.Compare(counts(b), counts(a)) })
	return list
}

func (x TokenView) projection(l int) StageText {
	c := x.Config
	text := StageText{Title: say.Stages.ProjectionTitle(l + 1), Try: say.Stages.ProjectionTry()}
	general := say.Stages.Projection(c.Heads, c.Heads*c.HeadSize())
	if c.Heads == 1 {
		general = say.Stages.ProjectionOfOne(c.HeadSize())
	}
	take, sum := "", x.sum()
	if sum != "" {
		take = say.Stages.TakeToken(x.TokenName(x.T))
	}
	text.Lead = x.withLive(general, take, sum)
	text.Facts = append(x.matrices(), Pair{say.Stages.Stream(), say.Shape(len(x.Tokens), c.Width)})
	return text
}

func (x TokenView) feedForward(l int) StageText {
	c := x.Config
	bent, _ := x.find(c.Activation.Op())
	activation := say.Title(bent.Base())
	text := StageText{Title: say.Stages.FeedForwardTitle(l + 1), Try: say.Stages.FeedForwardTry(activation)}
	general := say.Stages.FeedForward
	if _, gated := x.find(model.OpMultiply); gated {
		general = say.Stages.FeedForwardGated
	}
	text.Lead = x.withLive(general(c.Width, bent.Cols, activation), x.positive())
	n := x.parameters()
	text.Facts = append(x.matrices(), Pair{say.Stages.Parameters(), say.Stages.PartOfModel(n, say.Exactly(float32(n)/float32(max(1, c.Parameters()))))})
	return text
}

// positive counts the numbers that come out of the activation above zero.
func (x TokenView) positive() string {
	i, ok := x.find(x.Config.Activation.Op())
	v, there := x.Values(i.Name)
	if !ok || !there || x.T < 0 || x.T >= v.Rows {
		return ""
	}
	n := 0
	for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
		if y > 0 {
			n++
		}
	}
	return say.Stages.Positive(x.TokenName(x.T), n, v.Cols, say.Title(i.Base()))
}
