// Package scene turns the steps of a trace into what a frame draws: panels with places
// derived from operations and inputs, a camera, connections, labels, picking and the
// colours of values. It is a plain state machine without a browser: the page tells it
// what happened, and Frame returns plain arrays for package gl. Time is a parameter, in
// seconds. A Scene is not safe for use by two goroutines at once.
package scene

import (
	"maps"
	"math"
	"slices"

	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/label"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/sizes"
)

// A Scene is the tower of one model, with its values, and the camera before it.
type Scene struct {
	config   model.Config
	infos    []model.Info
	windows  map[string][2]int
	front    map[int]layout.Front
	plan     *layout.Plan
	store    *paint.Store
	caps     []label.Caption
	headings []heading     // of the rows of the plan
	spoken   *say.Language // in which both are worded
	targets  []placed      // what is written on the scene and leads somewhere

	predicts string // the step that makes the probabilities of the next token, or ""

	theme    paint.Theme
	colours  paint.Palette
	w, h     float64
	ratio    float32
	insets   [4]float32 // left, top, right, bottom
	occupied []camera.Rect
	measure  func(text string, size float32, bold, mono bool) float32

	pose     camera.Pose
	origin   float64    // y from which the arrays of the batch count
	whole    float64    // the span at which the whole tower is seen
	beyond   [2]float64 // CSS pixels then free at the left and at the right of the stream
	nearUnit float64    // world length of a pixel then, where the stream begins
	flight   *camera.Flight
	goal     goal
	anchor   anchor
	still    bool // no motion: flights cut

	drawn    bool // a frame was asked for: before, there is nothing to fly from
	steered  bool // the reader moved the camera since the last frame
	inMotion bool // see InMotion

	tokens    []Token
	next      next
	token     int     // the selected token, or −1
	pitch     float64 // of the chips, see chipPitch; 0: not measured yet
	current   map[string]bool
	selected  string
	hover     *Cell
	operands  []model.Operand
	note      note
	wanted    string // the tensor whose head stands in front, until another one is selected
	trail     []Cell // the way to the selected cell, which is its last
	told      []Cell // of which a text beside the scene tells
	pairFirst int    // of the pairs of tokens that have room
	pinned    Cell   // that the reader keeps; its name is "" if there is none
	inUse     Word   // word of the vocabulary, which is in use
	spot      spotlight
	edits     edited
	chosen    paint.Scale // by the reader; a difference has its own
	fetch     fetch

	batch  paint.Batch
	stale  stale
	level  int // of the lines' detail
	labels labeller
	beside float32 // how wide what stands to the right of what is framed is, in CSS pixels
	marks  []mark

	tiers    tiers
	arranged bool // the tiers are those of the plan

	flow    *playback // the run as it is computed; nil: all of it is there
	layouts int       // how often the tower was laid out

	led led // by the scene that this one follows

	compared *sizes.Comparison // what stands in the model's place; nil: the model
	leads    []float32         // the lines to the names of its towers
}

// stale says which parts of the batch are out of date.
type stale struct{ layout, boxes, lines, quads, marks bool }

// goal is what the camera was last sent to; it holds until the reader moves it.
type goal struct {
	names []string
	held  bool // the reader has not moved since
}

// A Token is a token of the text, as it is to be shown.
type Token struct {
	Text      string // spaces and newlines made visible
	ID        int
	Generated bool
}

// A Cell is a number of a tensor.
type Cell struct {
	Name     string
	Row, Col int
}

// next is the predicted token.
type next struct {
	text  string
	p     float32
	muted bool
}

// New returns a scene without a model.
func New() *Scene {
	s := &Scene{windows: map[string][2]int{}, front: map[int]layout.Front{}, store: paint.NewStore(0), w: 1080, h: 724, ratio: 1,
		token: -1, inUse: Word{ID: -1}, current: map[string]bool{}, goal: goal{held: true}}
	s.labels.ages = map[int]float64{}
	s.batch.Seen = []paint.Span{}
	s.SetTheme(paint.Light)
	s.plan = layout.New(s.config, nil, nil, 1, nil, layout.Pairs{})
	return s
}

// SetSteps gives the scene a new structure: the steps of a trace and the weights that
// they read. Weights that are not listed stay as they were, if the model's sizes are
// the same; then the camera stays too, and numbers of weights. Those of steps come
// back with SetValues.
func (s *Scene) SetSteps(c model.Config, infos []model.Info) {
	fresh := c != s.config
	if fresh {
		s.store, s.windows, s.front = s.store.Next(), map[string][2]int{}, map[int]layout.Front{}
		s.goal = goal{held: true}
		s.hover, s.operands, s.selected, s.token, s.flow, s.trail = nil, nil, "", -1, nil, nil
		s.pinned, s.inUse = Cell{}, Word{ID: -1}
		s.Spotlight(nil)
		s.fetch, s.edits = fetch{}, edited{}
		s.SetScale(s.chosen)
	}
	listed := append([]model.Info(nil), infos...)
	if !fresh {
		listed = appendMissingWeights(listed, s.infos)
	}
	s.config, s.infos, s.predicts = c, listed, predicting(listed)
	s.store.Describe(s.infos, s.windows)
	s.stale.layout = true
	if fresh {
		s.flight = nil
		s.relayout()
		s.pose = s.overview()
	}
}

// predicting returns the last step of the network's softmax, or "".
func predicting(infos []model.Info) (name string) {
	for i := range infos {
		if infos[i].Part == model.PartSoftmax {
			name = infos[i].Name
		}
	}
	return name
}

// appendMissingWeights appends the weights of old that infos lacks.
func appendMissingWeights(infos, old []model.Info) []model.Info {
	has := map[string]bool{}
	for i := range infos {
		has[infos[i].Name] = true
	}
	for i := range old {
		if old[i].Kind == model.KindWeight && !has[old[i].Name] {
			infos = append(infos, old[i])
		}
	}
	return infos
}

// SetValues stores the rows from … from+rows−1 of a step or weight. NaN is a masked
// cell where the model masks (above the diagonal, in the filters of sampling), and
// otherwise a number that is not finite. A panel shows its values once all its rows are
// there; who sends rows from k > 0 on says that those before k are as they were. Names
// that the scene does not know are ignored.
func (s *Scene) SetValues(name string, from, rows, cols int, data []float32) {
	s.SetPart(name, from, 0, rows, cols, data)
}

// SetPart stores such rows of which only the columns from col on are there. They are of use where they hold all
// columns of the window.
func (s *Scene) SetPart(name string, from, col, rows, cols int, data []float32) {
	if s.store.Set(name, from, col, rows, cols, data) && s.store.Slot(name).Full() {
		s.stale.boxes = true
	}
}

// SetCoarse stores averages of a tensor whose numbers are too many: of blocks of 4^k × 4^k cells, row by row, the mean and the
// mean magnitude. They are shown until its numbers come.
func (s *Scene) SetCoarse(name string, rows, cols, k int, blocks []float32, norm float32) {
	if s.store.SetCoarse(name, rows, cols, k, blocks, norm) {
		s.stale.boxes = true
	}
}

// SetWindow moves what is shown of a tensor with an axis over 4096, so that row and col
// are its first cells; its numbers have to be set again. It returns whether it moved.
func (s *Scene) SetWindow(name string, row, col int) bool {
	sl, was := s.store.Slot(name), s.windows[name]
	s.windows[name] = [2]int{row, col}
	if sl == nil || was == [2]int{row, col} {
		return false
	}
	s.store.Describe(s.infos, s.windows)
	s.store.Hold(name)
	s.stale.layout = true
	return true
}

// Window returns which rows and columns of a tensor are shown.
func (s *Scene) Window(name string) (row, rows, col, cols int) {
	if sl := s.store.Slot(name); sl != nil {
		return sl.FirstRow, sl.NumRows, sl.FirstCol, sl.NumCols
	}
	return 0, 0, 0, 0
}

// SetTokens sets the tokens of the text: column t of every activation belongs to token t.
func (s *Scene) SetTokens(tokens []Token) {
	if slices.Equal(s.tokens, tokens) {
		return
	}
	s.tokens = append(s.tokens[:0], tokens...)
	s.stale.lines, s.pitch = true, 0
}

// SetNext sets the predicted token and its probability; muted where it means nothing
// yet. An empty text removes it.
func (s *Scene) SetNext(text string, p float32, muted bool) {
	if n := (next{text, p, muted}); n != s.next {
		s.next, s.stale.lines = n, true
	}
}

// SelectToken emphasises the column of a token; −1 none.
func (s *Scene) SelectToken(t int) {
	if s.token != t {
		s.token, s.stale.lines = t, true
	}
}

// SetTheme changes the colours.
func (s *Scene) SetTheme(t paint.Theme) {
	s.theme, s.colours, s.pitch = t, t.Palette(), 0
	s.batch.Theme, s.batch.Paper, s.batch.Ramp = t, s.colours.Paper, s.colours.Ramp()
	s.stale.boxes, s.stale.lines, s.stale.marks = true, true, true
}

// SetSize says how large the canvas is in CSS pixels, and how many device pixels one has.
func (s *Scene) SetSize(w, h int, ratio float32) {
	if w < 1 || h < 1 || float64(w) == s.w && float64(h) == s.h && ratio == s.ratio {
		return
	}
	s.w, s.h, s.ratio = float64(w), float64(h), ratio
	s.stale.layout = true
}

// SetInsets says how much of each side of the canvas the interface covers, in CSS pixels.
func (s *Scene) SetInsets(left, top, right, bottom float32) {
	if in := [4]float32{left, top, right, bottom}; in != s.insets {
		s.insets, s.stale.layout = in, true
	}
}

// SetOccupied says where boxes of the interface stand over the canvas; labels avoid them.
func (s *Scene) SetOccupied(boxes []camera.Rect) { s.occupied = append(s.occupied[:0], boxes...) }

// SetMeasure gives the scene a way to measure text in CSS pixels; without it the widths
// are estimated.
func (s *Scene) SetMeasure(f func(text string, size float32, bold, mono bool) float32) {
	s.measure, s.pitch = f, 0
}

// SetMotion says whether the camera may fly; without motion it cuts.
func (s *Scene) SetMotion(allowed bool) { s.still = !allowed }

// Current names the tensors of the current stage: their labels come first.
func (s *Scene) Current(names []string) {
	next := make(map[string]bool, len(names))
	for _, n := range names {
		next[n] = true
	}
	if !maps.Equal(next, s.current) {
		s.current, s.stale.marks = next, true
	}
}

// Select emphasises a tensor, and brings its head to the front; "" none.
func (s *Scene) Select(name string) {
	if name == s.selected {
		return
	}
	s.selected = name
	s.stale.boxes, s.stale.marks = true, true
	if name != "" {
		s.wanted = ""
	}
	s.bringForward(name)
}

// Foreground has the head that owns the tensor stand in front, as long as the reader selects no other one: it may come with
// a later run. "" leaves the heads as they are.
func (s *Scene) Foreground(name string) {
	s.wanted = name
	s.bringForward(name)
}

// bringForward turns the heads of a row so that the one that owns the tensor is in front.
func (s *Scene) bringForward(name string) {
	for _, i := range s.plan.ByName[name] {
		if s.plan.Panels[i].Layer == 0 {
			return // it is there, or a part of it: of a weight of all heads that of one
		}
	}
	for _, i := range s.plan.ByName[name] {
		p := &s.plan.Panels[i]
		if p.Head >= 0 {
			s.front[p.InRow] = layout.Front{Head: p.Head}
			s.stale.layout = true
			return
		}
	}
}

// relayout places the panels again, and keeps the camera on its goal.
func (s *Scene) relayout() {
	s.stale.layout = false
	s.layouts++
	if s.compared != nil {
		s.plan = s.compared.Plan
	} else {
		free := s.free()
		aspect := float64(free.W) * 0.82 / (float64(free.H)*0.94 - chipRoom) / 0.96
		for range 2 {
			pairs := s.pairs()
			s.pairFirst = pairs.First
			s.plan = layout.New(s.config, s.infos, s.windows, aspect, s.front, pairs)
			s.bringForward(s.wanted)
			s.wordForward()
			if !s.stale.layout { // neither a head has come forward nor the window has moved
				break
			}
			s.stale.layout = false
		}
	}
	s.measureWhole()
	switch {
	case s.goal.held && s.flight == nil:
		s.pose = s.aimed(s.goal.names)
	case s.goal.held:
		s.flight.To = s.aimed(s.goal.names)
	}
	s.plan.Open(s.pose.Spread)
	s.moved()
	if s.flow != nil {
		s.flow.shots = s.flow.shots[:0]
	}
}

// chipEdge is what the chips of a folded tower leave free at the edges of the canvas, in CSS pixels; and such a share of its
// width, for they are nearer to the eye there.
const (
	chipEdge  = 10
	chipWiden = 0.025
)

// measureWhole measures the view of the whole tower.
func (s *Scene) measureWhole() {
	p, f := s.overview(), s.free()
	s.whole = p.Span
	l := p.Lens(s.w, s.h, s.whole, s.plan.All)
	top := camera.V(0, s.plan.All.Max.Y, layout.LinkZ)
	x, _, _ := l.Project(top)
	s.nearUnit = 1 / max(l.Scale(top)*math.Cos(p.Az*math.Pi/180), 1e-9)
	s.beyond = [2]float64{x - float64(f.X), float64(f.X+f.W) - x}
	if s.plan.Folded() { // the chips begin at the edge of the canvas, and are nearer there than the stream
		edge := chipEdge + chipWiden*float64(f.W)
		s.beyond[0] -= edge
		s.beyond[1] -= edge
	}
}

// open makes the panels stand as close as spread says; 1 is the width of the overview.
func (s *Scene) open(spread float64) {
	if spread != s.plan.Spread {
		s.plan.Open(spread)
		s.moved()
	}
}

// moved notes that panels stand elsewhere now.
func (s *Scene) moved() {
	s.word()
	s.arranged = false
	s.stale.boxes, s.stale.lines, s.stale.marks = true, true, true
}

// movable reports whether the gaps close during a flight to a stage, and panels fade while
// a cell is hovered. A model of very many panels stays as it is: to send them again and
// again would take too long.
func (s *Scene) movable() bool { return len(s.plan.Panels) <= mostMoved && !s.plan.Fixed }

// mostMoved is how many panels move during a flight.
const mostMoved = 4000

// SetScale changes the scale of all colours.
func (s *Scene) SetScale(k paint.Scale) {
	s.chosen = k
	if k = s.edits.scale(k); s.store.Scale != k {
		s.store.Scale, s.stale.boxes = k, true
	}
}
