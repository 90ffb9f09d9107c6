package explain

import (
	"fmt"

	"glassbox/model"
	"glassbox/web/say"
)

func (x TokenView) wholeBlock(l int) StageText {
	c := x.Config
	text := StageText{Title: fmt.Sprintf("Block %d", l+1), Try: "Choose a part of the block and follow one column through it."}
	general := "A block works in two turns. In attention each token reads from itself and the tokens before it; in the feed-forward network each works by itself. What comes out is added to the stream, not put in its place."
	live := ""
	in, out := x.blockEnds()
	before, ok := x.Length(in)
	after, okAfter := x.Length(out)
	if ok && okAfter {
		live = fmt.Sprintf("The column of %s is %s long before this block and %s after it.", x.TokenName(x.T), say.Number(before), say.Number(after))
	}
	text.Lead = x.withLive(general, live)
	text.Facts = []Pair{
		{"Block", fmt.Sprintf("%d of %d", l+1, c.Blocks)},
		{"Parameters", say.Count(x.parameters())},
		{"Stream", say.Shape(len(x.Tokens), c.Width)},
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
			list = append(list, Pair{w.Title(), say.Shape(w.Rows, w.Cols)})
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
	text := StageText{Title: fmt.Sprintf("Attention of block %d", l+1), Try: "Point at a score to see which token looks, and which is looked at."}
	general := "Here tokens read from one another. The query of a token is multiplied with the keys of itself and of all tokens before it; softmax makes shares of these scores, and the values are mixed in these shares. Later tokens are masked."
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
			live = fmt.Sprintf("In head %d, %s gives the largest share of its attention to %s: %s.", i.Head+1, x.TokenName(x.T), x.other(key), say.Percent(share))
		}
		if c.Heads <= mostHeads {
			text.Facts = append(text.Facts, Pair{fmt.Sprintf("Head %d", i.Head+1), fmt.Sprintf("%s, %s", x.TokenName(key), say.Percent(share))})
		}
	}
	text.Lead = x.withLive(general, live)
	text.Facts = append([]Pair{{"Heads", fmt.Sprintf("%d of %d numbers each", c.Heads, c.HeadSize())},
		{"Scores divided by", fmt.Sprintf("√%d", c.HeadSize())}}, text.Facts...)
	return text
}

// other names a token, or says that it is the one in question.
func (x TokenView) other(t int) string {
	if t == x.T {
		return "itself"
	}
	return x.TokenName(t)
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

func (x TokenView) projection(l int) StageText {
	c := x.Config
	text := StageText{Title: fmt.Sprintf("Projection of block %d", l+1), Try: "Point at a cell of the stream to see the two numbers that it sums."}
	general := fmt.Sprintf("What the %s gathered stands side by side, %d numbers again. A linear layer blends them, and its result is added to the stream.", say.Plural(c.Heads, "head"), c.Width)
	if c.Heads == 1 {
		general = fmt.Sprintf("A linear layer blends the %d numbers that the head gathered, and its result is added to the stream.", c.Width)
	}
	live := ""
	if sum := x.sum(); sum != "" {
		live = fmt.Sprintf("Take %s. %s", x.TokenName(x.T), sum)
	}
	text.Lead = x.withLive(general, live)
	text.Facts = append(x.matrices(), Pair{"Stream", say.Shape(len(x.Tokens), c.Width)})
	return text
}

func (x TokenView) feedForward(l int) StageText {
	c := x.Config
	text := StageText{Title: fmt.Sprintf("Feed-forward of block %d", l+1), Try: "Compare a cell before and after GELU."}
	bent, _ := x.find(model.OpGELU)
	general := fmt.Sprintf("Now each token works by itself. A linear layer widens its %d numbers to %d, GELU lets large ones pass and holds negative ones back, and a second layer brings them back to %d, to be added to the stream.",
		c.Width, bent.Cols, c.Width)
	text.Lead = x.withLive(general, x.positive())
	n := x.parameters()
	text.Facts = append(x.matrices(), Pair{"Parameters", fmt.Sprintf("%s, %s of the model", say.Count(n), say.Percent(float32(n)/float32(max(1, c.Parameters()))))})
	return text
}

// positive counts the numbers that come out of GELU above zero.
func (x TokenView) positive() string {
	i, ok := x.find(model.OpGELU)
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
	return fmt.Sprintf("For %s, %d of the %d numbers are above zero after GELU.", x.TokenName(x.T), n, v.Cols)
}
