package corpus

import "strings"

// stranger meets somebody with a name never heard before, and says it again and again:
// only a model that looks back can spell it.
func stranger(p *page) {
	p.places("p")
	p.cast("a")
	p.rare("n", "m", "v")
	p.words("#pet", "k")
	p.words("#vehicle", "g")
	p.things("x")
	p.opening()
	p.say("There {a he} met a {#job} from {v} with a {k} called {n}.", "A {*person} stranger from {v} came along with a {k}. {a} heard that it was called {n}.",
		"In {v}, {a he} had a {k} named {n}.")
	p.say("{n} could {@act} and {@act}.", "{n} was {*person} and liked {#food}.", "Everybody in {v} knew {n}, because {n} was so {*person}.")
	p.say("The {k} wore {x new} around its neck.", "{n} carried {x new}, which {a ~} liked.", "It {@handle ed} {x new}, a gift from {v}.")
	p.say("They had come in a {g} called {m}.", "The {*look} {g} by the {#part} was called {m}.", "Behind {n} stood a {g}, and its name was {m}.")
	if p.chance(2) {
		p.detail()
	}
	p.say("\"Where do you come from?\" asked {a} {*spoken}. \"We come from <name>{v},\" said the stranger.",
		"{a ~} wanted to visit <name>{v} [one day|too|in {*year}].", "The road to <name>{v} was [long|{*place}] and full of {#animal s}.")
	p.say("What was the {k} called? {a} knew that the {k} was called <name>{n}.", "The name of the {k} was <name>{n}.", "{a} never forgot the {k} called <name>{n}.")
	p.say("And the {g}? The name of the {g} was <name>{m}.", "Then the {g} called <name>{m} {@noise ed} and was gone.",
		"On the {g} stood its name, which was <name>{m}.")
	p.say("\"Goodbye, {n}!\" called {a}.", "{n} {@express ed}, and {m} {@noise ed} all the way to {v}.",
		"People say that {n} still lives in {v}.", "{a ~} wrote a {*silly} song about {n} and {m}.")
	if p.chance(2) {
		p.detail()
	}
	p.ending()
}

// talk is a conversation: questions whose answers stand in the text.
func talk(p *page) {
	p.places("p", "q")
	p.castBoth("a", "b")
	p.things("x")
	p.words("*week", "d")
	p.words("#fruit", "k")
	p.words("#dish", "m")
	p.words("#job", "j")
	p.say("{a} met {b} {p in}.", "One {*weather} day, {a} came to see {b}.", "{b} was {@act ing} {p in} when {a} came in.",
		"{a} sat {p in} and {@handle ed} a {#garment}. Then {b} arrived.")
	p.line()
	p.say("\"Look what my {#family} {@make ed},\" {@say ed} {a} {*spoken}. \"It is {x new}.\"", "\"Guess what my {#pet} found {q in},\" {@say ed} {a} {*spoken}. \"It is {x new}!\"",
		"\"My {#family} gave me {x new},\" said {a}.")
	p.line()
	p.say("\"How {*look}!\" {@say ed} {b} {*spoken}. \"I will show the {x} to the {j} on {d}.\"", "\"The {j} would like the {x},\" {b} {@say ed} {*spoken}. \"Let us [walk|hurry|ride|go] there on {d} with [{#dish s}|{#food}|my {#pet}].\"",
		"\"On {d} I will {@act} with the {j},\" said {b} {*spoken}. \"You can come too[|, if you {*manner} {@handle} your {#garment s}|, if you like {*taste} {#dish s}|, but not with {*look} {#garment s}].\"")
	p.line()
	p.say("\"Can we bring {*n} {*taste} {k s} and a {*taste} {m}?\" asked {a} {*spoken}.", "\"I will bring {*taste} {k s}, and {b} can bring a {*taste} {m},\" {@say ed} {a} {*spoken}.",
		"\"The {j} loves {*taste} {k s},\" {@say ed} {a} {*spoken}, \"and I love a {*taste} {m}.\"")
	if p.chance(2) {
		p.line()
		p.say("\"Why not?\" said {b} {*spoken}. \"I like to {@act}, but I like [{#food}|{#dish s}] better.\"", "{b} {@express ed}. \"You are very {*person},\" {b he} {@say ed}.",
			"\"Only if it is not {*weather},\" said {b}, who was {*feel}.")
	}
	p.line()
	p.quiz()
	p.ending()
}

// quiz asks two of three things that the conversation has told.
func (p *page) quiz() {
	p.say("When did {a} and {b} go to the {j}? They went there with [the {x}|{a his} {#family}|a {#pet}] on <question>{d}.", "The day of the visit of {a} was <question>{d}.",
		"What did {a} show to {b}? {a he} showed {b him} a {x colour} <question>{x}.", "So they went to the {j} on <question>{d}.")
	p.askColour("x")
	p.say("Whom did {a} visit? {a he} visited the <question>{j}.", "With the {m}, {a} brought a lot of <question>{k s}.",
		"The fruits that {a} brought were <question>{k s}.", "The {m} was for the <question>{j}.")
}

// pair tells of a girl and a boy by their names, then by their pronouns.
func pair(p *page) {
	p.places("p", "q")
	p.castBoth("a", "b")
	p.things("x", "y")
	p.say("{a} and {b} [went|{@move ed}] {p to}.", "{a} and {b} were {p in} on {*week}.", "On a {*weather} day, {a} met {b} {p in}.",
		"{b} is a {*person} {b child}, and {a} is a {*person} {a child}. Both like {#fruit s}.", "\"Come with me,\" said {a} to {b}.")
	if p.chance(2) {
		p.say("The weather was {*weather}, and the {#tree s} were {*lovely}.", "It smelled of {#fruit s} and {#material}.", "There were {#animal s} by the {#building}.",
			"A {*person} {#job} {@express ed} at them.")
	}
	p.both()
	p.askWho()
	if p.chance(2) {
		p.askColour("x", "y")
	}
	p.asideOf("o")
	p.move()
	p.details(1 + p.rng.IntN(3))
	p.ending()
}

// both lets a and b, a girl and a boy, do the same to x and y, and names them by their pronouns.
func (p *page) both() {
	one, two := "a", "b"
	if p.chance(2) {
		one, two = two, one
	}
	p.own(one, "x")
	p.own(two, "y")
	p.vars["s"], p.vars["t"] = p.vars[one], p.vars[two]
	p.vars["v"] = value{entry: p.pick("@carry").entry}
	p.say("{s he} {v ed} {x new}, and {t he} {v ed} {y new}.", "{s he} {v ed} {x new}, but {t he} {v ed} {y new}.",
		"While {s he} {v ed} {x new}, {t he} {v ed} {y new}.")
}

// askWho asks who did that to one of the two things.
func (p *page) askWho() {
	what := p.one("x", "y")
	p.vars["k"] = p.vars[what]
	p.owner("o", what)
	p.say("Who {v ed} {k the}? It was <pronoun>{o}.", "The one who {v ed} {k the} was <pronoun>{o}.",
		"The {#job} asked who {v ed} {k the}. It was <pronoun>{o}.", "The {k} was with <pronoun>{o}.")
}

// move sends a and b to different places and asks where one of them is.
func (p *page) move() {
	p.places("q", "r")
	p.say("Then {a} [went|{@move ed}] {q to}, and {b} [went|{@move ed}] {r to}.", "Later {a} was {q in}, while {b} was {r in}.",
		"{b} had to {@move} {r to}, so {a} {@move ed} {q to} alone.")
	if p.chance(3) {
		p.vars["r"] = p.vars["q"]
		p.say("{b} came {q to} too[| because {b he} was {*feel}].", "Soon {b} followed {a him} {q to}.")
	}
	to, who := "q", "a"
	if p.chance(2) {
		to, who = "r", "b"
	}
	p.vars["o"], p.vars["z"] = p.vars[who], p.vars[to]
	p.set("prep", p.vars[to].prep)
	p.say("Where was {o} now? {o he} was {prep} the <place>{z}.", "So {o} was {prep} the <place>{z}.", "You could now find {o} {prep} the <place>{z}.")
}

// travel goes from place to place through the days of a week.
func travel(p *page) {
	p.places("p")
	p.castBoth("a", "b")
	p.opening()
	p.things("x")
	p.say("{a} had {x new} with {a him}.", "{a ~} carried {x new} and a {#container}.", "For the road {a he} took {x new} and some {#food}.")
	i := p.rng.IntN(7)
	days := p.lex.classes["day week"]
	for j := 0; j < 4; j++ { // not from a day that the opening has named
		if strings.Contains(p.text.String(), days[(i+j)%7].base) {
			i, j = i+1, -1
		}
	}
	for range 2 + p.rng.IntN(2) {
		p.set("d", days[i%7].base)
		p.places("q")
		p.say("On {d}, {a ~} went {q to} and {@handle ed} {#garment s}.", "{d} was {*weather}, so {a ~} {@move ed} {q to} [to {@act}|with a {#pet}].",
			"{a ~} spent {d} {q in} with a {#job}.", "On {d}, {a ~} was {q in}, where a {#animal} {@express ed} at {a him}.")
		p.vars["s"] = p.vars["q"]
		p.set("e", days[i%7].base)
		i++
	}
	p.set("f", days[i%7].base)
	p.say("The day after {e} was <day>{f}.", "After {e} came <day>{f}.", "For {a} and the {#job} it was no longer {e}, it was <day>{f}.")
	p.say("On {f}, {a ~} [stayed at home|slept|did nothing] and ate {*taste} {#dish s}.", "{a ~} rested {p in} that day, because {a his} {#limb} hurt.", "That day {a ~} {@help ed} a {*person} {#job} {p in}.")
	p.set("prep", p.vars["s"].prep)
	p.say("Where was {a} on {e}? {a he} was {prep} the <place>{s}.", "So on {e} {a ~} had been {prep} the <place>{s}.")
	p.move()
	p.details(1 + p.rng.IntN(2))
	p.ending()
}
