package feature

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// MostCandidates is how many next tokens are listed of a long vocabulary.
const MostCandidates = 12

// Compute asks for the numbers of the text. One run is in flight at most; of what changes
// meanwhile only the last state is run.
func (u *Change) Compute() {
	if u.Phase != Ready || u.Suspended() || u.awaitsTable() {
		return
	}
	if u.Waits(ForRun) {
		u.waiting = true
		return
	}
	u.waiting = false
	if u.Applied != 0 && u.Ran.Equal(u.Input()) {
		u.runSettled() // undone before anything was sent: the page is up to date
		return
	}
	u.sendRun(u.Input())
}

// RunPending runs what changed while no run was allowed.
func (u *Change) RunPending() {
	if u.waiting || u.Applied == 0 || !u.Ran.Equal(u.Input()) {
		u.Compute()
	}
}

// sendRun sends a run.
func (u *Change) sendRun(in run.Input) {
	set := in.Sampling
	u.sent = in
	u.Ask(ForRun, engine.Request{Run: &engine.Run{
		Text: in.Text, Generated: in.Generated, Form: in.Form, Want: u.want(), Top: MostCandidates, Since: u.Applied,
		Edits: run.Made(in.Edits), Show: in.Show,
		Sampling: model.Sampling{Temperature: set.Temperature, TopK: set.TopK, TopP: set.TopP, MinP: set.MinP, Seed: set.Seed},
	}})
}

// runFinished takes over a run, then starts the one that waits.
func (u *Change) runFinished(r engine.Reply) {
	if r.Ran != nil && r.Error == "" {
		u.apply(r)
	}
	if u.waiting {
		u.Compute()
		return
	}
	if r.Error != "" {
		u.runRefused(r.Error)
		return
	}
	if !u.sent.Equal(u.Input()) {
		return // it stood in for a text that was refused
	}
	u.runSettled()
}

// apply puts the numbers of a run on the page.
func (u *Change) apply(r engine.Reply) {
	ran := r.Ran
	first, kept, before := u.Applied == 0, u.keptTokens(ran.Tokens), len(u.Tokens)
	if !u.Ran.SameEdits(u.sent) || run.LooksAhead(u.sent.Edits) {
		kept = 0
	}
	was := u.Ran
	u.Applied, u.Ran = r.ID, u.sent
	u.applyEdits(ran)
	weights := u.weights()
	u.Tokens, u.Computed, u.Millis, u.Holds = ran.Tokens, ran.Computed, ran.Millis, ran.Holds
	if (was.Show == engine.ShowBeside) != (u.sent.Show == engine.ShowBeside) || was.Beside != u.sent.Beside {
		u.Run, u.averaged = u.WithoutWeights(), averaged{} // they have come as differences, or will
	}
	reshaped := !sameShapes(u.Steps, ran.Steps)
	u.Run = u.WithSteps(append(ran.Steps[:len(ran.Steps):len(ran.Steps)], weights...))
	if u.Run = u.WithFresh(kept, len(ran.Tokens), u.heavy); u.heavy {
		reshaped = reshaped || kept < before
	}
	u.Run = u.WithValues(ran.Values)
	u.Candidates, u.Ends = ran.Candidates, ran.Ends
	if u.Drawn = nil; len(ran.Tokens) > 0 {
		next := ran.Next
		u.Drawn = &next
	}
	if reshaped {
		u.Do(ShowSteps{})
	}
	u.Do(ShowValues{ran.Values})
	u.keepCells()
	u.restoreCamera(first)
}

// applyEdits takes over what became of the edits of a run.
func (u *Change) applyEdits(ran *engine.Ran) {
	u.Edited, u.Compared = ran.Edits, ran.Compared
	asked, made := run.Made(u.sent.Edits), make([]string, len(ran.Edits))
	for i, e := range ran.Edits {
		made[i] = e.Spec
	}
	if len(made) == len(asked) {
		u.Edits, u.Ran.Edits = run.Respelled(u.Edits, asked, made), run.Respelled(u.Ran.Edits, asked, made)
	}
}

// sameShapes reports whether the scene can keep its panels: a run of as many tokens has
// the same ones.
func sameShapes(now, then []model.Info) bool {
	if len(now) < len(then) {
		return false
	}
	for i, n := range then {
		if now[i].Name != n.Name || now[i].Rows != n.Rows || now[i].Cols != n.Cols {
			return false
		}
	}
	return len(now) == len(then) || now[len(then)].Kind == model.KindWeight
}

// weights returns the descriptions of the weights.
func (s State) weights() (list []model.Info) {
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight {
			list = append(list, i)
		}
	}
	return list
}

// runSettled is called when the numbers on the page are those of the text.
func (u *Change) runSettled() {
	u.clearSolvedProblem()
	u.TextError = ""
	u.lastOfLink()
	if u.stepping {
		u.stepping = false
		u.guide() // from here on Next is that of this run
		u.Step()
	}
}

// runRefused says why a text can't be run. What ran last stays on the page; if nothing ran
// yet, an empty text stands in.
func (u *Change) runRefused(reason string) {
	u.Stop()
	u.TextError = reason
	if n := u.Choice().Letters; n > 0 && u.Typed() > u.Config.Context {
		u.TextError = tooMany(n, u.Typed()-n)
	}
	if empty := (run.Input{Sampling: run.DefaultSampling()}); u.Applied == 0 && !u.sent.Equal(empty) {
		u.sendRun(empty)
	}
}

// keepCells drops what is selected if a run took its cell away, and asks anew how the
// selected number came about.
func (u *Change) keepCells() {
	u.moveLastPin()
	if u.linkCell != nil {
		u.Cell, u.linkCell = u.linkCell, nil
		if !u.Has(u.Cell) {
			u.AddNotice(say.Feature.NoCell(u.Cell.Name))
		}
	}
	if _, ok := u.Info(u.Panel); !ok && u.Panel != "" {
		u.AddNotice(say.Feature.NoPanel(u.Panel))
		u.Panel = ""
	}
	if !u.Has(u.Cell) {
		u.Cell = nil
	}
	if !u.Has(u.Hover) {
		u.Hover = nil
	}
	u.Explained, u.asked = nil, nil
	u.unconfirmTrail()
	u.FetchExplanation()
}
