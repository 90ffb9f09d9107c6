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
	check(say.Brief(-0.784), "−0.784")
	check(say.Brief(123456.0), "1.23·10⁵")
	check(say.Brief(12.5309), "12.5")
	check(say.Rounded(-1.5), "−1.500")
	check(say.Rounded(-0.000012), "−1·10⁻⁵")
	check(say.Rounded(math.Inf(-1)), "−∞")
	check(say.Rounded(math.NaN()), "masked")
	check(Small(0.000012), "0.001\u00a0%")
	l, _ := say.NewLanguage("xx", false, commas{}, nil) // the error says that it has no texts
	say.Speak(l)
	t.Cleanup(func() { say.Speak(say.English) })
	check(say.Brief(-0.784), "−0,784")
	check(say.Brief(123456.0), "1,23·10⁵")
	check(say.Rounded(-1.5), "−1,500")
	check(say.Rounded(-0.000012), "−1·10⁻⁵")
	check(say.Number(-0.0000123), "−1,230·10⁻⁵")
}

func TestSizesAndPlacesHaveMarksBetweenThousands(t *testing.T) {
	for is, want := range map[string]string{Sizes(41, 49152): "41 × 49,152", Span([]int{49150, 49151}): "49,150–49,151", Span([]int{0, 1, 2}): "0–2"} {
		if is != want {
			t.Errorf("it says %q; expected %q", is, want)
		}
	}
}
