package explain

import (
	"math"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/run"
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
	model.PartRotary:   func(x TokenView, _ int) StageText { return x.rotary() },
	model.PartNorm1: func(x TokenView, _ int) StageText {
		return x.norm(model.PartNorm1, say.Stages.NormBeforeAttention, say.Stages.RmsBeforeAttention)
	},
	model.PartAttention:  TokenView.attention,
	model.PartProjection: TokenView.projection,
	model.PartNorm2: func(x TokenView, _ int) StageText {
		return x.norm(model.PartNorm2, say.Stages.NormBeforeFeedForward, say.Stages.RmsBeforeFeedForward)
	},
	model.PartFeedForward: TokenView.feedForward,
	model.PartNorm: func(x TokenView, _ int) StageText {
		return x.norm(model.PartNorm, say.Stages.NormBeforeOutput, say.Stages.RmsBeforeOutput)
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

// Unit is what a reader types to get a token, "letter" or "word", as the texts that tell of it ask.
func (v View) Unit() string {
	if v.Config.Alphabet != "" {
		return "letter"
	}
	return "word"
}

// title is the name of a part of the network.
func title(p model.Part) string {
	l, _ := run.LabelOf(p)
	return l.Label
}

// withLive joins the general sentences with those about live numbers.
func (x TokenView) withLive(general string, live ...string) string {
	if x.T < 0 {
		return general + " " + say.Stages.TypeSomething()
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
	text := StageText{Title: say.Stages.OverviewTitle(), Try: say.Stages.OverviewTry()}
	answer := ""
	if n := x.Drawn; n != nil && !x.Next.Muted {
		answer = say.Stages.Answer(x.last(), run.Quoted(n.Text), say.Percent(n.Probability))
	}
	text.Lead = x.withLive(say.Stages.Overview(c.Parameters(), c.Width, c.Blocks), say.Stages.TokensNow(len(x.Tokens)), answer)
	text.Facts = []Pair{
		{say.Stages.TokensOfContext(), say.Stages.OfAtMost(len(x.Tokens), c.Context)},
		{say.Stages.WidthOfStream(), say.Count(c.Width)},
		{say.Stages.Blocks(), say.Count(c.Blocks)},
		{say.Stages.HeadsPerBlock(), say.Stages.HeadsEachA(c.Heads, c.HeadSize())},
		{say.Stages.WordsOfVocabulary(), say.Count(c.Vocab)},
	}
	for _, f := range x.View.Facts {
		text.Facts = append(text.Facts, Pair{f.Label(), say.Stages.CountAndShare(f.Count, say.Exactly(float32(f.Share)))})
	}
	return text
}

func (x TokenView) tokenize() StageText {
	c := x.Config
	text := StageText{Title: title(model.PartTokenize), Try: say.Stages.TokenizeTry(x.Unit())}
	general := say.Stages.Tokenize(c.Vocab)
	if x.T >= 0 {
		k := x.Tokens[x.T]
		text.Lead = x.withLive(general, say.Stages.TokensHere(len(x.Tokens)), say.Stages.TokenAndID(x.T, k.Text, k.ID), x.generatedSentence())
	} else {
		text.Lead = x.withLive(general)
	}
	var ids []string
	for _, k := range x.Tokens {
		ids = append(ids, strconv.Itoa(k.ID))
	}
	text.Facts = []Pair{{say.Stages.Tokens(), say.Stages.OfAtMost(len(x.Tokens), c.Context)}, {say.Stages.Words(), say.Count(c.Vocab)}}
	if c.Alphabet != "" && c.Vocab <= 26 {
		text.Facts[1].Value = say.Stages.WordsListed(c.Vocab, strings.Join(strings.Split(c.Alphabet, ""), " "))
	}
	if len(ids) > 0 && len(ids) <= 16 {
		text.Facts = append(text.Facts, Pair{say.Stages.Ids(), say.LeftToRight(strings.Join(ids, " "))})
	}
	return text
}

func (x TokenView) generatedSentence() string {
	if n := len(x.Tokens) - x.prompted(); n > 0 {
		return say.Stages.Written(n)
	}
	return ""
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
	text := StageText{Title: title(model.PartToken), Try: say.Stages.TokenEmbeddingTry(x.Unit())}
	live := ""
	if x.T >= 0 {
		k := x.Tokens[x.T]
		live = say.Stages.TokensLookedUp(len(x.Tokens), x.T, k.Text, k.ID)
	}
	text.Lead = x.withLive(say.Stages.TokenEmbedding(c.Vocab, c.Width), live)
	text.Facts = []Pair{{say.Stages.Table(), say.Shape(c.Vocab, c.Width)}, {say.Stages.Embedding(), say.Shape(len(x.Tokens), c.Width)}}
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
			first = append(first, say.Brief(v))
		}
	}
	if len(first) == 0 {
		return nil
	}
	return []Pair{{say.Stages.TokenBegins(x.T), say.LeftToRight(strings.Join(first, ", ") + ", …")}}
}

func (x TokenView) positionEmbedding() StageText {
	c := x.Config
	text := StageText{Title: title(model.PartPosition), Try: say.Stages.PositionEmbeddingTry(x.Unit())}
	live := ""
	if x.T >= 0 {
		live = say.Stages.PositionOfToken(x.T)
	}
	text.Lead = x.withLive(say.Stages.PositionEmbedding(c.Context), live, x.sum())
	text.Facts = []Pair{{say.Stages.Table(), say.Shape(c.Context, c.Width)}, {say.Stages.Stream(), say.Shape(len(x.Tokens), c.Width)}}
	return text
}

// sum tells a number of the stage's addition that the reader can check.
func (x TokenView) sum() string {
	i, _ := x.find(model.OpAdd)
	c, equation, ok := x.Addition(i.Name, 4)
	if !ok {
		return ""
	}
	return say.Stages.Sum(c, equation)
}

// rotary explains how far the pairs of queries and keys turn.
func (x TokenView) rotary() StageText {
	c := x.Config
	text := StageText{Title: title(model.PartRotary), Try: say.Stages.RotaryTry()}
	live := ""
	if v, ok := x.value(model.OpAngle, 0); ok {
		live = say.Stages.RotaryOfToken(x.T, say.Brief(v))
	}
	text.Lead = x.withLive(say.Stages.Rotary(c.HeadSize(), c.HeadSize()/2), live)
	text.Facts = []Pair{{say.Stages.Theta(), say.Short(float32(c.Rotary.Theta))}}
	return text
}

// norm explains a norm; why is the sentence that leads to a layer norm, whyRMS that to one without a mean.
func (x TokenView) norm(p model.Part, why, whyRMS func() string) StageText {
	if i, ok := x.find(model.OpRMSNorm); ok {
		return x.rmsNorm(p, i, whyRMS())
	}
	text := StageText{Title: title(p), Try: say.Stages.NormTry()}
	mean, ok := x.value(model.OpMean, 0)
	std, okStd := x.value(model.OpStd, 0)
	live := ""
	if ok && okStd {
		live = say.Stages.NormOfToken(x.TokenName(x.T), say.Brief(mean), say.Brief(std))
	}
	text.Lead = x.withLive(why()+" "+say.Stages.NormStretches(x.Config.Width), live)
	if i, found := x.find(model.OpNorm); found {
		text.Facts = append([]Pair{{say.Stages.Shape(), say.Shape(i.Rows, i.Cols)}}, x.spread(i)...)
	}
	return text
}

// rmsNorm explains a norm without a mean, i.
func (x TokenView) rmsNorm(p model.Part, i model.Info, why string) StageText {
	text := StageText{Title: title(p), Try: say.Stages.NormTry()}
	live := ""
	if rms, ok := x.value(model.OpRMS, 0); ok {
		live = say.Stages.RmsOfToken(x.TokenName(x.T), say.Brief(rms))
	}
	text.Lead = x.withLive(why+" "+say.Stages.RmsStretches(x.Config.Width), live)
	text.Facts = append([]Pair{{say.Stages.Shape(), say.Shape(i.Rows, i.Cols)}}, x.spread(i)...)
	return text
}

// spread tells the smallest and largest value of a step.
func (x TokenView) spread(i model.Info) []Pair {
	stat, ok := x.Stat(i.Name)
	if !ok || i.Rows == 0 {
		return nil
	}
	return []Pair{{say.Stages.Smallest(), say.Brief(stat.Min)}, {say.Stages.Largest(), say.Brief(stat.Max)}}
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
// are rounded to so many decimals, so that the reader can check it, and whose parts both have two digits left; for want
// of that, the one of whose smaller part most is left.
func (x TokenView) Addition(name string, decimals int) (col int, equation string, ok bool) {
	i, found := x.Info(name)
	if !found || !IsSum(i) {
		return 0, "", false
	}
	unit, best := math.Pow(10, float64(decimals)), -1.0
	for c := range i.Cols {
		a, okA := x.At(i.Inputs[0].Name, x.T, c)
		b, okB := x.At(i.Inputs[1].Name, x.T, c)
		y, okY := x.At(name, x.T, c)
		ra, rb, ry := math.Round(float64(a)*unit)+0, math.Round(float64(b)*unit)+0, math.Round(float64(y)*unit)+0 // −0 + 0 is 0
		if !okA || !okB || !okY || ra+rb != ry {
			continue
		}
		left := min(math.Abs(ra), math.Abs(rb))
		if left <= best {
			continue
		}
		sign := " + "
		if rb < 0 {
			sign = " − "
		}
		col, ok, best = c, true, left
		equation = say.LeftToRight(say.Fixed(ra/unit, decimals) + sign + say.Fixed(math.Abs(rb)/unit, decimals) + " = " + say.Fixed(ry/unit, decimals))
		if left >= 10 {
			break
		}
	}
	return col, equation, ok
}

// IsSum reports whether a step adds two others.
func IsSum(i model.Info) bool { return i.Op == model.OpAdd && len(i.Inputs) == 2 }
