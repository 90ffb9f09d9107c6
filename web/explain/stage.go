package explain

import (
	"fmt"
	"math"
	"strings"

	"glassbox/model"
	"glassbox/web/say"
)

// A StageText explains a stage.
type StageText struct {
	Title string
	Lead  string // what happens here in general, then with the numbers on the page
	Facts []Pair
	Try   string
}

// A Pair is a labelled value.
type Pair struct{ Label, Value string }

// Text explains the stage where the reader is. Each number in it is a size of the
// model, or was computed by it; what is not known yet is left out.
func (v View) Text() StageText {
	x := ViewAt(v, v.focus())
	if l, part, ok := v.Stage.Block(); ok && part == "" {
		return x.wholeBlock(l)
	} else if ok {
		return stageTexts[part](x, l)
	}
	if text := stageTexts[model.Part(v.Stage)]; text != nil {
		return text(x, -1)
	}
	return x.overview()
}

// stageTexts has the text of every part of the network, in block l if it stands in one.
var stageTexts = map[model.Part]func(x TokenView, l int) StageText{
	model.PartTokenize: func(x TokenView, _ int) StageText { return x.tokenize() },
	model.PartToken:    func(x TokenView, _ int) StageText { return x.tokenEmbedding() },
	model.PartPosition: func(x TokenView, _ int) StageText { return x.positionEmbedding() },
	model.PartNorm1: func(x TokenView, _ int) StageText {
		return x.norm("Layer norm", "Before attention, each column is brought to one scale")
	},
	model.PartAttention:  TokenView.attention,
	model.PartProjection: TokenView.projection,
	model.PartNorm2: func(x TokenView, _ int) StageText {
		return x.norm("Layer norm", "Before the feed-forward network, each column is brought to one scale")
	},
	model.PartFeedForward: TokenView.feedForward,
	model.PartNorm: func(x TokenView, _ int) StageText {
		return x.norm("Final norm", "Before the model answers, each column is brought to one scale for the last time")
	},
	model.PartOutput:  func(x TokenView, _ int) StageText { return x.output() },
	model.PartSoftmax: func(x TokenView, _ int) StageText { return x.softmax() },
	model.PartSample:  func(x TokenView, _ int) StageText { return x.sample() },
}

// A TokenView tells of a run as it is for one of its tokens: T, or −1 if there is none.
type TokenView struct {
	View
	T int
}

// ViewAt returns what speaks of token t.
func ViewAt(v View, t int) TokenView { return TokenView{v, t} }

// focus returns the token that the reader points at, or else the last one.
func (v View) focus() int {
	if c := v.Cell; c != nil {
		if i, ok := v.Info(c.Name); ok && c.Row < len(v.Tokens) && i.RowAxis.Tokens() {
			return c.Row
		}
	}
	return len(v.Tokens) - 1
}

// Unit names what a reader types to get a token: a letter or a word.
func (v View) Unit() string {
	if v.Config.Alphabet != "" {
		return "letter"
	}
	return "word"
}

// withLive joins the general sentences with those about live numbers.
func (x TokenView) withLive(general string, live ...string) string {
	if x.T < 0 {
		return general + " Type something to see it happen."
	}
	for _, l := range live {
		if l != "" {
			general += " " + l
		}
	}
	return general
}

// find returns the first step of the stage with an operation.
func (x TokenView) find(op model.Op) (model.Info, bool) {
	for _, name := range x.Names(x.Stage) {
		if i, ok := x.Info(name); ok && i.Op == op {
			return i, true
		}
	}
	return model.Info{}, false
}

// value returns the number of token t in the stage's first step of an operation.
func (x TokenView) value(op model.Op, col int) (float32, bool) {
	i, ok := x.find(op)
	if !ok {
		return 0, false
	}
	row := x.T
	if i.Rows == 1 {
		row = 0
	}
	return x.At(i.Name, row, col)
}

func (x TokenView) overview() StageText {
	c := x.Config
	text := StageText{Title: "The whole model", Try: "Point at any cell to see how it was computed."}
	general := fmt.Sprintf("This is a transformer with %s learned numbers. Each token becomes a column of %d numbers; the columns run down the spine through %s, and at the end the last one says which token comes next.",
		say.Count(c.Parameters()), c.Width, say.Plural(c.Blocks, "block"))
	live := fmt.Sprintf("Now there are %s.", say.Plural(len(x.Tokens), "token"))
	if len(x.Tokens) == 1 {
		live = "Now there is 1 token."
	}
	answer := ""
	if n := x.Drawn; n != nil && !x.Next.Muted {
		answer = fmt.Sprintf("After %s the model gives %s a probability of %s.", x.TokenName(len(x.Tokens)-1), n.Text, say.Percent(n.Probability))
	}
	text.Lead = x.withLive(general, live, answer)
	text.Facts = []Pair{
		{"Tokens, T", fmt.Sprintf("%d of at most %s", len(x.Tokens), say.Count(c.Context))},
		{"Width of the stream, C", say.Count(c.Width)},
		{"Blocks, L", say.Count(c.Blocks)},
		{"Heads per block, H", fmt.Sprintf("%d of %d numbers each, A", c.Heads, c.HeadSize())},
		{"Words, V", say.Count(c.Vocab)},
	}
	for _, f := range x.View.Facts {
		text.Facts = append(text.Facts, Pair{f.Label, fmt.Sprintf("%s (%s)", say.Count(f.Count), say.Percent(float32(f.Share)))})
	}
	return text
}

func (x TokenView) tokenize() StageText {
	c := x.Config
	text := StageText{Title: "Tokenize", Try: "Type another " + x.Unit() + " and watch a column appear."}
	general := fmt.Sprintf("The model calculates with numbers, not with letters. The tokenizer cuts the text into tokens and replaces each with its id, its place in a vocabulary of %s.", say.Plural(c.Vocab, "word"))
	if x.T >= 0 {
		k := x.Tokens[x.T]
		text.Lead = x.withLive(general, fmt.Sprintf("Here are %s, one column each, counted from 0.", say.Plural(len(x.Tokens), "token")),
			fmt.Sprintf("Token %d is %s, id %d.", x.T, k.Text, k.ID), x.generatedSentence())
	} else {
		text.Lead = x.withLive(general)
	}
	var ids []string
	for _, k := range x.Tokens {
		ids = append(ids, fmt.Sprint(k.ID))
	}
	text.Facts = []Pair{{"Tokens", fmt.Sprintf("%d of at most %s", len(x.Tokens), say.Count(c.Context))}, {"Words", say.Count(c.Vocab)}}
	if c.Alphabet != "" && c.Vocab <= 26 {
		text.Facts[1].Value += ": " + strings.Join(strings.Split(c.Alphabet, ""), " ")
	}
	if len(ids) > 0 && len(ids) <= 16 {
		text.Facts = append(text.Facts, Pair{"Ids", strings.Join(ids, " ")})
	}
	return text
}

func (x TokenView) generatedSentence() string {
	switch n := len(x.Tokens) - x.prompted(); n {
	case 0:
		return ""
	case 1:
		return "The last one was written by the model."
	default:
		return fmt.Sprintf("The last %d were written by the model.", n)
	}
}

// prompted returns how many tokens are the reader's.
func (v View) prompted() (n int) {
	for _, t := range v.Tokens {
		if !t.Generated {
			n++
		}
	}
	return n
}

func (x TokenView) tokenEmbedding() StageText {
	c := x.Config
	text := StageText{Title: "Token embedding", Try: "Type the same " + x.Unit() + " twice: here both columns are equal."}
	general := fmt.Sprintf("Each token fetches its row from a table with one row for each of the %s. The %d numbers of the row are what the model has learned about that token.",
		say.Plural(c.Vocab, "word"), c.Width)
	live := ""
	if x.T >= 0 {
		k := x.Tokens[x.T]
		live = fmt.Sprintf("Here are %s, one column each. Token %d is %s, id %d: row %d of the table.", say.Plural(len(x.Tokens), "token"), x.T, k.Text, k.ID, k.ID)
	}
	text.Lead = x.withLive(general, live)
	text.Facts = []Pair{{"Table", say.Shape(c.Vocab, c.Width)}, {"Embedding", say.Shape(len(x.Tokens), c.Width)}}
	if i, ok := x.find(model.OpLookup); ok {
		text.Facts = append(text.Facts, x.beginning(i)...)
	}
	return text
}

// beginning shows the first numbers of the token in a step.
func (x TokenView) beginning(i model.Info) []Pair {
	var first []string
	for c := range min(3, i.Cols) {
		if v, ok := x.At(i.Name, x.T, c); ok {
			first = append(first, say.Number(v))
		}
	}
	if len(first) == 0 {
		return nil
	}
	return []Pair{{fmt.Sprintf("Token %d begins", x.T), strings.Join(first, ", ") + ", …"}}
}

func (x TokenView) positionEmbedding() StageText {
	c := x.Config
	text := StageText{Title: "Position embedding", Try: "Compare two columns of the same " + x.Unit() + ": after the sum they differ."}
	general := fmt.Sprintf("So far a token looks the same wherever it stands. A second table has one row for each of %s; the row of its place is added to each token, and the sums begin the residual stream.",
		say.Plural(c.Context, "place"))
	live := ""
	if x.T >= 0 {
		live = fmt.Sprintf("Token %d gets row %d.", x.T, x.T)
	}
	text.Lead = x.withLive(general, live, x.sum())
	text.Facts = []Pair{{"Table", say.Shape(c.Context, c.Width)}, {"Stream", say.Shape(len(x.Tokens), c.Width)}}
	return text
}

// sum tells a number of the stage's addition that the reader can check.
func (x TokenView) sum() string {
	i, _ := x.find(model.OpAdd)
	c, equation, ok := x.Addition(i.Name)
	if !ok {
		return ""
	}
	return fmt.Sprintf("Its number %d becomes %s.", c, equation)
}

// rounded returns v in units of the fourth decimal.
func rounded(v float32) float64 { return math.Round(float64(v) * 1e4) }

// norm explains a layer norm; why is the sentence that leads to it, without a full stop.
func (x TokenView) norm(title, why string) StageText {
	text := StageText{Title: title, Try: "Point at a cell of the result: its formula shows all five numbers."}
	general := why + fmt.Sprintf(": its mean is taken away and it is divided by its standard deviation. Then each of its %d numbers is stretched by a gain and moved by a bias, which were learned.", x.Config.Width)
	mean, ok := x.value(model.OpMean, 0)
	std, okStd := x.value(model.OpStd, 0)
	live := ""
	if ok && okStd {
		live = fmt.Sprintf("The column of %s has mean %s and standard deviation %s.", x.TokenName(x.T), say.Number(mean), say.Number(std))
	}
	text.Lead = x.withLive(general, live)
	if i, found := x.find(model.OpNorm); found {
		text.Facts = append([]Pair{{"Shape", say.Shape(i.Rows, i.Cols)}}, x.spread(i)...)
	}
	return text
}

// spread tells the smallest and largest value of a step.
func (x TokenView) spread(i model.Info) []Pair {
	stat, ok := x.Stat(i.Name)
	if !ok || i.Rows == 0 {
		return nil
	}
	return []Pair{{"Smallest", say.Number(stat.Min)}, {"Largest", say.Number(stat.Max)}}
}

// Length returns the Euclidean length of the token's column in a step.
func (x TokenView) Length(name string) (float64, bool) {
	v, ok := x.Values(name)
	if !ok || x.T < 0 || x.T >= v.Rows {
		return 0, false
	}
	sum := 0.0
	for _, a := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
		sum += float64(a) * float64(a)
	}
	return math.Sqrt(sum), true
}

// Addition finds the first number of the token in a sum whose parts also add up when they
// are rounded, so that the reader can check it.
func (x TokenView) Addition(name string) (col int, equation string, ok bool) {
	i, found := x.Info(name)
	if !found || len(i.Inputs) < 2 {
		return 0, "", false
	}
	for c := range i.Cols {
		a, okA := x.At(i.Inputs[0].Name, x.T, c)
		b, okB := x.At(i.Inputs[1].Name, x.T, c)
		y, okY := x.At(name, x.T, c)
		if okA && okB && okY && rounded(a)+rounded(b) == rounded(y) {
			return c, Inline(join(val(float64(a)), plus(float64(b)))) + " = " + say.Number(y), true
		}
	}
	return 0, "", false
}
