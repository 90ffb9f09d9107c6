package glassbox

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"glassbox/scripts/catalogue"
)

// counting finds a number and a word that ends in "s" behind it, perhaps with another one in between.
var counting = regexp.MustCompile(`\{\w+, number(?:, ::group-off)?\}[ \x{a0}](?:(?:smaller|learned|other|more|most|last) )?([a-z]+s)\b`)

// verbs are the words that the number before them does not count: "token 3 looks".
var verbs = map[string]bool{"is": true, "has": true, "looks": true, "stands": true, "begins": true, "ends": true, "gives": true, "gets": true, "belongs": true,
	"becomes": true, "passes": true, "was": true}

// TestNounsBehindNumbersHaveTheirForms holds for all English texts: "1 tokens" is not said.
func TestNounsBehindNumbersHaveTheirForms(t *testing.T) {
	english, err := catalogue.Read(filepath.Join("static", "language", catalogue.English))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range english.Texts {
		for _, m := range counting.FindAllStringSubmatch(withoutForms(text.Source), -1) {
			if !verbs[m[1]] {
				t.Errorf("%s says %q whatever the number is; expected {n, plural, one {…} other {…}}", text.Name(), m[0])
			}
		}
	}
	for bad, found := range map[string]bool{
		"{n, number} tokens": true, "{n, plural, one {# row} other {# rows}} of {m, number, ::group-off} smaller terms": true,
		"{n, plural, one {one} other {all {n, number} tokens}}": false, "token {n, number} looks": false, "{n, plural, other {{m, number} rows}}": true,
	} {
		hits := counting.FindAllStringSubmatch(withoutForms(bad), -1)
		if (len(hits) > 0 && !verbs[hits[0][1]]) != found {
			t.Errorf("%q: %v", bad, hits)
		}
	}
}

// withoutForms takes out of a text the numbers that stand in the forms of their own plural.
func withoutForms(text string) string {
	for at := 0; ; {
		i := strings.Index(text[at:], ", plural,")
		if i < 0 {
			return text
		}
		at += i
		name := text[strings.LastIndex(text[:at], "{")+1 : at]
		end, depth := at, 1
		for ; depth > 0 && end < len(text); end++ {
			depth += strings.Count(text[end:end+1], "{") - strings.Count(text[end:end+1], "}")
		}
		text = text[:at] + strings.ReplaceAll(text[at:end], "{"+name+", number", "{"+name+", form") + text[end:]
		at++
	}
}
