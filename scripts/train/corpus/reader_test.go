package corpus

import (
	"regexp"
	"slices"
	"strings"
)

// A reader finds the answers of probes by reading the prompts, with patterns of its own and the
// lists of words.txt; it knows nothing of how the prompts were written.
type reader struct {
	she, he, colour, thing, day string // alternatives of a pattern
	days, numbers               []string
	opposite, capital           map[string]string
	classOf                     map[string]string
	compiled                    map[string]*regexp.Regexp
}

func newReader() *reader {
	list := map[string][]string{}
	r := &reader{opposite: map[string]string{}, capital: map[string]string{}, classOf: map[string]string{}, compiled: map[string]*regexp.Regexp{}}
	for line := range strings.Lines(wordsFile) {
		key, rest, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(rest) {
			a, b, _ := strings.Cut(w, "/")
			list[key] = append(list[key], a)
			switch key {
			case "pair opposite":
				r.opposite[a], r.opposite[b] = b, a
			case "capital of":
				r.capital[a], r.capital[b] = b, a
			case "noun tool", "noun fruit", "noun vegetable", "noun animal", "noun bird", "noun fish", "noun insect", "noun tree", "noun flower", "noun vehicle", "noun instrument", "noun building":
				r.classOf[a] = strings.TrimPrefix(key, "noun ")
			}
		}
	}
	r.she, r.he = strings.Join(list["name she"], "|"), strings.Join(list["name he"], "|")
	r.colour = strings.Join(list["colour all"], "|")
	r.thing = strings.Join(slices.Concat(list["noun thing"], list["noun garment"], list["noun tool"]), "|")
	r.days, r.numbers = list["day week"], list["number word"]
	r.day = strings.Join(r.days, "|")
	return r
}

// all returns every match of a pattern with its groups; <N>, <C>, <X> and <D> stand for a name, a
// colour, a thing and a day.
func (r *reader) all(pattern, text string) [][]string {
	for from, to := range map[string]string{"<N>": `\b(` + r.she + "|" + r.he + `)\b`, "<C>": "(?:" + r.colour + ")", "<X>": "(" + r.thing + ")", "<D>": "(" + r.day + ")"} {
		pattern = strings.ReplaceAll(pattern, from, to)
	}
	if r.compiled[pattern] == nil {
		r.compiled[pattern] = regexp.MustCompile(pattern)
	}
	return r.compiled[pattern].FindAllStringSubmatch(text, -1)
}

// last returns the last group that is not empty of the last match.
func (r *reader) last(pattern, text string) string {
	all := r.all(pattern, text)
	if len(all) == 0 {
		return ""
	}
	return filled(all[len(all)-1])
}

// first returns the same of the first match.
func (r *reader) first(pattern, text string) string {
	if all := r.all(pattern, text); len(all) > 0 {
		return filled(all[0])
	}
	return ""
}

func filled(groups []string) string {
	for _, g := range slices.Backward(groups[1:]) {
		if g != "" {
			return g
		}
	}
	return ""
}

func (r *reader) answer(kind, prompt string) string {
	switch kind {
	case "owner":
		return r.owner(prompt)
	case "colour":
		asked := r.last(`\b<X>\b`, prompt)
		return r.first(`\b(`+r.colour+`) `+asked+`\b`, prompt)
	case "pronoun":
		asked := r.last(`\b<X>\b`, prompt)
		if strings.EqualFold(r.first(`\b([Ss]?[Hh]e) \w+ an? <C> `+asked+`\b`, prompt), "she") {
			return r.first(`\b(`+r.she+`)\b`, prompt)
		}
		return r.first(`\b(`+r.he+`)\b`, prompt)
	case "day":
		i := slices.Index(r.days, r.last(`\b<D>\b`, prompt))
		return r.days[(i+1)%7]
	case "kind":
		return r.classOf[r.last(`(\w+) is an?(?: kind of)?$`, prompt)]
	case "opposite":
		if word := r.last(`(\w+) is the opposite of$`, prompt); word != "" {
			return r.opposite[word]
		}
		return r.opposite[r.last(`opposite of (\w+)|not (\w+), then|said (\w+), so`, prompt)]
	case "capital":
		var names []string
		for name := range r.capital {
			names = append(names, name)
		}
		return r.capital[r.last(`\b(`+strings.Join(names, "|")+`)\b`, prompt)]
	case "list":
		return r.list(prompt)
	case "sum":
		return r.sum(prompt)
	case "place":
		return r.place(prompt)
	case "name":
		return r.name(prompt)
	}
	return r.question(prompt)
}

// owner follows the things through the story, sentence by sentence.
func (r *reader) owner(prompt string) string {
	the := `the (?:<C> )?<X>`
	has := map[string]string{}
	for _, s := range regexp.MustCompile(`[.?!]"? `).Split(prompt, -1) {
		s += ","
		for _, m := range r.all(`<N> (?:had|owned|carried) an? <C> <X>`, s) {
			has[m[2]] = m[1]
		}
		for _, m := range r.all(`[Aa]n? <C> <X> belonged to <N>`, s) {
			has[m[1]] = m[2]
		}
		for _, m := range r.all(`have an? <C> <X>," \w+ <N>`, s) {
			has[m[1]] = m[2]
		}
		for _, pattern := range []string{`gave ` + the + ` to <N>`, `have ` + the + `," <N> said to <N>`, `take ` + the + `," \w+ <N> to <N>`,
			`passed ` + the + ` on to <N>`, `sold ` + the + ` to <N>`, `sent ` + the + ` to <N>`} {
			for _, m := range r.all(pattern, s) {
				has[m[1]] = m[len(m)-1]
			}
		}
		for _, pattern := range []string{`gave <N> ` + the, `<N> (?:wanted|needed|liked|loved) ` + the + `, so`, `<N> bought ` + the, `birthday of <N>, and <N> gave \w+ ` + the, `<N> took ` + the, `<N> got ` + the} {
			for _, m := range r.all(pattern, s) {
				has[m[len(m)-1]] = m[1]
			}
		}
		for _, m := range r.all(`<N> traded `+the+` for `+the+` of <N>`, s) {
			has[m[2]], has[m[3]] = m[4], m[1]
		}
	}
	return has[r.last(`\b<X>\b`, prompt)]
}

func (r *reader) list(prompt string) string {
	items := r.all(`(\w+), (\w+), (\w+) and (\w+)`, prompt)[0][1:]
	i := slices.Index(items, r.last(`(\w+)(?:,| and)$`, prompt))
	if regexp.MustCompile(`backward: [^.]*$`).MatchString(prompt) {
		return items[i-1]
	}
	return items[i+1]
}

func (r *reader) sum(prompt string) string {
	low := strings.ToLower(prompt)
	number := `\b(` + strings.Join(r.numbers, "|") + `)\b`
	all := r.all(number, low)
	n := func(word string) int { return slices.Index(r.numbers, word) }
	u, v := n(all[len(all)-2][1]), n(all[len(all)-1][1])
	switch {
	case regexp.MustCompile(`took [^.]*$`).MatchString(prompt):
		return r.numbers[v-u]
	case regexp.MustCompile(`\bate [^.]* of them[^.]*$`).MatchString(prompt):
		return r.numbers[n(r.last(`(?:make|is) `+number, low))-v]
	case regexp.MustCompile(`minus [^.]*(\. It is)?$`).MatchString(prompt):
		return r.numbers[u-v]
	}
	return r.numbers[u+v]
}

func (r *reader) place(prompt string) string {
	body := prompt[:strings.LastIndexAny(prompt[:len(prompt)-12], ".?!")+1]
	end := prompt[strings.LastIndexAny(prompt, ".?!")+1:]
	if r.first(`(the <X> had been|It was|the <X> was|The <X> had)`, end) != "" {
		return r.last(`(?:found [^.]*|<X> was|for it) (?:in|at|on) the (\w+)(?: under| behind|,|\.)`, body)
	}
	tail := prompt[strings.LastIndexAny(strings.TrimSpace(body[:len(body)-1]), ".?!")+1:]
	if day := r.last(`on <D> \w+ had been|on <D>\?`, tail); day != "" {
		return r.first(day+`[^.]*? (?:to|in|at|on) the (\w+)`, prompt)
	}
	asked := r.last(`\b<N>\b`, prompt)
	return r.last(asked+` (?:went|had to \w+|was|came|followed \w+|\w+ed|ran|rode|drove|snuck) (?:to|in|at|on) the (\w+)`, body)
}

func (r *reader) name(prompt string) string {
	if regexp.MustCompile(`(from|visit|road to)$`).MatchString(prompt) {
		return r.first(`from ([A-Z]\w+)|\bIn ([A-Z]\w+), s?he`, prompt)
	}
	noun := r.last(`The (\w+) with the wishes was called$`, prompt)
	if noun == "" {
		noun = r.last(`(\w+) (?:was )?called$|name of the (\w+) was$|On the (\w+) stood|name of the (\w+)\? It was$`, prompt)
	}
	body := prompt[:len(prompt)-len("the called")]
	return r.first(noun+` (?:was )?(?:called|named) ([A-Z]\w+)|with an? `+noun+`\. \w+ heard that it was called (\w+)|`+noun+`, and its name was (\w+)|`+noun+` by the [a-z ]+ was called (\w+)|`+noun+`\. "My name is (\w+)|`+noun+` came out of the [a-z ]+\. Its name was (\w+)`, body)
}

func (r *reader) question(prompt string) string {
	tail := prompt[strings.LastIndexAny(strings.TrimSuffix(prompt, "."), ".!")+1:]
	has := func(pattern string) bool { return r.first(`(`+pattern+`)`, tail) != "" }
	switch {
	case has(`solved|asked to judge|wise but`):
		return r.first(`asked the (\w+), who|An? (\w+) heard the|Then an? (\w+) came along`, prompt)
	case has(`found`):
		return r.first(`last <N> found|and <N> saw it first|<N> looked for it (?:in|at|on) the \w+, and there was`, prompt)
	case has(`came on|come on|When did|day of|So they went`):
		return r.last(`\b<D>\b`, prompt)
	case has(`show|wish`):
		return r.first(r.last(`\b(`+r.colour+`)$`, prompt)+` <X>\b`, prompt)
	case has(`visit|was for the`):
		return r.first(`show the \w+ to the (\w+)|"The (\w+) would like|with the (\w+)," `, prompt)
	}
	return r.first(`bring \w+ \w+ (\w+) and|bring \w+ (\w+), and|loves \w+ (\w+),`, prompt)
}
