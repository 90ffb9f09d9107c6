package explain

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// meaningless is said of predictions before the task is complete.
func (x TokenView) meaningless() string {
	n := x.Next.Letters
	if !x.Next.Muted || n == 0 {
		return ""
	}
	typed := "fewer"
	if x.Next.Typed > n {
		typed = "more"
	}
	return say.Stages.Meaningless(n, say.Spelled(n), typed)
}

// best lists the most likely words with a number each.
func (x TokenView) best(value func(engine.Candidate) string) string {
	var words []string
	for _, k := range x.Candidates[:min(3, len(x.Candidates))] {
		words = append(words, say.LeftToRight(run.Quoted(k.Text)+" "+value(k)))
	}
	return strings.Join(words, ", ")
}

func (x TokenView) last() string { return x.TokenName(len(x.Tokens) - 1) }

func (x TokenView) output() StageText {
	c := x.Config
	text := StageText{Title: title(model.PartOutput), Try: say.Stages.OutputTry()}
	live := ""
	if len(x.Candidates) > 0 {
		logits := x.best(func(k engine.Candidate) string { return say.Brief(k.Logit) })
		if live = say.Stages.LogitsOfToken(x.last(), logits); c.Vocab > 3 {
			live = say.Stages.HighestLogitsOfToken(x.last(), logits)
		}
	}
	text.Lead = x.withLive(say.Stages.Output(c.Vocab), live, x.meaningless())
	text.Facts = []Pair{{say.Stages.Table(), say.Shape(c.Vocab, c.Width)}, {say.Stages.Logits(), say.Shape(len(x.Tokens), c.Vocab)}}
	if c.Tied {
		text.Facts = append(text.Facts, Pair{say.Stages.Weights(), say.Stages.TiedWeights()})
	}
	return text
}

func (x TokenView) softmax() StageText {
	text := StageText{Title: title(model.PartSoftmax), Try: say.Stages.SoftmaxTry()}
	live := ""
	if len(x.Candidates) > 0 {
		live = say.Stages.SoftmaxOfToken(x.last(), x.best(func(k engine.Candidate) string { return say.Percent(k.Probability) }))
	}
	text.Lead = x.withLive(say.Stages.Softmax(), live, x.meaningless())
	text.Facts = []Pair{{say.Stages.Probabilities(), say.Shape(len(x.Tokens), x.Config.Vocab)}}
	if v, ok := x.value(model.OpMax, 0); ok {
		text.Facts = append(text.Facts, Pair{say.Stages.LargestLogit(x.T), say.Brief(v)})
	}
	if v, ok := x.value(model.OpSumExp, 0); ok {
		text.Facts = append(text.Facts, Pair{say.Stages.SumOfExp(x.T), say.Brief(v)})
	}
	return text
}

func (x TokenView) sample() StageText {
	text := StageText{Title: title(model.PartSample), Try: say.Stages.SampleTry()}
	text.Lead = x.withLive(say.Stages.Sample(), x.drawing(), x.meaningless())
	set := x.Next.Sampling
	text.Facts = []Pair{{say.Stages.Temperature(), say.Short(set.Temperature)}, {say.Stages.TopK(), say.Stages.KeepsAll()},
		{say.Stages.TopP(), say.Stages.KeepsAll()}, {say.Stages.Seed(), strconv.FormatUint(set.Seed, 10)}}
	if set.TopK > 0 {
		text.Facts[1].Value = say.Count(set.TopK)
	}
	if set.TopP > 0 && set.TopP < 1 {
		text.Facts[2].Value = say.Short(set.TopP)
	}
	if set.MinP > 0 {
		text.Facts = slices.Insert(text.Facts, 3, Pair{say.Stages.MinP(), say.Short(set.MinP)})
	}
	if v, ok := x.value(model.OpRandom, 0); ok && set.Temperature > 0 {
		text.Facts = append(text.Facts, Pair{say.Stages.RandomNumber(), say.Brief(v)})
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
		return say.Stages.DrawnAtZero(run.Quoted(n.Text), say.Percent(n.Probability))
	}
	left := ""
	if i, ok := x.find(model.OpShare); ok {
		if v, there := x.Values(i.Name); there {
			left = say.Stages.DrawnFrom(kept(v), v.Cols)
		}
	}
	u, ok := x.value(model.OpRandom, 0)
	if !ok {
		return left
	}
	drawn := say.Stages.Drawn(say.Brief(u), run.Quoted(n.Text), x.Chance(n.Sampled))
	if left == "" {
		return drawn
	}
	return left + " " + drawn
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
