package engine

import (
	"fmt"
	"slices"

	"glassbox/model"
	"glassbox/tokenizer"
)

// shortVocabulary is the largest V of which all tokens are listed as candidates.
const shortVocabulary = 64

// run computes the trace of a text and draws the token that follows. If it fails, the trace
// of the last run is restored.
func (e *Engine) run(id int, r *Run) (*Ran, error) {
	if e.trace == nil {
		return nil, errNoModel
	}
	e.renewal = nil
	set := r.Sampling
	set.Draw = len(r.Generated)
	if err := set.Validate(); err != nil {
		return nil, err
	}
	tokens, err := e.tokens(r.Text, r.Generated, r.Form)
	if err != nil {
		return nil, err
	}
	ids := make([]int, len(tokens))
	for i, t := range tokens {
		ids[i] = t.ID
		tokens[i].Unseen = e.unseen(t.ID)
	}
	if err := e.checkMemory(len(ids)); err != nil {
		return nil, err
	}
	if err := e.base.Run(ids); err != nil {
		return nil, err
	}
	made, edits := e.edit(r.Edits, r.Show)
	beside, off := e.besideOf(r.Show)
	fresh := !slices.Equal(made, e.last.edits) || r.Show != e.last.show || beside != e.last.beside
	if fresh || e.trace.LooksAhead() { // the numbers of the same tokens are others
		e.last.sent, e.last.order = nil, nil
	}
	ran := &Ran{Edits: edits, Tokens: tokens, Computed: len(ids) - commonPrefix(ids, e.last.ids)}
	if len(ids) > 0 {
		next, err := e.sample(set)
		if err != nil {
			e.restore()
			return nil, err
		}
		ran.Candidates, ran.Next = e.candidates(next, r.Top)
		ran.Ends = e.ends(next)
		ran.Compared = e.compare(ran.Candidates)
	}
	if err := e.report(ran, r, ids, fresh); err != nil {
		e.restore()
		return nil, err
	}
	ran.Holds = e.holds()
	e.last = lastRun{request: id, text: r.Text, ids: ids, sampling: set, edits: made, show: r.Show, sent: e.last.sent, changed: e.last.changed,
		beside: beside, off: off}
	return ran, nil
}

// tokens returns the tokens of the text, then the generated ones.
func (e *Engine) tokens(text string, generated []int, form string) (tokens []Token, err error) {
	switch {
	case len(text)+len(generated) == 0:
		return nil, nil
	case e.words == "own":
		if tokens, err = e.own.tokens(text, form); err != nil {
			return nil, err
		}
	case text != "":
		tok, err := e.tokenizer()
		if err != nil {
			return nil, err
		}
		pieces, err := tok.Encode(text)
		if err != nil {
			return nil, err
		}
		if tokens = visibleTokens(text, pieces); e.words == "numbers" {
			for i := range tokens {
				tokens[i].Text = e.word(tokens[i].ID)
			}
		}
	}
	for _, id := range generated {
		tokens = append(tokens, Token{ID: id, Start: len(text), End: len(text), Text: e.word(id), Generated: true, Control: e.isControl(id)})
	}
	return tokens, nil
}

// visibleTokens returns the tokens of text with the form in which each is shown.
func visibleTokens(text string, pieces []tokenizer.Token) []Token {
	tokens := make([]Token, len(pieces))
	for i, p := range pieces {
		tokens[i] = Token{ID: p.ID, Start: p.Start, End: p.End, Text: tokenizer.Visible([]byte(text[p.Start:p.End]))}
	}
	return tokens
}

// word returns how a token of the model is shown: as its number, if its text is not known.
func (e *Engine) word(id int) string {
	if tok, err := e.tokenizer(); err == nil {
		if piece, ok := tok.Piece(id); ok && len(piece) > 0 { // an id that a table leaves out stands for nothing
			return tokenizer.Visible(piece)
		}
	}
	return fmt.Sprintf("#%d", id)
}

// isControl reports whether a token is no text, by the tokenizer that the model brings.
func (e *Engine) isControl(id int) bool {
	return e.words == "own" && id < e.own.Encoding.Vocab() && e.own.Encoding.KindOf(id) == tokenizer.Control
}

// ends reports whether a model stops with that token: the text ends, or its turn does.
func (e *Engine) ends(id int) bool {
	if slices.Contains(e.stops, id) {
		return true
	}
	switch e.words {
	case "own":
		return e.own.Specials.Stops(id)
	case "gpt2":
		return e.gpt2 != nil && id == e.gpt2.EndOfTextID()
	}
	return false
}

// unseen reports whether the model has never met a token in training.
func (e *Engine) unseen(id int) bool {
	return id >= 0 && id < e.trace.Model.Config.Vocab && e.trace.Model.Unseen(id)
}

// commonPrefix returns the length of the longest prefix that two lists of ids share.
func commonPrefix(a, b []int) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// logits returns the step that makes them.
func (e *Engine) logits() *model.Step { return e.trace.Find(model.PartOutput, model.OpUnembed) }

// probabilities returns the step that makes them, before sampling.
func (e *Engine) probabilities() *model.Step {
	return e.trace.Find(model.PartSoftmax, model.OpSoftmax)
}

// candidates returns the most likely next tokens, best first, equal ones by id, and the
// one that was drawn.
func (e *Engine) candidates(next, top int) (best []Candidate, drawn Candidate) {
	V := e.trace.Model.Config.Vocab
	if V <= shortVocabulary {
		top = V
	}
	last := e.logits().Rows - 1
	for _, id := range e.logits().Ranked(last, top) {
		best = append(best, e.candidate(id, last))
	}
	return best, e.candidate(next, last)
}

// candidate describes the token id as the one that follows row.
func (e *Engine) candidate(id, row int) Candidate {
	c := Candidate{ID: id, Text: e.word(id), Unseen: e.unseen(id)}
	c.Logit, _ = e.logits().At(row, id)
	c.Probability, _ = e.probabilities().At(row, id)
	c.Sampled, _ = e.trace.Find(model.PartSample, model.OpShare).At(0, id)
	return c
}

// report adds to ran the steps, and the values that the page does not have yet; fresh: it has none, for edits have changed.
func (e *Engine) report(ran *Ran, r *Run, ids []int, fresh bool) error {
	steps := slices.Concat(e.trace.Steps, e.trace.Drawn)
	want := r.Want
	for _, s := range steps {
		ran.Steps = append(ran.Steps, s.Info())
		if r.Want == nil && s.Rows <= longAxis && s.Cols <= longAxis {
			want = append(want, s.Name)
		}
	}
	sent := map[string]bool{}
	for _, name := range want {
		t := e.trace.Tensor(name)
		if t == nil {
			return noTensor(name)
		}
		from := 0
		if e.last.sent[name] && e.last.request == r.Since && r.Since != 0 {
			from = e.unchangedRows(name, t, ids)
		}
		if from == 0 || from < t.Rows {
			ran.Values = append(ran.Values, e.shown(t, from, t.Rows, 0, t.Cols, r.Show))
		}
		sent[name] = true
	}
	if fresh {
		for _, t := range e.changedWeights(r.Show) {
			ran.Values = append(ran.Values, e.shown(t, 0, t.Rows, 0, t.Cols, r.Show))
		}
	}
	e.last.sent = sent
	return nil
}

// unchangedRows returns how many rows of a tensor the page has from the last run: all rows of
// a weight, and those of the last run's tokens if the text only grew.
func (e *Engine) unchangedRows(name string, t *model.Tensor, ids []int) int {
	s := e.trace.Step(name)
	grown := len(e.last.ids) < len(ids)
	switch {
	case s == nil:
		return t.Rows
	case slices.Contains(e.trace.Drawn, s), commonPrefix(ids, e.last.ids) < len(e.last.ids), t.Causal && grown:
		return 0
	}
	return len(e.last.ids)
}
