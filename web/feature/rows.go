package feature

import (
	"slices"
	"strconv"

	"glassbox/web/address"
	"glassbox/web/run"
)

// Properties returns the table of all that a link can say.
func (l List) Properties() address.Table {
	table := slices.Concat(address.Core(), featureRows())
	for _, f := range l {
		table = append(table, f.Properties...)
	}
	return table
}

// Properties returns the table of all that a link can say.
func (s State) Properties() address.Table { return s.list().Properties() }

// number returns a whole number that a link says, which its parser has checked; 0 if it says none.
func number(l address.Link, property string) int {
	n, _ := strconv.Atoi(l.Value(property))
	return n
}

func (s State) withFeatures(l address.Link) address.Link {
	table := s.Properties()
	put := func(property, value string) { l = table.With(l, property, value) }
	put("attention", joinAttention(s.Attention))
	put("pair", joinPair(s.Attention.Pair))
	put("rank", strconv.Itoa(s.Rank))
	put("find", s.Find)
	for _, f := range s.list() {
		if f.Link != nil {
			f.Link(&s, put)
		}
	}
	return l
}

func featureRows() address.Table {
	return address.Table{
		{Name: "attention", Type: "name", Allowed: "h.0.attn.head.0, and .scores, .scaled, .masked or .mix behind it",
			Doc:   "The heads of a block stand side by side, this one large, at this step; none behind it: after the softmax.",
			Check: func(v string) (string, error) { a, err := parseAttention(v); return joinAttention(a), err }},
		{Name: "pair", Type: "list", Allowed: "query.key, counted from 0", Needs: "attention",
			Doc:   "The two tokens that the view of attention is about; none: the last, and the one that it looks at most.",
			Check: func(v string) (string, error) { p, err := parsePair(v); return joinPair(p), err }},
		{Name: "rank", Type: "whole number", Default: "0", Allowed: "0 to 1000000", Doc: "The first rank of the table of all tokens, counted from 1; 0: it is closed.",
			Check: Whole(run.MostTopK)},
		{Name: "find", Type: "text", Allowed: "any text", Doc: "What is looked for in that table: a token, with or without the space before it, or an id."},
	}
}

// Whole accepts whole numbers from 0 to most.
func Whole(most int) func(v string) (string, error) {
	return func(v string) (string, error) {
		n, err := address.ParseInt(v, most)
		return strconv.Itoa(n), err
	}
}
