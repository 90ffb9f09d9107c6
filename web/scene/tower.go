package scene

import (
	"math"

	"glassbox/model"
	"glassbox/web/scene/camera"
)

// The layout of a tower in units of the model's extent S.
const (
	towerCell   = 0.12 // between two panels of a block
	towerRow    = 0.3  // between two blocks of a column
	towerColumn = 0.5  // between two columns
	columnRows  = 12   // blocks of a column: those of GPT-2 small
)

// A towerBuilder places the panels of one size: y goes down from 0.
type towerBuilder struct {
	pieces
	of      *anatomy
	blocks  int
	width   float64 // C
	S, gap  float64
	half    float64 // of the ribbon's width
	side    float64 // what a bias beside a matrix takes
	ends    []int   // where the panels of each row end
	columns []ribbon
	sheets  int
}

// pieces are panels, and what each stands for.
type pieces struct {
	panels  []Panel
	tensors []*tensor
	all     camera.Box
}

func newTower(c model.Config) *towerBuilder {
	b := &towerBuilder{of: anatomyOf(c), blocks: c.Blocks, width: float64(c.Width), S: extent(c)}
	b.all = camera.NoBox()
	b.gap = towerCell * b.S
	b.side = 0.3*b.gap + 1
	b.half = float64(b.of.stream.rows)/2 + spineSide*b.S/48
	b.sheets = min(c.Heads, max(1, mostSheets/c.Blocks))
	return b
}

// add appends an empty panel of w × h cells whose left-top corner is at (x, y).
func (p *pieces) add(t *tensor, x, y float64, w, h int) *Panel {
	q := Panel{Rows: h, Cols: w, Across: true, Kind: t.kind, Block: -1, Head: -1, X: x, Y: y}
	p.panels, p.tensors = append(p.panels, q), append(p.tensors, t)
	p.all = p.all.Union(q.bound())
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
func (b *towerBuilder) row() { b.ends = append(b.ends, len(b.panels)) }

// build places everything: the tables before the blocks, the blocks, and what is behind them.
func (b *towerBuilder) build() {
	block := b.block()
	left, right, high := -block.all.Min.X, block.all.Max.X, -block.all.Min.Y
	columns := (b.blocks + columnRows - 1) / columnRows
	pitch := left + right + towerColumn*b.S
	table := b.of.before[0].weights[0]
	wide := max(float64(columns)*pitch-towerColumn*b.S, 1.5*math.Sqrt(float64(table.rows*table.cols)))
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
		b.columns = append(b.columns, ribbon{x, b.half, y + towerRow*b.S/3, at + towerRow*b.S/2, x - left})
		foot = min(foot, at)
	}
	last := &b.columns[columns-1]
	last.bottom = foot
	for _, l := range b.of.after {
		t := l.weights[0]
		if l.part == model.PartNorm {
			b.add(t, last.x-last.half, foot-b.gap, t.rows, t.cols)
			foot -= b.gap + float64(t.cols) + b.gap
		} else {
			foot = b.table(t, wide, foot)
		}
	}
	b.row()
}

// table places the rows of a table as columns of cells, like lines of a text where they are
// longer than wide, and returns where the next thing begins.
func (b *towerBuilder) table(t *tensor, wide, y float64) float64 {
	line := max(int(wide), 1)
	for from := 0; from < t.rows; from += line {
		b.add(t, 0, y, min(line, t.rows-from), t.cols)
		y -= float64(t.cols) + b.gap
	}
	return y
}

// block returns the panels of a block with its spine at x = 0 and its upper edge at y = 0:
// attention to the left, feed-forward to the right, as in the model's own tower.
func (b *towerBuilder) block() *pieces {
	p := &pieces{all: camera.NoBox()}
	stream := b.of.stream
	p.add(stream, -float64(stream.rows)/2, 0, stream.rows, stream.cols)
	left, right := -b.half-b.gap, b.half+b.gap
	var attention, forward int
	for _, l := range b.of.inside {
		t := l.weights[0]
		switch l.part {
		case model.PartNorm1:
			left -= float64(t.rows)
			p.add(t, left, 0, t.rows, t.cols)
		case model.PartAttention, model.PartProjection: // two by two, read like a text
			x := left - float64(2-attention%2)*(b.gap+float64(t.cols)+b.side)
			y := b.matrix(p, t, x, attention/2)
			for _, bias := range l.weights[1:] {
				p.add(bias, x+float64(t.cols)+b.side-1, y, 1, bias.cols)
			}
			attention++
		case model.PartNorm2:
			p.add(t, right, 0, t.rows, t.cols)
			right += float64(t.rows) + b.gap
		case model.PartFeedForward:
			y := b.matrix(p, t, right, forward)
			for _, bias := range l.weights[1:] {
				p.add(bias, right, y-float64(min(t.rows, t.cols))-b.side+1, bias.cols, 1)
			}
			forward++
		}
	}
	b.attention(p)
	return p
}

// matrix places a matrix in a row of its side of a block, lengthwise, and returns its upper edge.
func (b *towerBuilder) matrix(p *pieces, t *tensor, x float64, row int) (y float64) {
	w, h := max(t.rows, t.cols), min(t.rows, t.cols)
	y = -float64(row) * (float64(h) + b.side + b.gap)
	p.add(t, x, y, w, h)
	return y
}

// attention places the scores of the heads behind one another, left of everything else and
// halfway up the block.
func (b *towerBuilder) attention(p *pieces) {
	t := b.of.scores
	sheet := max(min(30*b.S/48, 1.2*b.S/float64(max(b.sheets-1, 1))), 2*depth)
	x := p.all.Min.X - b.gap - lean*float64(b.sheets-1)*sheet - float64(t.cols)
	y := min(float64(t.rows)+p.all.Min.Y, 0) / 2
	for h := range b.sheets {
		q := p.add(t, x, y, t.cols, t.rows)
		q.Layer, q.Z = h, -float64(h)*sheet
	}
}
