package scene

import (
	"slices"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/flow"
	"glassbox/web/scene/layout"
)

// A playback shows a run as it was computed: cells that are not there yet are empty, and the
// row that is being filled is marked with what it reads.
type playback struct {
	line *flow.Timeline
	at   float64 // seconds of the timeline
	rate float64 // of them in a second; 0: it stands still
	last float64 // time of the last frame, or below 0

	beat, row int  // that are marked
	drawn     bool // the token is drawn, so that its chip is shown
	aloft     bool // rows are on their way from a table

	leads bool // the camera follows,
	waits bool // once it has begun: a token was written, which is to be seen
	shots []shot
	shot  int     // where the camera is, or −1
	paced float64 // the rate that the shots are made for
}

// A shot is what the camera looks at for a while: beats that stand in one row of the tower.
type shot struct {
	from  float64
	names []string
}

// mostLate is the longest step of a flow between two frames, in seconds: after a pause it
// goes on where it was.
const mostLate = 0.25

// SetFlow shows a run at a moment of its timeline, which goes on by rate seconds in a second.
// Where lead is set the camera follows, until the reader moves it or it is sent elsewhere.
// A nil timeline shows everything again; another one than before is waited for where it begins.
func (s *Scene) SetFlow(line *flow.Timeline, at, rate float64, lead bool) {
	s.stale.marks, s.stale.lines = true, true
	if line == nil || len(line.Beats) == 0 {
		s.stale.boxes = s.stale.boxes || s.flow != nil
		s.flow, s.batch.Clock = nil, 0
		return
	}
	f := s.flow
	if f == nil || f.line != line {
		f = &playback{line: line, shot: -1}
		if s.flow != nil {
			f.leads, f.waits = s.flow.leads, true
		}
		s.flow, s.stale.boxes = f, true
	}
	if s.still {
		rate = 0
	}
	f.at, f.rate, f.last = min(max(at, 0), line.Length), rate, -1
	f.beat = -1
	if lead {
		f.waits = false
	}
	if lead && !f.leads {
		f.leads, f.shot = true, -1
	}
}

// Flow returns the moment that is shown, and whether it goes on by itself.
func (s *Scene) Flow() (at float64, runs bool) {
	if s.flow == nil {
		return 0, false
	}
	return s.flow.at, s.flow.rate > 0 && s.flow.at < s.flow.line.Length
}

// FlowLeads reports whether the camera follows a flow.
func (s *Scene) FlowLeads() bool { return s.flow != nil && s.flow.leads }

// run moves the flow on to a time, and reports whether it goes on. While the camera flies
// it waits: there would be too much to look at.
func (f *playback) run(now float64, flying bool) bool {
	if f.last >= 0 && !flying {
		f.at = min(f.at+min(max(now-f.last, 0), mostLate)*f.rate, f.line.Length)
	}
	f.last = now
	return f.rate > 0 && f.at < f.line.Length
}

// flowing takes the flow to a time, with its camera and its marks.
func (s *Scene) flowing(now float64) (moving bool) {
	f := s.flow
	moving = f.run(now, s.flight != nil)
	s.follow(now)
	s.batch.Clock = float32(f.at)
	if beat, row := f.line.Row(f.at); beat != f.beat || row != f.row {
		f.beat, f.row = beat, row
		s.stale.marks = true
	}
	if aloft := s.aloft(); aloft != f.aloft {
		f.aloft, s.stale.marks = aloft, true
	}
	if drawn := f.hasDrawn(); drawn != f.drawn {
		f.drawn, s.stale.lines = drawn, true
	}
	return moving || s.flight != nil
}

// hasDrawn reports whether the token is drawn already.
func (f *playback) hasDrawn() bool {
	last := &f.line.Beats[len(f.line.Beats)-1]
	return last.Step.Op == "" && f.at >= last.Start
}

// follow flies to the shot of this moment, unless somebody else has moved the camera.
func (s *Scene) follow(now float64) {
	f := s.flow
	if !f.leads || f.waits && f.rate == 0 && f.at == 0 || s.compared != nil {
		return
	}
	if f.shot >= 0 && f.shot < len(f.shots) && (!s.goal.held || !slices.Equal(s.goal.names, f.shots[f.shot].names)) {
		f.leads = false
		return
	}
	if rate := max(f.rate, 1); len(f.shots) == 0 || f.paced != rate {
		s.takeShots(rate)
	}
	at := 0
	for at+1 < len(f.shots) && f.shots[at+1].from < f.at {
		at++
	}
	if at != f.shot {
		f.shot = at
		s.FlyTo(f.shots[at].names, now)
	}
}

// Between two flights the camera rests for so long, in seconds; and a shot takes in more
// beats of a row as long as a cell has so many pixels.
const (
	leastRest = 2.2
	clearShot = 2.2
)

// takeShots decides what the camera looks at, and when: one row of the tower after another;
// of rows that are done in a moment, several at once.
func (s *Scene) takeShots(rate float64) {
	f := s.flow
	f.shots, f.paced, f.shot = f.shots[:0], rate, -1
	if was := s.plan.Spread; was != 0 && s.movable() {
		s.plan.Open(0)
		defer s.plan.Open(was)
	}
	beats := f.line.Beats
	for from := 0; from < len(beats); {
		to := s.sameRow(from)
		for to < len(beats) && beats[to].Step.Op != "" && beats[to].Start-beats[from].Start < leastRest*rate {
			to = s.sameRow(to)
		}
		s.cut(from, to, leastRest*rate)
		from = to
	}
}

// sameRow returns the first beat after one that stands in another row of the tower, or fetches rows from a table of its own.
func (s *Scene) sameRow(from int) int {
	beats := s.flow.line.Beats
	_, row := s.frontOf(&beats[from])
	to := from + 1
	for to < len(beats) {
		if _, r := s.frontOf(&beats[to]); r != row || beats[to].Lead > 0 {
			break
		}
		to++
	}
	return to
}

// cut makes shots of the beats from … to−1: as few as show them clearly, each for long enough.
func (s *Scene) cut(from, to int, least float64) {
	f := s.flow
	beats, end := f.line.Beats, f.line.Beats[to-1].End
	box, begun := camera.NoBox(), -1.0
	for i := from; i < to; i++ {
		names := s.seenIn(&beats[i])
		both, start := box, beats[i].Start
		if len(names) > 0 {
			both = box.Union(s.boundOf(names))
		}
		if begun < 0 || s.h/s.closeUp(both, 0, mostClose).Span < clearShot && start-begun >= least && end-start >= least {
			f.shots = append(f.shots, shot{from: start})
			both, begun = camera.NoBox(), start
			if len(names) > 0 {
				both = s.boundOf(names)
			}
		}
		box = both
		last := &f.shots[len(f.shots)-1]
		last.names = append(last.names, names...)
	}
}

// seenIn names what is to be seen during a beat: its step, and the table that the step fetches its rows from.
func (s *Scene) seenIn(b *flow.Beat) (names []string) {
	name, _ := s.frontOf(b)
	if name == "" {
		return nil
	}
	names = append(names, name)
	if table, _ := s.source(name, 0); table != nil {
		names = append(names, table.Name)
	}
	return names
}

// frontOf returns the step of a beat whose panel stands in front, and the row of the tower;
// no name if it has no panel.
func (s *Scene) frontOf(b *flow.Beat) (name string, row int) {
	for _, n := range b.Names {
		for _, i := range s.plan.ByName[n] {
			if p := &s.plan.Panels[i]; p.Layer == 0 {
				return n, p.InRow
			}
		}
	}
	return "", -1
}

// timing is how package gl knows which cells of a panel are there: from the second start on
// rate rows are filled in a second, beginning with from, until to; both count from the
// panel's first row.
type timing struct{ start, rate, from, to float32 }

// all is more rows than any tensor has.
const all = 1 << 24

// timing returns that of a panel; everything is there without a flow.
func (s *Scene) timing(p *layout.Panel) timing {
	if s.flow == nil || s.compared != nil {
		return timing{from: all, to: all}
	}
	i, ok := s.flow.line.Of(p.Name)
	if !ok {
		return timing{from: all, to: all}
	}
	b := &s.flow.line.Beats[i]
	return timing{float32(b.Start + b.Lead), float32(b.Speed()), float32(b.From - p.Row), float32(b.Step.Rows - p.Row)}
}

// there reports whether a cell has been computed: without a flow, all have.
func (s *Scene) there(p *layout.Panel, row, col int) bool {
	if s.flow == nil {
		return true
	}
	return float64(row)+(float64(col-p.Col)+0.5)/float64(p.Cols) < s.flow.line.Done(p.Name, s.flow.at)
}

// markFlow marks the row that is being filled, and what it reads.
func (s *Scene) markFlow() {
	f := s.flow
	b := &f.line.Beats[max(f.beat, 0)]
	name, _ := s.frontOf(b)
	if name == "" || f.at <= 0 {
		return
	}
	info := s.infoOf(name)
	if !s.markRows(name, f.row, f.row+1, 0, info.Cols, "") {
		return
	}
	s.marks[0].cell = true
	for n := range info.Inputs {
		in := s.infoOf(info.Inputs[n].Name)
		if in == nil {
			continue
		}
		from, to := b.Reads(n, in, f.row, s.tokenID)
		if r := info.Inputs[n]; r.Rows > 0 {
			from, to = r.Row, r.Row+r.Rows
		}
		col, cols := info.Inputs[n].Col, info.Inputs[n].Cols
		if cols <= 0 {
			cols = in.Cols - col
		}
		s.markRows(in.Name, from, to, col, cols, name)
	}
}

// tokenID returns the id of a token, or −1.
func (s *Scene) tokenID(t int) int {
	if t < 0 || t >= len(s.tokens) {
		return -1
	}
	return s.tokens[t].ID
}

// markRows puts a ring round rows of a tensor, in its front panels: those beside the reader
// where there are such. It reports whether there was one.
func (s *Scene) markRows(name string, from, to, col, cols int, reader string) bool {
	found := false
	beside := reader != "" && s.readsOf(name, reader)
	for _, i := range s.plan.ByName[name] {
		p := &s.plan.Panels[i]
		if p.Layer > 0 || beside && p.Reader != reader {
			continue
		}
		r0, r1 := max(from, p.Row), min(to, p.Row+p.Rows)
		c0, c1 := max(col, p.Col), min(col+cols, p.Col+p.Cols)
		if r0 >= r1 || c0 >= c1 {
			continue
		}
		m := mark{panel: i, row: -1}
		m.u, m.v, _ = p.Spot(r0, c0)
		if m.w, m.h = r1-r0, c1-c0; p.Across {
			m.w, m.h = m.h, m.w
		}
		if info := s.infoOf(name); perToken(info) && r1-r0 == 1 {
			m.row = r0
		}
		s.marks = append(s.marks, m)
		found = true
	}
	return found
}

// readsOf reports whether the tensor has panels that stand beside a step.
func (s *Scene) readsOf(tensor, step string) bool {
	for _, i := range s.plan.ByName[tensor] {
		if s.plan.Panels[i].Reader == step {
			return true
		}
	}
	return false
}

// falling returns how far the drawn token is on its way into its column, 0 … 1.
func (s *Scene) falling() float64 {
	if s.flow == nil || !s.flow.hasDrawn() {
		return 0
	}
	u := s.flow.line.Share(s.flow.at)
	return u * u * (3 - 2*u)
}
