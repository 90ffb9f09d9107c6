package tokenizer

import (
	"sort"
	"strings"
)

// spelling is a stretch of a text as a tokenizer spells it, with a space before it or composed characters, and where
// each byte stands in the original.
type spelling struct {
	text string
	cuts []cut
}

// part returns the bytes from … to−1 of a spelling.
func (s spelling) part(from, to int) spelling {
	after := func(at int) int { return sort.Search(len(s.cuts), func(i int) bool { return s.cuts[i].at > at }) }
	r := &ruler{cuts: s.cuts, i: after(from) - 1}
	part := spelling{text: s.text[from:to], cuts: []cut{{0, r.place(from)}}}
	for _, c := range s.cuts[r.i+1 : after(to)] {
		part.cuts = append(part.cuts, cut{c.at - from, c.from})
	}
	part.cuts = append(part.cuts, cut{to - from, r.place(to)})
	return part
}

// behind returns a spelling with a piece before it that stands for nothing.
func (s spelling) behind(piece string) spelling {
	cuts := []cut{{0, s.cuts[0].from}}
	for _, c := range s.cuts {
		cuts = append(cuts, cut{c.at + len(piece), c.from})
	}
	return spelling{piece + s.text, cuts}
}

// cut says that byte at of a spelling stands for byte from of the original. The bytes behind it stand for those behind
// from, as far as the next cut allows.
type cut struct{ at, from int }

// speller makes a spelling, from left to right.
type speller struct {
	text strings.Builder
	cuts []cut
}

// newSpeller returns a speller of what begins at byte base of the original.
func newSpeller(base int) *speller { return &speller{cuts: []cut{{0, base}}} }

// spell appends piece, which stands for the next size bytes of the original.
func (s *speller) spell(piece string, size int) {
	from := s.cuts[len(s.cuts)-1].from
	s.text.WriteString(piece)
	s.cuts = append(s.cuts, cut{s.text.Len(), from + size})
}

// done returns the spelling.
func (s *speller) done() spelling { return spelling{s.text.String(), s.cuts} }

// A ruler tells where bytes of a spelling stand in the original. It is quickest from left to right.
type ruler struct {
	cuts []cut
	i    int
}

// place returns where byte at of a spelling stands.
func (r *ruler) place(at int) int {
	for r.i > 0 && r.cuts[r.i].at > at {
		r.i--
	}
	for r.i+1 < len(r.cuts) && r.cuts[r.i+1].at <= at {
		r.i++
	}
	c := r.cuts[r.i]
	if r.i+1 == len(r.cuts) {
		return c.from
	}
	return min(c.from+at-c.at, r.cuts[r.i+1].from)
}
