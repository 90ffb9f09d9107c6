package feature

import (
	"strconv"

	"glassbox/web/address"
)

// Properties returns the table of all that a link can say.
func (l List) Properties() address.Table {
	table := address.Core()
	for _, f := range l {
		table = append(table, f.Properties...)
	}
	return table
}

// Properties returns the table of all that a link can say.
func (s State) Properties() address.Table { return s.list().Properties() }

func (s State) withFeatures(l address.Link) address.Link {
	table := s.Properties()
	put := func(property, value string) { l = table.With(l, property, value) }
	for _, f := range s.list() {
		if f.Link != nil {
			f.Link(&s, put)
		}
	}
	return l
}

// Whole accepts whole numbers from 0 to most.
func Whole(most int) func(v string) (string, error) {
	return func(v string) (string, error) {
		n, err := address.ParseInt(v, most)
		return strconv.Itoa(n), err
	}
}
