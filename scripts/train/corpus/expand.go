package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A value is what a slot of a template can name.
type value struct {
	entry
	person *person
	thing  *thing
	prep   string // of a place: in, at, on
}

// A page is one document while it is being written: its text so far, what its slots are
// bound to, and who was mentioned last, so that a pronoun never has two readings.
//
// # Templates
//
//	[one|other|]      one of the alternatives
//	{a}               the name bound to a; {a he}, {a him}, {a his}, {a self}: pronouns
//	{a ~}             the name, or the pronoun where only one person can be meant
//	{x}               a thing's noun; {x new}: a red kite; {x the}: the red kite; {x colour}
//	{p the}, {p in}   a place: the kitchen, in the kitchen; {p to}: to the kitchen
//	{#tool}           a noun of a class; {#tool s} its plural, {#tool a} with its article
//	{@move ed}        a verb of a class: ed past, en participle, s third person, ing
//	{*feel}           any other word of the class
//	{k=#bird a}       the same, kept under the name k for later: {k}, {k s}
//	<owner>           the word that follows is the one right answer to a probe of that kind
type page struct {
	rng  *rand.Rand
	lex  *lexicon
	text strings.Builder
	vars map[string]value
	// The people mentioned in the sentence before and in this one.
	before, now []*person
	used        map[string]bool // templates, so that none comes twice if there is another
	glue        string          // what separates the next sentence from the text
	lecture     bool            // see lecture
	examples    []string        // classes that a lecture has not spoken of yet
	taught      int             // sentences of the present example
}

func newPage(rng *rand.Rand) *page {
	return &page{rng: rng, lex: words(), vars: map[string]value{}, used: map[string]bool{}}
}

// one returns one of the choices.
func (p *page) one(choices ...string) string { return choices[p.rng.IntN(len(choices))] }

// chance reports true once in n.
func (p *page) chance(n int) bool { return p.rng.IntN(n) == 0 }

// say adds the sentence or sentences of one of the templates.
func (p *page) say(templates ...string) {
	t := p.one(templates...)
	for try := 0; p.used[t] && try < 8; try++ {
		t = p.one(templates...)
	}
	p.used[t] = true
	if p.lecture {
		t = varied.Replace(t)
	}
	s := capitals(p.expand(voices(t)))
	p.text.WriteString(p.glue)
	p.text.WriteString(s)
	p.glue = " "
	p.before, p.now = p.now, nil
}

// line starts a new line before the next sentence.
func (p *page) line() {
	if p.text.Len() > 0 {
		p.glue = "\n"
	}
	p.before = nil
}

// set binds a plain word.
func (p *page) set(name, word string) { p.vars[name] = value{entry: entry{base: word}} }

// expand replaces the choices and slots of a template.
func (p *page) expand(t string) string {
	var out strings.Builder
	for i := 0; i < len(t); {
		switch t[i] {
		case '[':
			end := closing(t, i)
			out.WriteString(p.expand(p.one(alternatives(t[i+1 : end])...)))
			i = end + 1
		case '{':
			end := i + strings.IndexByte(t[i:], '}')
			out.WriteString(p.enrich(out.String(), t[i+1:end]))
			out.WriteString(p.slot(t[i+1 : end]))
			i = end + 1
		case '<':
			end := i + strings.IndexByte(t[i:], '>')
			out.WriteString(mark(t[i+1 : end]))
			i = end + 1
		default:
			out.WriteByte(t[i])
			i++
		}
	}
	return out.String()
}

// closing returns where the bracket that opens at i closes.
func closing(t string, i int) int {
	depth := 0
	for j := i; j < len(t); j++ {
		switch t[j] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return j
			}
		}
	}
	panic(fmt.Sprintf("corpus: the bracket at %d of %q is never closed", i, t))
}

// alternatives cuts at the bars that stand in no inner bracket.
func alternatives(t string) (list []string) {
	depth, start := 0, 0
	for i := range len(t) {
		switch t[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '|':
			if depth == 0 {
				list = append(list, t[start:i])
				start = i + 1
			}
		}
	}
	return append(list, t[start:])
}

// slot returns what stands for {s}.
func (p *page) slot(s string) string {
	name, rest, binds := strings.Cut(s, "=")
	if !binds {
		rest = s
	}
	rest, form, _ := strings.Cut(rest, " ")
	v, known := p.vars[rest]
	if strings.IndexByte("#@*", rest[0]) >= 0 {
		v, known = p.pick(rest), true
	}
	if rest == "&rare" {
		p.rare("")
		v, known = p.vars[""], true
	}
	if !known {
		panic(fmt.Sprintf("corpus: nothing is bound to the slot {%s}", s))
	}
	if binds {
		p.vars[name] = v
	}
	return p.form(v, form)
}

// pick chooses a word of a class.
func (p *page) pick(class string) value {
	parts := map[byte][]string{'#': {"noun ", "mass "}, '@': {"verb "}, '*': {"adj ", "adv ", "colour ", "day ", "month ", "season ", "number ", "superlative "}}
	for _, part := range parts[class[0]] {
		if list := p.lex.classes[part+class[1:]]; list != nil {
			if p.lecture && class[0] == '#' {
				list = oneToken(list)
			}
			return value{entry: list[p.rng.IntN(len(list))]}
		}
	}
	panic("corpus: no words of the class " + class)
}

// form returns a value as a template asks for it.
func (p *page) form(v value, form string) string {
	switch {
	case v.person != nil:
		return p.personForm(v.person, form)
	case v.thing != nil:
		return p.thingForm(v.thing, form)
	case v.prep != "":
		return placeForm(v, form)
	}
	switch form {
	case "s":
		return v.plural + v.third
	case "a":
		return article(v.base)
	case "ed":
		return v.past
	case "en":
		return v.participle
	case "ing":
		return v.gerund
	case "Up":
		return strings.ToUpper(v.base[:1]) + v.base[1:]
	case "other":
		return v.other
	}
	return v.base
}

// capitals gives every sentence its capital letter and every noun its "a" or "an". A
// quotation that ends in "?" or "!" is followed by who said it, so not by a capital.
func capitals(s string) string {
	b := []byte(s)
	start := true
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == 1: // a mark of a probe
			for b[i] != 2 {
				i++
			}
		case start && c >= 'a' && c <= 'z':
			b[i] -= 'a' - 'A'
			start = false
		case c != ' ' && c != '"' && c != '\n' && start:
			start = false
		}
		if i+2 < len(b) && strings.IndexByte(".?!", b[i]) >= 0 && (b[i+1] == ' ' || b[i+1] == '\n') {
			start = true
		}
		if i+2 < len(b) && b[i] == '.' && b[i+1] == '"' || b[i] == '\n' {
			start = true
		}
	}
	return articles(string(b))
}

// indexArticle returns where "a " or "A " comes first, or -1.
func indexArticle(s string) int {
	for i := 0; i+1 < len(s); i++ {
		if s[i]|0x20 == 'a' && s[i+1] == ' ' {
			return i
		}
	}
	return -1
}

// articles turns "a" into "an" before a vowel.
func articles(s string) string {
	for from := 0; ; {
		i := indexArticle(s[from:])
		if i < 0 {
			return s
		}
		i += from
		from = i + 1
		alone := i == 0 || s[i-1] == ' ' || s[i-1] == '"' || s[i-1] == '\n'
		if alone && soundsLikeVowel(unmark(s[i+2:])) {
			s = s[:i+1] + "n" + s[i+1:]
		}
	}
}
