package app

import (
	"glassbox/web/engine"
	"glassbox/web/run"
)

// patience is how often the engine is replaced by itself before the reader is asked.
const patience = 2

// load asks for the weights of the chosen model.
func (u *update) load() {
	u.Phase = Loading
	u.reserve(forModel)
	if f := u.Choice().Source; f != nil {
		u.do(ReadFile{f.File, f.load(), u.requests[forModel]})
		return
	}
	u.do(LoadModel{u.Model, u.requests[forModel]})
	if u.ReadsGPT2() {
		u.loadTable() // it is unpacked while the weights are read
	}
}

// reload loads the chosen model, into a new engine if the one that is there failed.
func (u *update) reload() {
	if u.Phase != Failed {
		u.load()
		return
	}
	u.Problem = nil
	u.forgetEngine()
	u.deaths = 0
	u.restart()
}

// chooseModel changes to another model of the switch.
func (u *update) chooseModel(id string) {
	for _, c := range u.Models {
		switch {
		case c.ID != id || id == u.Model || u.Opening != nil:
		case c.Source != nil && u.Phase == Ready:
			u.reopen(c)
		default:
			u.State = u.withModel(c)
			u.do(ShowSteps{}, Fly{})
			u.reload()
		}
	}
}

// applyLoaded takes over the model that the engine has now.
func (u *update) applyLoaded(r engine.Reply) {
	if r.Error != "" || r.Loaded == nil {
		u.Phase = Failed
		u.Problem = &Problem{Title: "The model could not be loaded", Detail: r.Error, Retry: true}
		return
	}
	u.clearSolvedProblem()
	u.Phase, u.Source = Ready, r.Loaded.Metadata
	if u.Config != r.Loaded.Config {
		u.State = u.withConfig(r.Loaded.Config)
		u.do(ShowSteps{})
	}
	u.Run = u.WithValues(r.Loaded.Weights)
	u.do(ShowValues{r.Loaded.Weights})
	u.run()
	if u.Stage == run.StageTokenize {
		u.tokenize()
	}
}

// restartAfterDeath replaces an engine that died. It gives up when that does not help.
func (u *update) restartAfterDeath(reason string) {
	u.stop()
	u.deaths++
	u.openingDied(reason)
	u.forgetEngine()
	if u.deaths > patience {
		u.Phase = Failed
		u.Problem, u.Notice = u.broken(reason), ""
		return
	}
	u.Notice = "The model was restarted. Your text is still here."
	u.restart()
}

// restart replaces the engine; once the new one listens, the model loads.
func (u *update) restart() {
	u.Phase = Loading
	u.do(RestartWorker{})
}

// forgetEngine forgets everything that was in flight, or in the engine.
func (u *update) forgetEngine() {
	u.requests = ledger{forFile: u.requests[forFile]}
	u.sought, u.peeked = rankQuery{}, tablePage{}
	u.applied, u.Ran, u.asked = 0, run.Input{}, nil
	u.waiting, u.stepping, u.probing, u.gpt2 = false, false, false, false
	u.wait = wait{on: u.wait.on}
}

// retry tries again what failed.
func (u *update) retry() {
	u.Problem = nil
	switch {
	case u.wait.asking:
		u.replaceEngine()
	case u.Phase == Ready:
		u.run()
	case u.Phase == Failed:
		u.reload()
	}
}
