package message

import (
	"strconv"
	"strings"
	"unicode"
)

// A Locale is how a language writes numbers and lists, and which form a number asks for.
type Locale interface {
	// Plural returns the form that n things take: "zero", "one", "two", "few", "many" or "other" (Unicode's CLDR).
	Plural(n int) string
	// Number writes a whole number, with marks between thousands.
	Number(n int) string
	// List joins items: "a, b and c".
	List(items []string) string
}

// A Value is what an argument is filled with.
type Value struct {
	Text   string
	Number int
	List   []string
}

// A Piece is a run of a filled text: plain, or what stands in a tag.
type Piece struct {
	Text string
	Tag  string // "": plain
}

// A Filling is what a message is filled with: a value for each of Params, in their order, the names by which the caller
// knows them. A message of another language may name them in another order, or leave some out.
type Filling struct {
	Locale  Locale
	Params  []Param
	Values  []Value
	Isolate bool // for text from right to left: each value keeps its own direction (UAX #9, isolates)
}

// Fill writes the text.
func (m *Message) Fill(with Filling) string {
	if len(m.parts) == 1 && m.parts[0].op == opLiteral {
		return m.parts[0].literal
	}
	f := filler{Filling: with, m: m}
	f.write(m.parts)
	return f.text.String()
}

// Pieces writes the text in pieces, those in tags apart.
func (m *Message) Pieces(with Filling) (list []Piece) {
	f := filler{Filling: with, m: m}
	tag := ""
	flush := func() {
		if f.text.Len() > 0 {
			list = append(list, Piece{f.text.String(), tag})
			f.text.Reset()
		}
	}
	for i, p := range m.parts {
		switch p.op {
		case opOpen:
			flush()
			tag = p.literal
		case opClose:
			flush()
			tag = ""
		default:
			f.write(m.parts[i : i+1])
		}
	}
	flush()
	return list
}

type filler struct {
	Filling
	m    *Message
	text strings.Builder
}

func (f *filler) write(parts []part) {
	for i := range parts {
		p := &parts[i]
		if p.op == opLiteral {
			f.text.WriteString(p.literal)
			continue
		}
		if p.op == opOpen || p.op == opClose {
			continue
		}
		param := f.m.params[p.param]
		value := f.find(param.Name)
		switch p.op {
		case opIndex:
			f.value(strings.Replace(strconv.Itoa(value.Number), "-", "−", 1))
		case opCount:
			f.value(f.Locale.Number(value.Number))
		case opPlural:
			f.write(p.plural(f.Locale, value.Number))
		case opSelect:
			f.write(p.selected(value.Text))
		case opValue:
			if text := f.worded(param.Type, value); param.Type == List {
				f.text.WriteString(text)
			} else {
				f.value(text)
			}
		}
	}
}

func (f *filler) worded(t Type, v Value) string {
	switch t {
	case Number:
		return f.Locale.Number(v.Number)
	case List:
		items := make([]string, len(v.List))
		for i, item := range v.List {
			if items[i] = Harmless(item); f.Isolate {
				items[i] = Isolated(items[i])
			}
		}
		return f.Locale.List(items)
	}
	return v.Text
}

func (f *filler) find(name string) Value {
	for i, p := range f.Params {
		if p.Name == name && i < len(f.Values) {
			return f.Values[i]
		}
	}
	return Value{}
}

// value writes what stands in the place of an argument.
func (f *filler) value(text string) {
	text = Harmless(text)
	if f.Isolate {
		text = Isolated(text)
	}
	f.text.WriteString(text)
}

// Isolated returns a text that keeps its own direction within one from right to left: from right to left if it has a letter
// of Hebrew, Arabic and their like, as a sentence that names a step has, else from left to right, as a number or a token.
func Isolated(text string) string {
	const leftToRight, rightToLeft, pop = "\u2066", "\u2067", "\u2069"
	switch {
	case text == "" || strings.HasPrefix(text, leftToRight) || strings.HasPrefix(text, rightToLeft):
		return text
	case strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
	}):
		return rightToLeft + text + pop
	}
	return leftToRight + text + pop
}

// plural returns the text for n: of its own number, else of its form, else of all others.
func (a *part) plural(l Locale, n int) []part {
	for _, c := range a.choices {
		if c.exact == n {
			return c.parts
		}
	}
	if c := a.choose(l.Plural(n)); c != nil {
		return c.parts
	}
	return a.choose("other").parts
}

func (a *part) selected(word string) []part {
	if c := a.choose(word); c != nil {
		return c.parts
	}
	return a.choose("other").parts
}
