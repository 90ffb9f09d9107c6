package ranking_test

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/ranking"
	"glassbox/web/run"
	"glassbox/web/view"
)

// vocabulary is a state with a long vocabulary, of which a page of ranks is here.
func vocabulary() *feature.State {
	row := func(rank, id int, text string, dropped model.Op) engine.Ranked {
		return engine.Ranked{Rank: rank, Dropped: dropped, Cumulative: 0.5,
			Candidate: engine.Candidate{ID: id, Text: text, Logit: 1.5, Probability: 0.00002}}
	}
	c := model.Config{Vocab: 50257, Context: 16, Width: 8, Heads: 2, Blocks: 1}
	steps, _ := model.Outline(c, 2)
	state := app.New(nil)
	s := &state
	s.Run = run.Run{Config: c, Tokens: []engine.Token{{ID: 2437, Text: "How"}, {ID: 4331, Text: "·predict", Unseen: true}}}.WithSteps(steps)
	s.Phase, s.Problem, s.Sampling = feature.Ready, nil, run.Sampling{Temperature: 1, TopK: 40}
	ranking.Put(s, ranking.State{Rank: 1231, Find: "ball", Page: &engine.Ranking{Total: 50257, From: 1230, Matches: 37,
		Rows:  []engine.Ranked{row(1230, 2613, "·ball", model.OpTopK), row(1231, 160, "<0xE6>", "")},
		Found: []engine.Ranked{row(1230, 2613, "·ball", model.OpTopK), row(30000, 1894, "ball", model.OpTopK)}}})
	return s
}

func TestTheTableOfRanksSaysWhereATokenStands(t *testing.T) {
	page := apptest.Draw(t, &view.Root{Screen: feature.Screen{State: vocabulary()}})
	for _, want := range []string{
		"All 50,257 tokens by rank", "·ball has rank 1,231 of 50,257. 36 other tokens match, the best 1 of them below.",
		"ranks 1,231–1,232 of 50,257 after ·predict", "cut by top-k", `aria-label="Token &lt;0xE6&gt;, 1,232 by rank, id 160"`,
		"never seen by the model", "This token was not in its training: ·predict",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	s := vocabulary()
	ranking.Put(s, ranking.State{Rank: 1231, Find: "xqz", Page: &engine.Ranking{Total: 50257}})
	if page := apptest.Draw(t, &view.Root{Screen: feature.Screen{State: s}}); !strings.Contains(page, "No token holds “xqz”") {
		t.Error("of a search that finds nothing, nothing is said")
	}
	ranking.Put(s, ranking.State{})
	s.Config.Vocab = 3
	if strings.Contains(apptest.Draw(t, &view.Root{Screen: feature.Screen{State: s}}), "by rank") {
		t.Error("three letters have a table of ranks")
	}
}

func TestTheRanksAreTurnedByKeysAndButtons(t *testing.T) {
	var sent []feature.Msg
	c := &ranking.Table{Screen: &feature.Screen{State: vocabulary(), OnMsg: func(m feature.Msg) { sent = append(sent, m) }}}
	c.Turn(1)
	c.Turn(-1)
	c.First()
	c.Last()
	c.Jump(1)
	c.Choose(c.Rows()[0])
	want := []int{1241, 1221, 1, 50257, 30001}
	for i, rank := range want {
		if m, ok := sent[i].(ranking.Moved); !ok || m.Rank != rank {
			t.Errorf("message %d is %v; expected rank %d", i, sent[i], rank)
		}
	}
	if m := sent[5].(feature.CellChosen); m.Cell == nil || *m.Cell != (run.Cell{Name: "probabilities", Row: 1, Col: 2613}) {
		t.Errorf("a token chooses %v", m.Cell)
	}
}
