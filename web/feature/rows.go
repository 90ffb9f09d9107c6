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
