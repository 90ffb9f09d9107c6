package lab

import (
	"glassbox/model"
	"glassbox/model/fault"
)

// A Prompt is a text and the token that should follow it.
type Prompt struct {
	IDs    []int
	Answer int
}

// A Search looks for the heads without which a model no longer knows what should follow some texts. Who takes in each round the one
// whose absence, beside those that were taken, lowers the mean probability of the answers most, searches greedily: a pair of heads that
// stand in for one another may be missed.
type Search struct {
	runs    []*model.Trace
	prompts []Prompt
	heads   []string
}

// searchBudget is how many bytes of rows all runs of a search hold together that they could compute again.
const searchBudget = 64 << 20

// NewSearch runs a model on all prompts.
func NewSearch(m *model.Model, prompts []Prompt) (*Search, error) {
	s := &Search{prompts: prompts}
	for _, p := range prompts {
		if len(p.IDs) == 0 {
			return nil, fault.New("searchEmpty", "one of the texts is empty")
		}
		tr := model.NewTrace(m)
		tr.Budget = searchBudget / len(prompts)
		if err := tr.Run(p.IDs); err != nil {
			return nil, err
		}
		s.runs = append(s.runs, tr)
	}
	if len(s.runs) == 0 {
		return nil, fault.New("searchNothing", "there are no texts to search with")
	}
	for _, step := range s.runs[0].Steps {
		if step.Op == model.OpMix {
			s.heads = append(s.heads, model.HeadName(step.Block, step.Head))
		}
	}
	return s, nil
}

// Heads lists the heads of the model: "h.1.attn.head.2".
func (s *Search) Heads() []string { return s.heads }

// Without returns the mean probability of the answers with some heads switched off.
func (s *Search) Without(heads ...string) (mean float64, err error) {
	var edits []model.Edit
	for _, head := range heads {
		edits = append(edits, model.Edit{Name: head, Row: -1, Col: -1, Do: model.ActOff})
	}
	for i, tr := range s.runs {
		if len(edits) > 0 {
			if tr, err = tr.Edited(edits); err != nil {
				return 0, err
			}
		}
		p, _ := tr.Find(model.PartSoftmax, model.OpSoftmax).At(len(s.prompts[i].IDs)-1, s.prompts[i].Answer)
		mean += float64(p) / float64(len(s.runs))
	}
	return mean, nil
}
