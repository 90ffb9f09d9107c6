package corpus

import (
	"fmt"
	"strings"
	"sync"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// lecture explains as explain does, but so that a model which goes on with the most likely word each time does not repeat
// itself. It would stay with the one word that a text is about, so another one comes after two sentences. And where two
// words of one kind are compared it would name the first twice, since each of the others is unlikely; so the second is of
// another kind. Nouns are one token each: what is said of tokens is true of them.
func lecture(p *page) {
	p.lecture = true
	classes := []string{"fruit", "vegetable", "animal", "bird", "thing", "tool", "instrument", "vehicle", "building", "insect", "dish", "container", "garment"}
	for _, i := range p.rng.Perm(len(classes)) {
		p.examples = append(p.examples, classes[i])
	}
	explain(p)
}

// another lets a lecture speak of other words after two sentences.
func (p *page) another() {
	if p.taught++; len(p.examples) == 0 || p.taught < 2 {
		return
	}
	p.taught = 0
	p.retire(len(p.examples), "k", "m")
	p.example(p.examples[0])
	p.examples = p.examples[1:]
}

// varied breaks up the stretches in which sentences of a lecture would be alike.
var varied = strings.NewReplacer(
	"the model", "[the model|the {*look} model|the model of {a}|the model of {b}]",
	"The model", "[the model|the {*look} model]",
	"a model", "[a|a {*look}] model", "A model", "[a|a {*look}] model", "is a machine", "is a {*look} machine",
	"the word {k}", "[the word|the {*lovely} word] {k}", "the word {m}", "[the word|the {*lovely} word] {m}", "the word {#job}", "[the word|the {*lovely} word] {#job}",
)

// oneKind reports whether a sentence says that two words are of one kind, which they are not in lectures.
func oneKind(template string) bool {
	return strings.Contains(template, "both are") || strings.Contains(template, "numbers of the word {m}")
}

// oneToken returns those of the words that are one of GPT-2's tokens behind a space.
func oneToken(list []entry) (one []entry) {
	whole := wholeWords()
	for _, e := range list {
		if whole[e.base] {
			one = append(one, e)
		}
	}
	return one
}

// wholeWords holds the nouns that are one token.
var wholeWords = sync.OnceValue(func() map[string]bool {
	tokens, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		panic(fmt.Sprintf("corpus: %v", err))
	}
	whole := map[string]bool{}
	for word := range words().nouns {
		if list, err := tokens.Encode(" " + word); err == nil && len(list) == 1 {
			whole[word] = true
		}
	}
	return whole
})
