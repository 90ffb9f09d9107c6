package layout

import (
	"math"
	"slices"

	"glassbox/web/scene/camera"
)

// BoundOf returns the space that the panels of the named tensors fill. A tied weight stands
// at both ends of the tower: it is meant where one of the others reads it, or else above.
func (p *Plan) BoundOf(names []string) camera.Box {
	box := camera.NoBox()
	for _, n := range names {
		box = box.Union(p.boundAmong(n, names))
	}
	return box
}

// boundAmong returns the space of one of them.
func (p *Plan) boundAmong(name string, names []string) camera.Box {
	box, row := camera.NoBox(), -1
	for _, i := range p.ByName[name] {
		if q := &p.Panels[i]; row < 0 || slices.Contains(names, q.Reader) {
			row = q.InRow
		}
	}
	for _, i := range p.ByName[name] {
		if q := &p.Panels[i]; q.InRow == row {
			box = box.Union(q.Box())
		}
	}
	return box
}

// PanelOf returns the panel that shows a cell, or −1; of several the one beside reader,
// otherwise the first.
func (p *Plan) PanelOf(name string, row, col int, reader string) int {
	first := -1
	for _, i := range p.ByName[name] {
		q := &p.Panels[i]
		if _, _, ok := q.Spot(row, col); ok {
			if q.Reader == reader {
				return i
			}
			if first < 0 {
				first = i
			}
		}
	}
	return first
}

// Hit returns the first panel that the ray from eye along d meets, or −1, where it does,
// and whether that is on its front.
func (p *Plan) Hit(eye, d camera.Vec) (panel int, at camera.Vec, front bool) {
	best, panel := math.Inf(1), -1
	for r, from := 0, 0; r < len(p.Boxes); r++ {
		to := p.Ends[r]
		if t, _ := p.Boxes[r].Meet(eye, d); t < best {
			for i := from; i < to; i++ {
				if t, face := p.Panels[i].Box().Meet(eye, d); t < best {
					best, panel, front = t, i, face
				}
			}
		}
		from = to
	}
	if panel < 0 {
		return -1, camera.Vec{}, false
	}
	return panel, eye.Add(d.Mul(best)), front
}
