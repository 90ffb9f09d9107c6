package layout

import (
	"glassbox/model"
	"glassbox/web/scene/camera"
)

// A Panel is a box that shows some rows and columns of a tensor. A
// tensor that is folded, whose pairs of tokens have room for some of them only, or of which each head reads a part, has several; together they
// show each cell of its window once.
type Panel struct {
	Name      string // the step or weight
	Row, Rows int    // the tensor's rows Row … Row+Rows−1,
	Col, Cols int    // and its columns Col … Col+Cols−1
	Across    bool   // x runs along the columns, y along the rows; else the other way round
	Kind      model.Kind
	Block     int    // transformer block, or −1
	Head      int    // attention head, or −1
	Layer     int    // 0 stands in front, the others behind it
	Reader    string // the step beside which it stands: itself, or for a weight the one that reads it

	X, Y, Z      float64 // left-top-front corner
	CellW, CellH float64 // of a cell along x and y, in units
	InRow        int     // of the tower
	Place        int     // what stands in one place of a row: all heads and slabs
}

// Depth is the thickness of a panel; Margin is the paper that package gl leaves around
// its cells. Both in units.
const (
	Depth  = 2
	Margin = 0.3
)

// Size returns the panel's cells along x and along y.
func (p *Panel) Size() (w, h int) {
	if p.Across {
		return p.Cols, p.Rows
	}
	return p.Rows, p.Cols
}

// Cell returns the row and column of the tensor that stand at column i, row j of the panel.
func (p *Panel) Cell(i, j int) (row, col int) {
	if p.Across {
		i, j = j, i
	}
	return p.Row + i, p.Col + j
}

// Spot is the inverse of Cell; ok is false if the panel does not show the cell.
func (p *Panel) Spot(row, col int) (i, j int, ok bool) {
	i, j = row-p.Row, col-p.Col
	ok = i >= 0 && i < p.Rows && j >= 0 && j < p.Cols
	if p.Across {
		i, j = j, i
	}
	return i, j, ok
}

// Extent returns the panel's width and height, in units.
func (p *Panel) Extent() (w, h float64) {
	i, j := p.Size()
	return float64(i) * p.CellW, float64(j) * p.CellH
}

// Box returns the space that the panel fills.
func (p *Panel) Box() camera.Box {
	w, h := p.Extent()
	return camera.Box{Min: camera.V(p.X, p.Y-h, p.Z-Depth), Max: camera.V(p.X+w, p.Y, p.Z)}
}

// Corner returns the point u cells right of and v cells below the left upper corner of the front.
func (p *Panel) Corner(u, v float64) camera.Vec {
	return camera.V(p.X+u*p.CellW, p.Y-v*p.CellH, p.Z)
}

// Under is the inverse of Corner.
func (p *Panel) Under(at camera.Vec) (u, v float64) {
	return (at.X - p.X) / p.CellW, (p.Y - at.Y) / p.CellH
}

// Centre returns the middle of cell (i, j) of the front.
func (p *Panel) Centre(i, j int) camera.Vec {
	return p.Corner(float64(i)+0.5, float64(j)+0.5)
}

// Fade is how far the panel's colours go towards paper.
func (p *Panel) Fade() float32 {
	if p.Layer == 0 {
		return 0
	}
	return min(0.34+0.16*float32(p.Layer), 0.72)
}

// Sized is the panel's size in one value.
func (p *Panel) Sized() [2]float64 {
	w, h := p.Extent()
	return [2]float64{w, h}
}

// Empty reports whether the panel has no cells.
func (p *Panel) Empty() bool { return p.Rows == 0 || p.Cols == 0 }
