package explain

import (
	"fmt"
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/say"
)

// meaningless is said of predictions before the task is complete.
func (x TokenView) meaningless() string {
	n := x.Next.Letters
	if !x.Next.Muted || n == 0 {
		return ""
	}
	when := "before that"
	if x.Next.Typed > n {
		when = "after more"
	}
	return fmt.Sprintf("The model was trained to answer after exactly %s letters; %s, its predictions mean nothing.", say.Spelled(n), when)
}

// best lists the most likely words with a number each.
func (x TokenView) best(value func(engine.Candidate) string) string {
	var words []string
	for _, k := range x.Candidates[:min(3, len(x.Candidates))] {
		words = append(words, k.Text+" "+value(k))
	}
	return strings.Join(words, ", ")
}

func (x TokenView) last() string { return x.TokenName(len(x.Tokens) - 1) }

func (x TokenView) output() StageText {
	c := x.Config
	text := StageText{Title: "Output projection", Try: "Point at a logit to see the products that it sums."}
	general := fmt.Sprintf("Each column is compared with a table that has one row for each of the %s. The dot product of column and row is the logit of that word: the higher, the better it fits next.", say.Plural(c.Vocab, "word"))
	live := ""
	if len(x.Candidates) > 0 {
		live = fmt.Sprintf("After %s the logits are %s.", x.last(), x.best(func(k engine.Candidate) string { return say.Number(k.Logit) }))
		if c.Vocab > 3 {
			live = strings.Replace(live, "the logits are", "the highest logits are", 1)
		}
	}
	text.Lead = x.withLive(general, live, x.meaningless())
	text.Facts = []Pair{{"Table", say.Shape(c.Vocab, c.Width)}, {"Logits", say.Shape(len(x.Tokens), c.Vocab)}}
	if c.Tied {
		text.Facts = append(text.Facts, Pair{"Weights", "those of the token table"})
	}
	return text
}

func (x TokenView) softmax() StageText {
	text := StageText{Title: "Softmax", Try: "Point at a probability: its formula holds the logit, the maximum and the sum."}
	general := "Softmax turns the logits of a column into probabilities. It takes exp of each, which makes them positive, and divides by their sum, so that they add up to 1. The largest logit is taken away first; the result stays the same, and exp stays small."
	live := ""
	if len(x.Candidates) > 0 {
		live = fmt.Sprintf("After %s: %s.", x.last(), x.best(func(k engine.Candidate) string { return say.Percent(k.Probability) }))
	}
	text.Lead = x.withLive(general, live, x.meaningless())
	text.Facts = []Pair{{"Probabilities", say.Shape(len(x.Tokens), x.Config.Vocab)}}
	if v, ok := x.value(model.OpMax, 0); ok {
		text.Facts = append(text.Facts, Pair{fmt.Sprintf("Largest logit, token %d", x.T), say.Number(v)})
	}
	if v, ok := x.value(model.OpSumExp, 0); ok {
		text.Facts = append(text.Facts, Pair{fmt.Sprintf("Sum of exp, token %d", x.T), say.Number(v)})
	}
	return text
}

func (x TokenView) sample() StageText {
	text := StageText{Title: "Sampling", Try: "Raise the temperature and watch the bars even out."}
	general := "One token is drawn from the probabilities after the last one. Temperature sharpens or evens them, top-k and top-p leave unlikely tokens out, and a random number picks among the rest."
	text.Lead = x.withLive(general, x.drawing(), x.meaningless())
	set := x.Next.Sampling
	text.Facts = []Pair{{"Temperature", say.Short(set.Temperature)}, {"Top-k", "all"}, {"Top-p", "all"}, {"Seed", fmt.Sprint(set.Seed)}}
	if set.TopK > 0 {
		text.Facts[1].Value = say.Count(set.TopK)
	}
	if set.TopP > 0 && set.TopP < 1 {
		text.Facts[2].Value = say.Short(set.TopP)
	}
	if v, ok := x.value(model.OpRandom, 0); ok && set.Temperature > 0 {
		text.Facts = append(text.Facts, Pair{"Random number", say.Number(v)})
	}
	return text
}

// drawing tells how the next token was drawn.
func (x TokenView) drawing() string {
	n := x.Drawn
	if n == nil || !x.Next.Fresh {
		return ""
	}
	if x.Next.Sampling.Temperature == 0 {
		return fmt.Sprintf("Temperature 0 always takes the most likely token: %s, %s.", n.Text, say.Percent(n.Probability))
	}
	left := ""
	if i, ok := x.find(model.OpShare); ok {
		if v, there := x.Values(i.Name); there {
			left = fmt.Sprintf("%d of %s stay. ", kept(v), say.Plural(v.Cols, "token"))
		}
	}
	u, ok := x.value(model.OpRandom, 0)
	if !ok {
		return left
	}
	return fmt.Sprintf("%sThe random number %s picks %s, which has %s.", left, say.Number(u), n.Text, say.Percent(n.Sampled))
}

// kept counts the cells that no filter has left out.
func kept(v engine.Values) (n int) {
	for _, p := range v.Data {
		if p == p {
			n++
		}
	}
	return n
}
