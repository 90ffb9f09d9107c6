package lessons

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/lesson"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A LiveValue is a row of the table of what can stand in braces in a lesson.
type LiveValue struct {
	Name string
	// Takes lists what follows the name: "token" is the number of a token, counted from 0, or
	// "last"; "place" is a number counted from 1; "row" and "column" are counted from 0, or
	// "last"; "tensor" is the name of a step or weight, as model.Config.NameHere takes it; "tool" is the name of a tool of the lab.
	Takes []string
	Doc   func() string

	show func(s *feature.State, a liveArgs) (string, bool)
	cell func(s *feature.State, a liveArgs) (run.Cell, bool) // the one of which it tells; nil: of more than one, or of none
	of   *kindOfTensor                                       // what the tensor has to be; nil: any, or there is none
}

// A kindOfTensor is what a live value is about.
type kindOfTensor struct {
	is   func(i model.Info) bool
	name func() string
}

// Usage is the value as a lesson has it: {value TENSOR ROW COLUMN}.
func (v LiveValue) Usage() string {
	words := []string{v.Name}
	for _, kind := range v.Takes {
		words = append(words, strings.ToUpper(kind))
	}
	return "{" + strings.Join(words, " ") + "}"
}

// liveArgs are the words behind the name: the tensor or the tool, and the numbers in their order.
type liveArgs struct {
	tensor string
	tool   string
	n      [2]int
	exact  bool // "exact" stands before it all
}

// number writes a number as a lesson has it: with three significant digits, unless it is asked for exactly.
func (a liveArgs) number(x float64) string {
	if a.exact {
		return say.Number(x)
	}
	return say.Brief(x)
}

// exactly is the word that asks for all the digits that the page has elsewhere.
const exactly = "exact"

// LiveValues returns the table. Each number in a lesson comes from here, so none is typed.
func LiveValues() []LiveValue {
	return slices.Concat(liveSizes(), liveTokens(), liveTensors(), liveSampling(), liveTools())
}

// bare is a value that takes nothing.
func bare(name string, doc func() string, show func(s *feature.State, a liveArgs) (string, bool)) LiveValue {
	return LiveValue{Name: name, Doc: doc, show: show}
}

// liveSizes are known before anything has run.
func liveSizes() []LiveValue {
	size := func(name string, doc func() string, n func(s *feature.State) int) LiveValue {
		return bare(name, doc, func(s *feature.State, _ liveArgs) (string, bool) { return say.Count(n(s)), s.Config.Heads > 0 })
	}
	return []LiveValue{
		size("context", say.Lessons.ContextDoc, func(s *feature.State) int { return s.Config.Context }),
		size("width", say.Lessons.WidthDoc, func(s *feature.State) int { return s.Config.Width }),
		size("wide", say.Lessons.WideDoc, func(s *feature.State) int { return wide(s) }),
		size("heads", say.Lessons.HeadsDoc, func(s *feature.State) int { return s.Config.Heads }),
		size("head-size", say.Lessons.HeadSizeDoc, func(s *feature.State) int { return s.Config.HeadSize() }),
		size("groups", say.Lessons.GroupsDoc, func(s *feature.State) int { return s.Config.Groups() }),
		size("group-size", say.Lessons.GroupSizeDoc, func(s *feature.State) int { return s.Config.Heads / max(1, s.Config.Groups()) }),
		size("window", say.Lessons.WindowDoc, func(s *feature.State) int { return s.Config.LooksBack(s.Config.Blocks - 1) }),
		size("blocks", say.Lessons.BlocksDoc, func(s *feature.State) int { return s.Config.Blocks }),
		size("vocab", say.Lessons.VocabDoc, func(s *feature.State) int { return s.Config.Vocab }),
		size("parameters", say.Lessons.ParametersDoc, func(s *feature.State) int { return s.Config.Parameters() }),
		bare("feed-share", say.Lessons.FeedShareDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			share := feedShare(s)
			return say.Percent(float32(share)), share > 0
		}),
		bare("activation", say.Lessons.ActivationDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			_, name := s.Locate(run.StepOf(model.PartFeedForward, s.Config.Activation.Op()))
			i, ok := s.Info(name)
			return say.Title(i.Base()), ok
		}),
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
	candidate := func(name string, doc func() string, show func(k engine.Candidate, a liveArgs) string) LiveValue {
		return LiveValue{Name: name, Takes: []string{"place"}, Doc: doc, show: func(s *feature.State, a liveArgs) (string, bool) {
			if a.n[0] < 1 || a.n[0] > len(s.Candidates) {
				return "", false
			}
			return show(s.Candidates[a.n[0]-1], a), true
		}}
	}
	token := func(name string, doc func() string, show func(s *feature.State, t int) string) LiveValue {
		return LiveValue{Name: name, Takes: []string{"token"}, Doc: doc, show: func(s *feature.State, a liveArgs) (string, bool) {
			if a.n[0] < 0 || a.n[0] >= len(s.Tokens) {
				return "", false
			}
			return show(s, a.n[0]), true
		}}
	}
	return []LiveValue{
		bare("tokens", say.Lessons.TokensDoc, func(s *feature.State, _ liveArgs) (string, bool) { return say.Count(len(s.Tokens)), len(s.Tokens) > 0 }),
		bare("beside", say.Lessons.BesideDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			n := 0
			for _, t := range s.Tokens {
				if t.Added() {
					n++
				}
			}
			return say.Count(n), len(s.Tokens) > 0
		}),
		bare("last", say.Lessons.LastDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			return say.Count(len(s.Tokens) - 1), len(s.Tokens) > 0
		}),
		token("token", say.Lessons.TokenDoc, func(s *feature.State, t int) string { return s.Tokens[t].Text }),
		token("id", say.Lessons.IdDoc, func(s *feature.State, t int) string { return strconv.Itoa(s.Tokens[t].ID) }),
		candidate("candidate", say.Lessons.CandidateDoc, func(k engine.Candidate, _ liveArgs) string { return k.Text }),
		candidate("logit", say.Lessons.LogitDoc, func(k engine.Candidate, a liveArgs) string { return a.number(float64(k.Logit)) }),
		candidate("probability", say.Lessons.ProbabilityDoc, func(k engine.Candidate, _ liveArgs) string { return say.Percent(k.Probability) }),
		bare("next", say.Lessons.NextDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Drawn == nil {
				return "", false
			}
			return s.Drawn.Text, true
		}),
		bare("chance", say.Lessons.ChanceDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Drawn == nil {
				return "", false
			}
			return s.Chance(s.Drawn.Sampled), true
		}),
	}
}

// liveSampling are the settings.
func liveSampling() []LiveValue {
	return []LiveValue{
		bare("temperature", say.Lessons.TemperatureDoc, func(s *feature.State, _ liveArgs) (string, bool) { return say.Short(s.Sampling.Temperature), true }),
		bare("top-k", say.Lessons.TopKDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Sampling.TopK == 0 {
				return say.Lessons.All(), true
			}
			return say.Count(s.Sampling.TopK), true
		}),
		bare("top-p", say.Lessons.TopPDoc, func(s *feature.State, _ liveArgs) (string, bool) {
			if s.Sampling.TopP == 0 || s.Sampling.TopP == 1 {
				return say.Lessons.All(), true
			}
			return say.Short(s.Sampling.TopP), true
		}),
	}
}

// told is the live value that is a sentence.
const told = "told"

// liveTools are what the tools of the lab find.
func liveTools() []LiveValue {
	return []LiveValue{{Name: told, Takes: []string{"tool"}, Doc: say.Lessons.ToldDoc, show: func(s *feature.State, a liveArgs) (string, bool) {
		text, _ := s.Told(a.tool)
		return text, text != ""
	}}}
}

// Live returns the text of a live value, "token", "last"; known is false while the number
// is not there: nothing has run, or the model has no such step. The error says why the
// words are none of LiveValues.
func Live(s *feature.State, words []string) (text string, known bool, err error) {
	row, a, err := parseLive(words)
	if err != nil {
		return "", false, err
	}
	text, known = row.show(s, a.here(s, row))
	return text, known, nil
}

// Told lists the cells of whose numbers the stop of the walk tells.
func Told(s *feature.State) (cells []run.Cell) {
	stop, _ := Stop(s)
	stop.Values(func(v lesson.Part) {
		row, a, err := parseLive(v.Words)
		if err != nil || row.cell == nil {
			return
		}
		if c, ok := row.cell(s, a.here(s, row)); ok && !slices.Contains(cells, c) {
			cells = append(cells, c)
		}
	})
	return cells
}

// here returns the words as they are meant in the model and the run on the page.
func (a liveArgs) here(s *feature.State, row LiveValue) liveArgs {
	a.tensor = s.Config.NameHere(a.tensor)
	for i, kind := range row.numbers() {
		if a.n[i] != lastOne {
			continue
		}
		info, _ := s.Info(a.tensor)
		switch {
		case kind == "column":
			a.n[i] = info.Cols - 1
		case a.tensor != "":
			a.n[i] = info.Rows - 1
		default:
			a.n[i] = len(s.Tokens) - 1
		}
	}
	return a
}

// rounded lists the values that a lesson has with three significant digits, or exactly.
func rounded() []string {
	return []string{"logit", "value", "least", "largest", "largest-in", "product", "total", "length", "addition", "multiplication"}
}

// lastOne stands for "last" until the run is known.
const lastOne = -1

// numbers returns what the row takes besides the tensor.
func (v LiveValue) numbers() []string {
	return slices.DeleteFunc(slices.Clone(v.Takes), func(kind string) bool { return kind == "tensor" || kind == "tool" })
}

// parseLive finds the row of the table, and reads what follows its name.
func parseLive(words []string) (row LiveValue, a liveArgs, err error) {
	table, written := LiveValues(), "{"+strings.Join(words, " ")+"}"
	if a.exact = len(words) > 1 && words[0] == exactly; a.exact {
		words = words[1:]
	}
	i := slices.IndexFunc(table, func(v LiveValue) bool { return len(words) > 0 && v.Name == words[0] })
	if i < 0 {
		return row, a, errors.New(say.Lessons.LiveUnknown(written))
	}
	row = table[i]
	wrong := errors.New(say.Lessons.LiveTakes(written, row.Usage()))
	if a.exact && !slices.Contains(rounded(), row.Name) {
		return row, a, errors.New(say.Lessons.LiveNotRounded(written))
	}
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
		if kind == "tool" {
			if a.tool = word; address.Identifier(word) != nil {
				return row, a, wrong
			}
			continue
		}
		n, bad := strconv.Atoi(word)
		switch {
		case word == "last" && kind != "place":
			n = lastOne
		case bad != nil || n < 0 || kind == "place" && n == 0:
			return row, a, wrong
		}
		a.n[at] = n
		at++
	}
	return row, a, nil
}
