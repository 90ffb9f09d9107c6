package say

import (
	"testing"

	"glassbox/model/fault"
)

// speakFaults makes the page speak a language that has texts for these kinds of faults alone, until the test ends.
func speakFaults(t *testing.T, texts map[string]string) {
	t.Helper()
	list := make([]string, len(english))
	for kind, text := range texts {
		i, ok := faultText(kind)
		if !ok {
			t.Fatalf("there is no fault of the kind %s", kind)
		}
		list[i] = text
	}
	l, err := NewLanguage("de", false, german{}, list)
	if err != nil {
		t.Fatal(err)
	}
	Speak(l)
	t.Cleanup(func() { Speak(English) })
}

var (
	tooLong = fault.New("textTooLong", "the text has %d tokens, and this model holds %d at most; remove %d to go on", 1200, 1024, 176)
	heads   = fault.New("headsDivide", "%s %d is not divisible by %s %d", "n_embd", 48, "n_head", 7)
	inFile  = fault.New("inFile", "%s: %w", "a.bin", fault.New("inSizes", "the sizes: %w", heads))
	letters = fault.New("knowsLetters", "this model knows only the letters %s; %s (character %d) is not one of them", fault.List{"A", "B", "C"}, `"x"`, 3)
)

func TestInEnglishAFaultIsItsOwnSentence(t *testing.T) {
	for want, f := range map[string]*fault.Fault{
		"The text has 1200 tokens, and this model holds 1024 at most; remove 176 to go on.":   tooLong,
		"a.bin: the sizes: n_embd 48 is not divisible by n_head 7.":                           inFile,
		`This model knows only the letters A, B and C; "x" (character 3) is not one of them.`: letters,
		"What another version says.": fault.Received("unheardOf", "what another version says", nil),
	} {
		if got := Fault(f); got != want {
			t.Errorf("the fault reads %q; expected %q", got, want)
		}
	}
}

func TestAFaultIsWordedInTheLanguageThatIsSpoken(t *testing.T) {
	speakFaults(t, map[string]string{
		"textTooLong":  "{surplus, plural, one {ein Token} other {# Token}} zu viel: {tokens, number, ::group-off} statt {most, number}",
		"headsDivide":  "{heads} {n, number} teilt {width} {wide, number} nicht",
		"inSizes":      "in den Größen: {problem}",
		"knowsLetters": "das Modell kennt nur {known, list}, nicht {character}",
	})
	for want, f := range map[string]*fault.Fault{
		"176 Token zu viel: 1200 statt 1.024.":                      tooLong,
		"a.bin: the sizes: n_embd 48 is not divisible by n_head 7.": inFile, // inFile has no text
		`Das Modell kennt nur A und B und C, nicht "x".`:            letters,
		"n_head 7 teilt n_embd 48 nicht.":                           heads,
		"There is no model yet; choose one first.":                  fault.New("noModel", "there is no model yet; choose one first"),
	} {
		if got := Fault(f); got != want {
			t.Errorf("the fault reads %q; expected %q", got, want)
		}
	}
}

func TestAFaultInAnotherIsWordedToo(t *testing.T) {
	speakFaults(t, map[string]string{"inFile": "{file}: {problem}", "inSizes": "in den Größen: {problem}"})
	if got, want := Fault(inFile), "a.bin: in den Größen: n_embd 48 is not divisible by n_head 7."; got != want {
		t.Errorf("the fault reads %q; expected %q", got, want)
	}
}
