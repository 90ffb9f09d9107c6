package model

import (
	"slices"

	"glassbox/model/fault"
)

// A Sharing says which tokens of a vocabulary have a row of the token embedding in common.
//
// A corpus of few words teaches nothing about most of GPT-2's 50257 tokens. Those that it
// never holds share one row: V tokens, but only D rows that differ. Tokens of one row have
// one logit and one probability too, so that D dot products give all V logits, and the
// softmax over V is a sum over D, each term taken as often as the row has tokens:
//
//	Σ_v exp(logit[v] − max)  =  Σ_d count[d]·exp(logit[d] − max)
//
// A file of safetensors has the rows in wte.index, one of GGUF in the list glassbox.rows of its metadata.
//
// A nil *Sharing is that of an ordinary model: each token has a row of its own.
type Sharing struct {
	rows   []int32   // of each token (V): its row, 0 to D−1
	count  []float32 // of each row (D): how many tokens have it; whole numbers, below 2²⁰ and so exact
	start  []int32   // of each row (D): where its tokens begin in tokens
	tokens []int32   // all tokens (V), row by row, those of one row by id
	place  []int32   // of each token (V): how many tokens of its row come before it
}

// newSharing returns the sharing in which token id has row rows[id]. Every row from 0 to
// distinct−1 must have a token.
func newSharing(rows []int, distinct int) (*Sharing, error) {
	s := &Sharing{
		rows: make([]int32, len(rows)), count: make([]float32, distinct), start: make([]int32, distinct),
		tokens: make([]int32, len(rows)), place: make([]int32, len(rows)),
	}
	for id, row := range rows {
		if row < 0 || row >= distinct {
			return nil, fault.New("rowOutOfRange", "token %d has row %d; expected 0 to %d", id, row, distinct-1)
		}
		s.rows[id] = int32(row)
		s.place[id] = int32(s.count[row])
		s.count[row]++
	}
	if row := slices.Index(s.count, 0); row >= 0 {
		return nil, fault.New("rowUnused", "row %d belongs to no token; expected one at least", row)
	}
	for row := range distinct - 1 {
		s.start[row+1] = s.start[row] + int32(s.count[row])
	}
	for id, row := range s.rows {
		s.tokens[s.start[row]+s.place[id]] = int32(id)
	}
	return s, nil
}

// Row returns the row of token id.
func (s *Sharing) Row(id int) int {
	if s == nil {
		return id
	}
	return int(s.rows[id])
}

// Count returns how many tokens have that row.
func (s *Sharing) Count(row int) int {
	if s == nil {
		return 1
	}
	return int(s.count[row])
}

// Token returns the n-th token of a row, counted from 0 in the order of the ids.
func (s *Sharing) Token(row, n int) int {
	if s == nil {
		return row
	}
	return int(s.tokens[int(s.start[row])+n])
}

// before returns how many tokens of the row of token id come before it.
func (s *Sharing) before(id int) int {
	if s == nil {
		return 0
	}
	return int(s.place[id])
}

// Share returns a model of len(rows) tokens in which token id has row rows[id] of the
// compact model, whose vocabulary are the rows. It holds the compact model's weights, not
// a copy of them. The weights must be tied, and each row must have a token.
func Share(compact *Model, rows []int) (*Model, error) {
	c := compact.Config
	if c.Distinct != 0 {
		return nil, fault.New("sharedAlready", "the tokens of the model share rows already; expected a compact one")
	}
	c.Vocab, c.Distinct = len(rows), c.Vocab
	m, err := Skeleton(c)
	if err != nil {
		return nil, err
	}
	sharing, err := newSharing(rows, c.Distinct)
	if err != nil {
		return nil, err
	}
	from := compact.Parameters()
	for i, p := range m.Parameters() {
		p.data, p.packed = from[i].data, from[i].packed
	}
	m.share(sharing)
	return m, nil
}

// ShareRows makes token id have row rows[id] of the token embedding, which holds the D rows of the configuration. Each of
// them must have a token.
func (m *Model) ShareRows(rows []int) error {
	s, err := newSharing(rows, m.Config.Distinct)
	if err == nil {
		m.share(s)
	}
	return err
}

// share makes s the sharing of the model's tokens.
func (m *Model) share(s *Sharing) { m.Sharing, m.WTE.rows = s, s }

// Expanded returns the same model with a row of its own for every token, in the shape of
// the published checkpoints. The weights but for the token embedding are those of m, not
// copies; an ordinary model is returned as it is.
func (m *Model) Expanded() *Model {
	if m.Sharing == nil {
		return m
	}
	gpt2, wte := *m.GPT2, *m.WTE
	wte.rows, wte.packed, wte.data = nil, nil, make([]float32, 0, wte.Rows*wte.Cols)
	for id := range wte.Rows {
		wte.data = append(wte.data, m.WTE.Row(id)...)
	}
	gpt2.WTE, gpt2.LMHead = &wte, &wte
	return &Model{Config: m.Config.Expanded(), GPT2: &gpt2, network: &gpt2}
}

// Unseen reports whether a token has no row of its own: it shares one with others, since
// none of them occurred in training.
func (m *Model) Unseen(id int) bool { return m.Sharing.Count(m.Sharing.Row(id)) > 1 }
