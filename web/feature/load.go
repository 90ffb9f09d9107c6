package feature

import (
	"glassbox/web/engine"
	"glassbox/web/run"
)

// patience is how often the engine is replaced by itself before the reader is asked.
const patience = 2

// load asks for the weights of the chosen model.
func (u *Change) load() {
	u.Phase = Loading
	u.Reserve(ForModel)
	if f := u.Choice().Source; f != nil {
		u.Do(ReadFile{f.File, f.load(), u.Request(ForModel)})
		return
	}
	u.Do(LoadModel{u.Model, u.Request(ForModel)})
	if u.ReadsGPT2() {
		u.loadTable() // it is unpacked while the weights are read
	}
}

// reload loads the chosen model, into a new engine if the one that is there failed.
func (u *Change) reload() {
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
func (u *Change) chooseModel(id string) {
	for _, c := range u.Models {
		switch {
		case c.ID != id || id == u.Model || u.Opening != nil:
		case c.Source != nil && u.Phase == Ready:
			u.reopen(c)
		default:
			u.State = u.withModel(c)
			u.Do(ShowSteps{}, Fly{})
			u.reload()
		}
	}
}

// applyLoaded takes over the model that the engine has now.
func (u *Change) applyLoaded(r engine.Reply) {
	if r.Error != "" || r.Loaded == nil {
		u.Phase = Failed
		u.Problem = &Problem{Title: "The model could not be loaded", Detail: r.Error, Retry: true}
		return
	}
	u.clearSolvedProblem()
	u.Phase, u.Source = Ready, r.Loaded.Metadata
	if u.Config != r.Loaded.Config {
		u.State = u.withConfig(r.Loaded.Config)
		u.Do(ShowSteps{})
	}
	u.Run = u.WithValues(r.Loaded.Weights)
	u.Do(ShowValues{r.Loaded.Weights})
	u.Compute()
}

// restartAfterDeath replaces an engine that died. It gives up when that does not help.
func (u *Change) restartAfterDeath(reason string) {
	u.Stop()
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
func (u *Change) restart() {
	u.Phase = Loading
	u.Do(RestartWorker{})
}

// forgetEngine forgets everything that was in flight, or in the engine.
func (u *Change) forgetEngine() {
	u.requests = u.requests.only(ForFile)
	u.peeked = tablePage{}
	u.Applied, u.Ran, u.asked = 0, run.Input{}, nil
	u.waiting, u.stepping, u.gpt2 = false, false, false
	u.wait = wait{on: u.wait.on}
}

// retry tries again what failed.
func (u *Change) retry() {
	u.Problem = nil
	switch {
	case u.wait.asking:
		u.replaceEngine()
	case u.Phase == Ready:
		u.Compute()
	case u.Phase == Failed:
		u.reload()
	}
}
