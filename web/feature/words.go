package feature

import "glassbox/web/engine"

// Ranks reports whether the vocabulary is too long for the list of candidates.
func (s State) Ranks() bool { return s.Config.Vocab > mostListed }

// mostListed is the largest vocabulary that is listed whole.
const mostListed = 64

// learn remembers how words of the vocabulary are shown.
func (u *Change) learn(words []engine.TokenText) { u.Run = u.WithWords(words) }

// learnRan remembers the words that a reply says anyhow.
func (u *Change) learnRan(r engine.Reply) {
	if r.Beside {
		return // they may be of another vocabulary
	}
	u.learn(r.Words)
	var words []engine.TokenText
	add := func(c engine.Candidate) { words = append(words, engine.TokenText{ID: c.ID, Text: c.Text}) }
	if r.Ran != nil && u.Ranks() {
		for _, c := range r.Ran.Candidates {
			add(c)
		}
	}
	if r.Ranking != nil {
		for _, c := range append(r.Ranking.Rows[:len(r.Ranking.Rows):len(r.Ranking.Rows)], r.Ranking.Found...) {
			add(c.Candidate)
		}
	}
	if r.Lab != nil && r.Lab.Lens != nil && u.Ranks() {
		for _, cell := range r.Lab.Lens.Cells {
			for _, c := range cell.Top {
				add(c)
			}
		}
	}
	u.learn(words)
}

// GPT2Vocab is V of GPT-2; more is padding, which stands for no text.
const GPT2Vocab = 50257

// ReadsGPT2 reports whether the ids of the model are those of GPT-2's tokens.
func (s State) ReadsGPT2() bool {
	c := s.Choice()
	if c.Source != nil {
		return c.Source.Words == "gpt2"
	}
	return c.Config.Vocab == GPT2Vocab
}

// ReadsOwn reports whether the ids of the model are those of the tokenizer that its files bring.
func (s State) ReadsOwn() bool {
	source := s.Choice().Source
	return source != nil && source.Words == "own"
}

// tableLoaded goes on once the table is there.
func (u *Change) tableLoaded(r engine.Reply) {
	switch {
	case r.Error == "":
		if u.gpt2 = true; u.ReadsGPT2() {
			u.Compute()
		}
	case u.Tokens == nil && u.ReadsGPT2():
		u.Stop()
		u.TextError = r.Error
	}
}

// NeedTable reports whether the table of GPT-2's tokenizer is in the engine. If not, the page fetches it, and
// what becomes of that comes to the Replied of each feature, for ForTable.
func (u *Change) NeedTable() bool {
	u.loadTable()
	return u.gpt2
}

// awaitsTable reports whether the model reads GPT-2 tokens and their table is not there
// yet, and asks for it.
func (u *Change) awaitsTable() bool {
	return u.ReadsGPT2() && !u.NeedTable()
}

// loadTable asks for the table of GPT-2's tokenizer, unless it is here or on its way.
func (u *Change) loadTable() {
	if !u.gpt2 && !u.Waits(ForTable) {
		u.Reserve(ForTable)
		u.Do(LoadTable{u.Request(ForTable)})
	}
}
