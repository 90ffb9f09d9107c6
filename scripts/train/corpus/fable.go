package corpus

// fable lets animals want something, fail, and learn why.
func fable(p *page) {
	p.castBoth("a", "b")
	p.places("p")
	p.things("x")
	p.words("#animal", "k", "m")
	p.words("#bird", "n")
	p.say("A {*person} {k} and a {*person} {m} lived near the house of {a}.", "{a} liked to watch a {*person} {k} and a {*person} {m}.",
		"Once a {k} and a {m} found {x new} that {a} had lost {p in}.", "This is what {a} told {b} about a {k} and a {m}.",
		"The {k} of {a} was {*person}, but the {m} of {b} was {*person}.")
	p.say("They both wanted {x new}.", "One {*week} they saw {x new} by the {#nature}.", "Between them lay {x new}, and each of them wanted it.")
	p.say("\"It is mine,\" said the {k}. \"No, I saw it first,\" said the {m}.", "The {k} pulled, and the {m} pushed, but nothing happened.",
		"\"Only the {*est} one of us may have it,\" said the {m}.", "The {m} said that a {k} did not need one. The {k} was {*feel}.")
	p.detail()
	p.say("So they asked the {n}, who was {*person}.", "A {n} heard the {#noise} and flew down from the {#tree}.", "Then a {n} came along with a {#garment} on its head.")
	p.say("\"Whoever can {@act2} may have it,\" said the {n}.", "\"Close your eyes,\" said the {n}, and took {x the} away.", "The {n} looked at {x the}. \"This belongs to {a},\" it said.",
		"\"Share it,\" the {n} {@say ed}, \"or I will give it to a {#job}.\"")
	p.say("Because the {k} was {*feel}, the {m} gave up first.", "They tried until they were {*feel}, and then they laughed.", "The {m} {@express ed}, and the {k} {@express ed} as well.",
		"If they had not {@help en} each other, they would still be there.")
	p.say("Who solved the problem? It was the <question>{n}.", "The one who was asked to judge was the <question>{n}.", "In the end, it was not the {k} who was wise but the <question>{n}.")
	p.askColour("x")
	p.say("{a} told this to {b}, who {@express ed}.", "And {a}? {a he} bought a new {x}.", "{b} does not believe it, but {a} was there.")
	p.details(p.rng.IntN(3))
	p.ending()
}

// makers tells how somebody made a thing, what went wrong, and why.
func makers(p *page) {
	p.castBoth("a", "b")
	p.places("p")
	p.things("x", "y")
	p.words("*week", "d", "e")
	p.words("#material", "k", "m")
	p.opening()
	p.say("{a ~} decided to {@craft} {x new} for {b}.", "On {d}, {a ~} began to make {x new}.", "{b} needed {x new}, so {a} promised to {@craft} one.")
	p.say("For that {a he} took {k} and a {*size} {#tool}.", "{a ~} had {k}, {m} and enough {#virtue}.", "\"I will make it of {k},\" {a} [said|explained|whispered|announced] to the {#job}.")
	p.say("But the {k} was too {*look}, and the {#tool} {@noise ed}.", "First it was too {*size}, and then it was too {*look}.", "Soon there was {#stuff} on {a his} {#garment s} and {#stuff} on {a his} {#limb}.",
		"When {a he} {@move ed} out to buy {#food}, a {#pet} sat down on it.")
	p.details(1 + p.rng.IntN(2))
	p.say("{b} came on {e} and brought {y new}.", "\"Is it ready?\" asked {b} on {e}. {b he} had {y new}.", "On {e}, {b} wanted to see it, and {b he} carried {y new}.")
	p.say("So {a} {@help ed} a {#job}, and the {#job} repaired the {x}.", "\"It does not matter,\" said {b}, \"I like it because you made it.\"", "{a} tried it again with {m}, and this time it was {*look}.",
		"If it had been made of {m}, it would have been {*look}.")
	p.say("When did {b} come? {b he} came on <question>{e}.", "{b} had come on <question>{e}.")
	p.askColour("x", "y")
	if p.chance(2) {
		p.askColour("y")
	}
	p.asideOf("b")
	p.ending()
}
