package message_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"glassbox/web/say/message"
)

// locale has the forms of Arabic, and writes 1234 as "1_234".
type locale struct{}

func (locale) Plural(n int) string {
	switch {
	case n < 3:
		return []string{"zero", "one", "two"}[n]
	case n%100 >= 3 && n%100 <= 10:
		return "few"
	case n%100 >= 11:
		return "many"
	}
	return "other"
}

func (locale) Number(n int) string {
	s := strconv.Itoa(n)
	if len(s) > 3 {
		return s[:len(s)-3] + "_" + s[len(s)-3:]
	}
	return s
}

func (locale) List(items []string) string { return strings.Join(items, "; ") }

func parse(t *testing.T, text string) *message.Message {
	t.Helper()
	m, err := message.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestATextIsFilled(t *testing.T) {
	for _, c := range []struct {
		text   string
		values []message.Value
		want   string
	}{
		{"", nil, ""},
		{"It doesn't.", nil, "It doesn't."},
		{"two '' apostrophes, '{'quoted'}', 5 '<' 6", nil, "two ' apostrophes, {quoted}, 5 < 6"},
		{"'{not an argument}' and '#'", nil, "{not an argument} and #"},
		{"{a} and {b}", []message.Value{{Text: "x"}, {Text: "y"}}, "x and y"},
		{"{a}, {b}, {a}", []message.Value{{Text: "x"}, {Text: "y"}}, "x, y, x"},
		{"{n, number} {i, number, ::group-off}", []message.Value{{Number: 1234}, {Number: 1234}}, "1_234 1234"},
		{"{n, number, ::group-off}", []message.Value{{Number: -5}}, "−5"},
		{"{names, list}", []message.Value{{List: []string{"a", "b"}}}, "a; b"},
		{"{n, plural, =0 {none} one {# thing} other {# things}}", []message.Value{{Number: 0}}, "none"},
		{"{n, plural, =0 {none} one {# thing} other {# things}}", []message.Value{{Number: 1}}, "1 thing"},
		{"{n, plural, =0 {none} one {# thing} other {# things}}", []message.Value{{Number: 4321}}, "4_321 things"},
		{"{n, plural, few {few} many {many} two {both} other {other}}", []message.Value{{Number: 2}}, "both"},
		{"{n, plural, few {few} many {many} two {both} other {other}}", []message.Value{{Number: 7}}, "few"},
		{"{n, plural,one{a {x}}other{# of {x}, in {k, plural, one {# part} other {# parts}}}}", []message.Value{{Number: 3}, {Text: "it"}, {Number: 1}}, "3 of it, in 1 part"},
		{"{w, select, letter {a letter} other {a word}}", []message.Value{{Text: "letter"}}, "a letter"},
		{"{w, select, letter {a letter} other {a word}}", []message.Value{{Text: "else"}}, "a word"},
		{"# is a sign outside", nil, "# is a sign outside"},
		{"Press <key>N</key>.", nil, "Press N."},
	} {
		m := parse(t, c.text)
		if got := m.Fill(message.Filling{Locale: locale{}, Params: m.Params(), Values: c.values}); got != c.want {
			t.Errorf("%q is %q; expected %q", c.text, got, c.want)
		}
	}
}

func TestATranslationNamesArgumentsInItsOwnOrder(t *testing.T) {
	english, other := parse(t, "{n, number} of {name}"), parse(t, "{name}: {n, number}")
	if got := other.Fill(message.Filling{Locale: locale{}, Params: english.Params(), Values: []message.Value{{Number: 3}, {Text: "x"}}}); got != "x: 3" {
		t.Errorf("got %q", got)
	}
}

func TestFromRightToLeftEachValueKeepsItsDirection(t *testing.T) {
	m := parse(t, "{name}: {n, number}")
	if got, want := m.Fill(message.Filling{Locale: locale{}, Params: m.Params(), Values: []message.Value{{Text: "Q·Kᵀ"}, {Number: -5}}, Isolate: true}), "\u2066Q·Kᵀ\u2069: \u2066-5\u2069"; got != want {
		t.Errorf("got %q; expected %q", got, want)
	}
}

func TestTagsGivePieces(t *testing.T) {
	m := parse(t, "Press <key>{k}</key> or <link>look</link>.")
	got := m.Pieces(message.Filling{Locale: locale{}, Params: m.Params(), Values: []message.Value{{Text: "N"}}})
	want := []message.Piece{{Text: "Press "}, {Text: "N", Tag: "key"}, {Text: " or "}, {Text: "look", Tag: "link"}, {Text: "."}}
	if !slices.Equal(got, want) || !m.Tagged() {
		t.Errorf("got %q; expected %q", got, want)
	}
}

func TestWhatIsNoTextIsRefusedWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"{":                                      "the name of an argument",
		"{}":                                     "the name of an argument",
		"{a":                                     "expected }",
		"a }":                                    "closes nothing",
		"{n, plural, one {x}}":                   "the choice other",
		"{n, plural, =x {x}}":                    "a whole number behind =",
		"{n, plural, other {x}":                  "expected a choice",
		"{n, plural, other x}":                   "expected { behind",
		"{n, plural, other {{n}}}":               "two types",
		"{n} {n, number}":                        "two types",
		"{n, date}":                              "no kind of argument",
		"{n, number, percent}":                   "no kind of argument",
		"{n, plural, ones {x} other {x}}":        "is no plural form",
		"{n, plural, one {x} one {y} other {z}}": "stands there twice",
		"{n, plural one {x} other {y}}":          "no kind of argument",
		"<b>x":                                   "does not end",
		"<b>x</i>":                               `the end of the tag "b"`,
		"<b><i>x</i></b>":                        `the end of the tag "b"`,
		"< b":                                    "a tag",
		"{n, plural, other {<b>x}}":              "stands in an argument",
		strings.Repeat("{n, plural, other {", 20) + strings.Repeat("}}", 20): "stand in one another",
	} {
		if _, err := message.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; expected %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "a", "{a}", "{n, plural, =0 {x} one {# y} other {'{' # }} <b>z</b>", "''", "'", "{a, select, x {{b, list}} other {}}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := message.Parse(text)
		if err != nil {
			return
		}
		values := make([]message.Value, len(m.Params()))
		for i := range values {
			values[i] = message.Value{Text: "x", Number: i, List: []string{"y"}}
		}
		var joined strings.Builder
		with := message.Filling{Locale: locale{}, Params: m.Params(), Values: values}
		for _, p := range m.Pieces(with) {
			joined.WriteString(p.Text)
		}
		if filled := m.Fill(with); filled != joined.String() {
			t.Errorf("%q is %q, and in pieces %q", text, filled, joined.String())
		}
	})
}
