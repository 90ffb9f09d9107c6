package corpus

import (
	"regexp"
	"strings"
	"sync"
)

// A story follows a text from sentence to sentence: which colour each thing has, and who
// has it. It reads the text with patterns of its own and knows nothing of how it was
// written. What it has not been told it does not judge.
type story struct {
	patterns      *storyPatterns
	colour, owner map[string]string // by thing
	asked         string            // the thing that the sentence before asked for, or ""
	askedFor      string            // what it asked: "colour", "owner"
}

type storyPatterns struct {
	coloured, isColoured, asksColour    *regexp.Regexp
	owns                                []ownPattern
	belongs, asksOwner, answer, givesIt *regexp.Regexp
}

// An ownPattern says who has what after a sentence: the groups of the thing and of the person.
type ownPattern struct {
	*regexp.Regexp
	word          string // in every sentence that matches, to spare most of them the search
	thing, person int
}

var patternsOfStories = sync.OnceValue(func() *storyPatterns {
	name, colour := oneOf("name she", "name he"), oneOf("colour all")
	thing := oneOf("noun thing", "noun garment", "noun tool")
	compile := func(s string) *regexp.Regexp {
		s = strings.NewReplacer("<N>", `\b(`+name+`)\b`, "<C>", `\b(`+colour+`)\b`, "<X>", `\b(`+thing+`)\b`,
			"<NEW>", `an? (?:`+colour+`) \b(`+thing+`)\b`, "<THE>", `the (?:(?:`+colour+`) )?\b(`+thing+`)\b`).Replace(s)
		return regexp.MustCompile(`(?i)` + s)
	}
	p := &storyPatterns{
		coloured:   compile(`<C> <X>`),
		isColoured: compile(`the <X>(?: of (?:` + name + `))? (?:was|is)(?: not \w+, it was)? <C>(?:[.,]|$)`),
		asksColour: compile(`what color (?:was|is) the <X>`),
		belongs:    compile(`<THE> (?:now )?(?:belonged to|was now with|was in the hands of) <N>|owner of <THE> was <N>`),
		asksOwner:  compile(`who (?:had|has) <THE>`),
		givesIt:    compile(`(?:gave|sold|sent|lent|passed|traded) it\b`),
		answer:     compile(`^(?:it|the answer) was (\w+)\.$`),
	}
	for _, of := range []struct {
		word, pattern string
		thing, person int
	}{
		{"", `<N> (?:had|owned|carried) <NEW>`, 2, 1}, {"belonged", `<NEW> belonged to <N>`, 1, 2}, {"i have", `i have <NEW>," \w+ <N>`, 1, 2},
		{"gave", `gave <THE> to <N>`, 1, 2}, {"gave", `gave <N> <THE>`, 2, 1}, {"birthday", `birthday of <N>, and \w+ gave \w+ <THE>`, 2, 1},
		{"handed", `<N> (?:wanted|needed|liked|loved) <THE>, so \w+ handed it`, 2, 1}, {"have the", `have <THE>," \w+ \w+ to <N>`, 1, 2},
		{"take", `take <THE>," \w+ \w+ to <N>`, 1, 2}, {"passed", `passed <THE> on to <N>`, 1, 2}, {"s", `(?:sold|sent) <THE> to <N>`, 1, 2},
		{"", `<N> (?:bought|took|got) <THE>`, 2, 1}, {"traded", `traded <THE> for <THE> of <N>`, 1, 3}, {"traded", `<N> traded <THE> for <THE> of`, 3, 1},
	} {
		p.owns = append(p.owns, ownPattern{compile(of.pattern), of.word, of.thing, of.person})
	}
	return p
})

// oneOf returns the words of classes as alternatives of a pattern.
func oneOf(classes ...string) string {
	var list []string
	for _, class := range classes {
		for _, e := range words().classes[class] {
			list = append(list, e.base)
		}
	}
	return strings.Join(list, "|")
}

func newStory() *story {
	return &story{patterns: patternsOfStories(), colour: map[string]string{}, owner: map[string]string{}}
}

// read takes the next sentence in, and returns in what it contradicts those before, or "".
func (s *story) read(sentence string) string {
	low := strings.ToLower(sentence)
	asked, what := s.asked, s.askedFor
	s.asked, s.askedFor = "", ""
	if problem := s.readColours(sentence); problem != "" {
		return problem
	}
	if m := s.patterns.answer.FindStringSubmatch(low); m != nil && asked != "" {
		known := map[string]string{"colour": s.colour[asked], "owner": s.owner[asked]}[what]
		if known != "" && known != m[1] {
			return "of the " + asked + " it was said before: " + known
		}
	}
	for _, m := range s.patterns.belongs.FindAllStringSubmatch(low, -1) {
		thing, person := m[1]+m[3], m[2]+m[4]
		if known := s.owner[thing]; known != "" && known != person {
			return "the " + thing + " is with " + known
		}
	}
	if s.patterns.givesIt.MatchString(low) {
		clear(s.owner) // whatever "it" is
	}
	for _, own := range s.patterns.owns {
		if !strings.Contains(low, own.word) {
			continue
		}
		for _, m := range own.FindAllStringSubmatch(low, -1) {
			s.owner[m[own.thing]] = m[own.person]
		}
	}
	if m := s.patterns.asksColour.FindStringSubmatch(low); m != nil {
		s.asked, s.askedFor = m[1], "colour"
	} else if m := s.patterns.asksOwner.FindStringSubmatch(low); m != nil {
		s.asked, s.askedFor = m[1], "owner"
	}
	return ""
}

// readColours notes which thing has which colour, and returns whether one has two. A colour with a capital letter
// is somebody's name, but for one that begins a sentence.
func (s *story) readColours(sentence string) string {
	low := strings.ToLower(sentence)
	see := func(thing, colour string) string {
		if known := s.colour[thing]; known != "" && known != colour {
			return "the " + thing + " is " + known
		}
		s.colour[thing] = colour
		return ""
	}
	for _, m := range s.patterns.coloured.FindAllStringSubmatch(low, -1) {
		if problem := see(m[2], m[1]); problem != "" {
			return problem
		}
	}
	for _, m := range s.patterns.isColoured.FindAllStringSubmatchIndex(low, -1) {
		thing, colour := low[m[2]:m[3]], low[m[4]:m[5]]
		if sentence[m[4]:m[5]] != colour {
			continue
		}
		if problem := see(thing, colour); problem != "" {
			return problem
		}
	}
	return ""
}
