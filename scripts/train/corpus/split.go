package corpus

import (
	"hash/fnv"
	"strings"
	"sync"
)

// heldOutOf is the share of combinations that are held out: one in so many.
const heldOutOf = 24

// IsHeldOut reports whether a combination is kept out of training: its 64-bit FNV-1a
// hash is a multiple of 24.
func IsHeldOut(combination string) bool {
	h := fnv.New64a()
	h.Write([]byte(combination))
	return h.Sum64()%heldOutOf == 0
}

func anyHeldOut(combinations []string) bool {
	for _, c := range combinations {
		if IsHeldOut(c) {
			return true
		}
	}
	return false
}

// wordSets says of a word what Combinations looks for.
type wordSets struct{ name, colour, noun, number, country, pair map[string]bool }

var sortsOfWords = sync.OnceValue(func() wordSets {
	s := wordSets{}
	for _, sort := range []struct {
		set     *map[string]bool
		classes []string
	}{
		{&s.name, []string{"name she", "name he"}},
		{&s.colour, []string{"colour all"}},
		{&s.noun, []string{"noun thing", "noun garment", "noun tool"}},
		{&s.number, []string{"number word"}},
		{&s.country, []string{"capital of"}},
		{&s.pair, []string{"pair opposite"}},
	} {
		*sort.set = map[string]bool{}
		for _, class := range sort.classes {
			for _, e := range words().classes[class] {
				(*sort.set)[e.base] = true
				if e.other != "" && class == "pair opposite" {
					(*sort.set)[e.other] = true
				}
			}
		}
	}
	return s
})

// Combinations returns what a text brings together, each once: every name in it with each
//
//   - colour followed by a thing ("Ada+red kite");
//   - number followed by another number within the same sentence or the next two ("Ada+three four");
//   - country ("Ada+France");
//   - word after "opposite of" ("Ada+hot");
//   - neighbours in a list ("Ada+plums, pears").
func Combinations(text string) (list []string) {
	s := sortsOfWords()
	var names, others []string
	seen := map[string]bool{}
	add := func(to *[]string, what string) {
		if !seen[what] {
			seen[what] = true
			*to = append(*to, what)
		}
	}
	last, number, at := "", "", 0
	before, comma := "", false
	for i, field := range strings.Fields(text) {
		w := strings.TrimSuffix(strings.Trim(field, ".,:;!?\""), "'s")
		low := strings.ToLower(w)
		if s.name[w] {
			add(&names, w)
		}
		switch {
		case s.colour[last] && s.noun[w]:
			add(&others, last+" "+w)
		case s.country[w]:
			add(&others, w)
		case before == "opposite" && last == "of" && s.pair[w]:
			add(&others, w)
		case comma && w == low && strings.HasSuffix(last, "s") && strings.HasSuffix(w, "s"):
			add(&others, last+", "+w)
		}
		if s.number[low] {
			if number != "" && i-at < 20 {
				add(&others, number+" "+low)
			}
			number, at = low, i
		}
		before, last, comma = last, low, strings.HasSuffix(field, ",")
	}
	for _, name := range names {
		for _, other := range others {
			list = append(list, name+"+"+other)
		}
	}
	return list
}
