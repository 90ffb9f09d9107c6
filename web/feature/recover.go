package feature

import (
	"strings"

	"glassbox/web/say"
)

// Flat says that the scene is drawn in 2D, without the GPU.
type Flat struct {
	Reason string // why, and what that means, in sentences
	Retry  bool   // 3D was there before: a button tries again
	Closed bool   // the reader has read it
}

// What happens to the scene and to an engine that does not answer.
type (
	// SceneFlat says that the scene is drawn in 2D from now on.
	SceneFlat struct {
		Reason string
		Retry  bool
	}
	// SceneSolid says that the scene is drawn in 3D again.
	SceneSolid struct{}
	// SceneRetried asks for 3D again.
	SceneRetried struct{}
	// FlatDismissed closes the note that the scene is drawn in 2D.
	FlatDismissed struct{}
	// Waited is a look at what is under way, every waitMillis while anything is.
	Waited struct{}
	// EngineWorks says that an engine lives, however long its answer takes, or that a new one is on its way.
	EngineWorks struct{}
)

// Silent tells that the reader only waits.
func (EngineWorks) Silent() {}

// The commands of recovery.
type (
	// OpenScene tries WebGL again.
	OpenScene struct{}
	// Watch sends Waited when the time has passed.
	Watch struct{ Millis int }
)

// waitMillis is the time between two looks at what is under way.
const waitMillis = 5000

// How many looks in a row find the same request before the engine is said to hang: a run
// takes moments, a large model loads for a while.
const (
	waitsForRun  = 2
	waitsForLoad = 6
)

// A wait is how the engine is watched.
type wait struct {
	on     bool // a look is coming
	id     int  // of the request that the last look found
	looks  int  // that found it, after the first
	asking bool // the reader was asked
}

// handleFailure handles what goes wrong outside the model, and comes right again.
func (u *Change) handleFailure(m Msg) {
	switch m := m.(type) {
	case SceneFlat:
		u.Flat = &Flat{Reason: m.Reason, Retry: m.Retry}
	case SceneSolid:
		if u.Flat != nil {
			u.Notice = say.Feature.SolidAgain()
		}
		u.Flat = nil
	case SceneRetried:
		u.Do(OpenScene{})
	case FlatDismissed:
		if u.Flat != nil {
			u.Flat = &Flat{u.Flat.Reason, u.Flat.Retry, true}
		}
	case Waited:
		u.check()
	case EngineWorks, FileRead: // it comes, however slowly
		u.wait.looks = 0
	}
}

// watchRequests sees to it that what is under way is looked at from time to time. A doubt about the engine ends with the
// answer that it was about.
func (u *Change) watchRequests() {
	id, _ := u.watched()
	if u.wait.asking && id != u.wait.id {
		u.wait = wait{on: u.wait.on}
	}
	if !u.wait.on && id != 0 {
		u.wait.on = true
		u.Do(Watch{waitMillis})
	}
}

// restarting stands for the ID of a request while a new engine is started.
const restarting = -1

// watched returns the request for which the page has waited longest, and how many looks may find it; 0: it waits for
// nothing. What is done for the reader's file has a progress of its own, and a way to stop it.
func (s State) watched() (id, looks int) {
	looks = waitsForRun
	for p, r := range s.requests {
		if s.Suspended() && p != ForRun && p != ForModel {
			continue
		}
		if id == 0 || r < id {
			id = r
		}
		if p == ForModel || p == ForTable || p == ForSecond {
			looks = waitsForLoad
		}
	}
	if id == 0 && s.Phase == Loading {
		return restarting, waitsForLoad
	}
	return id, looks
}

// check is a look: it asks the reader what to do when the engine does not answer.
func (u *Change) check() {
	id, most := u.watched()
	if id == 0 || id != u.wait.id {
		u.wait = wait{id: id}
		return
	}
	u.wait.on = false
	if u.wait.looks++; u.wait.looks < most || u.wait.asking {
		return
	}
	u.wait.asking = true
	u.Problem = &Problem{Title: say.Feature.NoAnswer(), Detail: say.Feature.NoAnswerDetail(), Retry: true}
}

// Stuck says why no answer of the engine can be waited for, in sentences: the model is not there, or it does not answer and
// the reader was asked what to do. "" as long as answers come.
func (s State) Stuck() string {
	switch {
	case s.Phase == Failed && s.Problem != nil:
		return s.Problem.Title + ". " + s.Problem.Detail
	case s.Phase == Failed:
		return say.Feature.NotLoaded() + "."
	case s.wait.asking:
		return say.Feature.NoAnswer() + ". " + say.Feature.NoAnswerDetail()
	}
	return ""
}

// GiveUp says why there is no engine, until the reader tries again.
func (u *Change) GiveUp(p Problem) {
	u.Stop()
	u.forgetEngine()
	p.Retry = true
	u.Phase, u.Problem = Failed, &p
}

// ReplaceEngine replaces an engine that hangs, or is at work on what nobody wants any more.
func (u *Change) ReplaceEngine() {
	u.forgetEngine()
	u.restart()
}

// broken says in plain words what became of an engine that was restarted in vain.
func (s State) broken(reason string) *Problem {
	title, detail := say.Feature.Stopped(), say.Feature.StoppedDetail(reason)
	switch {
	case memoryShort(reason):
		title, detail = say.Feature.OutOfMemory(), say.Feature.OutOfMemoryDetail()
	case s.HoldsNothing():
		title, detail = say.Feature.NoStart(), say.Feature.NoStartDetail(reason)
	}
	return &Problem{Title: title, Detail: detail + " " + say.Feature.TextKept(), Retry: true}
}

// memoryShort reports whether an engine ended because it got no more memory, as browsers and Go's runtime say it.
func memoryShort(reason string) bool {
	reason = strings.ToLower(reason)
	return strings.Contains(reason, "memory") || strings.Contains(reason, "allocation failed")
}

// settleDeaths forgets how often the engine died once it has done all that it was asked for, the sending of values among
// it, and the reader did something meanwhile: an engine that only starts again and again is not well.
func (u *Change) settleDeaths() {
	if u.acted && u.Phase == Ready && u.Applied != 0 && len(u.requests) == 0 {
		u.deaths = 0
	}
}

// clearSolvedProblem takes a message away whose reason is gone.
func (u *Change) clearSolvedProblem() {
	if u.Problem != nil && !u.Problem.Stays {
		u.Problem = nil
	}
}

// crashed says that the page made a mistake, and that it lives on.
func (u *Change) crashed(reason string) {
	u.shown = Shown{} // the scene may not have heard the last
	u.Stop()
	u.Problem = &Problem{Title: say.Feature.Mistake(), Detail: say.Feature.MistakeDetail(reason)}
}
