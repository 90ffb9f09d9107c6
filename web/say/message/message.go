// Package message reads and fills the texts of the catalogue: a part of ICU MessageFormat, as translators' tools know it.
//
//	Block {l, number} of {of, number}
//	{n, plural, =0 {no tokens} one {# token} other {# tokens}}
//	{theme, select, light {Light} other {Dark}}
//	{names, list}
//	Press <key>N</key> to go on.
//
// {name} takes a text, {n, number} a whole number (with ::group-off without marks between thousands: an index, an id),
// {n, plural, …} a whole number for which the language has forms, {x, select, …} one of some words, and {names, list} texts
// that are joined as the language joins them. A list is no type of ICU's; the rest is. Tags stand around what the page
// draws as an element of its own, a key or a link; they do not nest. Two apostrophes are one, and what stands between an
// apostrophe before { } # < or | and the next one is as written: '{'. A single one elsewhere, as in "doesn't", is itself.
//
// Source: ICU User Guide, "Formatting Messages", with ApostropheMode DOUBLE_OPTIONAL.
package message

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Type says what an argument takes.
type Type byte

// The types.
const (
	Text   Type = iota // a string
	Number             // an int
	List               // a []string
)

// A Param is an argument that a message has.
type Param struct {
	Name string
	Type Type
}

// A Message is a text that was read. The zero Message is the empty text.
type Message struct {
	parts  []part
	params []Param
	tags   []string
}

// A part is a literal, or what stands in its place: an argument, or a tag.
type part struct {
	literal string
	op      op
	param   int      // which of the message's
	choices []choice // of plural and select
}

type op byte

const (
	opLiteral op = iota
	opValue      // the argument
	opIndex      // the number, without marks between thousands
	opCount      // #
	opPlural
	opSelect
	opOpen  // a tag, named by literal
	opClose // its end
)

type choice struct {
	word  string
	exact int // of =n; −1: none
	parts []part
}

// Params returns what the message takes, in the order in which it first names it.
func (m *Message) Params() []Param { return m.params }

// Tagged returns whether the message has tags: it is read with Pieces then.
func (m *Message) Tagged() bool { return len(m.tags) > 0 }

// Fits returns what keeps a message from standing for m: an argument that m does not take, or takes otherwise, and tags that
// are not the same.
func (m *Message) Fits(translated *Message) error {
	for _, p := range translated.params {
		if !slices.Contains(m.params, p) {
			return fmt.Errorf("the English text takes no argument {%s} of this type", p.Name)
		}
	}
	has, want := slices.Clone(translated.tags), slices.Clone(m.tags)
	slices.Sort(has)
	slices.Sort(want)
	if !slices.Equal(has, want) {
		return fmt.Errorf("the tags are %q; expected %q", has, want)
	}
	return nil
}

// Parse reads a text. Its error says what was expected, and where.
func Parse(text string) (*Message, error) {
	p := parser{text: text, m: &Message{}}
	parts, err := p.parts(0, -1)
	if err == nil && p.open != "" {
		err = errors.New("the tag <" + p.open + "> does not end")
	}
	if err != nil {
		return nil, fmt.Errorf("%.100q, byte %d: %w", text, p.at, err)
	}
	p.m.parts = parts
	return p.m, nil
}

// deepest is how many arguments may stand in one another.
const deepest = 8

type parser struct {
	text string
	at   int
	open string // the tag that is open
	m    *Message
}

// parts reads until the end, or inside of an argument until the brace that closes it. count is the argument that # stands
// for; −1: none.
func (p *parser) parts(depth, count int) (list []part, err error) {
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			list = append(list, part{literal: literal.String()})
			literal.Reset()
		}
	}
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '\'':
			literal.WriteString(p.quoted())
		case c == '{':
			flush()
			argument, err := p.argument(depth + 1)
			if err != nil {
				return nil, err
			}
			list = append(list, argument)
		case c == '}':
			if depth == 0 {
				return nil, errors.New("a } closes nothing")
			}
			flush()
			return list, nil
		case c == '#' && count >= 0:
			flush()
			list = append(list, part{op: opCount, param: count})
			p.at++
		case c == '<':
			flush()
			tag, err := p.tag(depth)
			if err != nil {
				return nil, err
			}
			list = append(list, tag)
		default:
			literal.WriteByte(c)
			p.at++
		}
	}
	if depth > 0 {
		return nil, errors.New("a { is not closed")
	}
	flush()
	return list, nil
}

// quoted reads an apostrophe and what it quotes.
func (p *parser) quoted() string {
	rest := p.text[p.at+1:]
	switch {
	case strings.HasPrefix(rest, "'"):
		p.at += 2
		return "'"
	case rest == "" || !strings.ContainsRune("{}#<|", rune(rest[0])):
		p.at++
		return "'"
	}
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		if p.text[p.at] != '\'' {
			b.WriteByte(p.text[p.at])
		} else if p.at++; p.at < len(p.text) && p.text[p.at] == '\'' {
			b.WriteByte('\'')
		} else {
			break
		}
	}
	return b.String()
}

// argument reads {name}, {name, number}, {name, plural, …} and their like.
func (p *parser) argument(depth int) (part, error) {
	if depth > deepest {
		return part{}, fmt.Errorf("more than %d arguments stand in one another", deepest)
	}
	p.at++
	name := p.word()
	if name == "" {
		return part{}, errors.New("expected the name of an argument")
	}
	kind, style, comma := "", "", false
	if p.take(",") {
		if kind = p.word(); p.take(",") {
			comma = true
			p.space()
			if kind == "number" {
				style = p.until('}')
			}
		}
	}
	switch {
	case kind == "" && style == "":
		return p.closed(p.param(name, Text), opValue)
	case kind == "number" && style == "":
		return p.closed(p.param(name, Number), opValue)
	case kind == "number" && style == "::group-off":
		return p.closed(p.param(name, Number), opIndex)
	case kind == "list":
		return p.closed(p.param(name, List), opValue)
	case kind == "plural" && comma:
		return p.chosen(p.param(name, Number), opPlural, depth)
	case kind == "select" && comma:
		return p.chosen(p.param(name, Text), opSelect, depth)
	}
	return part{}, fmt.Errorf("%q is no kind of argument; expected number, plural, select or list", strings.TrimSuffix(kind+", "+style, ", "))
}

// closed reads the brace at the end of an argument.
func (p *parser) closed(param int, o op) (part, error) {
	if param < 0 {
		return part{}, errors.New("an argument stands there with two types")
	}
	if !p.take("}") {
		return part{}, errors.New("expected } behind the argument")
	}
	return part{op: o, param: param}, nil
}

// chosen reads the choices of a plural or a select.
func (p *parser) chosen(param int, o op, depth int) (part, error) {
	if param < 0 {
		return part{}, errors.New("an argument stands there with two types")
	}
	argument, count := part{op: o, param: param}, -1
	if o == opPlural {
		count = param
	}
	for p.space(); !p.take("}"); p.space() {
		c := choice{exact: -1}
		if p.take("=") {
			n, err := strconv.Atoi(p.word())
			if err != nil || n < 0 || o != opPlural {
				return part{}, errors.New("expected a whole number behind =")
			}
			c.exact = n
		} else if c.word = p.word(); c.word == "" {
			return part{}, errors.New("expected a choice, and its text in braces")
		} else if o == opPlural && !slices.Contains(forms, c.word) {
			return part{}, fmt.Errorf("%q is no plural form; expected =n or one of %q", c.word, forms)
		}
		if argument.has(c) {
			return part{}, errors.New("a choice stands there twice")
		}
		if !p.take("{") {
			return part{}, fmt.Errorf("expected { behind the choice %q", c.word)
		}
		var err error
		if c.parts, err = p.parts(depth, count); err != nil {
			return part{}, err
		}
		p.at++ // the brace at which parts stopped
		argument.choices = append(argument.choices, c)
	}
	if argument.choose("other") == nil {
		return part{}, errors.New("expected the choice other")
	}
	return argument, nil
}

// tag reads <name> or </name>.
func (p *parser) tag(depth int) (part, error) {
	if depth > 0 {
		return part{}, errors.New("a tag stands in an argument")
	}
	p.at++
	closes := p.take("/")
	name := p.word()
	if name == "" || !p.take(">") {
		return part{}, errors.New("expected a tag: its name, and >")
	}
	if closes && name == p.open {
		p.open = ""
		return part{op: opClose}, nil
	}
	if closes && p.open == "" {
		return part{}, fmt.Errorf("the tag %q was not opened", name)
	}
	if closes || p.open != "" {
		return part{}, fmt.Errorf("expected the end of the tag %q", p.open)
	}
	p.open = name
	p.m.tags = append(p.m.tags, name)
	return part{op: opOpen, literal: name}, nil
}

// param returns the number of an argument, or −1 if it has another type elsewhere.
func (p *parser) param(name string, t Type) int {
	for i, known := range p.m.params {
		if known.Name == name {
			if known.Type != t {
				return -1
			}
			return i
		}
	}
	p.m.params = append(p.m.params, Param{name, t})
	return len(p.m.params) - 1
}

// word reads letters and digits, and the space around them.
func (p *parser) word() string {
	p.space()
	from := p.at
	for p.at < len(p.text) {
		if c := p.text[p.at]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			p.at++
			continue
		}
		break
	}
	word := p.text[from:p.at]
	p.space()
	return word
}

// until reads up to c, and leaves it there.
func (p *parser) until(c byte) string {
	from := p.at
	for p.at < len(p.text) && p.text[p.at] != c {
		p.at++
	}
	return strings.TrimSpace(p.text[from:p.at])
}

func (p *parser) space() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\n' || p.text[p.at] == '\t') {
		p.at++
	}
}

// take steps over s if it stands here.
func (p *parser) take(s string) bool {
	if !strings.HasPrefix(p.text[p.at:], s) {
		return false
	}
	p.at += len(s)
	return true
}

// forms are those of Unicode's CLDR.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// has returns whether a choice of that word or number is there.
func (a *part) has(c choice) bool {
	return slices.ContainsFunc(a.choices, func(k choice) bool { return k.exact == c.exact && k.word == c.word })
}

// choose returns the choice of a word, or nil.
func (a *part) choose(word string) *choice {
	for i := range a.choices {
		if a.choices[i].exact < 0 && a.choices[i].word == word {
			return &a.choices[i]
		}
	}
	return nil
}
