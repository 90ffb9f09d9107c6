package corpus

import "strings"

// A person of the micro-world.
type person struct {
	name string
	she  bool
}

// A thing has one noun and one colour, and at each moment one owner.
type thing struct {
	entry
	colour string
	owner  *person
}

// personForm returns a person as a template asks for it, and notes that they were named.
func (p *page) personForm(who *person, form string) string {
	defer func() { p.now = append(p.now, who) }()
	i := 0
	if who.she {
		i = 1
	}
	switch form {
	case "he":
		return [...]string{"he", "she"}[i]
	case "him":
		return [...]string{"him", "her"}[i]
	case "his":
		return [...]string{"his", "her"}[i]
	case "self":
		return [...]string{"himself", "herself"}[i]
	case "child":
		return [...]string{"boy", "girl"}[i]
	case "~":
		if p.clear(who) && !p.chance(4) {
			return [...]string{"he", "she"}[i]
		}
	}
	return who.name
}

// clear reports whether a pronoun can only mean who: mentioned in this sentence or the
// one before, and nobody else there of the same kind.
func (p *page) clear(who *person) bool {
	seen := false
	for _, list := range [][]*person{p.before, p.now} {
		for _, other := range list {
			if other == who {
				seen = true
			} else if other.she == who.she {
				return false
			}
		}
	}
	return seen
}

func (p *page) thingForm(x *thing, form string) string {
	switch form {
	case "new":
		return article(x.colour + " " + x.base)
	case "the":
		if p.chance(2) {
			return "the " + x.base
		}
		return "the " + x.colour + " " + x.base
	case "full":
		return "the " + x.colour + " " + x.base
	case "colour":
		return x.colour
	case "s":
		return x.plural
	case "a":
		return article(x.base)
	}
	return x.base
}

func placeForm(v value, form string) string {
	switch form {
	case "the":
		return "the " + v.base
	case "in":
		return v.prep + " the " + v.base
	case "to":
		return "to the " + v.base
	}
	return v.base
}

// cast binds new people to the names, all different; half of the time of the same kind.
func (p *page) cast(names ...string) {
	for _, name := range names {
		p.castAs(name, p.chance(2))
	}
}

// castAs binds a new girl or boy.
func (p *page) castAs(name string, she bool) {
	class := "name he"
	if she {
		class = "name she"
	}
	list := p.lex.classes[class]
	for {
		who := &person{list[p.rng.IntN(len(list))].base, she}
		if !p.taken(who.name) {
			p.vars[name] = value{person: who}
			return
		}
	}
}

// castBoth binds a girl and a boy, in either order.
func (p *page) castBoth(a, b string) {
	she := p.chance(2)
	p.castAs(a, she)
	p.castAs(b, !she)
}

// taken reports whether a word is already somebody or something in the document.
func (p *page) taken(word string) bool {
	for _, v := range p.vars {
		if v.base == word || v.person != nil && v.person.name == word || v.thing != nil && (v.thing.base == word || v.thing.colour == word) {
			return true
		}
	}
	return false
}

// things binds new things, of different nouns and colours.
func (p *page) things(names ...string) {
	for _, name := range names {
		p.thing(name, p.one("thing", "thing", "thing", "garment", "tool"))
	}
}

// thing binds a new thing of a class of nouns.
func (p *page) thing(name, class string) {
	colours := p.lex.classes["colour all"]
	for {
		e, colour := p.pick("#"+class).entry, colours[p.rng.IntN(len(colours))].base
		if !p.taken(e.base) && !p.taken(colour) {
			p.vars[name] = value{thing: &thing{entry: e, colour: colour}}
			return
		}
	}
}

// places binds new places.
func (p *page) places(names ...string) {
	for _, name := range names {
		for {
			prep := p.one("in", "in", "at", "on")
			list := p.lex.classes["place "+prep]
			if e := list[p.rng.IntN(len(list))]; !p.taken(e.base) {
				p.vars[name] = value{entry: e, prep: prep}
				break
			}
		}
	}
}

// words binds different words of one class.
func (p *page) words(class string, names ...string) {
	for _, name := range names {
		v := p.pick(class)
		for p.taken(v.base) {
			v = p.pick(class)
		}
		p.vars[name] = v
	}
}

// rare binds a made-up name of two or three syllables.
func (p *page) rare(names ...string) {
	for _, name := range names {
		starts, ends := p.lex.classes["start rare"], p.lex.classes["end rare"]
		for {
			w := starts[p.rng.IntN(len(starts))].base + ends[p.rng.IntN(len(ends))].base
			if p.chance(6) {
				w += ends[p.rng.IntN(len(ends))].base
			}
			if !p.taken(w) {
				p.set(name, w)
				break
			}
		}
	}
}

func (p *page) who(name string) *person { return p.vars[name].person }
func (p *page) it(name string) *thing   { return p.vars[name].thing }

// own says in the model of the world who has what.
func (p *page) own(who, what string) { p.it(what).owner = p.who(who) }

// owner binds a name to whoever owns a thing now.
func (p *page) owner(name, what string) { p.vars[name] = value{person: p.it(what).owner} }

// mark writes the mark of a probe; unmark takes all of them out.
func mark(kind string) string { return "\x01" + kind + "\x02" }

func unmark(s string) string {
	for {
		i := strings.IndexByte(s, 1)
		if i < 0 {
			return s
		}
		s = s[:i] + s[i+strings.IndexByte(s[i:], 2)+1:]
	}
}
