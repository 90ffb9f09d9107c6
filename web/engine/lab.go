package engine

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"unicode/utf8"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/model/lab"
)

// lab answers what the page asks of a run.
func (e *Engine) lab(q *Lab) (a *LabAnswer, err error) {
	if e.trace == nil {
		return nil, errNoModel
	}
	if len(e.last.ids) == 0 && q.Search == nil && q.Texts == nil && (q.Heads == nil || q.Heads.Half == 0) {
		return nil, fault.New("labNoText", "there is no text yet; write something first")
	}
	a = &LabAnswer{}
	switch {
	case q.Lens != nil:
		a.Lens, err = e.lens(q.Lens)
	case q.Attribute != nil:
		a.Attribute, err = e.attribute(q.Attribute)
	case q.Patch != nil:
		a.Patch, err = e.patch(q.Patch)
	case q.Heads != nil:
		a.Heads, err = e.headScores(q.Heads)
	case q.Surprise != nil:
		a.Surprise = e.surprise()
	case q.Search != nil:
		a.Search, err = e.search(q.Search)
	case q.Cost != nil:
		a.Cost, err = e.cost(q.Cost)
	case q.Texts != nil:
		a.IDs, err = e.idsOfAll(q.Texts.Texts)
	case q.Compare != nil:
		a.Compare, err = e.comparison(q.Compare)
	case q.Draws != nil:
		a.Draws, err = e.drawing(q.Draws.N)
	default:
		err = fault.New("requestEmpty", "the request asks for nothing")
	}
	return a, err
}

func (e *Engine) lens(q *Lens) (*Lenses, error) {
	T, V := len(e.last.ids), e.trace.Model.Config.Vocab
	all := lab.Stream(e.trace)
	if q.Row < 0 || q.Row > q.To || q.To > T || q.Step < 0 || q.Step > q.Last || q.Last > len(all) || q.Token >= V {
		return nil, fault.New("lensBeyond", "the residual stream is (%d, %d) steps by tokens; there are no steps %d to %d, tokens %d to %d", len(all), T, q.Step, q.Last, q.Row, q.To)
	}
	a := &Lenses{}
	for i, s := range all {
		a.Streams = append(a.Streams, s.Name)
		if i < q.Step || i >= q.Last {
			continue
		}
		l := lab.LensAt(e.trace, s)
		for r := q.Row; r < q.To; r++ {
			a.Cells = append(a.Cells, e.lensCell(l, r, q))
		}
	}
	return a, nil
}

func (e *Engine) lensCell(l lab.Lens, r int, q *Lens) (cell LensCell) {
	logits, p := logitsOf(l.Trace()), probabilitiesOf(l.Trace())
	for _, id := range l.Top(r, q.Top) {
		c := Candidate{ID: id, Text: e.word(id), Unseen: e.unseen(id)}
		c.Logit, _ = logits.At(r, id)
		c.Probability, _ = p.At(r, id)
		cell.Top = append(cell.Top, c)
	}
	if q.Token >= 0 {
		cell.Logit, _ = logits.At(r, q.Token)
		cell.Chance, cell.Rank = float32(l.Probability(r, q.Token)), l.Rank(r, q.Token)
	}
	cell.Mean, cell.Scale = normed(l.Trace(), r)
	cell.Sum = logSum(p, r)
	return cell
}

// normed returns what the final norm takes off row r, and what it divides it by.
func normed(tr *model.Trace, r int) (mean, scale float32) {
	norm := tr.Find(model.PartNorm, model.OpNorm)
	if norm == nil {
		norm = tr.Find(model.PartNorm, model.OpRMSNorm)
	}
	for _, v := range norm.Inputs {
		switch norm.Info().Role(v.Name) {
		case "mean":
			mean = v.Row(r)[0]
		case "std", "rms":
			scale = v.Row(r)[0]
		}
	}
	return mean, scale
}

// logSum returns the natural logarithm of Σ exp(logit) over row r of what a softmax reads: the largest and the sum, of which it is made,
// are inputs of its own.
func logSum(p *model.Step, r int) (sum float64) {
	for _, v := range p.Inputs {
		switch p.Info().Role(v.Name) {
		case "max":
			sum += float64(v.Row(r)[0])
		case "sum":
			sum += math.Log(float64(v.Row(r)[0]))
		}
	}
	return sum
}

func (e *Engine) attribute(q *Attribute) (*Attribution, error) {
	a, err := lab.Attribute(e.trace, q.Row, q.Token, q.Against)
	if err != nil {
		return nil, err
	}
	if q.Block < 0 {
		return &Attribution{Parts: a.Parts, Logit: a.Logit, Sum: a.Sum()}, nil
	}
	neurons, bias, err := lab.Neurons(e.trace, q.Block, q.Row, q.Token, q.Against)
	if err != nil {
		return nil, err
	}
	of := &Attribution{Neurons: neurons, Sum: bias.Logit}
	if bias.Name != "" {
		of.Parts = []lab.Contribution{bias}
	}
	for _, v := range neurons {
		of.Sum += v
	}
	for _, p := range a.Parts {
		if p.Name == lab.MLPName(q.Block) {
			of.Logit = p.Logit
		}
	}
	return of, nil
}

// A patching is what the engine keeps of one, as long as nothing else is asked for.
type patching struct {
	request int // of the run that is the clean one
	*lab.Patching
}

func (e *Engine) patch(q *Patch) (*Patched, error) {
	if !slices.Contains(lab.Sites(), q.Site) {
		return nil, fault.New("siteUnknown", "there is no site %q", string(q.Site))
	}
	tokens, err := e.tokens(q.Corrupt, nil, q.Form)
	if err != nil || len(tokens) != len(e.last.ids) {
		return &Patched{Tokens: tokens}, err
	}
	p, err := e.patchingOf(q, tokens)
	if err != nil {
		return nil, err
	}
	last := len(tokens) - 1
	a := &Patched{Clean: p.CleanDifference, Corrupt: p.CorruptDifference, Tokens: tokens, Cells: p.Cells(q.Site)}
	a.Token, a.Against = e.candidateOf(p.Clean, p.Token, last), e.candidateOf(p.Clean, p.Against, last)
	a.CleanNext, a.CorruptNext = e.nextOf(p)
	for i := max(q.From, 0); i < min(q.To, a.Cells*p.Corrupt.Model.Config.Blocks); i++ {
		if err := a.add(p, q.Site, i/a.Cells, i%a.Cells); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// add computes the score of cell i of block l.
func (a *Patched) add(p *patching, site lab.Site, l, i int) error {
	step, rows, err := p.Place(site, l, i)
	if err != nil {
		return err
	}
	score, err := p.Score(site, l, i)
	at := Place{step, -1}
	if len(rows) == 1 {
		at.Row = rows[0]
	}
	a.Scores, a.Places = append(a.Scores, score), append(a.Places, at)
	return err
}

// candidateOf describes the token id as the one that follows row of a run that is not the one on the page.
func (e *Engine) candidateOf(tr *model.Trace, id, row int) Candidate {
	c := Candidate{ID: id, Text: e.word(id), Unseen: e.unseen(id)}
	c.Logit, _ = logitsOf(tr).At(row, id)
	c.Probability, _ = probabilitiesOf(tr).At(row, id)
	return c
}

// nextOf returns tokens that follow two texts: the most likely ones of each and both answers, as they are after each text, the most likely
// first.
func (e *Engine) nextOf(p *patching) (clean, corrupt []Candidate) {
	const most = 4
	last := len(p.Clean.IDs()) - 1
	ids := []int{p.Token, p.Against}
	for _, tr := range []*model.Trace{p.Clean, p.Corrupt} {
		for _, id := range logitsOf(tr).Ranked(last, most) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	of := func(tr *model.Trace) (next []Candidate) {
		for _, id := range ids {
			next = append(next, e.candidateOf(tr, id, last))
		}
		slices.SortStableFunc(next, func(a, b Candidate) int { return cmp.Compare(b.Logit, a.Logit) })
		return next
	}
	return of(p.Clean), of(p.Corrupt)
}

// patchingOf returns the patching that is asked for: the one that is kept, or a new one.
func (e *Engine) patchingOf(q *Patch, tokens []Token) (*patching, error) {
	ids := make([]int, len(tokens))
	for i, t := range tokens {
		ids[i] = t.ID
	}
	if p := e.patching; p != nil && p.request == e.last.request && slices.Equal(p.Corrupt.IDs(), ids) && (q.Token < 0 || q.Token == p.Token) && (q.Against < 0 || q.Against == p.Against) {
		return p, nil
	}
	e.patching = nil
	if err := e.roomForTwo(); err != nil {
		return nil, err
	}
	corrupt, err := e.base.Model.Forward(ids)
	if err != nil {
		return nil, err
	}
	token, against := answers(e.base, corrupt, q.Token, q.Against)
	p, err := lab.Patch(e.base, corrupt, token, against)
	if err != nil {
		return nil, err
	}
	e.patching = &patching{e.last.request, p}
	return e.patching, nil
}

// answers returns two tokens, those that are given, or else what the model says to two texts of one length, and if that is the
// same, the second of what it says to the other.
func answers(clean, corrupt *model.Trace, token, against int) (int, int) {
	last := len(clean.IDs()) - 1
	if token < 0 {
		token = logitsOf(clean).Ranked(last, 1)[0]
	}
	for _, id := range logitsOf(corrupt).Ranked(last, 2) {
		if against < 0 && id != token {
			against = id
		}
	}
	return token, max(against, 0)
}

func (e *Engine) headScores(q *Heads) (*HeadScores, error) {
	if q.Half == 0 {
		return &HeadScores{Scores: lab.Heads(e.trace)}, nil
	}
	m := e.base.Model
	if most := m.Config.Context / 2; q.Half < 2 || q.Half > most {
		return nil, fault.New("halfRange", "a text of %d can't be repeated; expected 2 to %d token(s)", q.Half, most)
	}
	half := e.someTokens(q.Half, q.Seed)
	scores, err := lab.Repeated(m, half)
	a := &HeadScores{Scores: scores}
	for _, id := range half {
		a.Half = append(a.Half, TokenText{id, e.word(id)})
	}
	a.Written = e.written(append(half[:len(half):len(half)], half...))
	return a, err
}

// written returns the text of which the tokenizer makes these tokens and no others, but for those that frame it; "" there is none.
func (e *Engine) written(ids []int) string {
	tok, err := e.tokenizer()
	if err != nil {
		return ""
	}
	text, err := tok.Decode(ids)
	if err != nil || !utf8.Valid(text) {
		return ""
	}
	if cut, err := e.idsOf(string(text)); err != nil || !slices.Equal(cut, ids) {
		return ""
	}
	return string(text)
}

// someTokens draws n tokens of those that the model has seen in training and that are text, none of them twice if there are as many.
func (e *Engine) someTokens(n int, seed uint64) []int {
	var seen []int
	for id := range e.base.Model.Config.Vocab {
		if !e.unseen(id) && !e.isControl(id) {
			seen = append(seen, id)
		}
	}
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(seen), func(i, j int) { seen[i], seen[j] = seen[j], seen[i] })
	ids := make([]int, n)
	for i := range ids {
		ids[i] = seen[i%len(seen)]
	}
	return ids
}

func (e *Engine) surprise() *Surprised {
	a := &Surprised{Bits: lab.Surprise(e.trace)}
	a.Loss, a.Perplexity = lab.Loss(a.Bits)
	for t := range e.last.ids {
		if e.edited != nil {
			a.Lost = append(a.Lost, lab.Divergence(e.base, e.edited, t))
		}
	}
	return a
}

// namedInDraws is how many of the likeliest tokens a drawing names.
const namedInDraws = 8

// drawing returns how the next token is drawn, and how often each comes in n draws.
func (e *Engine) drawing(n int) (*Drawing, error) {
	id, err := e.trace.Sample(e.last.sampling) // as it did: if it could not, that is the answer
	if err != nil {
		return nil, err
	}
	last := e.logits().Rows - 1
	named := e.logits().Ranked(last, namedInDraws)
	if !slices.Contains(named, id) {
		named = append(named, id)
	}
	count := lab.Draws(e.trace, e.last.sampling, n)
	a := &Drawing{Drawn: slices.Index(named, id), Random: e.trace.Find(model.PartSample, model.OpRandom).Row(0)[0]}
	for _, id := range named {
		a.Tokens = append(a.Tokens, DrawnToken{e.candidate(id, last), count[id]})
	}
	for _, s := range lab.Stages(e.trace) {
		a.Bars = append(a.Bars, bar(s, named))
	}
	a.Left = a.Bars[len(a.Bars)-1].Left
	for _, t := range a.Tokens {
		if t.Sampled > 0 {
			a.Left--
		}
	}
	return a, nil
}

// bar lays the chances of a stage side by side. Between two named tokens the others come first, then those that are cut.
func bar(s lab.Stage, named []int) Bar {
	b := Bar{Step: s.Step, Setting: s.Setting}
	others, cut := 0.0, 0.0
	between := func() {
		for _, p := range []BarPart{{-1, others}, {-2, cut}} {
			if p.Share > 0 {
				b.Parts = append(b.Parts, p)
			}
		}
		others, cut = 0, 0
	}
	for id, p := range s.Chances {
		gone := s.Cut != nil && s.Cut[id]
		if !gone {
			b.Left++
		}
		switch at := slices.Index(named, id); {
		case gone:
			cut += p
		case at < 0:
			others += p
		default:
			between()
			b.Parts = append(b.Parts, BarPart{at, p})
		}
	}
	between()
	return b
}

// A search is what the engine keeps of one, as long as it goes on: the runs of its texts.
type search struct {
	model          int // as in Engine.models
	texts, answers []string
	*lab.Search
}

// search returns the mean probability of answers with heads switched off.
func (e *Engine) search(q *Search) (*Searched, error) {
	s, err := e.searchOf(q)
	if err != nil {
		return nil, err
	}
	a := &Searched{}
	if a.Chance, err = s.Without(q.Off...); err != nil {
		return nil, err
	}
	for _, head := range s.Heads() {
		if !slices.Contains(q.Off, head) {
			a.Left = append(a.Left, head)
		}
	}
	return a, nil
}

// searchOf returns the search with those texts: the one that is kept, or a new one.
func (e *Engine) searchOf(q *Search) (*search, error) {
	if s := e.searching; s != nil && s.model == e.models && slices.Equal(s.texts, q.Texts) && slices.Equal(s.answers, q.Answers) {
		return s, nil
	}
	e.searching = nil
	var prompts []lab.Prompt
	rows := 0
	for i, text := range q.Texts[:min(len(q.Texts), len(q.Answers))] {
		p, err := e.prompt(text, q.Answers[i])
		if err != nil {
			return nil, fault.New("searchText", "text %d, %.40q: %w", i+1, text, err)
		}
		prompts, rows = append(prompts, p), rows+len(p.IDs)
	}
	if e.Memory != 0 && e.base.Model.Config.Kept(rows) > e.room() {
		return nil, fault.New("searchBeyondMemory", "the texts have %d token(s) in all, and memory can't hold their runs; fewer or shorter texts can be searched", rows)
	}
	found, err := lab.NewSearch(e.base.Model, prompts)
	if err != nil {
		return nil, err
	}
	e.searching = &search{e.models, q.Texts, q.Answers, found}
	return e.searching, nil
}

// prompt returns the ids of a text, and the first token of what should follow it.
func (e *Engine) prompt(text, answer string) (p lab.Prompt, err error) {
	if p.IDs, err = e.idsOf(text); err != nil {
		return p, err
	}
	both, err := e.idsOf(text + e.space() + answer)
	switch {
	case err != nil:
		return p, err
	case len(both) <= len(p.IDs) || !slices.Equal(both[:len(p.IDs)], p.IDs):
		return p, fault.New("searchAnswer", "the answer %.40q does not begin with a token of its own", answer)
	}
	p.Answer = both[len(p.IDs)]
	return p, nil
}

// idsOfAll returns the tokens of each text, of which none may be empty.
func (e *Engine) idsOfAll(texts []string) (all [][]int, err error) {
	for i, text := range texts {
		ids, err := e.idsOf(text)
		if err == nil && len(ids) == 0 {
			err = fault.New("searchEmpty", "one of the texts is empty")
		}
		if err != nil {
			return nil, fault.New("searchText", "text %d, %.40q: %w", i+1, text, err)
		}
		all = append(all, ids)
	}
	return all, nil
}

// idsOf returns the tokens of a text, as it would be run.
func (e *Engine) idsOf(text string) (ids []int, err error) {
	tokens, err := e.tokens(text, nil, FormBare)
	for _, t := range tokens {
		ids = append(ids, t.ID)
	}
	return ids, err
}

// space returns what stands between two words of the model.
func (e *Engine) space() string {
	if e.words == "letters" {
		return ""
	}
	return " "
}
