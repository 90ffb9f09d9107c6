package contributions

import (
	"maps"
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// The purposes of its requests.
const (
	forNext   feature.Purpose = "contributions.next"
	forToken  feature.Purpose = "contributions.token"
	forParts  feature.Purpose = "contributions.parts"
	forInside feature.Purpose = "contributions.neurons"
)

// mostNext is how many next tokens are offered.
const mostNext = 12

// settle asks for what is shown and is not here, or not of the text that has run.
func settle(u *feature.Change) {
	if !Shown(&u.State) {
		if Of(&u.State).On {
			change(u, func(w *State) { w.On = false })
		}
		return
	}
	if u.Phase != feature.Ready || u.Suspended() || u.Applied == 0 || u.Waits(feature.ForRun) || len(u.Tokens) == 0 {
		return
	}
	askNext(u)
	if !u.Waits(forNext) && ready(&u.State) {
		askToken(u)
		askParts(u)
	}
}

// ask asks once for what a query decides.
func ask(u *feature.Change, p feature.Purpose, here, want query, q engine.Request) {
	w := Of(&u.State)
	if here == want || u.Waits(p) || w.asked[p] == want {
		return
	}
	asked := maps.Clone(w.asked)
	if asked == nil {
		asked = map[feature.Purpose]query{}
	}
	asked[p] = want
	change(u, func(w *State) { w.asked = asked })
	u.Ask(p, q)
}

// back counts the tokens behind the one after which the parts are.
func back(s *feature.State) int { return len(s.Tokens) - 1 - rowOf(s) }

// askNext asks for the most likely tokens.
func askNext(u *feature.Change) {
	want := query{run: u.Applied, row: rowOf(&u.State)}
	ask(u, forNext, Of(&u.State).nextOf, want, engine.Request{Rank: &engine.Rank{To: min(mostNext, u.Config.Vocab), Back: back(&u.State)}})
}

// askToken asks for the token that is looked for, or else for the text of A or B, if a link names one that is not among the most likely.
func askToken(u *feature.Change) {
	if u.Waits(forToken) {
		return
	}
	w := Of(&u.State)
	if w.find != "" {
		u.Ask(forToken, engine.Request{Rank: &engine.Rank{To: 1, Find: w.find, Back: back(&u.State)}})
		return
	}
	a, b := pair(&u.State)
	for _, id := range []int{a, b} {
		if _, ok := known(w, id); !ok && id >= 0 {
			ask(u, forToken, query{}, query{run: w.nextOf.run, row: w.nextOf.row, token: id}, engine.Request{Rank: &engine.Rank{To: 1, Find: strconv.Itoa(id), Back: back(&u.State)}})
		}
	}
}

// known returns a token that is among the most likely or was found.
func known(w State, id int) (engine.Ranked, bool) {
	for _, r := range w.next {
		if r.ID == id {
			return r, true
		}
	}
	return engine.Ranked{}, false
}

// wantParts is what decides the parts that are shown.
func wantParts(s *feature.State) query {
	a, b := pair(s)
	return query{s.Applied, rowOf(s), a, b, -1}
}

// askParts asks for the parts, and for the neurons of the one that the reader looks at.
func askParts(u *feature.Change) {
	want := wantParts(&u.State)
	request := func(q query) engine.Request {
		return engine.Request{Lab: &engine.Lab{Attribute: &engine.Attribute{Row: q.row, Token: q.token, Against: q.against, Block: q.block}}}
	}
	w := Of(&u.State)
	ask(u, forParts, w.partsOf, want, request(want))
	if block, ok := opens(&u.State); ok && w.partsOf == want {
		want.block = block
		ask(u, forInside, w.insOf, want, request(want))
	}
}

// opens returns the block whose feed-forward network the reader looks at.
func opens(s *feature.State) (block int, ok bool) {
	w := Of(s)
	if w.parts == nil {
		return 0, false
	}
	for _, p := range w.parts.Parts {
		if info, _ := s.Info(p.Step); p.Name == w.Part && info.Part == model.PartFeedForward {
			return info.Block, true
		}
	}
	return 0, false
}

// answer takes over what was asked for.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	of := Of(&u.State).asked[p]
	if r.Error != "" && (p == forParts || p == forInside || p == forNext) {
		change(u, func(w *State) { w.fault = r.Error })
		return
	}
	change(u, func(w *State) {
		switch {
		case p == forNext && r.Ranking != nil:
			w.next, w.nextOf = r.Ranking.Rows, of
		case p == forParts && r.Lab != nil:
			w.parts, w.partsOf, w.fault = r.Lab.Attribute, of, ""
		case p == forInside && r.Lab != nil:
			w.inside, w.insOf = r.Lab.Attribute, of
		}
	})
	if p == forToken {
		found(u, r)
	}
}

// found takes over the token that was looked for, or says that there is none.
func found(u *feature.Change, r engine.Reply) {
	w := Of(&u.State)
	if r.Ranking == nil || len(r.Ranking.Found) == 0 {
		if w.find != "" {
			u.AddNotice(say.Contributions.NoToken(w.find))
		}
		change(u, func(w *State) { w.find = "" })
		return
	}
	best := r.Ranking.Found[0]
	if w.find == "" {
		for _, f := range r.Ranking.Found {
			if f.ID == w.asked[forToken].token {
				best = f
			}
		}
	}
	change(u, func(to *State) {
		to.find = ""
		if _, ok := known(w, best.ID); !ok {
			to.next = append(w.next[:len(w.next):len(w.next)], best)
		}
	})
	if w.find != "" {
		pickToken(u, best.ID, w.against)
	}
}

// needs lists what the look of the chosen head is read from.
func needs(s *feature.State) []string {
	if !Shown(s) || Of(s).Part == "" {
		return nil
	}
	if i := s.InHead(Of(s).Part, model.OpSoftmax); i.Name != "" {
		return []string{i.Name}
	}
	return nil
}
