package corpus

import "strings"

// explain tells how a language model predicts, in words for young learners. The texts of
// this kind often begin "How to predict", as the page's own example does.
func explain(p *page) {
	p.castBoth("a", "b")
	p.things("x")
	p.places("p")
	p.words("#fruit", "k", "m")
	p.explainStart()
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

func (p *page) explainStart() {
	p.say(
		"How to predict the next word? [First|To begin], read all the words before it.",
		"How to predict the next word is [a good question|what {a} wanted to know|not a secret].",
		"How to predict what comes next: look at the [words|text] that you already have.",
		"How to predict a word? {a} asked {b}, and {b} {@express ed}.",
		"How to predict the end of a story? Read how it begins.",
		"How to predict the weather is [one thing|hard], but how to predict a word is [another|easier].",
		"How to predict the next token, step by step, is the work of a language model.",
		"How to predict the word after \"the {x colour}\"? A model has to [guess|look back].",
		"A language model is a machine that predicts the next word.",
		"\"How does a model write?\" asked {a}. \"One word at a time,\" said {b}.",
		"{a} asked the computer {p in} how it could write a story.",
		"A model does not know the future, but it can predict the next word.",
		"What does a language model do all day? It reads words and predicts the next one.",
	)
	if p.chance(3) {
		p.say("{b} explained it to {a} with a {x colour} {x}.", "{a} drew it with a pencil for {b}.", "\"It is like a game,\" said {b} to {a}.")
	}
}

func (p *page) explainTokens() {
	p.teach(
		"A text is cut into small pieces, and each piece is called a token.",
		"The model does not see letters, it sees tokens.",
		"A token is a word or a part of a word, like \"{k}\" or \"{m}\".",
		"A short word like \"{k}\" is one token, but a long word may be two or three.",
		"Each token has a number, and the number stands in a long list.",
		"Before it can read, the model turns every word into tokens.",
	)
	p.teach(
		"Then every token becomes a row of numbers.",
		"The numbers of \"{k}\" are near the numbers of \"{m}\", because both are fruits.",
		"Each token becomes a vector, which is only a list of numbers.",
		"The model also adds numbers that say where the token stands.",
		"Words that mean the same have numbers that are [alike|close].",
	)
}

func (p *page) explainAttention() {
	p.teach(
		"With attention, each word can look back at the words before it.",
		"Attention means that a word asks the others a question.",
		"One head may look for names, while another looks for colors.",
		"When the model reads \"{x colour}\", it looks back for a thing that was {x colour}.",
		"If a name was there before, a head can find it and copy it.",
		"To know who has the {x}, the model must look back at the story.",
		"A word may only look back, and it never sees what comes later.",
		"The word \"it\" looks back at the {x}, and \"{a he}\" looks back at {a}.",
	)
	p.teach(
		"There are many layers, and each layer adds a little.",
		"Layer by layer, the numbers change until the answer is clear.",
		"After that, a small network works on each word alone.",
		"It all runs through one block after another, like {#fruit s} through a {#machine}.",
		"{b} said it was like {*n} {#job s} who pass on a {#container}.",
	)
}

func (p *page) explainNumbers() {
	p.teach(
		"At the end, every word in the list gets a score.",
		"Every possible word gets a probability, and together they make one.",
		"The scores become probabilities with the softmax.",
		"The most likely word gets the largest number, but the others get a little too.",
		"A good model gives a high probability to the right word.",
	)
	p.teach(
		"Then one word is chosen and added to the text.",
		"The model picks one of the best words, and then it begins again.",
		"If the temperature is low, the model always takes the most likely word.",
		"If the temperature is high, the model may say something {*silly}.",
		"The new word becomes part of the text, and the model reads it all again.",
	)
}

func (p *page) explainExample() {
	p.say(
		"{a} gave it a try: {a he} had {x new}, so the color of the {x} was <colour>{x colour}.",
		"Take this text: {a} had {x new}. What color was the {x}? It was <colour>{x colour}.",
		"If {a} has {x new}, then the {x} of {a} is <colour>{x colour}.",
		"For example, {b} has {x new}. The model must remember that the {x} is <colour>{x colour}.",
		"{a} wrote about {x new}, and the model said that the {x} was <colour>{x colour}.",
	)
	p.say(
		"After \"{k s} and\" the model may say \"{m s}\".",
		"{b} wrote \"the {#job} {p in}\", and the model wrote \"was {*feel}\".",
		"After the name of {a}, the most likely word was \"[said|was|had|went|asked]\".",
		"\"It guessed {m s}!\" said {a}, who had thought of {k s}.",
		"The model had read so many stories about {#animal s} that it began with one.",
	)
}

func (p *page) explainEnd() {
	p.teach(
		"A model learns from mistakes, like {a}.",
		"When a guess is wrong, the numbers change a little, and the next guess is better.",
		"It takes many examples and much {#virtue}.",
		"It does not think like {b}, but it can count very well.",
		"It is not magic, it is only adding and multiplying.",
		"Even a {*person} {#job} cannot guess every word.",
	)
	p.say(
		"So to predict is to guess well.",
		"That is how to predict the next word.",
		"\"Now I can predict what you will say,\" said {b}. \"You will say no.\" \"No!\" said {a}.",
		"{a} {@express ed}, for {a he} had predicted that.",
		"Can you predict how this text ends? It ends with a {#fruit}.",
		"And then the model predicts the end, and the text is over.",
		"\"And who predicts {a}?\" asked the {#job}. Nobody can.",
	)
	if p.chance(3) {
		p.ending()
	}
}

// teach says one of the sentences, some of them in somebody's mouth, so that few long
// stretches stand in two texts alike.
func (p *page) teach(templates ...string) {
	t := p.one(templates...)
	for p.used[t] {
		t = p.one(templates...)
	}
	p.used[t] = true
	first, _, _ := strings.Cut(t, " ")
	plain := strings.Contains(" If When With At Then Before After To Layer Words Even ", " "+first+" ") || strings.Contains(t, "\"")
	if plain || p.chance(3) {
		p.say(t)
		return
	}
	lead := p.one("[{a}|{b}|a {#job}] [{*manner} |][explained|learned|read|knew|remembered|heard|said] that ",
		"do not forget that ", "[{a}|{b}] was {*feel} to hear that ", "[some|many|most] {#job s} know that ", "in a {*look} book {a} read that ", "even a {#animal} knows that ")
	p.say(lead + strings.ToLower(t[:1]) + t[1:])
}
