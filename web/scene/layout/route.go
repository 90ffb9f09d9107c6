package layout

import (
	"glassbox/model"
	"glassbox/web/scene/camera"
)

// LinkZ is where connections run: over the panels behind, under the front ones.
const LinkZ = -Depth / 2

// Last returns the place whose tensor the row adds to the spine.
func (p *Plan) Last(sh *Row, add *model.Info) *Place {
	if add == nil {
		return nil
	}
	for _, in := range add.Inputs {
		if it := sh.byKey[in.Name]; it != nil {
			return it
		}
	}
	return nil
}

// Route returns the corners of a connection: straight where it can be, otherwise with
// one step in the gap before its end.
func (p *Plan) Route(pts []camera.Vec, sh *Row, j Link) []camera.Vec {
	c := j.To.Box(true)
	b := camera.Box{Min: camera.V(sh.X-p.Half, c.Min.Y, 0), Max: camera.V(sh.X+p.Half, c.Max.Y, 0)}
	if j.From != nil {
		b = j.From.Box(true)
	}
	gap := 1.5 * p.S / 48
	if j.To.Side == 0 { // into the spine: end at its ribbon
		c.Min.X, c.Max.X, gap = sh.X-p.Half, sh.X+p.Half, 0.3
	}
	if b.Min.X < c.Max.X && c.Min.X < b.Max.X {
		x := (max(b.Min.X, c.Min.X) + min(b.Max.X, c.Max.X)) / 2
		return append(pts, camera.V(x, b.Min.Y-0.5, LinkZ), camera.V(x, p.Ceiling(j.To)+gap*0.7, LinkZ))
	}
	x0, x1 := b.Max.X+0.3, c.Min.X-gap
	if c.Max.X < b.Min.X {
		x0, x1 = b.Min.X-0.3, c.Max.X+gap
	}
	y1 := (c.Min.Y + c.Max.Y) / 2
	if j.low {
		y1 = c.Min.Y + (c.Max.Y-c.Min.Y)*0.25
	}
	y0 := (b.Min.Y + b.Max.Y) / 2
	switch lo, hi := max(b.Min.Y, c.Min.Y), min(b.Max.Y, c.Max.Y); {
	case y1 > b.Min.Y && y1 < b.Max.Y:
		y0 = y1
	case lo < hi:
		y0, y1 = (lo+hi)/2, (lo+hi)/2
	}
	if y0 == y1 {
		return append(pts, camera.V(x0, y0, LinkZ), camera.V(x1, y1, LinkZ))
	}
	x := x1 + (x0-x1)*0.55
	return append(pts, camera.V(x0, y0, LinkZ), camera.V(x, y0, LinkZ), camera.V(x, y1, LinkZ), camera.V(x1, y1, LinkZ))
}
