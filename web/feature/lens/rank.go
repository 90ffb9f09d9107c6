package lens

import (
	"math"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// rank returns the rank of the plotted token in the column of the reader, counted from 1.
func (c *Grid) rank(step int) (int, bool) {
	x, ok := c.cell(step, c.at.Row)
	if !ok || c.token < 0 || x.token != c.token {
		return 0, false
	}
	return x.Rank + 1, true
}

// RankTitle says which token is plotted.
func (c *Grid) RankTitle() string {
	if c.token < 0 {
		return say.Lens.Rank()
	}
	return say.Lens.RankOf(tokenText(c.Screen.State, c.token))
}

// tokenText is how a token is shown: as the page knows it from a place of the grid, or else from elsewhere.
func tokenText(s *feature.State, id int) string {
	at := At(s)
	for step := range Of(s).grid.cells {
		x, _ := Of(s).grid.at(Spot{step, at.Row})
		for _, c := range x.Top {
			if c.ID == id {
				return c.Text
			}
		}
	}
	return s.WordText(id)
}

// RankIn says in which column.
func (c *Grid) RankIn() string {
	if c.Empty() {
		return ""
	}
	return say.Lens.RankIn(c.Token(c.at.Row))
}

// Rank is the rank of the plotted token, as a number.
func (c *Grid) Rank(step int) string {
	if rank, ok := c.rank(step); ok {
		return say.ShortCount(rank)
	}
	return ""
}

// place is where a rank stands, from 0 at the left, for the least likely, to 1.
func (c *Grid) place(rank int) float64 {
	const margin = 0.08
	return 1 - margin - (1-2*margin)*math.Log10(float64(rank))/c.reach
}

// Dot is where the rank of a row stands.
func (c *Grid) Dot(step int) string {
	rank, _ := c.rank(step)
	return view.Share(c.place(max(rank, 1)))
}

// DotClass marks the row at which the reader looks.
func (c *Grid) DotClass(step int) string {
	return feature.Choose(step == c.at.Step, "dot this", "dot")
}

// Ranked reports whether the rank of a row is known.
func (c *Grid) Ranked(step int) bool { _, ok := c.rank(step); return ok }

// Joins reports whether a line leads to the row above or below.
func (c *Grid) Joins(step, by int) bool {
	if to := step + by; to < 0 || to >= len(c.names) || !c.Ranked(step) {
		return false
	}
	return c.Ranked(step + by)
}

// Middle is where that line crosses the edge between the rows.
func (c *Grid) Middle(step, by int) string {
	a, _ := c.rank(step)
	b, ok := c.rank(step + by)
	if !ok {
		return c.Dot(step)
	}
	return view.Share((c.place(max(a, 1)) + c.place(max(b, 1))) / 2)
}

// A Tick is a mark of the scale of ranks.
type Tick struct{ At, Text string }

// Ticks are those that have room.
func (c *Grid) Ticks() (list []Tick) {
	step := max(1, int(math.Ceil(c.reach/3)))
	for n := 0; n <= int(c.reach); n += step {
		list = append(list, Tick{view.Share(c.place(int(math.Pow10(n)))), say.ShortCount(int(math.Pow10(n)))})
	}
	return list
}
