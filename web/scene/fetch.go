package scene

import (
	"math"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/flow"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// A fetch is a row of a step that comes from a table, shown once outside of a flow.
type fetch struct {
	name string // "" none
	row  int
	way  float64 // how much of it lies behind the row, 0 … 1
	last float64 // time of the last frame, or below 0
}

// Fetch shows how a row of a step was fetched: it lifts out of its table, turns and lands in its column, and from then on
// a line joins both. Where nothing may move there is only the line. "" ends it.
func (s *Scene) Fetch(name string, row int) {
	if s.fetch.name == "" && name == "" {
		return
	}
	s.fetch = fetch{name: name, row: row, last: -1}
	s.stale.marks = true
}

// fetchTime is how long such a row is on its way, in seconds, and fetchRest how long it stays to be seen before it leaves.
const (
	fetchTime = 1.3
	fetchRest = 0.25
)

// fly takes the fetched row on to a time, once the camera rests, and reports whether it goes on.
func (s *Scene) fly(now float64) bool {
	f := &s.fetch
	if f.name == "" || f.way >= 1 || s.flow != nil || s.compared != nil {
		return false
	}
	if s.still {
		f.way, s.stale.marks = 1, true
		return false
	}
	if !s.store.Slot(f.name).Full() { // its numbers wake the scene when they come
		return false
	}
	if f.last >= 0 && s.flight == nil {
		f.way += min(max(now-f.last, 0), mostLate) / (fetchTime + fetchRest)
	}
	if f.last = now; f.way >= 1 {
		s.stale.marks = true
	}
	return f.way < 1
}

// landed reports whether a row was fetched outside of a flow, and is where it belongs.
func (f *fetch) landed() bool { return f.name != "" && f.way >= 1 }

// markFetched marks a row that was fetched, and where it comes from, unless something else is in the light.
func (s *Scene) markFetched() {
	f := &s.fetch
	table, row := s.source(f.name, f.row)
	if !f.landed() || table == nil || s.compared != nil || s.spot.on && !s.spot.names[f.name] && !s.spot.names[table.Name] {
		return
	}
	if s.markRows(f.name, f.row, f.row+1, 0, table.Cols, "") {
		s.marks[0].cell = true
		s.markRows(table.Name, row, row+1, 0, table.Cols, f.name)
	}
}

// source returns the table that a step fetches its rows from, and which row of it row t is; nil if it fetches none.
func (s *Scene) source(name string, t int) (table *model.Info, row int) {
	info := s.infoOf(name)
	if info == nil || !info.Op.Fetches() {
		return nil, 0
	}
	b := flow.Beat{Step: *info}
	for n := range info.Inputs {
		if in := s.infoOf(info.Inputs[n].Name); in != nil && in.Kind == model.KindWeight {
			row, _ = b.Reads(n, in, t, s.tokenID)
			return in, row
		}
	}
	return nil, 0
}

// mostAloft is how many rows are seen on their way at once; of more, every second, third, … is.
const mostAloft = 8

// aloft reports whether rows are on their way in a flow, at this moment.
func (s *Scene) aloft() bool {
	f := s.flow
	if f == nil || s.still || s.compared != nil {
		return false
	}
	b := &f.line.Beats[f.line.Beat(f.at)]
	return b.Lead > 0 && f.at > b.Start && f.at < b.End
}

// bakeStrips writes the rows that are on their way.
func (s *Scene) bakeStrips() {
	was := s.batch.Strips
	out := was.Data[:0]
	if s.aloft() {
		b := &s.flow.line.Beats[s.flow.line.Beat(s.flow.at)]
		every := int(math.Ceil(b.Lead * b.Speed() / mostAloft))
		for row := b.From; row < b.Step.Rows; row += every {
			if way, seen := b.Way(row, s.flow.at); seen {
				out = s.strip(out, b.Step.Name, row, way)
			}
		}
	} else if f := &s.fetch; f.name != "" && f.way < 1 && s.flow == nil && s.compared == nil {
		if way := (f.way*(fetchTime+fetchRest) - fetchRest) / fetchTime; way > 0 {
			out = s.strip(out, f.name, f.row, way)
		}
	}
	if len(out) > 0 || len(was.Data) > 0 {
		s.batch.Strips = paint.Array{Data: out, Version: was.Version + 1}
	}
}

// strip appends row t of a step on its way from its table: its cells in their colours on a piece of panel.
func (s *Scene) strip(out []float32, name string, t int, way float64) []float32 {
	table, row := s.source(name, t)
	sl := s.store.Slot(name)
	if table == nil || !sl.Full() {
		return out
	}
	from, ok := s.rowStrip(table, row, name)
	to, found := s.rowStrip(sl.Info, t, "")
	if !ok || !found {
		return out
	}
	at := flow.Fetched(from, to, stripLift*max(from.Length(), to.Length()), way)
	air := math.Sin(math.Pi * way)
	at.Wide = max(at.Wide, leastStrip*s.lineUnit()*air)
	norm := s.store.Norm(name)
	if source := s.store.Slot(table.Name); source.Full() { // it has the colours of where it is
		norm = float32((1-way)*float64(s.store.Norm(table.Name)) + way*float64(norm))
	}
	hue := s.colours.Kind(table.Kind).Mix(s.colours.Kind(sl.Info.Kind), way)
	out = s.stripGround(out, at, hue, air)
	return s.stripCells(out, at, name, t, sl.Info.Cols, norm)
}

// How high a strip lifts, as a share of its length, and how wide it is in the air at least, in CSS pixels.
const (
	stripLift  = 0.3
	leastStrip = 9
)

// rowStrip returns where a row of a tensor stands: in the panels that stand beside a reader, if there are such. A row of a
// window that lies beyond its end comes from behind that.
func (s *Scene) rowStrip(info *model.Info, row int, reader string) (st flow.Strip, ok bool) {
	first, last := s.panelOf(Cell{info.Name, row, 0}, reader), s.panelOf(Cell{info.Name, row, info.Cols - 1}, reader)
	if first < 0 || last < 0 {
		if first = s.nearest(info.Name, row, reader); first < 0 {
			return st, false
		}
		last = first
	}
	p, q := &s.plan.Panels[first], &s.plan.Panels[last]
	across := min(max(float64(row-p.Row), -1), float64(p.Rows)) + 0.5
	if p.Across {
		return flow.Strip{From: p.Corner(0, across), To: q.Corner(float64(q.Cols), across), Wide: p.CellH}, true
	}
	return flow.Strip{From: p.Corner(across, 0), To: q.Corner(across, float64(q.Cols)), Wide: p.CellW}, true
}

// nearest returns the front panel of a tensor whose rows are nearest to one that is not shown, beside a reader if there is
// such; −1 none.
func (s *Scene) nearest(name string, row int, reader string) int {
	best, least := -1, math.MaxInt
	beside := s.readsOf(name, reader)
	for _, i := range s.plan.ByName[name] {
		p := &s.plan.Panels[i]
		if away := max(p.Row-row, row-p.Row-p.Rows, 0); p.Layer == 0 && (!beside || p.Reader == reader) && away < least {
			best, least = i, away
		}
	}
	return best
}

// stripGround appends what the cells of a strip lie on: a shadow while it is in the air, the edge of a panel and its paper.
func (s *Scene) stripGround(out []float32, at flow.Strip, hue paint.RGB, air float64) []float32 {
	unit := s.lineUnit()
	sh, edge := s.colours.Shadow, (layout.Margin+1.5*unit)*air // where it lies in a panel, it covers nothing beside it
	tint := paint.RGB{sh[0], sh[1], sh[2]}.Linear()
	below := at
	drop := camera.V(2*unit*air, -5*unit*air, 0)
	below.From, below.To = at.From.Add(drop), at.To.Add(drop)
	out = s.band(out, below, 0, 1, edge+4*unit, tint.Alpha(min(2.5*sh[3], 1)*float32(air)), 0.5)
	out = s.band(out, at, 0, 1, edge, hue.Linear().Alpha(1), 0)
	return s.band(out, at, 0, 1, layout.Margin*air, s.colours.Value(0).Linear().Alpha(1), 0)
}

// mostStripCells is how many cells a strip has at most; of a longer row each is the mean of several.
const mostStripCells = 192

// stripCells appends the cells of row t of a step.
func (s *Scene) stripCells(out []float32, at flow.Strip, name string, t, cols int, norm float32) []float32 {
	each := (cols + mostStripCells - 1) / mostStripCells
	n := (cols + each - 1) / each
	cell := min(at.Wide, at.Length()/float64(n))
	inset := -0.07 * cell
	if cell < 6*s.lineUnit() { // the gaps would be finer than a pixel
		inset = 0.5 * s.lineUnit()
	}
	for k := range n {
		sum, count := float32(0), 0
		for c := k * each; c < min(k*each+each, cols); c++ {
			if v, ok := s.store.At(name, t, c); ok && v < paint.NotFinite {
				sum += v
				count++
			}
		}
		if count == 0 {
			continue
		}
		i := min(max((sum/float32(count)/norm+1)*127.5, 0), 255)
		c := s.batch.Ramp[int(i)]
		colour := paint.RGB{float32(c[0]) / 255, float32(c[1]) / 255, float32(c[2]) / 255}.Linear()
		out = s.band(out, at, float64(k)/float64(n), float64(k+1)/float64(n), inset, colour.Alpha(1), 0)
	}
	return out
}

// band appends the piece of a strip between two shares of its length, grown by so many units to all sides.
func (s *Scene) band(out []float32, at flow.Strip, from, to, grow float64, c [4]float32, soft float32) []float32 {
	along := at.To.Sub(at.From).Unit()
	across := camera.V(along.Y, -along.X, 0)
	wide := at.Wide + 2*grow
	corner := at.From.Lerp(at.To, from).Sub(along.Mul(grow)).Sub(across.Mul(wide / 2))
	u := along.Mul((to-from)*at.Length() + 2*grow)
	v := across.Mul(wide)
	return append(out, float32(corner.X), float32(corner.Y-s.origin), float32(corner.Z), float32(u.X), float32(u.Y), float32(u.Z),
		float32(v.X), float32(v.Y), float32(v.Z), c[0], c[1], c[2], c[3], soft)
}
