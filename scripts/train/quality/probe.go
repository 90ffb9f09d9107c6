package quality

import (
	"fmt"
	"strings"

	"glassbox/model"
)

// A ProbeResult is how many probes of a kind got the right answer.
type ProbeResult struct {
	Kind                   string
	Model, Bigram, Trigram Share
	Wrong                  []WrongAnswer // the model's first few
}

// A WrongAnswer is a probe that the model did not get right.
type WrongAnswer struct {
	Prompt, Expected, Got string
	Probability           float64 // that the model gave to the expected token
}

const maxWrongShown = 2

// runProbes gives all probes to the model and to the baselines.
func (x *exam) runProbes(m *model.Model, bigram, trigram *NGram, t *progress) (results []ProbeResult, err error) {
	tr, p := model.NewTrace(m), make([]float64, m.Config.Vocab)
	for _, kind := range x.kinds {
		r := ProbeResult{Kind: kind}
		for i, probe := range x.probes[kind] {
			ids, answer, err := x.encodeProbe(probe.Prompt, probe.Answer)
			if err != nil {
				return nil, err
			}
			if err := tr.Run(ids); err != nil {
				return nil, fmt.Errorf("probe %d of %s: %w", i, kind, err)
			}
			got := tr.Find(model.PartOutput, model.OpUnembed).Ranked(len(ids)-1, 1)[0]
			r.Model.count(got == answer)
			r.Bigram.count(bigram.Best(ids, p) == answer)
			r.Trigram.count(trigram.Best(ids, p) == answer)
			if got != answer && len(r.Wrong) < maxWrongShown {
				wrong, err := x.wrongAnswer(tr, ids, answer, got)
				if err != nil {
					return nil, err
				}
				r.Wrong = append(r.Wrong, wrong)
			}
			t.step("probes of "+kind, i+1, len(x.probes[kind]))
		}
		results = append(results, r)
	}
	return results, nil
}

func (s *Share) count(yes bool) {
	s.All++
	if yes {
		s.Part++
	}
}

// encodeProbe returns the ids of a prompt, and the first of the answer, which decides.
func (x *exam) encodeProbe(prompt, answer string) (ids []int, first int, err error) {
	if ids, err = x.encode(prompt); err != nil {
		return nil, 0, err
	}
	rest, err := x.encode(" " + answer)
	if err != nil || len(rest) == 0 {
		return nil, 0, fmt.Errorf("the answer %q has no token: %w", answer, err)
	}
	return ids, rest[0], nil
}

// wrongAnswer describes a wrong answer.
func (x *exam) wrongAnswer(tr *model.Trace, ids []int, answer, got int) (w WrongAnswer, err error) {
	probability, _ := tr.Find(model.PartSoftmax, model.OpSoftmax).At(len(ids)-1, answer)
	w.Probability = float64(probability)
	for _, part := range []struct {
		text *string
		ids  []int
	}{{&w.Prompt, ids}, {&w.Expected, []int{answer}}, {&w.Got, []int{got}}} {
		text, err := x.decode(part.ids)
		if err != nil {
			return w, err
		}
		*part.text = strings.TrimPrefix(text, " ")
	}
	return w, nil
}
