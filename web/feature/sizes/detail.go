package sizes

import (
	"strconv"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Detail says what the size that the reader looks at consists of.
type Detail struct{ Screen *feature.Screen }

// Size is that size.
func (c *Detail) Size() Size { return Shown(c.Screen.State) }

// Note says what is known of it.
func (c *Detail) Note() string {
	z := c.Size()
	if z.Here {
		return "Its weights are in this page: choose it in the menu to see every number. Here stands its structure."
	}
	return "Structure only: no weights here. Sizes from " + z.From + "."
}

// A Measure is a number with its name.
type Measure struct{ Name, Value string }

// Shape lists the six letters.
func (c *Detail) Shape() []Measure {
	k := c.Size().Config
	return []Measure{{"blocks L", say.Count(k.Blocks)}, {"heads H", say.Count(k.Heads)}, {"head size A", say.Count(k.HeadSize())},
		{"width C", say.Count(k.Width)}, {"context T", say.Count(k.Context)}, {"vocabulary V", say.Count(k.Vocab)}}
}

// A Row is a part of the model with its costs.
type Row struct{ Name, Class, Width, Parameters, FLOPs string }

// Parts lists them, and their sum.
func (c *Detail) Parts() (list []Row) {
	k, a := c.Size().Config, c.Size().Account
	n := float64(max(1, a.Parameters()))
	for _, p := range a.Parts {
		row := Row{p.Part, partClass(p.Part), view.Share(float64(p.Parameters) / n), say.Count(p.Parameters), say.Amount(p.FLOPs, "")}
		if p.Part == "Output" && k.Tied {
			row.Parameters = "tied"
		}
		if p.FLOPs == 0 {
			row.FLOPs = "none"
		}
		if p.Part == "Norms" {
			row.FLOPs = "not counted"
		}
		list = append(list, row)
	}
	return append(list, Row{"All", "", "0", say.Count(a.Parameters()), say.Amount(a.FLOPs(), "")})
}

// Memory lists what it takes to run it.
func (c *Detail) Memory() []Measure {
	k, a := c.Size().Config, c.Size().Account
	w4, c4 := a.Bytes(4)
	w2, c2 := a.Bytes(2)
	kept := "keys and values of " + strconv.Itoa(k.Context) + " tokens"
	list := []Measure{{"weights, float32", say.Amount(w4, "B")}, {"weights, float16", say.Amount(w2, "B")},
		{kept + ", float32", say.Amount(c4, "B")}, {kept + ", float16", say.Amount(c2, "B")}}
	if k.Distinct > 0 {
		list = append(list, Measure{"with a row for every token", say.Count(k.Expanded().Parameters()) + " parameters"})
	}
	return list
}
