package corpus

import "strings"

// functionWords are the words that the dictionary needs beside words.txt, by part of
// speech; most closed words stand in the grammar itself.
const functionWords = `
DET: a an the this that any some every each no his her its their our my your another one which such
POSS: his her its their our my your
PREP: in on at to from of with by for near behind under over beside between past about through into like after before above without as around along off during than out
ADV: there here again then now too first once together just already still soon later home away alone always never ever often only also even maybe inside outside somewhere anywhere anyway almost very well twice once mostly instead up back
TIME: today tomorrow yesterday tonight later soon now then once afterward
TIMEN: morning afternoon evening day night year month week supper lunch school spring summer autumn winter season minute hour time noon dinner
TIMENS: minutes hours days weeks years times
VD: owned
DEG: just only very too so really quite most much more such as rather
MODAL: can could will would should must may might cannot
AUX: do does did can could will would should may must
SAID: asked said thought wrote
ADJ: largest just own other last next new wrong right real best good bad most likely possible long high low clear easy hard better enough ready free afraid alike close wrong true born alone full gone made whole favorite bored sure fine dear first same caught only small simple many large short whole next single
ADJR: better easier larger older younger bigger smaller
N: dish container garment piece chance town sum smile morning afternoon evening day night year month week sun moon air time village road color friend birthday owner hand hands mouse list word world market stranger book text token tokens number model language machine row vector head layer block network score probability softmax temperature future computer end beginning way face lot house visit boy girl family nature name food thing weather bed cup sky wind capital aunt uncle cousin map opposite game kind example try guess minute hour secret magic attention work supper lunch coin problem wise turn change attempt favorite step one cloud sound birth
NS: dishes containers garments pieces words tokens numbers letters colors names models scores probabilities layers heads people friends coins eyes opposites fruits others pieces things minutes hours vectors examples mistakes stories guesses games hobbies hands parts rows blocks texts visits examples
MASS: music work magic attention supper lunch home school bed nothing text work lost breakfast time art
V: predict thank wait like
VN: owned called named made known caught gone born cut lost forgotten chosen added
VG: multiplying adding
NEEDY: had took put brought did found made met gave got began not
STRANDED: in of from with at for to on by the a an his their my and  but or because was is were are would could
MANY: much
DAYTIME: noon dawn midnight
PAIRW:
`

// newChecker builds the dictionary.
func newChecker() *checker {
	lex := words()
	c := &checker{
		grammar: readGrammar(english), dictionary: map[string]map[string]bool{},
		opposite: map[string]map[string]bool{}, capital: map[string]string{}, number: map[string]int{},
	}
	for line := range strings.Lines(functionWords) {
		category, list, _ := strings.Cut(strings.TrimSpace(line), ":")
		for w := range strings.FieldsSeq(list) {
			c.add(w, category)
		}
	}
	for _, rule := range c.grammar.rules {
		for _, parts := range rule {
			for _, p := range parts {
				if !p.rule && p.symbol == strings.ToLower(p.symbol) {
					c.add(p.symbol, "word")
				}
			}
		}
	}
	c.add("I", "word")
	for _, class := range lex.order {
		for i, e := range lex.classes[class] {
			c.addEntry(class, e, i)
		}
	}
	return c
}

// add gives a word a part of speech.
func (c *checker) add(word, category string) {
	if word == "" {
		return
	}
	if c.dictionary[word] == nil {
		c.dictionary[word] = map[string]bool{}
	}
	c.dictionary[word][category] = true
}

// addEntry enters the forms of a word of words.txt, the i-th of its class.
func (c *checker) addEntry(class string, e entry, i int) {
	part, _, _ := strings.Cut(class, " ")
	switch part {
	case "name":
		c.add(e.base, "NAME")
	case "noun", "place":
		c.add(e.base, "N")
		c.add(e.plural, "NS")
	case "mass":
		c.add(e.base, "MASS")
		c.add(e.base, "N")
	case "verb":
		c.addVerb(class, e)
	case "adj", "colour", "adv":
		c.add(e.base, map[string]string{"adj": "ADJ", "colour": "ADJ", "adv": "MANNER"}[part])
	case "superlative":
		c.add(e.base, "SUP")
		c.add("best", "SUP")
	case "day", "month", "season", "number":
		c.add(e.base, map[string]string{"day": "DAY", "month": "MONTH", "season": "SEASON", "number": "NUM"}[part])
		if class == "number word" {
			c.number[e.base] = i
		}
	case "capital":
		c.add(e.base, "COUNTRY")
		c.add(e.other, "CITY")
		c.capital[strings.ToLower(e.base)] = strings.ToLower(e.other)
	case "pair":
		for _, w := range [][2]string{{e.base, e.other}, {e.other, e.base}} {
			c.add(w[0], "PAIRW")
			if c.opposite[w[0]] == nil {
				c.opposite[w[0]] = map[string]bool{}
			}
			c.opposite[w[0]][w[1]] = true
		}
	}
}

func (c *checker) addVerb(class string, e entry) {
	if e.base == "be" {
		return
	}
	c.add(e.base, "V")
	c.add(e.third, "VS")
	c.add(e.past, "VD")
	c.add(e.participle, "VN")
	c.add(e.gerund, "VG")
	switch class {
	case "verb handle", "verb help", "verb carry", "verb give", "verb make", "verb want", "verb want3":
		c.add(e.past, "NEEDY")
	case "verb say":
		c.add(e.past, "SAID")
	}
}
