package scene

import (
	"math"

	"glassbox/model"
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
	c       model.Config
	S, gap  float64
	half    float64 // of the ribbon's width
	side    float64 // what a column of biases beside a weight takes
	panels  []Panel
	titles  []string
	ends    []int // where the panels of each row end
	columns []ribbon
	all     bound
	sheets  int
}

func newTower(c model.Config) *towerBuilder {
	b := &towerBuilder{c: c, S: extent(c), all: nothing()}
	b.gap = towerCell * b.S
	b.side = 0.3*b.gap + 1
	b.half = float64(c.Context)/2 + spineSide*b.S/48
	b.sheets = min(c.Heads, max(1, mostSheets/c.Blocks))
	return b
}

// panel appends an empty panel of w × h cells whose left-top corner is at (x, y).
func (b *towerBuilder) panel(title string, kind model.Kind, x, y float64, w, h, block int) {
	p := Panel{Rows: h, Cols: w, Across: true, Kind: kind, Block: block, Head: -1, X: x, Y: y}
	b.panels, b.titles = append(b.panels, p), append(b.titles, title)
	b.all = b.all.join(p.bound())
}

// weight is a panel of learned numbers.
func (b *towerBuilder) weight(title string, x, y float64, w, h, block int) {
	b.panel(title, model.KindWeight, x, y, w, h, block)
}

// row ends a row of the plan.
func (b *towerBuilder) row() { b.ends = append(b.ends, len(b.panels)) }

// build places everything: the tables of tokens and positions, the blocks, the output.
func (b *towerBuilder) build() {
	left, right := b.reach()
	high := b.high()
	columns := (b.c.Blocks + columnRows - 1) / columnRows
	pitch := left + right + towerColumn*b.S
	wide := max(float64(columns)*pitch-towerColumn*b.S, 1.5*math.Sqrt(float64(b.c.Rows()*b.c.Width)))
	y := b.table("Token embedding", b.c.Rows(), wide, 0)
	y = b.table("Position embedding", b.c.Context, wide, y) - towerRow*b.S
	b.row()
	foot := y
	for k := range columns {
		x := left + float64(k)*pitch
		at := y
		for l := k * columnRows; l < min((k+1)*columnRows, b.c.Blocks); l++ {
			b.block(l, x, at, high)
			at -= high + towerRow*b.S
		}
		b.columns = append(b.columns, ribbon{x, b.half, y + towerRow*b.S/3, at + towerRow*b.S/2, x - left})
		foot = min(foot, at)
	}
	last := &b.columns[columns-1]
	last.bottom = foot
	C := b.c.Width
	b.weight("Final norm", last.x-last.half, foot-b.gap, 2, C, -1)
	foot -= b.gap + float64(C) + b.gap
	if !b.c.Tied {
		b.table("Output weights", b.c.Vocab, wide, foot)
	}
	b.row()
}

// reach returns how far a block stands out to the left and to the right of its spine.
func (b *towerBuilder) reach() (left, right float64) {
	C, T := float64(b.c.Width), float64(b.c.Context)
	left = b.half + 4*b.gap + 2 + 2*(C+b.side) + lean*b.deep() + T
	return left, b.half + b.gap + 2 + b.gap + 4*C
}

// high returns the height of a block.
func (b *towerBuilder) high() float64 {
	return max(2*(float64(b.c.Width)+b.side)+b.gap, float64(b.c.Context))
}

// sheet returns the distance between the scores of two heads; deep that from the first to the last.
func (b *towerBuilder) sheet() float64 {
	return max(min(30*b.S/48, 1.2*b.S/float64(max(b.sheets-1, 1))), 2*depth)
}

func (b *towerBuilder) deep() float64 { return float64(b.sheets-1) * b.sheet() }

// table places n columns of C cells, like lines of a text where they are longer than wide,
// and returns where the next thing begins.
func (b *towerBuilder) table(title string, n int, wide, y float64) float64 {
	line := max(int(wide), 1)
	for from := 0; from < n; from += line {
		b.weight(title, 0, y, min(line, n-from), b.c.Width, -1)
		y -= float64(b.c.Width) + b.gap
	}
	return y
}

// block places a block with its spine at x and its upper edge at y: attention to the left,
// feed-forward to the right, as in the model's own tower.
func (b *towerBuilder) block(l int, x, y, high float64) {
	C, T := b.c.Width, b.c.Context
	w, lower := float64(C), y-float64(C)-b.side-b.gap
	b.panel("Residual stream", model.KindActivation, x-float64(T)/2, y, T, C, l)
	at := x - b.half - b.gap - 2
	b.weight("Norm 1", at, y, 2, C, l)
	at -= b.gap + w + b.side
	for i, title := range []string{"Key weights", "Output projection", "Query weights", "Value weights"} {
		top := []float64{y, lower}[i%2]
		if i == 2 {
			at -= b.gap + w + b.side
		}
		b.weight(title, at, top, C, C, l)
		b.weight(title+": biases", at+w+b.side-1, top, 1, C, l)
	}
	at -= b.gap + lean*b.deep() + float64(T)
	for h := range b.sheets {
		b.panel("Attention scores", model.KindActivation, at, y-(high-float64(T))/2, T, T, l)
		q := &b.panels[len(b.panels)-1]
		q.Layer, q.Z = h, -float64(h)*b.sheet()
	}
	at = x + b.half + b.gap
	b.weight("Norm 2", at, y, 2, C, l)
	at += 2 + b.gap
	b.weight("Expand weights", at, y, 4*C, C, l)
	b.weight("Expand weights: biases", at, y-w-b.side+1, 4*C, 1, l)
	b.weight("Contract weights", at, lower, 4*C, C, l)
	b.weight("Contract weights: biases", at, lower-w-b.side+1, C, 1, l)
	b.row()
}
