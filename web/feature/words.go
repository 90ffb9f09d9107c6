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
	u.learn(words)
}
