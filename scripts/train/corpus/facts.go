package corpus

import "strings"

// list writes a list of words down, and reads it again.
func list(p *page) {
	p.places("p")
	p.castBoth("a", "b")
	p.words(p.one("#fruit", "#vegetable", "#thing", "#dish"), "k", "m")
	p.words(p.one("#garment", "#tool", "#thing"), "n", "o")
	p.opening()
	if p.chance(2) {
		p.say("{a ~} wrote a list: {k s}, {m s}, {n s} and {o s}.", "This was on the list of {a}: {k s}, {m s}, {n s} and {o s}.",
			"\"We need {k s}, {m s}, {n s} and {o s},\" said {a}.")
	} else {
		p.say("{a ~} needed {k s}, {m s}, {n s} and {o s}.", "{a ~} [counted|{@move ed} home and counted] {k s}, {m s}, {n s} and {o s}.",
			"In the {#container} there were {k s}, {m s}, {n s} and {o s}.")
	}
	if p.chance(2) {
		p.detail()
	}
	p.say("\"Say it again,\" said {b}. So {a} read it once more: {k s}, {m s}, {n s} and <list>{o s}.",
		"{b} repeated it {*spoken}: {k s}, {m s}, <list>{n s} and {o s}.",
		"{b} sang the list like a song: {k s}, <list>{m s}, {n s} and {o s}.",
		"{b} had to bring the same things: {k s}, {m s}, <list>{n s} and <list>{o s}.",
		"Once more, so that {b} would not forget: {k s}, {m s}, {n s} and <list>{o s}.")
	p.say("[In the market|On the way|At the shop] {b} forgot the {o s}, of course.", "{b} came back with {m s}, a {#pet} and no {n s}.", "The {#job} had everything but {k s}.",
		"\"And what about {#food}?\" asked {b}. But {a} only had {*n} {#small s} of {#stuff}.")
	p.say("{a} {@say ed} {*spoken} that the {o s} were for the {#job}.", "{a} said the words backward: {o s}, {n s}, {m s} and <list>{k s}.",
		"At home they put away {k s}, {m s}, <list>{n s} and {o s}.")
	p.details(p.rng.IntN(3))
	p.ending()
}

// sum counts things in words or figures.
func sum(p *page) {
	p.places("p")
	p.castBoth("a", "b")
	p.words(p.one("#fruit", "#thing", "#dish", "#vegetable", "#garment"), "k")
	numbers := p.lex.classes["number word"]
	x, y := 2+p.rng.IntN(9), 2+p.rng.IntN(9)
	p.set("i", numbers[x].base)
	p.set("j", numbers[y].base)
	p.set("z", numbers[x+y].base)
	if p.chance(2) {
		p.opening()
	}
	p.say("{a} had {i} {k s}. {b} gave {a him} {j} more. Now {a} had <sum>{z} {k s}.",
		"{a} picked up {i} {k s}, and {b} picked up {j} {k s}. Together they had <sum>{z} {k s}.",
		"{a} counted {i} {k s} {p in} and {j} {k s} in a {#container}. That made <sum>{z} {k s}.",
		"There were {i} {k s} on the {#furniture}. {a} put {j} more there. Then there were <sum>{z} {k s}.",
		"\"I have {i} {k s},\" said {a}. \"I have {j},\" said {b}. So they had <sum>{z} {k s}.")
	p.say("{i} and {j} make <sum>{z}.", "{a} knew that {i} plus {j} is <sum>{z}.", "{a} {@say ed} {*spoken} that {i} and {j} make <sum>{z}.",
		"\"How much is {i} plus {j}?\" asked {b}. It is <sum>{z}.", "{j} and {i} make <sum>{z}, too.", "{a} wrote {#shape s} in the {#stuff}, {i} and {j}. They make <sum>{z}.")
	if p.chance(2) {
		p.detail()
	}
	w := 1 + p.rng.IntN(min(x+y-1, 9))
	p.set("w", numbers[w].base)
	p.set("u", numbers[x+y-w].base)
	p.say("Then a {#animal} ate {w} of them, and <sum>{u} were left.", "{b} took {w} of the {z} {k s} home, so <sum>{u} were left.",
		"{z} minus {w} is <sum>{u}.", "\"{z} minus {w} is easy,\" said {b}. It is <sum>{u}.")
	p.details(1 + p.rng.IntN(2))
	p.ending()
}

// opposites plays the game of opposites.
func opposites(p *page) {
	p.castBoth("a", "b")
	p.places("p")
	pairs := p.lex.classes["pair opposite"]
	for _, name := range []string{"k", "m", "n"} {
		e := pairs[p.rng.IntN(len(pairs))]
		if p.chance(2) {
			e.base, e.other = e.other, e.base
		}
		p.vars[name] = value{entry: e}
	}
	p.say("{a} and {b} played a game {p in}.", "{a} taught {b} a game with words.", "\"Let us play opposites,\" said {a}.",
		"{b} was bored, so {a} began a game of words.", "The {#job} asked {a} and {b} for some opposites.", "In the {*place} {#building}, {a} and {b} learned new words.")
	p.say("The opposite of {k} is <opposite>{k other}.", "{a} said that the opposite of {k} was <opposite>{k other}.",
		"\"What is the opposite of {k}?\" asked {b}. It is <opposite>{k other}.", "If something is not {k}, then {a} may call it <opposite>{k other}.")
	p.say("{b} knew that {m} is the opposite of <opposite>{m other}.", "The opposite of {m} is <opposite>{m other}, said {b}.", "{a} asked for the opposite of {m}, and {b} said it was <opposite>{m other}.")
	p.detail()
	p.say("And the opposite of {n}? It is <opposite>{n other}.", "Then {a} said {n}, so {b} had to say <opposite>{n other}.", "The opposite of {n} is <opposite>{n other}. {b} {@express ed}.")
	p.say("\"What is the opposite of a {#animal}?\" asked {b} {*spoken}. Nobody knew.", "\"You are {*person},\" said {a}, \"and I am just {*feel}.\"", "\"My {#pet} has no opposite,\" said {a}.",
		"{b} wanted to know the opposite of a {*taste} {#dish}, but {a} {@express ed}.")
	p.details(1 + p.rng.IntN(2))
	p.ending()
}

// countries tells of capitals.
func countries(p *page) {
	p.castBoth("a", "b")
	p.places("p")
	list := p.lex.classes["capital of"]
	at := p.rng.Perm(len(list))
	for i, name := range []string{"k", "m", "n"} {
		p.vars[name] = value{entry: list[at[i]]}
	}
	p.opening()
	p.say("{a} has [an aunt|an uncle|a cousin] in {k}, near the capital, <capital>{k other}.", "The capital of {k} is <capital>{k other}, and {a} was born there.",
		"In {*cycle}, {a} wanted to see {k} and its capital, <capital>{k other}.", "\"In {k} the capital is <capital>{k other},\" said {a}.")
	p.say("{b} asked about {m}. The capital of {m} is <capital>{m other}.", "\"What is the capital of {m}?\" asked {b} {*spoken}. It is <capital>{m other}.",
		"{b} would like to travel to {m} with {*n} {#job s}. Its capital is <capital>{m other}.")
	p.detail()
	p.say("From {k other}, the capital of {k}, {b} sent a {#thing} to {a}.", "{a} bought a {*look} {#garment} in {n}. It came from the capital, <capital>{n other}.",
		"\"The capital of {n} is <capital>{n other},\" {b} said {*spoken}.", "On the {*look} map of {a} they found {n} and its capital, <capital>{n other}.")
	p.say("What is {k other}? It is the capital of <capital>{k}.", "{b} {*manner} {@say ed} that {m other} is the capital of <capital>{m}.", "{a} {@say ed} that the {#dish s} are {*taste} there.",
		"\"A {#animal} does not need a capital,\" {@say ed} {a} {*spoken}.")
	p.details(1 + p.rng.IntN(2))
	p.ending()
}

// kindsOf says what things are and what they are for.
func kindsOf(p *page) {
	p.castBoth("a", "b")
	p.places("p")
	p.things("x")
	p.opening()
	p.say("{a} had {x new} and many questions.", "{b} drew on {x new} and explained things.", "{a} and {b} sat [by|under] the {#tree} with {x new}.")
	classes := []string{"tool", "fruit", "vegetable", "animal", "bird", "fish", "insect", "tree", "flower", "vehicle", "instrument", "building"}
	for i, at := range p.rng.Perm(len(classes))[:3] {
		p.words("#"+classes[at], "k")
		p.set("c", classes[at])
		if i == 1 {
			p.detail()
		}
		p.say("A {k} is a kind of <kind>{c}.", "{a} {*manner} {@say ed} that a {k} is a <kind>{c}.", "\"What is a {k}?\" asked {b} {*spoken}. A {k} is a <kind>{c}.", "{b} [said|explained|learned|remembered|knew|read|guessed] that the {k} is a <kind>{c}.",
			"Many {*person} {#job s} know that a {k} is a <kind>{c}.")
		p.say(strings.Split(uses(classes[at]), "\n")...)
	}
	p.details(1 + p.rng.IntN(2))
	p.ending()
}

// uses returns sentences about a kind of thing.
func uses(class string) string {
	switch class {
	case "tool", "vehicle", "building", "instrument":
		return "People made the first one of {#material} and {#material}.\nA {#job} needs one every {*week}.\nIf it is {*look}, you should call a {#job}.\n{a} wanted one, but {a his} {#family} said no.\nYou can {@handle} it, but you cannot eat it."
	case "fruit", "vegetable":
		return "You can {@cook} it and {@cook} it.\nIt is {*taste} when it is {*taste}.\n{a} ate {*n} of them with {#food}.\nA {#job} grows them near the {#nature}.\nMany {*size} {#animal s} like it with {#food}."
	case "tree", "flower":
		return "It grows near the {#nature} and looks {*lovely}.\nIn {*cycle} it is {*lovely}.\n{#insect s} and {#bird s} visit it.\n{b} planted one behind the {#building}.\nIt needs water, light and {#virtue}."
	}
	return "It can {@move2} and {@move2}, but it cannot {@act2}.\nYou may see one near a {#nature} in {*cycle}.\nIt looks {*lovely} and never wears {#garment s}.\nIt is not afraid of a {*size} {#animal} {p in}.\n{a} saw one {p in} last {*week}.\nIts {#snout} is {*look}, or so {b} thinks."
}
