package app

import (
	"fmt"
	"math"
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

// Explainer explains the stage where the reader is. Each number in it is a size of the
// model, or was computed by it; what is not known yet is left out.
func Explainer(s State) StageText {
	x := explainer{s, s.focus()}
	if l, part, ok := s.Stage.Block(); ok {
		return x.block(l, part)
	}
	switch s.Stage {
	case run.StageTokenize:
		return x.tokenize()
	case run.StageToken:
		return x.tokenEmbedding()
	case run.StagePosition:
		return x.positionEmbedding()
	case run.StageNorm:
		return x.norm("Final norm", "Before the model answers, each column is brought to one scale for the last time")
	case run.StageOutput:
		return x.output()
	case run.StageSoftmax:
		return x.softmax()
	case run.StageSample:
		return x.sample()
	}
	return x.overview()
}

// explainer is a state, seen from one of its tokens: t, or −1 if there is none.
type explainer struct {
	State
	t int
}

// focus returns the token that the reader points at, or else the last one.
func (s State) focus() int {
	if c := s.pointed(); c != nil {
		if i, ok := s.Info(c.Name); ok && c.Row < len(s.Tokens) {
			if i.RowAxis.Tokens() {
				return c.Row
			}
		}
	}
	return len(s.Tokens) - 1
}

// Unit names what a reader types to get a token: a letter or a word.
func Unit(s State) string {
	if s.Config.Alphabet != "" {
		return "letter"
	}
	return "word"
}

// say joins the general sentences with those about live numbers.
func (x explainer) say(general string, live ...string) string {
	if x.t < 0 {
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
func (x explainer) find(op model.Op) (model.Info, bool) {
	for _, name := range StageNames(x.State) {
		if i, ok := x.Info(name); ok && i.Op == op {
			return i, true
		}
	}
	return model.Info{}, false
}

// value returns the number of token t in the stage's first step of an operation.
func (x explainer) value(op model.Op, col int) (float32, bool) {
	i, ok := x.find(op)
	if !ok {
		return 0, false
	}
	row := x.t
	if i.Rows == 1 {
		row = 0
	}
	return x.At(i.Name, row, col)
}

func (x explainer) overview() StageText {
	c := x.Config
	text := StageText{Title: "The whole model", Try: "Point at any cell to see how it was computed."}
	general := fmt.Sprintf("This is a transformer with %s learned numbers. Each token becomes a column of %d numbers; the columns run down the spine through %s, and at the end the last one says which token comes next.",
		say.Count(c.Parameters()), c.Width, say.Plural(c.Blocks, "block"))
	live := fmt.Sprintf("Now there are %s.", say.Plural(len(x.Tokens), "token"))
	if len(x.Tokens) == 1 {
		live = "Now there is 1 token."
	}
	answer := ""
	if n := x.Drawn; n != nil && !x.Muted {
		answer = fmt.Sprintf("After %s the model gives %s a probability of %s.", x.TokenName(len(x.Tokens)-1), n.Text, say.Percent(n.Probability))
	}
	text.Lead = x.say(general, live, answer)
	text.Facts = []Pair{
		{"Tokens, T", fmt.Sprintf("%d of at most %s", len(x.Tokens), say.Count(c.Context))},
		{"Width of the stream, C", say.Count(c.Width)},
		{"Blocks, L", say.Count(c.Blocks)},
		{"Heads per block, H", fmt.Sprintf("%d of %d numbers each, A", c.Heads, c.HeadSize())},
		{"Words, V", say.Count(c.Vocab)},
	}
	for _, f := range x.State.Facts {
		text.Facts = append(text.Facts, Pair{f.Label, fmt.Sprintf("%s (%s)", say.Count(f.Count), say.Percent(float32(f.Share)))})
	}
	return text
}

func (x explainer) tokenize() StageText {
	c := x.Config
	text := StageText{Title: "Tokenize", Try: "Type another " + Unit(x.State) + " and watch a column appear."}
	general := fmt.Sprintf("The model calculates with numbers, not with letters. The tokenizer cuts the text into tokens and replaces each with its id, its place in a vocabulary of %s.", say.Plural(c.Vocab, "word"))
	if x.t >= 0 {
		k := x.Tokens[x.t]
		text.Lead = x.say(general, fmt.Sprintf("Here are %s, one column each, counted from 0.", say.Plural(len(x.Tokens), "token")),
			fmt.Sprintf("Token %d is %s, id %d.", x.t, k.Text, k.ID), x.generatedSentence())
	} else {
		text.Lead = x.say(general)
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

func (x explainer) generatedSentence() string {
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
func (s State) prompted() (n int) {
	for _, t := range s.Tokens {
		if !t.Generated {
			n++
		}
	}
	return n
}

func (x explainer) tokenEmbedding() StageText {
	c := x.Config
	text := StageText{Title: "Token embedding", Try: "Type the same " + Unit(x.State) + " twice: here both columns are equal."}
	general := fmt.Sprintf("Each token fetches its row from a table with one row for each of the %s. The %d numbers of the row are what the model has learned about that token.",
		say.Plural(c.Vocab, "word"), c.Width)
	live := ""
	if x.t >= 0 {
		k := x.Tokens[x.t]
		live = fmt.Sprintf("Here are %s, one column each. Token %d is %s, id %d: row %d of the table.", say.Plural(len(x.Tokens), "token"), x.t, k.Text, k.ID, k.ID)
	}
	text.Lead = x.say(general, live)
	text.Facts = []Pair{{"Table", say.Shape(c.Vocab, c.Width)}, {"Embedding", say.Shape(len(x.Tokens), c.Width)}}
	if i, ok := x.find(model.OpLookup); ok {
		text.Facts = append(text.Facts, x.beginning(i)...)
	}
	return text
}

// beginning shows the first numbers of the token in a step.
func (x explainer) beginning(i model.Info) []Pair {
	var first []string
	for c := range min(3, i.Cols) {
		if v, ok := x.At(i.Name, x.t, c); ok {
			first = append(first, say.Number(v))
		}
	}
	if len(first) == 0 {
		return nil
	}
	return []Pair{{fmt.Sprintf("Token %d begins", x.t), strings.Join(first, ", ") + ", …"}}
}

func (x explainer) positionEmbedding() StageText {
	c := x.Config
	text := StageText{Title: "Position embedding", Try: "Compare two columns of the same " + Unit(x.State) + ": after the sum they differ."}
	general := fmt.Sprintf("So far a token looks the same wherever it stands. A second table has one row for each of %s; the row of its place is added to each token, and the sums begin the residual stream.",
		say.Plural(c.Context, "place"))
	live := ""
	if x.t >= 0 {
		live = fmt.Sprintf("Token %d gets row %d.", x.t, x.t)
	}
	text.Lead = x.say(general, live, x.sum())
	text.Facts = []Pair{{"Table", say.Shape(c.Context, c.Width)}, {"Stream", say.Shape(len(x.Tokens), c.Width)}}
	return text
}

// sum tells a number of the stage's addition that the reader can check.
func (x explainer) sum() string {
	i, _ := x.find(model.OpAdd)
	c, equation, ok := x.addition(i.Name)
	if !ok {
		return ""
	}
	return fmt.Sprintf("Its number %d becomes %s.", c, equation)
}

// rounded returns v in units of the fourth decimal.
func rounded(v float32) float64 { return math.Round(float64(v) * 1e4) }

// norm explains a layer norm; why is the sentence that leads to it, without a full stop.
func (x explainer) norm(title, why string) StageText {
	text := StageText{Title: title, Try: "Point at a cell of the result: its formula shows all five numbers."}
	general := why + fmt.Sprintf(": its mean is taken away and it is divided by its standard deviation. Then each of its %d numbers is stretched by a gain and moved by a bias, which were learned.", x.Config.Width)
	mean, ok := x.value(model.OpMean, 0)
	std, okStd := x.value(model.OpStd, 0)
	live := ""
	if ok && okStd {
		live = fmt.Sprintf("The column of %s has mean %s and standard deviation %s.", x.TokenName(x.t), say.Number(mean), say.Number(std))
	}
	text.Lead = x.say(general, live)
	if i, found := x.find(model.OpNorm); found {
		text.Facts = append([]Pair{{"Shape", say.Shape(i.Rows, i.Cols)}}, x.spread(i)...)
	}
	return text
}

// spread tells the smallest and largest value of a step.
func (x explainer) spread(i model.Info) []Pair {
	stat, ok := x.Stat(i.Name)
	if !ok || i.Rows == 0 {
		return nil
	}
	return []Pair{{"Smallest", say.Number(stat.Min)}, {"Largest", say.Number(stat.Max)}}
}

// length returns the Euclidean length of the token's column in a step.
func (x explainer) length(name string) (float64, bool) {
	v, ok := x.Values(name)
	if !ok || x.t < 0 || x.t >= v.Rows {
		return 0, false
	}
	sum := 0.0
	for _, a := range v.Data[x.t*v.Cols : (x.t+1)*v.Cols] {
		sum += float64(a) * float64(a)
	}
	return math.Sqrt(sum), true
}
