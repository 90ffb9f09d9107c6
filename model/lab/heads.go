package lab

import (
	"glassbox/model"
	"glassbox/model/fault"
)

// A HeadScore says how much of its attention a head gives to four kinds of tokens, from 0 to 1, each the mean over the tokens that
// look (Olsson et al., arXiv:2209.11895).
type HeadScore struct {
	Head      string  `json:"head"`
	Previous  float64 `json:"previous"`  // to the token before
	Duplicate float64 `json:"duplicate"` // to an earlier one of the same id
	Induction float64 `json:"induction"` // to the one behind an earlier one of the same id
	Sink      float64 `json:"sink"`      // to the first token
}

// Repeated returns the scores of every head on a text of n = len(half) tokens, twice. Of token i of 2n the token before is i−1, for
// i = 1 … 2n−1, of the second half its duplicate i−n, and the one behind that i−n+1; the first token is 0, for i = 1 … 2n−1.
func Repeated(m *model.Model, half []int) ([]HeadScore, error) {
	n := len(half)
	if n < 2 {
		return nil, fault.New("labHalf", "the text that is repeated has %d token(s); expected two at least", n)
	}
	tr, err := m.Forward(append(append([]int{}, half...), half...))
	if err != nil {
		return nil, err
	}
	return scores(tr, func(i int) (earlier []int) {
		if i >= n {
			earlier = append(earlier, i-n)
		}
		return earlier
	}), nil
}

// Heads returns the scores of every head on the text of a run. Of a token whose id stands earlier in the text once or more, the
// duplicates are all of these; a text without such tokens has no scores of duplicates and induction: they are 0.
func Heads(tr *model.Trace) []HeadScore {
	ids := tr.IDs()
	return scores(tr, func(i int) (earlier []int) {
		for j := range i {
			if ids[j] == ids[i] {
				earlier = append(earlier, j)
			}
		}
		return earlier
	})
}

// scores returns the scores of every head; earlier gives the places of the duplicates of token i.
func scores(tr *model.Trace, earlier func(i int) []int) (list []HeadScore) {
	for _, s := range tr.Steps {
		if s.Op != model.OpSoftmax || s.Head < 0 {
			continue
		}
		list = append(list, score(s, earlier))
	}
	return list
}

// score returns the scores of one head by its attention, (T, T).
func score(attention *model.Step, earlier func(i int) []int) HeadScore {
	var previous, duplicate, induction, sink mean
	at := func(i, j int) float64 { // 0 where a token does not look
		v, _ := attention.At(i, j)
		return float64(v)
	}
	for i := 1; i < attention.Rows; i++ {
		previous.add(at(i, i-1))
		sink.add(at(i, 0))
		places := earlier(i)
		if len(places) == 0 {
			continue
		}
		same, behind := 0.0, 0.0
		for _, j := range places {
			same += at(i, j)
			behind += at(i, j+1)
		}
		duplicate.add(same)
		induction.add(behind)
	}
	return HeadScore{model.HeadName(attention.Block, attention.Head), previous.value(), duplicate.value(), induction.value(), sink.value()}
}

// A mean is that of the numbers that were added.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(v float64) { m.sum, m.n = m.sum+v, m.n+1 }

// value returns the mean; 0 if there are no numbers.
func (m *mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / float64(m.n)
}
