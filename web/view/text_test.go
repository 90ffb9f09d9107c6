package view_test

import (
	"math"
	"testing"

	"glassbox/web/say"
	. "glassbox/web/view"
)

// commas is a language that writes numbers with a comma.
type commas struct{ say.EnglishLocale }

func (commas) Marks() say.Marks { return say.Marks{Decimal: ",", Group: "."} }

func TestNumbersHaveTheMarksOfTheLanguage(t *testing.T) {
	check := func(is, want string) {
		t.Helper()
		if is != want {
			t.Errorf("the number is %q; expected %q", is, want)
		}
	}
	check(Short(-0.784), "−0.784")
	check(Short(12345), "1.23e+04")
	check(Short(3), "3")
	check(Rounded(-1.5), "−1.500")
	check(Rounded(-0.000012), "−1.2e-5")
	check(Rounded(math.Inf(-1)), "−Inf")
	check(Rounded(math.NaN()), "NaN")
	check(Small(0.000012), "0.001\u00a0%")
	l, _ := say.NewLanguage("xx", false, commas{}, nil) // the error says that it has no texts
	say.Speak(l)
	t.Cleanup(func() { say.Speak(say.English) })
	check(Short(-0.784), "−0,784")
	check(Short(12345), "1,23e+04")
	check(Rounded(-1.5), "−1,500")
	check(Rounded(-0.000012), "−1,2e-5")
}
