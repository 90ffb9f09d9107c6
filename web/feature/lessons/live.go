package lessons

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A LiveValue is a row of the table of what can stand in braces in a lesson.
type LiveValue struct {
	Name string
	// Takes lists what follows the name: "token" is the number of a token, counted from 0, or
	// "last"; "place" is a number counted from 1; "row" and "column" are counted from 0, and
	// a row can be "last"; "tensor" is the name of a step or weight, in which "h.last." stands
	// for the last block.
	Takes []string
	Doc   func() string

	show func(s *feature.State, a liveArgs) (string, bool)
}

// Usage is the value as a lesson has it: {value TENSOR ROW COLUMN}.
func (v LiveValue) Usage() string {
	words := []string{v.Name}
	for _, kind := range v.Takes {
		words = append(words, strings.ToUpper(kind))
	}
	return "{" + strings.Join(words, " ") + "}"
}

// liveArgs are the words behind the name: the tensor, and the numbers in their order.
type liveArgs struct {
	tensor string
	n      [2]int
}

// LiveValues returns the table. Each number in a lesson comes from here, so none is typed.
func LiveValues() []LiveValue {
	return slices.Concat(liveSizes(), liveTokens(), liveTensors(), liveSampling())
}

// liveSizes are known before anything has run.
func liveSizes() []LiveValue {
	size := func(name string, doc func() string, n func(s *feature.State) int) LiveValue {
		return LiveValue{name, nil, doc, func(s *feature.State, _ liveArgs) (string, bool) { return say.Count(n(s)), s.Config.Heads > 0 }}
	}
	return []LiveValue{
		size("context", say.Lessons.ContextDoc, func(s *feature.State) int { return s.Config.Context }),
		size("width", say.Lessons.WidthDoc, func(s *feature.State) int { return s.Config.Width }),
		size("wide", say.Lessons.WideDoc, func(s *feature.State) int { return wide(s) }),
		size("heads", say.Lessons.HeadsDoc, func(s *feature.State) int { return s.Config.Heads }),
		size("head-size", say.Lessons.HeadSizeDoc, func(s *feature.State) int { return s.Config.HeadSize() }),
		size("blocks", say.Lessons.BlocksDoc, func(s *feature.State) int { return s.Config.Blocks }),
		size("vocab", say.Lessons.VocabDoc, func(s *feature.State) int { return s.Config.Vocab }),
		size("parameters", say.Lessons.ParametersDoc, func(s *feature.State) int { return s.Config.Parameters() }),
		{"feed-share", nil, say.Lessons.FeedShareDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			share := feedShare(s)
			return say.Percent(float32(share)), share > 0
		}},
	}
}

// feedShare returns the share of the learned numbers that stand in feed-forward networks.
func feedShare(s *feature.State) float64 {
	n := 0
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight && i.Part == model.PartFeedForward {
			n += i.Rows * i.Cols
		}
	}
	return float64(n) / float64(max(1, s.Config.Parameters()))
}

// wide returns how many numbers the feed-forward network widens to.
func wide(s *feature.State) int {
	_, name := s.Locate(run.StepOf(model.PartFeedForward, model.OpLinear))
	i, _ := s.Info(name)
	return i.Cols
}

// liveTokens are about the text and what follows it.
func liveTokens() []LiveValue {
	candidate := func(name string, doc func() string, show func(text string, logit, probability float32) string) LiveValue {
		return LiveValue{name, []string{"place"}, doc, func(s *feature.State, a liveArgs) (string, bool) {
			if a.n[0] < 1 || a.n[0] > len(s.Candidates) {
				return "", false
			}
			k := s.Candidates[a.n[0]-1]
			return show(k.Text, k.Logit, k.Probability), true
		}}
	}
	token := func(name string, doc func() string, show func(s *feature.State, t int) string) LiveValue {
		return LiveValue{name, []string{"token"}, doc, func(s *feature.State, a liveArgs) (string, bool) {
			if a.n[0] < 0 || a.n[0] >= len(s.Tokens) {
				return "", false
			}
			return show(s, a.n[0]), true
		}}
	}
	return []LiveValue{
		{"tokens", nil, say.Lessons.TokensDoc, func(s *feature.State, _ liveArgs) (string, bool) { return say.Count(len(s.Tokens)), len(s.Tokens) > 0 }},
		{"last", nil, say.Lessons.LastDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			return say.Count(len(s.Tokens) - 1), len(s.Tokens) > 0
		}},
		token("token", say.Lessons.TokenDoc, func(s *feature.State, t int) string { return s.Tokens[t].Text }),
		token("id", say.Lessons.IdDoc, func(s *feature.State, t int) string { return say.Count(s.Tokens[t].ID) }),
		candidate("candidate", say.Lessons.CandidateDoc, func(text string, _, _ float32) string { return text }),
		candidate("logit", say.Lessons.LogitDoc, func(_ string, logit, _ float32) string { return say.Brief(logit) }),
		candidate("probability", say.Lessons.ProbabilityDoc, func(_ string, _, p float32) string { return say.Percent(p) }),
		{"next", nil, say.Lessons.NextDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Drawn == nil {
				return "", false
			}
			return s.Drawn.Text, true
		}},
		{"chance", nil, say.Lessons.ChanceDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Drawn == nil {
				return "", false
			}
			return s.Chance(s.Drawn.Sampled), true
		}},
	}
}

// liveSampling are the settings.
func liveSampling() []LiveValue {
	return []LiveValue{
		{"temperature", nil, say.Lessons.TemperatureDoc, func(s *feature.State, _ liveArgs) (string, bool) { return say.Short(s.Sampling.Temperature), true }},
		{"top-k", nil, say.Lessons.TopKDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Sampling.TopK == 0 {
				return say.Lessons.All(), true
			}
			return say.Count(s.Sampling.TopK), true
		}},
		{"top-p", nil, say.Lessons.TopPDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Sampling.TopP == 0 || s.Sampling.TopP == 1 {
				return say.Lessons.All(), true
			}
			return say.Short(s.Sampling.TopP), true
		}},
	}
}

// Live returns the text of a live value, "token", "last"; known is false while the number
// is not there: nothing has run, or the model has no such step. The error says why the
// words are none of LiveValues.
func Live(s *feature.State, words []string) (text string, known bool, err error) {
	row, a, err := parseLive(words)
	if err != nil {
		return "", false, err
	}
	a.tensor = s.Config.InLastBlock(a.tensor)
	for i, kind := range row.numbers() {
		if a.n[i] == lastOne && (kind == "token" || kind == "row") {
			if a.n[i] = len(s.Tokens) - 1; a.tensor != "" {
				info, _ := s.Info(a.tensor)
				a.n[i] = info.Rows - 1
			}
		}
	}
	text, known = row.show(s, a)
	return text, known, nil
}

// lastOne stands for "last" until the run is known.
const lastOne = -1

// numbers returns what the row takes besides the tensor.
func (v LiveValue) numbers() []string {
	return slices.DeleteFunc(slices.Clone(v.Takes), func(kind string) bool { return kind == "tensor" })
}

// parseLive finds the row of the table, and reads what follows its name.
func parseLive(words []string) (row LiveValue, a liveArgs, err error) {
	table := LiveValues()
	i := slices.IndexFunc(table, func(v LiveValue) bool { return len(words) > 0 && v.Name == words[0] })
	if i < 0 {
		return row, a, errors.New(say.Lessons.LiveUnknown("{" + strings.Join(words, " ") + "}"))
	}
	row = table[i]
	wrong := errors.New(say.Lessons.LiveTakes("{"+strings.Join(words, " ")+"}", row.Usage()))
	if len(words)-1 != len(row.Takes) {
		return row, a, wrong
	}
	at := 0
	for j, kind := range row.Takes {
		word := words[j+1]
		if kind == "tensor" {
			if a.tensor = word; address.Identifier(word) != nil {
				return row, a, wrong
			}
			continue
		}
		n, bad := strconv.Atoi(word)
		switch {
		case word == "last" && (kind == "token" || kind == "row"):
			n = lastOne
		case bad != nil || n < 0:
			return row, a, wrong
		}
		a.n[at] = n
		at++
	}
	return row, a, nil
}
