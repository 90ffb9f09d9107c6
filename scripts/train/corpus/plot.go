package corpus

// gift follows things from hand to hand. The model of the world knows who has what.
func gift(p *page) {
	p.places("p")
	p.cast("a", "b", "c")
	p.things("x", "y")
	p.own("a", "x")
	p.own("b", "y")
	if p.chance(2) {
		p.opening()
	}
	p.say("{a} had {x new}, and {b} had {y new}.", "{a} owned {x new}. {b} had {y new}.",
		"{x new} belonged to {a}, and {y new} belonged to {b}.",
		"{b} carried {y new}, while {a} carried {x new}.",
		"\"I have {x new},\" said {a}. \"And I have {y new},\" said {b}.")
	if p.chance(2) {
		p.say("Their friend {c} had nothing [at all|but a {#fruit}].", "{c} had only a {*taste} {#dish}.", "{c} was there too, with a {#pet}.")
	}
	for range 1 + p.rng.IntN(3) {
		p.pass([]string{"a", "b", "c"}, "x", "x", "y")
	}
	p.askOwner("x", "x", "y")
	if p.chance(2) {
		p.askColour("x", "y")
	}
	if p.chance(2) {
		p.details(1 + p.rng.IntN(2))
	}
	if p.chance(3) {
		p.pass([]string{"a", "b", "c"}, "x", "x", "y")
		p.askOwner("x", "x", "y")
	}
	p.ending()
}

// pass lets one of the things, or two, change hands among the people, and says so.
func (p *page) pass(people []string, things ...string) {
	what := p.one(things...)
	x := p.it(what)
	from := x.owner
	to := p.who(p.one(people...))
	for to == from {
		to = p.who(p.one(people...))
	}
	p.vars["f"], p.vars["t"], p.vars["k"] = value{person: from}, value{person: to}, value{thing: x}
	if other := p.it(p.one(things...)); other.owner == to && p.chance(2) {
		p.vars["m"] = value{thing: other}
		p.say("{f} traded {k the} for {m the} of {t}.", "Then {f} and {t} swapped: {f} took {m the}, and {t} took {k the}.",
			"\"Let us trade,\" {@say ed} {f} {*spoken}. So {f} got {m the}, and {t} got {k the}.")
		x.owner, other.owner = to, from
		return
	}
	x.owner = to
	p.say("{f} gave {k the} to {t}[| because {t he} was {*feel}| with a smile].",
		"[Later|Then|After lunch|In the evening|On {*week}], {f} gave {t} {k the}.",
		"{t} {@want3 ed} {k the}, so {f} handed it to {t him}.",
		"\"You can have {k the},\" {f} said to {t}, and {t} took it.",
		"\"Please take {k the},\" said {f} to {t}. {t} [thanked {f}|{@express ed} and took it].",
		"{f}, who was {*feel}, passed {k the} on to {t}.",
		"{t} bought {k the} from {f} for {*n} [coins|{#fruit s}|{#dish s}].",
		"{f} sold {k the} to {t} for a {#dish}.",
		"It was the birthday of {t}, and {f} gave {t him} {k the}.",
		"{f} sent {k the} to {t} in a {#container}.")
	if p.chance(3) {
		p.say("{t} {@express ed} [{*manner}|and said thank you].", "\"Thank you, {f},\" said {t}.", "{f} was {*feel}, and {t} was {*feel} too.")
	}
}

// askOwner asks who has one of the things.
func (p *page) askOwner(names ...string) {
	what := p.one(names...)
	p.vars["k"] = p.vars[what]
	p.owner("o", what)
	p.say("Now {k the} belonged to <owner>{o}.", "So {k the} was now with <owner>{o}.",
		"Who had {k the} now? It was <owner>{o}.",
		"\"Who has {k the} now?\" asked the {#job}. It was <owner>{o}.",
		"After all that, the owner of {k the} was <owner>{o}.",
		"The {#job} asked who had {k the}. The answer was <owner>{o}.",
		"In the evening {k the} was in the hands of <owner>{o}.")
}

// askColour asks for the colour of one of the things.
func (p *page) askColour(names ...string) {
	p.vars["l"] = p.vars[p.one(names...)]
	for p.vars["w"] = p.pick("*wrong"); p.vars["w"].base == p.vars["l"].thing.colour; {
		p.vars["w"] = p.pick("*wrong")
	}
	p.say("The color of the {l} was <colour>{l colour}.",
		"What color was the {l}? It was <colour>{l colour}.",
		"\"What color is the {l}?\" asked the {#job}. The {l} was <colour>{l colour}.",
		"Everybody could see that the {l} was <colour>{l colour}.",
		"The {l} was not {w}, it was <colour>{l colour}.",
		"As a {*person} {#job} could see, the {l} was <colour>{l colour}.")
}

// lost loses a thing, looks in the wrong places and finds it in the right one.
func lost(p *page) {
	p.places("p", "q", "r")
	p.castBoth("a", "b")
	p.things("x", "y")
	p.opening()
	p.say("But {a his} {x colour} {x} was gone!", "{a} had lost {x new}[| and was {*feel}].", "\"Where is my {x colour} {x}?\" cried {a}.",
		"{a} could not find {a his} {x colour} {x} anywhere.")
	p.say("{a ~} {*manner} looked for it {q in} with a {#tool}, but there was only {y new}.", "{a ~} {*manner} searched for it {q in} and found {y new}, but no {x}.",
		"First {a he} {*manner} looked for it {q in}. There {a he} found {y new} [and a {*size} {#insect}|and some {#stuff}|under a {#furniture}].")
	if p.chance(2) {
		p.detail()
	}
	p.say("\"I will help you,\" said {b}[| {*spoken}].", "{b} came to help {a him}.", "{a his} friend {b} had an idea.")
	p.say("At last {b} found {x the} {r in}[| under a {#furniture}| behind a {#container}].",
		"The {x} was {r in}, and {b} saw it first.", "{b} looked for it {r in}, and there was {x the}!")
	p.say("Who found the {x}? It was <question>{b}.", "The {x} was found by <question>{b}.", "The one who found the {x} was <question>{b}.")
	p.set("prep", p.vars["r"].prep)
	p.say("And where was the {x}? It was {prep} the <place>{r}.", "The {x} had been {prep} the <place>{r}.", "All the time the {x} was {prep} the <place>{r}.")
	if p.chance(2) {
		p.askColour("x", "y")
	}
	p.say("A {*person} {#animal} had {@handle en} it and [left|forgotten] it there.",
		"It had fallen out of a {#container} when {a ~} was {@act ing}[| {p in}| with a {#job}].",
		"{a ~} had put it [there|into a {#container}|under a {#furniture}] on {*week} and forgotten it like {#food}.",
		"A {*person} {#pet} and a {*size} {#bird} had [dragged|pushed|moved|dropped] it [there|into a {#container}].",
		"A {*person} {#bird} had stolen it because it was so {*look}.")
	p.ending()
}

// wish grants a wish, with a cause and what came of it.
func wish(p *page) {
	p.places("p")
	p.castAs("a", p.chance(2))
	p.rare("n")
	p.things("x", "y")
	p.words("#animal", "k")
	p.opening()
	p.say("{p in} {a ~} met a {*person} {k} called {n}.", "Under a {#tree} there sat a {*lovely} {k}. \"My name is {n},\" it said.",
		"A {k} came out of the {#nature}. Its name was {n}.")
	p.say("The {k} was caught in a {#furniture}, and {a ~} set it free with a {#tool}.", "{a ~} gave the {k} a {#fruit} and a {#dish}, because it was {*feel}.",
		"The {k} was {*feel}, so {a ~} sang a {*silly} song about {#animal s} for it.")
	p.say("\"You are {*person} and {*person},\" {@say ed} {n}. \"You may wish for a {#thing} or {#food}!\"", "\"Make a {*silly} wish, {a},\" {@say ed} {n} {*spoken}.",
		"\"For [that|the {#fruit}|your {#virtue}] you may wish for [a {#thing}|{#dish s} or a {#thing}|{#drink} or a {#thing}],\" the {k} {@say ed} [{*spoken}|to {a}].")
	p.say("{a} wished for {x new}.", "\"I wish for {x new},\" said {a}.", "{a ~} thought for {*n} minutes and wished for {x new}.")
	p.say("{a ~} heard a {*size} {#noise} and saw a {*look} and {*look} {x}.", "{n} {@express ed} three times, and the {x} fell from the sky.",
		"The {k} touched a {*lovely} {#flower} with its {*look} {#snout}, and {a} had the {x}.")
	if p.chance(2) {
		p.say("What was the name of the {k}? It was <name>{n}.", "The {k} with the wishes was called <name>{n}.",
			"{a ~} never forgot the {k} called <name>{n}.")
	}
	if p.chance(2) {
		p.say("What did {a} wish for? {a he} wished for a {x colour} <question>{x}.", "{a his} wish was a {x colour} <question>{x}.")
	}
	p.say("But {x the} was too {*look}, and {a ~} could not {@handle} it.", "{a ~} took {x the} home and used it to {@tidy} the {#furniture s}.",
		"With {x the} {a ~} could {@act} better than any {#job}.",
		"But a {#job} saw {x the} and laughed, for it was full of {#food}.")
	if p.chance(2) {
		p.askColour("x")
	}
	p.say("\"Next {*week},\" thought {a} {*manner}, \"I will wish for {y new}.\"", "\"A friend is better than {x new},\" said {n}, and {a} agreed.",
		"{a ~} came back and thanked {n} with a {*taste} {#dish}.", "From then on {n} and {a} met every {*week}.")
	p.ending()
}
