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
	p.say("They both wanted {x new}[| {p in}| because it was {*look}].", "One {*weather} {*week} they saw {x new} by the {#nature}.", "Between them lay {x new}, and each of them wanted it[ for a {#family}| because it was {*look} and {*look}| {*manner}].")
	p.say("\"It is mine,\" {@say ed} the {k} {*spoken}. \"No, I [saw|found] it first [{p in}|on {*week}],\" {@say ed} the {*person} {m}.", "The {k} [pulled|tried|{@act ed}], and the {m} [pushed|{@express ed}|{@act ed}], but nothing happened to the {x}.",
		"\"Only the {*est} one of us may have [it|the {x}],\" {@say ed} the {m} {*spoken}.", "The {m} {*manner} {@say ed} that a {k} did not need {#thing s}. The {k} was {*feel} and {@express ed}.")
	p.detail()
	p.say("So they asked the {n}, who was {*person}.", "A {n} heard the {#noise} and [flew|came] down from the {*lovely} {#tree}.", "Then a {n} came along with a {*look} {#garment} on its head.")
	p.say("\"Whoever can {@act2} like a {#job} may have it,\" {@say ed} the {n} {*spoken}.", "\"Close your eyes,\" {@say ed} the {n} {*spoken}, and took {x the} {p to}.", "The {n} looked {*manner} at {x the}. \"This belongs to {a},\" it {@say ed} {*spoken}.",
		"\"Share it {*manner},\" the {n} {@say ed}, \"or I will [give|sell] it to a {*person} {#job}.\"")
	p.say("Because the {k} was {*feel}, the {m} gave up first and {@express ed} [{*manner}|at a {#insect}].", "They {@act ed} until they were {*feel}, and then they {@express ed} [{*manner}|at the {n}|like {#job s}].", "The {m} {@express ed} {*manner}, and the {k} {@express ed} as well.",
		"If they had not {@help en} each other, they would still be [{*feel} {p in}|by the {#nature} {p in}|{p in} with {x the}].")
	p.say("Who solved the {*look} problem [of|with] the {x} of {a}? It was the <question>{n}.", "The one who was asked [to judge the {k}|about the {x}|by the {k} {p in}|by the {m}] was the <question>{n}.", "As {a} {*manner} {@say ed}, it was not the {k} who was wise but the <question>{n}.")
	p.askColour("x")
	p.say("{a} told this to {b}, who {@express ed}.", "And {a}? {a he} bought a new {x}.", "{b} does not believe it, but {a} was there with a {*look} {#tool} and a {#pet} {p in}.")
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
	p.say("But the {k} was too {*look}, and the {#tool} {@noise ed}.", "First the {x} was too {*size}, and on {*week} it was too {*look}.", "Soon there was {#stuff} on {a his} {#garment s} and {#stuff} on {a his} {#limb}.",
		"When {a he} {@move ed} out to buy {#food}, a {#pet} sat down on it.")
	p.details(1 + p.rng.IntN(2))
	p.say("{b} came on {e} and brought {y new}.", "\"Is it ready?\" asked {b} on {e}. {b he} had {y new}.", "On {e}, {b} {@move ed} {p to} to see it, and {b he} carried {y new}.")
	p.say("So {a} {@help ed} a {#job}, and the {#job} repaired the {x}.", "\"It does not matter,\" {@say ed} {b} {*spoken}, \"I [like|love|want] it because you [made|{@craft ed}] it {p in}.\"", "{a} tried it again with {m}, and this time it was {*look}.",
		"If {a} had made it of {m}, it would have been {*look} and {*look}.")
	p.say("When did {b} come? {b he} came on <question>{e}.", "{b} had come on <question>{e}.")
	p.askColour("x", "y")
	if p.chance(2) {
		p.askColour("y")
	}
	p.asideOf("b")
	p.ending()
}
