package feature

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"glassbox/web/address"
	"glassbox/web/run"
	"glassbox/web/scene/flow"
)

// A Flow is the animation of the order of computation: the numbers come one after another,
// as the run computed them.
type Flow struct {
	On      bool
	At      float64 // seconds of the timeline
	Playing bool
	Pace    float64 // seconds of the timeline in a second; 0 stands for 1
	Writing bool    // at its end it writes the drawn token
}

// What the reader does with the flow, and what the scene tells.
type (
	// FlowToggled opens the flow, or closes it.
	FlowToggled struct{}
	// FlowPlayed lets it run, or holds it.
	FlowPlayed struct{}
	// FlowSought goes to a moment, in seconds.
	FlowSought struct{ At float64 }
	// FlowStepped goes to the end of the step that is so many steps away, and holds there.
	FlowStepped struct{ By int }
	// FlowPaced changes the speed: one of Paces.
	FlowPaced struct{ Pace float64 }
	// FlowWritten runs to the end, where the drawn token drops into the text.
	FlowWritten struct{}
	// FlowMoved says how far it has run.
	FlowMoved struct{ At float64 }
	// StillnessChanged says whether the reader's system asks for less motion: then nothing
	// runs by itself.
	StillnessChanged struct{ Still bool }
)

// ShowFlow shows the flow in the scene; without a timeline everything is there.
type ShowFlow struct {
	Line     *flow.Timeline
	At, Rate float64
	Lead     bool // the camera follows
}

// Paces returns the speeds.
func Paces() []float64 { return []float64{0.25, 0.5, 1, 2, 4} }

// flowMemory is what is remembered of an open flow.
type flowMemory struct {
	line   *flow.Timeline
	of     run.Input // what it shows being computed
	tokens int
	run    int       // whose steps they are
	rested float64   // where the reader last put it, for the link
	shown  flowShown // what the scene was told
	lead   bool      // it is to be told that the camera follows
	wanted string    // of a link, until a run has its step
	still  bool      // the reader's system asks for less motion
}

type flowShown struct {
	line     *flow.Timeline
	at, rate float64
}

// Speed returns how many seconds of the timeline pass in a second.
func (f Flow) Speed() float64 {
	if f.Pace == 0 {
		return 1
	}
	return f.Pace
}

// Timeline returns the timeline of the flow; nil while it is closed.
func (s State) Timeline() *flow.Timeline {
	if !s.Flow.On {
		return nil
	}
	return s.watching.line
}

// Still reports whether nothing may move by itself.
func (s State) Still() bool { return s.watching.still || s.Host.Motion != address.MotionFull }

// CanWatch reports whether there is a run to be watched.
func (s State) CanWatch() bool {
	return s.Applied != 0 && len(s.Tokens) > 0 && s.TextError == "" && s.Ran.Equal(s.Input())
}

// handleFlow handles the messages of the flow.
func (u *Change) handleFlow(m Msg) {
	if m, ok := m.(StillnessChanged); ok {
		u.setStill(m.Still)
		return
	}
	if _, opens := m.(FlowToggled); opens && !u.Flow.On {
		u.openFlow()
		return
	}
	if !u.Flow.On {
		return
	}
	switch m := m.(type) {
	case FlowToggled:
		u.closeFlow()
	case FlowPlayed:
		u.playFlow()
	case FlowSought:
		u.Flow.Writing = false
		u.putFlow(m.At)
	case FlowStepped:
		u.stepFlow(m.By)
	case FlowPaced:
		if slices.Contains(Paces(), m.Pace) {
			u.Flow.Pace = m.Pace
		}
	case FlowWritten:
		u.writeFlow()
	case FlowMoved:
		u.flowMoved(m.At)
	}
}

// setStill holds the flow where motion is not wanted any more.
func (u *Change) setStill(on bool) {
	if u.watching.still = on; u.Still() {
		u.Flow.Playing, u.Flow.Writing = false, false
	}
}

// openFlow begins to watch the run from its start.
func (u *Change) openFlow() {
	if !u.CanWatch() {
		if u.Notice = "Type something first."; u.Phase != Ready {
			u.Notice = "The model is still loading."
		}
		return
	}
	u.Stop()
	u.Flow = Flow{On: true, Playing: !u.Still(), Pace: u.Flow.Pace}
	u.clearForFlow()
	u.Camera, u.camera = nil, nil
	u.newTimeline(0)
	u.putFlow(0)
	if u.Still() { // before the first step there is nothing to see
		u.putFlow(u.watching.line.Stop(0, 1))
	}
}

// clearForFlow puts away what would stand before it.
func (u *Change) clearForFlow() {
	u.Sizes, u.Panel, u.Cell, u.Hover, u.Explained = "", "", nil, nil, nil
}

// newTimeline makes the timeline of the run that is on the page, in which the rows of the first
// known tokens were there already.
func (u *Change) newTimeline(known int) {
	w := &u.watching
	w.line = flow.NewTimeline(u.Steps, known)
	w.of, w.tokens, w.run = u.Input(), len(u.Tokens), u.Applied
}

// closeFlow shows everything again, from where the reader was.
func (u *Change) closeFlow() {
	u.Flow = Flow{Pace: u.Flow.Pace}
	u.watching = flowMemory{shown: u.watching.shown, still: u.watching.still}
	if u.Camera == nil {
		u.Frame()
	}
}

// putFlow goes to a moment, with the camera unless the reader has moved it.
func (u *Change) putFlow(at float64) {
	w := &u.watching
	if at != at {
		at = 0
	}
	u.Flow.At = min(max(at, 0), w.line.Length)
	w.rested, w.lead = u.Flow.At, u.Camera == nil && u.Panel == ""
	u.followBeat()
}

// followBeat makes the stage that of the step that is computed, unless the reader looks at a
// panel of his own choice.
func (u *Change) followBeat() {
	if u.Panel != "" {
		return
	}
	w := &u.watching
	stage := u.StageOf(w.line.Beats[w.line.Beat(u.Flow.At)].Names[0])
	if stage == run.StageOverview || stage == u.Stage {
		return
	}
	if u.Stage = stage; stage == run.StageTokenize && u.Tokenized == nil {
		u.Tokenize()
	}
}

func (u *Change) playFlow() {
	f, w := &u.Flow, &u.watching
	switch {
	case f.Playing:
		f.Playing, f.Writing = false, false
		w.rested = f.At
	case u.Still():
		u.stepFlow(1)
	default:
		f.Playing = true
		u.clearForFlow()
		if f.At >= w.line.Length {
			f.At = 0
		}
		u.putFlow(f.At)
	}
}

func (u *Change) stepFlow(by int) {
	u.Flow.Playing, u.Flow.Writing = false, false
	if by != 0 {
		u.putFlow(u.watching.line.Stop(u.Flow.At, min(max(by, -1), 1)))
	}
}

// writeFlow runs to the end and writes; where nothing may run, and at the end, at once.
func (u *Change) writeFlow() {
	if u.Still() {
		u.putFlow(u.watching.line.Length)
	}
	if u.Flow.At >= u.watching.line.Length {
		u.Flow.Playing, u.Flow.Writing = false, false
		u.Step()
		return
	}
	u.Flow.Writing, u.Flow.Playing = true, true
	u.clearForFlow()
	u.putFlow(u.Flow.At)
}

// flowMoved takes over how far the scene has come.
func (u *Change) flowMoved(at float64) {
	w := &u.watching
	if !u.Flow.Playing || at != at {
		return
	}
	u.Flow.At = min(max(at, 0), w.line.Length)
	w.shown.at = u.Flow.At
	u.followBeat()
	if u.Flow.At < w.line.Length {
		return
	}
	writes := u.Flow.Writing
	u.Flow.Playing, u.Flow.Writing, w.rested = false, false, u.Flow.At
	if writes {
		u.Step()
	}
}

// seekStage goes to where a stage begins.
func (u *Change) seekStage(g run.Stage) {
	if !u.Flow.On || u.Stage != g {
		return
	}
	for _, name := range u.Names(g) {
		if beat, ok := u.watching.line.Of(name); ok {
			u.putFlow(u.watching.line.Place(beat, 0.01))
			return
		}
	}
}

// syncFlow keeps the flow true to the run on the page, and tells the scene.
func (u *Change) syncFlow() {
	w := &u.watching
	if w.wanted != "" && u.CanWatch() && !u.Waits(ForRun) {
		u.openWanted()
	}
	if u.Flow.On {
		u.keepFlow()
	}
	shown := flowShown{}
	if u.Flow.On {
		shown = flowShown{line: w.line, at: u.Flow.At}
		if u.Flow.Playing && !u.Frozen {
			shown.rate = u.Flow.Speed()
		}
	}
	if shown != w.shown || w.lead {
		u.Do(ShowFlow{shown.line, shown.at, shown.rate, w.lead})
		w.shown, w.lead = shown, false
	}
}

// keepFlow ends the flow when the reader does something else, and goes on with a run that
// has more tokens, of which only the new ones are computed.
func (u *Change) keepFlow() {
	w := &u.watching
	n := len(w.of.Generated)
	grown := len(u.Generated) >= n && slices.Equal(u.Generated[:n], w.of.Generated)
	switch {
	case u.Sizes != "", u.Playing, u.Opening != nil, u.Text != w.of.Text, !grown, len(u.Tokens) == 0:
		u.closeFlow()
	case w.run == u.Applied:
	case len(u.Tokens) > w.tokens:
		u.newTimeline(w.tokens)
		u.Flow.At, u.Flow.Playing, u.Flow.Writing, w.rested = 0, false, false, 0
	default:
		place := u.flowLink()
		known := w.line.Beats[0].From
		u.newTimeline(known)
		u.goToPlace(place)
	}
}

// openWanted opens the flow where a link says.
func (u *Change) openWanted() {
	w := &u.watching
	place := w.wanted
	w.wanted = ""
	u.newTimeline(0)
	name, _, _ := parsePlace(place)
	if _, there := w.line.Of(name); !there {
		u.closeFlow()
		u.AddNotice("This run has no step " + name + ".")
		return
	}
	u.Flow.On, u.Flow.Playing = true, false
	u.goToPlace(place)
}

// goToPlace goes where a link says; to the start if there is no such step.
func (u *Change) goToPlace(place string) {
	name, share, err := parsePlace(place)
	line, at := u.watching.line, 0.0
	if beat, ok := line.Of(name); ok && err == nil {
		at = line.Place(beat, share)
	}
	u.putFlow(at)
}

// flowLink says where the flow is, as it stands in a link: the step and how much of it is
// done, in percent. While it runs, that is where the reader last put it.
func (s State) flowLink() string {
	w := &s.watching
	if !s.Flow.On || w.line == nil {
		return w.wanted
	}
	at := s.Flow.At
	if s.Flow.Playing {
		at = w.rested
	}
	percent := int(math.Ceil(w.line.Share(at)*100 - 1e-6))
	return fmt.Sprintf("%s_%d", w.line.Beats[w.line.Beat(at)].Names[0], percent)
}

// parsePlace reads what flowLink wrote.
func parsePlace(v string) (name string, share float64, err error) {
	i := strings.LastIndexByte(v, '_')
	if i <= 0 {
		return "", 0, errors.New("expected the name of a step, _ and a percentage")
	}
	percent, err := address.ParseInt(v[i+1:], 100)
	if err == nil {
		err = address.Identifier(v[:i])
	}
	return v[:i], float64(percent) / 100, err
}

func parsePace(v string) (float64, error) {
	pace, err := strconv.ParseFloat(v, 64)
	if err != nil || !slices.Contains(Paces(), pace) {
		return 0, fmt.Errorf("%.40q; expected 0.25, 0.5, 1, 2 or 4", v)
	}
	if pace == 1 {
		pace = 0
	}
	return pace, nil
}

// followFlow takes over what a link says of the flow.
func (u *Change) followFlow(l address.Link) {
	pace, _ := parsePace(l.Value("pace")) // the parser of the link has checked it
	u.Flow = Flow{Pace: pace}
	u.watching = flowMemory{shown: u.watching.shown, still: u.watching.still, wanted: l.Value("flow")}
}
