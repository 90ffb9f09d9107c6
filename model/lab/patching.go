package lab

import (
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
)

// A Site is a kind of place where a number of one run can be put into another.
type Site string

// The sites: the first three are rows of tokens, the last whole heads.
const (
	SiteStream    Site = "resid_pre" // the residual stream, as it goes into a block
	SiteAttention Site = "attn_out"  // what the heads of a block add to it
	SiteMLP       Site = "mlp_out"   // what the feed-forward network adds
	SiteHead      Site = "head_mix"  // what a head gathers, of all tokens
)

// Sites lists them.
func Sites() []Site { return []Site{SiteStream, SiteAttention, SiteMLP, SiteHead} }

// A Patching asks where a text differs from another so that the model's answer does: the corrupt text is run with one thing of the
// clean one, and the difference of two logits after the last token, LD = logit A − logit B, tells how much of the answer that
// brings back (Meng et al., arXiv:2202.05262; Wang et al., arXiv:2211.00593).
//
//	score = (LD − LD corrupt) / (LD clean − LD corrupt)
//
// 0: nothing; 1: all of it. Below 0 it leads away, above 1 beyond.
type Patching struct {
	Clean, Corrupt                     *model.Trace
	Token, Against                     int     // A and B
	CleanDifference, CorruptDifference float64 // LD of both runs
	stream                             []*model.Step
}

// Patch begins: both runs are of one model, and of texts of one length. No score is computed yet; see Score.
func Patch(clean, corrupt *model.Trace, token, against int) (*Patching, error) {
	n, m := len(clean.IDs()), len(corrupt.IDs())
	if n == 0 || n != m {
		return nil, fault.New("labLengths", "the clean text has %d token(s), the corrupt one %d; expected as many, one at least", n, m)
	}
	p := &Patching{Clean: clean, Corrupt: corrupt, Token: token, Against: against, stream: Stream(corrupt)}
	for _, id := range []int{token, against} {
		if vocab := clean.Model.Config.Vocab; id < 0 || id >= vocab {
			return nil, fault.New("labNoID", "the vocabulary has no token %d; expected 0 to %d", id, vocab-1)
		}
	}
	p.CleanDifference, p.CorruptDifference = p.difference(clean), p.difference(corrupt)
	if p.CleanDifference == p.CorruptDifference {
		return nil, fault.New("labNoDifference", "both texts give the same difference of logits, %v; there is nothing to bring back", p.CleanDifference)
	}
	return p, nil
}

// difference returns logit A − logit B after the last token.
func (p *Patching) difference(tr *model.Trace) float64 {
	logits := tr.Find(model.PartOutput, model.OpUnembed)
	a, _ := logits.At(logits.Rows-1, p.Token)
	b, _ := logits.At(logits.Rows-1, p.Against)
	return float64(a) - float64(b)
}

// Cells returns how many scores a block has of a site: one for each token, or one for each head.
func (p *Patching) Cells(site Site) int {
	if site == SiteHead {
		return p.Corrupt.Model.Config.Heads
	}
	return len(p.Corrupt.IDs())
}

// Score runs the corrupt text with one thing of the clean one: of a site in block l, the row of token i, or all rows of head i.
func (p *Patching) Score(site Site, l, i int) (float64, error) {
	step, rows, err := p.Place(site, l, i)
	if err == nil && p.same(step, rows) {
		return 0, nil
	}
	run, err := p.Run(site, l, i)
	if err != nil {
		return 0, err
	}
	return p.ScoreOf(run), nil
}

// same reports whether rows of a step are the same in both runs, as before the first token that differs: there is nothing to run then.
func (p *Patching) same(step string, rows []int) bool {
	clean, corrupt := p.Clean.Step(step), p.Corrupt.Step(step)
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(r int) bool { return !slices.Equal(clean.Row(r), corrupt.Row(r)) })
}

// ScoreOf returns the score of a run of the corrupt text in which something is of the clean one.
func (p *Patching) ScoreOf(run *model.Trace) float64 {
	return (p.difference(run) - p.CorruptDifference) / (p.CleanDifference - p.CorruptDifference)
}

// Run returns the corrupt run with one thing of the clean one.
func (p *Patching) Run(site Site, l, i int) (*model.Trace, error) {
	name, rows, err := p.Place(site, l, i)
	if err != nil {
		return nil, err
	}
	return p.Corrupt.Patched(p.Clean, map[string][]int{name: rows})
}

// Place returns the step of which the clean run's rows are taken, and which; nil: all.
func (p *Patching) Place(site Site, l, i int) (step string, rows []int, err error) {
	if c := p.Corrupt.Model.Config; l < 0 || l >= c.Blocks {
		return "", nil, fault.New("labNoBlock", "the model has %d block(s); there is no block %d", c.Blocks, l)
	}
	if n := p.Cells(site); i < 0 || i >= n {
		return "", nil, fault.New("labNoCell", "%s of a block has %d cell(s); there is none at %d", string(site), n, i)
	}
	attention, mlp := p.stream[2*l+1], p.stream[2*l+2]
	switch site {
	case SiteStream:
		return p.stream[2*l].Name, []int{i}, nil
	case SiteAttention:
		return attention.Inputs[1].Name, []int{i}, nil
	case SiteMLP:
		return mlp.Inputs[1].Name, []int{i}, nil
	}
	projection := p.Corrupt.Step(attention.Inputs[1].Name)
	return p.Corrupt.Step(projection.Inputs[0].Name).Inputs[i].Name, nil, nil
}
