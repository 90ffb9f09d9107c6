package sizes

import (
	"math"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// The layout of a tower in units of the model's extent S.
const (
	towerCell   = 0.12 // between two panels of a block
	towerRow    = 0.3  // between two blocks of a column
	towerColumn = 0.5  // between two columns
	columnRows  = 12   // blocks of a column: those of GPT-2 small
)

// A builder places the panels of one size: y goes down from 0.
type builder struct {
	pieces
	of      *anatomy
	blocks  int
	width   float64 // C
	S, gap  float64
	half    float64 // of the ribbon's width
	side    float64 // what a bias beside a matrix takes
	ends    []int   // where the panels of each row end
	columns []Ribbon
	sheets  int
}

// pieces are panels, and what each stands for.
type pieces struct {
	panels  []layout.Panel
	tensors []*Tensor
	all     camera.Box
}

func newBuilder(c model.Config) *builder {
	b := &builder{of: anatomyOf(c), blocks: c.Blocks, width: float64(c.Width), S: layout.Extent(c)}
	b.all = camera.NoBox()
	b.gap = towerCell * b.S
	b.side = 0.3*b.gap + 1
	b.half = float64(b.of.stream.Rows)/2 + layout.SpineSide*b.S/48
	b.sheets = min(c.Heads, max(1, mostSheets/c.Blocks))
	return b
}

// add appends an empty panel of w × h cells whose left-top corner is at (x, y).
func (p *pieces) add(t *Tensor, x, y float64, w, h int) *layout.Panel {
	q := layout.Panel{Rows: h, Cols: w, Across: true, Kind: t.kind, Block: -1, Head: -1, X: x, Y: y, CellW: 1, CellH: 1}
	p.panels, p.tensors = append(p.panels, q), append(p.tensors, t)
	p.all = p.all.Union(q.Box())
	return &p.panels[len(p.panels)-1]
}

// stamp appends the panels of a block, its spine at x and its upper edge at y.
func (p *pieces) stamp(block *pieces, l int, x, y float64) {
	for _, q := range block.panels {
		q.X, q.Y, q.Block = q.X+x, q.Y+y, l
		p.panels = append(p.panels, q)
	}
	p.tensors = append(p.tensors, block.tensors...)
	p.all = p.all.Union(camera.Box{Min: block.all.Min.Add(camera.V(x, y, 0)), Max: block.all.Max.Add(camera.V(x, y, 0))})
}

// row ends a row of the plan.
func (b *builder) row() { b.ends = append(b.ends, len(b.panels)) }

// build places everything: the tables before the blocks, the blocks, and what is behind them.
func (b *builder) build() {
	block := b.block()
	left, right, high := -block.all.Min.X, block.all.Max.X, -block.all.Min.Y
	columns := (b.blocks + columnRows - 1) / columnRows
	pitch := left + right + towerColumn*b.S
	table := b.of.before[0].weights[0]
	wide := max(float64(columns)*pitch-towerColumn*b.S, 1.5*math.Sqrt(float64(table.Rows*table.cols)))
	y := 0.0
	for _, l := range b.of.before {
		y = b.table(l.weights[0], wide, y)
	}
	y -= towerRow * b.S
	b.row()
	foot := y
	for k := range columns {
		x := left + float64(k)*pitch
		at := y
		for l := k * columnRows; l < min((k+1)*columnRows, b.blocks); l++ {
			b.stamp(block, l, x, at)
			b.row()
			at -= high + towerRow*b.S
		}
		b.columns = append(b.columns, Ribbon{x, b.half, y + towerRow*b.S/3, at + towerRow*b.S/2, x - left})
		foot = min(foot, at)
	}
	last := &b.columns[columns-1]
	last.Bottom = foot
	for _, l := range b.of.after {
		t := l.weights[0]
		if l.part == model.PartNorm {
			b.add(t, last.X-last.Half, foot-b.gap, t.Rows, t.cols)
			foot -= b.gap + float64(t.cols) + b.gap
		} else {
			foot = b.table(t, wide, foot)
		}
	}
	b.row()
}

// table places the rows of a table as columns of cells, like lines of a text where they are
// longer than wide, and returns where the next thing begins.
func (b *builder) table(t *Tensor, wide, y float64) float64 {
	line := max(int(wide), 1)
	for from := 0; from < t.Rows; from += line {
		b.add(t, 0, y, min(line, t.Rows-from), t.cols)
		y -= float64(t.cols) + b.gap
	}
	return y
}

// block returns the panels of a block with its spine at x = 0 and its upper edge at y = 0:
// attention to the left, feed-forward to the right, as in the model's own tower.
func (b *builder) block() *pieces {
	p := &pieces{all: camera.NoBox()}
	stream := b.of.stream
	p.add(stream, -float64(stream.Rows)/2, 0, stream.Rows, stream.cols)
	left, right := -b.half-b.gap, b.half+b.gap
	var attention, forward int
	for _, l := range b.of.inside {
		t := l.weights[0]
		switch l.part {
		case model.PartNorm1:
			left -= float64(t.Rows)
			p.add(t, left, 0, t.Rows, t.cols)
		case model.PartAttention, model.PartProjection: // two by two, read like a text
			x := left - float64(2-attention%2)*(b.gap+float64(t.cols)+b.side)
			y := b.matrix(p, t, x, attention/2)
			for _, bias := range l.weights[1:] {
				p.add(bias, x+float64(t.cols)+b.side-1, y, 1, bias.cols)
			}
			attention++
		case model.PartNorm2:
			p.add(t, right, 0, t.Rows, t.cols)
			right += float64(t.Rows) + b.gap
		case model.PartFeedForward:
			y := b.matrix(p, t, right, forward)
			for _, bias := range l.weights[1:] {
				p.add(bias, right, y-float64(min(t.Rows, t.cols))-b.side+1, bias.cols, 1)
			}
			forward++
		}
	}
	b.attention(p)
	return p
}

// matrix places a matrix in a row of its side of a block, lengthwise, and returns its upper edge.
func (b *builder) matrix(p *pieces, t *Tensor, x float64, row int) (y float64) {
	w, h := max(t.Rows, t.cols), min(t.Rows, t.cols)
	y = -float64(row) * (float64(h) + b.side + b.gap)
	p.add(t, x, y, w, h)
	return y
}

// attention places the scores of the heads behind one another, left of everything else and
// halfway up the block.
func (b *builder) attention(p *pieces) {
	t := b.of.scores
	sheet := max(min(30*b.S/48, 1.2*b.S/float64(max(b.sheets-1, 1))), 2*layout.Depth)
	x := p.all.Min.X - b.gap - layout.Lean*float64(b.sheets-1)*sheet - float64(t.cols)
	y := min(float64(t.Rows)+p.all.Min.Y, 0) / 2
	for h := range b.sheets {
		q := p.add(t, x, y, t.cols, t.Rows)
		q.Layer, q.Z = h, -float64(h)*sheet
	}
}
