package corpus

import (
	"fmt"
	"strings"
)

// Exercises bind things to their people and colours, and ask for them over and over. A story asks once, for one
// of two; from that a model learns only very slowly that it must look back rather than guess.

// exercises lists every kind of exercise.
func exercises() []kind {
	return []kind{{"rows", 1, rows}, {"cards", 9, cards}, {"memory", 4, memory}, {"turns", 4, turns}, {"quick", 1, quick}, {"trades", 1, trades}, {"lecture", 1, lecture}}
}

// cards asks in the shortest way: a thing, and at once its colour, its owner, or whether a girl or a boy has it and
// who that is; or a colour or an owner, and at once the thing. Each is asked for; then come other things.
func cards(p *page) {
	title, fact := "Colors.", "{k new}."
	questions := []string{"The {k}: <colour>{k colour}.", "This is {k colour}: <thing>{k}."}
	people := []string{"a", "b", "c", "g"}
	switch p.rng.IntN(3) {
	case 0:
		title, fact = "Owners.", "{o} had {k new}."
		questions = []string{"The {k}: <owner>{o}.", "{o}: <thing>{k}."}
	case 1:
		title, fact = "{a} and {b}.", "{o he} had {k new}."
		questions = []string{"The {k}: <owner>{o he}, <pronoun>{o}."}
		people = []string{"a", "b", "b", "a"}
		p.castBoth("a", "b")
	}
	for round := 0; len(strings.Fields(p.text.String())) < minWords; round++ {
		if title == "Owners." {
			p.cast(people...)
		}
		names := []string{"x", "y", "z", "u"}[:3+p.rng.IntN(2)]
		p.things(names...)
		if round == 0 {
			p.say(title)
		}
		p.cardsOf(names, people, fact)
		for range questions {
			p.cardsOf(names, people, questions...)
		}
		p.retire(round, names...)
	}
}

// retire keeps the things of a round, so that none comes again.
func (p *page) retire(round int, names ...string) {
	for _, name := range names {
		p.vars[fmt.Sprint(name, round)] = p.vars[name]
	}
}

// cardsOf says one of the sentences of each of the things, in any order, as k with its owner o.
func (p *page) cardsOf(names, people []string, sentences ...string) {
	for _, i := range p.rng.Perm(len(names)) {
		p.vars["k"] = p.vars[names[i]]
		if owner, known := p.vars[people[i]]; known {
			p.vars["o"] = owner
		}
		p.say(sentences...)
	}
}

// rows puts side by side what belongs together, with nothing in between: things and their colours or owners, or the
// other way round, row after row.
func rows(p *page) {
	title, fact, part, people := "Colors.", "{%[1]s new}.", "colour>{%[1]s colour}", []string{"a", "b", "c", "g"}
	if p.chance(2) {
		title, fact, part = "Owners.", "{%[2]s} had {%[1]s new}.", "owner>{%[2]s}"
	}
	for round := 0; len(strings.Fields(p.text.String())) < minWords; round++ {
		names := []string{"x", "y", "z", "u"}[:3+p.rng.IntN(2)]
		p.things(names...)
		p.cast(people...)
		if round == 0 {
			p.say(title)
		}
		for _, i := range p.rng.Perm(len(names)) {
			p.say(fmt.Sprintf(fact, names[i], people[i]))
		}
		for row := range 3 {
			row = (row + round) % 2
			var items []string
			for _, i := range p.rng.Perm(len(names)) {
				of := fmt.Sprintf(part, names[i], people[i])
				if row == 0 {
					items = append(items, fmt.Sprintf("{%s} <%s", names[i], of))
				} else {
					_, of, _ = strings.Cut(of, ">")
					items = append(items, fmt.Sprintf("%s <thing>{%s}", of, names[i]))
				}
			}
			p.say([]string{"In a row: ", "And back: "}[row] + strings.Join(items, ", ") + ".")
		}
		p.retire(round, names...)
	}
}

// quick asks one short question after the other, in ever other words, for colours or for owners, who are named or
// known by their pronouns.
func quick(p *page) {
	people := []string{"a", "b", "c", "g"}
	facts := []string{"{%[1]s new}.", "There was {%[1]s new}."}
	questions := []string{"And {%[1]s} <colour>{%[1]s colour}.", "Now {%[1]s}: <colour>{%[1]s colour}.", "The {%[1]s}: <colour>{%[1]s colour}.",
		"The {%[1]s} is <colour>{%[1]s colour}.", "The {%[1]s} was <colour>{%[1]s colour}.", "It was the {%[1]s colour} <thing>{%[1]s}.",
		"The color of the {%[1]s} was <colour>{%[1]s colour}.", "What color was the {%[1]s}? It was <colour>{%[1]s colour}."}
	kind := p.rng.IntN(3)
	if kind > 0 {
		facts = []string{"{%[2]s} had {%[1]s new}.", "{%[2]s} carried {%[1]s new}.", "{%[1]s new} belonged to {%[2]s}.", "{%[2]s} owned {%[1]s new}."}
		questions = []string{"And {%[1]s} <owner>{%[2]s}.", "Now {%[1]s}: <owner>{%[2]s}.", "The {%[1]s}: <owner>{%[2]s}.",
			"The {%[1]s} was with <owner>{%[2]s}.", "The {%[1]s} belonged to <owner>{%[2]s}.", "The owner of the {%[1]s} was <owner>{%[2]s}.",
			"Who had the {%[1]s}? It was <owner>{%[2]s}."}
	}
	switch kind {
	case 1:
		questions = append(questions, "{%[2]s} and the <thing>{%[1]s}.")
	case 2:
		people = []string{"a", "b", "b", "a"}
		facts = []string{"{%[2]s he} had {%[1]s new}.", "{%[2]s he} bought {%[1]s new}.", "{%[2]s he} liked {%[1]s new}."}
		questions = append(questions, "The {%[1]s}: <owner>{%[2]s he}, <pronoun>{%[2]s}.", "Who had the {%[1]s}? <owner>{%[2]s he} did.",
			"The {%[1]s} was with <owner>{%[2]s him}.")
		p.castBoth("a", "b")
	}
	for round := 0; len(strings.Fields(p.text.String())) < minWords; round++ {
		names := []string{"x", "y", "z", "u"}[:2+p.rng.IntN(3)]
		p.things(names...)
		if kind < 2 {
			p.cast(people...)
		} else if round == 0 {
			p.say("{a} and {b}.", "{a} met {b}.")
		}
		for _, i := range p.rng.Perm(len(names)) {
			p.say(fmt.Sprintf(p.one(facts...), names[i], people[i]))
		}
		for range 2 {
			for _, i := range p.rng.Perm(len(names)) {
				p.say(fmt.Sprintf(p.one(questions...), names[i], people[i]))
			}
		}
		p.retire(round, names...)
	}
}

// memory is a game: people have things, things change hands, and each is asked for.
func memory(p *page) {
	people := []string{"a", "b", "c", "g"}[:3+p.rng.IntN(2)]
	p.cast(people...)
	names := []string{"x", "y", "z"}
	p.things(names...)
	p.say("{a} and {b} played a game of memory.", "It was a game for good eyes and ears.", "\"Let us play a game,\" said {a}.", "Who could remember it all?")
	holders := p.rng.Perm(len(people))
	for i, what := range names {
		p.own(people[holders[i]], what)
		p.vars["s"], p.vars["k"] = p.vars[people[holders[i]]], p.vars[what]
		p.say("{s} had {k new}.", "{s} owned {k new}.", "{s} carried {k new}.", "{k new} belonged to {s}.", "\"I have {k new},\" said {s}.")
	}
	for range 3 + p.rng.IntN(2) {
		p.askEither(names)
	}
	for range 1 + p.rng.IntN(3) {
		p.pass(people, names...)
		p.askOwner(names...)
		p.askEither(names)
	}
	p.askColour(names...)
}

// trades lets things change hands, and asks after each time who has one of them now.
func trades(p *page) {
	people, names := []string{"a", "b", "c"}, []string{"x", "y"}
	p.cast(people...)
	p.things(names...)
	p.own("a", "x")
	p.own("b", "y")
	p.say("{a} had {x new}, and {b} had {y new}.", "{a} owned {x new}. {b} had {y new}.",
		"{x new} belonged to {a}, and {y new} belonged to {b}.", "{b} carried {y new}, while {a} carried {x new}.",
		"\"I have {x new},\" said {a}. \"And I have {y new},\" said {b}.")
	if p.chance(2) {
		p.say("{c} was there too.")
	}
	for len(strings.Fields(p.text.String())) < minWords+15 {
		p.pass(people, names...)
		for range 1 + p.rng.IntN(2) {
			if p.chance(2) {
				p.askOwner(names...)
				continue
			}
			what := p.one(names...)
			p.vars["k"] = p.vars[what]
			p.owner("o", what)
			p.say("The {k} was with <owner>{o}.", "Who had {k the}? It was <owner>{o}.", "The {k}: <owner>{o}.",
				"Now {k}: <owner>{o}.", "The {k} belonged to <owner>{o}.", "The owner of {k the} was <owner>{o}.")
		}
	}
}

// askEither asks for the owner of one of the things, or for its colour.
func (p *page) askEither(names []string) {
	if p.chance(3) {
		p.askColour(names...)
	} else {
		p.askOwner(names...)
	}
}

// turns lets a girl and a boy do the same to their things, turn by turn, by their pronouns.
func turns(p *page) {
	p.castBoth("a", "b")
	p.say("{a} and {b} took turns.", "{a} played with {b}.", "{b} and {a} had the whole day.", "It was a day for {b} and {a}.")
	for turn := range 3 {
		p.things("x", "y")
		p.retire(turn, "x", "y")
		p.both()
		for range 1 + p.rng.IntN(2) {
			if p.chance(3) {
				p.askWhich()
			} else {
				p.askWho()
			}
		}
		if p.chance(3) {
			p.askColour("x", "y")
		}
	}
}

// askWhich asks who did that to one of the two things, and answers with the pronoun, then with the name.
func (p *page) askWhich() {
	what := p.one("x", "y")
	p.vars["k"] = p.vars[what]
	p.owner("o", what)
	p.say("Who {v ed} {k the}? It was <owner>{o him}, <pronoun>{o}.", "Who had {k the}? <owner>{o he} did, <pronoun>{o}.")
}
