package scene

import (
	"maps"
	"math"
	"slices"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/linked"
)

// led is what a scene knows of the one that it follows.
type led struct {
	by    *Scene
	infos [2][]model.Info // of the other and of this one, for which alike holds
	alike bool            // both have the same steps and weights, of the same shapes

	layouts [2]int // for which same holds
	same    bool   // both towers stand in the same places
	to      *linked.Map
	toOf    wayKey // for which to holds
	sets    [2]int // how often numbers were set

	flight *camera.Flight // of the other, which this one makes in its own way
	goal   goalKey        // that is kept in view
	base   camera.Pose    // of the other when this camera was last where that goal is seen, and
	off    camera.Pose    // how far that is from where the map leads: At in heights of the picture, Span in logarithms
	alone  *Cell          // see PointAlone
}

// wayKey is what a map depends on.
type wayKey struct {
	layouts [2]int
	spread  float64
}

// goalKey is what the camera of a goal depends on.
type goalKey struct {
	layouts [2]int
	pose    camera.Pose // of the other
}

// Follow makes the scene the second of two that are seen together. It takes over the canvas, the theme and the scale of the
// other one, marks what that marks, and looks at the same: from the same place, if both towers are alike, or else at the
// same steps. It is called before each frame of the second, after that of the first. nil ends it.
func (s *Scene) Follow(other *Scene, now float64) {
	if other == nil {
		s.Leave()
		return
	}
	l := &s.led
	if l.by != other {
		*l = led{by: other, alone: l.alone}
	}
	s.takeCanvas(other)
	s.compareNorms(other)
	if other.stale.layout {
		other.relayout()
	}
	s.takeShapes(other)
	s.takeMarks(other)
	if s.stale.layout {
		s.relayout()
	}
	s.takeCamera(other, now)
	s.takeFlow(other)
}

// Leave ends what Follow began.
func (s *Scene) Leave() {
	if other := s.led.by; other != nil {
		other.store.MeasureWith(nil)
		s.store.MeasureWith(nil)
		other.stale.boxes = true
	}
	s.led = led{}
}

// takeCanvas takes over what both canvases have in common.
func (s *Scene) takeCanvas(other *Scene) {
	if s.theme != other.theme {
		s.SetTheme(other.theme)
	}
	s.SetSize(int(other.w), int(other.h), other.ratio)
	if s.insets != other.insets {
		s.insets, s.stale.layout = other.insets, true
	}
	s.still, s.beside = other.still, other.beside
	if s.chosen != other.chosen {
		s.SetScale(other.chosen)
	}
}

// compareNorms has colours mean the same in both pictures.
func (s *Scene) compareNorms(other *Scene) {
	s.store.MeasureWith(other.store)
	other.store.MeasureWith(s.store)
	if sets := [2]int{other.store.Sets(), s.store.Sets()}; sets != s.led.sets {
		s.led.sets = sets
		s.stale.boxes, other.stale.boxes = true, true
	}
}

// takeShapes takes over which heads stand in front and which part of a long vocabulary is shown, as far as there are the same.
func (s *Scene) takeShapes(other *Scene) {
	l := &s.led
	if now := [2][]model.Info{other.infos, s.infos}; !identical(now[0], l.infos[0]) || !identical(now[1], l.infos[1]) {
		l.infos, l.alike = now, alike(now[0], now[1])
		l.layouts = [2]int{-1, -1}
	}
	s.TakeWindows(other)
	if l.alike && s.pairFirst != other.pairFirst {
		s.pairFirst, s.stale.layout = other.pairFirst, true
	}
	s.wanted = other.wanted
	if other.goal.held && len(other.goal.names) == 1 {
		s.bringForward(other.goal.names[0])
	}
	if s.config.Heads == other.config.Heads && len(s.plan.Rows) == len(other.plan.Rows) && !maps.Equal(s.front, other.front) {
		s.front, s.stale.layout = maps.Clone(other.front), true
	}
}

// TakeWindows shows the same part of a long vocabulary as another scene. Numbers of that part have to come later.
func (s *Scene) TakeWindows(other *Scene) {
	for name, at := range other.windows {
		a, b := other.infoOf(name), s.infoOf(name)
		if a != nil && b != nil && a.Rows == b.Rows && a.Cols == b.Cols {
			s.SetWindow(name, at[0], at[1])
		}
	}
}

// identical reports whether two lists are one and the same.
func identical(a, b []model.Info) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// alike reports whether two lists have the same names and shapes.
func alike(a, b []model.Info) bool {
	return slices.EqualFunc(a, b, func(i, j model.Info) bool { return i.Name == j.Name && i.Rows == j.Rows && i.Cols == j.Cols })
}

// SameCell returns the cell of s that is the same as one of another scene: of the step or weight of that name, in that row and
// column; of words only if both models have as many. ok is false if there is none.
func (s *Scene) SameCell(other *Scene, c Cell) (same Cell, ok bool) {
	to := s.infoOf(c.Name)
	if to == nil || c.Row >= to.Rows || c.Col >= to.Cols {
		return Cell{}, false
	}
	if (to.RowAxis == model.AxisWord || to.ColAxis == model.AxisWord) && s.config.Vocab != other.config.Vocab {
		return Cell{}, false
	}
	return c, true
}

// PointAlone marks a cell that the scene that this one follows does not have; nil ends it.
func (s *Scene) PointAlone(c *Cell) { s.led.alone = c }

// takeMarks takes over what is marked.
func (s *Scene) takeMarks(other *Scene) {
	s.SelectToken(other.token)
	if !maps.Equal(s.current, other.current) {
		s.Current(slices.Collect(maps.Keys(other.current)))
	}
	s.Select(other.selected)
	if s.config.Vocab == other.config.Vocab {
		s.SetWord(other.inUse)
	} else {
		s.SetWord(Word{ID: -1})
	}
	same := func(c *Cell) *Cell {
		if c == nil {
			return nil
		}
		at, ok := s.SameCell(other, *c)
		if !ok {
			return nil
		}
		return &at
	}
	if other.pinned.Name == "" {
		s.Pin(nil)
	} else {
		s.Pin(same(&other.pinned))
	}
	s.SetTrail(s.sameCells(other, other.trail))
	s.SetTold(s.sameCells(other, other.told))
	hover, operands := same(other.hover), []model.Operand(nil)
	if hover != nil {
		operands = s.sameOperands(other)
	} else if other.hover == nil && s.led.alone != nil {
		hover = s.led.alone
	}
	if (hover == nil) != (s.hover == nil) || hover != nil && (*hover != *s.hover || !slices.Equal(operands, s.operands)) {
		s.Hover(hover, operands)
	}
	if spot := &other.spot; spot.on != s.spot.on || spot.on && !slices.Equal(spot.list, s.spot.list) {
		if s.Spotlight(nil); spot.on {
			s.Spotlight(spot.list)
		}
		s.spot.looked = true // the camera is led
	}
}

// sameCells returns those of some cells that are here.
func (s *Scene) sameCells(other *Scene, cells []Cell) (same []Cell) {
	for _, c := range cells {
		if at, ok := s.SameCell(other, c); ok {
			same = append(same, at)
		}
	}
	return same
}

// sameOperands returns what the hovered cell of the other scene is made of, as it lies here.
func (s *Scene) sameOperands(other *Scene) []model.Operand {
	if s.led.alike {
		return other.operands
	}
	var same []model.Operand
	for _, o := range other.operands {
		from, to := other.infoOf(o.Tensor), s.infoOf(o.Tensor)
		if from == nil || to == nil {
			continue
		}
		if moved, ok := moveOperand(o, from.Cols, to.Rows, to.Cols); ok {
			same = append(same, moved)
		}
	}
	return same
}

// moveOperand returns the cells of a tensor of rows × cols that stand where those of an operand stand in one of other columns, as
// far as there are such.
func moveOperand(o model.Operand, was, rows, cols int) (moved model.Operand, ok bool) {
	if was == 0 || o.Count < 1 {
		return moved, false
	}
	row, col := o.Start/was, o.Start%was
	if row >= rows || col >= cols {
		return moved, false
	}
	o.Start = row*cols + col
	if o.Count > 1 && o.Stride%was == 0 {
		o.Stride = o.Stride / was * cols
		o.Count = min(o.Count, 1+(rows-1-row)*cols/max(o.Stride, 1))
	} else {
		o.Count = min(o.Count, 1+(cols-1-col)/max(o.Stride, 1))
	}
	return o, true
}

// takeFlow shows the run as far as the other is shown, if it has the same steps.
func (s *Scene) takeFlow(other *Scene) {
	f := other.flow
	if f == nil || !s.led.alike {
		if s.flow != nil {
			s.SetFlow(nil, 0, 0, false)
		}
		return
	}
	if s.flow == nil || s.flow.line != f.line || s.flow.at != f.at {
		s.SetFlow(f.line, f.at, 0, false)
	}
}

// takeCamera looks at what the other scene looks at.
func (s *Scene) takeCamera(other *Scene, now float64) {
	l := &s.led
	s.goal = goal{held: false}
	if layouts := [2]int{other.layouts, s.layouts}; layouts != l.layouts {
		l.layouts = layouts
		s.open(other.plan.Spread)
		l.same = l.alike && linked.Same(other.tower(), s.tower())
	}
	switch {
	case l.same:
		s.flight, l.flight = nil, nil
		s.pose = other.pose
	case other.flight != nil:
		if other.flight != l.flight { // it has begun, or goes elsewhere
			l.flight, l.goal = other.flight, goalKey{}
			s.flight = camera.NewFlight(s.pose, s.poseFor(other, other.flight.To), now)
		}
		l.base, l.off = other.flight.To, camera.Pose{}
		return // Frame flies
	case other.goal.held:
		l.flight = nil
		if key := (goalKey{[2]int{other.layouts, s.layouts}, other.pose}); l.goal != key {
			to := s.poseFor(other, other.pose)
			if l.goal = key; s.flight != nil {
				s.flight.To = to
			} else {
				s.pose = to
			}
			at := s.mapFrom(other, other.pose.Spread).Pose(other.pose)
			l.base = other.pose
			l.off = camera.Pose{At: to.At.Sub(at.At).Mul(1 / at.Span), Span: math.Log(to.Span / at.Span)}
		}
		if s.flight != nil {
			return
		}
	case s.flight != nil && other.pose == l.base:
		l.flight = nil
		return // it is still on its way
	default:
		s.flight, l.flight, l.goal = nil, nil, goalKey{}
		s.pose = s.steeredWith(other)
	}
	s.open(s.pose.Spread)
}

// steeredWith returns the pose that the map gives. What was framed just before may have been seen from a better place: from there
// the camera comes to the one of the map as the reader moves it.
func (s *Scene) steeredWith(other *Scene) camera.Pose {
	l := &s.led
	p := s.mapFrom(other, other.pose.Spread).Pose(other.pose)
	if l.off == (camera.Pose{}) {
		return p
	}
	span := max(l.base.Span, other.pose.Span)
	gone := other.pose.At.Sub(l.base.At).Length()/span + math.Abs(math.Log(other.pose.Span/l.base.Span))
	k := math.Exp(-forgets * gone / (1 + 3*max(l.off.At.Length(), math.Abs(l.off.Span)))) // from far away it takes longer
	p.At = p.At.Add(l.off.At.Mul(k * p.Span))
	p.Span *= math.Exp(l.off.Span * k)
	return p
}

// forgets is how fast the place of a framed goal is left: by e once the camera has moved a part of its picture.
const forgets = 2

// tower is what package linked needs of the scene.
func (s *Scene) tower() linked.Tower {
	return linked.Tower{Plan: s.plan, Infos: s.infos, Whole: s.whole}
}

// mapFrom returns the map from the tower of the other scene to this one, as both stand at a spread.
func (s *Scene) mapFrom(other *Scene, spread float64) *linked.Map {
	l := &s.led
	key := wayKey{[2]int{other.layouts, s.layouts}, spread}
	if l.to != nil && l.toOf == key {
		return l.to
	}
	for _, p := range [2]*Scene{other, s} {
		if was := p.plan.Spread; was != spread {
			p.plan.Open(spread)
			defer p.plan.Open(was)
		}
	}
	l.to, l.toOf = linked.New(other.tower(), s.tower()), key
	return l.to
}

// poseFor returns the pose that shows here what the other scene shows, or flies to, from a pose: where the map leads, or else, if
// that would leave out some of what the other frames, where all of it is seen.
func (s *Scene) poseFor(other *Scene, to camera.Pose) camera.Pose {
	if !other.goal.held {
		return s.mapFrom(other, to.Spread).Pose(to)
	}
	if len(other.goal.names) == 0 {
		return s.aimed(nil)
	}
	p := s.mapFrom(other, to.Spread).Pose(to)
	if names := s.sameNames(other.goal.names); len(names) > 0 && !s.holds(p, names) {
		return s.aimed(names)
	}
	return p
}

// holds reports whether a pose shows all of some steps and weights.
func (s *Scene) holds(p camera.Pose, names []string) bool {
	if was := s.plan.Spread; was != p.Spread {
		s.plan.Open(p.Spread)
		defer s.plan.Open(was)
	}
	l, f := p.Lens(s.w, s.h, s.whole, s.plan.All), s.free()
	x0, y0, x1, y1, ok := l.Rect(s.boundOf(names))
	return ok && x0 >= float64(f.X) && y0 >= float64(f.Y) && x1 <= float64(f.X+f.W) && y1 <= float64(f.Y+f.H)
}

// sameNames returns those of some steps and weights that are here.
func (s *Scene) sameNames(names []string) (same []string) {
	for _, n := range names {
		if len(s.plan.ByName[n]) > 0 {
			same = append(same, n)
		}
	}
	return same
}
