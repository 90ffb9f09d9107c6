package engine

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"
	"unicode/utf8"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/model/lab"
)

// Lab asks what is behind the run that the page shows. Exactly one of the pointers is set. Rows count the tokens of the text.
type Lab struct {
	Lens      *Lens
	Attribute *Attribute
	Patch     *Patch
	Heads     *Heads
	Surprise  *Surprise
	Search    *Search
	Texts     *Texts
	Draws     *Draws
	Cost      *Cost
}

// Draws asks for what leads to the draw of the next token, and how often each token comes in N draws.
type Draws struct{ N int }

// Cost asks what each step of the run costs, and has the run computed anew, without anything that is kept of it, up to row Anew: to
// be asked for piece by piece, so that nobody waits long for an answer.
type Cost struct{ Anew int }

// Texts asks for the ids of texts, each as it would be run by itself.
type Texts struct{ Texts []string }

// Search asks for the mean probability of the answers to some texts, with heads switched off: the first token of each answer decides,
// with a space before it if the text is of words.
type Search struct {
	Texts, Answers []string // as many
	Off            []string // heads: "h.1.attn.head.2"
}

// Lens asks for what the model would say after the tokens Row … To−1 at step Step … Last−1 of its residual stream.
type Lens struct {
	Step, Last int
	Row, To    int
	Top        int // how many tokens of each
	Token      int // of which chance and rank are wanted; −1: none
}

// Attribute asks for what each part of the network adds to the logit of a token, or to the difference of two.
type Attribute struct {
	Row     int
	Token   int
	Against int // −1: none
	Block   int // whose neurons are asked for instead; −1: all parts
}

// Patch asks for the scores of cells From … To−1 of a site, those of the first block first. The text that has run is the clean one.
type Patch struct {
	Corrupt  string // the text that is patched; it should have as many tokens
	Form     string // in which it is read, as in Run
	Token    int    // the answer to the clean text; −1: what the model says to it
	Against  int    // the other answer; −1: what it says to the corrupt text
	Site     lab.Site
	From, To int
}

// Heads asks for the scores of all heads, on a text of Half random tokens twice, or, if it is 0, on the text that has run.
type Heads struct {
	Half int
	Seed uint64
}

// Surprise asks how many bits each token of the text holds, and, of a run with edits, how many are lost after each.
type Surprise struct{}

// LabAnswer answers a Lab.
type LabAnswer struct {
	Lens      *Lenses
	Attribute *Attribution
	Patch     *Patched
	Heads     *HeadScores
	Surprise  *Surprised
	Search    *Searched
	IDs       [][]int // of Texts
	Draws     *Drawing
	Cost      *Costs
}

// Drawing is how the next token is drawn.
type Drawing struct {
	Tokens []DrawnToken // the likeliest ones by the model, and the one that is drawn
	Drawn  int          // which of them that is
	Left   int          // how many others can be drawn
	Random float32      // the random number of the draw
	Bars   []Bar        // on the way to it
}

// A DrawnToken is a token and how often it came.
type DrawnToken struct {
	Candidate
	Count int
}

// A Bar shows the chances of all tokens side by side, in the order of their ids, as they are behind a step.
type Bar struct {
	Step    string
	Setting float32 // the temperature or limit of the step; 0: it has none
	Left    int     // how many tokens are not cut
	Parts   []BarPart
}

// A BarPart is the chance of a token, or of several that stand side by side.
type BarPart struct {
	Token int // which of Drawing.Tokens; others are −1, those that are cut −2
	Share float64
}

// Costs are what the steps of the network cost, in their order: for the last token alone, with the keys and values that are kept of
// those before, and for all tokens. They have times, those of a run without edits, once all rows have been computed anew.
type Costs struct {
	Last, All []model.StepCost
	Keeps     bool // rows before can be kept at all; not in a run in which tokens look ahead
	Anew      int  // so many rows were computed anew
	Same      Same // once all were
}

// Same says how many of the logits of the last token are the same bit for bit, kept and computed anew.
type Same struct{ Equal, Of int }

// Searched is the mean probability of the answers, and the heads that are not switched off.
type Searched struct {
	Chance float64
	Left   []string
}

// Lenses are what the model would say: Cells of the first step, one for each row, then those of the next.
type Lenses struct {
	Streams []string // the names of all steps of the stream
	Cells   []LensCell
}

// A LensCell is what the model would say in one place, and by which numbers it comes to that.
type LensCell struct {
	Top    []Candidate // the most likely first; Sampled is 0
	Logit  float32     // of the token that was asked for
	Chance float32     // of it
	Rank   int         // how many are more likely than it
	Mean   float32     // of the row of the stream; 0 of one that is scaled by its root mean square
	Scale  float32     // the standard deviation of the row, or its root mean square: what the final norm divides by
	Sum    float64     // the natural logarithm of Σ exp(logit): exp(Logit − Sum) is the chance
}

// Attribution is what each part adds. Neurons are those of a block, if they were asked for: then Parts is the bias behind them.
type Attribution struct {
	Parts   []lab.Contribution
	Neurons []float64
	Logit   float64 // what they sum to
	Sum     float64 // what the numbers here sum to
}

// Patched is what patching begins with, and scores. If the texts are not of one length, it has only Tokens.
type Patched struct {
	Token, Against Candidate   // as they are after the clean text
	Clean, Corrupt float64     // the difference of their logits
	CleanNext      []Candidate // what may follow the clean text, the most likely first, with both answers; Sampled is 0
	CorruptNext    []Candidate // the same tokens after the corrupt text
	Tokens         []Token     // of the corrupt text
	Cells          int         // that a block has of the site; 0: the texts are not of one length
	Scores         []float64
	Places         []Place // of which each score is
}

// A Place is where rows of one run are put into another: at a step, the row of a token, or −1, all rows.
type Place struct {
	Step string
	Row  int
}

// HeadScores are those of all heads, and the tokens that were repeated.
type HeadScores struct {
	Half    []TokenText
	Written string // the text of which the tokenizer makes these tokens, twice; "" there is none
	Scores  []lab.HeadScore
}

// Surprised is how many bits each token but the first holds.
type Surprised struct {
	Bits             []float64
	Loss, Perplexity float64
	Lost             []float64 // of a run with edits: how many bits of what the model said are lost by them, after each token
}

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

// A renewal is a run that is computed anew, as long as it goes on.
type renewal struct {
	request int // of the run that it repeats
	trace   *model.Trace
	all     timings // of all rows
	last    timings // of the last one, with the others kept
}

// timings are how long the steps took, each time that they were measured.
type timings [][]time.Duration

// add adds what the steps took to the last time, or to a new one.
func (m *timings) add(costs []model.StepCost, again bool) {
	if again || len(*m) == 0 {
		*m = append(*m, make([]time.Duration, len(costs)))
	}
	for i, c := range costs {
		(*m)[len(*m)-1][i] += c.Time
	}
}

// heldUp is how much longer than usual a step may take before something else is taken to have been done meanwhile: a few ticks
// of a browser's clock.
const heldUp = 300 * time.Microsecond

// mean returns the mean of each step, without the times when it was held up.
func (m timings) mean() []time.Duration {
	mean := make([]time.Duration, len(m[0]))
	for i := range mean {
		var list []time.Duration
		for _, times := range m {
			list = append(list, times[i])
		}
		slices.Sort(list)
		most, n := 4*list[(len(list)-1)/2]+heldUp, 0
		for n < len(list) && list[n] <= most {
			mean[i], n = mean[i]+list[n], n+1
		}
		mean[i] /= time.Duration(n)
	}
	return mean
}

// cost says what the steps cost, and goes on with computing them anew.
func (e *Engine) cost(q *Cost) (*Costs, error) {
	T := len(e.last.ids)
	a := &Costs{Last: e.trace.Costs(T-1, T), All: e.trace.Costs(0, T), Keeps: !e.trace.LooksAhead()}
	if !a.Keeps {
		a.Last = e.trace.Costs(0, T)
	}
	if q.Anew == 0 {
		return a, nil
	}
	r, err := e.renew(min(q.Anew, T))
	if err != nil {
		return nil, err
	}
	if a.Anew = min(q.Anew, T); a.Anew < T {
		return a, nil
	}
	if !a.Keeps {
		r.last = r.all
	}
	all, last := r.all.mean(), r.last.mean()
	for i := range a.All {
		a.All[i].Time, a.Last[i].Time = all[i], last[i]
	}
	a.Same, err = e.same(r.trace)
	return a, err
}

// renew computes rows anew up to row to. When it comes to the last one, it also measures that alone.
func (e *Engine) renew(to int) (*renewal, error) {
	r := e.renewal
	if r == nil || r.request != e.last.request || len(r.trace.IDs()) >= to {
		if e.Memory != 0 && 2*e.base.Model.Config.Kept(len(e.last.ids)) > e.room() {
			return nil, fault.New("costBeyondMemory", "a text that is computed anew takes as much memory again, and there is no room for both; a shorter text leaves more")
		}
		r = &renewal{request: e.last.request, trace: model.NewTrace(e.base.Model)}
		start := time.Now()
		r.trace.Clock = func() time.Duration { return time.Since(start) }
	}
	e.renewal = r
	ids := e.last.ids
	whole := len(r.trace.IDs()) == 0 && to == len(ids)
	if err := r.measure(&r.all, ids[:to], to == len(ids), false); err != nil || to < len(ids) {
		return r, err
	}
	e.renewal = nil
	return r, r.repeat(ids, whole)
}

// measure computes the rows of a text that are missing, and adds what its steps took to m; last: they include those of the last row.
func (r *renewal) measure(m *timings, ids []int, last, again bool) error {
	if err := r.trace.Run(ids); err != nil {
		return err
	}
	if last {
		probabilitiesOf(r.trace).Row(len(ids) - 1) // which is made when asked, and the logits with it
	}
	m.add(r.trace.Costs(0, 0), again)
	return nil
}

// measuring is how long a short run is measured, again and again, for the clock of a browser counts no single step of it; and
// fewRepeats how often at least, so that one that was held up is left out of the means.
const measuring, fewRepeats, mostRepeats = 200 * time.Millisecond, 5, 200

// repeat measures the last row with the others kept, and, of a text that was computed in one piece, all rows, until that has
// taken some time.
func (r *renewal) repeat(ids []int, whole bool) error {
	start := r.trace.Clock()
	for n := range mostRepeats {
		if err := r.trace.Run(ids[:len(ids)-1]); err != nil {
			return err
		}
		if err := r.measure(&r.last, ids, true, true); err != nil {
			return err
		}
		if r.trace.Clock()-start > measuring && (n+1 >= fewRepeats || !whole) {
			break
		}
		if !whole {
			continue
		}
		if err := r.trace.Run(nil); err != nil {
			return err
		}
		if err := r.measure(&r.all, ids, true, true); err != nil {
			return err
		}
	}
	return nil
}

// same compares the logits of the last token with those of a run that was computed anew, and in which the edits are made then.
func (e *Engine) same(anew *model.Trace) (s Same, err error) {
	if e.trace != e.base {
		if anew, err = anew.Edited(e.trace.Edits()); err != nil {
			return s, err
		}
	}
	last := len(e.last.ids) - 1
	kept, made := logitsOf(e.trace).Row(last), logitsOf(anew).Row(last)
	for i, v := range kept {
		if math.Float32bits(v) == math.Float32bits(made[i]) {
			s.Equal++
		}
	}
	s.Of = len(kept)
	return s, nil
}
