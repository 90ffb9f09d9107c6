package corpus

import (
	"slices"
	"strings"
)

// explain tells how a language model predicts, in words for young learners. The texts of
// this kind often begin "How to predict", as the page's own example does.
func explain(p *page) {
	p.castBoth("a", "b")
	p.things("x")
	p.places("p")
	p.example("fruit", "vegetable", "animal", "bird", "thing", "tool", "flower", "instrument", "vehicle", "building", "insect", "dish", "container", "garment")
	if p.chance(3) {
		p.explainOther()
	} else {
		p.explainHow()
	}
	p.explainTokens()
	if p.chance(2) {
		p.explainAttention()
	}
	p.explainNumbers()
	p.explainExample()
	if p.chance(2) {
		p.explainAttention()
	}
	p.explainEnd()
}

// example binds two words of one of the classes, of which it speaks from here on.
func (p *page) example(classes ...string) {
	class := p.one(classes...)
	if p.lecture {
		p.words("#"+class, "k")
		p.words("#job", "m")
	} else {
		p.words("#"+class, "k", "m")
	}
	p.vars["c"] = value{entry: entry{base: class, plural: pluralOf(class)}}
}

// explainHow begins "How to predict".
func (p *page) explainHow() {
	const what = "[the next word|the next token|what comes next|a word|the end of a story|the next word of a story|the word after \"the {x colour}\"|what a {#job} will say]"
	p.say(
		"How to predict "+what+"? [First|To begin], [read|look at] the words about [{k s}|the {x}|{a}|{m s}].",
		"How to predict "+what+"? Look [back|again] at the words about the {x}.",
		"How to predict "+what+" is [a good question|what {a} wanted to know|not a secret|a question for a {#job}].",
		"How to predict "+what+"? {a} asked {b}, and {b} {@express ed}.",
		"How to predict "+what+"? [Read|Look at] the story [of|about] the {x colour} {x}.",
		"How to predict "+what+" is [easy|hard], said {a} to {b}.",
		"How to predict "+what+"? A model has to [guess|look back|count|remember|learn].",
		"How to predict the weather {p in} is [one thing|hard], but how to predict the word {k} is [another|easier].",
		"How to predict "+what+", step by step, is the work of a [language model|{*person} machine].",
		"How to predict "+what+"? {a} had no idea, but {b} knew a {*look} book.",
		"How to predict "+what+" [{p in}|on {*week}|in {*cycle}]? {a} [asked|told] a {#job}.",
	)
	p.say(
		"{a} {@think ed} [about it|about {k s}|about the {x}], and then {a he} knew the answer.",
		"If the text is about {k s}, the next word may be the word {m}.",
		"[Most|Many|Some] {#job s} can do it for {k s}, but not for {#dish s}.",
		"{b} explained it with a {x colour} {x}.",
		"After the words {#job} and {#job} [the|a] next word is often the word {#job}.",
		"It is like a [game|riddle|puzzle] with {*n} {k s}, said {b}.",
		"A model that knows {k s} has a good chance.",
		"{a} [began|tried|learned] with a [story|song|poem] about {#animal s}.",
		"When you read about a {#job}, you [guess|think of|see] a {#tool}.",
	)
}

// explainOther begins another way.
func (p *page) explainOther() {
	p.say(
		"A [language|good|small|large] model is a machine that predicts the next word about {k s} or {m s}.",
		"\"How does a model write?\" asked {a} {*spoken}. \"One word at a time,\" {@say ed} {b} {*spoken}.",
		"{a} asked the computer {p in} how it could write a [story|song|poem|letter] about {k s}.",
		"A model {p in} does not know the future, but it can [predict|guess] a word about {k s}.",
		"What does [a language model|the model of {a}] do {p in}? It reads about {k s} and predicts [the next word|what comes next].",
		"{a} wanted to [predict|know|guess] the next word, so {a he} [asked|visited] {b}.",
		"The model of {a} can guess the next word about {k s}.",
		"The computer of {a} had a [small|large|good|new] language model.",
		"\"Can you predict the next word?\" asked {a} {*spoken}. \"Only if it is about {k s},\" {@say ed} {b}.",
		"Once a {#job} built a machine that could predict [words|what {a} said].",
	)
	p.say("{b} explained it to {a} with a {x colour} {x}.", "{a} drew it with a {*look} pencil for {b}.", "\"It is like a game,\" said {b} to {a}.",
		"This is how to predict a word about {k s}, said {b}.")
}

func (p *page) explainTokens() {
	p.teach(
		"a [text|story|song|poem] about {k s} is cut like a {#dish}",
		"the model does not see [letters|the word {k}|{k s}], it sees [tokens|numbers]",
		"a token is small, like the word {k}",
		"the word {k} is one token, and the word {#job} is another",
		"[each|every] token has a number, and the word {k} has another number than the word {m}",
		"the model turns [each|every] word about {k s} into tokens",
		"tokens are small, like {#small s} of a {#dish}",
		"the word {k} has a number, and the word {m} has another",
	)
	p.teach(
		"then [each|every] token becomes a row of numbers",
		"the numbers of the word {k} are [near|like|close to] the numbers of the word {m}",
		"the word {k} becomes a vector, a list of many numbers",
		"the model adds numbers that say where the word {k} stands",
		"[each|every] {c} has numbers like the other {c s}",
		"a vector can be as long as a {#vehicle}",
		"the words {k} and {m} have numbers that are [alike|close], for both are {c s}",
		"a row of numbers [stands for|is made for] the {k}",
	)
}

func (p *page) explainAttention() {
	p.teach(
		"with attention, the word {x} can look back at the word {x colour}",
		"attention is like a question from the word {m} to the word {k}",
		"one head looks for {#job s}, while another looks for {k s}",
		"after the word {x colour}, the model looks back for the {x}",
		"if {a} was there before, a head can [find|copy] the name",
		"the model must look back at the story of the {x}",
		"a word can look back at the word {k}, but not at what comes later",
		"the word it looks back at the {x}, and the word {a he} looks back at {a}",
		"a head can copy the word {k} if it was there before",
	)
	p.teach(
		"there are [{*n}|many] layers, and each adds a little about {#animal s}",
		"layer by layer, the numbers of the word {k} change",
		"a small network works on the word {k} alone",
		"it runs through the blocks like {#dish s} through a {#machine}",
		"it was like {*n} {#job s} who pass on a {#container}",
		"the layers work like {#job s} in a {#building}",
		"[each|every] layer knows more about {k s}",
	)
}

func (p *page) explainNumbers() {
	p.teach(
		"at the end, even the word {k} gets a score",
		"the word {k} gets a probability, and so does the word {m}",
		"the softmax makes a probability for the word {k}",
		"the word {k} gets the largest number of all {c s}",
		"a good model gives a high probability to the word {k}",
		"the score of the word {k} was better than the score of the word {#job}",
		"the probabilities of {k s}, {m s} and {#vehicle s} make one",
	)
	p.teach(
		"then the word {k} is chosen and added to the text",
		"the model picks the word {k} or the word {m}, and then it begins again",
		"with a low temperature, it [takes|picks] the word {k} every time",
		"with a high temperature, it [writes|reads] about {#dish s}",
		"the word {k} becomes part of the [text|story] about {m s}",
		"with a high temperature, the word {#animal} may follow the word {k}",
		"one word is added to another, like {#furniture s} in a {#building}",
	)
}

func (p *page) explainExample() {
	p.say(
		"{a} gave it a try: {a he} had {x new}, so the color of the {x} was <colour>{x colour}.",
		"{b} read this to the {#job}: {a} had {x new}. What color was the {x}? It was <colour>{x colour}.",
		"If {a} has {x new}, then the {x} of {a} is <colour>{x colour}.",
		"For example, {b} has {x new}. The model {p in} must remember that the {x} is <colour>{x colour}.",
		"{a} wrote about {x new}, and the model said that the {x} was <colour>{x colour}.",
	)
	p.say(
		"After \"{k s} and\" the model may say \"{m s}\".",
		"{b} wrote about the {*feel} {#job}, and the model wrote the word {#job}.",
		"After the word {#job} the most likely word was the word {@act ed}, {@say ed} {a} {*spoken}.",
		"\"It guessed {m s}!\" said {a}, who had thought of {k s}.",
		"The model had read so many stories about {#animal s} that it began with one.",
		"{a} wrote the word {*weather}, and the model wrote the word {*weather}.",
		"For the {#job} it wrote a [poem|song|story|letter] about {k s} and {#drink}.",
	)
}

func (p *page) explainEnd() {
	p.teach(
		"a model learns from mistakes, like {a}",
		"after a wrong guess about {k s}, the next guess is better",
		"it takes many examples and much {#virtue}",
		"it does not think like {b}, but it can count {k s}",
		"it is only [adding|multiplying] numbers, like {k s}",
		"a {*person} {#job} cannot guess every word",
		"it learns with {#virtue} and many {#abstract s}",
		"a good model knows how to predict {#animal s} and {#vehicle s}",
	)
	p.say(
		"So to predict {k s} is to guess well.",
		"That is how to predict [the next word|the word {k}|what {b} will say].",
		"\"Now I can predict you,\" {b} {@say ed} {*spoken}. \"You will say no.\" \"No!\" {@say ed} {a} {*spoken}.",
		"{a} {@express ed}, for {a he} had predicted that.",
		"Can {b} predict how this [text |story |]ends? It ends with a {*look} {#fruit}.",
		"And then the model predicts {*taste} {#dish s} and {#drink} for {a}.",
		"\"And who predicts {a}?\" asked the {#job} {*spoken}. Nobody can.",
		"{b} wrote it on the {#furniture} so that {a} would not forget it.",
		"Now {a} can predict a word about {k s}.",
	)
	if p.chance(3) {
		p.ending()
	}
}

// teach says one of the sentences in somebody's mouth or as it is, so that few long
// stretches stand in two texts alike. They come without capital and full stop.
func (p *page) teach(templates ...string) {
	if p.another(); p.lecture {
		templates = slices.DeleteFunc(templates, oneKind)
	}
	t := p.one(templates...)
	for try := 0; p.used[t] && try < 1000; try++ {
		t = p.one(templates...)
	}
	p.used[t] = true
	const who = "[{a}|{b}|{a}|{b}|the {#job}|a {*person} {#job}]"
	first, _, _ := strings.Cut(t, " ")
	quotes := strings.Contains(t, "\"")
	switch n := p.rng.IntN(8); {
	case n < 1:
		p.say(t + ".")
	case n < 3:
		p.say(t + ", [said|explained|thought|wrote|whispered] " + who + "[| {*spoken}| {p in}].")
	case n < 5 && !quotes:
		p.say("\""+t+",\" [said|explained|whispered|announced] "+who+"[| {*spoken}].", "\""+t+",\" "+who+" [said|explained|whispered|announced] [{*spoken}|to a {#animal}|to the {#job}].")
	case strings.Contains(" if with at then after layer ", " "+first+" "):
		p.say("[{a}|{b}] {@express ed}, for "+t+".", "{b} [said|explained|whispered|announced] it [{*spoken}|to {a}|to the {#job}]: "+t+".", "in the {*look} book of {a} it said: "+t+".")
	default:
		p.say(who+" [{*manner} |][explained|learned|read|knew|remembered|heard|said] that "+t+".",
			"do not forget that "+t+", {a}.", "[{a}|{b}] was {*feel} to hear that "+t+".", "[some|many|most] {#job s} know that "+t+".",
			"in a {*look} book {a} read that "+t+".", "even a {*person} {#animal} knows that "+t+".")
	}
}
