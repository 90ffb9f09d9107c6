// Package ranking is the feature that lists all tokens of a long vocabulary by rank, and finds one.
package ranking

import (
	"math/rand/v2"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Moved turns the table to the page that holds a rank, counted from 1; 0 closes it. What the
// reader looks for in it comes as feature.TokenSought.
type Moved struct{ Rank int }

// State is the table of all tokens by rank.
type State struct {
	Rank int             // the table begins at this one, counted from 1; 0: it is closed
	Find string          // what is looked for in it
	Page *engine.Ranking // what it shows; nil: not here yet

	sought query // what was asked for last
}

// A query is what decides which ranks have to be here.
type query struct {
	run, rank int
	find      string
}

var memory = feature.MemoryOf[State]("ranking")

// Of returns the table of a state.
func Of(s *feature.State) State { return memory.Get(s) }

// forRanks is what the engine is asked for.
const forRanks feature.Purpose = "ranking"

// Rows is how many ranks the table shows at once.
const Rows = 10

// mostFind is the longest text that is looked for, in bytes: no token is longer.
const mostFind = 200

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       "ranking",
		Handle:     handle,
		Settle:     func(u *feature.Change) { fetch(u); fetchTop(u) },
		Forget:     func(s *feature.State) { memory.Set(s, State{}); tops.Set(s, top{}) },
		Replied:    answer,
		Properties: properties(),
		Link: func(s *feature.State, put func(property, value string)) {
			put("rank", strconv.Itoa(Of(s).Rank))
			put("find", Of(s).Find)
		},
		Follow: follow,
		Lacks:  lacks,
		Components: []feature.Component{
			{Slot: feature.SlotInspector, Order: 116, When: belongs, Build: func(c *feature.Screen) vugu.Builder { return &Table{Screen: c} }},
			{Slot: feature.SlotScene, Order: 45, When: hasTop, Build: func(c *feature.Screen) vugu.Builder { return &Top{Screen: c} }},
		},
		Random: random,
	}
}

// belongs reports whether the table has its place below the most likely tokens.
func belongs(c *feature.Screen) bool { return view.Predicts(c) && c.State.Ranks() }

func properties() address.Table {
	return address.Table{
		{Name: "rank", Type: "whole number", Default: "0", Allowed: say.Ranking.RankValues(strconv.Itoa(run.MostTopK)), Doc: say.Ranking.RankDoc(),
			Check: address.Whole(run.MostTopK), Reveals: "ranking"},
		{Name: "find", Type: "text", Reveals: "ranking", Allowed: say.Ranking.FindValues(), Doc: say.Ranking.FindDoc()},
	}
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	return []feature.Msg{Moved{r.IntN(40) - 2}, feature.TokenSought{Find: []string{"", "A", " ball", "7"}[r.IntN(4)]}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Moved:
		turn(u, m.Rank)
	case feature.TokenSought:
		seek(u, m.Find)
	default:
		return false
	}
	return true
}

// turn opens the table at a rank, counted from 1, or closes it.
func turn(u *feature.Change, rank int) {
	memory.Change(&u.State, func(t *State) {
		if rank = min(rank, u.Config.Vocab); rank <= 0 || !u.Ranks() {
			*t = State{}
			return
		}
		t.Rank = (rank-1)/Rows*Rows + 1
	})
}

// seek looks for a token, in the table, which opens for it.
func seek(u *feature.Change, find string) {
	find = feature.Valid(find)
	if len(find) > mostFind {
		find = feature.Valid(find[:mostFind])
	}
	memory.Change(&u.State, func(t *State) { t.Find = find })
	if Of(&u.State).Rank == 0 {
		turn(u, 1)
	}
}

// follow takes over what a link says of the table.
func follow(u *feature.Change, l address.Link) {
	rank, _ := strconv.Atoi(l.Value("rank")) // the parser of the link has checked it
	turn(u, rank)
	memory.Change(&u.State, func(t *State) { t.Find = "" })
	if find := l.Value("find"); find != "" {
		seek(u, find)
	}
}

// lacks returns the rank of a link that the model does not have: none, where the vocabulary is short.
func lacks(s *feature.State, l address.Link) (what, name string) {
	rank, _ := strconv.Atoi(l.Value("rank"))
	if rank == 0 && l.Value("find") != "" {
		rank = 1
	}
	if rank > 0 && (!s.Ranks() || rank > s.Config.Vocab) {
		return say.Ranking.LackedRank(), strconv.Itoa(rank)
	}
	return "", ""
}

// fetch asks for the ranks that the table shows, and for what is looked for, if they are not those
// of the last run.
func fetch(u *feature.Change) {
	t := Of(&u.State)
	want := query{u.Applied, t.Rank, t.Find}
	switch {
	case t.Rank == 0 || u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || u.Waits(forRanks):
		return
	case len(u.Tokens) == 0:
		memory.Change(&u.State, func(t *State) { t.Page = nil })
		return
	case t.sought == want:
		return
	}
	memory.Change(&u.State, func(t *State) { t.sought = want })
	u.Ask(forRanks, engine.Request{Rank: &engine.Rank{From: t.Rank - 1, To: t.Rank - 1 + Rows, Find: t.Find}})
}

// answer takes over what was asked for. What it does not say, such as after an error, stays.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	if p == forTop && r.Ranking != nil {
		tops.Change(&u.State, func(t *top) { t.here, t.page = t.asked, r.Ranking })
	}
	if p == forRanks && r.Ranking != nil && Of(&u.State).Rank != 0 {
		memory.Change(&u.State, func(t *State) { t.Page = r.Ranking })
	}
}

// DroppedBy says why a token can't be drawn; "" it can.
func DroppedBy(s *feature.State, r engine.Ranked) string {
	switch {
	case r.Dropped == "":
		return ""
	case s.Sampling.Temperature == 0:
		return say.Ranking.Dropped()
	case r.Dropped == model.OpTopK:
		return say.Ranking.TopKDrops()
	}
	if r.Dropped == model.OpMinP {
		return say.Ranking.MinPDrops()
	}
	return say.Ranking.TopPDrops()
}
