package corpus

import (
	"strings"
	"sync"
)

// A Sentence is a piece of a text with the verdict on it. A quotation and who said it
// are one sentence.
type Sentence struct {
	Text   string
	OK     bool
	Reason string // why it is not OK, "" otherwise
}

// A token is a word in lower case, a mark, or "'s", with its parts of speech.
type token struct {
	text       string
	categories map[string]bool
}

// is reports whether a token can stand for a terminal of the grammar.
func (t token) is(symbol string) bool { return t.text == symbol || t.categories[symbol] }

// A checker holds what Check needs: its grammar and its dictionary.
type checker struct {
	grammar    *grammar
	dictionary map[string]map[string]bool
	opposite   map[string]map[string]bool
	capital    map[string]string
	number     map[string]int
}

var theChecker = sync.OnceValue(newChecker)

// Check cuts a text into sentences and judges each: its words must be known, its capitals, marks and
// quotation marks in place, "a" and "an" right, its order one that the grammar knows
// (with subject and verb in agreement), and its sums, opposites and capitals true. No
// sentence may give a thing another colour or another owner than those before it. The
// grammar is written for this small English alone: what it accepts may still be odd,
// what it refuses may in a larger English be right.
func Check(text string) (list []Sentence) {
	c, narrative := theChecker(), newStory()
	for _, s := range sentences(text) {
		reason := c.judge(s)
		if contradiction := narrative.read(s); reason == "" {
			reason = contradiction
		}
		list = append(list, Sentence{s, reason == "", reason})
	}
	return list
}

// sentences cuts at marks outside quotations, after closed quotations that nobody is
// said to have said, and at the ends of lines.
func sentences(text string) (list []string) {
	for line := range strings.SplitSeq(text, "\n") {
		start, quoted := 0, false
		for i := 0; i < len(line); i++ {
			if line[i] == '"' {
				quoted = !quoted
			}
			if !ends(line, i, quoted) {
				continue
			}
			list = append(list, strings.TrimSpace(line[start:i+1]))
			start = i + 1
		}
		if rest := strings.TrimSpace(line[start:]); rest != "" {
			list = append(list, rest)
		}
	}
	return list
}

// ends reports whether a sentence ends after the byte i of a line.
func ends(line string, i int, quoted bool) bool {
	if quoted || i+1 < len(line) && line[i+1] != ' ' {
		return false
	}
	mark := strings.IndexByte(".?!", line[i]) >= 0
	if line[i] != '"' || i == 0 {
		return mark
	}
	if line[i-1] == '.' {
		return true
	}
	if line[i-1] != '?' && line[i-1] != '!' {
		return false
	}
	next := strings.TrimSpace(line[i+1:])
	if next == "" {
		return true
	}
	after := strings.Fields(next)
	lower := next[0] >= 'a' && next[0] <= 'z'
	return !lower && !(len(after) > 1 && theChecker().dictionary[strings.Trim(after[1], ".,:")]["SAID"])
}

// judge returns what is wrong with a sentence, or "".
func (c *checker) judge(s string) string {
	tokens, problem := c.tokens(s)
	if problem != "" {
		return problem
	}
	if strings.Count(s, "\"")%2 == 1 {
		return "a quotation is not closed"
	}
	if last := strings.TrimSuffix(s, "\""); last == "" || strings.IndexByte(".?!", last[len(last)-1]) < 0 {
		return "it does not end with a mark"
	}
	if breaksOff(tokens) {
		return "it breaks off"
	}
	for i := range tokens[1:] {
		if problem := wrongPair(tokens[i].text, tokens[i+1].text); problem != "" {
			return problem
		}
	}
	if problem := c.untrue(tokens); problem != "" {
		return problem
	}
	if !c.grammar.accepts(tokens) {
		return "the order of its words is none that the grammar knows"
	}
	return ""
}

// tokens cuts a sentence into words and marks.
func (c *checker) tokens(s string) (list []token, problem string) {
	capital := true // the next word must begin with a capital
	for i := 0; i < len(s); {
		if s[i] == ' ' {
			i++
			continue
		}
		end := i + 1
		if isLetter(s[i]) {
			for end < len(s) && isLetter(s[end]) {
				end++
			}
		} else if strings.HasPrefix(s[i:], "'s") {
			end = i + 2
		}
		w := s[i:end]
		i = end
		t, problem := c.token(w, capital)
		if problem != "" {
			return nil, problem
		}
		list = append(list, t)
		capital = strings.IndexByte(".?!", w[0]) >= 0 || capital && w == "\""
	}
	if len(list) < 2 {
		return nil, "it is too short"
	}
	return list, ""
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b == '-' }

// token looks a word up. A capital letter is wrong in the middle of a sentence, a small
// one at its beginning, except after a quotation, where who said it may follow.
func (c *checker) token(w string, capital bool) (token, string) {
	if !isLetter(w[0]) {
		if known := strings.Contains(".,:?!\"'s", w); !known {
			return token{}, "the mark " + w + " is not known"
		}
		return token{text: w}, ""
	}
	low := strings.ToLower(w)
	proper, common := c.dictionary[w], c.dictionary[low]
	switch {
	case w == low && capital && common == nil:
		return token{}, "the word " + w + " is not known"
	case w == low:
		if common == nil {
			return token{}, "the word " + w + " is not known"
		}
		return token{low, common}, ""
	case proper == nil && isRare(w):
		proper = map[string]bool{"RARE": true}
	case proper == nil && (common == nil || !capital && w != "I"):
		return token{}, "the word " + w + " is not known, or not with a capital"
	}
	all := map[string]bool{}
	for k := range proper {
		all[k] = true
	}
	if capital {
		for k := range common {
			all[k] = true
		}
	}
	return token{low, all}, ""
}

// isRare reports whether a name is made of the syllables of made-up names.
func isRare(w string) bool {
	lex := words()
	for _, start := range lex.classes["start rare"] {
		rest, ok := strings.CutPrefix(w, start.base)
		if !ok {
			continue
		}
		for _, one := range lex.classes["end rare"] {
			if last, ok := strings.CutPrefix(rest, one.base); ok {
				for _, two := range lex.classes["end rare"] {
					if last == "" || last == two.base {
						return true
					}
				}
			}
		}
	}
	return false
}

// breaksOff reports whether the last word of a statement calls for another: a verb in
// the past without its object, a preposition, an article.
func breaksOff(tokens []token) bool {
	i := len(tokens) - 1
	for i > 0 && !isLetter(tokens[i].text[0]) {
		i--
	}
	if i == 0 || i+1 == len(tokens) || tokens[i+1].text != "." {
		return false
	}
	last, before := tokens[i].categories, tokens[i-1].text
	for _, t := range tokens[:i] {
		if t.text == "which" {
			return false // "which Ada liked"
		}
	}
	switch before {
	case "was", "were", "been", "had", "\"":
		return last["STRANDED"] && before != "\""
	case "put", "passed", "came", "went", "carried":
		return false
	}
	return last["STRANDED"] || last["NEEDY"] && !last["SAID"] && !last["ADJ"] && !strings.Contains(" people things words one ", before)
}

// wrongPair judges two neighbours.
func wrongPair(a, b string) string {
	switch {
	case a == b:
		return "\"" + a + "\" stands twice"
	case a == "a" && soundsLikeVowel(b):
		return "\"a " + b + "\" should be \"an " + b + "\""
	case a == "an" && !soundsLikeVowel(b):
		return "\"an " + b + "\" should be \"a " + b + "\""
	}
	return ""
}

// untrue finds a false sum, opposite or capital in a sentence.
func (c *checker) untrue(tokens []token) string {
	at := func(i int) string {
		if i < len(tokens) {
			return tokens[i].text
		}
		return ""
	}
	for i := range tokens {
		a, okA := c.number[at(i)]
		b, okB := c.number[at(i+2)]
		z, okZ := c.number[at(i+4)]
		if okA && okB && okZ && (at(i+3) == "make" || at(i+3) == "is") {
			sum := map[string]int{"and": a + b, "plus": a + b, "minus": a - b}
			if want, known := sum[at(i+1)]; known && want != z {
				return "the sum is wrong"
			}
		}
		if at(i) == "opposite" && at(i+1) == "of" && (at(i+3) == "is" || at(i+3) == "was") {
			if all := c.opposite[at(i+2)]; all != nil && at(i+4) != "a" && !all[at(i+4)] {
				return "that is not the opposite of " + at(i+2)
			}
		}
		if at(i) == "capital" && at(i+1) == "of" && at(i+3) == "is" {
			if city := c.capital[at(i+2)]; city != "" && city != at(i+4) {
				return "that is not the capital of " + at(i+2)
			}
		}
	}
	return ""
}
