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
)

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
	}
}

// watchRequests sees to it that what is under way is looked at from time to time.
func (u *Change) watchRequests() {
	if !u.wait.on && (u.Waits(ForRun) || u.Waits(ForModel)) {
		u.wait.on = true
		u.Do(Watch{waitMillis})
	}
}

// check is a look: it asks the reader what to do when the engine does not answer.
func (u *Change) check() {
	id, most := u.Request(ForRun), waitsForRun
	if id == 0 {
		id, most = u.Request(ForModel), waitsForLoad
	}
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

// ReplaceEngine replaces an engine that hangs, or is at work on what nobody wants any more.
func (u *Change) ReplaceEngine() {
	u.forgetEngine()
	u.restart()
}

// broken says in plain words what became of an engine that was restarted in vain.
func (s State) broken(reason string) *Problem {
	title, detail := say.Feature.Stopped(), say.Feature.StoppedDetail(reason)
	switch {
	case strings.Contains(strings.ToLower(reason), "memory"):
		title, detail = say.Feature.OutOfMemory(), say.Feature.OutOfMemoryDetail()
	case s.HoldsNothing():
		title, detail = say.Feature.NoStart(), say.Feature.NoStartDetail(reason)
	}
	return &Problem{Title: title, Detail: detail + " " + say.Feature.TextKept(), Retry: true}
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
