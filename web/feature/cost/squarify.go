package cost

import "slices"

// A Box is a rectangle.
type Box struct{ X, Y, W, H float64 }

// squarify cuts a box into pieces whose areas are in proportion to some values, as square as that goes, in the order of the values but
// for the largest first (Bruls, Huizing and van Wijk, "Squarified treemaps", 2000). A value of 0 or less gets an empty box.
func squarify(values []float64, in Box) []Box {
	boxes := make([]Box, len(values))
	var order []int
	sum := 0.0
	for i, v := range values {
		if v > 0 {
			order, sum = append(order, i), sum+v
		}
	}
	if sum == 0 || in.W <= 0 || in.H <= 0 {
		return boxes
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case values[a] > values[b]:
			return -1
		case values[a] < values[b]:
			return 1
		}
		return 0
	})
	scale := in.W * in.H / sum
	for len(order) > 0 {
		n, area := row(values, order, scale, min(in.W, in.H))
		in = lay(values, order[:n], boxes, scale, area, in)
		order = order[n:]
	}
	return boxes
}

// row returns how many of the next values stand along the shorter side of what is left, and their area: as long as that makes the
// worst of them more like a square.
func row(values []float64, order []int, scale, side float64) (n int, area float64) {
	worst := 0.0
	for n < len(order) {
		sum := area + values[order[n]]*scale
		large, small := values[order[0]]*scale, values[order[n]]*scale
		ratio := max(side*side*large/(sum*sum), sum*sum/(side*side*small))
		if n > 0 && ratio > worst {
			break
		}
		worst, area, n = ratio, sum, n+1
	}
	return n, area
}

// lay puts a row along the shorter side, and returns what is left of the box.
func lay(values []float64, order []int, boxes []Box, scale, area float64, in Box) Box {
	if in.W >= in.H {
		w, y := area/in.H, in.Y
		for _, i := range order {
			h := values[i] * scale / w
			boxes[i] = Box{in.X, y, w, h}
			y += h
		}
		return Box{in.X + w, in.Y, in.W - w, in.H}
	}
	h, x := area/in.W, in.X
	for _, i := range order {
		w := values[i] * scale / h
		boxes[i] = Box{x, in.Y, w, h}
		x += w
	}
	return Box{in.X, in.Y + h, in.W, in.H - h}
}
