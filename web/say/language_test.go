package say

import (
	"strings"
	"testing"

	"glassbox/web/say/message"
)

// german writes numbers and lists as German does, nearly.
type german struct{ EnglishLocale }

func (german) List(items []string) string { return strings.Join(items, " und ") }
func (german) Number(n int) string        { return strings.ReplaceAll(EnglishLocale{}.Number(n), ",", ".") }
func (german) Marks() Marks               { return Marks{Decimal: ",", Group: "."} }

// speak changes the language of the process for a test, in a language that has one text.
func speak(t *testing.T, english, translated string) (at int, err error) {
	t.Helper()
	texts := make([]string, len(all()))
	for i, source := range all() {
		if source == english {
			texts[i], at = translated, i
		}
	}
	l, err := NewLanguage("de", false, german{}, texts)
	Speak(l)
	t.Cleanup(func() { Speak(English) })
	return at, err
}

// all returns the English texts.
func all() (list []string) {
	for i := range english {
		list = append(list, english[i].source)
	}
	return list
}

func TestEveryEnglishTextCanBeRead(t *testing.T) {
	for _, source := range all() {
		if _, err := message.Parse(source); err != nil {
			t.Error(err)
		}
	}
}

func TestALanguageHasItsTextsAndNumbersAndTheRestIsEnglish(t *testing.T) {
	if _, err := speak(t, "masked", "verdeckt"); err != nil {
		t.Fatal(err)
	}
	for got, want := range map[string]string{
		Number(float32(-1234.5)): "−1234,5000",
		Count(12345):             "12.345",
		Units.Masked():           "verdeckt",
		Units.Spelled(3):         "three",
		Units.Spelled(12345):     "12,345", // an English text with English numbers
		Percent(0.5):             "50,0\u00a0%",
	} {
		if got != want {
			t.Errorf("%q; expected %q", got, want)
		}
	}
}

func TestATranslationThatDoesNotFitIsAGap(t *testing.T) {
	const spelled = "{n, plural, =0 {no} =1 {one}"
	original := ""
	for _, source := range all() {
		if strings.HasPrefix(source, spelled) {
			original = source
		}
	}
	for translated, want := range map[string]string{
		"{n, plural, other {#}":     "expected",
		"{m, number}":               `no argument {m}`,
		"{n}":                       `no argument {n}`,
		"<b>{n, number}</b>":        "the tags are",
		"{n, number} von {n, list}": "two types",
	} {
		_, err := speak(t, original, translated)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; expected %q", translated, err, want)
		}
		if got := Units.Spelled(3); got != "three" {
			t.Errorf("%q gives %q", translated, got)
		}
	}
}

func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]int{"50,257": 50257, " 1024 ": 1024, "1 234": 1234, "1.5": -1, "x": -1, "": -1} {
		if got, err := ParseWhole(text); (err == nil) != (want >= 0) || err == nil && got != want {
			t.Errorf("%q is %d (%v); expected %d", text, got, err, want)
		}
	}
	if _, err := speak(t, "masked", "verdeckt"); err != nil {
		t.Fatal(err)
	}
	if got, err := ParseWhole("50.257"); err != nil || got != 50257 {
		t.Errorf("50.257 is %d in German (%v)", got, err)
	}
	if _, err := ParseWhole("1,5"); err == nil {
		t.Error("1,5 is a whole number in German")
	}
}

func TestAListOfTextsOfAnotherLengthIsTold(t *testing.T) {
	l, err := NewLanguage("de", false, german{}, []string{"x"})
	if l == nil || err == nil || !strings.Contains(err.Error(), "there are 1 texts") {
		t.Errorf("got %v", err)
	}
}

func TestEnglishListsAreJoined(t *testing.T) {
	for want, items := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := (EnglishLocale{}).List(items); got != want {
			t.Errorf("%q; expected %q", got, want)
		}
	}
}
