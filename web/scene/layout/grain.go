package layout

import "glassbox/model"

// A grain is how large the cells of an axis are drawn.
type grain int

const (
	fine  grain = iota // 1 unit: channels, neurons, words
	token              // a column for each token, wide enough to be seen where there are few
	pair               // the axes of what has a number for each pair of tokens: seen from close by, they have room for it
	lone               // the short side of a single row or column
)

// grainOf returns that of an axis, of which n cells are shown.
func grainOf(axis model.Axis, n int, pairs bool) grain {
	switch {
	case axis.Tokens() && pairs:
		return pair
	case axis.Tokens():
		return token
	case n == 1:
		return lone
	}
	return fine
}

// Pairs says how panels with a number for each pair of tokens are drawn from close by: so many tokens from First on
// with cells of Room units, the others beside them as narrow as they have to be. Zero: all as from afar.
type Pairs struct {
	First, Count int
	Room         float64
}

// Shares of the extent S: the width of the columns of all tokens together, as long as one of them is not wider
// than widestToken; what single rows and columns measure; and what the tokens beside those with room fill.
const (
	tokensWide  = 0.75
	widestToken = 0.17
	loneWide    = 0.025
	BesidePairs = 0.35
	bandGap     = 0.03 // between the cells with room and those without
)

// A band is cells of an axis that are drawn alike.
type band struct {
	from, n int
	size    float64 // units per cell
	at      float64 // units from the first cell of the axis to the first of these
}

// grains are the sizes of cells in a plan.
type grains struct {
	token, lone float64
	gap         float64 // between bands
	pairs       []band  // of all tokens
}

// grainsOf returns the sizes of cells for n tokens; near is how far the axes of pairs have opened, 0 … 1.
func grainsOf(S float64, n int, p Pairs, near float64) grains {
	g := grains{token: max(min(tokensWide*S/float64(max(n, 1)), widestToken*S), 1), lone: max(loneWide*S, 1)}
	mix := func(to float64) float64 { return g.token + (to-g.token)*near }
	g.gap = bandGap * S * near
	first, count := max(min(p.First, n-p.Count), 0), min(p.Count, n)
	room, rest := max(p.Room, g.token), n-count
	if p.Count == 0 || near == 0 {
		g.pairs = []band{{n: n, size: g.token}}
		return g
	}
	narrow := min(BesidePairs*S/float64(max(rest, 1)), g.token)
	at := 0.0
	add := func(from, n int, size float64) {
		if n > 0 {
			g.pairs = append(g.pairs, band{from, n, size, at})
			at += float64(n)*size + g.gap
		}
	}
	add(0, first, mix(narrow))
	add(first, count, mix(room))
	add(first+count, n-first-count, mix(narrow))
	return g
}

// bands returns those of n cells of an axis.
func (g *grains) bands(of grain, n int) []band {
	switch of {
	case token:
		return []band{{n: n, size: g.token}}
	case lone:
		return []band{{n: n, size: g.lone}}
	case pair:
		return g.pairs
	}
	return []band{{n: n, size: 1}}
}

// length returns how many units n cells of an axis fill.
func (g *grains) length(of grain, n int) float64 {
	if of == pair {
		last := g.pairs[len(g.pairs)-1]
		return last.at + float64(last.n)*last.size
	}
	return float64(n) * g.bands(of, n)[0].size
}

// PairSize returns how large the cell of a pair of tokens is that has room, in units.
func (p *Plan) PairSize() float64 {
	size := 0.0
	for _, b := range p.grains.pairs {
		size = max(size, b.size)
	}
	return max(size, 1)
}

// Largest returns the longest side of a cell, in units.
func (p *Plan) Largest() float64 {
	return max(p.Column, p.grains.lone, p.PairSize())
}
