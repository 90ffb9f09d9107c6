package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
)

// What the reader does with the table of all tokens by rank.
type (
	// RankingMoved turns the table to the page that holds a rank, counted from 1; 0 closes it.
	RankingMoved struct{ Rank int }
	// TokenSought looks for a token: by its text, with or without the space before it, or by
	// its id.
	TokenSought struct{ Find string }
)

// Ranked is a row of the table.
type Ranked = engine.Ranked

// RankingRows is how many ranks the table shows at once.
const RankingRows = 10

// mostFind is the longest text that is looked for, in bytes: no token is longer.
const mostFind = 200

// Ranks reports whether the vocabulary is too long for the list of candidates, so that
// there is a table of all tokens.
func (s State) Ranks() bool { return s.Config.Vocab > mostListed }

// mostListed is the largest vocabulary that is listed whole, without a table.
const mostListed = 64

// A rankQuery is what decides which ranks have to be here.
type rankQuery struct {
	run, rank int
	find      string
}

// turnRanking opens the table at a rank, counted from 1, or closes it.
func (u *Change) turnRanking(rank int) {
	if rank = min(rank, u.Config.Vocab); rank <= 0 || !u.Ranks() {
		u.Rank, u.Find, u.Ranking = 0, "", nil
		return
	}
	u.Rank = (rank-1)/RankingRows*RankingRows + 1
}

// seek looks for a token, in the table, which opens for it.
func (u *Change) seek(find string) {
	find = Valid(find)
	if len(find) > mostFind {
		find = Valid(find[:mostFind])
	}
	if u.Find = find; u.Rank == 0 {
		u.turnRanking(1)
	}
}

// fetchRanking asks for the ranks that the table shows, and for what is looked for, if they are
// not those of the last run.
func (u *Change) fetchRanking() {
	want := rankQuery{u.Applied, u.Rank, u.Find}
	switch {
	case u.Rank == 0 || u.Phase != Ready || u.Opening != nil || u.Applied == 0 || u.Waits(ForRun) || u.Waits(ForRanking):
		return
	case len(u.Tokens) == 0:
		u.Ranking = nil
		return
	case u.sought == want:
		return
	}
	u.sought = want
	u.Ask(ForRanking, engine.Request{Rank: &engine.Rank{From: u.Rank - 1, To: u.Rank - 1 + RankingRows, Find: u.Find}})
}

// applyRanking takes over an answer. What it does not say, such as after an error, stays.
func (u *Change) applyRanking(r engine.Reply) {
	if r.Ranking != nil && u.Rank != 0 {
		u.Ranking = r.Ranking
	}
}

// DroppedBy says why a token can't be drawn; "" it can.
func (s State) DroppedBy(r Ranked) string {
	switch {
	case r.Dropped == "":
		return ""
	case s.Sampling.Temperature == 0:
		return "dropped"
	case r.Dropped == model.OpTopK:
		return "top-k drops it"
	}
	return "top-p drops it"
}

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
