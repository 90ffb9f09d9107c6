package flow

import (
	"slices"

	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/flow"
)

// heard takes over what the reader does, and how far the scene has come.
func (f *State) heard(u *feature.Change, m feature.Msg) {
	if _, opens := m.(Toggled); opens && !f.On {
		f.open(u)
		return
	}
	if !f.On {
		return
	}
	switch m := m.(type) {
	case Toggled:
		f.close(u)
	case Played:
		f.play(u)
	case Sought:
		f.Writing = false
		f.put(u, m.At)
	case Stepped:
		f.step(u, m.By)
	case Paced:
		if slices.Contains(Paces(), m.Pace) {
			f.Pace = m.Pace
		}
	case Written:
		f.write(u)
	case Moved:
		f.moved(u, m.At)
	}
}

// open begins to watch the run from its start.
func (f *State) open(u *feature.Change) {
	if !CanWatch(&u.State) {
		if u.Notice = say.Flow.NoText(); u.Phase != feature.Ready {
			u.Notice = say.Flow.NoModel()
		}
		return
	}
	u.Stop()
	f.On, f.At, f.Playing, f.Writing = true, 0, !u.Still(), false
	clearAway(u)
	u.ReleaseCamera()
	f.newTimeline(u, 0)
	f.put(u, 0)
	if u.Still() { // before the first step there is nothing to see
		f.put(u, f.line.Stop(0, 1))
	}
}

// clearAway puts away what would stand before it.
func clearAway(u *feature.Change) {
	u.Uncover()
	u.Panel, u.Cell, u.Hover, u.Explained = "", nil, nil, nil
}

// newTimeline makes the timeline of the run that is on the page, in which the rows of the first
// known tokens were there already.
func (f *State) newTimeline(u *feature.Change, known int) {
	f.line = flow.NewTimeline(u.Steps, known)
	f.of, f.tokens, f.run = u.Input(), len(u.Tokens), u.Applied
}

// close shows everything again, from where the reader was.
func (f *State) close(u *feature.Change) {
	*f = f.closed()
	if u.Camera == nil {
		u.Frame()
	}
}

// put goes to a moment, with the camera unless the reader has moved it.
func (f *State) put(u *feature.Change, at float64) {
	if at != at {
		at = 0
	}
	f.At = min(max(at, 0), f.line.Length)
	f.rested, f.lead = f.At, u.Camera == nil && u.Panel == ""
	f.followBeat(u)
}

// followBeat makes the stage that of the step that is computed, unless the reader looks at a
// panel of their own choice.
func (f *State) followBeat(u *feature.Change) {
	if u.Panel != "" {
		return
	}
	stage := u.StageOf(f.line.Beats[f.line.Beat(f.At)].Names[0])
	if stage == run.StageOverview || stage == u.Stage {
		return
	}
	u.Stage = stage
}

func (f *State) play(u *feature.Change) {
	switch {
	case f.Playing:
		f.hold()
		f.rested = f.At
	case u.Still():
		f.step(u, 1)
	default:
		f.Playing = true
		clearAway(u)
		if f.At >= f.line.Length {
			f.At = 0
		}
		f.put(u, f.At)
	}
}

// hold lets nothing run any more.
func (f *State) hold() { f.Playing, f.Writing = false, false }

func (f *State) step(u *feature.Change, by int) {
	f.hold()
	if by != 0 {
		f.put(u, f.line.Stop(f.At, min(max(by, -1), 1)))
	}
}

// write runs to the end and writes; where nothing may run, and at the end, at once.
func (f *State) write(u *feature.Change) {
	if u.Still() {
		f.put(u, f.line.Length)
	}
	if f.At >= f.line.Length {
		f.hold()
		u.Step()
		return
	}
	f.Writing, f.Playing = true, true
	clearAway(u)
	f.put(u, f.At)
}

// moved takes over how far the scene has come.
func (f *State) moved(u *feature.Change, at float64) {
	if !f.Playing || at != at {
		return
	}
	f.At = min(max(at, 0), f.line.Length)
	f.shown.at = f.At
	f.followBeat(u)
	if f.At < f.line.Length {
		return
	}
	writes := f.Writing
	f.hold()
	f.rested = f.At
	if writes {
		u.Step()
	}
}

// settle keeps what is watched true to the run on the page, and tells the scene.
func settle(u *feature.Change) {
	f := Of(&u.State)
	if !f.On && f.wanted == "" && f.shown == (shown{}) {
		return
	}
	if u.Still() {
		f.hold()
	}
	f.seek(u)
	if f.wanted != "" && CanWatch(&u.State) && !u.Waits(feature.ForRun) {
		f.openWanted(u)
	}
	if f.On {
		f.keep(u)
	}
	f.tell(u)
	memory.Set(&u.State, f)
}

// seek goes to where the stage begins that the reader has gone to.
func (f *State) seek(u *feature.Change) {
	g := f.sought
	f.sought = ""
	if !f.On || g == "" || u.Stage != g {
		return
	}
	for _, name := range u.Names(g) {
		if beat, ok := f.line.Of(name); ok {
			f.put(u, f.line.Place(beat, 0.01))
			return
		}
	}
}

// keep ends the watching when the reader does something else, and goes on with a run that has
// more tokens, of which only the new ones are computed.
func (f *State) keep(u *feature.Change) {
	n := len(f.of.Generated)
	grown := len(u.Generated) >= n && slices.Equal(u.Generated[:n], f.of.Generated)
	switch {
	case u.Covered(), u.Playing, u.Suspended(), u.Text != f.of.Text, !grown, len(u.Tokens) == 0:
		f.close(u)
	case f.run == u.Applied:
	case len(u.Tokens) > f.tokens:
		f.newTimeline(u, f.tokens)
		f.hold()
		f.At, f.rested = 0, 0
	default:
		place := f.place()
		f.newTimeline(u, f.line.Beats[0].From)
		f.goTo(u, place)
	}
}

// tell tells the scene what it does not know yet.
func (f *State) tell(u *feature.Change) {
	var want shown
	if f.On {
		want = shown{line: f.line, at: f.At}
		if f.Playing && !u.Frozen {
			want.rate = f.Speed()
		}
	}
	if want != f.shown || f.lead {
		u.Do(Show{want.line, want.at, want.rate, f.lead})
		f.shown, f.lead = want, false
	}
}
