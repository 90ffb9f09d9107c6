package scene

import (
	"glassbox/model"
	"glassbox/web/scene/camera"
)

// An item stands in one place of a shelf: a stack of panels, the narrow columns beside
// it (gain, bias) and the per-row numbers above it.
type item struct {
	body  stack
	sides []stack
	above []stack
	outer bool // the sides stand away from the spine, where the flow leaves; else towards it
	side  int  // −1 left of the spine, +1 right of it
	col   int  // 0 stands next to the spine
	lane  int  // 0, 1, … from the top, or −1: as high as the shelf
	step  string
	at    camera.Vec // left-top-front corner of the body, once placed
	id    int
}

// A shelf is one row of the tower: what one residual connection goes round.
type shelf struct {
	side   int    // of the spine on which the loop hangs
	spine  string // the tensor of the residual stream that stands in this row
	adds   string // the step that adds the loop's result to the spine, or ""
	block  int
	items  []*item
	byKey  map[string]*item
	joins  []join
	linear int // how many lanes the linear layers of one head fill
	tail   bool
	middle *item // the panel on the spine, or nil

	top, height float64 // of the core, once placed
	meet        float64 // y of the ⊕ below it
}

// A join is a connection before it has a place; from nil is the spine.
type join struct {
	from, to *item
	kind     model.Kind
	low      bool // arrives in the lower third, for another one arrives above it
}

// builder turns the steps of a trace into shelves. It asks a step for what model says
// of it, and never for what it is called.
type builder struct {
	c       model.Config
	infos   []model.Info
	info    map[string]*model.Info
	windows map[string][2]int
	seen    map[string]bool // weights that have been placed
	shelves []*shelf
}

// build returns the shelves of the tower from top to bottom.
func (b *builder) build() []*shelf {
	spine, groups := b.split()
	for i, group := range groups {
		sh := &shelf{side: 1, block: -1, byKey: map[string]*item{}, tail: i == len(groups)-1}
		if i > 0 && i-1 < len(spine) {
			sh.spine = spine[i-1]
		}
		if !sh.tail {
			sh.adds = spine[i]
		}
		if i == 0 && !sh.tail {
			b.head(sh, group)
		} else {
			b.loop(sh, group, spine)
		}
		b.shelves = append(b.shelves, sh)
	}
	b.orphans()
	return b.shelves
}

// split finds the residual stream, the chain of additions each of which reads the one
// before, and what stands between its links.
func (b *builder) split() (spine []string, groups [][]*model.Info) {
	groups = [][]*model.Info{nil}
	for i := range b.infos {
		s := &b.infos[i]
		if s.Kind == model.KindWeight {
			continue
		}
		if s.Op == model.OpAdd && (len(spine) == 0 || s.Reads(spine[len(spine)-1])) {
			spine = append(spine, s.Name)
			groups = append(groups, nil)
			continue
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], s)
	}
	return spine, groups
}

// head places what the residual stream begins with: the first input of the sum on the
// left, the second on the right, their tables outside of them, the ids on top.
func (b *builder) head(sh *shelf, group []*model.Info) {
	sum := b.info[sh.adds]
	sh.middle = b.item(sh, b.whole(sum, sum.Name), 0, 0)
	for k, in := range sum.Inputs {
		s := b.info[in.Name]
		if s == nil || sh.byKey[s.Name] != nil {
			continue
		}
		it := b.item(sh, b.whole(s, s.Name), 2*min(k, 1)-1, 0)
		sh.byKey[s.Name] = it
		sh.joins = append(sh.joins, join{it, sh.middle, model.KindActivation, false})
		for _, r := range s.Inputs {
			switch t := b.info[r.Name]; {
			case t == nil:
			case t.Kind == model.KindWeight:
				w := b.item(sh, b.weight(t, r, s.Name, false), it.side, 1)
				sh.joins = append(sh.joins, join{w, it, model.KindWeight, false})
			case sh.byKey[t.Name] == nil:
				sh.byKey[t.Name] = it
				sh.middle.above = append(sh.middle.above, b.whole(t, t.Name))
			}
		}
	}
	for i, s := range group {
		if sh.byKey[s.Name] == nil {
			b.item(sh, b.whole(s, s.Name), -1, 2+i)
		}
	}
}

// item appends a new item to the shelf.
func (b *builder) item(sh *shelf, body stack, side, col int) *item {
	it := &item{body: body, side: side, col: col, lane: -1, step: body.parts[0].name, id: len(sh.items)}
	sh.items = append(sh.items, it)
	return it
}

// whole returns the stack of a step's tensor. The axes that count tokens never fold: a
// reader follows a token down its column.
func (b *builder) whole(s *model.Info, reader string) stack {
	return b.view(s, model.Range{Name: s.Name, Cols: s.Cols}, reader, false)
}

// view returns the stack of some columns of a tensor, or of its window where it is long.
func (b *builder) view(t *model.Info, r model.Range, reader string, across bool) stack {
	if r.Cols == 0 {
		r.Cols = t.Cols - r.Col
	}
	start := b.windows[t.Name]
	p := part{name: t.Name, kind: t.Kind, block: t.Block, head: t.Head, reader: reader, rows: t.Rows}
	p.row, p.rows = window(0, t.Rows, start[0])
	p.col, p.cols = window(r.Col, r.Cols, start[1])
	isWeight := t.Kind == model.KindWeight
	return newStack(p, across, isWeight || across, isWeight || !t.Causal, b.c.Width)
}

// window returns the part of n cells from first on that is shown when start is the
// first that was asked for.
func window(first, n, start int) (from, count int) {
	if n <= windowCells {
		return first, n
	}
	return first + min(max(start, 0), n-windowCells), windowCells
}

// orphans places the weights that no step reads, so that nothing is hidden.
func (b *builder) orphans() {
	var sh *shelf
	for i := range b.infos {
		t := &b.infos[i]
		if t.Kind != model.KindWeight || b.seen[t.Name] {
			continue
		}
		if sh == nil {
			sh = &shelf{side: 1, block: -1, tail: true, byKey: map[string]*item{}}
			b.shelves = append(b.shelves, sh)
		}
		b.item(sh, b.whole(t, t.Name), 1, len(sh.items))
	}
}

// key names the place of a step: that of all heads is the first one's.
func key(s *model.Info) string {
	if l, h, rest, ok := model.ParseHeadName(s.Name); ok && h > 0 {
		return model.HeadName(l, 0) + "." + rest
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
