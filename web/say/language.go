// Package say holds all that readers read, by feature and key, in their language, and how the page words numbers.
//
// The texts stand in static/language, a file for each language; scripts/say makes of the English ones a method for each:
//
//	say.Reading.Title()           // "The text so far"
//	say.Finder.Count(3)           // "3 places"
//
// so that a missing text does not compile, nor a wrong argument. Another language may lack some: those stay English.
package say

import (
	"fmt"
	"sync/atomic"

	"glassbox/web/say/message"
)

// A Language is the texts of one, and how it writes numbers.
type Language struct {
	Tag         string // BCP 47: "de", "pt-BR"
	RightToLeft bool
	texts       []text // in the order of the catalogue; nil: English
	locale      Locale
	marks       Marks
}

// A Locale is how a language writes numbers and lists; the page asks the browser's Intl for it.
type Locale interface {
	message.Locale
	Marks() Marks
}

// Marks are the signs with which a language writes numbers.
type Marks struct{ Decimal, Group string }

// English is what the page speaks where no other language is chosen, or has a text.
var English = &Language{Tag: "en", locale: EnglishLocale{}, marks: EnglishLocale{}.Marks()}

// spoken is the language of this process. A page has one reader, so it is no argument of the thousand places that word
// something; what crosses to another process (an error of the engine) is a value, worded here.
var spoken atomic.Pointer[Language]

// Speak changes the language of all that is worded from now on.
func Speak(l *Language) { spoken.Store(l) }

// Spoken returns the language that the page speaks.
func Spoken() *Language {
	if l := spoken.Load(); l != nil {
		return l
	}
	return English
}

// NewLanguage returns a language with a text for each of the catalogue's, in its order; "" is a gap. A text that can't be
// read, or takes what the English one does not, is a gap too; the error names the first.
func NewLanguage(tag string, rightToLeft bool, locale Locale, texts []string) (*Language, error) {
	l := &Language{Tag: tag, RightToLeft: rightToLeft, locale: locale, marks: locale.Marks(), texts: make([]text, len(english))}
	var first error
	if len(texts) != len(english) {
		first = fmt.Errorf("there are %d texts; expected %d", len(texts), len(english))
	}
	for i, t := range texts[:min(len(texts), len(english))] {
		if t == "" {
			continue
		}
		if err := fits(&english[i], t); err == nil {
			l.texts[i].source = t
		} else if first == nil {
			first = err
		}
	}
	return l, first
}

// fits returns what is wrong with a translation.
func fits(original *text, translated string) error {
	want := original.message()
	m, err := message.Parse(translated)
	if err != nil {
		return err
	}
	if err := want.Fits(m); err != nil {
		return fmt.Errorf("%q: %w", translated, err)
	}
	return nil
}

// A text is one of the catalogue, read when it is first needed.
type text struct {
	source string
	read   atomic.Pointer[message.Message]
}

// message returns the text as it was read. One that can't be read is empty: tests read each of English.
func (t *text) message() *message.Message {
	if m := t.read.Load(); m != nil {
		return m
	}
	m, err := message.Parse(t.source)
	if err != nil {
		m = &message.Message{}
	}
	t.read.Store(m)
	return m
}

// find returns text i in the language that is spoken, or in English, and how to fill it.
func find(i int) (m *message.Message, f message.Filling) {
	f.Params = english[i].message().Params()
	if s := Spoken(); s.texts != nil && s.texts[i].source != "" {
		f.Locale, f.Isolate = s.locale, s.RightToLeft
		return s.texts[i].message(), f
	}
	f.Locale = EnglishLocale{}
	return english[i].message(), f
}

// plain returns text i, whose English is as it stands there. Most are, so they need not be read.
func plain(i int) string {
	if Spoken().texts == nil {
		return english[i].source
	}
	return filled(i)
}

func filled(i int, values ...message.Value) string {
	m, f := find(i)
	f.Values = values
	return m.Fill(f)
}

func inPieces(i int, values ...message.Value) []Piece {
	m, f := find(i)
	f.Values = values
	return m.Pieces(f)
}

// A Piece is a run of a text: plain, or what stands in a tag of its notation, which the page draws as an element.
type Piece = message.Piece

func asText(s string) message.Value   { return message.Value{Text: s} }
func asNumber(n int) message.Value    { return message.Value{Number: n} }
func asList(s []string) message.Value { return message.Value{List: s} }

// marks returns the signs of numbers in the language that is spoken.
func marks() Marks { return Spoken().marks }

// LeftToRight returns what is no prose, a number with its sign and unit, a row of ids, a formula, so that it keeps its order
// within text from right to left.
func LeftToRight(s string) string {
	const leftToRightIsolate, popIsolate = "\u2066", "\u2069"
	if Spoken().RightToLeft {
		return leftToRightIsolate + s + popIsolate
	}
	return s
}

// Isolated returns a word within such a row, so that it keeps its own direction.
func Isolated(s string) string {
	if Spoken().RightToLeft {
		return message.Isolated(s)
	}
	return s
}

// Harmless returns a text of someone else's, such as the name of a file, so that it can stand in a line.
func Harmless(text string) string { return message.Harmless(text) }

// joined makes the texts of all sections one list.
func joined(sections ...[]string) []text {
	n := 0
	for _, s := range sections {
		n += len(s)
	}
	list := make([]text, n)
	n = 0
	for _, s := range sections {
		for _, source := range s {
			list[n].source = source
			n++
		}
	}
	return list
}
