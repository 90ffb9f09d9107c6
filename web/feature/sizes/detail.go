package sizes

import (
	"strings"

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
	switch z := c.Size(); {
	case !z.Here:
		return say.Sizes.DetailStructureOnly(z.From)
	case z.ID == c.Screen.State.Model:
		return say.Sizes.DetailRuns()
	case z.File:
		return say.Sizes.DetailFile()
	}
	return say.Sizes.DetailHere()
}

// A Measure is a number with its name.
type Measure struct{ Name, Value string }

// Shape lists the six letters.
func (c *Detail) Shape() []Measure {
	k := c.Size().Config
	return []Measure{{say.Sizes.Blocks(), say.Count(k.Blocks)}, {say.Sizes.Heads(), say.Count(k.Heads)}, {say.Sizes.HeadSize(), say.Count(k.HeadSize())},
		{say.Sizes.Width(), say.Count(k.Width)}, {say.Sizes.Context(), say.Count(k.Context)}, {say.Sizes.Vocabulary(), say.Count(k.Vocab)}}
}

// A Row is a part of the model with its costs.
type Row struct{ Name, Class, Width, Parameters, FLOPs string }

// Parts lists them, and their sum.
func (c *Detail) Parts() (list []Row) {
	k, a := c.Size().Config, c.Size().Account
	n := float64(max(1, a.Parameters()))
	for _, p := range a.Parts {
		row := Row{partName(p.Part), partClass(p.Part), view.Share(float64(p.Parameters) / n), say.Count(p.Parameters), say.Amount(p.FLOPs, "")}
		if partKey(p.Part) == output && k.Tied {
			row.Parameters = say.Sizes.Tied()
		}
		if p.FLOPs == 0 {
			row.FLOPs = say.Sizes.NoFLOPs()
		}
		if partKey(p.Part) == norms {
			row.FLOPs = say.Sizes.NotCounted()
		}
		list = append(list, row)
	}
	return append(list, Row{say.Sizes.AllParts(), "", "0", say.Count(a.Parameters()), say.Amount(a.FLOPs(), "")})
}

// Memory lists what it takes to run it.
func (c *Detail) Memory() []Measure {
	k, a := c.Size().Config, c.Size().Account
	w4, c4 := a.Bytes(4)
	w2, c2 := a.Bytes(2)
	list := []Measure{{say.Sizes.Weights32(), say.Amount(w4, "B")}, {say.Sizes.Weights16(), say.Amount(w2, "B")},
		{say.Sizes.Kept32(k.Context), say.Amount(c4, "B")}, {say.Sizes.Kept16(k.Context), say.Amount(c2, "B")}}
	if k.Distinct > 0 {
		list = append(list, Measure{say.Sizes.Expanded(), say.Sizes.ExpandedParameters(k.Expanded().Parameters())})
	}
	return list
}

// The parts of an account, as partKey names them.
const (
	embeddings  = "embeddings"
	attention   = "attention"
	feedForward = "feed-forward"
	norms       = "norms"
	output      = "output"
)

// partKey names a part of an account in style sheets.
func partKey(part string) string { return strings.ToLower(part) }

// partClass is the style of a part: "part feed-forward".
func partClass(part string) string { return "part " + partKey(part) }

// partName is what the reader reads.
func partName(part string) string {
	switch partKey(part) {
	case embeddings:
		return say.Sizes.Embeddings()
	case attention:
		return say.Sizes.Attention()
	case feedForward:
		return say.Sizes.FeedForward()
	case norms:
		return say.Sizes.Norms()
	case output:
		return say.Sizes.Output()
	}
	return part
}
