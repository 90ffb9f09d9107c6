package layout

import (
	"glassbox/model"
	"glassbox/web/scene/camera"
)

// A Place is what stands in one place of a row: a stack of panels, the narrow columns beside
// it (gain, bias) and the per-row numbers above it.
type Place struct {
	Body  Stack
	Sides []Stack
	Above []Stack
	Outer bool // the sides stand away from the spine, where the flow leaves; else towards it
	Side  int  // −1 left of the spine, +1 right of it
	Col   int  // 0 stands next to the spine
	Track int  // 0, 1, … from the top, or −1: as high as the row
	Step  string
	At    camera.Vec // left-top-front corner of the body, once placed
	id    int
}

// A Row is what one residual connection goes round: its panels stand side by side.
type Row struct {
	Side   int    // of the spine on which the loop hangs
	spine  string // the tensor of the residual stream that stands in this row
	Adds   string // the step that adds the loop's result to the spine, or ""
	Block  int
	Places []*Place
	byKey  map[string]*Place
	Links  []Link
	linear int // how many tracks the linear layers of one head fill
	Tail   bool
	After  bool   // the row above hangs on the same side
	Middle *Place // the panel on the spine, or nil

	Column      int     // of the tower
	X           float64 // of the middle of the stream, once placed
	Top, Height float64 // of the core, once placed
	Meet        float64 // y of the ⊕ below it
	start, end  float64 // y where what belongs to it begins and ends
}

// A Link is a connection before it has a place; From nil is the spine.
type Link struct {
	From, To *Place
	Kind     model.Kind
	low      bool // arrives in the lower third, for another one arrives above it
}

// builder turns the steps of a trace into rows. It asks a step for what model says
// of it, and never for what it is called.
type builder struct {
	c       model.Config
	infos   []model.Info
	info    map[string]*model.Info
	windows map[string][2]int
	seen    map[string]bool // weights that have been placed
	rows    []*Row
}

// build returns the rows of the tower from top to bottom.
func (b *builder) build() []*Row {
	spine, groups := Split(b.infos)
	for i, group := range groups {
		sh := &Row{Side: 1, Block: -1, byKey: map[string]*Place{}, Tail: i == len(groups)-1}
		if i > 0 && i-1 < len(spine) {
			sh.spine = spine[i-1]
		}
		if !sh.Tail {
			sh.Adds = spine[i]
		}
		if i == 0 && !sh.Tail {
			b.head(sh, group)
		} else {
			b.loop(sh, group, spine)
		}
		sh.After = i == 1 || i > 1 && b.rows[i-1].Side == sh.Side // the first row has both sides
		b.rows = append(b.rows, sh)
	}
	b.placeUnread()
	return b.rows
}

// Split finds the residual stream, the chain of additions each of which reads the one
// before, and what stands between its links.
func Split(infos []model.Info) (spine []string, groups [][]*model.Info) {
	groups = [][]*model.Info{nil}
	start, inBlock := beginning(infos), false
	for i := range infos {
		s := &infos[i]
		if s.Kind == model.KindWeight {
			continue
		}
		if s.Name == start || s.Op == model.OpAdd && (len(spine) == 0 || s.Reads(spine[len(spine)-1])) {
			spine = append(spine, s.Name)
			groups = append(groups, nil)
			continue
		}
		at := len(groups) - 1
		if at == 1 && s.Block < 0 && !inBlock {
			at = 0 // what the blocks need besides the stream: how far queries and keys turn
		}
		inBlock = inBlock || s.Block >= 0
		groups[at] = append(groups[at], s)
	}
	return spine, groups
}

// beginning returns the step with which the stream begins, if that is no addition: the one to which the first addition, in
// a block already, adds; else "".
func beginning(infos []model.Info) string {
	for i := range infos {
		if s := &infos[i]; s.Op == model.OpAdd {
			if s.Block < 0 || len(s.Inputs) == 0 {
				return ""
			}
			return s.Inputs[0].Name
		}
	}
	return ""
}

// head places what the residual stream begins with: the first input of the sum on the
// left, the second on the right, their tables outside of them, the ids on top.
func (b *builder) head(sh *Row, group []*model.Info) {
	sum := b.info[sh.Adds]
	sh.Middle = b.add(sh, b.whole(sum, sum.Name), 0, 0)
	if sum.Op != model.OpAdd {
		b.fetch(sh, sum, sh.Middle, -1, 0)
		col := 0
		for _, s := range group {
			if sh.byKey[s.Name] == nil {
				sh.byKey[s.Name] = b.add(sh, b.whole(s, s.Name), 1, col)
				col++
			}
		}
		return
	}
	for k, in := range sum.Inputs {
		s := b.info[in.Name]
		if s == nil || sh.byKey[s.Name] != nil {
			continue
		}
		it := b.add(sh, b.whole(s, s.Name), 2*min(k, 1)-1, 0)
		sh.byKey[s.Name] = it
		sh.Links = append(sh.Links, Link{it, sh.Middle, model.KindActivation, false})
		b.fetch(sh, s, it, it.Side, 1)
	}
	for i, s := range group {
		if sh.byKey[s.Name] == nil {
			b.add(sh, b.whole(s, s.Name), -1, 2+i)
		}
	}
}

// fetch places what a step that stands at it fetches rows from: a table, in that column of a side, and the ids, on top.
func (b *builder) fetch(sh *Row, s *model.Info, it *Place, side, col int) {
	for _, r := range s.Inputs {
		switch t := b.info[r.Name]; {
		case t == nil:
		case t.Kind == model.KindWeight:
			w := b.add(sh, b.weight(t, r, s.Name, true), side, col) // a row is what a token fetches
			sh.Links = append(sh.Links, Link{w, it, model.KindWeight, false})
		case sh.byKey[t.Name] == nil:
			sh.byKey[t.Name] = it
			sh.Middle.Above = append(sh.Middle.Above, b.whole(t, t.Name))
		}
	}
}

// add appends a new place to the row.
func (b *builder) add(sh *Row, body Stack, side, col int) *Place {
	it := &Place{Body: body, Side: side, Col: col, Track: -1, Step: body.Regions[0].Name, id: len(sh.Places)}
	sh.Places = append(sh.Places, it)
	return it
}

// whole returns the stack of a step's tensor. The axes that count tokens never fold: a
// reader follows a token down its column.
func (b *builder) whole(s *model.Info, reader string) Stack {
	return b.view(s, model.Range{Name: s.Name, Cols: s.Cols}, reader, false)
}

// view returns the stack of some columns of a tensor, or of its window where it is long.
func (b *builder) view(t *model.Info, r model.Range, reader string, across bool) Stack {
	if r.Cols == 0 {
		r.Cols = t.Cols - r.Col
	}
	start := b.windows[t.Name]
	p := Region{Name: t.Name, Kind: t.Kind, block: t.Block, head: t.Head, share: t.Sharing, Reader: reader, Rows: t.Rows}
	if r.Rows == 0 {
		r.Rows = t.Rows
	}
	p.Row, p.Rows = Window(r.Row, r.Rows, start[0])
	p.Col, p.Cols = Window(r.Col, r.Cols, start[1])
	isWeight := t.Kind == model.KindWeight
	if by := b.info[reader]; isWeight && by != nil && by.Head >= 0 && !whole(r, t) { // the part of one head
		p.head, p.share = by.Head, by.Sharing
	}
	if IsPairs(t) { // rows look, columns are looked at
		return Stack{Regions: []Region{p}, across: true, W: p.Cols, H: p.Rows, nx: 1, ny: 1, slabW: p.Cols, slabH: p.Rows, alongX: pair, alongY: pair}
	}
	s := newStack(p, across, isWeight || across, true, b.c.Width)
	s.alongX, s.alongY = grainOf(t.RowAxis, p.Rows, false), grainOf(t.ColAxis, p.Cols, false)
	if across {
		s.alongX, s.alongY = s.alongY, s.alongX
	}
	s.part = t.Rows > LongAxis || t.Cols > LongAxis
	return s
}

// beside returns the stack of one number for each row of a panel of pairs, a column that stands beside it.
func (b *builder) beside(t *model.Info, reader string) Stack {
	s := b.whole(t, reader)
	s.across, s.W, s.H, s.slabW, s.slabH, s.alongX, s.alongY = true, s.H, s.W, s.slabH, s.slabW, lone, pair
	return s
}

// IsPairs reports whether a step has a number for each pair of tokens.
func IsPairs(s *model.Info) bool { return s.RowAxis.Tokens() && s.ColAxis.Tokens() }

// Window returns the part of n cells from first on that is shown when start is the
// first that was asked for.
func Window(first, n, start int) (from, count int) {
	if n <= LongAxis {
		return first, n
	}
	return first + min(max(start, 0), n-WindowCells), WindowCells
}

// placeUnread places the weights that no step reads, so that nothing is hidden.
func (b *builder) placeUnread() {
	var sh *Row
	for i := range b.infos {
		t := &b.infos[i]
		if t.Kind != model.KindWeight || b.seen[t.Name] {
			continue
		}
		if sh == nil {
			sh = &Row{Side: 1, Block: -1, Tail: true, byKey: map[string]*Place{}}
			b.rows = append(b.rows, sh)
		}
		b.add(sh, b.whole(t, t.Name), 1, len(sh.Places))
	}
}

// Key names the place of a step: that of all heads is the first one's.
func Key(s *model.Info) string {
	if l, h, rest, ok := model.ParseHeadName(s.Name); ok && h > 0 {
		return model.HeadName(l, 0) + "." + rest
	}
	if l, g, rest, ok := model.ParseGroupName(s.Name); ok && g > 0 {
		return model.GroupName(l, 0) + "." + rest
	}
	return s.Name
}

// newBuilder returns the builder of a model's tower.
func newBuilder(c model.Config, infos []model.Info, windows map[string][2]int) *builder {
	b := &builder{c: c, infos: infos, info: make(map[string]*model.Info, len(infos)), windows: windows, seen: map[string]bool{}}
	for i := range infos {
		b.info[infos[i].Name] = &infos[i]
	}
	return b
}
