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
	// Asked says that the page asked the engine something that Update knows nothing of; ids count down from −1.
	Asked struct{ ID int }
	// Heard says that the engine answered it.
	Heard struct{ ID int }
)

// Silent tells that the reader did nothing.
func (Asked) Silent() {}

// Silent tells that the reader did nothing.
func (Heard) Silent() {}

// The commands of recovery.
type (
	// OpenScene tries WebGL again.
	OpenScene struct{}
	// Watch sends Waited when the time has passed.
	Watch struct{ Millis int }
	// GiveUp answers what the page asked the engine with an error, for the engine does not.
	GiveUp struct{}
)

// waitMillis is the time between two looks at what is under way.
const waitMillis = 5000

// How many looks in a row hear nothing of the engine before it is said to hang: a run takes moments, a large model loads
// for a while.
const (
	waitsForRun  = 3
	waitsForLoad = 7
)

// A wait is how the engine is watched.
type wait struct {
	on     bool // a look is coming
	looks  int  // since it was heard of
	asking bool // the reader was asked what to do
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
	case Asked:
		u.requests = u.requests.with(forOthers, m.ID)
	case Heard:
		if u.Request(forOthers) == m.ID { // the last one: the engine answers in turn
			u.Drop(forOthers)
		}
	}
}

// underWay reports whether the engine has anything to do, be it to start.
func (s State) underWay() bool { return len(s.requests) > 0 || s.Phase == Loading }

// watchRequests sees to it that what is under way is looked at from time to time.
func (u *Change) watchRequests() {
	if !u.wait.on && u.underWay() {
		u.wait.on = true
		u.Do(Watch{waitMillis})
	}
}

// hear notes that the engine is alive, and takes the question back what to do with it.
func (u *Change) hear() {
	if u.wait.asking {
		u.clearSolvedProblem()
	}
	u.wait = wait{on: u.wait.on}
}

// check is a look: it asks the reader what to do when the engine does not answer.
func (u *Change) check() {
	if !u.underWay() {
		u.wait = wait{}
		return
	}
	most := waitsForRun
	if u.Phase == Loading {
		most = waitsForLoad
	}
	u.wait.on = false
	if u.wait.looks++; u.wait.looks < most || u.wait.asking {
		return
	}
	u.wait.asking = true
	u.Problem = &Problem{Title: say.Feature.NoAnswer(), Detail: say.Feature.NoAnswerDetail(), Retry: true}
	u.Do(GiveUp{})
}

// dismiss closes the message. Who waits on for an engine that does not answer is asked again, later.
func (u *Change) dismiss() {
	if u.Problem = nil; u.wait.asking {
		u.wait.asking, u.wait.looks = false, -waitsForLoad
	}
}

// settleDeaths forgets how often the engine died once it has done all that it was asked for, the sending of values among
// it, and the reader did something meanwhile: an engine that only starts again and again is not well.
func (u *Change) settleDeaths() {
	if u.acted && u.Phase == Ready && u.Applied != 0 && len(u.requests) == 0 {
		u.deaths = 0
	}
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
